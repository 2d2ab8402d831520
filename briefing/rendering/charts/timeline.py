"""Draw the timeline of a brief: its events along an axis of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from babel.dates import format_interval, format_skeleton

from briefing.model.brief import UpcomingEvent
from briefing.rendering.charts.axis import Tick, ticks
from briefing.rendering.charts.drawing import (
    LONGEST_NAME,
    NARROWEST,
    ROW,
    TEXT_SIZE,
    Palette,
    Sheet,
    drawable_all,
    fit_text,
    text_width,
)
from briefing.rendering.charts.spans import Kind, Span, span_of
from briefing.rendering.dates import read_value
from briefing.rendering.labels import Labels
from briefing.rendering.view import Picture
from briefing.rendering.wording import printable, shorten

_KINDS: tuple[Kind, ...] = ("day", "week", "month", "range", "period")

MOST_EVENTS = 12

_TITLES = 0.46  # share of the width for the titles of events
_GAP = 8.0
_DAY_RADIUS = 3.1
_MARGIN = 0.03  # share of the time axis that stays empty at each end
_SHORTEST = 14  # days; the axis is at least this long
_LONGEST = 4000  # days; an event that covers more is not drawn


class _Entry(NamedTuple):
    span: Span
    title: str
    status: str  # " (cancelled)"; empty for an event that is still planned
    words: str  # its date
    full: str  # date and title for the alternative text


def timeline(events: Sequence[UpcomingEvent], labels: Labels, palette: Palette, width: float) -> Picture | None:
    """Draw the events whose days are known, the earliest first; None if there are fewer than two.

    Args:
        events: In print order.
        labels: Words and dates of the page.
        palette: Colours.
        width: Points.
    """
    entries, undated = _entries(events, labels)
    drawn, beyond = entries[:MOST_EVENTS], entries[MOST_EVENTS:]
    titles, dates = drawable_all([entry.title for entry in drawn]), drawable_all([entry.words for entry in drawn])
    if len(drawn) < 2 or titles is None or dates is None or width < NARROWEST:
        return None
    alternative = [labels("picture.timeline", events="; ".join(entry.full for entry in drawn))]
    alternative += [labels("picture.no_room", names="; ".join(entry.full for entry in beyond))] if beyond else []
    alternative += [labels("picture.undated", names="; ".join(undated))] if undated else []
    spans = [entry.span for entry in drawn]
    statuses = [entry.status for entry in drawn]
    return _Timeline(Sheet(width, palette), labels, spans, titles, statuses, dates).draw(" ".join(alternative))


def _entries(events: Iterable[UpcomingEvent], labels: Labels) -> tuple[list[_Entry], list[str]]:
    """Return the events that can be drawn, by their first day, and the titles of the others."""
    entries: list[_Entry] = []
    undated: list[str] = []
    for event in events:
        name = shorten(printable(event.title), LONGEST_NAME)
        off = labels(f"statuses.{event.status}") if event.status in ("postponed", "cancelled") else ""
        title = labels("picture.status", title=name, status=off) if off else name
        span, moment = span_of(event.when.value), read_value(event.when.value, labels)
        if span is None or moment is None or (span.last - span.first).days > _LONGEST:
            undated.append(title)
        else:
            words = printable(moment.words)
            full = labels("picture.event", when=words, title=title)
            entries.append(_Entry(span, name, title.removeprefix(name), words, full))
    return sorted(entries, key=lambda entry: (entry.span.first, entry.span.last)), undated


@dataclass(frozen=True, slots=True)
class _Timeline:
    """Draw one row for each event: its title, and its days on an axis that all rows share."""

    sheet: Sheet
    labels: Labels
    spans: list[Span]
    titles: list[str]
    statuses: list[str]  # written after the title, which is cut to leave room
    dates: list[str]  # in full

    def draw(self, alternative: str) -> Picture:
        top = 2 * TEXT_SIZE
        bottom = top + ROW * len(self.spans)
        marks = self._axis(top)
        for number, (span, title, status) in enumerate(zip(self.spans, self.titles, self.statuses, strict=True)):
            y = top + ROW * number
            room = self._left - _GAP - text_width(status)
            self.sheet.text(0, y + ROW / 2 + TEXT_SIZE / 3, fit_text(title, room) + status)
            start, end = self._mark(span, self.dates[number], y + ROW / 2)
            for x in marks:
                if not start - 1 < x < end + 1:
                    self.sheet.line(x, y, x, y + ROW, "hair", 0.4)
        self.sheet.rules(top, len(self.spans))
        shown = {span.kind for span in self.spans}
        kinds = [kind for kind in _KINDS if kind in shown]
        return self.sheet.picture(self._legend(kinds, bottom), alternative)

    @property
    def _left(self) -> float:
        return self.sheet.width * _TITLES

    @property
    def _days(self) -> tuple[date, date]:
        """The first day of the axis and the day after its last."""
        first, after = min(s.first for s in self.spans), max(s.last for s in self.spans) + timedelta(days=1)
        missing = max(0, _SHORTEST - (after - first).days)
        return first - timedelta(days=missing // 2), after + timedelta(days=missing - missing // 2)

    def _x(self, day: date, shift: float = 0.0) -> float:
        """Return where a day begins on the axis, moved by *shift* days."""
        first, after = self._days
        room = self.sheet.width - self._left
        share = ((day - first).days + shift) / (after - first).days
        return self._left + room * (_MARGIN + share * (1 - 2 * _MARGIN))

    def _axis(self, top: float) -> list[float]:
        """Write the years and the ticks; return the positions of the ticks."""
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

    def _mark(self, span: Span, date_in_full: str, middle: float) -> tuple[float, float]:
        """Draw the mark of an event with its date beside or inside it; return where both begin and end."""
        left, right = self._x(span.first), self._x(span.last, 1)
        if span.kind == "day":
            centre = (left + right) / 2
            left, right = centre - _DAY_RADIUS, centre + _DAY_RADIUS
        right = max(right, left + 6)
        self._sign(span.kind, left, right, middle)
        words = self._date(span, date_in_full)
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

    def _date(self, span: Span, words: str) -> str:
        """Return the days of an event in short form; a longer period is worded as in the text of the page."""
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
            case _:
                return words

    def _legend(self, kinds: list[Kind], bottom: float) -> float:
        """Explain the marks below the picture and return where the picture ends."""
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
