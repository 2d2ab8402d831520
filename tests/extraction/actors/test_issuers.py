"""The person who speaks in a statement is an actor, though only the title names them."""

import pytest

from briefing.evidence.line_checks import flaws_of
from briefing.extraction.actors.extractor import ActorExtractor
from briefing.language.analyse import analyse
from tests.fakes.articles import article_of

TEXT = "Norland opened two harbours in May. Today I signed a treaty on herring. I thank Mayor Pia Rask."


def rows(nlp, title, text=TEXT, outlet=None):
    article = article_of(text, title=title, published="2024-05-14").model_copy(update={"outlet": outlet})
    analysis = analyse(article, nlp)
    found = ActorExtractor()(analysis)
    assert not any(flaws_of(actor, analysis.article) for actor in found)
    return [(actor.name, actor.role, actor.affiliation) for actor in found if actor.kind == "person"]


@pytest.mark.parametrize(
    ("title", "name", "role"),
    [
        ("Statement of President Ana Sol on the Treaty", "Ana Sol", "President"),
        ("Statement by Foreign Minister Jan Holm on the Treaty", "Jan Holm", "Foreign Minister"),
        ("Statement from Secretary of State Jan Holm on the Treaty", "Jan Holm", "Secretary of State"),
        ("Statement by Vice President Sol on the Treaty", "Sol", "Vice President"),
    ],
)
def test_the_speaker_of_a_statement_is_an_actor(nlp, title, name, role):
    assert (name, role, None) in rows(nlp, title)


def test_the_speaker_comes_before_those_mentioned(nlp):
    names = [name for name, *_ in rows(nlp, "Statement by President Ana Sol on the Treaty")]
    assert names == ["Ana Sol", "Pia Rask"]


@pytest.mark.parametrize(
    "title",
    ["Statement by the Prime Minister", "Remarks by the President of the Republic", "Statement on Herring"],
)
def test_a_title_without_a_name_adds_no_actor(nlp, title):
    assert [name for name, *_ in rows(nlp, title)] == ["Pia Rask"]


def test_a_speaker_named_in_the_text_is_one_actor(nlp):
    text = f"{TEXT} Sol was born in Halvik, and Sol has been in office for a year."
    assert rows(nlp, "Statement by President Ana Sol", text)[0] == ("Ana Sol", "President", None)


@pytest.mark.parametrize(
    ("outlet", "state"),
    [("The White House", "United States"), ("Prime Minister of Norway", "Norway"), ("Halvik Times", None)],
)
def test_the_source_gives_the_state_of_the_speaker(nlp, outlet, state):
    assert rows(nlp, "Statement by President Ana Sol", outlet=outlet)[0] == ("Ana Sol", "President", state)
