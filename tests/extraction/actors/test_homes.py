"""The state of a head of state or minister, where an article speaks of only one."""

import pytest

from briefing.extraction.actors.extractor import ActorExtractor


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("President Kari Solberg said no. Norway will pay.", "Norway"),
        ("Former Finance Minister Kari Solberg said no. Norwegian boats will sail.", "Norway"),
        ("Minister of Trade and Industry Kari Solberg said no. Norway will pay.", "Norway"),
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
