"""Score an article: onnxruntime runs the encoder, NumPy the heads."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from briefing.extraction.scoring.features import TIED, TIED_AROUND, TIED_TO, Candidate, Occurrence, Scene, ties_of
from briefing.extraction.scoring.pieces import Pieces, rows_of, split_sentences, windows_of
from briefing.extraction.scoring.scores import DECIMALS, FLOOR, KINDS, Kind, Scores
from briefing.language.analysis import Range

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

_NONE_PROPOSED: Mapping[int, Kind] = {}
_MOST_OCCURRENCES = 12  # of an entity that its mean vector is made of


class Scorer:
    """The encoder and its heads, loaded once."""

    def __init__(self, encoder: "InferenceSession", tokenizer: "Tokenizer", heads: Mapping[str, Floats]) -> None:
        self._encoder, self._tokenizer, self._heads = encoder, tokenizer, heads

    def score(self, scene: Scene, proposed: Mapping[int, Kind] = _NONE_PROPOSED) -> Scores:
        """Return the scores of an article; *proposed* sentences may state a kind, however unlikely that is."""
        sentences = scene.analysis.sentences
        if not sentences:
            empty: dict[Kind, dict[int, dict[int, float]]] = {kind: {} for kind in KINDS}
            return Scores(dict.fromkeys(KINDS, ()), empty, {kind: {} for kind in KINDS}, {}, {})
        reading = self._read(split_sentences(scene.analysis, self._tokenizer))
        features = np.array(scene.sentence_features, np.float32)
        logits = self._sentence_logits(reading, features)
        likely = _rounded(_sigmoid(logits[:, : len(KINDS)]))
        status = _rounded(_softmax(logits[:, len(KINDS) :]))
        chosen = [number for number, row in enumerate(likely) if max(row) >= FLOOR or number in proposed]
        parties = self._parties(scene, reading, chosen)
        same = self._pairs(reading, chosen)
        return Scores(
            sentences={kind: [row[place] for row in likely] for place, kind in enumerate(KINDS)},
            parties={
                kind: {n: {entity: row[place] for entity, row in parties[n].items()} for n in chosen}
                for place, kind in enumerate(KINDS)
            },
            same_matter={kind: {pair: row[place] for pair, row in same.items()} for place, kind in enumerate(KINDS)},
            ties=self._ties(scene, reading, {n: likely[n] for n in chosen}, proposed),
            status={n: status[n] for n in chosen},
        )

    def without(self, scene: Scene, number: int, kind: Kind, phrases: Sequence[Range]) -> list[float]:
        """Return the probability of a sentence without each of some phrases."""
        sentences = list(split_sentences(scene.analysis, self._tokenizer))
        whole, features = sentences[number], np.array(scene.sentence_features, np.float32)
        found = []
        for phrase in phrases:
            sentences[number] = whole.without(*phrase)
            logits = self._sentence_logits(self._read(sentences), features)
            found.append(_rounded(_sigmoid(logits))[number][KINDS.index(kind)])
        return found

    def _sentence_logits(self, reading: "_Reading", features: Floats) -> Floats:
        return self._two_layers("sentence", np.concatenate([reading.means, reading.pooled[0], features], axis=1))

    def _read(self, sentences: Sequence[Pieces]) -> "_Reading":
        windows = windows_of(sentences)
        vectors = [self._encoder.run(None, {"ids": np.array([window.ids], np.int64)})[0][0] for window in windows]
        rows = [vectors[window][first:last] for window, first, last in rows_of(windows, sentences)]
        return _Reading(sentences, rows, self._heads["queries"])

    def _parties(self, scene: Scene, reading: "_Reading", numbers: Sequence[int]) -> dict[int, dict[int, list[float]]]:
        """Return for each of these sentences the probability of each candidate to be a party, by kind."""
        sets = [scene.candidates[number] for number in numbers]
        rows = [
            _party_row(reading, number, one, reading.entity(one.entity, scene.occurrences[one.entity]))
            for number, candidates in zip(numbers, sets, strict=True)
            for one in candidates
        ]
        likely = iter(self._set_probabilities("party", rows, [len(candidates) for candidates in sets]))
        return {
            number: {one.entity: next(likely) for one in candidates}
            for number, candidates in zip(numbers, sets, strict=True)
        }

    def _ties(
        self, scene: Scene, reading: "_Reading", likely: Mapping[int, Sequence[float]], proposed: Mapping[int, Kind]
    ) -> dict[int, list[float]]:
        """Return the probability of all that may be tied to what each sentence states, to be so.

        *likely* has, for each sentence that may state something, how likely it states each kind.
        """
        rows = []
        for number, stated in likely.items():
            may_state = [
                kind for kind, p in zip(KINDS, stated, strict=True) if p >= FLOOR or kind == proposed.get(number)
            ]
            wanted = {what for kind in may_state for what in TIED_TO[kind]}
            scene.ties[number] = ties_of(scene, number, wanted.union(TIED_AROUND))
            pooled = reading.pooled[2][number]
            for tie in scene.ties[number]:
                mention = reading.mention(number, tie.start, tie.end)
                rows.append(np.concatenate([pooled, mention, pooled * mention, np.array(tie.features, np.float32)]))
        found = iter(_rounded(_sigmoid(self._two_layers("tie", np.array(rows, np.float32)))) if rows else ())
        return {number: [next(found)[TIED.index(tie.what)] for tie in scene.ties[number]] for number in likely}

    def _pairs(self, reading: "_Reading", numbers: Sequence[int]) -> dict[tuple[int, int], list[float]]:
        pairs = list(combinations(numbers, 2))
        if not pairs:
            return {}
        projected = self._linear("matter.project", reading.means)
        one, other = (list(side) for side in zip(*pairs, strict=True))
        apart = np.array(other) - np.array(one)
        places = np.stack([np.minimum(apart, 10) / 10, apart == 1, np.array(one) == 0], axis=1).astype(np.float32)
        difference, product = np.abs(projected[one] - projected[other]), projected[one] * projected[other]
        likely = _sigmoid(self._two_layers("matter", np.concatenate([difference, product, places], axis=1)))
        return dict(zip(pairs, _rounded(likely), strict=True))

    def _two_layers(self, head: str, rows: Floats) -> Floats:
        return self._linear(f"{head}.out", np.maximum(self._linear(f"{head}.hidden", rows), 0))

    def _set_probabilities(self, head: str, rows: Sequence[Floats], sizes: Sequence[int]) -> list[list[float]]:
        """Return the probabilities of a head that compares the rows of each set, which has so many of them.

        All rows go through each layer at once, which is faster than set by set.
        """
        if not rows:
            return []
        hidden = np.maximum(self._linear(f"{head}.hidden", np.array(rows, np.float32)), 0)
        query, key, value = (self._linear(f"{head}.{name}", hidden) for name in ("query", "key", "value"))
        ends = np.cumsum(sizes)
        sets = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True) if size]
        scale = np.sqrt(np.float32(hidden.shape[1]))
        context = np.concatenate([_softmax(query[one] @ key[one].T / scale) @ value[one] for one in sets])
        return _rounded(_sigmoid(self._linear(f"{head}.out", np.concatenate([hidden, context], axis=1))))

    def _linear(self, name: str, rows: Floats) -> Floats:
        product: Floats = rows @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return product


class _Reading:
    """The vectors of an article's pieces, and what is pooled from them."""

    def __init__(self, sentences: Sequence[Pieces], vectors: Sequence[Floats], queries: Floats) -> None:
        self._sentences, self._vectors = sentences, vectors
        self._mentions: dict[tuple[int, int, int], Floats] = {}
        self._entities: dict[int, Floats] = {}
        width = queries.shape[1]
        self.means = np.stack([one.mean(axis=0) if len(one) else np.zeros(width, np.float32) for one in vectors])
        self.pooled = [np.array([_attend(one, query) for one in vectors], np.float32) for query in queries]

    def mention(self, sentence: int, start: int, end: int) -> Floats:
        """Return the mean vector of a mention."""
        key = (sentence, start, end)
        if key not in self._mentions:
            first, last = self._sentences[sentence].between(start, end) or (0, 0)
            inside = self._vectors[sentence][first:last]
            self._mentions[key] = _mean(inside) if len(inside) else np.zeros(self.means.shape[1], np.float32)
        return self._mentions[key]

    def entity(self, index: int, occurrences: Sequence[Occurrence]) -> Floats:
        """Return the mean vector of an entity's first mentions."""
        if index not in self._entities:
            mentions = [self.mention(*one[:3]) for one in occurrences[:_MOST_OCCURRENCES]]
            self._entities[index] = _mean(mentions)
        return self._entities[index]


def _party_row(reading: _Reading, number: int, candidate: Candidate, entity: Floats) -> Floats:
    pooled = reading.pooled[1][number]
    near = _mean([reading.mention(*one[:3]) for one in candidate.near])
    return np.concatenate([pooled, near, entity, pooled * near, np.array(candidate.features, np.float32)])


def _mean(vectors: Floats | Sequence[Floats]) -> Floats:
    """Return the mean of one or more vectors; several times faster than `numpy.mean` for few."""
    total: Floats = sum(vectors[1:], start=vectors[0])
    return total / np.float32(len(vectors))


def _attend(vectors: Floats, query: Floats) -> Floats:
    """Return the mean of vectors, weighted by their likeness to a query."""
    if not len(vectors):
        return np.zeros(query.shape, np.float32)
    attended: Floats = _softmax((vectors @ query)[None])[0] @ vectors
    return attended


def _softmax(rows: Floats) -> Floats:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _sigmoid(logits: Floats) -> Floats:
    probabilities: Floats = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return probabilities


def _rounded(values: Floats) -> list[list[float]]:
    rounded: list[list[float]] = np.round(values.astype(np.float64), DECIMALS).tolist()
    return rounded
