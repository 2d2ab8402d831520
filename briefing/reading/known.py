"""What a feed, a mail or another container says of an article that it holds or names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.reading.canonical import clean, squash
from briefing.reading.urls import is_web_address

MAX_LINE = 500  # characters of a title or name
MAX_NAMES = 10


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article before it is read; None or empty where nothing is.

    The article itself outranks it: a feed's day is often that of its last change, its title cut or rewritten.
    """

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    published: date | None = None


def tidied(known: Known) -> Known:
    """Return it as it may be printed: lines without invisible characters, names in number, web addresses only."""
    return Known(
        title=tidy_line(known.title),
        url=known.url if is_web_address(known.url) else None,
        outlet=tidy_line(known.outlet),
        byline=_tidy_names(known.byline),
        published=known.published,
    )


def tidy_line(text: str | None) -> str | None:
    """Return a text as one clean line of at most ``MAX_LINE`` characters; None where nothing is left of it."""
    return (squash(clean(text).text.replace("\n", " "))[:MAX_LINE].strip() or None) if text else None


def _tidy_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in map(tidy_line, names) if name)[:MAX_NAMES]
