"""Days as news writes them."""

from datetime import date

import pytest

from briefing.reading.dates import Day, find_day, parse_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("July 22, 2018", "2018-07-22"),
        ("Sunday, July 22, 2018", "2018-07-22"),
        ("Jul. 22", "XXXX-07-22"),
        ("22 July 2018", "2018-07-22"),
        ("22nd July, 2018", "2018-07-22"),
        ("Sept. 3", "XXXX-09-03"),
        ("2018-07-22", "2018-07-22"),
        ("Feb. 29", "XXXX-02-29"),
        ("updated on MAY 5, 2020 at noon", "2020-05-05"),
    ],
)
def test_a_day_is_found_with_or_without_its_year(text, day):
    assert str(find_day(text)) == day


@pytest.mark.parametrize(
    "text", ["July 2018", "July 32", "Feb. 30, 2019", "2018-13-40", "22/07/18", "in 2018", "Marching on"]
)
def test_an_invalid_day_gives_none(text):
    assert find_day(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-17", date(2024, 5, 17)),
        ("2024-05-17T10:20:00+02:00", date(2024, 5, 17)),
        ("17 May 2024, 10:20 am GMT", date(2024, 5, 17)),
        ("May 17", None),
        ("May 17, 2024 was a Friday", None),
    ],
)
def test_a_date_has_a_year_and_only_a_time_after(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("day", "published", "year"),
    [
        (Day(None, 12, 30), date(2020, 1, 2), 2019),
        (Day(None, 1, 2), date(2019, 12, 30), 2020),
        (Day(None, 7, 22), date(2018, 7, 23), 2018),
        (Day(2015, 7, 22), date(2018, 7, 23), 2015),
        (Day(None, 2, 29), date(2019, 3, 1), 2020),
        (Day(None, 2, 29), date(2022, 3, 1), None),
    ],
)
def test_a_day_without_a_year_takes_the_nearest(day, published, year):
    assert day.nearest(published).year == year
