"""Which articles are worth comparing, without looking at all pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from briefing.digest.likeness import Trait

_KEYS = 30  # terms by which an article is looked up, those that say most
_COMMON = 2  # of these that two articles must have in common
_LONGEST = 600  # articles that a key may have; one that more have says nothing


def candidates(traits: Sequence[Trait]) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles by their numbers, the lower first, that share at least two of their most telling terms.

    The cost is that of the articles, and of the pairs among those that have a key in common.
    """
    by_key = defaultdict[str, list[int]](list)
    for number, trait in enumerate(traits):
        for key in _keys(trait):
            by_key[key].append(number)
    common: list[Counter[int]] = [Counter() for _ in traits]
    for holders in by_key.values():
        if 1 < len(holders) <= _LONGEST:
            for place, second in enumerate(holders):
                common[second].update(holders[:place])
    for second, counts in enumerate(common):
        yield from ((first, second) for first in sorted(counts) if counts[first] >= _COMMON)


def _keys(trait: Trait) -> list[str]:
    weights = [
        (-weight, kind + term)
        for kind, vector in (("n:", trait.vectors.names), ("w:", trait.vectors.words))
        for term, weight in vector.items()
    ]
    return [key for _, key in sorted(weights)[:_KEYS]]
