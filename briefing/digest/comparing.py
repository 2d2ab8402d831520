"""The articles of a run, compared with each other where that is worth while."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.digest.candidates import candidates
from briefing.digest.copies import Copies, find_copies
from briefing.digest.items import Item
from briefing.digest.likeness import Likeness, Trait, days_apart
from briefing.digest.linkage import Pair
from briefing.digest.partition import joined
from briefing.digest.publishers import Family, houses_of
from briefing.digest.round_ups import is_round_up
from briefing.digest.shingles import body_shingles
from briefing.digest.terms import Passage, passages_of, terms_of
from briefing.digest.weights import weigh

_COPY = 1.0  # how alike two copies of one text are at least


class Compared(NamedTuple):
    """Articles by their numbers, and how alike they are."""

    items: tuple[Item, ...]
    traits: tuple[Trait, ...]
    likenesses: dict[Pair, float]  # the lower number first; pairs that have little in common are not there
    copies: frozenset[Pair]
    round_ups: frozenset[int]  # of no pair


def compare(items: Sequence[Item], likeness: Likeness, families: Sequence[Family]) -> Compared:
    """Compare articles, each text of which comes once; the result depends on their order only in its numbers."""
    copies = find_copies({item.id: body_shingles(item.article) for item in items})
    passages = [passages_of(item.article) for item in items]
    traits = _traits(items, passages, copies, families)
    round_ups = frozenset(
        number
        for number, item in enumerate(items)
        if item.id in copies.compilations or is_round_up(item.article.title, passages[number])
    )
    numbers = {item.id: number for number, item in enumerate(items)}
    same = frozenset(_pairs(copies, numbers))
    likenesses = {}
    for first, second in sorted({*candidates(traits), *same}):
        if round_ups.isdisjoint((first, second)):
            alike = likeness(traits[first], traits[second])
            if (first, second) in same and days_apart(traits[first], traits[second]) <= likeness.window:
                alike = max(alike, _COPY)
            if alike > 0:
                likenesses[first, second] = alike
    return Compared(tuple(items), traits, likenesses, same, round_ups)


def _traits(
    items: Sequence[Item], passages: Sequence[Sequence[Passage]], copies: Copies, families: Sequence[Family]
) -> tuple[Trait, ...]:
    numbers = {item.id: number for number, item in enumerate(items)}
    groups = joined(numbers, ((copy.first, copy.second) for copy in copies.pairs))
    terms = [terms_of(item, told) for item, told in zip(items, passages, strict=True)]
    vectors = weigh(terms, ([numbers[text] for text in group] for group in groups))
    houses = houses_of((item.place for item in items), families)
    return tuple(
        Trait(term, vector, item.published, houses[item.place].id if item.place in houses else None)
        for term, vector, item in zip(terms, vectors, items, strict=True)
    )


def _pairs(copies: Copies, numbers: dict[str, int]) -> Iterator[Pair]:
    for copy in copies.pairs:
        first, second = sorted((numbers[copy.first], numbers[copy.second]))
        yield first, second
