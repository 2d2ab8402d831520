"""The state of a head of state or minister, where an article speaks of only one."""

import pytest

from briefing.extraction.actors.extractor import ActorExtractor
from briefing.language.analyse import analyse as analyse_article
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
        ("My trip", "In Peru, I will meet President Kari Solberg. Chile and I agree.", "Peru"),
        ("My trip", "While in Peru we will be meeting Prime Minister Kari Solberg. Chile and I agree.", "Peru"),
        # a meeting of others, or with two states
        ("My trip", "In Peru, Odd Berg will meet President Kari Solberg. Chile and I agree.", None),
        ("My trip", "In Peru, I will meet President Kari Solberg and the team of Chile.", None),
    ],
)
def test_the_title_or_a_journey_gives_the_state(nlp, title, text, state):
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
        # a guest is of the only other state
        ("Prime Minister of Norway", "I met President Kari Solberg. Norway and Peru agree.", "Peru"),
        ("Prime Minister of Norway", "I met Prime Minister Kari Solberg. Norway and Peru agree.", "Peru"),
        ("The White House", "Prime Minister Kari Solberg came. Peru will pay.", "Peru"),
        ("Prime Minister of Norway", "I met President Kari Solberg. Norway, Chile and Peru agree.", None),
        ("Prime Minister of Norway", "I met President Kari Solberg and President Ana Sol. Peru agrees.", None),
        ("Prime Minister of Norway", "I met Minister Kari Solberg. Norway and Peru agree.", None),
        # a journey
        ("Prime Minister of Norway", "I will visit Peru to meet President Kari Solberg. Chile waits.", "Peru"),
        (
            "Prime Minister of Norway",
            "My visit to Peru is at the invitation of President Kari Solberg. Chile waits.",
            "Peru",
        ),
    ],
)
def test_a_government_names_its_own_leader_and_guests(nlp, outlet, text, state):
    assert state_of_solberg(nlp, text, "On fish", outlet) == state


@pytest.mark.parametrize(
    ("title", "text", "state"),
    [
        ("Norwegian parliament votes", "President Kari Solberg said no to Norway and Peru.", "Norway"),
        ("South Korean parliament votes", "President Kari Solberg said no to Peru and South Korea.", "South Korea"),
        ("Norwegian parliament votes", "Former President Kari Solberg said no to Norway and Peru.", None),
        ("Vote on fish", "President Kari Solberg spoke at the White House of Peru and the US.", "United States"),
        ("Vote on fish", "Prime Minister Kari Solberg spoke at the White House of Peru and the US.", None),
        ("Vote on fish", "President Kari Solberg spoke. The Kremlin of Russia and Peru did not.", None),
        ("Vote in Norway", "President Kari Solberg said no to Norway and Peru.", None),
        ("Norwegian parliament votes", "President Kari Solberg met Norwegian President Ana Sol of Peru.", None),
        ("Norwegian parliament meets Peruvian parliament", "President Kari Solberg left Norway for Peru.", None),
    ],
)
def test_the_office_of_one_state_is_that_of_its_holder(nlp, title, text, state):
    assert state_of_solberg(nlp, text, title) == state
