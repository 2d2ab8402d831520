"""What a person types to search for, as a query of FTS5 that is always well formed."""

import re

from briefing.archive.folding import clean

# A phrase in quotation marks, which may lack the second one, or a word: `"closed season"`, `quota*`; not a space.
_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_OPERATORS = frozenset({"AND", "OR"})


def match_query(words: str) -> str:
    """Return the FTS5 query for some words.

    All of them must stand in a text; ``OR`` between two asks for either; ``"several words"`` stand in that order;
    ``quota*`` is the beginning of a word. Any other sign only parts words.

    Raises:
        ValueError: There is no word.
    """
    groups: list[list[str]] = []  # one term of each must stand there
    either = False
    for phrase, star, word in _TERM.findall(clean(words)):
        if word in _OPERATORS:
            either = word == "OR"
            continue
        text = word.rstrip("*") if word else phrase
        if not any(letter.isalnum() for letter in text):
            continue
        term = f'"{text}"*' if star or word.endswith("*") else f'"{text}"'
        if either and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    if not groups:
        raise ValueError(f"{words!r} holds no word to search for")
    return " AND ".join(f"({' OR '.join(terms)})" for terms in groups)
