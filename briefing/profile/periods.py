"""Stretches of days as a person writes them."""

import re
from datetime import timedelta

# "365d", "52w"; not "1y", for years differ.
_PERIOD = re.compile(r"([1-9]\d{0,4})([dw])")


def parse_period(text: str) -> timedelta:
    """Return the period written as a number of days or weeks: "365d", "52w".

    Raises:
        ValueError: It is written otherwise.
    """
    written = _PERIOD.fullmatch(text)
    if written is None:
        raise ValueError(f"{text!r} is no period; write a number of days or weeks, such as 365d or 52w")
    number = int(written[1])
    return timedelta(weeks=number) if written[2] == "w" else timedelta(days=number)


def check_period(text: str) -> str:
    """Return a period as it is written.

    Raises:
        ValueError: It is none.
    """
    parse_period(text)
    return text
