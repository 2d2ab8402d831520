"""Compare the articles of a run with each other, as far as they are candidates."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.digest.candidates import candidates
from briefing.digest.copies import Copies, find_copies
from briefing.digest.items import Item
from briefing.digest.likeness import Likeness, Trait, days_apart
from briefing.digest.linkage import Pair
from briefing.digest.partition import connected_components
from briefing.digest.publishers import Family, houses_of
from briefing.digest.round_ups import is_round_up
from briefing.digest.shingles import body_shingles
from briefing.digest.terms import Terms, passages_of, terms_of
from briefing.digest.weights import weigh

_COPY = 1.0  # minimum likeness of two copies of one text


class Compared(NamedTuple):
    """Numbered articles, and the likeness of their pairs."""

    items: tuple[Item, ...]
    traits: tuple[Trait, ...]
    likenesses: dict[Pair, float]  # the lower number first; pairs with little in common are missing
    round_ups: frozenset[int]  # these are in no pair


def compare(items: Sequence[Item], likeness: Likeness, families: Sequence[Family]) -> Compared:
    """Compare articles with distinct texts; their order decides only their numbers in the result."""
    copies = find_copies({item.id: body_shingles(item.article) for item in items})
    terms, round_ups = list[Terms](), set[int]()
    for number, item in enumerate(items):
        passages = passages_of(item.article)
        terms.append(terms_of(item, passages))
        if item.id in copies.compilations or is_round_up(item.article.title, passages):
            round_ups.add(number)
    traits = _traits(items, terms, copies, families)
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
    return Compared(tuple(items), traits, likenesses, frozenset(round_ups))


def _traits(
    items: Sequence[Item], terms: Sequence[Terms], copies: Copies, families: Sequence[Family]
) -> tuple[Trait, ...]:
    numbers = {item.id: number for number, item in enumerate(items)}
    groups = connected_components(numbers, ((copy.first, copy.second) for copy in copies.pairs))
    vectors = weigh(terms, ([numbers[text] for text in group] for group in groups))
    houses = houses_of((item.place for item in items), families)
    return tuple(
        Trait(term.actors, term.days, vector, item.published, houses[item.place].id if item.place in houses else None)
        for term, vector, item in zip(terms, vectors, items, strict=True)
    )


def _pairs(copies: Copies, numbers: dict[str, int]) -> Iterator[Pair]:
    for copy in copies.pairs:
        first, second = sorted((numbers[copy.first], numbers[copy.second]))
        yield first, second
