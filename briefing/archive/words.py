"""Turn the search text of a user into a valid FTS5 query."""

import re

from briefing.archive.folding import clean

# A phrase in quotation marks, whose closing mark may be missing, or a word: `"closed season"`, `quota*`; not a space.
_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_OPERATORS = frozenset({"AND", "OR"})


def match_query(words: str) -> str:
    """Return the FTS5 query for a search text.

    A text matches if it holds all words. ``OR`` between two words matches either; ``"several words"`` match in that
    order; ``quota*`` matches the beginning of a word. Other signs only separate words.

    Raises:
        ValueError: The search text holds no word.
    """
    groups: list[list[str]] = []  # a text must hold one term of each group
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
