"""Text made fit for a page: what no page can show left out, white space made single, what is too long cut."""

import re
import unicodedata

# Letters that run from right to left (Hebrew, Arabic and their kin): "ש", "س"; not "s", "7".
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_ISOLATE, _END = "\u2068", "\u2069"  # FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE
_LONGEST_ENDING = 5  # letters by which a state and its people differ: "istan" of "Afghanistan"
_SHORTEST_STEM = 4  # letters
_SHORTEST_HEAD = 2  # words of a title that stand before those that are kept together
_LONGEST_TAIL = 24  # letters of two words kept together
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})  # general categories: controls, formats, surrogates


def printable(text: str) -> str:
    """Return a text without what no page can show, its white space made single spaces."""
    return " ".join(without_controls(text).split())


def shorten(text: str, longest: int) -> str:
    """Return a text of at most *longest* characters, cut at a word where there is one, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    head, _, _ = cut.rpartition(" ")
    return f"{(head if len(head) > longest // 2 else cut).rstrip(' ,;:.')}…"


def without_controls(text: str) -> str:
    """Return a text without what no page can show, its white space of many kinds made spaces."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _shown(character) for character in text)


def runs_right_to_left(text: str) -> bool:
    """Whether a text holds letters that run from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """Return a text such that its direction does not turn round what stands beside it (Unicode Standard Annex 9)."""
    return f"{_ISOLATE}{text}{_END}" if runs_right_to_left(text) else text


def capitalised(text: str) -> str:
    """Return a text that begins with a capital, as a cell of a table does; "al-Qaida", spelt its own way, stays so."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0].islower() else text


def names_already(role: str, affiliation: str) -> bool:
    """Whether a role says by its words, by a demonym or by initials to whom its holder belongs.

    "President of Ukraine" does of Ukraine, "Afghan politician" of Afghanistan, "US senator" of the United States.
    """
    if affiliation.casefold() in role.casefold():
        return True
    words = [word.replace(".", "") for word in role.split()]
    names = [word for word in affiliation.split() if word[:1].isupper()]
    if len(names) > 1 and "".join(word[0] for word in names) in words:
        return True
    return bool(names) and all(any(_is_demonym(word, name) for word in words) for name in names)


def last_words(title: str) -> str:
    """Return the end of a title that no line break should part, so that no word stands alone; empty for none.

    It is the last two words, and a dash between them.
    """
    words = title.split(" ")
    count = 2 if len(words) < 2 or any(map(str.isalnum, words[-2])) else 3
    tail = " ".join(words[-count:])
    return tail if len(words) - count >= _SHORTEST_HEAD and len(tail) <= _LONGEST_TAIL else ""


def _is_demonym(word: str, name: str) -> bool:
    """Whether a word begins as a name does, and differs from it in the ending only: "Afghan", "Turkish"."""
    stem = name.casefold()[: max(_SHORTEST_STEM, len(name) - _LONGEST_ENDING)]
    return len(stem) >= _SHORTEST_STEM and word.casefold().startswith(stem)


def _shown(character: str) -> str:
    """Return what stands on the page for a character that Python does not call printable."""
    if character.isspace():
        return " "
    nothing = unicodedata.category(character) in _UNPRINTABLE or _is_noncharacter(ord(character))
    return "" if nothing else character


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
