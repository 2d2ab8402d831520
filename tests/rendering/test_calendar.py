"""A calendar holds what the text dates, no more, and every reader reads it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from briefing.model.brief import UpcomingEvent, When
from briefing.rendering.calendar import left_out, render_agenda, render_calendar, span_of, undated_events
from briefing.rendering.formats import remarks
from briefing.rendering.labels import labels_of
from briefing.rendering.layout import Layout
from briefing.rendering.wording import printable
from tests.fakes.hostile_lines import LINE_ENDS
from tests.rendering import briefs

LAYOUT = Layout()
ALL_BRIEFS = [briefs.typical, briefs.empty, briefs.scripts, briefs.crowded, briefs.hostile, briefs.twins]


def event_of(value, **fields):
    brief = briefs.typical()
    made = {
        "id": "e",
        "title": "A meeting",
        "when": When(text="then", value=value),
        "status": "scheduled",
        "evidence": briefs.evidence_of(brief.article, 1),
    }
    return UpcomingEvent(**(made | fields))


def calendar_of(*events):
    return Calendar.from_ical(render_calendar(briefs.typical().model_copy(update={"events": events}), LAYOUT))


def second_reading(content):
    return IcsCalendarStream.calendar_from_ics(content.decode())


@pytest.mark.parametrize(
    ("value", "start", "end", "coarse"),
    [
        ("2031-06-12", date(2031, 6, 12), date(2031, 6, 13), False),
        ("2032-02-29", date(2032, 2, 29), date(2032, 3, 1), False),
        ("2031-W24-5", date(2031, 6, 13), date(2031, 6, 14), False),
        ("2031-W24", date(2031, 6, 9), date(2031, 6, 16), True),
        ("2031-W24-WE", date(2031, 6, 14), date(2031, 6, 16), True),
        ("2031-12", date(2031, 12, 1), date(2032, 1, 1), True),
        ("2031-Q3", date(2031, 7, 1), date(2031, 10, 1), True),
        ("2031-H2", date(2031, 7, 1), date(2032, 1, 1), True),
        ("2031-SU", date(2031, 6, 1), date(2031, 9, 1), True),
        ("2031-WI", date(2031, 12, 1), date(2032, 3, 1), True),
        ("2031", date(2031, 1, 1), date(2032, 1, 1), True),
        ("2031-06-12/2031-06-14", date(2031, 6, 12), date(2031, 6, 15), False),
        ("2031-06/2031-08", date(2031, 6, 1), date(2031, 9, 1), True),
        ("2031/2033", date(2031, 1, 1), date(2034, 1, 1), True),
        ("2031-06-12T14:00", datetime(2031, 6, 12, 14, 0), None, False),  # noqa: DTZ001 - the time of the place
        ("2031-06-12T14:00Z", datetime(2031, 6, 12, 14, 0, tzinfo=UTC), None, False),
        ("2031-06-12T23:30-05:00", datetime(2031, 6, 13, 4, 30, tzinfo=UTC), None, False),
        (
            "2031-06-12T14:00/2031-06-12T15:30",
            datetime(2031, 6, 12, 14, 0),  # noqa: DTZ001
            datetime(2031, 6, 12, 15, 30),  # noqa: DTZ001
            False,
        ),
        ("2031-06-12TMO", date(2031, 6, 12), date(2031, 6, 13), False),
        ("2031-06-12T24:00", date(2031, 6, 12), date(2031, 6, 13), False),
    ],
)
def test_an_event_takes_the_time_that_its_value_says(value, start, end, coarse):
    assert span_of(value) == (start, end, coarse)
    (entry,) = calendar_of(event_of(value)).walk("VEVENT")
    assert entry["DTSTART"].dt == start
    assert (entry["DTEND"].dt if "DTEND" in entry else None) == end
    assert entry["TRANSP"] == ("TRANSPARENT" if coarse else "OPAQUE")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "XXXX-06-12",
        "XXXX-SU",
        "PRESENT_REF",
        "P3D",
        "203",
        "20",
        "2031-06-31",
        "2031-W54",
        "0000",
        "9999-12-31",
        "2031-06-14/2031-06-12",
        "2031-06-12/XXXX-06-14",
        "x",
    ],
)
def test_an_event_without_a_year_is_left_out_and_named(value):
    brief = briefs.typical().model_copy(update={"events": (event_of(value), event_of("2031-06-12", id="f"))})
    assert [event.id for event in undated_events(brief)] == ["e"]
    calendar = Calendar.from_ical(render_calendar(brief, LAYOUT))
    assert len(calendar.walk("VEVENT")) == 1
    notice = "Left out of the calendar because no date has a year (1): A meeting"
    assert notice in calendar["X-WR-CALDESC"]
    assert notice in calendar["DESCRIPTION"]
    assert remarks(brief, "ics") == remarks(brief, "eml") == (notice,)
    assert remarks(brief, "docx") == ()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("scheduled", "CONFIRMED"),
        ("expected", "TENTATIVE"),
        ("proposed", "TENTATIVE"),
        ("conditional", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_the_status_says_how_sure_an_event_is(status, said):
    (entry,) = calendar_of(event_of("2031-06-12", status=status)).walk("VEVENT")
    assert entry["STATUS"] == said
    assert entry["CATEGORIES"].cats == [status]
    assert entry["DESCRIPTION"].startswith(status)


def test_an_entry_says_what_it_rests_on():
    brief = briefs.typical()
    entry = Calendar.from_ical(render_calendar(brief, Layout(marking="For you"))).walk("VEVENT")[1]
    assert entry["SUMMARY"] == "Foreign ministers of Arland and Belmora will meet"
    assert entry["LOCATION"] == "Port Sellin"
    assert entry["URL"] == brief.article.url
    lines = entry["DESCRIPTION"].split("\n")
    assert lines[:3] == ["For you", "scheduled · with Arland and Belmora", "12 June 2031"]
    assert f"“{briefs.SENTENCES[0]}”" in lines
    assert lines[-2:] == [f"Source: {briefs.TITLE} · Kell Courier", brief.article.url]


def test_the_calendar_is_named_and_stamped_by_the_article():
    calendar = Calendar.from_ical(render_calendar(briefs.typical(), LAYOUT))
    assert calendar["X-WR-CALNAME"] == f"Brief: {briefs.TITLE}"
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert {entry["DTSTAMP"].dt for entry in calendar.walk("VEVENT")} == {datetime(2031, 6, 9, tzinfo=UTC)}


def test_a_changed_event_keeps_its_uid():
    brief = briefs.typical()
    uids = {str(entry["UID"]) for entry in Calendar.from_ical(render_calendar(brief, LAYOUT)).walk("VEVENT")}
    turned = brief.model_copy(update={"events": brief.events[::-1], "summary": ()})
    other = Calendar.from_ical(render_calendar(turned, Layout(locale="fr-FR", marking="x")))
    assert {str(entry["UID"]) for entry in other.walk("VEVENT")} == uids


def test_events_of_equal_ids_have_uids_of_their_own():
    entries = calendar_of(event_of("2031-06-12"), event_of("2031-06-13"), event_of(None)).walk("VEVENT")
    assert len({str(entry["UID"]) for entry in entries}) == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", None])
def test_only_an_address_of_the_web_is_a_link(url):
    brief = briefs.typical()
    article = brief.article.model_copy(update={"url": url})
    content = render_calendar(brief.model_copy(update={"article": article}), LAYOUT)
    assert b"\r\nURL" not in content
    assert str(url).encode() not in content


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_two_readers_read_the_same(make):
    content = render_calendar(make(), LAYOUT)
    first, second = Calendar.from_ical(content).walk("VEVENT"), second_reading(content).events
    expected = [
        (printable(event.title), *span_of(event.when.value)[:2])
        for event in make().events
        if event not in undated_events(make())
    ]
    assert [(str(e["SUMMARY"]), e["DTSTART"].dt, e["DTEND"].dt) for e in first] == expected
    assert [(event.summary, event.dtstart, event.dtend) for event in second] == expected


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_lines_end_and_fold_as_the_standard_says(make):
    content = render_calendar(make(), LAYOUT)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_calendar_without_events_is_valid_and_says_why():
    for brief, said in (
        (briefs.empty(), "No upcoming event was found in the text."),
        (briefs.typical().model_copy(update={"events": (event_of(None),)}), "Left out of the calendar because"),
    ):
        content = render_calendar(brief, LAYOUT)
        (entry,) = Calendar.from_ical(content).subcomponents
        assert entry.name == "VJOURNAL"
        assert entry["SUMMARY"].startswith(said)
        assert second_reading(content).events == []


def test_the_notice_is_translated_and_short():
    many = tuple(event_of(None, id=str(n), title=f"Meeting {n} of the long congress") for n in range(500))
    brief = briefs.typical().model_copy(update={"events": many})
    assert left_out(brief, labels_of("de")).startswith("Nicht im Kalender")
    assert len(left_out(brief, labels_of("de"))) <= 600


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200), st.text(max_size=100))
def test_every_text_comes_back_as_it_was(title, place):
    (entry,) = calendar_of(event_of("2031-06-12", title=title, place=place)).walk("VEVENT")
    assert entry["SUMMARY"] == printable(title)
    assert entry.get("LOCATION", "") == printable(place)


@given(
    st.one_of(
        st.text(max_size=30),
        st.from_regex(
            r"(\d{4}|XXXX)-(\d\d|W\d\d|Q\d|SU|WI)(-\d\d)?(T\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?(/\d{4}-\d\d)?", fullmatch=True
        ),
    )
)
def test_a_value_has_a_positive_span_or_none(value):
    span = span_of(value)
    assert span is None or span.end is None or span.start < span.end


@pytest.mark.parametrize("end", LINE_ENDS)
def test_no_text_starts_a_line_of_its_own(end):
    evil = f"Talks{end}BEGIN:VALARM{end}X"
    brief = briefs.typical()
    article = brief.article.model_copy(update={"title": evil, "outlet": evil, "url": f"https://example.org/{evil}"})
    made = brief.provenance.model_copy(update={"briefing": evil, "profile": evil, "source_sha256": end * 8})
    events = tuple(event.model_copy(update={"title": evil, "place": evil}) for event in brief.events)
    brief = brief.model_copy(update={"article": article, "provenance": made, "events": events})
    written = render_calendar(brief, Layout(title=evil, marking=evil)).decode()
    # Some readers take whatever Unicode calls the end of a line for one.
    assert [line for line in written.splitlines() if line.startswith("BEGIN")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VEVENT",
    ]
    assert written.splitlines() == written.removesuffix("\r\n").split("\r\n")


def test_an_agenda_holds_what_does_not_end_before_a_day():
    values = ("2031-06-11", "2031-06-12", "2031-06-12T09:00", "2031-W24", "2031-06-11T09:00", "2031-07")
    events = [event_of(value, id=value) for value in values]
    brief = briefs.typical().model_copy(update={"events": tuple(events)})
    agenda = Calendar.from_ical(render_agenda([brief], "Agenda", date(2031, 6, 12), LAYOUT))
    whole = Calendar.from_ical(render_calendar(brief, LAYOUT))
    kept = [str(entry["DTSTART"].dt) for entry in agenda.walk("VEVENT")]
    assert kept == ["2031-06-12", "2031-06-12 09:00:00", "2031-06-09", "2031-07-01"]
    assert {str(entry["UID"]) for entry in agenda.walk("VEVENT")} < {str(one["UID"]) for one in whole.walk("VEVENT")}
    assert agenda["X-WR-CALNAME"] == "Agenda"


def test_an_agenda_may_be_empty():
    calendar = Calendar.from_ical(render_agenda([], "Agenda", date(2031, 6, 12), LAYOUT))
    assert (str(calendar["PRODID"]), list(calendar.walk("VEVENT"))) == ("-//briefing//agenda//EN", [])
