"""Which names are things, bodies or states that no list knows."""

import pytest


def kind_of(analysis, name):
    return {entity.name: entity.kind for entity in analysis.entities}.get(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Storm Hedda reached Norway on Monday and tore off roofs.", "Storm Hedda"),
        ("Hurricane Marisol struck Peru on Monday and killed two people.", "Hurricane Marisol"),
        ("Typhoon Kolm turned north on Monday.", "Typhoon Kolm"),
        ("Cyclone Odina killed two people in Peru. Peru thanked its neighbours.", "Cyclone Odina"),
        ("Forecasters said that Tropical Storm Odina would reach Peru.", "Tropical Storm Odina"),
        ("Norway said that Operation Grey Heron had freed six fishermen.", "Operation Grey Heron"),
        ("HMS Ardent rescued six fishermen on Monday. Norway thanked the crew.", "HMS Ardent"),
        ("HMAS Corvane rescued six fishermen on Monday.", "HMAS Corvane"),
        ("Kenya said that USS Hollister had rescued six fishermen.", "USS Hollister"),
        ("Mount Arvak spat ash over the town. Mount Arvak slept for years.", "Mount Arvak"),
        ("Lake Odina froze on Monday. Lake Odina fed the mills for years.", "Lake Odina"),
        ("Kenya said that MV Hollister had sunk. MV Hollister was full of oil.", "MV Hollister"),
        ("Space Shuttle Ardent landed on Monday. Norway thanked the crew.", "Space Shuttle Ardent"),
        ("Interstate Nine was closed by the snow on Monday.", "Interstate Nine"),
        ("Marsh v Arden bans such levies, the judges said.", "Marsh v Arden"),
        ("The ruling in Marsh v Arden Steel bans such levies.", "Marsh v Arden Steel"),
    ],
)
def test_storms_ships_operations_and_lawsuits_are_no_actors(analyse, text, name):
    analysis = analyse(text)
    assert name in {entity.name for entity in analysis.entities}
    assert kind_of(analysis, name) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "“We will close the Northern Border,” Ana Berg said. Berg closed the Northern Border in May.",
            "Northern Border",
        ),
        (
            "Kenya praised the Harbour Relief Package. The Harbour Relief Package pays for boats.",
            "Harbour Relief Package",
        ),
        ("The National Safety Order protects tenants in Norway, Ana Berg said.", "National Safety Order"),
    ],
)
def test_borders_orders_and_packages_are_no_actors(analyse, text, name):
    assert kind_of(analyse(text), name) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ana Berg, President, University of Halvik, and Odd Holm, President, University of Arden, spoke.",
            "University of Halvik",
        ),
        ("President, University of Arden, Odd Holm spoke on Monday.", "University of Arden"),
    ],
)
def test_a_body_of_a_place_is_no_person(analyse, text, name):
    assert kind_of(analyse(text), name) != "person"


def test_a_storm_by_its_name_alone_is_no_person(analyse):
    analysis = analyse("Storm Hedda reached Norway on Monday. Hedda tore off roofs.")
    assert [entity.name for entity in analysis.entities] == ["Storm Hedda", "Norway"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Storm Lake Police closed the road on Monday.", "Storm Lake Police", "organisation"),
        ("Mount Holm University sued Peru on Monday.", "Mount Holm University", "organisation"),
        ("The Typhoon Kolm Relief Fund paid for the boats.", "Typhoon Kolm Relief Fund", "organisation"),
        ("Hedda Kolm filmed Storm Hedda from her roof. Hedda hid.", "Hedda Kolm", "person"),
        ("Arden Steel sued Marsh on Monday.", "Arden Steel", "organisation"),
        (
            "The Grey Order of Sailors sued Peru. The Grey Order of Sailors won.",
            "Grey Order of Sailors",
            "organisation",
        ),
    ],
)
def test_bodies_and_persons_with_words_of_things_are_actors(analyse, text, name, kind):
    assert kind_of(analyse(text), name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Kenya gave the files to the Executive Branch on Monday.",
        "The United States Harbour Watch reported a wave.",
    ],
)
def test_a_title_within_a_name_shows_no_person(analyse, text):
    assert not [entity.name for entity in analyse(text).entities if entity.kind == "person"]


