"""Summarise a story with sentences from the summaries of its articles, without repetition.

Maximal marginal relevance (Carbonell and Goldstein 1998): the score of a sentence is what it shares with the story,
minus what the chosen sentences already say.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefing.digest.corroboration import Corroboration
from briefing.digest.figures import Figure, figures_in
from briefing.digest.members import Member, MemberLine, member_lines
from briefing.digest.superseding import CurrentFigures
from briefing.digest.wording import containment, content, undated
from briefing.model.brief import Statement
from briefing.model.digest import Change, StoryStatement

_RELEVANCE = 0.7  # weight of relevance; the rest is the weight of novelty
_REPEATED = 0.6  # share of the words of a sentence in the chosen ones, at which it is skipped
_FRESH = 0.15  # bonus of a sentence from the latest day
_LEADING = 0.15  # bonus of the first sentence of an article
_FULL = 10  # words; shorter sentences score less


def summarise(
    members: Sequence[Member], figures: CurrentFigures, corroborated: Corroboration, most: int
) -> tuple[StoryStatement, ...]:
    """Return the sentences of the summary; the first one is the first sentence of an article, if possible.

    Args:
        members: The articles of the story in order.
        figures: Its numbers; a sentence with a superseded number is skipped, and a count of victims appears once.
        corroborated: Finds the other origins of a line.
        most: The maximum number of sentences.
    """
    candidates = [one for one in member_lines(members, lambda brief: brief.summary) if not _is_outdated(one, figures)]
    worth = _worths(candidates, members)
    chosen: list[MemberLine[Statement]] = []
    made: list[StoryStatement] = []
    known: frozenset[str] = frozenset()
    while candidates and len(chosen) < most:
        leads = [one for one in candidates if one.place == 0] if not chosen else []
        best = max(leads or candidates, key=lambda one: (_gain(one, worth, known), one.order))
        chosen.append(best)
        made.append(_statement(best, figures, corroborated))
        known = undated(" ".join(one.line.text for one in chosen))
        cited = {(piece.article, piece.start) for line in made for piece in line.evidence}
        candidates = [
            one
            for one in candidates
            if not any((one.member.id, piece.start) in cited for piece in one.line.evidence)
            and not _is_repetition(one, known, chosen)
        ]
    return tuple(made)


def _gain(entry: MemberLine[Statement], worth: Mapping[tuple[str, str, int], float], known: frozenset[str]) -> float:
    """Return the score of a sentence, reduced by the words that are known already; rounded."""
    repeated = containment(undated(entry.line.text), known)
    return round(_RELEVANCE * worth[entry.order] - (1 - _RELEVANCE) * repeated, 6)


def _is_repetition(
    entry: MemberLine[Statement], known: frozenset[str], chosen: Iterable[MemberLine[Statement]]
) -> bool:
    """Return True if a sentence mostly repeats known words, or a count of victims in a chosen sentence."""
    counted = {found.slot for one in chosen for found in figures_in(one.line.text) if found.grows}
    again = any(found.slot in counted for found in figures_in(entry.line.text))
    return again or containment(undated(entry.line.text), known) >= _REPEATED


def _is_outdated(entry: MemberLine[Statement], figures: CurrentFigures) -> bool:
    return any(_holds(entry, pair.older) for pair in figures.superseded)


def _holds(entry: MemberLine[Statement], figure: Figure) -> bool:
    """Return True if a sentence holds a number of its article."""
    starts = {piece.start for piece in entry.line.evidence}
    return figure.member is entry.member and figure.evidence.start in starts and figure.text in entry.line.text


def _worths(
    candidates: Iterable[MemberLine[Statement]], members: Sequence[Member]
) -> dict[tuple[str, str, int], float]:
    """Return the score of each sentence: how central it is, plus the bonuses for its place and day.

    A sentence is central if many other origins use its words in their summaries. Short sentences score less.
    """
    by_origin: dict[str, set[str]] = defaultdict(set)
    for member in members:
        by_origin[member.origin].update(word for line in member.brief.summary for word in content(line.text))
    having = Counter(word for words in by_origin.values() for word in words)
    latest = max(member.published for member in members)
    worth = {}
    for one in candidates:
        terms = content(one.line.text)
        others = len(by_origin) - 1
        shared = sum(having[word] - 1 for word in sorted(terms))
        central = shared / (others * max(len(terms), _FULL)) if others else min(1.0, len(terms) / _FULL)
        fresh = _FRESH if one.member.published == latest else 0.0
        worth[one.order] = central + fresh + (_LEADING if one.place == 0 else 0.0)
    return worth


def _statement(entry: MemberLine[Statement], figures: CurrentFigures, corroborated: Corroboration) -> StoryStatement:
    """Return a sentence with evidence from each corroborating origin, and the number that it replaces."""
    evidence, count = corroborated(entry.line.text, entry.member.cite(entry.line.evidence))
    before = [pair.older for pair in figures.superseded if _holds(entry, pair.newer)]
    change = Change(kind="updated", was=before[-1].text, since=before[-1].member.published) if before else None
    fields = {"evidence": evidence, "origins": count, "change": change}
    return StoryStatement(**(dict(entry.line) | fields))
