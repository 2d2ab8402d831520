"""Shorten a page: leave out the least salient lines until the PDF fits its page limit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from briefing.errors import RenderingError
from briefing.model.brief import Actor, Briefing, Line, Position, Quote
from briefing.rendering.layout import Layout
from briefing.rendering.repetition import POINTS, repeated
from briefing.rendering.view import FIRST_EVIDENCE

if TYPE_CHECKING:
    from pikepdf import Pdf

# The worth of the first line of a section, and how much less each further line is worth.
_WORTH = {
    "summary": (3.0, 0.3),
    "events": (1.2, 0.05),
    "agreements": (1.0, 0.07),
    "disagreements": (1.0, 0.07),
    "actors": (1.1, 0.05),
    "quotes": (0.7, 0.05),
    "background": (0.5, 0.05),
}
_MOST = {"actors": 8, "quotes": 5, "background": 2}  # lines on a page whose number is limited
# The least salience of an actor on a page, the estimated chance that an expert lists it; without a name: "officials".
_LEAST_NAMED, _LEAST_UNNAMED = 0.5, 0.7
_WORTH_OF_OTHERS = (0.6, 0.05)  # of sections of extensions


def fit(briefing: Briefing, layout: Layout, pages: int | None) -> Layout:
    """Return a layout that leaves out the least salient lines, so that *pages* before the annex hold the others.

    Lines that a person changed stay; lines that a person added are left out last. If the page is too long even without
    all other lines, only the surplus is left out, and `overlong` reports it. Where pages cannot be laid out, because a
    library is missing, only the surplus is left out, too.
    """
    if pages is None:
        return layout
    again = _again(briefing, layout)
    ranked = list(drop_order(briefing, layout))
    surplus = list(dict.fromkeys([*again, *_surplus(ranked), *_in_passing(briefing, ranked)]))
    order = [*surplus, *(place for place in ranked if place not in surplus)]
    shortened = without(layout, surplus)
    try:
        if _fits(briefing, shortened, pages) or not _fits(briefing, without(layout, order), pages):
            return _printing_again(briefing, shortened, again)
        few, many = len(surplus), len(order)  # leaving out *few* lines is not enough; *many* is enough
        while many - few > 1:
            middle = (few + many) // 2
            if _fits(briefing, without(layout, order[:middle]), pages):
                many = middle
            else:
                few = middle
        enough = without(layout, order[:many])
        named = _printing_again(briefing, enough, again)
        return named if _fits(briefing, named, pages) else enough
    except RenderingError:
        return _printing_again(briefing, shortened, again)


def _again(briefing: Briefing, layout: Layout) -> list[str]:
    """Return the places of the lines that the page does not print because it prints their sentences already."""
    return [place for place in repeated(briefing, layout) if place.partition("[")[0] not in POINTS]


def _printing_again(briefing: Briefing, layout: Layout, again: Sequence[str]) -> Layout:
    """Return a layout that no longer names lines as left out whose sentences the page still prints.

    What is left out for room may be what printed such a sentence; a line that would then appear stays left out.
    """
    rest = [place for place in layout.left_out if place not in again]
    silent = repeated(briefing, without(layout, rest))
    return without(layout, [place for place in layout.left_out if place not in again or place not in silent])


def without(layout: Layout, places: Sequence[str]) -> Layout:
    """Return a layout that leaves out the lines at some places: "quotes[5]"."""
    return replace(layout, left_out=tuple(sorted(places)))


def _fits(briefing: Briefing, layout: Layout, pages: int) -> bool:
    from briefing.rendering.pdf.writer import page_count

    return page_count(briefing, layout) <= pages


def _surplus(order: Sequence[str]) -> Iterator[str]:
    """Yield the least salient actors, quotes and facts beyond the number that a page has room for."""
    for field, most in _MOST.items():
        places = [place for place in order if place.partition("[")[0] == field]
        yield from places[: max(0, len(places) - most)]


def _in_passing(briefing: Briefing, order: Sequence[str]) -> Iterator[str]:
    """Yield the actors that an article only mentions in passing, but not those that a person added."""
    added = {edit.where for edit in briefing.edits if edit.change == "added"}
    for number, actor in enumerate(briefing.actors):
        place = f"actors[{number}]"
        least = _LEAST_UNNAMED if actor.name.islower() else _LEAST_NAMED
        if place in order and place not in added and actor.salience < least:
            yield place


def overlong(pdf: bytes, pages: int | None) -> str:
    """Return a message if a brief takes more pages before its annex than it may, with a remedy; empty if not."""
    if pages is None:
        return ""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        count = _pages_before_annex(document)
    if count <= pages:
        return ""
    remedy = "shorten the edited lines or the title"
    return f"the brief takes {count} pages, but the limit is {pages}: dropping lines is not enough; {remedy}"


def _pages_before_annex(document: "Pdf") -> int:
    from pikepdf import NameTree

    root: Any = document.Root
    names = root.get("/Names", {}).get("/Dests")
    if names is None or FIRST_EVIDENCE not in (tree := NameTree(names)):
        return len(document.pages)
    place: Any = tree[FIRST_EVIDENCE]
    return max(1, document.pages.index(place[0]))


def drop_order(briefing: Briefing, layout: Layout) -> Iterator[str]:
    """Yield the places of the lines that may be left out, the least salient first.

    The best line of each section comes last, and lines that a person added come after all others. Lines that a person
    changed are not left out, and lines that the page does not print anyway are not named.
    """
    changed = {edit.where for edit in briefing.edits if edit.change == "changed"}
    added = {edit.where for edit in briefing.edits if edit.change == "added"}
    again = set(_again(briefing, layout))
    ranked: list[tuple[bool, bool, float, int, int, str]] = []
    for turn, (field, records) in enumerate(briefing.lines()):
        worth, loss = _WORTH.get(field, _WORTH_OF_OTHERS)
        numbers = [number for number in range(len(records)) if f"{field}[{number}]" not in again]
        by_salience = sorted(numbers, key=lambda number: (-_salience(records[number]), number))
        for rank, number in enumerate(by_salience):
            place = f"{field}[{number}]"
            if place not in changed:
                ranked.append((place in added, rank == 0, worth - loss * rank, -turn, -number, place))
    for *_, place in sorted(ranked):
        yield place


def _salience(record: Line) -> float:
    """Return the salience of a line in its section; 0 for kinds of lines that are ranked by reading order."""
    match record:
        case Position():
            return record.salience * record.confidence
        case Actor() | Quote():
            return record.salience
        case _:
            return 0.0
