"""Find the pairs of articles that are worth comparing, without checking all pairs."""

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
