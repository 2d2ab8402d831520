"""Order the records of a section for print, and join rows that belong together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from briefing.model.brief import UpcomingEvent
from briefing.rendering.dates import NO_MOMENT, read_value
from briefing.rendering.labels import Labels
from briefing.rendering.row_view import ActorRow, Column, Fact, Line, NamesRow, QuoteRow, Row
from briefing.rendering.rows import RowMaker

Numbered = tuple[int, Any]  # a record, and its place in the brief


def in_print_order(
    records: Iterable[Numbered], name: str, maker: RowMaker, columns: Sequence[str] = ()
) -> list[Numbered]:
    """Return the numbered records of a section in order: events by day, quotes by speaker, bare names last."""
    numbered = list(records)
    if name == "events":
        numbered.sort(key=lambda pair: event_order(pair[1], maker.labels))
    elif name == "quotes":
        first: dict[str, int] = {}
        for number, quote in numbered:
            first.setdefault(maker.speaker(quote), number)
        numbered.sort(key=lambda pair: first[maker.speaker(pair[1])])
    elif name == "actors":
        numbered.sort(key=lambda pair: maker.is_bare(columns, pair[1]))
    return numbered


def event_order(event: UpcomingEvent, labels: Labels) -> tuple[int, int, int, int]:
    """Return the sort key of an event; events without a day come last."""
    moment = read_value(event.when.value, labels)
    return moment.order if moment else NO_MOMENT


def joined(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows with the quotes of one speaker as one row, and the actors that have only a name as one.

    Of sentences in succession whose speaker precedes them in brackets, only the first keeps the brackets.
    """
    found: list[Row] = []
    for (kind, _), some in groupby(rows, key=_group_of):
        ones = list(some)
        if kind == "quotes":
            quotes = [row for row in ones if isinstance(row, QuoteRow)]
            found.append(QuoteRow(tuple(line for row in quotes for line in row.quotes), quotes[0].speaker))
        elif kind == "facts":
            found += _signed_once([row.line for row in ones if isinstance(row, Fact)])
        elif kind == "names":
            found.append(NamesRow(tuple(row.name for row in ones if isinstance(row, ActorRow))))
        else:
            found += ones
    return tuple(found)


def _signed_once(lines: Iterable[Line]) -> Iterator[Fact]:
    """Yield sentences, without the "[Ana Sol:]" of the one before; "[Sol:]" names the same speaker."""
    before = ""
    for line in lines:
        first, *others = line.runs
        name = first.text.strip()[1:-2] if first.ours and first.text.endswith(":] ") else ""
        again = name and f" {before}".endswith(f" {name}") and others[0].text[:1].isupper()
        yield Fact(replace(line, runs=tuple(others)) if again else line)
        before = before if again else name


def heads(rows: Iterable[Row], columns: Iterable[str], labels: Labels) -> tuple[Column, ...]:
    """Return the heads of a table of actors; none if no row has more than a name."""
    if not any(isinstance(row, ActorRow) for row in rows):
        return ()
    return tuple(Column(name, labels(f"columns.{name}")) for name in columns)


def _group_of(row: Row) -> tuple[str, str]:
    match row:
        case QuoteRow():
            return "quotes", row.speaker
        case ActorRow() if row.is_bare:
            return "names", ""
        case Fact():
            return "facts", ""
        case _:
            return "", ""
