"""Shorter briefs: the least salient lines dropped until the PDF has no more pages than it may."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from briefing.evidence.seal import seal_again
from briefing.model.brief import EXTENSIONS, Actor, Briefing, Line, Position, Quote
from briefing.model.notices import counted_lines, notice
from briefing.rendering.layout import Layout

# How much the first line of a section is worth beside those of others, and how much each further line loses.
_WORTH = {
    "summary": (3.0, 0.3),
    "events": (1.2, 0.05),
    "agreements": (1.0, 0.05),
    "disagreements": (1.0, 0.05),
    "actors": (1.1, 0.08),
    "quotes": (0.7, 0.05),
    "background": (0.5, 0.05),
}
_WORTH_OF_OTHERS = (0.6, 0.05)  # of sections that are not ours
_OTHERS = f"{EXTENSIONS}."


def fit(briefing: Briefing, layout: Layout, pages: int | None) -> Briefing:
    """Return the brief with as many lines as *pages* hold, the least salient dropped first and counted in a notice.

    Lines that a person changed stay, those that a person added go last. Where even without all others it takes more
    pages, nothing is dropped: `overlong` says so of the PDF.

    Raises:
        RenderingError: The library that sets pages is missing.
    """
    if pages is None:
        return briefing
    from briefing.rendering.pdf.writer import page_count

    if page_count(briefing, layout) <= pages:
        return briefing
    order = list(drop_order(briefing))
    few, many = 0, len(order)  # dropping *few* is too little; *many* is enough, as far as anything is
    while many - few > 1:
        middle = (few + many) // 2
        if page_count(without(briefing, order[:middle]), layout) <= pages:
            many = middle
        else:
            few = middle
    if many == len(order) and page_count(without(briefing, order), layout) > pages:
        return briefing
    return without(briefing, order[:many])


def overlong(pdf: bytes, pages: int | None) -> str:
    """Return by how much a PDF exceeds its pages, with the remedy; empty where it does not."""
    if pages is None:
        return ""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        count = len(document.pages)
    if count <= pages:
        return ""
    remedy = "shorten what was changed by hand, or the title, or show less of the source"
    return f"the PDF takes {count} pages, not {pages}: no line that may be left out makes it shorter; {remedy}"


def drop_order(briefing: Briefing) -> Iterator[tuple[str, int]]:
    """Yield the lines that may be dropped, by field and number, the least salient first, the best of each section last.

    Lines that a person added come after all others; those that a person changed are not among them.
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
    """Return a brief without some lines, with a notice that counts them."""
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
    said = notice("left-out.brief", ", ".join(dropped_of), sections=counted_lines(dropped_of))
    shorter = briefing.model_copy(update={**kept, EXTENSIONS: others, "notices": (*briefing.notices, said)})
    return seal_again(shorter, briefing)


def _salience(record: Line) -> float:
    """Return how salient a line is among those of its section; 0 where reading order says it."""
    match record:
        case Position():
            return record.salience * record.confidence
        case Actor() | Quote():
            return record.salience
        case _:
            return 0.0
