"""Separate the current numbers of a story from those that a later report superseded."""

from collections.abc import Sequence
from typing import NamedTuple

from briefing.digest.figures import Figure, figures_of
from briefing.digest.members import Member
from briefing.digest.wording import jaccard

_SAME_SENTENCE = 0.6  # Jaccard index of the words about two numbers that measure the same


class Superseded(NamedTuple):
    """A number and the one that replaced it in a later report."""

    older: Figure
    newer: Figure


class CurrentFigures(NamedTuple):
    """The numbers of a story: the current and the superseded ones."""

    current: tuple[Figure, ...]
    superseded: tuple[Superseded, ...]


def current_figures(members: Sequence[Member]) -> CurrentFigures:
    """Return the numbers of a story, divided into current and superseded ones.

    A later article supersedes numbers of its own origin. It also supersedes other origins if a count of victims rises,
    or if the count of the missing changes. If one article gives two different counts of the same victims, both are
    skipped, because it is unclear which one counts.

    Args:
        members: Its articles in order.
    """
    by_slot: dict[str, list[Figure]] = {}
    for member in members:
        of_member: dict[str, list[Figure]] = {}
        for figure in figures_of(member):
            of_member.setdefault(figure.slot, []).append(figure)
        for slot, found in of_member.items():
            if not found[0].grows or len({figure.range for figure in found}) == 1:
                by_slot.setdefault(slot, []).extend(found)
    superseded = [
        Superseded(older, newer)
        for figures in by_slot.values()
        for older in figures
        for newer in [next((newer for newer in reversed(figures) if _supersedes(newer, older)), None)]
        if newer is not None
    ]
    replaced = {id(pair.older) for pair in superseded}
    current = (figure for figures in by_slot.values() for figure in figures if id(figure) not in replaced)
    return CurrentFigures(tuple(current), tuple(superseded))


def are_comparable(one: Figure, other: Figure) -> bool:
    """Return True if two figures count or measure the same: by slot and, for amounts, by their sentences."""
    return one.slot == other.slot and (one.grows or jaccard(one.matter, other.matter) >= _SAME_SENTENCE)


def _supersedes(newer: Figure, older: Figure) -> bool:
    if (
        newer.member.published <= older.member.published
        or not are_comparable(newer, older)
        or newer.range == older.range
    ):
        return False
    moves_on = newer.grows and (newer.range.least >= older.range.least or _may_fall(newer))
    return moves_on or newer.member.origin == older.member.origin


def _may_fall(figure: Figure) -> bool:
    """Return True if a count of victims may fall later, as the missing are found."""
    return figure.slot.startswith("missing/")
