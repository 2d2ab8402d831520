"""Find who speaks a whole text: the author that the title of a statement or message names."""

import re

from briefing.evidence.grounding import Line
from briefing.model.brief import Insertion
from briefing.runtime.lexicon import word_set

_MOST_WORDS = 8
# "Statement by Minister Ana Sol on the Strike"; not "Visit by Minister Ana Sol".
_SIGNED = re.compile(r"(?:a |an |the )?(\w+) (?:by|from) (?:the )?(?=[A-Z])(.+)", re.IGNORECASE)


def author_in(title: str) -> str | None:
    """Return the author that a title names: "Minister Ana Sol" for "Statement by Minister Ana Sol on trade"."""
    found = _SIGNED.fullmatch(title)
    if found is None or found[1].lower() not in word_set(__name__, "messages"):
        return None
    words = found[2].split()
    ends = (place for place, word in enumerate(words) if word.lower() in word_set(__name__, "before_topic"))
    author = words[: next(ends, len(words))]
    return " ".join(author) if 0 < len(author) <= _MOST_WORDS and author[-1][:1].isupper() else None


def signed(line: Line, author: str) -> Line:
    """Return a line with its author in brackets before it."""
    front = f"[{author}:] "
    moved = (Insertion(start=one.start + len(front), end=one.end + len(front)) for one in line.insertions)
    return Line(front + line.text, (Insertion(start=0, end=len(front)), *moved))
