"""Prepare text for a page: remove unprintable characters, normalise white space, shorten."""

import re
import unicodedata

# Letters that run from right to left (Hebrew, Arabic and their kin): "ש", "س"; not "s", "7".
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_ISOLATE, _END = "\u2068", "\u2069"  # FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE
_LONGEST_ENDING = 5  # letters by which a country and its demonym differ: "istan" in "Afghanistan"
_SHORTEST_STEM = 4  # letters
_SHORTEST_HEAD = 2  # words of a title before the words that are kept together
_LONGEST_TAIL = 24  # letters of two words kept together
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})  # general categories: controls, formats, surrogates


def printable(text: str) -> str:
    """Return a text without unprintable characters, with single spaces."""
    return " ".join(without_controls(text).split())


def shorten(text: str, longest: int) -> str:
    """Return a text of at most *longest* characters; if it is cut, at a space if possible, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    head, _, _ = cut.rpartition(" ")
    return f"{(head if len(head) > longest // 2 else cut).rstrip(' ,;:.')}…"


def without_controls(text: str) -> str:
    """Return a text without unprintable characters, with each kind of white space as a space."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _shown(character) for character in text)


def runs_right_to_left(text: str) -> bool:
    """Return True if a text holds letters that run from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """Return a text isolated so that its direction does not affect its neighbours (Unicode Standard Annex 9)."""
    return f"{_ISOLATE}{text}{_END}" if runs_right_to_left(text) else text


def capitalised(text: str) -> str:
    """Return a text with a capital first letter, unless its first word has other capitals, as "al-Qaida"."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0].islower() else text


def names_already(role: str, affiliation: str) -> bool:
    """Return True if a role already names an affiliation, in words, by a demonym or by initials.

    "President of Ukraine" names Ukraine, "Afghan politician" Afghanistan, "US senator" the United States.
    """
    if affiliation.casefold() in role.casefold():
        return True
    words = [word.replace(".", "") for word in role.split()]
    names = [word for word in affiliation.split() if word[:1].isupper()]
    if len(names) > 1 and "".join(word[0] for word in names) in words:
        return True
    return bool(names) and all(any(is_demonym(word, name) for word in words) for name in names)


def last_words(title: str) -> str:
    """Return the end of a title that should stay on one line, so that no word is alone; may be empty.

    It is the last two words, with a dash between them if there is one.
    """
    words = title.split(" ")
    count = 2 if len(words) < 2 or any(map(str.isalnum, words[-2])) else 3
    tail = " ".join(words[-count:])
    return tail if len(words) - count >= _SHORTEST_HEAD and len(tail) <= _LONGEST_TAIL else ""


def is_demonym(word: str, name: str) -> bool:
    """Return True if a word is like a name except for its ending: "Afghan", "Turkish"."""
    stem = name.casefold()[: max(_SHORTEST_STEM, len(name) - _LONGEST_ENDING)]
    return len(stem) >= _SHORTEST_STEM and word.casefold().startswith(stem)


def _shown(character: str) -> str:
    """Return the replacement for a character that Python does not call printable."""
    if character.isspace():
        return " "
    nothing = unicodedata.category(character) in _UNPRINTABLE or _is_noncharacter(ord(character))
    return "" if nothing else character


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
