"""A brief's upcoming events as a calendar (iCalendar, RFC 5545 and 7986)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from icalendar import Calendar, Component, Event, Journal, vDDDTypes, vText, vUri

from briefing.language.times.values import bounds, precision_of
from briefing.model.brief import Article, Briefing, EventStatus, UpcomingEvent
from briefing.model.digest import Digest
from briefing.rendering.dates import read_value
from briefing.rendering.labels import Labels, labels_of
from briefing.rendering.layout import Layout
from briefing.rendering.page import WEB_ADDRESS
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.view import Page
from briefing.rendering.wording import printable, shorten

# The namespace of the UIDs. If it changed, every calendar would add all known events a second time.
_NAMESPACE = UUID("6f0c1e5e-2f43-4c43-9d0a-3f4b8f0d6a51")
# RFC 5545, 3.8.1.11. A postponed event has no firm day yet, and a conditional one may not take place.
_STATUSES: dict[EventStatus, str] = {
    "scheduled": "CONFIRMED",
    "expected": "TENTATIVE",
    "proposed": "TENTATIVE",
    "conditional": "TENTATIVE",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}
_LONGEST_SPAN = timedelta(days=366)  # a decade or a century is too long for an entry of a calendar
_DAY = timedelta(days=1)
_LONGEST_NOTICE = 600  # characters
_LONGEST_NAME = 120
_LONGEST_FIELD = 1000
_LONGEST_EVIDENCE = 5000


class Span(NamedTuple):
    """When an event takes place: days, or points of time where the text gives the time of day."""

    start: date | datetime
    end: date | datetime | None  # exclusive; None for a point of time
    coarse: bool  # the event takes place at some time within the span


def span_of(value: str | None) -> Span | None:
    """Return the days or the time of a TIMEX3 value; None if its year is unknown or it is not a calendar date.

    A time without a zone is the local time of the place. A part of a day ("2031-06-12TMO") becomes the whole day.
    """
    days = bounds(value) if value else None
    if value is None or days is None:
        return None
    moments = _times_of_day(value)
    if moments is not None:
        return moments
    first, last = days
    coarse = any(precision_of(part) != "day" for part in value.split("/"))
    if ("/" not in value and last - first > _LONGEST_SPAN) or last == date.max:
        return None
    return Span(first, last + _DAY, coarse)


class _Announcement(NamedTuple):
    """An event, the article that announces it, and the text that its UID is derived from."""

    event: UpcomingEvent
    article: Article
    identity: str


def events_of(record: Printable) -> tuple[UpcomingEvent, ...]:
    """Return the upcoming events of a brief, or of all stories of a digest."""
    return tuple(one.event for one in _announcements(record))


def undated_events(record: Printable) -> tuple[UpcomingEvent, ...]:
    """Return the events that a calendar cannot hold because their date or year is unknown."""
    return tuple(event for event in events_of(record) if span_of(event.when.value) is None)


def left_out(record: Printable, labels: Labels) -> str:
    """Return a notice about the events that a calendar cannot hold; empty if it holds all of them."""
    undated = undated_events(record)
    titles = "; ".join(shorten(printable(event.title), _LONGEST_NAME) for event in undated)
    return shorten(labels("calendar.left_out", count=len(undated), titles=titles), _LONGEST_NOTICE) if undated else ""


def remarks(record: Printable) -> tuple[str, ...]:
    """Return notices for the user about the events that the calendar leaves out."""
    return (left_out(record, labels_of("en")),)


def render_calendar(record: Printable, layout: Layout) -> bytes:
    """Return the upcoming events of a brief or digest as one calendar.

    Each event has the same UID on every run. It keeps the UID in later digests of the profile, so that calendars
    update the entry. If no event has a date, a journal entry says so: a calendar without components is not valid.
    """
    page = page_of(record, layout)
    notice = left_out(record, page.labels)
    about = "\n".join(part for part in (page.marking, page.origin, notice) if part)
    calendar = _calendar(page, f"{page.kicker}: {shorten(page.title, _LONGEST_NAME)}", about)
    stamp = _stamp(page)
    for component in tuple(_events(record, page, stamp)) or (_empty_entry(record, page, stamp, notice),):
        calendar.add_component(component)
    written: bytes = calendar.to_ical(sorted=False)
    return written


def render_agenda(briefs: Sequence[Briefing], name: str, first: date, layout: Layout) -> bytes:
    """Return the events of several briefs that end on a day or later as one calendar, which may be empty.

    Each event has the UID that it has in the calendar of its brief.
    """
    pages = [page_of(brief, layout) for brief in briefs]
    calendar = _calendar(pages[0] if pages else None, name, layout.marking)
    for brief, page in zip(briefs, pages, strict=True):
        for entry in _events(brief, page, _stamp(page)):
            if _last_day(entry) >= first:
                calendar.add_component(entry)
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _calendar(page: Page | None, name: str, about: str) -> Calendar:
    """Return a calendar without entries; *page* says what made it."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    made_by = f"{page.generator}//{page.labels.language.upper()}" if page is not None else "agenda//EN"
    calendar.add("prodid", f"-//briefing//{made_by}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key, text in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(key, vText(text))
    return calendar


def _stamp(page: Page) -> datetime:
    return datetime.strptime(page.stamp, "%Y-%m-%d").replace(tzinfo=UTC)


def _last_day(entry: Event) -> date:
    """Return the last day of an entry; the end of whole days is the day after."""
    end = entry.get("dtend", entry["dtstart"]).dt
    return end.date() if isinstance(end, datetime) else end - _DAY if "dtend" in entry else end


def _announcements(record: Printable) -> Iterator[_Announcement]:
    if not isinstance(record, Digest):
        yield from (_Announcement(event, record.article, f"{record.article.id}/{event.id}") for event in record.events)
        return
    held = {item.article.id: item for item in record.articles}
    for event in (*(event for story in record.stories for event in story.events), *record.announced):
        item = held[event.evidence[0].article or ""]
        known = {"outlet": item.outlet or item.article.outlet, "url": item.url or item.article.url}
        yield _Announcement(event, item.article.model_copy(update=known), f"digest/{event.id}")


def _events(record: Printable, page: Page, stamp: datetime) -> Iterator[Event]:
    """Yield the dated events in the order of the brief, or of the stories."""
    seen: Counter[str] = Counter()
    for event, article, identity in _announcements(record):
        seen[identity] += 1
        span = span_of(event.when.value)
        if span is not None:
            entry = _event(event, span, article, page)
            _identify(entry, _uid(f"{identity}#{seen[identity]}" if seen[identity] > 1 else identity), stamp)
            yield entry


def _event(event: UpcomingEvent, span: Span, article: Article, page: Page) -> Event:
    entry = Event()
    entry.add("dtstart", vDDDTypes(span.start))
    if span.end is not None:
        entry.add("dtend", vDDDTypes(span.end))
    entry.add("summary", vText(_text(event.title)))
    entry.add("status", _STATUSES[event.status])
    entry.add("transp", "TRANSPARENT" if span.coarse else "OPAQUE")
    if place := _text(event.place or ""):
        entry.add("location", vText(place))
    entry.add("description", vText("\n".join(line for line in _description(event, article, page) if line)))
    entry.add("categories", [page.labels(f"statuses.{event.status}")])
    if url := _web_address(article):
        entry.add("url", vUri(url))
    return entry


def _description(event: UpcomingEvent, article: Article, page: Page) -> Iterator[str]:
    """Yield the lines of a description; some may be empty.

    They are: marking, status and participants, date, evidence, source, address of the source.
    """
    labels = page.labels
    moment = read_value(event.when.value, labels)
    words = moment.words if moment else ""
    original = _text(event.when.text or "")
    names = _text(labels.listed(event.participants))
    yield page.marking
    yield _joined(labels(f"statuses.{event.status}"), labels("event.with", names=names) if names else "")
    yield _joined(words, f"“{original}”" if original and original != words else "")
    for piece in event.evidence:
        yield f"“{shorten(printable(piece.text), _LONGEST_EVIDENCE)}”"
    source = _joined(_text(article.title), _text(article.outlet or ""))
    yield labels("evidence.source", source=source) if source else labels("evidence.bare_source")
    yield _web_address(article)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _empty_entry(record: Printable, page: Page, stamp: datetime, notice: str) -> Journal:
    """Return a journal entry, dated like the article or digest, that explains why there is no event."""
    entry = Journal()
    of = f"digest/{record.at}" if isinstance(record, Digest) else record.article.id
    _identify(entry, _uid(f"{of}/#none"), stamp)
    entry.add("dtstart", date.fromisoformat(page.stamp))
    entry.add("summary", vText(page.labels("empty.events") if not events_of(record) else notice))
    return entry


def _identify(entry: Component, uid: str, stamp: datetime) -> None:
    entry.add("uid", uid)
    entry.add("dtstamp", stamp)


def _uid(identity: str) -> str:
    return str(uuid5(_NAMESPACE, identity))


def _web_address(article: Article) -> str:
    """Return the article's address if it is a web address, else an empty string."""
    url = printable(article.url or "")
    return url if WEB_ADDRESS.fullmatch(url) else ""


def _text(text: str) -> str:
    return shorten(printable(text), _LONGEST_FIELD)


def _times_of_day(value: str) -> Span | None:
    """Return the time of day of a value, or of both ends of a range; None if it has none."""
    first, slash, second = value.partition("/")
    start = _time_of_day(first)
    if start is None or not slash:
        return Span(start, None, coarse=False) if start else None
    end = _time_of_day(second)
    if end is None or (end.tzinfo is None) != (start.tzinfo is None) or end <= start:
        return None
    return Span(start, end, coarse=False)


def _time_of_day(value: str) -> datetime | None:
    """Return the point of time of a value; None if it is less exact than the hour. With a zone, it is in UTC."""
    if "T" not in value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # "2031-06-12TMO", "2031-06-12T24:00"
        return None
