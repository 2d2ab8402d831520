"""Compare texts by their word shingles, that is, by sequences of words.

Broder, "On the resemblance and containment of documents" (1997). MinHash with fixed permutations finds the candidates.
Each candidate is then counted exactly, so that no estimate decides.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from briefing.model.brief import Article

WORDS = 5  # in a shingle: longer than a stock phrase, shorter than the unedited part of a sentence

# 128 bands of two rows each find two texts that share a seventh of their shingles in nine cases of ten, and texts that
# share a half practically always.
_BANDS, _ROWS = 128, 2
_SEED = 1
_LOW = np.uint64(2**32 - 1)  # what MinHash takes of a number
# A word or number, with inner apostrophes: "don't", "nine".
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Shingles = NDArray[np.uint64]  # sorted, each once


@dataclass(frozen=True, slots=True)
class Overlap:
    """The number of shingles that two texts share, and that each has."""

    shared: int
    first: int
    second: int

    @property
    def resemblance(self) -> float:
        """Shared shingles as a share of all shingles of both, 0 to 1."""
        return self.shared / max(1, self.first + self.second - self.shared)

    @property
    def of_shorter(self) -> float:
        """The share of the shorter text that the other also holds, 0 to 1."""
        return self.shared / max(1, min(self.first, self.second))

    @property
    def of_longer(self) -> float:
        """The share of the longer text that the other also holds, 0 to 1."""
        return self.shared / max(1, self.first, self.second)


def body_shingles(article: Article) -> Shingles:
    """Return the shingles of an article's body, without titles, datelines, credits and other boilerplate.

    Case, white space and punctuation are ignored. A body with fewer words than a shingle is one shingle; an empty body
    has none.
    """
    body = " ".join(article.text[p.start : p.end] for p in article.paragraphs if p.role == "body")
    words = [word.replace("’", "").replace("'", "") for word in _WORD.findall(_folded(body))]
    if len(words) < WORDS:
        return hashed([" ".join(words)] if words else [])
    return hashed(" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def hashed(phrases: Iterable[str]) -> Shingles:
    """Return distinct phrases as sorted numbers of 64 bits: a tenth of the memory of the phrases."""
    numbers = (blake2b(phrase.encode(), digest_size=8).digest() for phrase in set(phrases))
    return np.unique(np.frombuffer(b"".join(numbers), np.uint64))


def overlap(first: Shingles, second: Shingles) -> Overlap:
    """Count the shingles that two texts share."""
    return Overlap(len(np.intersect1d(first, second, assume_unique=True)), len(first), len(second))


def overlapping(texts: Mapping[str, Shingles]) -> Iterator[tuple[str, str, Overlap]]:
    """Yield the pairs of texts that probably share much, with their exact overlap.

    Args:
        texts: The shingles of each text, by a key; the keys of a pair are in the order of this mapping. The cost grows
            with the number of texts and of found pairs.
    """
    from datasketch import MinHash

    keys = [key for key, shingles in texts.items() if len(shingles)]
    sketches: Iterator[MinHash] = MinHash.generator(
        ((texts[key] & _LOW).tolist() for key in keys), num_perm=_BANDS * _ROWS, seed=_SEED, hashfunc=int
    )
    table = np.array([sketch.hashvalues for sketch in sketches], np.uint64).reshape(len(keys), _BANDS * _ROWS)
    for second, first in sorted({pair for band in range(_BANDS) for pair in _equal_in(table, band)}):
        yield keys[first], keys[second], overlap(texts[keys[first]], texts[keys[second]])


def _equal_in(table: NDArray[np.uint64], band: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rows, the later first, that are equal in a band: two values of 32 bits each.

    MinHashLSH of datasketch finds the same pairs, and needs 400 MB for ten thousand rows.
    """
    values = (table[:, band * _ROWS] << np.uint64(32)) | table[:, band * _ROWS + 1]
    _, groups, sizes = np.unique(values, return_inverse=True, return_counts=True)
    equal = defaultdict[int, list[int]](list)
    for row in np.flatnonzero(sizes[groups] > 1).tolist():
        equal[int(groups[row])].append(row)
    for rows in equal.values():
        yield from ((second, first) for first, second in combinations(rows, 2))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
