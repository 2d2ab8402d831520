"""The instants of an expression: in the zone's own time, each once, and none lost where clocks are changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from briefing.profile.crontab import parse_crontab
from briefing.schedule.plans import FireTimes

_PRAGUE, _NEW_YORK, _UTC = "Europe/Prague", "America/New_York", "UTC"


def _times(text: str, zone: str) -> FireTimes:
    return FireTimes(parse_crontab(text), ZoneInfo(zone))


def _start(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def _days(first: str, hours: str, *days: int) -> list[str]:
    return [f"{first}-{day:02}T{hours}" for day in days]


@pytest.mark.parametrize(
    ("text", "zone", "start", "due"),
    [
        ("0 6 * * 1-5", _UTC, "2026-01-01", _days("2026-01", "06:00+00:00", 1, 2, 5, 6, 7, 8, 9, 12, 13, 14)),
        (
            "0 0 * * 0",
            _UTC,
            "2026-02-01",
            [
                *_days("2026-02", "00:00+00:00", 8, 15, 22),
                *_days("2026-03", "00:00+00:00", 1, 8, 15, 22, 29),
                *_days("2026-04", "00:00+00:00", 5, 12),
            ],
        ),
        (
            "0 0 * * 7",
            _UTC,
            "2026-02-01",
            [
                *_days("2026-02", "00:00+00:00", 8, 15, 22),
                *_days("2026-03", "00:00+00:00", 1, 8, 15, 22, 29),
                *_days("2026-04", "00:00+00:00", 5, 12),
            ],
        ),
        # Friday the 13th, and every other 13th, and every other Friday.
        (
            "0 0 13 * 5",
            _UTC,
            "2026-02-01",
            [
                *_days("2026-02", "00:00+00:00", 6, 13, 20, 27),
                *_days("2026-03", "00:00+00:00", 6, 13, 20, 27),
                *_days("2026-04", "00:00+00:00", 3, 10),
            ],
        ),
        # A weekday that begins with an asterisk restricts the day of the month: both must match.
        (
            "0 0 */10 * 5",
            _UTC,
            "2026-01-01",
            [
                "2026-05-01T00:00+00:00",
                "2026-07-31T00:00+00:00",
                "2026-08-21T00:00+00:00",
                "2026-09-11T00:00+00:00",
                "2026-12-11T00:00+00:00",
                "2027-01-01T00:00+00:00",
                "2027-05-21T00:00+00:00",
                "2027-06-11T00:00+00:00",
                "2027-10-01T00:00+00:00",
                "2027-12-31T00:00+00:00",
            ],
        ),
        ("0 12 29 2 *", _UTC, "2023-01-01", [f"{year}-02-29T12:00+00:00" for year in range(2024, 2064, 4)]),
        ("0 12 29 2 *", _UTC, "2096-03-01", [f"{year}-02-29T12:00+00:00" for year in range(2104, 2144, 4)]),
        (
            "0 0 31 2 5",
            _UTC,
            "2026-01-01",
            [
                *_days("2026-02", "00:00+00:00", 6, 13, 20, 27),
                *_days("2027-02", "00:00+00:00", 5, 12, 19, 26),
                *_days("2028-02", "00:00+00:00", 4, 11),
            ],
        ),
        (
            "*/7 * * * *",
            _UTC,
            "2026-01-01T00:50",
            [
                f"2026-01-01T{clock}+00:00"
                for clock in ("00:56", "01:00", "01:07", "01:14", "01:21", "01:28", "01:35", "01:42", "01:49", "01:56")
            ],
        ),
        (
            "5-55/10 9 * * *",
            _UTC,
            "2026-01-01T09:30",
            [
                *(f"2026-01-01T09:{minute}+00:00" for minute in (35, 45, 55)),
                *(f"2026-01-02T09:{minute:02}+00:00" for minute in (5, 15, 25, 35, 45, 55)),
                "2026-01-03T09:05+00:00",
            ],
        ),
        ("@monthly", _UTC, "2026-01-01", [*(f"2026-{month:02}-01T00:00+00:00" for month in range(2, 12))]),
        # Every seventh weekday is Sunday.
        ("0 0 * * */7", _UTC, "2026-02-01", _days("2026-02", "00:00+00:00", 8, 15, 22)),
        # 29 March 2026: 02:00 to 03:00 does not exist in Prague.
        (
            "30 2 * * *",
            _PRAGUE,
            "2026-03-27T12:00",
            [
                "2026-03-28T02:30+01:00",
                "2026-03-29T03:00+02:00",
                *(
                    f"2026-{day}T02:30+02:00"
                    for day in ("03-30", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05", "04-06")
                ),
            ],
        ),
        (
            "*/20 * * * *",
            _PRAGUE,
            "2026-03-29T01:15",
            [
                "2026-03-29T01:20+01:00",
                "2026-03-29T01:40+01:00",
                *(
                    f"2026-03-29T{clock}+02:00"
                    for clock in ("03:00", "03:20", "03:40", "04:00", "04:20", "04:40", "05:00", "05:20")
                ),
            ],
        ),
        # 25 October 2026: 02:00 to 03:00 occurs twice in Prague.
        (
            "30 2 * * *",
            _PRAGUE,
            "2026-10-23T12:00",
            [
                "2026-10-24T02:30+02:00",
                "2026-10-25T02:30+02:00",
                *(
                    f"2026-{day}T02:30+01:00"
                    for day in ("10-26", "10-27", "10-28", "10-29", "10-30", "10-31", "11-01", "11-02")
                ),
            ],
        ),
        (
            "*/30 * * * *",
            _PRAGUE,
            "2026-10-25T01:45",
            [
                "2026-10-25T02:00+02:00",
                "2026-10-25T02:30+02:00",
                *(
                    f"2026-10-25T{clock}+01:00"
                    for clock in ("03:00", "03:30", "04:00", "04:30", "05:00", "05:30", "06:00", "06:30")
                ),
            ],
        ),
        # 8 March and 1 November 2026 in New York.
        (
            "15 2 * * *",
            _NEW_YORK,
            "2026-03-06T12:00",
            [
                "2026-03-07T02:15-05:00",
                "2026-03-08T03:00-04:00",
                *(f"2026-03-{day:02}T02:15-04:00" for day in range(9, 17)),
            ],
        ),
        (
            "0 0 * * *",
            _NEW_YORK,
            "2026-03-06T12:00",
            [
                "2026-03-07T00:00-05:00",
                "2026-03-08T00:00-05:00",
                *(f"2026-03-{day:02}T00:00-04:00" for day in range(9, 17)),
            ],
        ),
        (
            "15 1 * * *",
            _NEW_YORK,
            "2026-10-30T12:00",
            [
                "2026-10-31T01:15-04:00",
                "2026-11-01T01:15-04:00",
                *(f"2026-11-{day:02}T01:15-05:00" for day in range(2, 10)),
            ],
        ),
    ],
)
def test_the_next_fire_times(text: str, zone: str, start: str, due: list[str]) -> None:
    found = _times(text, zone).next(_start(start, zone), len(due))
    assert [time.isoformat(timespec="minutes") for time in found] == due


def test_an_instant_is_not_after_itself() -> None:
    at_six = _start("2026-01-01T06:00", _UTC)
    assert _times("0 6 * * *", _UTC).next(at_six, 1) == (at_six + timedelta(days=1),)


def test_a_repeated_hour_is_due_the_first_time_only() -> None:
    second = _start("2026-10-25T02:10", _PRAGUE).replace(fold=1)
    (due,) = _times("30 2 * * *", _PRAGUE).next(second, 1)
    assert due.isoformat() == "2026-10-26T02:30:00+01:00"


@pytest.mark.parametrize(
    ("text", "after", "most", "due"),
    [
        ("0 6 * * *", "2026-01-01T05:00", 2, ["2026-01-09T06:00", "2026-01-10T06:00"]),
        ("0 6 * * *", "2026-01-09T05:00", 5, ["2026-01-09T06:00", "2026-01-10T06:00"]),
        ("0 6 * * *", "2026-01-10T06:00", 5, []),
        ("0 6 * * *", "2026-01-01T05:00", 0, []),
        ("* * * * *", "1999-01-01T00:00", 2, ["2026-01-10T11:59", "2026-01-10T12:00"]),
        ("0 0 1 1 *", "1999-01-01T00:00", 5, ["2026-01-01T00:00"]),  # looked for within a year
        ("0 6 * * *", "2027-01-01T05:00", 2, []),  # the clock was set back
    ],
)
def test_the_latest_fire_times_of_a_period(text: str, after: str, most: int, due: list[str]) -> None:
    found = _times(text, _UTC).latest(_start(after, _UTC), _start("2026-01-10T12:00", _UTC), most)
    assert [time.strftime("%Y-%m-%dT%H:%M") for time in found] == due


def _field(low: int, high: int) -> st.SearchStrategy[str]:
    value = st.integers(low, high)
    stretch = st.tuples(value, value).map(sorted)
    member = st.one_of(
        value.map(str),
        stretch.map(lambda ends: f"{ends[0]}-{ends[1]}"),
        st.tuples(stretch, st.integers(1, 9)).map(lambda drawn: f"{drawn[0][0]}-{drawn[0][1]}/{drawn[1]}"),
    )
    return st.one_of(
        st.just("*"),
        st.integers(1, high).map(lambda step: f"*/{step}"),
        st.lists(member, min_size=1, max_size=3).map(",".join),
    )


def _allows(field: str, value: int, low: int, high: int) -> bool:
    """Read one field as crontab(5) defines it, one value at a time."""
    for member in field.split(","):
        stretch, _, step = member.partition("/")
        first, _, last = (f"{low}-{high}" if stretch == "*" else stretch).partition("-")
        if int(first) <= value <= int(last or first) and (value - int(first)) % int(step or 1) == 0:
            return True
    return False


def _matches(fields: list[str], reading: datetime) -> bool:
    minute, hour, day, month, weekday = fields
    if not (_allows(minute, reading.minute, 0, 59) and _allows(hour, reading.hour, 0, 23)):
        return False
    if not _allows(month, reading.month, 1, 12):
        return False
    by_day = _allows(day, reading.day, 1, 31)
    sunday_first = reading.isoweekday() % 7
    by_weekday = _allows(weekday, sunday_first, 0, 7) or (sunday_first == 0 and _allows(weekday, 7, 0, 7))
    if day.startswith("*") or weekday.startswith("*"):
        return by_day and by_weekday
    return by_day or by_weekday


def _by_looking_at_every_minute(fields: list[str], start: datetime, minutes: int) -> Iterator[datetime]:
    """Yield each minute at which a clock shows for the first time, or passes over, what is allowed."""
    zone = start.tzinfo
    shown = start.astimezone(zone).replace(tzinfo=None)
    for number in range(1, minutes + 1):
        instant = start.astimezone(UTC) + timedelta(minutes=number)
        now = instant.astimezone(zone).replace(tzinfo=None)
        passed = []
        while shown < now:
            shown += timedelta(minutes=1)
            passed.append(shown)
        if any(_matches(fields, reading) for reading in passed):
            yield instant


@settings(max_examples=30, deadline=None)
@given(
    fields=st.tuples(_field(0, 59), _field(0, 23), _field(1, 31), _field(1, 12), _field(0, 7)).map(list),
    start=st.sampled_from(
        [
            ("2026-03-28T00:00", _PRAGUE),
            ("2026-10-24T00:00", _PRAGUE),
            ("2026-03-07T12:00", _NEW_YORK),
            ("2026-10-31T12:00", _NEW_YORK),
            ("2026-04-04T12:00", "Australia/Lord_Howe"),  # clocks change by half an hour
            ("2026-10-03T12:00", "Australia/Lord_Howe"),
            ("2011-12-29T12:00", "Pacific/Apia"),  # a day was left out
            ("2024-02-28T00:00", _UTC),
            ("2026-02-12T12:00", _UTC),
        ]
    ),
)
def test_fire_times_agree_with_a_check_of_every_minute(fields: list[str], start: tuple[str, str]) -> None:
    try:
        crontab = parse_crontab(" ".join(fields))
    except ValueError:
        reject()  # a day that no such month has
    begin = _start(*start)
    minutes = 2 * 24 * 60
    times = FireTimes(crontab, ZoneInfo(start[1]))
    found = [
        due.astimezone(UTC) for due in times.latest(begin, begin.astimezone(UTC) + timedelta(minutes=minutes), 10_000)
    ]
    assert found == list(_by_looking_at_every_minute(fields, begin, minutes))
    assert found == [due.astimezone(UTC) for due in times.next(begin, len(found))]
