"""A sentence as symbols of time: the alphabet over which the grammar of time expressions is written."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from briefing.language.lexicon import read_lexicon

# Words, numbers and marks: "July", "p.m.", "31st", "2,000", "1990s", "10:30", "2018-07-22", ","; not white space.
_PIECE = r"""
    (?P<FEAST>\b(?:{feasts})\b)
    |(?P<DOTTED>\b(?:{abbreviations})\.)
    |(?P<HALF>\b[QH][1-4])\b
    |(?P<AMPM>(?<=[0-9\s])[ap](?:\.\s?m\b\.?|m\b))
    |(?P<WORD>[^\W\d_]+)
    |(?P<ISO>[0-9]{{4}}-[0-9][0-9]-[0-9][0-9](?:T[0-9][0-9]:[0-9][0-9])?)(?![0-9])
    |(?P<NUMERIC>[0-9]{{1,2}}(?:/[0-9]{{1,2}}/|\.[0-9]{{1,2}}\.)[0-9]{{4}})(?![0-9])
    |(?P<CLOCK>[0-9]{{1,2}}(?::[0-9][0-9](?::[0-9][0-9])?|\.[0-9][0-9](?=\s?[ap]\.?\s?m\b)|(?=\s?[ap]\.?\s?m\b)))(?![0-9])
    |(?P<TENS>[0-9]{{3}}0s|['’][0-9]0s)\b
    |(?P<ORD>[0-9]{{1,2}}(?:st|nd|rd|th))\b
    |(?P<NUM>[0-9]+(?:[.,][0-9]+)+)
    |(?P<DIGITS>[0-9]+)
    |(?P<GENITIVE>['’]s?(?!\w))
    |(?P<SHORT>['’][0-9][0-9])(?!\w)
    |(?P<MARK>\S)
"""
_MARKS = {"-": "-", "–": "-", "—": "-", ",": ",", "/": "/", "$": "$", "€": "$", "£": "$", "¥": "$"}

# Words that the grammar names and no list of the lexicon holds: each is its own symbol.
_GRAMMAR_WORDS = (
    "a after ago an and as at before between by century comparable couple day decade dozen during each ended"
    " ending every fiscal for foreseeable fortnight from full future half hour in latest least less local minute"
    " month more near no of old on once or over per period quarter recent same second since soon starting than that the"
    " these through throughout till to tonight trading twice until up week weekend within year"
)
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
    "DAYPART": "day_parts",
    "DAYPARTS": "day_parts_many",
    "HOUR": "hours",
    "TODAY": "deictic_days",
    "REF": "references",
    "SHIFT": "deictics",
    "EDGE": "parts",
    "END": "ends",
    "ABOUT": "approximate",
    "OFTEN": "frequencies",
    "ZONE": "zones",
}
_CAPITALISED = frozenset({"MONTH", "MON", "WD"})
# The last two digits of a spoken year: "ninety-six", "eleven".
_SPOKEN_CENTURIES = (18, 19, 20)


class TimeToken(NamedTuple):
    """A word of a text as the grammar sees it."""

    symbol: (
        str  # "MONTH", "DAY", ...; a word that the grammar names is its own symbol; "_" other words, "." other marks
    )
    value: str | int  # what the calendar needs to know: 7, "MO", "PRESENT_REF"
    start: int  # characters, in the text that was read
    end: int


def time_tokens(text: str, start: int, end: int) -> list[TimeToken]:
    """Return the words and marks of ``text[start:end]`` as symbols."""
    words = _words()
    tokens: list[TimeToken] = []
    spoken = False
    for match in _piece().finditer(text, start, end):
        written = match.group()
        kind = match.lastgroup or ""
        symbol: str
        value: str | int
        if kind == "WORD":
            symbol, value = words.get(written.lower(), ("_", ""))
            if symbol in _CAPITALISED and not written[0].isupper():
                symbol = "_"
            spoken = spoken or (symbol == "NUM" and value in (*_SPOKEN_CENTURIES, 1000))
        elif kind == "MARK":
            symbol, value = _MARKS.get(written, "."), written
        else:
            symbol, value = _READERS[kind](written) if kind in _READERS else (kind, written)
        tokens.append(TimeToken(symbol, value, match.start(), match.end()))
    return _with_spoken_years(tokens) if spoken else tokens


def _with_spoken_years(tokens: list[TimeToken]) -> list[TimeToken]:
    """Join "nineteen ninety-six" and, after "year", "two thousand" into one token each."""
    joined: list[TimeToken] = []
    index = 0
    while index < len(tokens):
        year, length = _spoken_year(tokens, index)
        token = tokens[index]
        joined.append(TimeToken("YEAR", year, token.start, tokens[index + length - 1].end) if year else token)
        index += length
    return joined


def _spoken_year(tokens: list[TimeToken], index: int) -> tuple[int, int]:
    """Return the year that is spoken from *index* on and how many tokens it takes; (0, 1) where there is none."""
    values = [t.value if t.symbol == "NUM" and isinstance(t.value, int) else 0 for t in tokens[index : index + 4]]
    values += [0] * (4 - len(values))
    if values[:2] == [2, 1000] and index > 0 and tokens[index - 1].symbol == "year":
        return 2000, 2
    if values[0] not in _SPOKEN_CENTURIES or not 10 <= values[1] <= 99:
        return 0, 1
    year = 100 * values[0] + values[1]
    if values[1] % 10 or values[1] == 10:
        return year, 2
    hyphen = index + 2 < len(tokens) and tokens[index + 2].symbol == "-"
    ones = values[3] if hyphen else values[2]
    return (year + ones, 4 if hyphen else 3) if 1 <= ones <= 9 else (year, 2)


def _digits(written: str) -> tuple[str, int]:
    number = int(written) if len(written) <= 4 and written.isascii() else 0
    if len(written) <= 2 and 1 <= number <= 31:
        return "DAY", number
    return ("YEAR" if len(written) == 4 and 1000 <= number < 2200 else "NUM"), number


def _tens(written: str) -> tuple[str, str]:
    return "TENS", written[:3] if written[0].isdigit() else f"19{written[1]}"


def _dotted(written: str) -> tuple[str, str | int]:
    symbol, value = _words()[written[:-1].lower()]
    return ("_" if not written[0].isupper() else "MONTH" if symbol == "MON" else symbol), value


_READERS: dict[str, Callable[[str], tuple[str, str | int]]] = {
    "DIGITS": _digits,
    "TENS": _tens,
    "DOTTED": _dotted,
    "ORD": lambda written: ("ORD", int(written[:-2])),
    "NUM": lambda _: ("NUM", 0),
    "GENITIVE": lambda written: ("'s", written),
}


@cache
def _words() -> Mapping[str, tuple[str, str | int]]:
    """Return the symbol and value of each word that the grammar knows."""
    lexicon = read_lexicon("times")
    words: dict[str, tuple[str, str | int]] = {word: (word, word) for word in _GRAMMAR_WORDS.split()}
    for symbol, key in _LISTS.items():
        entries = lexicon[key]
        for word in entries:
            # Of a deictic the word itself says more than its distance.
            value = entries[word] if isinstance(entries, Mapping) and symbol != "SHIFT" else word
            words.setdefault(word, (symbol, value))
    return words


@cache
def _piece() -> re.Pattern[str]:
    lexicon = read_lexicon("times")
    abbreviations = "|".join([*lexicon["month_abbreviations"], *lexicon["weekday_abbreviations"]])
    feasts = "|".join(
        re.escape(feast).replace("\\ ", r"\s").replace("'", "['’]")
        for feast in sorted([*lexicon["feasts"], *lexicon["weekday_feasts"]], key=len, reverse=True)
    )
    return re.compile(_PIECE.format(abbreviations=abbreviations, feasts=feasts), re.VERBOSE | re.IGNORECASE)
