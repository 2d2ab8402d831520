"""Metadata of an article from outside it: from a feed, a mail or another container."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.reading.canonical import clean, squash
from briefing.reading.urls import is_web_address

MAX_LINE = 500  # characters of a title or name
MAX_NAMES = 10


@dataclass(frozen=True, slots=True)
class Known:
    """Metadata known before an article is read; None or empty where unknown.

    The article itself outranks it: the day in a feed is often that of the last change, and its title is often cut or
    rewritten.
    """

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    published: date | None = None


def tidied(known: Known) -> Known:
    """Return metadata that is safe to print: clean lines, a limited number of names, and only web addresses."""
    return Known(
        title=tidy_line(known.title),
        url=known.url if is_web_address(known.url) else None,
        outlet=tidy_line(known.outlet),
        byline=_tidy_names(known.byline),
        published=known.published,
    )


def tidy_line(text: str | None) -> str | None:
    """Return a text as one clean line of at most ``MAX_LINE`` characters; None if nothing is left."""
    return (squash(clean(text).text.replace("\n", " "))[:MAX_LINE].strip() or None) if text else None


def _tidy_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in map(tidy_line, names) if name)[:MAX_NAMES]
