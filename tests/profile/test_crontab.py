"""Expressions mean what crontab(5) says; what they cannot mean is refused with what to write instead."""

import pytest

from briefing.profile.crontab import parse_crontab


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("0 0 * * 7", "0 0 * * 7"),
        ("0 0 * * 5-7", "0 0 * * 5,6,7"),
        ("0 0 * * fri-sun", "0 0 * * 5,6,7"),
        ("0 0 * * Mon,WED", "0 0 * * 1,3"),
        ("0 0 * * sun-tue", "0 0 * * 0,1,2"),
        ("0 0 * * 1-5/2", "0 0 * * 1,3,5"),
        ("0 0 1 jan,Jul *", "0 0 1 1,7 *"),
        ("0 0 1 mar-may *", "0 0 1 3,4,5 *"),
        ("5-55/10 * * * *", "5,15,25,35,45,55 * * * *"),
        ("5-5/10 * * * *", "5 * * * *"),
        ("1,1-3,2 * * * *", "1,1,2,3,2 * * * *"),
        ("*/90 * */2 * */7", "*/90 * */2 * */7"),
        ("0 08 * * *", "0 8 * * *"),
    ],
)
def test_a_field_allows_values_ranges_steps_lists_and_names(text: str, fields: str) -> None:
    assert parse_crontab(text) == fields


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@Hourly", "0 * * * *"),
        ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
    ],
)
def test_names_are_expanded_to_expressions(name: str, fields: str) -> None:
    assert parse_crontab(f" {name} ") == parse_crontab(fields)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@reboot", "names no time.*@daily"),
        ("@dayly", "did you mean '@daily'"),
        ("", "no fields; write five"),
        ("0 6 * *", "4 fields; write five"),
        ("0 0 6 * * 1", "6 fields; write five"),
        ("60 * * * *", "60 is not within 0 to 59"),
        ("* 24 * * *", "24 is not within 0 to 23"),
        ("* * 0 * *", "0 is not within 1 to 31"),
        ("* * * 13 *", "13 is not within 1 to 12"),
        ("* * * * 8", "8 is not within 0 to 7"),
        ("* * * * monday", "did you mean 'mon'"),
        ("* jan * * *", "not a number from 0 to 23"),
        ("5/10 * * * *", "write 5-59/10"),
        ("*/0 * * * *", "a step is a whole number from 1"),
        ("*/x * * * *", "a step is a whole number from 1"),
        ("9-5 * * * *", "runs backwards"),
        ("* * * * 5-0", "runs backwards"),
        ("1,,2 * * * *", "'' is not a value"),
        ("-5 * * * *", "'-5' is not a value"),
        ("~ * * * *", "'~' is not a value"),
        ("0 0 L * *", "not a number from 1 to 31"),
        ("٣ * * * *", "not a number from 0 to 59"),
        ("0 0 31 2 *", "never due: none of its months has a day 31"),
        ("0 0 31 feb,apr,6 *", "never due"),
        ("0 0 30 2 */2", "never due"),
    ],
)
def test_an_invalid_expression_is_refused_with_its_reason(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_crontab(text)


@pytest.mark.parametrize("text", ["0 0 29 2 *", "0 0 31 2 5", "0 0 31 1,2 *"])
def test_a_rare_day_is_accepted(text: str) -> None:
    assert parse_crontab(text) == text
