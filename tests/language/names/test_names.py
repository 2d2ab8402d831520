"""How names become entities."""

import pytest

from briefing.language.analyse import analyse as analyse_article
from briefing.language.names.clusters import find_persons
from briefing.language.surface import NameSpan
from tests.fakes.articles import article_of


def names(analysis):
    return {entity.name: entity.kind for entity in analysis.entities if entity.kind is not None}


def forms(analysis, name):
    (entity,) = [entity for entity in analysis.entities if entity.name == name]
    text = analysis.article.text
    return [text[mention.start : mention.end] for mention in entity.mentions if mention.form != "pronoun"]


def test_a_surname_is_a_mention_of_the_full_name(analyse):
    analysis = analyse("Prime Minister Anna Weiss met reporters on Monday. Weiss said the talks would go on.")
    assert forms(analysis, "Anna Weiss") == ["Anna Weiss", "Weiss"]


def test_a_middle_initial_does_not_make_another_person(analyse):
    analysis = analyse("Senator Peter J. Hollis said no. Later Peter Hollis said yes. Mr. Hollis left.")
    assert names(analysis) == {"Peter J. Hollis": "person"}


def test_a_surname_within_a_full_name_is_known(analyse):
    analysis = analyse("President Luis Ortega Maldonado spoke on Friday. Ortega said he would resign.")
    assert names(analysis) == {"Luis Ortega Maldonado": "person"}


def test_two_people_with_one_surname_stay_two(analyse):
    analysis = analyse(
        "Minister Paul Becker and his wife, the singer Laura Becker, arrived. Mr. Becker spoke. Mrs. Becker sang."
    )
    assert forms(analysis, "Paul Becker") == ["Paul Becker", "Becker"]
    assert forms(analysis, "Laura Becker") == ["Laura Becker", "Becker"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Chancellor Ulrike Brandt said no.", "Ulrike Brandt"),
        ("Talks with President of Kenya Amos Kiplagat went well.", "Amos Kiplagat"),
        ("Mr. Tanaka said that he would appeal.", "Tanaka"),
        ("Norwegian Foreign Minister Kari Solberg said no.", "Kari Solberg"),
        ("The minister of Foreign Affairs Pieter de Wit said no.", "Pieter de Wit"),
        ("Secretary of the National Security and Defense Council Olena Marchuk said no.", "Olena Marchuk"),
        ("Trade Commissioner Klara von der Aue said no.", "Klara von der Aue"),
        ("Odd Berg met with Ambassador of Norway to Peru Larisa Gondal to talk.", "Larisa Gondal"),
        ("Odd Berg met with Head of the NATO Mission in Kenya Karin McTeal.", "Karin McTeal"),
    ],
)
def test_a_title_is_no_part_of_the_name(analyse, text, person):
    assert names(analyse(text))[person] == "person"


def test_an_acronym_is_a_mention_of_the_name_it_shortens(analyse):
    analysis = analyse(
        "The International Maritime Safety Agency (IMSA) fined three owners. The IMSA said it would publish its report."
    )
    assert forms(analysis, "International Maritime Safety Agency")[:3] == [
        "International Maritime Safety Agency",
        "IMSA",
        "IMSA",
    ]


def test_a_body_with_several_known_names_is_one(analyse):
    analysis = analyse("Republicans blocked the levy. The GOP wants none. The Islamic State fled. ISIS said no.")
    assert names(analysis) == {"Republicans": "group", "Islamic State": "organisation"}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("US House of Representatives", "House"),
        ("UK House of Commons", "British House of Commons"),
        ("Ministry of Trade and Fisheries", "Ministry of Trade"),
        ("World Fishing Organisation", "World Fishing Organization"),
        ("Centers for Crop Research and Storage", "CCR"),
        ("American Fish and Meat Administration", "FMA"),
    ],
)
def test_a_body_is_one_whichever_name_it_has(analyse, name, other):
    analysis = analyse(f"The {name} said no on Monday. The White House objected. The {other} gave no reason.")
    assert forms(analysis, name) == [name, other]


def test_the_first_of_two_joined_bodies_is_itself(analyse):
    analysis = analyse("The Norwegian Armed Forces and Coast Guard met. The Norwegian Armed Forces left early.")
    assert "Norwegian Armed Forces" in names(analysis)


def test_the_house_is_not_the_white_house(analyse):
    analysis = analyse("The Halvik House said no. Later the House of Representatives met. The House will vote again.")
    assert forms(analysis, "House of Representatives") == ["House of Representatives", "House"]


