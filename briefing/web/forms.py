"""The forms that act on a line: read their fields, and say why an act was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from starlette.requests import Request

from briefing.errors import ConflictError, ReviewError
from briefing.room.lines import LIST_LABELS, PageLine, shown
from briefing.web.pages import form_of

Fields = Mapping[str, Sequence[str]]
Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class Value:
    """Two values of one field that two people gave at the same time."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Refusal(Generic[Page]):
    """An act that was refused; the page offers to do it again."""

    page: Page  # of the brief or digest, as it is now
    line: PageLine | None
    message: str
    values: tuple[Value, ...]  # of a conflict
    action: str  # where the act is sent to again; empty if it cannot be done
    again: tuple[tuple[str, str], ...]  # the fields of the form as they were sent, but for "after"
    status: int

    @classmethod
    def of(cls, request: Request, page: Page, line: PageLine | None, error: ReviewError, given: Fields) -> Self:
        """Return why an act was refused; of a conflict, both values and the way to store one's own."""
        values: tuple[Value, ...] = ()
        if isinstance(error, ConflictError):
            names = [name for name in LIST_LABELS if name in error.mine or name in error.theirs]
            values = tuple(Value(LIST_LABELS[n], _value(error.theirs, n), _value(error.mine, n)) for n in names)
        again = tuple((name, text) for name, texts in given.items() for text in texts if name != "after")
        is_conflict = isinstance(error, ConflictError)
        action = request.url.path if is_conflict and line is not None else ""
        return cls(page, line, str(error), values, action, again, 409 if is_conflict else 422)


def fields_of(request: Request) -> Fields:
    """Return the texts of a form by name; a name may have several."""
    form = form_of(request)
    return {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in form}


def one(given: Fields, name: str) -> str:
    """Return the last text of a field; an empty string if the form lacks it."""
    return (given.get(name) or [""])[-1]


def number(given: Fields, name: str) -> int:
    """Return the number in a field; 0 if the field holds no number."""
    text = one(given, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def known(given: Fields) -> int | None:
    """Return the last act that the person knew of; None if the form does not say."""
    return number(given, "after") if given.get("after") else None


def _value(values: Mapping[str, object], name: str) -> str:
    return shown(values[name]) if name in values else "as before"
