"""Which office or function a text gives a person."""

import pytest


def roles(analysis, name):
    (entity,) = [entity for entity in analysis.entities if entity.name == name]
    return [role.text for role in entity.roles]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        # before the name
        ("Norwegian Ambassador to Lima Kari Solberg said no.", "Kari Solberg", "Norwegian Ambassador to Lima"),
        ("He met President Amos Kiplagat.", "Amos Kiplagat", "President"),
        ("He met former deputy foreign minister Ilse Kranz.", "Ilse Kranz", "former deputy foreign minister"),
        ("Chairman and CEO Peter Hollis resigned.", "Peter Hollis", "Chairman and CEO"),
        ("Talks with Prime Minister of the Kingdom of Norway Kari Solberg began.", "Kari Solberg",
         "Prime Minister of the Kingdom of Norway"),
        ("Kenya’s Senate (upper house of parliament) Speaker Amos Kiplagat came.", "Amos Kiplagat",
         "Senate (upper house of parliament) Speaker"),
        ("Head of the Office of the President Ilse Kranz came.", "Ilse Kranz", "Head of the Office of the President"),
        ("Trade Adviser to the Vice President Ilse Kranz came.", "Ilse Kranz", "Trade Adviser to the Vice President"),
        ("It would hurt the lasting pact President Amos Kiplagat wants.", "Amos Kiplagat", "President"),
        ("Committee members met party Chairman Odd Berg.", "Odd Berg", "party Chairman"),
        ("They met incumbent Governor Rosa Quispe.", "Rosa Quispe", "incumbent Governor"),
        # ranks cut short
        ("Asst Ch Con Robin Smith said the road was safe.", "Robin Smith", "Asst Ch Con"),
        ("Det Ch Insp Mary Cole said so.", "Mary Cole", "Det Ch Insp"),
        ("Ch Supt Jo Bell left.", "Jo Bell", "Ch Supt"),
        ("Wing Cdr. Paul Holm flew.", "Paul Holm", "Wing Cdr"),
        ("Baroness Ilse Kranz spoke.", "Ilse Kranz", "Baroness"),
        # the plural of a rank, before a list that says where each comes from
        ("Sen. Anna Vale left. Sens. Odd Berg of Ohio, Jon Dahl of Peru and Lars Holm signed.", "Lars Holm", "Sen."),
        ("Lt. Gov. Odd Berg said no.", "Odd Berg", "Lt. Gov."),
        ("She thanked Ohio Lt. Gov. Odd Berg.", "Odd Berg", "Ohio Lt. Gov."),
        ("The levy fell. Gov. Odd Berg said no.", "Odd Berg", "Gov."),
        # "Under" is a word of an office before "Secretary" only
        ("US Under Secretary of State Odd Berg said no.", "Odd Berg", "US Under Secretary of State"),
        ("Under Secretary-General Odd Berg said no.", "Odd Berg", "Under Secretary-General"),
        ("Under President Odd Berg, the levy fell.", "Odd Berg", "President"),
        # a degree belongs to the name
        ("Secretary for Trade Dr. Odd Berg said no.", "Odd Berg", "Secretary for Trade"),
        ("Health Minister Dr Odd Berg said no.", "Odd Berg", "Health Minister"),
        ("Director Prof. Odd Berg said no.", "Odd Berg", "Director"),
        # in apposition
        ("Ilse Kranz, a spokeswoman for the harbour board, said no.", "Ilse Kranz",
         "spokeswoman for the harbour board"),
        ("Peter Hollis, 54, head of the dockers' union, said no.", "Peter Hollis", "head of the dockers' union"),
        ("The mayor of Lima, Rosa Quispe, agreed.", "Rosa Quispe", "mayor of Lima"),
        ("It would have flown far, an expert on missile technology, David Holm said.", "David Holm",
         "expert on missile technology"),
        ("Dr. Odd Berg, coordinator for relief agency Arden Aid said in an interview.", "Odd Berg",
         "coordinator for relief agency"),
        ("The minister of fisheries, Peter Hollis, and two aides came.", "Peter Hollis", "minister of fisheries"),
        ("Norway's fisheries minister, Captain Odd Berg, came on Friday.", "Odd Berg", "fisheries minister"),
        ("The Fisheries Minister of Norway, the Hon Dr Odd Berg, came.", "Odd Berg", "Fisheries Minister of Norway"),
        ("The President of Peru, His Excellency Odd Berg, came.", "Odd Berg", "President of Peru"),
        ("She met Ana Sol, Minister for Ports, H.E. Dr Odd Berg, Mayor of Lima, and others.", "Odd Berg",
         "Mayor of Lima"),
        # predicated
        ("Peter Hollis is the director of the museum.", "Peter Hollis", "director of the museum"),
        ("Peter Hollis was elected president on Monday.", "Peter Hollis", "president"),
        ("Peter Hollis, who served as treasurer, left.", "Peter Hollis", "treasurer"),
        ("Peter Hollis, who heads the harbour board, left.", "Peter Hollis", "heads the harbour board"),
        ("The council elected Peter Hollis as deputy mayor.", "Peter Hollis", "deputy mayor"),
        ("Peter Hollis, one of the six councillors, left.", "Peter Hollis", "one of the six councillors"),
        ("Peter Hollis, one of the chief witnesses in the smuggling trial of Norwegian agent and pilot Jo Lund, "
         "left.", "Peter Hollis", "one of the chief witnesses"),
        # beside tags of age and party
        ("Senator Peter Hollis, D-Maine, the chairman of the talks, left.", "Peter Hollis", "chairman of the talks"),
        ("Senator Peter Hollis (R-Fla.), chairman of the panel, left.", "Peter Hollis", "chairman of the panel"),
        # a long complement
        ("Chief of Staff of the Port Office Anton Kolm came.", "Anton Kolm", "Chief of Staff of the Port Office"),
        ("They met Speaker of the House of Representatives Ilse Kranz.", "Ilse Kranz",
         "Speaker of the House of Representatives"),
        ("Minister of Economy, Finance and Trade Ilse Kranz came.", "Ilse Kranz",
         "Minister of Economy, Finance and Trade"),
        ("Former commerce and economic development chief Gregory Soames came.", "Gregory Soames",
         "Former commerce and economic development chief"),
        ("He left with the health and social affairs secretary, Kari Solberg.", "Kari Solberg",
         "health and social affairs secretary"),
        ("A member of their negotiating team, Odd Berg, stayed.", "Odd Berg", "member of their negotiating team"),
        ("An official with the charity involved, Odd Berg, said no.", "Odd Berg",
         "official with the charity involved"),
        ("It was found by oceanographer Ilse Kranz.", "Ilse Kranz", "oceanographer"),
        ("Norwegian intelligence agent Odd Berg fled.", "Odd Berg", "Norwegian intelligence agent"),
        ("Retired neurosurgeon Ilse Kranz trails.", "Ilse Kranz", "Retired neurosurgeon"),
        ("Kari Solberg, former adviser to Vice President Odd Berg, left.", "Kari Solberg",
         "former adviser to Vice President Odd Berg"),
        # in brackets
        ("Rosa Quispe (head of the delegation) left.", "Rosa Quispe", "head of the delegation"),
    ],
)  # fmt: skip
def test_a_role_is_found_where_the_text_gives_it(analyse, text, name, role):
    assert role in roles(analyse(text), name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("After meeting the president, Hollis said no. Peter Hollis left.", "Peter Hollis"),
        ("Peter Hollis is not the director of the museum.", "Peter Hollis"),
        ("Peter Hollis may become director of the museum.", "Peter Hollis"),
        ("Mr. Peter Hollis left.", "Peter Hollis"),
        ("Dr. Peter Hollis left.", "Peter Hollis"),
        ("She praised the minister. Dr. Peter Hollis left.", "Peter Hollis"),
        ("She praised the minister.\n\nPeter Hollis left.", "Peter Hollis"),
        ("It was Ilse Kranz, adviser to Peter Hollis, who left.", "Peter Hollis"),
        ("After a call with Peter Hollis, the president of Peru repeated his view.", "Peter Hollis"),
        ("She called Peter Hollis a leader.", "Peter Hollis"),
        ("Peter Hollis is a strong leader.", "Peter Hollis"),
        ("Peter Hollis was a staunch supporter of the bridge.", "Peter Hollis"),
        ("Peter Hollis is the first candidate who speaks Danish.", "Peter Hollis"),
        ("Peter Hollis, who will head the harbour board, left.", "Peter Hollis"),
    ],
)
def test_another_persons_office_is_no_role(analyse, text, name):
    assert roles(analyse(text), name) == []


