"""The state of a head of state or minister, where an article speaks of only one."""

import pytest

from briefing.extraction.actors.extractor import ActorExtractor
from briefing.extraction.known_leaders import state_led
from briefing.language.analyse import analyse as analyse_article
from briefing.language.places import place_named
from briefing.runtime.lexicon import read_lexicon
from tests.fakes.articles import article_of


def state_of_solberg(nlp, text, title, outlet=None):
    article = article_of(text, title=title, published="2024-05-14").model_copy(update={"outlet": outlet})
    listed = {actor.name: actor for actor in ActorExtractor()(analyse_article(article, nlp))}
    return listed["Kari Solberg"].affiliation


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("President Kari Solberg said no. Norway will pay.", "Norway"),
        ("Premier Kari Solberg said no. Norway will pay.", None),
        ("Former Finance Minister Kari Solberg said no. Norwegian boats will sail.", "Norway"),
        ("Minister of Trade and Industry Kari Solberg said no. Norway will pay.", "Norway"),
        ("An envoy of Norway met President Kari Solberg. Norway will pay.", None),
        # two states, or one that only belongs to another office
        ("President Kari Solberg said no. Norway will pay Peru.", None),
        ("President Kari Solberg said no to Peruvian President Ana Sol.", None),
        # an office of a body, or of a part of a state
        ("Bank president Kari Solberg said no. Norway will pay.", None),
        ("Kari Solberg, President, Halvik Action Network, said no. Norway will pay.", None),
        ("The president of the club, Kari Solberg, said no. Norway will pay.", None),
        ("Governor Kari Solberg said no. Norway will pay.", None),
        ("First Minister Kari Solberg said no. Norway will pay.", None),
    ],
)
def test_a_state_office_belongs_to_the_only_state(analyse, text, state):
    listed = {actor.name: actor for actor in ActorExtractor()(analyse(text))}
    assert listed["Kari Solberg"].affiliation == state


@pytest.mark.parametrize(
    ("title", "text", "state"),
    [
        (
            "Readout of the Call with Prime Minister Solberg of Norway",
            "Prime Minister Kari Solberg met Peru.",
            "Norway",
        ),
        ("Readout of Prime Minister Solberg's Call with Peru", "Prime Minister Kari Solberg thanked Peru.", "Norway"),
        ("Readout of Adviser Kari Solberg, Jr.'s Meeting in Lima", "Port Adviser Kari Solberg came.", "Norway"),
        ("Readout of President Berg's Call", "President Odd Berg Jr. left. President Kari Solberg came.", None),
        ("Statement from President Solberg on Boats", "President Kari Solberg thanked Peru.", "Norway"),
        ("Statement from Odd Berg on President Solberg", "President Kari Solberg thanked Peru.", None),
        ("Readout of Peru's Call with President Solberg", "President Kari Solberg thanked Peru.", None),
    ],
)
def test_the_title_gives_the_state(nlp, title, text, state):
    assert state_of_solberg(nlp, f"{text} Peru and Chile will pay.", title, "Prime Minister of Norway") == state


@pytest.mark.parametrize(
    ("outlet", "text", "state"),
    [
        # the source writes of its own leader
        ("Prime Minister of Norway", "Prime Minister Kari Solberg thanked Peru and Chile.", "Norway"),
        ("The White House", "The Solberg Administration helps. President Kari Solberg thanked Peru.", "United States"),
        ("The White House", "The Solberg-Berg Administration helps. President Kari Solberg left.", "United States"),
        ("The White House", "President Kari Solberg thanked Peru and Chile.", None),
        ("Prime Minister of Norway", "Finance Minister Kari Solberg thanked Peru.", None),
        (
            "Prime Minister of Norway",
            "Prime Minister Kari Solberg met Prime Minister Ana Sol. Peru and Chile will pay.",
            None,
        ),
        # a guest
        ("Prime Minister of Norway", "I met President Kari Solberg. Norway agrees.", None),
        ("Prime Minister of Norway", "I met Prime Minister Kari Solberg. Norway agrees.", None),
    ],
)
def test_a_government_names_its_own_leader(nlp, outlet, text, state):
    assert state_of_solberg(nlp, text, "On fish", outlet) == state


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("President Chirac said no. France and Germany will pay.", "Chirac", "France"),
        ("President Joseph R. Biden Jr. said no. The US and Peru pay.", "Joseph R. Biden Jr.", "United States"),
        ("Former Vice President Dick Cheney said no to Peru and the US.", "Dick Cheney", "United States"),
        ("Prime Minister Jose Maria Aznar said no. Spain and Peru pay.", "Jose Maria Aznar", "Spain"),
        # the office, the state or the first name is of another
        ("Bank president Vladimir Putin said no. Russia and Peru pay.", "Vladimir Putin", None),
        ("Prime Minister Chirac said no. France and Germany will pay.", "Chirac", None),
        ("Minister Tony Blair said no. The UK and Peru will pay.", "Tony Blair", None),
        ("President Chirac said no. Norway and Germany will pay.", "Chirac", None),
        ("President Odd Chirac said no. France and Germany will pay.", "Odd Chirac", None),
    ],
)
def test_readers_know_the_state_of_a_leader(nlp, text, name, state):
    article = article_of(text, title="On fish", published="2024-05-14")
    listed = {actor.name: actor for actor in ActorExtractor()(analyse_article(article, nlp))}
    assert listed[name].affiliation == state


@pytest.mark.parametrize("office", ["presidents", "heads_of_government"])
def test_known_leaders_are_of_states_by_their_standard_names(office):
    for state in read_lexicon("briefing.extraction.known_leaders")[office]:
        assert place_named(state).name == state


def test_a_surname_fits_the_state_in_the_article():
    assert state_led("Morales", "President", {"Bolivia", "Peru"}) == "Bolivia"
    assert state_led("Morales", "President", {"Bolivia", "Guatemala"}) is None
