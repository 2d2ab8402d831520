"""Which numbers of a story stand, and which a later report has overtaken."""

from collections.abc import Sequence
from typing import NamedTuple

from briefing.digest.figures import Figure, figures_of
from briefing.digest.members import Member
from briefing.digest.wording import jaccard

_SAME_SENTENCE = 0.6  # Jaccard index of the words about two numbers that are of one thing


class Overtaken(NamedTuple):
    """A number and the one that a later report puts in its place."""

    older: Figure
    newer: Figure


class Standing(NamedTuple):
    """The numbers of a story that stand, and those that do not."""

    figures: tuple[Figure, ...]
    overtaken: tuple[Overtaken, ...]


def standing_figures(members: Sequence[Member]) -> Standing:
    """Return the numbers of a story; a count of victims of which an article gives two is left out: which one is it?

    A later article overtakes an earlier one of its origin, and any earlier one where a count of victims rises, or that
    of the missing changes.

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
    overtaken = [
        Overtaken(older, newer)
        for figures in by_slot.values()
        for older in figures
        for newer in [next((newer for newer in reversed(figures) if _overtakes(newer, older)), None)]
        if newer is not None
    ]
    gone = {id(pair.older) for pair in overtaken}
    standing = (figure for figures in by_slot.values() for figure in figures if id(figure) not in gone)
    return Standing(tuple(standing), tuple(overtaken))


def is_of_one(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one thing: a toll by its slot, an amount where its sentences say the same."""
    return one.slot == other.slot and (one.grows or jaccard(one.matter, other.matter) >= _SAME_SENTENCE)


def _overtakes(newer: Figure, older: Figure) -> bool:
    if newer.member.published <= older.member.published or not is_of_one(newer, older) or newer.range == older.range:
        return False
    moves_on = newer.grows and (newer.range.least >= older.range.least or _may_fall(newer))
    return moves_on or newer.member.origin == older.member.origin


def _may_fall(figure: Figure) -> bool:
    """Whether a count of victims goes down as more is known: the missing are found."""
    return figure.slot.startswith("missing/")
