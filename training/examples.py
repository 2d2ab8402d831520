"""Turn articles with expert briefs into examples: the inputs of the scorer, and what it should say."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from briefing.language.analyse import interpret, parse
from briefing.language.pipeline import load_pipeline
from briefing.reading.source import read_bytes
from training.features import Candidate, Occurrence, Scene, candidates_of, sentence_features
from training.gold import GoldArticle, GoldPoint, read_gold, sentences_of
from training.pieces import Pieces, Window, rows_of, split_sentences, windows_of

_BATCH = 40  # articles that are parsed together


@dataclass(frozen=True)
class Example:
    """One article.

    Attributes:
        gold: What the expert found.
        text: The canonical text of the article.
        sentences: Where each sentence starts and ends.
        names: Of each entity.
        actor_of: The expert's actor that an entity is.
        labels: For each sentence, whether it states an agreement, a disagreement, something to come.
        points: For each sign, the sentences of each point.
        parties: For each sentence and sign, the entities that are parties of a point there.
    """

    gold: GoldArticle
    text: str
    sentences: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    actor_of: Mapping[int, str]
    pieces: tuple[Pieces, ...]
    windows: tuple[Window, ...]
    rows: tuple[tuple[int, int, int], ...]
    sentence_features: "np.ndarray"
    occurrences: Mapping[int, tuple[Occurrence, ...]]
    candidates: tuple[tuple[Candidate, ...], ...]
    labels: "np.ndarray"
    points: tuple[tuple[frozenset[int], ...], tuple[frozenset[int], ...]]
    parties: Mapping[tuple[int, int], frozenset[int]]
    hidden: list = field(default_factory=list)  # what the frozen layers make of each window


def read_examples(paths: Iterable[Path], tokenizer: Tokenizer, cache: Path) -> list[Example]:
    """Return the examples of files of gold; they are kept in a folder, for a thousand articles take a minute."""
    examples: list[Example] = []
    for path in paths:
        kept = cache / f"{path.stem}.pickle"
        if not kept.exists() or kept.stat().st_mtime < path.stat().st_mtime:
            cache.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(list(_examples(read_gold(path), tokenizer))))
        examples += pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
    return examples


def _examples(articles: list[GoldArticle], tokenizer: Tokenizer) -> Iterator[Example]:
    nlp = load_pipeline()
    for start in range(0, len(articles), _BATCH):
        golds = articles[start : start + _BATCH]
        read = [read_bytes(gold.source, f"{gold.id}.txt").article for gold in golds]
        for gold, article, doc in zip(golds, read, parse(read, nlp), strict=True):
            yield _example(gold, Scene(interpret(article, doc)), tokenizer)


def _example(gold: GoldArticle, scene: Scene, tokenizer: Tokenizer) -> Example:
    analysis = scene.analysis
    text = analysis.article.text
    sentences = tuple((one.start, one.end) for one in analysis.sentences)
    actor_of = {
        entity.index: actor
        for entity in analysis.entities
        if (actor := next(filter(None, map(gold.actor, (entity.name, *entity.aliases))), None))
    }
    pieces = split_sentences(analysis, tokenizer)
    windows = windows_of(pieces)
    labels = np.zeros((len(sentences), 3), np.float32)
    parties: dict[tuple[int, int], frozenset[int]] = {}
    points: list[tuple[frozenset[int], ...]] = []
    for sign, found in enumerate((gold.agreements, gold.disagreements)):
        points.append(tuple(sentences_of(point.evidence, text, sentences) for point in found))
        for point, numbers in zip(found, points[sign], strict=True):
            held = _entities(point, actor_of)
            for number in numbers:
                labels[number, sign] = 1
                parties[number, sign] = parties.get((number, sign), frozenset()) | held
    for evidence in gold.events:
        for number in sentences_of(evidence, text, sentences):
            labels[number, 2] = 1
    return Example(
        gold=gold,
        text=text,
        sentences=sentences,
        names=tuple(entity.name for entity in analysis.entities),
        actor_of=actor_of,
        pieces=pieces,
        windows=windows,
        rows=rows_of(windows, pieces),
        sentence_features=np.array(sentence_features(scene), np.float32),
        occurrences={entity.index: scene.occurrences[entity.index] for entity in scene.actors},
        candidates=tuple(candidates_of(scene, number) for number in range(len(sentences))),
        labels=labels,
        points=(points[0], points[1]),
        parties=parties,
    )


def _entities(point: GoldPoint, actor_of: Mapping[int, str]) -> frozenset[int]:
    return frozenset(index for index, actor in actor_of.items() if actor in point.parties)