def test_a_second_given_name_may_be_used_alone(analyse):
    analysis = analyse("The blogger Abdul Karim Sulaiman Amer was tried. Lawyer Odd Berg said Karim Amer would appeal.")
    assert forms(analysis, "Abdul Karim Sulaiman Amer") == ["Abdul Karim Sulaiman Amer", "Karim Amer"]


def test_a_place_is_not_the_body_named_after_it(analyse):
    analysis = analyse("A poll by Indiana University was printed. The governor of Indiana read it.")
    assert forms(analysis, "Indiana University") == ["Indiana University"]


def test_a_first_name_may_be_a_month(analyse):
    analysis = analyse("Speaking in Oslo today, Jan Egeland, head of the Halvik Council, said no.")
    assert names(analysis)["Jan Egeland"] == "person"


def test_a_first_name_is_no_preposition(analyse):
    assert "Barack Obama" in names(analyse("Presumptive nominees Barack Obama and John McCain have weighed in."))


def test_the_end_of_a_bodys_name_is_a_mention(analyse):
    analysis = analyse("The United Nations Security Council met. The Security Council adopted a text.")
    assert forms(analysis, "United Nations Security Council") == ["United Nations Security Council", "Security Council"]


def test_the_parent_of_a_body_is_no_mention(analyse):
    analysis = analyse("The Congress of Farmers of the Council of Ports met. The Council of Ports paid for it.")
    assert len([entity for entity in analysis.entities if entity.kind == "organisation"]) == 2


def test_a_kind_is_decided_once_for_all_mentions(analyse):
    analysis = analyse("Dr. Ilse Kranz spoke first. Kranz said the dam was safe. Critics of Kranz left. Kranz stayed.")
    assert names(analysis) == {"Ilse Kranz": "person"}


@pytest.mark.parametrize(
    "text",
    [
        "The deal takes effect under Article 12 of the Treaty on Fishing.",
        "The Winter Games open in the Riverside Stadium.",
        "Officials from the Ministry met the Minister of Finance.",
        "Kestrel Pass was closed on Friday.",
        "The Coastal Fishing Insurance Scheme began on Friday.",
        "The Harbour Warning System failed on Friday.",
    ],
)
def test_texts_events_and_bare_offices_are_no_actors(analyse, text):
    found = [entity.name for entity in analyse(text).entities if entity.kind in ("person", "country")]
    assert found == []


def test_news_agencies_are_no_actors(analyse):
    assert "Reuters" not in names(analyse("Reuters reported the fire in Kenya."))


def test_the_outlet_that_reports_is_no_actor(nlp):
    article = article_of("Kenya signed, the Harbour Tribune has learned.").model_copy(
        update={"outlet": "Harbour Tribune"}
    )
    assert "Harbour Tribune" not in names(analyse_article(article, nlp))


def test_a_headline_in_capitals_names_nobody_new(analyse):
    analysis = analyse("President Anna Weiss will visit Oslo.", title="Weiss Vows To Visit Oslo Next Week")
    assert names(analysis) == {"Anna Weiss": "person"}


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Statement by President Anna Weiss on Harbour Levy", {"Anna Weiss": "person"}),
        ("Statement by Peter Hollis on Harbour Levy", {"Peter Hollis": "person"}),
        ("Harbour Levy Rises Again on Monday", {}),
    ],
)
def test_a_headline_in_capitals_names_an_office_holder(analyse, title, named):
    assert names(analyse("The levy is much too high.", title=title)) == named


def test_a_missed_name_is_known_from_other_mentions(analyse):
    analysis = analyse("Trade envoy Sanna Lindqvist resigned.\n\n“It is over,” Lindqvist said.")
    assert forms(analysis, "Sanna Lindqvist") == ["Sanna Lindqvist", "Lindqvist"]


def test_entities_are_in_reading_order_and_know_their_place(analyse):
    analysis = analyse("Kenya met Peru. Anna Weiss of Norway watched.")
    assert [entity.index for entity in analysis.entities] == list(range(len(analysis.entities)))
    starts = [entity.mentions[0].start for entity in analysis.entities]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "text",
    ["", "🙂 🙂", "“ ( [ ", "\u202b\u0645\u0631\u062d\u0628\u0627", "A", "Mr.", "President of", "'s 's", "- - -"],
)
def test_odd_text_raises_nothing(analyse, text):
    if text:
        analyse(text)
    analyse(f"Kenya {text} said no.")


