"""Score an article with the exported files: onnxruntime runs the encoder, NumPy the heads."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefing.language.analysis import Analysis
from training.features import Candidate, Scene, candidates_of, sentence_features
from training.pieces import Pieces, rows_of, split_sentences, windows_of
from training.scores import DECIMALS, SIGNS, Scores, Sign

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]


class Scorer:
    """The encoder and its heads, loaded once."""

    def __init__(self, encoder: "InferenceSession", tokenizer: "Tokenizer", heads: Mapping[str, Floats]) -> None:
        self._encoder, self._tokenizer, self._heads = encoder, tokenizer, heads

    def score(self, analysis: Analysis, floor: float) -> Scores:
        """Return the scores of an article; parties and pairs only of sentences that are likely by *floor* or more."""
        scene = Scene(analysis)
        if not analysis.sentences:
            empty: dict[Sign, Any] = {sign: {} for sign in SIGNS}
            return Scores(dict.fromkeys(SIGNS, ()), empty, empty)
        reading = self._read(split_sentences(analysis, self._tokenizer))
        inputs = [reading.means, reading.pooled[0], np.array(sentence_features(scene), np.float32)]
        likely = self._probabilities("sentence", np.concatenate(inputs, axis=1))
        sentences: dict[Sign, list[float]] = {
            sign: [round(float(p), DECIMALS) for p in likely[:, number]] for number, sign in enumerate(SIGNS)
        }
        chosen = {sign: [n for n, p in enumerate(sentences[sign]) if p >= floor] for sign in SIGNS}
        parties = self._parties(scene, reading, sorted({n for numbers in chosen.values() for n in numbers}))
        return Scores(
            sentences,
            {sign: {n: {e: p[i] for e, p in parties[n].items()} for n in chosen[sign]} for i, sign in enumerate(SIGNS)},
            {sign: self._pairs(reading, chosen[sign], number) for number, sign in enumerate(SIGNS)},
        )

    def _read(self, sentences: Sequence[Pieces]) -> "_Reading":
        windows = windows_of(sentences)
        vectors = [self._encoder.run(None, {"ids": np.array([window.ids], np.int64)})[0][0] for window in windows]
        return _Reading(
            sentences, [vectors[w][first:last] for w, first, last in rows_of(windows, sentences)], self._heads
        )

    def _parties(self, scene: Scene, reading: "_Reading", numbers: Sequence[int]) -> dict[int, dict[int, list[float]]]:
        """Return for each of these sentences the probability of each candidate to be a party, by sign."""
        means = {
            entity.index: np.mean([reading.mention(*one[:3]) for one in scene.occurrences[entity.index][:12]], axis=0)
            for entity in scene.actors
        }
        scored: dict[int, dict[int, list[float]]] = {}
        for number in numbers:
            candidates = candidates_of(scene, number)
            rows = [self._party_row(reading, number, one, means[one.entity]) for one in candidates]
            likely = self._set_probabilities("party", np.array(rows, np.float32)) if rows else ()
            scored[number] = {
                one.entity: [round(float(p), DECIMALS) for p in row]
                for one, row in zip(candidates, likely, strict=True)
            }
        return scored

    def _party_row(self, reading: "_Reading", number: int, candidate: Candidate, mean: Floats) -> Floats:
        pooled = reading.pooled[1][number]
        near = np.mean([reading.mention(*one[:3]) for one in candidate.near], axis=0)
        return np.concatenate([pooled, near, mean, pooled * near, np.array(candidate.features, np.float32)])

    def _pairs(self, reading: "_Reading", numbers: Sequence[int], sign: int) -> dict[tuple[int, int], float]:
        pairs = [(one, other) for place, one in enumerate(numbers) for other in numbers[place + 1 :]]
        if not pairs:
            return {}
        projected = self._linear("matter.project", reading.means)
        rows = [
            np.concatenate(
                [
                    np.abs(projected[i] - projected[j]),
                    projected[i] * projected[j],
                    np.array([min(j - i, 10) / 10, j - i == 1, i == 0], np.float32),
                ]
            )
            for i, j in pairs
        ]
        likely = self._probabilities("matter", np.array(rows, np.float32))[:, sign]
        return {pair: round(float(p), DECIMALS) for pair, p in zip(pairs, likely, strict=True)}

    def _probabilities(self, head: str, rows: Floats) -> Floats:
        """Return the probabilities of a head of two layers, for each row."""
        return _sigmoid(self._linear(f"{head}.out", np.maximum(self._linear(f"{head}.hidden", rows), 0)))

    def _set_probabilities(self, head: str, rows: Floats) -> Floats:
        """Return the probabilities of a head that compares the rows of one set with each other."""
        hidden = np.maximum(self._linear(f"{head}.hidden", rows), 0)
        query, key, value = (self._linear(f"{head}.{name}", hidden) for name in ("query", "key", "value"))
        context = _softmax(query @ key.T / np.sqrt(np.float32(hidden.shape[1]))) @ value
        return _sigmoid(self._linear(f"{head}.out", np.concatenate([hidden, context], axis=1)))

    def _linear(self, name: str, rows: Floats) -> Floats:
        product: Floats = rows @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return product


class _Reading:
    """The vectors of an article's pieces, and what is pooled from them."""

    def __init__(self, sentences: Sequence[Pieces], vectors: Sequence[Floats], heads: Mapping[str, Floats]) -> None:
        self._sentences, self._vectors = sentences, vectors
        self.means = np.array([one.mean(axis=0) if len(one) else np.zeros(one.shape[1]) for one in vectors], np.float32)
        queries = heads["queries"]
        self.pooled = [np.array([_attend(one, query) for one in vectors], np.float32) for query in queries]

    def mention(self, sentence: int, start: int, end: int) -> Floats:
        """Return the mean vector of a mention."""
        pieces = self._sentences[sentence].between(start, end)
        if pieces is None:
            return np.zeros(self.means.shape[1], np.float32)
        mean: Floats = self._vectors[sentence][pieces[0] : pieces[1]].mean(axis=0)
        return mean


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
    probabilities: Floats = 1 / (1 + np.exp(-logits))
    return probabilities


def load_scorer(folder: Path, tokenizer: "Tokenizer") -> Scorer:
    """Return the scorer with the weights of a folder; it computes on one thread."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    encoder = InferenceSession(folder / "encoder.onnx", options, providers=["CPUExecutionProvider"])
    with np.load(folder / "heads.npz") as stored:
        heads = {name: stored[name].astype(np.float32) for name in stored.files}
    return Scorer(encoder, tokenizer, heads)
