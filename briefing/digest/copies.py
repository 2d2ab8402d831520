"""Which articles are one text: reprints, editions, a report that was cut or to which a paragraph was added."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing.digest.shingles import Overlap, Shingles, overlap, overlapping

# An article whose own words are few is a copy of the one that has the others. Two paragraphs of a wire report within an
# article of one's own are some twenty to thirty of its hundred shingles, and a third to a half of the report's; a
# reprint keeps nine of ten of its shingles where it was cut, and eight of ten where every other sentence was touched.
_RESEMBLING = 0.5  # shared, of all of both: two versions of one text
_CONTAINED = 0.8  # of the shorter: hardly a word of its own ...
_FILLING = 0.4  # ... and of the longer: which is that text for the greater part
_WHOLLY_CONTAINED = 0.9  # of the shorter: nothing of its own ...
_NOT_LOST = 0.2  # ... and of the longer: a fifth of it
_APART = 0.05  # of the shorter: two texts with nothing but phrases in common


class Copy(NamedTuple):
    """Two articles that are one text."""

    first: str
    second: str
    overlap: Overlap


class Copies(NamedTuple):
    """What near-duplicates there are among articles, by their ids."""

    pairs: tuple[Copy, ...]
    compilations: frozenset[str]  # articles that hold several others which have nothing in common; of no pair


def find_copies(texts: Mapping[str, Shingles]) -> Copies:
    """Return each two articles that are one text, and those that are made of others."""
    found = [Copy(*pair) for pair in overlapping(texts) if is_copy(pair[2])]
    compilations = _compilations(found, texts)
    pairs = tuple(copy for copy in found if copy.first not in compilations and copy.second not in compilations)
    return Copies(pairs, compilations)


def is_copy(shared: Overlap) -> bool:
    """Say whether two texts that share so much are one."""
    return (
        shared.resemblance >= _RESEMBLING
        or (shared.of_shorter >= _CONTAINED and shared.of_longer >= _FILLING)
        or (shared.of_shorter >= _WHOLLY_CONTAINED and shared.of_longer >= _NOT_LOST)
    )


def _compilations(copies: Iterable[Copy], texts: Mapping[str, Shingles]) -> frozenset[str]:
    """Return the articles that hold two or more others which are apart from each other."""
    held = defaultdict[str, list[str]](list)
    for first, second, shared in copies:
        shorter, longer = (first, second) if shared.first < shared.second else (second, first)
        if shared.of_longer < _RESEMBLING:
            held[longer].append(shorter)
    return frozenset(
        whole
        for whole, parts in held.items()
        if any(overlap(texts[parts[0]], texts[part]).of_shorter < _APART for part in parts[1:])
    )
