"""Datelines: "MOSCOW, July 22. /TASS/.", "WASHINGTON (Reuters) -", "NEW YORK --".

A dateline is read piece by piece: a place, then a country, a day or an agency in any order, then a separator. Clear
pieces need less support from others, so that "NATO - which ..." is not a dateline.
"""

import re
from dataclasses import dataclass
from functools import cache

from briefing.reading.dates import DAY, MONTH, WEEKDAY, Day, day_of
from briefing.runtime.lexicon import word_pattern, word_set

MAX_LENGTH = 160  # characters in which a dateline must end

_WORD = r"[^\W\d_][\w.'’ʻ`-]*"
# "MOSCOW", "TOKYO/SEOUL", "St. Petersburg"; all capitals unless the other pieces are clear.
_PLACE = re.compile(rf"{_WORD}(?:(?: |/| / ){_WORD}){{0,4}}")
_COUNTRY = re.compile(
    rf",\s?(?P<name>{_WORD}(?: {_WORD}){{0,3}})|\s?[\[(](?P<bracketed>{_WORD}(?: {_WORD}){{0,3}})[\])]"
)
_DAY = re.compile(rf"[\s,.:|–—(]{{0,3}}{DAY}\)?")
_SEPARATOR = re.compile(r"[\s.]{0,3}(?:--+|[-–—―_])\s{0,2}|\s?:\s{0,2}|\s?\.\s|\s?\.?-\s|\s*\.?\Z")
# After a place and a day, any name in brackets is an agency: "(Daily Mirror)", "/PRNewswire/".
_SOME_AGENCY = re.compile(r"[\s,.]{0,3}(?:\(([A-Z][\w .'-]{1,30})\)|/([A-Z][\w .'-]{1,30})/)")
# Matches "(Beirut) – The talks", "(New York, July 22, 2018) – The talks"; then "By Anna Novak, Washington: The talks".
_BRACKETED = re.compile(r"\((?P<inner>[^()]{3,60})\)\s?(?:--|[-–—:])\s")
_REPORTED_FROM = re.compile(r"By (?:[A-Z][\w.'’-]+ ){1,3}?[A-Z][\w.'’-]+, (?P<inner>[A-Z][\w ]{2,30}):\s")
_DASH_OR_COLON = re.compile(r"[\s.]{0,3}(?:--+|[-–—―_:])(?:\s|\Z)|(?:--|[–—―])")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")  # "D.C."
_SENTENCE_START = re.compile(r"[\"“‘'«`(\[$€£#]{0,3}[A-ZÀ-Þ0-9]")


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline at the start of a paragraph; *end* is where its sentence begins, a character offset."""

    end: int
    place: str | None
    day: Day | None
    agency: str | None


@dataclass(slots=True)
class _Pieces:
    place: str = ""
    day: Day | None = None
    agency: str | None = None
    end: int = 0


def find_dateline(paragraph: str, *, first: bool = True, outlet: str | None = None) -> FoundDateline | None:
    """Return the dateline at the start of a paragraph, or None.

    Args:
        paragraph: A paragraph of canonical text.
        first: Whether it is the first of the body, where a bare "ROME --" is a dateline too.
        outlet: The publication, which may replace the place: "ALBAWABA - ".
    """
    head = paragraph[:MAX_LENGTH]
    wrapped = (_BRACKETED.match(head) or _REPORTED_FROM.match(head)) if first else None
    if wrapped is not None and (found := find_dateline(f"{wrapped['inner']} – ")) and _is_city(found.place):
        return FoundDateline(end=wrapped.end(), place=found.place, day=found.day, agency=None)
    pieces = _pieces(head, outlet)
    if pieces is None:
        return None
    end = _sentence_start(head, pieces, first=first)
    if end is None or not (end == len(paragraph) or _SENTENCE_START.match(head, end) or pieces.agency):
        return None
    place = _title_case(pieces.place) if pieces.place else None
    return FoundDateline(end=end, place=place, day=pieces.day, agency=pieces.agency)


def agency_pattern() -> str:
    """Return a regular expression for the names of agencies."""
    return word_pattern(__name__, "agencies")


@cache
def agencies() -> frozenset[str]:
    """Return the names of agencies, case-folded."""
    return frozenset(name.casefold() for name in word_set(__name__, "agencies"))


def _pieces(head: str, outlet: str | None) -> _Pieces | None:
    pieces = _Pieces()
    if not _take_agency(head, pieces):
        place = _PLACE.match(head)
        if place is None:
            return None
        _take_place(place[0], head, pieces)
        name = _squashed(pieces.place)
        publisher = (_is_capital(pieces.place) and name in _folded("agencies")) or (
            outlet and name == _squashed(outlet)
        )
        if publisher and _DASH_OR_COLON.match(head, pieces.end):
            pieces.agency, pieces.place = pieces.place, ""
    else:
        bracket = re.compile(r"[\s–—-]{1,3}").match(head, pieces.end)  # "(ANSA) - Rome, July 22 - "
        place = _PLACE.match(head, bracket.end()) if bracket else None
        rest = _DAY.match(head, place.end()) if place else None
        if place and rest:
            pieces.place, pieces.end = place[0], place.end()
    for _ in range(4):
        if not (_take_day(head, pieces) or _take_agency(head, pieces) or _take_country(head, pieces)):
            break
    return pieces


def _take_place(words: str, head: str, pieces: _Pieces) -> None:
    """Take the longest run of capitals as the place; else all words before the next piece."""
    capitals = re.match(r"[^\W\d_](?:[^\W\d_a-zà-ÿ]|[.'’`/ -])*(?![\w])", words)
    place = capitals[0] if capitals and _is_capital(capitals[0]) else words
    place = re.sub(r"[ ./-]+\Z", "", place) if not re.search(r"\b[A-Z]\.[A-Z]\.\Z", place) else place
    if re.match(r"\.?\s\d", head[len(place) :]):  # "Kyiv. July" of "Kyiv. July 22."
        place = re.sub(rf"[.\s]+{MONTH}\Z", "", place, flags=re.IGNORECASE)
    if all(
        word[0].isupper() or word in word_set(__name__, "small_in_names") for word in re.split(r"[ /]+", place) if word
    ):
        pieces.place, pieces.end = place, len(place)


def _take_day(head: str, pieces: _Pieces) -> bool:
    found = _DAY.match(head, pieces.end)
    if found is None or pieces.day is not None:
        return False
    if head[pieces.end : pieces.end + 2].strip()[:1].isalnum() and not _is_capital(pieces.place):
        return False  # "On July 22": no separator before the day
    pieces.day = day_of(found)
    if pieces.day is None:
        return False
    pieces.end = found.end()
    return True


def _take_agency(head: str, pieces: _Pieces) -> bool:
    if pieces.agency is not None:
        return False
    found = _agency().match(head, pieces.end)
    if found is None and pieces.place and pieces.day is not None:
        found = _SOME_AGENCY.match(head, pieces.end)
    if found is None:
        return False
    pieces.agency = next(name for name in found.groups() if name)
    pieces.end = found.end()
    return True


def _take_country(head: str, pieces: _Pieces) -> bool:
    """Take "Nigeria" of "ABUJA, Nigeria (AP)", if it is a name before a dash or bracket."""
    found = _COUNTRY.match(head, pieces.end)
    if found is None or not pieces.place:
        return False
    name = found["name"] or found["bracketed"]
    if not all(word[0].isupper() or word in word_set(__name__, "small_in_names") for word in name.split()):
        return False
    month = re.search(rf"(?:^|\s)(?=(?:{DAY}))", name)
    if month:
        return False
    follows = head[found.end() : found.end() + 3].lstrip(" .")
    if not follows.startswith(("-", "–", "—", "―", "_", "(", ":", ",", "/", "[")) and found["name"]:
        return False
    pieces.end = found.end()
    return True


def _sentence_start(head: str, pieces: _Pieces, *, first: bool) -> int | None:
    """Return where the sentence begins if the pieces form a dateline; else None."""
    place, capital = pieces.place, _is_capital(pieces.place)
    if re.fullmatch(rf"{WEEKDAY}|{MONTH}", place, re.IGNORECASE) or _squashed(place) in _folded("not_places"):
        return None
    known = _is_city(place)
    separator = _SEPARATOR.match(head, pieces.end)
    if pieces.agency and (not place or capital or known or pieces.day or _DASH_OR_COLON.match(head, pieces.end)):
        return (
            separator.end()
            if separator
            else pieces.end + len(head[pieces.end :]) - len(head[pieces.end :].lstrip(" .:"))
        )
    if pieces.agency:
        return None
    if separator is None:
        return None
    if pieces.day is not None:
        alone = pieces.day.year is not None and separator.end() == len(head)
        return separator.end() if place and (capital or known or alone) else None
    mark = _DASH_OR_COLON.match(head, pieces.end)
    likely = known or (capital and len(_squashed(place)) > 4 and re.search(r"[AEIOUYÀ-Þ]", place) is not None)
    if not known and mark and ":" in mark[0] and " " not in place:
        return None  # "SUMMARY: The court ..."
    return (
        mark.end() + len(head[mark.end() :]) - len(head[mark.end() :].lstrip()) if mark and first and likely else None
    )


def _is_city(place: str | None) -> bool:
    """Return True if a place, or each part of "TOKYO/SEOUL", is a city that datelines name without its country."""
    parts = [part for part in (place or "").split("/") if part.strip()]
    return bool(parts) and all(_squashed(part) in _folded("cities") for part in parts)


def _is_capital(place: str) -> bool:
    return len(place) > 2 and place.upper() == place and place.lower() != place


def _title_case(place: str) -> str:
    """Return "MOSCOW" as "Moscow", "TOKYO/SEOUL" as "Tokyo/Seoul"; names with small letters stay."""
    if not _is_capital(place):
        return place
    words = re.split(r"([ /-]|(?<=\b[A-Z])['’])", place)
    cased = [word if _INITIALS.fullmatch(word) else word[:1] + word[1:].lower() for word in words]
    return "".join(
        w.lower() if n and w.lower() in word_set(__name__, "small_in_names") and words[n - 1] != "/" else w
        for n, w in enumerate(cased)
    )


@cache
def _agency() -> re.Pattern[str]:
    """Return the pattern of an agency in brackets, between slashes, or between commas before a dash."""
    name = agency_pattern()
    return re.compile(
        rf"(?:[\s,.]{{0,3}}|--)(?:[(\[]({name})(?:[/,;&+ -][^()\[\]]{{0,40}})?[)\]]|/({name})/"
        rf"|(?<=[,.])\s?({name})(?=\s?[-–—.:]))"
    )


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(_squashed(word) for word in word_set(__name__, name))


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
