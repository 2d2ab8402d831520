"""Values of time expressions: how exact, which days, over or to come."""

from datetime import date

import pytest

from briefing.language.times.values import bounds, is_after, precision_of


@pytest.mark.parametrize(
    ("value", "precision", "first", "last"),
    [
        ("2018-07-31", "day", "2018-07-31", "2018-07-31"),
        ("2018-07-31T15:00", "day", "2018-07-31", "2018-07-31"),
        ("2018-W30", "week", "2018-07-23", "2018-07-29"),
        ("2018-W30-WE", "week", "2018-07-28", "2018-07-29"),
        ("2018-02", "month", "2018-02-01", "2018-02-28"),
        ("2018-Q3", "quarter", "2018-07-01", "2018-09-30"),
        ("2018-H2", "range", "2018-07-01", "2018-12-31"),
        ("2018-SU", "season", "2018-06-01", "2018-08-31"),
        ("2018-WI", "season", "2018-12-01", "2019-02-28"),
        ("2018", "year", "2018-01-01", "2018-12-31"),
        ("199", "range", "1990-01-01", "1999-12-31"),
        ("19", "range", "1900-01-01", "1999-12-31"),
        ("2018-07-31/2018-08-02", "range", "2018-07-31", "2018-08-02"),
    ],
)
def test_a_value_has_a_precision_and_spans_days(value: str, precision: str, first: str, last: str) -> None:
    assert precision_of(value) == precision
    assert bounds(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("XXXX-07-31", "day"),
        ("XXXX-07", "month"),
        ("XXXX-SU", "season"),
        ("XXXX-WXX-5", "unknown"),
        ("XXXX-XX-XXT15:00", "unknown"),
        ("P3D", "unknown"),
        ("PAST_REF", "unknown"),
        ("2018-02-30", "day"),
        ("0000", "year"),
    ],
)
def test_a_value_without_a_year_spans_no_known_days(value: str, precision: str) -> None:
    assert precision_of(value) == precision
    assert bounds(value) is None


def test_no_value_is_of_unknown_precision() -> None:
    assert precision_of(None) == "unknown"


@pytest.mark.parametrize(
    ("value", "published", "after"),
    [
        ("2018-07-23", "2018-07-22", True),
        ("2018-07-21", "2018-07-22", False),
        ("2018-07-22", "2018-07-22", None),
        ("2018-07", "2018-07-22", None),
        ("2018-08", "2018-07-22", True),
        ("2017", "2018-07-22", False),
        ("2018-07-20/2018-07-24", "2018-07-22", None),
        ("XXXX-07-31", "2018-07-22", None),
        ("2018-07-23", None, None),
        (None, "2018-07-22", None),
        ("FUTURE_REF", None, True),
        ("PAST_REF", "2018-07-22", False),
        ("P3D", "2018-07-22", None),
    ],
)
def test_a_span_must_be_wholly_after_publication(value: str | None, published: str | None, after: bool | None) -> None:
    assert is_after(value, published) is after