def test_a_long_line_is_read(analyse):
    analysis = analyse("Kenya and Peru and the President of Norway of " * 400)
    assert "Kenya" in names(analysis)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Norwegian Fishermen's Association said on Monday it would sue.", "Norwegian Fishermen's Association"),
        ("On Monday the Women's Council voted against the plan.", "Women's Council"),
        ("The German Teachers' Union agreed to talks.", "German Teachers' Union"),
        ("The Kenya People's Liberation Movement rejected the plan.", "Kenya People's Liberation Movement"),
        ("The Committee to Protect Journalists praised the verdict.", "Committee to Protect Journalists"),
        ("The Canadian Transport and Consumer Agency fined two firms.", "Canadian Transport and Consumer Agency"),
    ],
)
def test_a_bodys_name_may_hold_a_possessive_verb_or_list(analyse, text, name):
    assert list(names(analyse(text))) == [name]


def test_to_joins_no_name_of_a_body(analyse):
    analysis = analyse("The sale of Arden Steel to Kestrel Group was blocked on Monday. Kestrel said it would appeal.")
    assert names(analysis) == {"Arden Steel": "organisation", "Kestrel Group": "organisation"}
    assert "Kestrel" in forms(analysis, "Kestrel Group")


def test_a_common_plural_that_opens_a_sentence_is_no_actor(analyse):
    assert "Ships" not in names(analyse("Ships will simply take another route, the Halvik Port Authority said."))


@pytest.mark.parametrize(
    "text",
    [
        "The bank paid 500,000 U.S. dollars to the village.",
        "Villagers collected 3 million Australian dollars in a year.",
        "Rower Oskar Lind won on Sunday. The 24-year-old Briton said he was tired.",
    ],
)
def test_money_and_persons_given_by_age_are_no_states(analyse, text):
    assert "country" not in names(analyse(text)).values()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The claim was paid by the insurer Brackwell Mutual on Monday.", "Brackwell Mutual"),
        ("Regulators wrote to Brightgate on Monday. Brightgate shareholders met. Brightgate denied all.", "Brightgate"),
        ("On Friday Brightgate, based in Idaho, denied the report.", "Brightgate"),
        ("The Lindal Ocean Laboratory published its study on Monday.", "Lindal Ocean Laboratory"),
        ("Peter Hollis, coordinator for relief agency Arden Aid, said no.", "Arden Aid"),
        ("The clerk spoke. Wexford, which makes salt, said no.", "Wexford"),
        ("The Gorat party said no.", "Gorat"),
    ],
)
def test_words_beside_a_company_identify_it(analyse, text, name):
    assert names(analyse(text))[name] == "organisation"


@pytest.mark.parametrize(
    "text",
    [
        "The rebels refused to leave the border town of Qasr Dunya on Monday.",
        "The mask was taken from the palace of Abadou in 1892.",
        "Net profit reached CZK 612 million in June, up from CZK 537 million.",
        "The Sides also touched upon fishing in the strait.",
    ],
)
def test_towns_currencies_and_sides_are_no_named_actors(analyse, text):
    assert not names(analyse(text)).keys() & {"Qasr Dunya", "Abadou", "CZK", "Sides"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Chief of Staff Denis Kolm said no.", "Denis Kolm", "person"),
        ("Talks with President of the Slovak Republic Zuzana Kova went on.", "Zuzana Kova", "person"),
        ("They met Minister of Energy of the Republic of Kenya Amos Kiplagat.", "Amos Kiplagat", "person"),
        ("Senate Minority Whip Dick Kolm said no.", "Dick Kolm", "person"),
        ("She told CNN Hollis was first.", "Hollis", "person"),
        ("World leaders condemned N. Korea.", "North Korea", "country"),
        ('"It is late," said Marios Kolmian, president of the House of Elders.', "Marios Kolmian", "person"),
    ],
)
def test_words_of_an_office_are_no_part_of_a_name(analyse, text, name, kind):
    assert names(analyse(text)).get(name) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Senator Peter Hollis, D-Maine, said no.", "D-Maine"),
        ("His Majesty King Olav met General Administration of Ports staff.", "Majesty"),
        ("His Majesty King Olav met General Administration of Ports staff.", "Administration"),
        ("The vessels were tied. Vessels from Peru can be seen.", "Vessels"),
        ("Civilians left Gelendzhik by sea, and ships lay off Gelendzhik.", "Gelendzhik"),
        ("US National Security Adviser Peter Hollis left.", "US National Security"),
        ("Venus passed behind the sun, and Venus was lost to sight.", "Venus"),
        ("Ships lay off the island of Java, and Java's coast was shut.", "Java"),
        ("Soyuz XB-12M docked. The XB-12M left on Monday.", "XB-12M"),
        ("The blast was in the Ben Aknun district of the town.", "Ben Aknun"),
        ("They want to legalise West Bank outposts.", "West Bank"),
        ("Many Stunned By Six Odd Words On Road Sign. Peter Hollis drove on.", "Odd Words On Road Sign"),
        (
            "The court overturned Peter Hollis. The overturning by the Supreme Court of Hollis's ruling was news.",
            "Supreme Court of Hollis",
        ),
        ("The African Union said African leaders must act. African states agreed.", "African"),
    ],
)
def test_a_phrase_like_a_name_is_no_actor(analyse, text, name):
    assert name not in names(analyse(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The port is dear,” Ilan Goron of the Gorat party said.", "Ilan Goron"),
        ("Yoshihide Sugano condemned the levy in the strongest words.", "Yoshihide Sugano"),
        ("They mourn Jamal Kashogi, a Norwegian who lived in Peru.", "Jamal Kashogi"),
    ],
)
def test_an_unrecognised_person_is_found_by_context(analyse, text, name):
    assert names(analyse(text)).get(name) == "person"


