"""A sentence as symbols of time: the alphabet over which the grammar of time expressions is written."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from briefing.language.lexicon import read_lexicon

# Words, numbers and marks: "July", "p.m.", "31st", "2,000", "1990s", "10:30", "2018-07-22", ","; not white space.
_PIECE = r"""
    (?P<FEAST>\b(?:{feasts})\b)
    |(?P<DOTTED>\b(?:{abbreviations})\.)
    |(?P<HALF>\b[QH][1-4])\b
    |(?P<AMPM>(?<=[\d\s])[ap](?:\.\s?m\b\.?|m\b))
    |(?P<WORD>[^\W\d_]+)
    |(?P<ISO>\d{{4}}-\d\d-\d\d(?:T\d\d:\d\d)?)(?!\d)
    |(?P<NUMERIC>\d{{1,2}}(?:/\d{{1,2}}/|\.\d{{1,2}}\.)\d{{4}})(?!\d)
    |(?P<CLOCK>\d{{1,2}}(?::\d\d(?::\d\d)?|\.\d\d(?=\s?[ap]\.?\s?m\b)|(?=\s?[ap]\.?\s?m\b)))(?!\d)
    |(?P<TENS>\d{{3}}0s|['’]\d0s)\b
    |(?P<ORD>\d{{1,2}}(?:st|nd|rd|th))\b
    |(?P<NUM>\d+(?:[.,]\d+)+)
    |(?P<DIGITS>\d+)
    |(?P<GENITIVE>['’]s?(?!\w))
    |(?P<SHORT>['’]\d\d)(?!\w)
    |(?P<MARK>\S)
"""
_MARKS = {"-": "-", "–": "-", "—": "-", ",": ",", "/": "/"}

# Words that the grammar names and no list of the lexicon holds: each is its own symbol.
_GRAMMAR_WORDS = frozenset(
    "a ago after an and as at before between century couple day decade dozen each ended ending every fiscal for"
    " foreseeable fortnight from future half hour in least less minute month more most near of old on or over per quarter recent"
    " same second since so than that the then these those through till time to tonight until up week weekend weekends"
    " within year".split()
)


class TimeToken(NamedTuple):
    """A word of a text as the grammar sees it."""

    symbol: str  # "MONTH", "DAY", ...; a word that the grammar names is its own symbol; "_" is any other
    value: str | int  # what the calendar needs to know: 7, "MO", "PRESENT_REF"
    start: int  # characters, in the text that was read
    end: int


def time_tokens(text: str, start: int, end: int) -> list[TimeToken]:
    """Return the words of ``text[start:end]`` as symbols."""
    words = _words()
    tokens: list[TimeToken] = []
    for match in _piece().finditer(text, start, end):
        written = match.group()
        kind = match.lastgroup or ""
        if kind == "WORD":
            symbol, value = words.get(written.lower(), ("_", ""))
            if symbol in ("MONTH", "MON", "WD") and not written[0].isupper():
                symbol = "_"
        elif kind == "MARK":
            symbol, value = _MARKS.get(written, "_"), written
        else:
            symbol, value = _READERS.get(kind, _as_written)(kind, written)
        tokens.append(TimeToken(symbol, value, match.start(), match.end()))
    return tokens


def _as_written(kind: str, written: str) -> tuple[str, str | int]:
    return kind, written


def _digits(kind: str, written: str) -> tuple[str, str | int]:
    number = int(written) if len(written) <= 4 else 0
    if len(written) <= 2 and 1 <= number <= 31:
        return "DAY", number
    return ("YEAR" if len(written) == 4 and 1000 <= number < 2200 else "NUM"), number


def _tens(kind: str, written: str) -> tuple[str, str | int]:
    return kind, written[:3] if written[0].isdigit() else f"19{written[1]}"


def _dotted(kind: str, written: str) -> tuple[str, str | int]:
    symbol, value = _words()[written[:-1].lower()]
    if not written[0].isupper():
        return "_", written
    return ("MONTH" if symbol == "MON" else symbol), value


_READERS = {
    "DIGITS": _digits,
    "TENS": _tens,
    "DOTTED": _dotted,
    "ORD": lambda kind, written: (kind, int(written[:-2])),
    "NUM": lambda kind, written: (kind, 0),
    "GENITIVE": lambda kind, written: ("'s", written),
}


@cache
def _words() -> Mapping[str, tuple[str, str | int]]:
    """Return the symbol and value of each word that the grammar knows."""
    lexicon = read_lexicon("times")
    words: dict[str, tuple[str, str | int]] = {word: (word, word) for word in _GRAMMAR_WORDS}
    for symbol, key in _LISTS.items():
        entries = lexicon[key]
        named = symbol == "SHIFT" or not isinstance(entries, Mapping)  # the word itself says more than its distance
        pairs = ((word, word) for word in entries) if named else entries.items()
        words.update((word, (symbol, value)) for word, value in pairs if word not in words)
    return words


# Symbols and the lists of the lexicon whose words they stand for.
_LISTS = {
    "MONTH": "months",
    "MON": "month_abbreviations",
    "WEEKDAY": "weekdays",
    "WD": "weekday_abbreviations",
    "WEEKDAYS": "weekdays_many",
    "UNITS": "units_many",
    "NUM": "cardinals",
    "FEW": "vague",
    "ORD": "ordinals",
    "TENS": "decades",
    "SEASON": "seasons",
    "SEASONS": "seasons_many",
    "DAYPART": "day_parts",
    "DAYPARTS": "day_parts_many",
    "HOUR": "hours",
    "TODAY": "deictic_days",
    "REF": "references",
    "SHIFT": "deictics",
    "EDGE": "parts",
    "ABOUT": "approximate",
    "OFTEN": "frequencies",
    "ZONE": "zones",
}


@cache
def _piece() -> re.Pattern[str]:
    lexicon = read_lexicon("times")
    abbreviations = "|".join([*lexicon["month_abbreviations"], *lexicon["weekday_abbreviations"]])
    feasts = "|".join(
        re.escape(feast).replace("\\ ", r"\s").replace("'", "['’]")
        for feast in sorted(lexicon["feasts"], key=len, reverse=True)
    )
    return re.compile(_PIECE.format(abbreviations=abbreviations, feasts=feasts), re.VERBOSE | re.IGNORECASE)