@pytest.mark.parametrize(
    "text", ["The broadcaster Elvora Haber sued Kenya.", "The broadcaster, Elvora Haber, sued Kenya."]
)
def test_a_noun_for_companies_shows_no_person(analyse, text):
    assert kind_of(analyse(text), "Elvora Haber") == "organisation"


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("Villagers thanked the Hollis Society of Music for the boats.", "Hollis Society of Music", True),
        ("Peru closed the Kestrel Union for Peace in May.", "Kestrel Union for Peace", True),
        ("Peter Hollis said that Halvik Council on Tides had lied.", "Halvik Council on Tides", True),
        ("Villagers thanked the Friends of Hollis Music for the boats.", "Friends of Hollis Music", False),
        ("The island was sold to Odina GmbH in Lima.", "Odina GmbH", True),
        ("Elvora SA bought the island on Monday.", "Elvora SA", True),
        ("Corvane Sdn Bhd bought the island on Monday.", "Corvane Sdn Bhd", True),
        ("Marisol Odina bought the island on Monday.", "Marisol Odina", False),
    ],
)
def test_a_head_noun_or_company_suffix_shows_a_body(analyse, text, name, shown):
    known = {entity.name for entity in analyse(text).entities if "names a body" in entity.basis}
    assert (name in known) is shown


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        # it has a government
        ("Belmora's parliament approved the levy on Monday. Kenya protested.", "Belmora", True),
        ("Belmora's army crossed the river on Monday. Kenya protested.", "Belmora", True),
        ("The Belmora government said that it would pay. Kenya sent a ship to Belmora.", "Belmora", True),
        ("Belmora recalled its ambassador to Kenya on Monday.", "Belmora", True),
        ("Belmora closed its office in Lima on Monday. Kenya did the same.", "Belmora", False),
        ("Belmora's museum was shut on Monday. Kenya sent a choir.", "Belmora", False),
        ("A Culture spokesman met the Culture Minister on Monday.", "Culture", False),
        ("Prime Minister Brackwell left Lima. The Brackwell government fell.", "Brackwell", False),
        ("BMO's ministers met in Lima on Monday. Kenya protested.", "BMO", False),
        ("Brightgate Tea's ambassador met Kenya on Monday.", "Brightgate Tea", False),
        ("Siena's citizens voted on Monday. Kenya sent a choir.", "Siena", False),
        ("Halvik Old Town's citizens voted on Monday.", "Halvik Old Town", False),
        # it deals as states do, and is a place or beside a state
        ("Belmora and Kenya signed a fishing pact on Monday.", "Belmora", True),
        ("Kenya and Belmora signed a fishing pact on Monday.", "Belmora", True),
        ("Belmora accused Kenya of theft on Monday. Ships wait in Belmora.", "Belmora", True),
        ("Belmora accused Kenya of theft on Monday.", "Belmora", False),
        ("Belmora won the cup on Monday. Fans danced in Belmora.", "Belmora", False),
        # two such states
        ("Zendria accused Quelland of theft. Zendria recalled its ambassador. Quelland closed its embassy.",
         "Zendria", True),
        ("Zendria accused Quelland of theft. Zendria recalled its ambassador. Quelland closed its embassy.",
         "Quelland", True),
        ("Zendria accused Quelland of theft. Zendria recalled its cars. Quelland closed its shops.", "Zendria", False),
    ],
)  # fmt: skip
def test_an_unlisted_state_is_known_by_government_or_dealings(analyse, text, name, state):
    assert (kind_of(analyse(text), name) == "country") is state


@pytest.mark.xfail(strict=True, reason="a club that signs a player and is a place looks like a state that signs a pact")
def test_a_club_that_signs_a_player_is_no_state(analyse):
    analysis = analyse("Zendria signed striker Odd Berg on Monday. Berg will stay in Zendria.")
    assert kind_of(analysis, "Zendria") != "country"
