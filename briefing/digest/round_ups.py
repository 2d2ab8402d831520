"""Round-ups, "news in brief": articles that tell several stories, which must not hold these together."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.digest.partition import joined
from briefing.digest.terms import Passage, fold, singular
from briefing.digest.weights import share_of

_FEWEST_PARTS = 3
_MOST = 200  # paragraphs that are looked at
_SHORTEST = 20  # words of a part that tells a story
_LARGEST = 0.35  # of all words, that the largest part has at most
_LARGEST_TITLED = 0.5  # where the title says what it is
_TELLING = 0.1  # share of all news that has a word, at most, for it to hold paragraphs together
# A title that says so: "World news in brief", "Morning briefing: ...", "Week in review"; not "Briefing on the talks".
_TITLE = re.compile(
    r"\b(?:in brief|round-?ups?|at a glance|(?:morning|evening|daily|weekly|news|world) (?:briefing|digest|headlines)"
    r"|(?:day|week|month|year) in (?:review|news|pictures))\b",
    re.IGNORECASE,
)


class _Paragraph(NamedTuple):
    names: frozenset[str]
    words: frozenset[str]
    length: int  # words


def is_round_up(title: str, passages: Iterable[Passage]) -> bool:
    """Say whether an article tells several stories, by its title and passages.

    Its paragraphs fall into parts that share neither a name nor a telling word, and none of these is most of it. Where
    the title says that it is one, a single word in common does not hold paragraphs together.
    """
    titled = _TITLE.search(title) is not None
    parts = _parts(_paragraphs([passage for passage in passages if passage.body][:_MOST]), 2 if titled else 1)
    largest = (_LARGEST_TITLED if titled else _LARGEST) * sum(parts)
    return sum(part >= _SHORTEST for part in parts) >= _FEWEST_PARTS and max(parts) <= largest


def _parts(paragraphs: Sequence[_Paragraph], words: int) -> list[int]:
    """Return the length of each part in words; paragraphs that share a name or *words* words are one."""
    keys = [str(number) for number in range(len(paragraphs))]
    pairs = [
        (keys[first], keys[second])
        for second in range(len(paragraphs))
        for first in range(second)
        if _belong(paragraphs[first], paragraphs[second], words)
    ]
    return [sum(paragraphs[int(key)].length for key in part) for part in joined(keys, pairs)]


def _belong(first: _Paragraph, second: _Paragraph, words: int) -> bool:
    return not first.names.isdisjoint(second.names) or len(first.words & second.words) >= words


def _paragraphs(body: Sequence[Passage]) -> list[_Paragraph]:
    """Return the names and words of each paragraph; a capital makes a name where the word is nowhere small."""
    small = {token.text for passage in body for token in passage.tokens if token.text[0].islower()}
    paragraphs = []
    for passage in body:
        tokens = [token.text for token in passage.tokens if not token.text[0].isdigit()]
        folded = {text: fold(text) for text in tokens}
        telling = {text: term for text, term in folded.items() if term and share_of(singular(term)) <= _TELLING}
        names = {term for text, term in telling.items() if text[0].isupper() and term not in small}
        words = {singular(term) for term in telling.values()}
        paragraphs.append(_Paragraph(frozenset(names), frozenset(words), len(tokens)))
    return paragraphs
