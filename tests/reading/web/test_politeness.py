"""When a site may be asked again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.web.politeness import LONGEST_DELAY, Pace, Rules, retry_after
from tests.fakes.servers import FakeClock

NOW = datetime(2024, 5, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sat, 18 May 2024 12:01:00 GMT", 60.0),
        ("Sat, 18 May 2024 14:01:00 +0200", 60.0),
        ("Sat, 18 May 2024 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_a_retry_time_is_in_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=60) | st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,9} May \d{1,9} \d\d:\d\d:\d\d [+-]?\w{0,6}\Z"))
def test_any_retry_header_is_a_wait_or_nothing(value: str) -> None:
    wait = retry_after(value, NOW)
    assert wait is None or wait >= 0


@pytest.mark.parametrize("delay", ["7", "3600", "-1", "soon", "nan", "inf", "1e400"])
def test_a_sites_delay_is_limited(delay: str) -> None:
    assert 0 <= Rules(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /x").delay <= LONGEST_DELAY


def test_elapsed_time_shortens_the_wait() -> None:
    clock = FakeClock()
    pace = Pace(2.0, clock, clock.sleep)
    pace.wait("news.example", 0.0)
    clock.seconds += 1.5
    pace.wait("news.example", 0.0)
    clock.seconds += 5.0
    pace.wait("news.example", 0.0)
    assert clock.slept == [0.5]
