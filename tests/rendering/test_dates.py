import pytest

from briefing.model.brief import When
from briefing.rendering.dates import day_in_words, read_value, time_in_words
from briefing.rendering.labels import labels_of


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2031-07-31", "31 July 2031"),
        ("XXXX-07-31", "31 July"),
        ("XXXX-02-29", "29 February"),
        ("2031-07-31T14:00", "31 July 2031, 14:00"),
        ("2031-07-31T14:00Z", "31 July 2031, 14:00 UTC"),
        ("2031-07-31TMO", "31 July 2031, morning"),
        ("2031-07-31TXX", "31 July 2031"),
        ("2031-07", "July 2031"),
        ("XXXX-07", "July"),
        ("2031-W30", "week of 21 July 2031"),
        ("2031-W30-WE", "weekend of 26 July 2031"),
        ("2031-W30-5", "25 July 2031"),
        ("2031-Q3", "3rd quarter 2031"),
        ("XXXX-Q3", "3rd quarter"),
        ("2031-H1", "first half of 2031"),
        ("2031-SU", "summer 2031"),
        ("2031", "2031"),
        ("203X", "2030s"),
        ("2031-07-31/2031-08-02", "31 Jul – 2 Aug 2031"),
        ("2031-07-03/2031-07-08", "3–8 Jul 2031"),
        ("2031-07/2031-09", "July 2031 – September 2031"),
        ("XXXX-07-31/XXXX-08-02", "31 July – 2 August"),
    ],
)
def test_a_value_is_worded_as_exactly_as_it_is_known(value, words):
    moment = read_value(value, labels_of("en-GB"))
    assert moment is not None
    assert " ".join(moment.words.split()).replace(" – ", "–") == words.replace(" – ", "–")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "P3D",
        "FUTURE_REF",
        "XXXX-WXX-5",
        "2031-06-31",
        "2031-13",
        "2031-W60",
        "0000-01-01",
        "/",
        "2031/",
        "31 July",
    ],
)
def test_a_value_without_a_date_has_no_words(value):
    assert read_value(value, labels_of("en-GB")) is None


def test_a_locale_has_its_own_order_and_names():
    words = [read_value("2031-07-31", labels_of(tag)).words for tag in ("en-US", "de-DE")]
    assert words == ["July 31, 2031", "31. Juli 2031"]


def test_values_are_ordered_by_their_last_possible_day():
    values = ["2031-07-01", "2031-W30", "2031-07-31", "2031-Q3", "2031", "2032-01-01", "XXXX-01-01"]
    moments = [read_value(value, labels_of("en-GB")) for value in values]
    assert [moment.order for moment in moments] == sorted({moment.order for moment in moments})


@pytest.mark.parametrize(
    ("day", "words"),
    [("2031-06-09", "9 June 2031"), ("XXXX-06-09", "9 June, year unknown"), ("Tuesday", "Tuesday")],
)
def test_a_dateline_without_a_year_says_so(day, words):
    assert day_in_words(day, labels_of("en-GB")) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("by 2031", "by 2031"),
        ("through 2031", "until 2031"),
        ("before 2031", "before 2031"),
        ("in 2031", "2031"),
        ("next year", "2031"),
    ],
)
def test_an_end_or_start_is_said_beside_the_date(text, words):
    assert time_in_words(When(text=text, value="2031", precision="year"), labels_of("en")) == words
    assert time_in_words(When(text=text), labels_of("en")) is None
