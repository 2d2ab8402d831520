"""Leaders whose states English news seldom names, because its readers know them: "President Chirac"."""

import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

from briefing.runtime.lexicon import read_lexicon

_HEADS_OF_GOVERNMENT = frozenset({"premier", "chancellor", "taoiseach"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_SHORTEST = 3  # letters of a name of one word


def state_led(name: str, office: str, states: Collection[str]) -> str | None:
    """Return the one of *states* that a person leads or led, if it is known; otherwise None.

    Args:
        name: As the article writes it, whole or in part.
        office: It tells presidents, and vice presidents, from heads of government: "Vice President", "Prime Minister".
        states: The standard names of those that the article mentions.
    """
    words = _words_of(name)
    found = {state for state, leader in _leaders(office) if state in states and _is_name_of(words, leader)}
    return found.pop() if len(found) == 1 else None


def _leaders(office: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the known holders of such an office: state, words of the name."""
    words = office.casefold().replace("-", " ").split()
    if words[-1:] == ["president"]:
        return _holders("presidents")
    heads = words[-2:] == ["prime", "minister"] or not _HEADS_OF_GOVERNMENT.isdisjoint(words[-1:])
    return _holders("heads_of_government") if heads else ()


@cache
def _holders(office: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    leaders = read_lexicon(__name__)[office].items()
    return tuple((state, _words_of(name)) for state, names in leaders for name in names)


def _is_name_of(words: tuple[str, ...], leader: tuple[str, ...]) -> bool:
    """Return True if a name is a leader's: a word of it, two words of it, or the last one after the same initial.

    One word need not be the last: "Lula", "Mahathir", "Xi".
    """
    if len(words) == 1:
        return len(words[0]) >= _SHORTEST and words[0] in leader
    if len(set(words) & set(leader)) > 1:
        return True
    return words[-1:] == leader[-1:] and words[0][0] == leader[0][0]


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word for word in _spelled(name) if word not in _SUFFIXES)


def _spelled(name: str) -> Iterator[str]:
    """Yield the words of a name without accents, hyphens and full stops: "h w bush", "young sam"."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("-", " "))
    for word in letters.split():
        if plain := "".join(letter for letter in word if letter.isalnum()):
            yield plain
