"""The summary of a story: sentences of its articles' summaries, each thing once, the newest first.

Maximal marginal relevance (Carbonell and Goldstein 1998): a sentence is worth what it shares with the story, less what
the sentences before it have told already.
"""

from collections.abc import Sequence

from briefing.digest.corroboration import corroborated
from briefing.digest.figures import Figure
from briefing.digest.members import Member, Told, told_by
from briefing.digest.standing import Standing
from briefing.digest.wording import content, held, undated
from briefing.digest_model import Change, StoryStatement
from briefing.model import Statement

_RELEVANCE = 0.7  # what counts beside it is that nothing is told twice
_TOLD = 0.6  # share of a sentence's words that those before it hold: it is left out
_FRESH = 0.15  # what a sentence of the latest day gains
_LEADING = 0.15  # what the first sentence of an article gains


def summarise(members: Sequence[Member], standing: Standing, most: int) -> tuple[StoryStatement, ...]:
    """Return at most so many sentences, the lead first.

    Args:
        members: The articles of the story in order.
        standing: Its numbers; a sentence with one that was overtaken is left out.
        most: Sentences.
    """
    candidates = [one for one in told_by(members, lambda brief: brief.summary) if not _is_outdated(one, standing)]
    worth = {one.order: _worth(one, members) for one in candidates}
    chosen: list[Told[Statement]] = []
    while candidates and len(chosen) < most:
        told = frozenset(word for one in chosen for word in content(one.line.text))
        best = max(
            candidates,
            key=lambda one: (
                _RELEVANCE * worth[one.order] - (1 - _RELEVANCE) * held(content(one.line.text), told),
                one.order[::-1],
            ),
        )
        chosen.append(best)
        told = undated(" ".join(one.line.text for one in chosen))
        candidates = [one for one in candidates if one is not best and held(undated(one.line.text), told) < _TOLD]
    return tuple(_statement(one, members, standing) for one in chosen)


def _is_outdated(told: Told[Statement], standing: Standing) -> bool:
    return any(_holds(told, pair.older) for pair in standing.overtaken)


def _holds(told: Told[Statement], figure: Figure) -> bool:
    """Whether a sentence tells a number of its article."""
    starts = {piece.start for piece in told.line.evidence}
    return figure.member is told.member and figure.evidence.start in starts and figure.text in told.line.text


def _worth(told: Told[Statement], members: Sequence[Member]) -> float:
    """Return how central a sentence is among the summaries of other origins, 0 to 1, and what its place and day add."""
    said = content(told.line.text)
    shares: dict[str, float] = {}
    for member in members:
        if member.origin != told.member.origin:
            whole = frozenset(word for line in member.brief.summary for word in content(line.text))
            shares[member.origin] = max(shares.get(member.origin, 0.0), held(said, whole))
    central = sum(sorted(shares.values())) / len(shares) if shares else 0.5
    latest = max(member.published for member in members)
    fresh = _FRESH if told.member.published == latest else 0.0
    return central + fresh + (_LEADING if told.place == 0 else 0.0)


def _statement(told: Told[Statement], members: Sequence[Member], standing: Standing) -> StoryStatement:
    """Return a sentence with a sentence of each other origin that tells the same, and the number that it replaces."""
    evidence, count = corroborated(told.line.text, told.member.cite(told.line.evidence), members)
    before = [pair.older for pair in standing.overtaken if _holds(told, pair.newer)]
    change = Change(kind="updated", was=before[-1].text, since=before[-1].member.published) if before else None
    fields = {"evidence": evidence, "origins": count, "change": change}
    return StoryStatement(**(dict(told.line) | fields))
