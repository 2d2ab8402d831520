"""Find the pairs of articles that are worth comparing, without checking all pairs."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from briefing.digest.likeness import Trait

_KEYS = 30  # terms with the highest weight, by which an article is looked up
_COMMON = 2  # keys that two articles must share
_LONGEST = 600  # articles that share a key, at most; a more common key is ignored


def candidates(traits: Sequence[Trait]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles that share at least two of their terms with the highest weight.

    A pair holds the numbers of two articles, the lower first. The cost grows with the number of articles and with the
    number of pairs that share a key.
    """
    keys = [_keys(trait) for trait in traits]
    by_key = defaultdict[str, list[int]](list)
    for number, own in enumerate(keys):
        for key in own:
            by_key[key].append(number)
    for second, own in enumerate(keys):
        counts = Counter[int]()
        for key in own:
            holders = by_key[key]
            if 1 < len(holders) <= _LONGEST:
                counts.update(holders[: bisect_left(holders, second)])
        yield from ((first, second) for first in sorted(counts) if counts[first] >= _COMMON)


def _keys(trait: Trait) -> list[str]:
    weights = [
        (-weight, kind + term)
        for kind, vector in (("n:", trait.vectors.names), ("w:", trait.vectors.words))
        for term, weight in vector.items()
    ]
    return [key for _, key in sorted(weights)[:_KEYS]]
