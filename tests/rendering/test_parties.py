"""Which parties of a point are printed beside its line."""

import pytest

from briefing.model.brief import Actor, Evidence
from briefing.rendering.parties import are_named, one_a_side


def actor(name: str, kind: str, affiliation: str | None = None, aliases: tuple[str, ...] = ()) -> Actor:
    seen = (Evidence(start=0, end=1, text="x"),)
    known = {"affiliation": affiliation, "aliases": aliases, "mentions": 1, "salience": 0.5, "evidence": seen}
    return Actor(id=name.lower().replace(" ", "-"), name=name, kind=kind, **known)


KNOWN = {
    one.name: one
    for one in (
        actor("Ana Sol", "person", "Peru", ("Sol",)),
        actor("Jan Holm", "person", "Norway", ("Holm",)),
        actor("Mia Berg", "person"),
        actor("Peru", "country"),
        actor("Norway", "country"),
        actor("United States", "country", aliases=("U.S.",)),
        actor("Dock Union", "organisation"),
    )
}


@pytest.mark.parametrize(
    ("parties", "printed"),
    [
        ("Ana Sol, Peru, Norway", "Peru, Norway"),
        ("Ana Sol, Peru, Dock Union", "Peru, Dock Union"),
        ("Ana Sol, Jan Holm, Norway", "Ana Sol, Jan Holm"),
        ("Ana Sol, Peru, Mia Berg", "Ana Sol, Mia Berg"),
        ("Ana Sol, Jan Holm, Peru, Norway", "Ana Sol, Jan Holm, Peru, Norway"),
        ("Ana Sol, Mia Berg, Peru, Norway", "Ana Sol, Mia Berg, Peru, Norway"),
        ("Ana Sol, Peru", "Ana Sol, Peru"),  # at odds with his own state
        ("Ana Sol, Norway, United States", "Ana Sol, Norway, United States"),
        ("Unknown, Peru, Norway", "Unknown, Peru, Norway"),
    ],
)
def test_one_side_is_printed_once(parties: str, printed: str) -> None:
    assert ", ".join(one_a_side(tuple(parties.split(", ")), KNOWN)) == printed


@pytest.mark.parametrize(
    ("parties", "line", "named"),
    [
        ("Peru, Norway", "Peru and Norway agreed on a quota.", True),
        ("Peru, Norway", "Peru’s minister rejected Norway's quota.", True),
        ("Peru, Norway", "Peruvian boats must leave, Norway said.", True),
        ("Ana Sol, Norway", "[Sol] rejected the quota of Norway.", True),
        ("United States, Norway", "U.S. boats left Norway.", True),
        ("Ana Sol, Norway", "Norway sells its solar cells.", False),
        ("Peru, Norway", "Peru rejected the quota.", False),
        ("Mali, Norway", "Norway dropped a formality.", False),
    ],
)
def test_the_line_must_name_every_party(parties: str, line: str, named: bool) -> None:
    assert are_named(tuple(parties.split(", ")), line, KNOWN) is named
