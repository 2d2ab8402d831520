"""Find round-ups ("news in brief"): articles on several stories, which must not join these stories."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.digest.partition import connected_components
from briefing.digest.terms import Passage, fold, singular
from briefing.digest.weights import share_of
from briefing.runtime.lexicon import word_pattern

_FEWEST_PARTS = 3
_MOST = 200  # paragraphs that are checked
_SHORTEST = 20  # words of a part that counts as a story
_LARGEST = 0.35  # share of all words in the largest part, at most
_LARGEST_TITLED = 0.5  # the same if the title announces a round-up
_SPECIFIC = 0.1  # share of all news with a word, at most; more common words do not connect paragraphs
# A round-up title: "World news in brief", "Morning briefing: ...", "Week in review"; not "Briefing on the talks".
_TITLE = re.compile(
    rf"\b(?:{word_pattern(__name__, 'titles')}"
    rf"|{word_pattern(__name__, 'editions')} {word_pattern(__name__, 'collections')}"
    rf"|{word_pattern(__name__, 'periods')} in {word_pattern(__name__, 'reviews')})\b",
    re.IGNORECASE,
)


class _Paragraph(NamedTuple):
    names: frozenset[str]
    words: frozenset[str]
    length: int  # words


def is_round_up(title: str, passages: Iterable[Passage]) -> bool:
    """Return True if an article is a round-up, by its title and passages.

    The paragraphs of a round-up fall into parts that share neither a name nor a specific word, and no part dominates.
    If the title announces a round-up, a single shared word does not connect two paragraphs.
    """
    titled = _TITLE.search(title) is not None
    parts = _parts(_paragraphs([passage for passage in passages if passage.body][:_MOST]), 2 if titled else 1)
    largest = (_LARGEST_TITLED if titled else _LARGEST) * sum(parts)
    return sum(part >= _SHORTEST for part in parts) >= _FEWEST_PARTS and max(parts) <= largest


def _parts(paragraphs: Sequence[_Paragraph], words: int) -> list[int]:
    """Return the length of each part in words; a shared name or *words* shared words connect paragraphs."""
    keys = [str(number) for number in range(len(paragraphs))]
    pairs = [
        (keys[first], keys[second])
        for second in range(len(paragraphs))
        for first in range(second)
        if _are_connected(paragraphs[first], paragraphs[second], words)
    ]
    return [sum(paragraphs[int(key)].length for key in part) for part in connected_components(keys, pairs)]


def _are_connected(first: _Paragraph, second: _Paragraph, words: int) -> bool:
    return not first.names.isdisjoint(second.names) or len(first.words & second.words) >= words


def _paragraphs(body: Sequence[Passage]) -> list[_Paragraph]:
    """Return names and words of each paragraph; a capitalised word is a name if it never occurs in lower case."""
    small = {token.text for passage in body for token in passage.tokens if token.text[0].islower()}
    paragraphs = []
    for passage in body:
        tokens = [token.text for token in passage.tokens if not token.text[0].isdigit()]
        folded = {text: fold(text) for text in tokens}
        specific = {text: term for text, term in folded.items() if term and share_of(singular(term)) <= _SPECIFIC}
        names = {term for text, term in specific.items() if text[0].isupper() and term not in small}
        words = {singular(term) for term in specific.values()}
        paragraphs.append(_Paragraph(frozenset(names), frozenset(words), len(tokens)))
    return paragraphs
