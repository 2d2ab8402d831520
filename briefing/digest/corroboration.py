"""Which independent origins a line rests on: those with a sentence that tells the same."""

from collections.abc import Sequence

from briefing.digest.members import Member
from briefing.digest.wording import content, held, is_negated, is_unsure, numbers
from briefing.model import Evidence

_SHARE = 0.7  # of a line's words that a sentence of another origin must hold
_FEWEST_WORDS = 3  # of a line that can be told again


def corroborated(
    text: str, evidence: Sequence[Evidence], members: Sequence[Member]
) -> tuple[tuple[Evidence, ...], int]:
    """Return the evidence of a line, with a sentence of each other origin that tells it, and how many origins that is.

    Args:
        text: The line.
        evidence: What it rests on already; each piece names its article.
        members: The articles of the story in order.
    """
    origin_of = {member.id: member.origin for member in members}
    origins = {origin_of[piece.article or ""] for piece in evidence}
    pieces = list(evidence)
    if len(content(text)) >= _FEWEST_WORDS:
        for member in reversed(members):
            if member.origin in origins:
                continue
            same = next((sentence for sentence, said in member.sentences() if _tells(said, text)), None)
            if same is not None:
                origins.add(member.origin)
                pieces.append(member.cite_sentence(same))
    return tuple(pieces), len(origins)


def _tells(sentence: str, line: str) -> bool:
    """Whether a sentence holds what a line says, all its numbers, as sure as the line is, and no other negation."""
    return (
        held(content(line), content(sentence)) >= _SHARE
        and numbers(line) <= numbers(sentence)
        and is_negated(line) == is_negated(sentence)
        and is_unsure(line) == is_unsure(sentence)
    )
