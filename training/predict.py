"""Train a network without one fold of the articles, and keep what it predicts of them."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import torch
from tokenizers import Tokenizer

from briefing.extraction.scoring.scores import DECIMALS, KINDS, Kind, Scores
from training.examples import Example, read_examples
from training.export import export
from training.fit import fit
from training.network import Encoder, Network

FOLDS = 3
OWN = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Sources:
    """Where training reads and writes.

    Attributes:
        gold: Files of articles with expert briefs that are learned from; their ``batch`` decides the fold.
        unseen: Files that are only measured on.
        base: The folder with ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2.
        work: A folder for what is kept between runs.
    """

    gold: tuple[Path, ...]
    unseen: tuple[Path, ...]
    base: Path
    work: Path

    @property
    def tokenizer(self) -> Tokenizer:
        """Return the tokenizer, without its own limits of length."""
        tokenizer = Tokenizer.from_file(str(self.base / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def examples(self, files: Sequence[Path]) -> list[Example]:
        """Return the examples of files."""
        return read_examples(files, self.tokenizer, self.work / "examples")

    @property
    def files(self) -> tuple[Path, ...]:
        """Return all files of articles, those of others first."""
        return (*self.gold, *self.unseen, *sorted(OWN.glob("*.jsonl")))

    def prepare(self, file: Path) -> None:
        """Keep the examples of a file, so that other processes read them."""
        self.examples([file])

    def learned(self) -> list[Example]:
        """Return all examples that are learned from, those of others first."""
        return self.examples([file for file in self.files if file not in self.unseen])

    def predictions(self, fold: int) -> Path:
        """Return where the predictions of a fold are kept; of the fold ``FOLDS`` those of the unseen articles."""
        return self.work / f"fold-{fold}.pickle"


def fold_of(example: Example) -> int:
    """Return the fold of an article: articles that one reader read are in one fold, and passages with their article."""
    gold = example.gold
    return (gold.batch if gold.batch >= 0 else crc32(gold.id.partition("#")[0].encode())) % FOLDS


def predict_fold(sources: Sources, fold: int) -> None:
    """Train without a fold, and keep what the network predicts of it.

    For the fold ``FOLDS`` the network learns from all, is exported, and predicts the unseen articles.
    """
    if sources.predictions(fold).exists():
        return
    torch.set_num_threads(1)
    examples = sources.learned()
    folds = [fold_of(example) for example in examples]
    learned = [example for example, own in zip(examples, folds, strict=True) if own != fold]
    kept_out = [example for example, own in zip(examples, folds, strict=True) if own == fold]
    if fold == FOLDS:
        kept_out = sources.examples(sources.unseen)
    encoder = Encoder(sources.base / "model.safetensors")
    for example in learned + kept_out:
        example.hidden.extend(encoder.lower(example.windows))
    network = fit(learned, encoder, seed=fold)
    if fold == FOLDS:
        export(encoder, network, sources.work / "network")
        torch.save(network.state_dict(), sources.work / "network.pt")
    scores = {example.gold.id: score(example, network) for example in kept_out}
    sources.predictions(fold).write_bytes(pickle.dumps(scores))


@torch.no_grad()
def score(example: Example, network: Network) -> Scores:
    """Return the probabilities of an article, of all its sentences."""
    (reading,) = network.read([example])
    numbers = range(len(example.sentences))
    logits = network.sentences(reading)
    likely = logits[:, : len(KINDS)].sigmoid().numpy().round(DECIMALS)
    status = logits[:, len(KINDS) :].softmax(dim=1).numpy().round(DECIMALS)
    keys, found = network.parties(reading, numbers)
    parties: dict[Kind, dict[int, dict[int, float]]] = {kind: {n: {} for n in numbers} for kind in KINDS}
    for (number, entity), row in zip(keys, found.sigmoid().numpy().round(DECIMALS), strict=True):
        for kind, value in zip(KINDS, row, strict=True):
            parties[kind][number][entity] = float(value)
    pairs = [(one, other) for one in numbers for other in numbers if one < other]
    same = network.same_matter(reading, pairs).sigmoid().numpy().round(DECIMALS) if pairs else ()
    ties: dict[int, list[float]] = {number: [] for number in numbers}
    for (number, _), value in zip(*network.ties(reading, numbers), strict=True):
        ties[number].append(round(float(value.sigmoid()), DECIMALS))
    return Scores(
        sentences={kind: [float(p) for p in likely[:, place]] for place, kind in enumerate(KINDS)},
        parties=parties,
        same_matter={
            kind: {pair: float(row[place]) for pair, row in zip(pairs, same, strict=True)}
            for place, kind in enumerate(KINDS)
        },
        ties=ties,
        status={number: [float(p) for p in row] for number, row in enumerate(status)},
    )
