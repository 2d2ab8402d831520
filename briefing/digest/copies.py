"""Find copies of one text: reprints, editions, and reports that were shortened or extended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing.digest.shingles import Overlap, Shingles, overlap, overlapping

# An article with few words of its own is a copy of the article that holds the others. If an article quotes two
# paragraphs of a wire report, they make up 20 to 30 % of its shingles, and a third to a half of those of the report. A
# shortened reprint keeps about 90 % of its shingles; with every other sentence edited, it keeps about 80 %.
_RESEMBLING = 0.5  # shared, of all shingles of both: two versions of one text
_CONTAINED = 0.8  # shared, of the shorter: it has hardly any words of its own ...
_FILLING = 0.4  # ... and of the longer: it consists of that text to a large part
_WHOLLY_CONTAINED = 0.9  # shared, of the shorter: it has no words of its own ...
_NOT_LOST = 0.2  # ... and of the longer: a fifth of it
_APART = 0.05  # shared, of the shorter: two texts have only phrases in common


class Copy(NamedTuple):
    """Two articles with the same text except for edits."""

    first: str
    second: str
    overlap: Overlap


class Copies(NamedTuple):
    """The near-duplicates among articles, by id."""

    pairs: tuple[Copy, ...]
    compilations: frozenset[str]  # articles that hold several unrelated others; they are in no pair


def find_copies(texts: Mapping[str, Shingles]) -> Copies:
    """Return the pairs of copies, and the articles that are compiled from others."""
    found = [Copy(*pair) for pair in overlapping(texts) if is_copy(pair[2])]
    compilations = _compilations(found, texts)
    pairs = tuple(copy for copy in found if copy.first not in compilations and copy.second not in compilations)
    return Copies(pairs, compilations)


def is_copy(shared: Overlap) -> bool:
    """Return True if two texts with this overlap are copies."""
    return (
        shared.resemblance >= _RESEMBLING
        or (shared.of_shorter >= _CONTAINED and shared.of_longer >= _FILLING)
        or (shared.of_shorter >= _WHOLLY_CONTAINED and shared.of_longer >= _NOT_LOST)
    )


def _compilations(copies: Iterable[Copy], texts: Mapping[str, Shingles]) -> frozenset[str]:
    """Return the articles that hold two or more other articles with nothing in common."""
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
