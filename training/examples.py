"""Turn articles with expert briefs into examples: the inputs of the scorer, and what it should say."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
from tokenizers import Tokenizer

from briefing.extraction.scoring.features import (
    Candidate,
    Occurrence,
    Scene,
    Tie,
    candidates_of,
    place_name,
    sentence_features,
    ties_of,
)
from briefing.extraction.scoring.pieces import Pieces, Window, rows_of, split_sentences, windows_of
from briefing.extraction.scoring.scores import STATUSES
from briefing.language.analyse import interpret, parse
from briefing.language.analysis import Analysis
from briefing.language.pipeline import load_pipeline
from briefing.reading.source import read_bytes
from training.crops import crops_of
from training.gold import GoldArticle, GoldEvent, GoldPoint, read_gold, same_name, sentences_of

_BATCH = 40  # articles that are parsed together
_Featured = TypeVar("_Featured", Candidate, Tie)


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
        points: For each of these three, the sentences of each point or event.
        parties: For each sentence and each of the three, the entities that are parties or participants there.
        status: For each sentence that tells of something to come, the place of its status in ``STATUSES``.
        tied: For each time and place of such a sentence, by sentence and place in *ties*: whether it is the event's;
            for each noun phrase of a sentence that states a point: whether it names the matter.
        times: The value of each time, or "".
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
    ties: tuple[tuple[Tie, ...], ...]
    labels: "np.ndarray"
    points: tuple[tuple[frozenset[int], ...], ...]
    parties: Mapping[tuple[int, int], frozenset[int]]
    status: Mapping[int, int]
    tied: Mapping[tuple[int, int], bool]
    times: tuple[str, ...]

    def key_of(self, tie: Tie) -> str:
        """Return what a time or place denotes: the value of the time, the name of the place."""
        return (tie.what == "time" and self.times[tie.index]) or place_name(self.text[tie.start : tie.end])

    @property
    def is_whole(self) -> bool:
        """Return True for an article, False for a passage cut out of one."""
        return "#" not in self.gold.id

    hidden: list = field(default_factory=list)  # what the frozen layers make of each window


def read_examples(paths: Iterable[Path], tokenizer: Tokenizer, cache: Path) -> list[Example]:
    """Return the examples of files of gold, and of passages cut out of them; they are kept in a folder."""
    examples: list[Example] = []
    for path in paths:
        kept = cache / f"{path.stem}.pickle"
        if not kept.exists() or kept.stat().st_mtime < path.stat().st_mtime:
            cache.mkdir(parents=True, exist_ok=True)
            whole = list(_examples(read_gold(path), tokenizer))
            crops = [crop for one in whole for crop in crops_of(one.gold, one.text, one.sentences)]
            kept.write_bytes(pickle.dumps([*whole, *_examples(crops, tokenizer)]))
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
    ties = tuple(tuple(map(_packed, ties_of(scene, number))) for number in range(len(sentences)))
    labels = np.zeros((len(sentences), 3), np.float32)
    parties: dict[tuple[int, int], frozenset[int]] = {}
    points: list[tuple[frozenset[int], ...]] = []
    for kind, found in enumerate((gold.agreements, gold.disagreements, gold.events)):
        points.append(tuple(sentences_of(one.evidence, text, sentences) for one in found))
        for one, numbers in zip(found, points[kind], strict=True):
            names = one.participants if isinstance(one, GoldEvent) else one.parties
            held = frozenset(index for index, actor in actor_of.items() if actor in names)
            for number in numbers:
                labels[number, kind] = 1
                parties[number, kind] = parties.get((number, kind), frozenset()) | held
    every = (*gold.agreements, *gold.disagreements, *gold.events)
    told = [(n, one) for one, numbers in zip(every, chain(*points), strict=True) for n in sorted(numbers)]
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
        candidates=tuple(tuple(map(_packed, candidates_of(scene, number))) for number in range(len(sentences))),
        ties=ties,
        labels=labels,
        points=tuple(points),
        parties=parties,
        status={number: STATUSES.index(one.status) for number, one in told if isinstance(one, GoldEvent)},
        tied={
            (number, place): any(_is_of(tie, one, analysis) for one in stated)
            for number in range(len(sentences))
            for place, tie in enumerate(ties[number])
            if (stated := [one for other, one in told if other == number and _may_have(one, tie)])
        },
        times=tuple(time.value or "" for time in analysis.times),
    )


def _packed(one: _Featured) -> _Featured:
    """Return a candidate or tie with its features as an array, which takes a fifth of the memory."""
    return replace(one, features=np.array(one.features, np.float32))


def _may_have(one: GoldPoint | GoldEvent, tie: Tie) -> bool:
    return isinstance(one, GoldEvent) == (tie.what != "matter")


def _is_of(tie: Tie, one: GoldPoint | GoldEvent, analysis: Analysis) -> bool:
    """Return True if a time, place or deed is that of an event, or a phrase names the matter of a point."""
    written = analysis.article.text[tie.start : tie.end].casefold()
    if isinstance(one, GoldPoint):
        return any(stem.casefold() in written for stem in one.topic)
    if tie.what == "deed":
        forms = (written, analysis.tokens[tie.index].lemma_.casefold())
        return any(word.casefold() in form for word in one.what for form in forms)
    if tie.what == "place":
        return any(same_name(place, written) for place in one.place)
    return is_time_of(one, analysis.times[tie.index].value or "")


def is_time_of(event: GoldEvent, value: str) -> bool:
    """Return True if a value is the time of an event, or its day."""
    return any(value == wanted or value.partition("T")[0] == wanted.partition("T")[0] for wanted in event.when)
