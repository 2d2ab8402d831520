"""Periods of days as a person writes them."""

import re
from datetime import timedelta

# "365d", "52w"; not "1y", because years differ in length.
_PERIOD = re.compile(r"([1-9]\d{0,4})([dw])")


def parse_period(text: str) -> timedelta:
    """Return the period written as a number of days or weeks: "365d", "52w".

    Raises:
        ValueError: The text is not such a period.
    """
    written = _PERIOD.fullmatch(text)
    if written is None:
        raise ValueError(f"{text!r} is not a period; write a number of days or weeks, such as 365d or 52w")
    number = int(written[1])
    return timedelta(weeks=number) if written[2] == "w" else timedelta(days=number)


def check_period(text: str) -> str:
    """Return the text unchanged if it is a period.

    Raises:
        ValueError: It is not.
    """
    parse_period(text)
    return text
