"""The summary of a story: sentences of its articles' summaries, each thing once, the newest first.

Maximal marginal relevance (Carbonell and Goldstein 1998): a sentence is worth what it shares with the story, less what
the sentences before it have told already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefing.digest.corroboration import Corroboration
from briefing.digest.figures import Figure, figures_in
from briefing.digest.members import Member, Told, told_by
from briefing.digest.standing import Standing
from briefing.digest.wording import content, held, undated
from briefing.model.brief import Statement
from briefing.model.digest import Change, StoryStatement

_RELEVANCE = 0.7  # what counts beside it is that nothing is told twice
_TOLD = 0.6  # share of a sentence's words that those before it hold: it is left out
_FRESH = 0.15  # what a sentence of the latest day gains
_LEADING = 0.15  # what the first sentence of an article gains
_FULL = 10  # words of a sentence that is not short


def summarise(
    members: Sequence[Member], standing: Standing, corroborated: Corroboration, most: int
) -> tuple[StoryStatement, ...]:
    """Return at most so many sentences, the lead first: the first sentence of an article, where one has a summary.

    Args:
        members: The articles of the story in order.
        standing: Its numbers; a sentence with one that was overtaken is left out, and a count of victims is told once.
        corroborated: Finds the other origins of a line.
        most: Sentences.
    """
    candidates = [one for one in told_by(members, lambda brief: brief.summary) if not _is_outdated(one, standing)]
    worth = _worths(candidates, members)
    chosen: list[Told[Statement]] = []
    told: frozenset[str] = frozenset()
    while candidates and len(chosen) < most:
        leads = [one for one in candidates if one.place == 0] if not chosen else []
        best = max(leads or candidates, key=lambda one: (_gain(one, worth, told), one.order))
        chosen.append(best)
        told = undated(" ".join(one.line.text for one in chosen))
        candidates = [one for one in candidates if one is not best and not _tells_again(one, told, chosen)]
    return tuple(_statement(one, standing, corroborated) for one in chosen)


def _gain(told: Told[Statement], worth: Mapping[tuple[str, str, int], float], known: frozenset[str]) -> float:
    """Return what a sentence is worth beside those that tell some words already, a little rounded."""
    repeated = held(undated(told.line.text), known)
    return round(_RELEVANCE * worth[told.order] - (1 - _RELEVANCE) * repeated, 6)


def _tells_again(told: Told[Statement], known: frozenset[str], chosen: Iterable[Told[Statement]]) -> bool:
    """Whether a sentence says little that is not said, or counts the victims whom one before it counts."""
    counted = {found.slot for one in chosen for found in figures_in(one.line.text) if found.grows}
    again = any(found.slot in counted for found in figures_in(told.line.text))
    return again or held(undated(told.line.text), known) >= _TOLD


def _is_outdated(told: Told[Statement], standing: Standing) -> bool:
    return any(_holds(told, pair.older) for pair in standing.overtaken)


def _holds(told: Told[Statement], figure: Figure) -> bool:
    """Whether a sentence tells a number of its article."""
    starts = {piece.start for piece in told.line.evidence}
    return figure.member is told.member and figure.evidence.start in starts and figure.text in told.line.text


def _worths(candidates: Iterable[Told[Statement]], members: Sequence[Member]) -> dict[tuple[str, str, int], float]:
    """Return how central each sentence is among the summaries of other origins, and what its place and day add.

    A sentence is central by the words that the summaries of the other origins have, each weighed by how many do; a
    short one is worth less.
    """
    by_origin: dict[str, set[str]] = defaultdict(set)
    for member in members:
        by_origin[member.origin].update(word for line in member.brief.summary for word in content(line.text))
    having = Counter(word for words in by_origin.values() for word in words)
    latest = max(member.published for member in members)
    worth = {}
    for one in candidates:
        said = content(one.line.text)
        others = len(by_origin) - 1
        shared = sum(having[word] - 1 for word in sorted(said))
        central = shared / (others * max(len(said), _FULL)) if others else min(1.0, len(said) / _FULL)
        fresh = _FRESH if one.member.published == latest else 0.0
        worth[one.order] = central + fresh + (_LEADING if one.place == 0 else 0.0)
    return worth


def _statement(told: Told[Statement], standing: Standing, corroborated: Corroboration) -> StoryStatement:
    """Return a sentence with a sentence of each other origin that tells the same, and the number that it replaces."""
    evidence, count = corroborated(told.line.text, told.member.cite(told.line.evidence))
    before = [pair.older for pair in standing.overtaken if _holds(told, pair.newer)]
    change = Change(kind="updated", was=before[-1].text, since=before[-1].member.published) if before else None
    fields = {"evidence": evidence, "origins": count, "change": change}
    return StoryStatement(**(dict(told.line) | fields))
