"""YAML front matter: metadata that a person wrote above the article."""

import re
from dataclasses import dataclass
from datetime import date

from briefing.errors import ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.dates import parse_day
from briefing.reading.known import tidy_line
from briefing.reading.urls import is_web_address
from briefing.runtime.yaml_text import read_yaml

KEYS = ("title", "date", "outlet", "url", "byline")
_WHERE = "front matter"  # place in a notice
MAX_CHARACTERS = 8_000  # a longer block is text between two rules

# "---\ntitle: X\n---\n" at the very start; not: a rule with an empty line under it.
_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\n(?=[^\n]*\S)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PLAIN_LINE = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of the front matter; None or empty where a field is missing."""

    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    byline: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str, tuple[Notice, ...]]:
    """Return the front matter, the text below it, and notices; text without front matter is returned whole.

    *text* has unified line ends. A block that is not valid YAML, such as ``title: Talks: day two``, is read line by
    line as a fallback.
    """
    block = _BLOCK.match(text[: MAX_CHARACTERS + 1])
    if block is None:
        return FrontMatter(), text, ()
    notices: list[Notice] = []
    fields = _yaml_fields(block[1])
    if fields is None:
        fields = _plain_fields(block[1])
        notices.append(notice("invalid-front-matter", _WHERE))
    if not any(key in fields for key in KEYS):
        return FrontMatter(), text, ()
    unknown = [repr(key[:60]) for key in fields if key not in KEYS]
    notices += [notice("unknown-front-matter", _WHERE, field=key, fields=", ".join(KEYS)) for key in unknown]
    published = _day(fields.get("date"))
    if published is None and fields.get("date") not in (None, ""):
        notices.append(notice("invalid-date.front-matter", _WHERE, written=repr(str(fields["date"])[:60])))
    url = _line(fields.get("url"))
    if url is not None and not is_web_address(url):
        notices.append(notice("invalid-url", _WHERE, written=repr(url[:60])))
        url = None
    matter = FrontMatter(
        title=_line(fields.get("title")),
        published=published,
        outlet=_line(fields.get("outlet")),
        url=url,
        byline=_names(fields.get("byline")),
    )
    return matter, text[block.end() :], tuple(notices)


def _yaml_fields(block: str) -> dict[str, object] | None:
    try:
        fields = read_yaml(block, "front matter", texts=True).value
    except ReadingError:
        return None
    if not isinstance(fields, dict):
        return {}
    return {key.strip().lower(): value for key, value in fields.items()}


def _plain_fields(block: str) -> dict[str, object]:
    found = (_PLAIN_LINE.match(line) for line in block.splitlines())
    return {match[1].lower(): match[2].strip().strip("\"'") for match in found if match}


def _day(value: object) -> date | None:
    return parse_day(value.strip()) if isinstance(value, str) else None


def _line(value: object) -> str | None:
    return tidy_line(str(value)) if isinstance(value, str | int | float) else None


def _names(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(name for name in map(_line, values[:20]) if name)
