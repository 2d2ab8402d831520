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
            ties={n: self._ties(scene, reading, n, likely[n], proposed.get(n)) for n in chosen},
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
        scored: dict[int, dict[int, list[float]]] = {}
        for number in numbers:
            candidates = scene.candidates[number]
            rows = [
                _party_row(reading, number, one, reading.entity(one.entity, scene.occurrences[one.entity]))
                for one in candidates
            ]
            likely = self._set_probabilities("party", np.array(rows, np.float32)) if rows else []
            scored[number] = {one.entity: row for one, row in zip(candidates, likely, strict=True)}
        return scored

    def _ties(
        self, scene: Scene, reading: "_Reading", number: int, stated: Sequence[float], proposed: Kind | None
    ) -> list[float]:
        """Return the probability of all that may be tied to what a sentence states, to be so."""
        may_state = [kind for kind, p in zip(KINDS, stated, strict=True) if p >= FLOOR or kind == proposed]
        wanted = {what for kind in may_state for what in TIED_TO[kind]}
        scene.ties[number] = ties = ties_of(scene, number, wanted.union(TIED_AROUND))
        pooled = reading.pooled[2][number]
        if not ties:
            return []
        mentions = [reading.mention(number, tie.start, tie.end) for tie in ties]
        rows = [
            np.concatenate([pooled, mention, pooled * mention, np.array(tie.features, np.float32)])
            for tie, mention in zip(ties, mentions, strict=True)
        ]
        likely = _rounded(_sigmoid(self._two_layers("tie", np.array(rows, np.float32))))
        return [row[TIED.index(tie.what)] for tie, row in zip(ties, likely, strict=True)]

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

    def _set_probabilities(self, head: str, rows: Floats) -> list[list[float]]:
        """Return the probabilities of a head that compares the rows of one set with each other."""
        hidden = np.maximum(self._linear(f"{head}.hidden", rows), 0)
        query, key, value = (self._linear(f"{head}.{name}", hidden) for name in ("query", "key", "value"))
        context = _softmax(query @ key.T / np.sqrt(np.float32(hidden.shape[1]))) @ value
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
            self._mentions[key] = inside.mean(axis=0) if len(inside) else np.zeros(self.means.shape[1], np.float32)
        return self._mentions[key]

    def entity(self, index: int, occurrences: Sequence[Occurrence]) -> Floats:
        """Return the mean vector of an entity's first mentions."""
        if index not in self._entities:
            mentions = [self.mention(*one[:3]) for one in occurrences[:_MOST_OCCURRENCES]]
            self._entities[index] = np.mean(mentions, axis=0)
        return self._entities[index]


def _party_row(reading: _Reading, number: int, candidate: Candidate, entity: Floats) -> Floats:
    pooled = reading.pooled[1][number]
    near = np.mean([reading.mention(*one[:3]) for one in candidate.near], axis=0)
    return np.concatenate([pooled, near, entity, pooled * near, np.array(candidate.features, np.float32)])


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