def test_capitals_are_no_surname(analyse):
    found = names(analyse("Kim Jong Un spoke. The U.N. condemned Kim. UN envoys left."))
    assert found == {"Kim Jong Un": "person", "U.N.": "organisation"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He explained that the Peru Meat Authority is there to regulate.", "Peru Meat Authority"),
        ("The opposition Coalition for Unity and Work (CUW) has won 108 seats.", "Coalition for Unity and Work"),
    ],
)
def test_a_body_is_known_by_its_noun(analyse, text, name):
    assert names(analyse(text)).get(name) == "organisation"


def test_names_in_a_list_of_towns_are_towns(analyse):
    text = "The warning is for Nonthaburi, Ang Thong, Lop Buri and Sing Buri, where the river is high."
    assert names(analyse(text)) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The plan has the support of Senators Odd Berg and Ilse Kranz, who wrote it.", "Odd Berg"),
        ("It was signed by Ministers Kari Solberg and Amos Kiplagat on Monday.", "Kari Solberg"),
        ("A dissent by Justices Laura Becker and Paul Holm was long.", "Laura Becker"),
        ("The bill was written by Assemblywoman Larisa Gondal, who chairs the panel.", "Larisa Gondal"),
    ],
)
def test_a_plural_title_is_no_part_of_a_name(analyse, text, name):
    assert names(analyse(text))[name] == "person"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Speaker, Paul Holm MP, said no on Monday.", "Paul Holm"),
        ("Mr. Odd Berg QC spoke for the company.", "Odd Berg"),
        ("Kari Solberg III said no on Monday.", "Kari Solberg III"),
        ("Minister ODD BERG KC said no on Monday.", "ODD BERG KC"),
    ],
)
def test_letters_after_a_name_are_no_surname(analyse, text, name):
    assert name in names(analyse(text))


def test_a_name_with_and_without_accents_is_one(analyse):
    analysis = analyse("President Łukasz Şahin said no on Monday. Critics of Sahin said Lukasz Sahin would resign.")
    assert names(analysis).keys() & {"Łukasz Şahin", "Sahin", "Lukasz Sahin"} == {"Łukasz Şahin"}


def test_the_house_is_no_committee_of_the_house(analyse):
    analysis = analyse(
        "The House of Representatives voted on Monday. The House Fishing Committee met. The House will vote again."
    )
    assert forms(analysis, "House of Representatives") == ["House of Representatives", "House"]


@pytest.mark.parametrize(
    ("text", "label", "person"),
    [
        ("Ilse Marn left. Marn said no.", "PERSON", True),
        ("Ilse Marn left. They went to see the town, in Marn.", "PERSON", False),
        ("Ilse Marn left. Marn said no.", "ORG", False),
    ],
)
def test_a_surname_alone_shows_whose_the_full_name_is(nlp, text, label, person):
    doc = nlp(text)
    last = max(token.i for token in doc if token.text == "Marn")
    found, _ = find_persons(doc, [NameSpan(0, 2, "ORG"), NameSpan(last, last + 1, label)])
    assert [cluster.words for cluster in found] == [("ilse", "marn")] * person
