"""Build the sides of a contradiction."""

from collections.abc import Iterable

from briefing.digest.members import Member
from briefing.model.brief import Evidence
from briefing.model.digest import Side


def side_of(value: str, text: str, best: Member, pieces: Iterable[tuple[Member, Evidence]]) -> Side:
    """Return one side in its best wording, with one piece of evidence for each origin."""
    evidence: list[Evidence] = []
    origins: set[str] = set()
    for member, piece in sorted(
        pieces, key=lambda pair: (pair[1].text != text, pair[0] is not best, pair[0].published, pair[0].id)
    ):
        if member.origin not in origins:
            origins.add(member.origin)
            evidence.append(piece)
    return Side(value=value, text=text, evidence=tuple(evidence), origins=len(origins))
