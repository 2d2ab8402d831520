"""The symbols of a sentence that the grammar of time expressions works on."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from briefing.runtime.lexicon import read_lexicon

# Words, numbers and marks: matches "July", "p.m.", "31st", "2,000", "1990s", "10:30", ","; not white space.
_PIECE = re.compile(
    r"""(?P<HALF>\b[QH][1-4])\b
    |(?P<AMPM>[aApP](?<=[0-9\s].)(?:\.\s?[mM]\b\.?|[mM]\b))
    |(?P<WORD>[^\W\d_]+)
    |(?P<ISO>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z?)?)(?![0-9])
    |(?P<NUMERIC>[0-9]{1,2}(?:/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{4})(?![0-9])
    |(?P<CLOCK>[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|(?:\.[0-9]{2})?(?=\s?[aApP]\.?\s?[mM]\b)))(?![0-9])
    |(?P<TENS>[0-9]{3}0s|['’][0-9]0s)\b
    |(?P<ORD>[0-9]{1,2}(?:st|nd|rd|th))\b
    |(?P<NUM>[0-9]+(?:[.,][0-9]+)+)
    |(?P<DIGITS>[0-9]+)
    |(?P<GENITIVE>['’]s?(?!\w))
    |(?P<SHORT>['’][0-9]{2})(?!\w)
    |(?P<MARK>\S)""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = {"-": "-", "–": "-", "—": "-", ",": ",", "/": "/", "$": "$", "€": "$", "£": "$", "¥": "$"}

# Words in the grammar that are in no list of the lexicon; each is its own symbol.
_GRAMMAR_WORDS = (
    "a after ago an and as at before between by century comparable couple day decade dozen during each ended"
    " ending every fiscal for foreseeable fortnight from full future half hour in latest least less local minute"
    " month more near no of old on once or over per period quarter recent same second since soon starting than that the"
    " these through throughout till to tonight trading twice until up week weekend within year"
)
# Every time expression has one of these symbols.
_TIME = (
    "MONTH MON WEEKDAY WEEKDAYS YEAR HALF ISO NUMERIC FEAST SEASON TENS TODAY SHIFT REF OFTEN CLOCK HOUR ZONE DAYPART"
    " DAYPARTS UNITS day week fortnight month quarter year decade century hour minute half tonight weekend soon future"
    " latest"
)
TIME_SYMBOLS = frozenset(_TIME.split())
# The symbol for the words of each list of the lexicon.
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
# First numbers of a spoken year: "nineteen ninety-six", "two thousand".
_SPOKEN_CENTURIES = (18, 19, 20)
_SPOKEN_STARTS = (*_SPOKEN_CENTURIES, 1000)
_OTHER_WORD = ("_", "")


class TimeToken(NamedTuple):
    """A word of the text with its symbol for the grammar."""

    symbol: str  # "MONTH", "DAY", ...; a word of the grammar itself; "_" for other words, "." for other marks
    value: str | int  # value for the calendar: 7, "MO", "PRESENT_REF"
    start: int  # characters
    end: int


def may_hold_time(text: str, start: int, end: int) -> bool:
    """Return True if ``text[start:end]`` has a digit or a word that every time expression needs."""
    if _DIGIT.search(text, start, end):
        return True
    return not _time_words().isdisjoint(_LETTERS.findall(text[start:end].lower()))


def time_tokens(text: str, start: int, end: int) -> list[TimeToken]:
    """Return the words and marks of ``text[start:end]`` as symbols."""
    words = _words()
    tokens: list[TimeToken] = []
    spoken = False
    read = start  # end of the last token
    for match in _PIECE.finditer(text, start, end):
        if match.start() < read:
            continue
        written, kind, read = match.group(), match.lastgroup or "", match.end()
        symbol: str
        value: str | int
        if kind == "WORD":
            symbol, value = words.get(written.lower(), _OTHER_WORD)
            if symbol in _CAPITALISED and not written[0].isupper():
                symbol = "_"
            elif symbol in ("MON", "WD") and text.startswith(".", read) and read < end:
                symbol, read = "MONTH" if symbol == "MON" else symbol, read + 1
            elif symbol == "FEAST":
                feast = _feast().match(text, match.start(), end)
                symbol, value, read = ("FEAST", feast.group(), feast.end()) if feast else ("_", "", read)
            spoken = spoken or (symbol == "NUM" and value in _SPOKEN_STARTS)
        elif kind == "MARK":
            symbol, value = _MARKS.get(written, "."), written
        else:
            symbol, value = _READERS[kind](written) if kind in _READERS else (kind, written)
        tokens.append(TimeToken(symbol, value, match.start(), read))
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
    """Return the spoken year at *index* and its number of tokens; (0, 1) otherwise."""
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


_READERS: dict[str, Callable[[str], tuple[str, str | int]]] = {
    "DIGITS": _digits,
    "TENS": _tens,
    "ORD": lambda written: ("ORD", int(written[:-2])),
    "NUM": lambda written: ("NUM", int(written.replace(",", "")) if "." not in written and len(written) < 8 else 0),
    "GENITIVE": lambda written: ("'s", written),
}


@cache
def _words() -> Mapping[str, tuple[str, str | int]]:
    """Return the symbol and value of each word in the grammar."""
    lexicon = read_lexicon(__name__)
    words: dict[str, tuple[str, str | int]] = {word: (word, word) for word in _GRAMMAR_WORDS.split()}
    for symbol, key in _LISTS.items():
        entries = lexicon[key]
        for word in entries:
            # The rules need the deictic word itself, not only its distance.
            value = entries[word] if isinstance(entries, Mapping) and symbol != "SHIFT" else word
            words.setdefault(word, (symbol, value))
    for feast in (*lexicon["feasts"], *lexicon["weekday_feasts"]):
        words[feast.split()[0].rstrip(".")] = ("FEAST", "")
    return words


@cache
def _time_words() -> frozenset[str]:
    """Return the words whose symbol is in ``TIME_SYMBOLS``, and those that begin a spoken year."""
    return frozenset(
        word for word, (symbol, value) in _words().items() if symbol in TIME_SYMBOLS or value in _SPOKEN_STARTS
    )


@cache
def _feast() -> re.Pattern[str]:
    """Return a pattern for a feast: "New Year's Day", not "new year"."""
    names = sorted((*calendar("feasts"), *calendar("weekday_feasts")), key=len, reverse=True)
    patterns = (re.escape(name).replace("\\ ", r"\s").replace("'", "['’]") for name in names)
    return re.compile(rf"(?:{'|'.join(patterns)})\b", re.IGNORECASE)


def calendar(name: str) -> Mapping[str, Any]:
    """Return the words of a list, each with its meaning for the calendar: "weekdays", "deictics", "feasts"."""
    meanings: Mapping[str, Any] = read_lexicon(__name__)[name]
    return meanings
