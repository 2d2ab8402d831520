"""Format records of the archive as lines of text or JSON."""

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter
from rich.cells import cell_len, set_cell_size

from briefing.archive.records import ActorHistory, Entry, PointHeld
from briefing.messages import counted

_GAP = "  "
_UNDATED = "undated"


def to_json(record: ActorHistory | Entry) -> str:
    """Return a record as JSON on one line."""
    return TypeAdapter(type(record)).dump_json(record).decode("utf-8")


def entry_lines(entries: Sequence[Entry], width: int | None) -> Iterator[str]:
    """Yield a line for each brief: number, day, outlet and title.

    Args:
        entries: The briefs, in order.
        width: Width of the terminal that the columns must fit, in characters; None: separate the fields by tabs.
    """
    rows = [
        (str(entry.brief), entry.published or _UNDATED, _line(entry.outlet), _line(entry.title)) for entry in entries
    ]
    if width is None or not rows:
        yield from ("\t".join(row) for row in rows)
        return
    number, day, outlet, _ = (max((cell_len(cell) for cell in column), default=0) for column in zip(*rows, strict=True))
    outlet = min(outlet, width // 4)
    title = max(width - number - day - outlet - 3 * len(_GAP), 1)
    for row in rows:
        cells = (row[0].rjust(number), row[1].ljust(day), _fitted(row[2], outlet), _fitted(row[3], title))
        yield _GAP.join(cells).rstrip()


def history_lines(history: ActorHistory) -> Iterator[str]:
    """Yield lines on an actor: roles, articles and points, with the number of the brief in brackets."""
    yield f"{history.name} ({', '.join(filter(None, (history.kind, history.affiliation)))})"
    if history.roles:
        yield "  roles"
    for held in history.roles:
        days = held.first if held.first == held.last else f"{held.first} to {held.last}"
        yield f"    {_line(held.role)}: {days or _UNDATED}, {counted(held.articles, 'article')}"
    yield f"  {counted(len(history.appearances), 'article')}"
    for one in history.appearances:
        day = one.published or _UNDATED
        yield "    " + "  ".join(filter(None, (day, _line(one.outlet), _line(one.title), f"[{one.brief}]")))
    if history.points:
        yield "  points"
    for point in history.points:
        yield f"    {point.published or _UNDATED}  {_relation(point)}: {_line(point.statement)}  [{point.brief}]"


def _relation(point: PointHeld) -> str:
    others = ", ".join(map(_line, point.others))
    return f"{point.kind} with {others}" if others else point.kind


def _fitted(text: str, width: int) -> str:
    """Return a text cut to a width, or padded to it with spaces."""
    return set_cell_size(text if cell_len(text) <= width else f"{set_cell_size(text, width - 1)}…", width)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
