"""Cut short passages out of articles, so that the model knows texts of a few sentences, too."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar
from zlib import crc32

from training.gold import GoldArticle, GoldEvent, GoldPoint, locate

_LONGEST = 4  # sentences of a passage
_LEAST_WORDS = 8  # of a passage
_MOST_TRIED = 20  # passages of an article
_Stated = TypeVar("_Stated", GoldPoint, GoldEvent)


def crops_of(article: GoldArticle, text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[GoldArticle]:
    """Yield a passage that states a point or event, if one can be understood alone, and one that states nothing.

    Args:
        article: What the expert found.
        text: The canonical text of the article.
        sentences: Where each sentence starts and ends.
    """
    drawn = random.Random(crc32(article.id.encode()))  # noqa: S311 - for reproducible training
    runs = [(first, min(first + drawn.randint(1, _LONGEST), len(sentences))) for first in range(1, len(sentences))]
    drawn.shuffle(runs)
    found = set[bool]()
    for first, last in runs[:_MOST_TRIED]:
        one = _cut(article, text[sentences[first][0] : sentences[last - 1][1]])
        if one is None or (states := bool(one.agreements or one.disagreements or one.events)) in found:
            continue
        found.add(states)
        yield replace(one, id=f"{article.id}#{int(states)}")


def _cut(article: GoldArticle, text: str) -> GoldArticle | None:
    """Return an article with a part of its text; None if the parties of one of its points are not named there."""
    agreements, disagreements = _inside(article.agreements, text), _inside(article.disagreements, text)
    if len(text.split()) < _LEAST_WORDS:
        return None
    named = {name for name, aliases, _ in article.actors if any(one in text for one in (name, *aliases))}
    if any(len(named.intersection(point.parties)) < 2 for point in (*agreements, *disagreements)):
        return None
    events = _inside(article.events, text)
    return replace(article, text=text, agreements=agreements, disagreements=disagreements, events=events)


def _inside(stated: Sequence[_Stated], text: str) -> tuple[_Stated, ...]:
    kept = (replace(one, evidence=tuple(piece for piece in one.evidence if locate(text, piece))) for one in stated)
    return tuple(one for one in kept if one.evidence)
