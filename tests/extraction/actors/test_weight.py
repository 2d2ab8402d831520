"""Which of two actors weighs more."""

import pytest

from briefing.extraction.actors.weight import entity_weights


def shares(analysis):
    weights = entity_weights(analysis)
    return {entity.name: weight.share for entity, weight in zip(analysis.entities, weights, strict=True)}


FILLER = "It rained for a week. Rivers rose, and roads were shut."


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        # an early mention
        (f"The Halvik Council closed the port. {FILLER} The Fjord Council closed the road.", "Halvik", "Fjord"),
        # speech
        ("The Halvik Council said that the port was dear. The Fjord Council used the port.", "Halvik", "Fjord"),
        ("The Fjord Council was there. It is too late, the Halvik Council said.", "Halvik", "Fjord"),
        # an office
        (
            f"{FILLER} The call was with former Finance Minister Kari Solberg and with Odd Berg.",
            "Kari Solberg",
            "Odd Berg",
        ),
        # names before unnamed people, bodies before states, states that act before places
        (f"{FILLER} Villagers closed the road, and the Halvik Council closed the port.", "Halvik", "illagers"),
        (f"{FILLER} The port was closed by the Halvik Council and by Kenya.", "Halvik", "Kenya"),
        (f"{FILLER} Peru closed a port in Kenya.", "Peru", "Kenya"),
        (f"{FILLER} Peru hailed the Kenya fund.", "Peru", "Kenya"),
    ],
)
def test_who_acts_speaks_or_leads_weighs_more(analyse, text, more, less):
    found = shares(analyse(text))
    first, second = (next(share for name, share in found.items() if part in name) for part in (more, less))
    assert first > second


def test_a_weight_is_a_share(analyse):
    text = "Kenya sued Peru. Officials were silent. Minister Kari Solberg said no, and Kenya said no."
    assert all(0.0 < share < 1.0 for share in shares(analyse(text)).values())
