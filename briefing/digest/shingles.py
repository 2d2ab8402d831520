"""Texts that hold the same words in the same order: word shingles, and how much of them two bodies share.

Broder, "On the resemblance and containment of documents" (1997). MinHash finds the candidates, with fixed permutations,
and each candidate is then counted exactly, so that an estimate never decides.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.model.brief import Article

WORDS = 5  # of a shingle: longer than a stock phrase, shorter than what an editor leaves of a sentence

# Bands of two rows each: two texts of which a seventh is the same meet in one of 128 bands nine times of ten, and
# texts of which a half is the same always.
_BANDS, _ROWS = 128, 2
_SEED = 1
# A word or number; apostrophes are within it: "don't", "nine".
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Shingles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many shingles two texts share, and how many each has."""

    shared: int
    first: int
    second: int

    @property
    def resemblance(self) -> float:
        """Shared shingles as a share of all shingles of both, 0 to 1."""
        return self.shared / max(1, self.first + self.second - self.shared)

    @property
    def of_shorter(self) -> float:
        """The share of the shorter text that the other holds too, 0 to 1."""
        return self.shared / max(1, min(self.first, self.second))

    @property
    def of_longer(self) -> float:
        """The share of the longer text that the other holds too, 0 to 1."""
        return self.shared / max(1, self.first, self.second)


def body_shingles(article: Article) -> Shingles:
    """Return the shingles of an article's body, without titles, datelines, credits and other boilerplate.

    Case, white space, marks and quotation marks do not count. A body of fewer words than a shingle is one shingle, an
    empty one has none.
    """
    body = " ".join(article.text[p.start : p.end] for p in article.paragraphs if p.role == "body")
    words = [word.replace("’", "").replace("'", "") for word in _WORD.findall(_folded(body))]
    if len(words) < WORDS:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def overlap(first: Shingles, second: Shingles) -> Overlap:
    """Count what two texts share."""
    return Overlap(len(first & second), len(first), len(second))


def overlapping(texts: Mapping[str, Shingles]) -> Iterator[tuple[str, str, Overlap]]:
    """Yield each two texts that may share much, by their keys in the order of the mapping, with their exact overlap.

    Args:
        texts: Shingles by a key of the text; the cost is that of the texts and of the pairs that are found.
    """
    from datasketch import MinHash, MinHashLSH

    keys = [key for key, shingles in texts.items() if shingles]
    sets = [[shingle.encode() for shingle in texts[key]] for key in keys]
    sketches: Sequence[MinHash] = MinHash.bulk(sets, num_perm=_BANDS * _ROWS, seed=_SEED)
    index = MinHashLSH(num_perm=_BANDS * _ROWS, params=(_BANDS, _ROWS))
    for number, sketch in enumerate(sketches):
        for earlier in sorted(index.query(sketch)):
            yield keys[earlier], keys[number], overlap(texts[keys[earlier]], texts[keys[number]])
        index.insert(number, sketch)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
