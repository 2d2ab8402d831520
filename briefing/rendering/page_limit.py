"""Shorten a brief: drop the least salient lines until the PDF fits its page limit."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from briefing.evidence.seal import seal_again
from briefing.model.brief import EXTENSIONS, Actor, Briefing, Line, Position, Quote
from briefing.model.notices import counted_lines, notice
from briefing.rendering.layout import Layout
from briefing.rendering.view import FIRST_EVIDENCE

if TYPE_CHECKING:
    from pikepdf import Pdf

# The worth of the first line of a section, and how much less each further line is worth.
_WORTH = {
    "summary": (3.0, 0.3),
    "events": (1.2, 0.05),
    "agreements": (1.0, 0.05),
    "disagreements": (1.0, 0.05),
    "actors": (1.1, 0.08),
    "quotes": (0.7, 0.05),
    "background": (0.5, 0.05),
}
_MOST = {"actors": 8, "quotes": 5}  # lines on a brief whose pages are limited
_WORTH_OF_OTHERS = (0.6, 0.05)  # of sections of extensions
_OTHERS = f"{EXTENSIONS}."


def fit(briefing: Briefing, layout: Layout, pages: int | None) -> Briefing:
    """Return the brief with as many lines as fit on *pages* before its annex; the least salient are dropped first.

    A notice counts the dropped lines. Lines that a person changed stay; lines that a person added are dropped last. If
    the brief is too long even without all other lines, nothing is dropped, and `overlong` reports it.

    Raises:
        RenderingError: The library that sets pages is missing.
    """
    if pages is None:
        return briefing
    from briefing.rendering.pdf.writer import page_count

    surplus = list(_surplus(briefing))
    shortened = without(briefing, surplus)
    if page_count(shortened, layout) <= pages:
        return shortened
    order = [*surplus, *(line for line in drop_order(briefing) if line not in surplus)]
    few, many = len(surplus), len(order)  # dropping *few* lines is not enough; *many* may be enough
    while many - few > 1:
        middle = (few + many) // 2
        if page_count(without(briefing, order[:middle]), layout) <= pages:
            many = middle
        else:
            few = middle
    if many == len(order) and page_count(without(briefing, order), layout) > pages:
        return shortened
    return without(briefing, order[:many])


def _surplus(briefing: Briefing) -> Iterator[tuple[str, int]]:
    """Yield the least salient actors and quotes beyond the number that a page has room for."""
    order = list(drop_order(briefing))
    for field, most in _MOST.items():
        lines = [line for line in order if line[0] == field]
        yield from lines[: max(0, len(getattr(briefing, field)) - most)]


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


def drop_order(briefing: Briefing) -> Iterator[tuple[str, int]]:
    """Yield the lines that may be dropped, as field and number, the least salient first.

    The best line of each section comes last, and lines that a person added come after all others. Lines that a person
    changed are not dropped.
    """
    changed = {edit.where for edit in briefing.edits if edit.change == "changed"}
    added = {edit.where for edit in briefing.edits if edit.change == "added"}
    order = [field for field, _ in briefing.lines()]
    ranked: list[tuple[bool, bool, float, int, int, str]] = []
    for field, records in briefing.lines():
        worth, loss = _WORTH.get(field, _WORTH_OF_OTHERS)
        by_salience = sorted(enumerate(records), key=lambda line: (-_salience(line[1]), line[0]))
        for place, (number, _) in enumerate(by_salience):
            where = f"{field}[{number}]"
            if where not in changed:
                rank = (where in added, place == 0, worth - loss * place)
                ranked.append((*rank, -order.index(field), -number, field))
    for *_, number, field in sorted(ranked):
        yield field, -number


def without(briefing: Briefing, dropped: list[tuple[str, int]]) -> Briefing:
    """Return a brief without the dropped lines, with a notice that counts them."""
    if not dropped:
        return briefing
    gone = set(dropped)
    kept: dict[str, Any] = {
        field: tuple(record for number, record in enumerate(records) if (field, number) not in gone)
        for field, records in briefing.lines()
    }
    counts = Counter(field for field, _ in dropped)
    fields = [field for field in kept if counts[field]]
    dropped_of = {field.removeprefix(_OTHERS): counts[field] for field in fields}
    others = {field.removeprefix(_OTHERS): kept.pop(field) for field in list(kept) if field.startswith(_OTHERS)}
    added = notice("left-out.brief", ", ".join(dropped_of), sections=counted_lines(dropped_of))
    shorter = briefing.model_copy(update={**kept, EXTENSIONS: others, "notices": (*briefing.notices, added)})
    return seal_again(shorter, briefing)


def _salience(record: Line) -> float:
    """Return the salience of a line in its section; 0 for kinds of lines that are ranked by reading order."""
    match record:
        case Position():
            return record.salience * record.confidence
        case Actor() | Quote():
            return record.salience
        case _:
            return 0.0
