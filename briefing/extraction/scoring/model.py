"""The shipped model, loaded once, on first use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from briefing.errors import LanguageError
from briefing.extraction.scoring.features import Scene, Tie
from briefing.extraction.scoring.joining import Scored, scored, scored_as_proposed
from briefing.extraction.scoring.scorer import Scorer
from briefing.extraction.scoring.scores import KINDS, Kind, Scores
from briefing.extraction.scoring.trees import Trees, unpacked
from briefing.language.analysis import Analysis, Range, SentenceSpan
from briefing.language.memory import once_per_analysis
from briefing.language.pipeline import one_thread

NAME = "points-and-events"
_MOST_PHRASES = 3  # of a sentence that are named as telling
_LEAST_DROP = 0.02  # of the score of a sentence without such a phrase
FILES = ("encoder.onnx", "heads.npz", "tokenizer.json", "trees.npz", "version.txt")


@dataclass(frozen=True)
class ScoredArticle:
    """What the model says of an article.

    Attributes:
        scores: Of its sentences and entities.
        points: The points and events of each kind in reading order, the doubtful ones, too.
        ties: The times, places and noun phrases of each sentence that may state one.
    """

    scores: Scores
    points: Mapping[Kind, tuple[Scored, ...]]
    ties: Mapping[int, tuple[Tie, ...]]


@dataclass(frozen=True)
class Model:
    """The network and the trees; the version is the start of the SHA-256 of its files."""

    scorer: Scorer
    trees: Mapping[str, Trees]
    version: str


@cache
def load_model() -> Model:
    """Return the shipped model; it computes on one thread.

    Raises:
        LanguageError: A file is missing or damaged.
    """
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    stored = {}
    for name in FILES:
        try:
            stored[name] = files("briefing.extraction.scoring").joinpath("weights", name).read_bytes()
        except OSError as error:
            raise LanguageError(NAME, f"its file {name} is missing; install briefing anew") from error
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        encoder = InferenceSession(stored["encoder.onnx"], options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_buffer(stored["tokenizer.json"])
        with np.load(BytesIO(stored["heads.npz"])) as heads, np.load(BytesIO(stored["trees.npz"])) as trees:
            arrays = {name: heads[name].astype(np.float32) for name in heads.files}
            return Model(Scorer(encoder, tokenizer, arrays), unpacked(trees), stored["version.txt"].decode().strip())
    except Exception as error:  # each library has errors of its own
        raise LanguageError(NAME, f"a file is damaged ({error}); install briefing anew") from error


@once_per_analysis
def score_article(analysis: Analysis) -> ScoredArticle:
    """Return what the model says of an article."""
    model, scene = load_model(), Scene(analysis)
    with one_thread():
        scores = model.scorer.score(scene)
        points = {kind: tuple(scored(scene, scores, kind, model.trees)) for kind in KINDS}
    return ScoredArticle(scores, points, {number: tuple(scene.ties[number]) for number in scores.status})


def score_proposed(
    analysis: Analysis, kind: Kind, proposed: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
) -> ScoredArticle:
    """Return what the model says of points that somebody proposes; see `scored_as_proposed`."""
    model, scene = load_model(), Scene(analysis)
    with one_thread():
        scores = model.scorer.score(scene, {number: kind for numbers, _ in proposed for number in numbers})
        points = tuple(scored_as_proposed(scene, scores, kind, model.trees, proposed))
    return ScoredArticle(scores, {kind: points}, {number: tuple(scene.ties[number]) for number in scores.status})


def in_reading_order(analysis: Analysis, entities: Iterable[int], sentences: Sequence[int]) -> list[int]:
    """Return entities in the order in which these sentences mention them; those that they do not mention come last."""
    spans = [analysis.sentences[number] for number in sentences]

    def place(index: int) -> tuple[bool, int, int]:
        starts = [mention.start for mention in analysis.entities[index].mentions]
        inside = [start for start in starts if any(span.start <= start < span.end for span in spans)]
        return not inside, min(inside or starts), index

    return sorted(entities, key=place)


def without_joint_names(names: Mapping[int, str]) -> list[int]:
    """Return the entities whose names do not join two of the others, as "ministers of Peru and Chile" does."""
    words = {index: f" {name} " for index, name in names.items()}
    held = {index: sum(one in name and one != name for one in words.values()) for index, name in words.items()}
    return [index for index in names if held[index] < 2]


def telling_phrases(analysis: Analysis, number: int, kind: Kind) -> list[tuple[Range, float]]:
    """Return the phrases that a sentence's score rests on most, each with the score without it, the lowest first."""
    phrases = list(_phrases(analysis, analysis.sentences[number]))
    with one_thread():
        likely = load_model().scorer.without(Scene(analysis), number, kind, phrases)
    whole = score_article(analysis).scores.sentences[kind][number]
    lower = [pair for pair in zip(phrases, likely, strict=True) if whole - pair[1] >= _LEAST_DROP]
    return sorted(lower, key=lambda pair: (pair[1], pair[0].start))[:_MOST_PHRASES]


def _phrases(analysis: Analysis, sentence: SentenceSpan) -> Iterator[Range]:
    """Yield the noun phrases of a sentence, and its other words that mean something."""
    span = analysis.span(sentence)
    chunks = list(span.noun_chunks)
    held = {token.i for chunk in chunks for token in chunk}
    yield from (Range(chunk.start_char, chunk.end_char) for chunk in chunks)
    for token in span:
        if token.i not in held and token.pos_ in ("VERB", "ADJ", "ADV", "NOUN", "PART"):
            yield Range(token.idx, token.idx + len(token))
