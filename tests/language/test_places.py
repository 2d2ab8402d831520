"""The meanings of written forms."""

import pytest

from briefing.language.places import find_places, place_named, standard_names


@pytest.mark.parametrize(
    ("written", "name", "form"),
    [
        ("Russia", "Russia", "name"),
        ("the Russian Federation", "Russia", "name"),
        ("U.S.", "United States", "name"),
        ("America", "United States", "name"),
        ("Great Britain", "United Kingdom", "name"),
        ("DPRK", "North Korea", "name"),
        ("PNG", "Papua New Guinea", "name"),
        ("Czechia", "Czech Republic", "name"),
        ("Kosovo", "Kosovo", "name"),
        ("Republic of Kenya", "Kenya", "name"),
        ("Norwegian", "Norway", "demonym"),
        ("Kosovar", "Kosovo", "demonym"),
        ("British", "United Kingdom", "demonym"),
        ("Russians", "Russia", "people"),
        ("Chinese", "China", "demonym"),
        ("Oslo", "Norway", "capital"),
        ("Kyiv", "Ukraine", "capital"),
        ("Kiev", "Ukraine", "capital"),
        ("the Kremlin", "Russia", "seat"),
        ("Downing Street", "United Kingdom", "seat"),
        ("Soviet Union", "Soviet Union", "name"),
        ("Brussels", "European Union", "capital"),
    ],
)
def test_a_written_form_means_one_state_or_body(written, name, form):
    place = place_named(written)
    assert place is not None
    assert (place.name, place.form) == (name, form)


@pytest.mark.parametrize("written", ["us", "Gotham", "", "russian", "New Mexico", "Korean Peninsula"])
def test_other_words_mean_no_state(written):
    assert place_named(written) is None


def test_demonyms_of_nearly_all_states_are_known():
    known = {place_named(word) for word in ("Malian", "Thai", "Peruvian", "Icelandic", "Fijian", "Omani", "Maltese")}
    assert None not in known
    assert len(standard_names()) > 200


def test_a_longer_name_hides_the_country_within(nlp):
    doc = nlp.make_doc("The Gulf of Mexico, Northern Ireland and New Mexico are no Mexico.")
    assert [
        doc[span.first : span.last].text for span in find_places(doc.text, tuple(doc)) if span.place.form != "other"
    ] == ["Mexico"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Georgia signed. Georgian envoys were glad.", True),
        ("Georgia signed.", True),
        ("Georgia sued. The case opens in Atlanta.", False),
    ],
)
def test_the_text_decides_what_a_states_homonym_means(analyse, text, known):
    assert ("GE" in {entity.territory for entity in analyse(text).entities}) is known


@pytest.mark.parametrize(
    "text",
    [
        "Oslo's proposal was rejected.",
        "Oslo rejected the proposal.",
        "Talks between Oslo and Lima stalled.",
        "The minister accused Oslo of delay.",
        "The sanctions against Oslo remain.",
        "The ambassador to Oslo resigned.",
    ],
)
def test_a_capital_that_acts_is_its_government(analyse, text):
    assert "Norway" in [entity.name for entity in analyse(text).entities]


@pytest.mark.parametrize(
    "text",
    [
        "The talks were held in Oslo.",
        "She flew to Oslo on Monday.",
        "Crowds filled Oslo's streets.",
        "He visited Oslo twice.",
        "Oslo is a city of parks.",
    ],
)
def test_a_capital_where_something_happens_is_a_place(analyse, text):
    entities = analyse(text).entities
    assert "Norway" not in [entity.name for entity in entities]
    assert [entity.kind for entity in entities if entity.name == "Oslo"] == [None]


def test_names_capitals_seats_and_demonyms_are_one_entity(analyse):
    analysis = analyse("Russia signed. The Kremlin said so. Moscow agreed with Russian experts.")
    (russia,) = [entity for entity in analysis.entities if entity.name == "Russia"]
    assert (russia.kind, russia.territory) == ("country", "RU")
    assert {mention.form for mention in russia.mentions} == {"name", "metonym", "demonym"}


def test_a_government_is_its_state(analyse):
    analysis = analyse("The Kenyan government signed. The government of Peru refused.")
    named = {entity.name: entity.mentions[0].form for entity in analysis.entities}
    assert named == {"Kenya": "nominal", "Peru": "nominal"}
