"""What the archive holds as lines of text, for people and for programs."""

from collections.abc import Iterator, Sequence
from io import StringIO

from pydantic import TypeAdapter

from briefing.archive.records import ActorHistory, Entry, PointHeld
from briefing.archiving import counted

_WIDEST_OUTLET = 24  # letters


def to_json(record: ActorHistory | Entry) -> str:
    """Return a record as JSON in one line."""
    return TypeAdapter(type(record)).dump_json(record).decode("utf-8")


def entry_lines(entries: Sequence[Entry], width: int | None) -> Iterator[str]:
    """Yield briefs with number, day, outlet and title.

    Args:
        entries: The briefs, in order.
        width: Letters that a line has room for, where columns are to fit a terminal; None: fields apart by tabs.
    """
    rows = [
        (str(entry.brief), entry.published or "undated", _line(entry.outlet), _line(entry.title)) for entry in entries
    ]
    if width is None:
        yield from ("\t".join(row) for row in rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    number, day = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    table.add_column(justify="right", min_width=number)  # these two are never cut
    table.add_column(min_width=day)
    table.add_column(no_wrap=True, max_width=_WIDEST_OUTLET, overflow="ellipsis")
    table.add_column(no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(width=width, file=StringIO(), color_system=None)
    for line in console.render_lines(table, pad=False):
        yield "".join(segment.text for segment in line).rstrip()


def history_lines(history: ActorHistory) -> Iterator[str]:
    """Yield what is known of an actor; the number in brackets is that of the brief."""
    yield f"{history.name} ({', '.join(filter(None, (history.kind, history.affiliation)))})"
    if history.roles:
        yield "  roles"
    for held in history.roles:
        days = held.first if held.first == held.last else f"{held.first} to {held.last}"
        yield f"    {_line(held.role)}: {days}, {counted(held.articles, 'article')}"
    yield f"  {counted(len(history.appearances), 'article')}"
    for one in history.appearances:
        day = one.published or "undated"
        yield "    " + "  ".join(filter(None, (day, _line(one.outlet), _line(one.title), f"[{one.brief}]")))
    if history.points:
        yield "  points"
    for point in history.points:
        yield f"    {point.day}  {_relation(point)}: {_line(point.statement)}  [{point.brief}]"


def _relation(point: PointHeld) -> str:
    others = ", ".join(map(_line, point.others))
    return f"{point.kind} with {others}" if others else point.kind


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