@pytest.mark.parametrize(
    ("text", "name", "first"),
    [
        ("I am sure President Peter Hollis knows.", "Peter Hollis", "President"),
        ("A lasting agreement President Peter Hollis wants would help.", "Peter Hollis", "President"),
        ("At the summit President of Peru Rosa Quispe spoke.", "Rosa Quispe", "President of Peru"),
        ("Our very talented Finance Secretary Ilse Kranz left.", "Ilse Kranz", "Finance Secretary"),
        ("His Holiness Pope Linus came.", "Linus", "Pope"),
        ("On 4 February 2008 Judge Peter Hollis closed the case.", "Peter Hollis", "Judge"),
        ("This Monday Norwegian Foreign Minister Rosa Quispe left.", "Rosa Quispe", "Norwegian Foreign Minister"),
        ("Today Prime Minister Rosa Quispe left for Lima.", "Rosa Quispe", "Prime Minister"),
        ("The 18-year-old student Rosa Quispe left.", "Rosa Quispe", "18-year-old student"),
        ("Eyewitness Peter Hollis said no.", "Peter Hollis", "Eyewitness"),
    ],
)
def test_a_role_begins_with_a_word_of_its_own(analyse, text, name, first):
    assert roles(analyse(text), name)[0] == first


def test_roles_in_a_list_precede_their_names(analyse):
    text = "Defence Minister Odd Berg, Director of the Port Authority Ilse Kranz and Speaker Rosa Quispe came."
    analysis = analyse(text)
    assert roles(analysis, "Odd Berg") == ["Defence Minister"]
    assert roles(analysis, "Ilse Kranz") == ["Director of the Port Authority"]
    assert roles(analysis, "Rosa Quispe") == ["Speaker"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Two judges, Elizabeth Marsh and Peter Hollis, agreed. Another judge did not.", ["judge"]),
        ("Judges Elizabeth Marsh and Peter Hollis agreed. Another judge did not.", ["judge"]),
        ("Councillors Elizabeth Marsh and Peter Hollis agreed.", []),  # the text has no singular
        ("Deputy ministers Elizabeth Marsh and Peter Hollis met the minister.", []),
        ("Unlike the ministers, Peter Hollis and Elizabeth Marsh agreed. A minister left.", []),
    ],
)
def test_a_plural_role_gives_each_member_the_singular(analyse, text, role):
    assert roles(analyse(text), "Elizabeth Marsh") == role


