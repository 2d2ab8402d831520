"""What the archive holds as lines of text, for people and for programs."""

import sys
from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from briefing.archive.records import ActorHistory, Entry, PointHeld
from briefing.archiving import counted


def to_json(record: ActorHistory | Entry) -> str:
    """Return a record as JSON in one line."""
    return TypeAdapter(type(record)).dump_json(record).decode("utf-8")


def print_entries(entries: Sequence[Entry]) -> None:
    """Print briefs with number, day, outlet and title: columns that fit a terminal, or fields apart by tabs."""
    rows = [
        (str(entry.brief), entry.published or "undated", _line(entry.outlet), _line(entry.title)) for entry in entries
    ]
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, max_width=24, overflow="ellipsis")
    table.add_column(no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


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
