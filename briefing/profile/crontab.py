"""Check the five fields of a crontab(5) expression, and write them as cronsim reads them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cronsim import CronSim, CronSimError

from briefing.errors import unknown_name

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
# One member of a list: "*", "5", "mon-fri", "*/15", "5-55/10"; not "5/10", "-3", "1-".
_MEMBER = re.compile(r"(?:(?P<all>\*)|(?P<low>\w+)(?:-(?P<high>\w+))?)(?:/(?P<step>\w+))?")


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()  # of the values, from *low* upwards


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("weekday", 0, 7, _WEEKDAYS),
)


def parse_crontab(text: str) -> str:
    """Return an expression of five fields, or a name such as ``@daily``, as cronsim reads it.

    Names, ranges and nicknames become numbers. A field keeps its asterisk: if neither the day of the month nor the
    weekday begins with one, a day needs to match only one of them.

    Raises:
        ValueError: The text is not such an expression, or no day matches it.
    """
    written = text.split()
    if len(written) == 1 and written[0].startswith("@"):
        written = _nickname(written[0]).split()
    if len(written) != len(_FIELDS):
        names = ", ".join(field.name for field in _FIELDS)
        raise ValueError(f"{text!r} has {_count(len(written))}; write five: {names}, such as 0 6 * * 1-5")
    crontab = " ".join(_values(part, field) for part, field in zip(written, _FIELDS, strict=True))
    try:
        CronSim(crontab, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ValueError(f"{text!r} is never due: none of its months has a day {written[2]}") from error
    return crontab


def _nickname(name: str) -> str:
    if name.lower() == "@reboot":
        raise ValueError("@reboot names no time; write @daily, or five fields")
    if name.lower() not in _NICKNAMES:
        raise ValueError(unknown_name("schedule", name, tuple(_NICKNAMES)))
    return _NICKNAMES[name.lower()]


def _count(fields: int) -> str:
    return "one field" if fields == 1 else f"{fields or 'no'} fields"


def _values(text: str, field: _Field) -> str:
    """Return a list of values and ranges, with or without a step, as a list of numbers; an asterisk stays."""
    return ",".join(_member(member, text, field) for member in text.split(","))


def _member(member: str, text: str, field: _Field) -> str:
    found = _MEMBER.fullmatch(member)
    if found is None:
        raise ValueError(
            f"{field.name} {text!r}: {member!r} is not a value, range or step; write 5, 1-5, */15 or 5-55/10"
        )
    low, high, step = found["low"], found["high"], found["step"]
    if step is not None and (not _is_number(step) or int(step) == 0):
        raise ValueError(f"{field.name} {text!r}: a step is a whole number from 1, not {step!r}")
    if found["all"]:
        return member
    if step is not None and high is None:
        raise ValueError(f"{field.name} {text!r}: a step follows a range; write {low}-{field.high}/{step}")
    first = _value(low, field)
    last = _value(high, field) if high is not None else first
    if field.names == _WEEKDAYS and high is not None and high.lower() == "sun":
        last = 7  # the week that ends with Sunday: fri-sun
    if last < first:
        raise ValueError(
            f"{field.name} {text!r}: the range {member!r} runs backwards; write it as a list of two ranges"
        )
    return ",".join(map(str, range(first, last + 1, int(step or 1))))


def _value(text: str, field: _Field) -> int:
    if not _is_number(text):
        if text.lower() in field.names:
            return field.names.index(text.lower()) + field.low
        if field.names:
            raise ValueError(f"{field.name}: {unknown_name('name', text, field.names)}")
        raise ValueError(f"{field.name}: {text!r} is not a number from {field.low} to {field.high}")
    if not field.low <= int(text) <= field.high:
        raise ValueError(f"{field.name}: {text} is not within {field.low} to {field.high}")
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4