@pytest.mark.parametrize(
    ("text", "affiliation"),
    [
        ("Nordic Harbour Council members Elizabeth Marsh and Peter Hollis agreed.", "Nordic Harbour Council"),
        ("Elizabeth Marsh of the Nordic Harbour Council said no.", "Nordic Harbour Council"),
        ("Elizabeth Marsh, from the Nordic Harbour Council, said no.", "Nordic Harbour Council"),
        ("The Nordic Harbour Council, led by Elizabeth Marsh, walked out.", "Nordic Harbour Council"),
        ("Elizabeth Marsh of Norway won the race.", "Norway"),
        ("Elizabeth Marsh from Norway won the race.", None),  # she may hold no office there
        ("Elizabeth Marsh, from Norway, won the race.", None),
        ("Elizabeth Marsh of Lima said no.", None),
        ("The Nordic Harbour Council met Elizabeth Marsh.", None),
    ],
)
def test_a_person_without_office_may_belong_to_a_body(analyse, text, affiliation):
    (entity,) = [entity for entity in analyse(text).entities if entity.name == "Elizabeth Marsh"]
    assert entity.roles == ()
    assert entity.affiliation == affiliation


def test_a_role_is_a_stretch_of_the_article(analyse):
    analysis = analyse("Kenyan Trade Minister Amos Kiplagat met Ilse Kranz, the head of the World Fishing Council.")
    found = [role for entity in analysis.entities for role in entity.roles]
    assert len(found) == 2
    assert all(analysis.article.text[role.start : role.end] == role.text for role in found)


@pytest.mark.parametrize(
    ("text", "affiliation"),
    [
        ("Norwegian Ambassador to Lima Kari Solberg said no.", "Norway"),
        ("Kari Solberg, ambassador to Peru, said no.", None),
        ("Kenya’s foreign minister Kari Solberg said no.", "Kenya"),
        ("Kari Solberg, president of the European Commission, said no.", "European Commission"),
    ],
)
def test_an_affiliation_is_what_the_role_names(analyse, text, affiliation):
    (entity,) = [entity for entity in analyse(text).entities if entity.name == "Kari Solberg"]
    assert entity.roles[0].affiliation == affiliation


def test_an_own_role_outranks_a_relation_to_others(analyse):
    text = "Amos Kiplagat and his Peruvian counterpart Rosa Quispe signed. Rosa Quispe is the trade minister."
    assert roles(analyse(text), "Rosa Quispe")[0] == "trade minister"


def test_a_later_phrase_gives_a_missing_role(analyse):
    text = "Amos Kiplagat spoke first. Kiplagat thanked the crowd. The Kenyan president then left."
    assert roles(analyse(text), "Amos Kiplagat") == ["Kenyan president"]


def test_a_unique_office_means_its_only_near_holder(analyse):
    text = "Peter Hollis came on Monday. The former senator thanked the crowd."
    assert roles(analyse(text), "Peter Hollis") == ["former senator"]
    other = "A former senator spoke to us. Peter Hollis came on Monday. The former senator thanked the crowd."
    assert roles(analyse(other), "Peter Hollis") == []
    loose = "Peter Hollis came on Monday. As the former senator for Aln, Ilse Kranz thanked the crowd."
    assert roles(analyse(loose), "Peter Hollis") == []
    assert roles(analyse("Peter Hollis came. The senior official thanked the crowd."), "Peter Hollis") == []


@pytest.mark.xfail(reason="a plural before a list of names gives none of them a role alone")
def test_a_plural_role_is_given_to_each(analyse):
    assert roles(analyse("It was flown by astronauts Peter Hollis and Ilse Kranz."), "Peter Hollis") == ["astronaut"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Deputy Minister for Ports, Odd Berg said that the harbour was open.", "Deputy Minister for Ports"),
        ("Halvik Premier designate Odd Berg said that the harbour was open.", "Halvik Premier designate"),
        ("A local Assemblyman, Odd Berg, said that the harbour was open.", "Assemblyman"),
    ],
)
def test_an_office_that_opens_or_awaits_is_a_role(analyse, text, role):
    (berg,) = [entity for entity in analyse(text).entities if entity.name == "Odd Berg"]
    assert berg.roles[0].text == role
