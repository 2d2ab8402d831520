"""Pictures of a brief: when its events are due, and who stands where; made of its records alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from babel.dates import format_interval, format_skeleton

from briefing.model import Position, UpcomingEvent
from briefing.rendering.axis import Tick, ticks
from briefing.rendering.dates import read_value
from briefing.rendering.drawing import (
    TEXT_SIZE,
    Palette,
    Sheet,
    drawable_all,
    fit_text,
    text_width,
    wrap_text,
)
from briefing.rendering.labels import Labels
from briefing.rendering.spans import Kind, Span, span_of
from briefing.rendering.view import Picture
from briefing.rendering.wording import printable, shorten

Stance = Literal["agree", "disagree", "both", "silent"]

_KINDS: tuple[Kind, ...] = ("day", "week", "month", "range", "period")

MOST_EVENTS = 12
MOST_PARTIES = 8
MOST_MATTERS = 8
_NARROWEST = 230.0  # points; no picture is drawn on less
_LONGEST_SAID = 240  # characters of a title in the alternative

_ROW = 14.0
_TITLES = 0.46  # share of the width that the titles of events take
_GAP = 8.0
_DAY_RADIUS = 3.1
_MARGIN = 0.03  # share of the time axis that stays empty at each end
_SHORTEST = 14  # days that the axis covers at least
_LONGEST = 4000  # days that a value may cover; what covers more is not drawn

_SIGN = 8.0
_MATTERS = 0.36  # share of the width that the matters take
_WIDEST_COLUMN = 74.0
_HEAD_LINES = 2
_TURNED_HEAD = 96.0  # points of a party's name that is written aslant


class _Entry(NamedTuple):
    span: Span
    title: str
    said: str  # the event with its date, in full


def timeline(events: Sequence[UpcomingEvent], labels: Labels, palette: Palette, width: float) -> Picture | None:
    """Draw the events whose days are known, the earliest first; None where there are fewer than two.

    Args:
        events: In print order.
        labels: Words and dates of the page.
        palette: Colours.
        width: Points.
    """
    entries, undated = _entries(events, labels)
    drawn, beyond = entries[:MOST_EVENTS], entries[MOST_EVENTS:]
    titles = drawable_all([entry.title for entry in drawn])
    if len(drawn) < 2 or titles is None or width < _NARROWEST:
        return None
    said = [labels("picture.timeline", events="; ".join(entry.said for entry in drawn))]
    said += [labels("picture.no_room", names="; ".join(entry.said for entry in beyond))] if beyond else []
    said += [labels("picture.undated", names="; ".join(undated))] if undated else []
    return _Timeline(Sheet(width, palette), labels, [entry.span for entry in drawn], titles).draw(" ".join(said))


def matrix(
    agreements: Sequence[Position], disagreements: Sequence[Position], labels: Labels, palette: Palette, width: float
) -> Picture | None:
    """Draw which party agrees, disagrees or is silent on which matter; None with fewer than two parties or no matter.

    Args:
        agreements: Points of agreement.
        disagreements: Points of disagreement.
        labels: Words of the page.
        palette: Colours.
        width: Points.
    """
    stances = _stances(agreements, disagreements)
    counts: dict[str, int] = {}
    for cells in stances.values():
        for party in cells:
            counts[party] = counts.get(party, 0) + 1
    kept = set(sorted(counts, key=lambda party: -counts[party])[:MOST_PARTIES])
    parties = [party for party in counts if party in kept]
    matters = [matter for matter, cells in stances.items() if kept & set(cells)][:MOST_MATTERS]
    names, topics = drawable_all(parties), drawable_all(matters)
    if len(parties) < 2 or not matters or names is None or topics is None or width < _NARROWEST:
        return None
    rows = [[stances[matter].get(party, "silent") for party in parties] for matter in matters]
    left_out = [*(party for party in counts if party not in kept), *(m for m in stances if m not in matters)]
    said = [labels("picture.matrix", rows="; ".join(map(_row_in_words, matters, [parties] * 8, rows, [labels] * 8)))]
    said += [labels("picture.no_room", names="; ".join(left_out))] if left_out else []
    return _Matrix(Sheet(width, palette), labels, names, topics, rows).draw(" ".join(said))


def _entries(events: Iterable[UpcomingEvent], labels: Labels) -> tuple[list[_Entry], list[str]]:
    """Return the events that can be drawn, by their first day, and the titles of the others."""
    entries: list[_Entry] = []
    undated: list[str] = []
    for event in events:
        title = shorten(printable(event.title), _LONGEST_SAID)
        if event.status in ("postponed", "cancelled"):
            title = labels("picture.status", title=title, status=labels(f"statuses.{event.status}"))
        span, moment = span_of(event.when.value), read_value(event.when.value, labels)
        if span is None or moment is None or (span.last - span.first).days > _LONGEST:
            undated.append(title)
        else:
            entries.append(_Entry(span, title, labels("picture.event", when=printable(moment.words), title=title)))
    return sorted(entries, key=lambda entry: (entry.span.first, entry.span.last)), undated


@dataclass(frozen=True, slots=True)
class _Timeline:
    """Draws one row for each event: its title, and its days on an axis that all rows share."""

    sheet: Sheet
    labels: Labels
    spans: list[Span]
    titles: list[str]

    def draw(self, alternative: str) -> Picture:
        top = 2 * TEXT_SIZE
        bottom = top + _ROW * len(self.spans)
        marks = self._axis(top)
        for number, (span, title) in enumerate(zip(self.spans, self.titles, strict=True)):
            y = top + _ROW * number
            self.sheet.text(0, y + _ROW / 2 + TEXT_SIZE / 3, fit_text(title, self._left - _GAP))
            start, end = self._mark(span, y + _ROW / 2)
            for x in marks:
                if not start - 1 < x < end + 1:
                    self.sheet.line(x, y, x, y + _ROW, "hair", 0.4)
        _rules(self.sheet, top, len(self.spans))
        shown = {span.kind for span in self.spans}
        kinds = [kind for kind in _KINDS if kind in shown]
        return self.sheet.picture(self._legend(kinds, bottom), alternative)

    @property
    def _left(self) -> float:
        return self.sheet.width * _TITLES

    @property
    def _days(self) -> tuple[date, date]:
        """The first day of the axis and the one after its last."""
        first, after = min(s.first for s in self.spans), max(s.last for s in self.spans) + timedelta(days=1)
        missing = max(0, _SHORTEST - (after - first).days)
        return first - timedelta(days=missing // 2), after + timedelta(days=missing - missing // 2)

    def _x(self, day: date, shift: float = 0.0) -> float:
        """Return where a day begins, or a share of it later."""
        first, after = self._days
        room = self.sheet.width - self._left
        share = ((day - first).days + shift) / (after - first).days
        return self._left + room * (_MARGIN + share * (1 - 2 * _MARGIN))

    def _axis(self, top: float) -> list[float]:
        """Write the years and the ticks; return where the ticks stand."""
        first, after = self._days
        years = sorted(year for span in self.spans for year in (span.first.year, span.last.year))
        self.sheet.text(0, top - 5, "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))), bold=True)
        marks: list[Tick] = ticks(first, after, (self.sheet.width - self._left) * 0.95, self.labels.locale)
        for mark in marks:
            x = self._x(mark.day)
            self.sheet.line(x, top - 3, x, top, "quiet", 0.5)
            if x + text_width(mark.label) <= self.sheet.width:
                self.sheet.text(x, top - 5, mark.label, "quiet")
        return [self._x(mark.day) for mark in marks]

    def _mark(self, span: Span, middle: float) -> tuple[float, float]:
        """Draw the days of an event, and its date beside or within them; return where both begin and end."""
        left, right = self._x(span.first), self._x(span.last, 1)
        if span.kind == "day":
            centre = (left + right) / 2
            left, right = centre - _DAY_RADIUS, centre + _DAY_RADIUS
        right = max(right, left + 6)
        self._sign(span.kind, left, right, middle)
        words = self._date(span)
        taken = text_width(words)
        if span.kind == "period" and right - left > taken + 6:
            start = left + (right - left - taken) / 2
        elif right + 3 + taken <= self.sheet.width:
            start = right + 3
        elif left - 3 - taken >= self._left:
            start = left - 3 - taken
        else:
            return left, right
        self.sheet.text(start, middle + TEXT_SIZE / 3, words, "quiet")
        return min(left, start), max(right, start + taken)

    def _sign(self, kind: Kind, left: float, right: float, middle: float) -> None:
        sheet, width = self.sheet, right - left
        match kind:
            case "day":
                sheet.disc((left + right) / 2, middle, _DAY_RADIUS, "accent")
            case "week":
                sheet.rectangle(left, middle - 2.5, width, 5, "accent")
            case "month":
                sheet.rectangle(left, middle - 3.5, width, 7, "accent", line=0.7)
                for step in range(1, int(width / 2.5)):
                    x = left + step * width / int(width / 2.5)
                    sheet.line(x, middle - 3.5, x, middle + 3.5, "accent", 0.7)
            case "range":
                sheet.line(left, middle, right, middle, "accent", 1.6)
                sheet.line(left, middle - 3.5, left, middle + 3.5, "accent", 1.2)
                sheet.line(right, middle - 3.5, right, middle + 3.5, "accent", 1.2)
            case "period":
                sheet.rectangle(left, middle - 4.75, width, 9.5, "accent", line=0.7)

    def _date(self, span: Span) -> str:
        """Return the days of an event in few words."""
        locale = self.labels.locale
        first, after = self._days
        one_year = first.year == (after - timedelta(days=1)).year
        match span.kind:
            case "day":
                return str(format_skeleton("MMMd" if one_year else "yMMMd", span.first, locale=locale))
            case "week" | "range":
                return str(format_interval(span.first, span.last, "MMMd" if one_year else "yMMMd", locale=locale))
            case "month":
                return str(format_skeleton("MMM" if one_year else "yMMM", span.first, locale=locale))
            case _ if (span.first.month, span.last.month) == (1, 12):
                return str(span.first.year)
            case _:
                return str(format_interval(span.first, span.last, "MMM" if one_year else "yMMM", locale=locale))

    def _legend(self, kinds: list[Kind], bottom: float) -> float:
        """Explain the signs below the picture; return where it ends."""
        y, x = bottom + 11, 0.0
        if kinds == ["day"]:
            return bottom + 1
        for kind in kinds:
            label = self.labels(f"picture.{kind}")
            width = 2 * _DAY_RADIUS if kind == "day" else 14.0
            if x and x + width + 4 + text_width(label) > self.sheet.width:
                x, y = 0.0, y + 11
            self._sign(kind, x, x + width, y - TEXT_SIZE / 3)
            self.sheet.text(x + width + 4, y, label, "quiet")
            x += width + 4 + text_width(label) + 12
        return y + 3


def _stances(agreements: Sequence[Position], disagreements: Sequence[Position]) -> dict[str, dict[str, Stance]]:
    """Return the stance of each party on each matter, both in reading order; the silent are left out."""
    known: dict[str, str] = {}  # matter by its case-folded form
    stances: dict[str, dict[str, Stance]] = {}
    agree: Stance = "agree"
    disagree: Stance = "disagree"
    for points, stance in ((agreements, agree), (disagreements, disagree)):
        for point in points:
            matter = shorten(printable(point.topic) or printable(point.statement), _LONGEST_SAID)
            cells = stances.setdefault(known.setdefault(matter.casefold(), matter), {})
            for party in filter(None, (shorten(printable(name), _LONGEST_SAID) for name in point.parties)):
                cells[party] = stance if cells.get(party, stance) == stance else "both"
    return {matter: cells for matter, cells in stances.items() if matter and cells}


def _row_in_words(matter: str, parties: Sequence[str], row: Sequence[Stance], labels: Labels) -> str:
    parts = []
    for stance in ("agree", "disagree", "both", "silent"):
        names = [party for party, held in zip(parties, row, strict=True) if held == stance]
        if names:
            parts.append(labels("picture.stance", stance=labels(f"picture.{stance}"), names=labels.listed(names)))
    return labels("picture.row", matter=matter, stances=", ".join(parts))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Draws one row for each matter and one column for each party."""

    sheet: Sheet
    labels: Labels
    parties: list[str]
    matters: list[str]
    rows: list[list[Stance]]

    def draw(self, alternative: str) -> Picture:
        left, column, heads = self._columns()
        top = self._heads(left, column, heads)
        bottom = top + _ROW * len(self.rows)
        _rules(self.sheet, top, len(self.rows))
        for number, (matter, row) in enumerate(zip(self.matters, self.rows, strict=True)):
            middle = top + _ROW * (number + 0.5)
            self.sheet.text(0, middle + TEXT_SIZE / 3, fit_text(_capitalised(matter), left - _GAP))
            for place, stance in enumerate(row):
                self._sign(stance, left + column * place, middle)
        return self.sheet.picture(self._legend(bottom), alternative)

    def _columns(self) -> tuple[float, float, list[tuple[str, ...]]]:
        """Return where the columns begin, how wide they are, and their heads in lines; no lines where they lean."""
        count, room = len(self.parties), self.sheet.width
        column = min(_WIDEST_COLUMN, room * (1 - _MATTERS) / count)
        heads = [wrap_text(party, column - 5, _HEAD_LINES, bold=True) for party in self.parties]
        if not any(line.endswith("…") for lines in heads for line in lines):
            return room - column * count, column, heads
        reach = min(_TURNED_HEAD, max(text_width(party, bold=True) for party in self.parties)) * 0.71
        column = min(_WIDEST_COLUMN / 2, (room * (1 - _MATTERS) - reach) / count)
        return room - reach - column * count, column, []

    def _heads(self, left: float, column: float, heads: list[tuple[str, ...]]) -> float:
        """Write the names of the parties; return where the rows begin."""
        if heads:
            most = max(map(len, heads))
            for place, lines in enumerate(heads):
                for number, line in enumerate(lines):
                    y = 9 + 9 * (most - len(lines) + number)
                    self.sheet.text(left + column * place, y, line, bold=True)
            return 9.0 * most + 5
        names = [fit_text(party, _TURNED_HEAD, bold=True) for party in self.parties]
        height = max(text_width(name, bold=True) for name in names) * 0.71 + 8
        for place, name in enumerate(names):
            self.sheet.text(left + column * place + 5, height - 3, name, bold=True, turn=-45)
        return height

    def _sign(self, stance: Stance, x: float, middle: float) -> None:
        """Draw a filled square, an open one with a cross, a half filled one, or a dot."""
        sheet, top, half = self.sheet, middle - _SIGN / 2, _SIGN / 2
        if stance == "silent":
            sheet.disc(x + half, middle, 1.1, "quiet")
            return
        if stance == "agree":
            sheet.rectangle(x, top, _SIGN, _SIGN, "accent")
            return
        sheet.rectangle(x + 0.4, top + 0.4, _SIGN - 0.8, _SIGN - 0.8, "accent", line=0.8)
        if stance == "both":
            sheet.rectangle(x, top, half, _SIGN, "accent")
            return
        sheet.line(x + 0.4, top + 0.4, x + _SIGN - 0.4, top + _SIGN - 0.4, "accent", 0.8)
        sheet.line(x + 0.4, top + _SIGN - 0.4, x + _SIGN - 0.4, top + 0.4, "accent", 0.8)

    def _legend(self, bottom: float) -> float:
        """Explain the signs below the picture; return where it ends."""
        x, y = 0.0, bottom + 11
        found = {stance for row in self.rows for stance in row}
        for stance in ("agree", "disagree", "both", "silent"):
            if stance in found:
                label = self.labels(f"picture.{stance}")
                if x and x + _SIGN + 4 + text_width(label) > self.sheet.width:
                    x, y = 0.0, y + 11
                self._sign(stance, x, y - TEXT_SIZE / 3)
                self.sheet.text(x + _SIGN + 4, y, label, "quiet")
                x += _SIGN + 4 + text_width(label) + 12
        return y + 3


def _rules(sheet: Sheet, top: float, rows: int) -> None:
    """Draw the lines above, between and below rows."""
    for number in range(rows + 1):
        y = top + _ROW * number
        outer = number in (0, rows)
        sheet.line(0, y, sheet.width, y, "hair" if outer else "faint", 0.6 if outer else 0.4)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
