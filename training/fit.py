"""Fit a network to examples."""

import math
import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.functional import cross_entropy as one_of

from briefing.extraction.scoring.scores import KINDS
from training.examples import Example
from training.network import Encoder, Network, Reading

EPOCHS = 3
_BATCH = 8  # articles
_RATE, _RATE_OF_HEADS = 1e-4, 1e-3
_WARM_UP = 0.06  # share of the steps
_WEIGHTS = (2.0, 1.7, 2.0)  # of sentences that state an agreement, a disagreement, something to come
_MOST_PAIRS = 40  # of sentences, in one article and of one kind
_POOL = 8  # batches whose articles are sorted by length together


def fit(examples: Sequence[Example], encoder: Encoder, seed: int, epochs: int = EPOCHS) -> Network:
    """Return a network fitted to examples whose hidden vectors are computed."""
    torch.manual_seed(seed)
    drawn = random.Random(seed)  # noqa: S311 - for reproducible training
    network = Network(encoder, next(one for one in examples if any(one.candidates) and any(one.ties)))
    layers = set(network.layers.parameters())
    groups = [
        {"params": list(layers), "rate": _RATE},
        {"params": [one for one in network.parameters() if one not in layers], "rate": _RATE_OF_HEADS},
    ]
    optimiser = torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01, fused=True)
    steps, step = epochs * math.ceil(len(examples) / _BATCH), 0
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for batch in _batches(examples, drawn):
            slope = min(1.0, step / (_WARM_UP * steps + 1)) * max(0.0, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * slope
            loss = _loss(network, batch, drawn)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
            step += 1
        print(f"epoch {epoch + 1} of {epochs}: loss {total / steps * epochs:.3f}", flush=True)  # noqa: T201
    return network.eval()


def _batches(examples: Sequence[Example], drawn: random.Random) -> list[list[Example]]:
    """Return batches of articles of like length, in random order."""
    order = list(examples)
    drawn.shuffle(order)
    batches = []
    for start in range(0, len(order), _BATCH * _POOL):
        pool = sorted(order[start : start + _BATCH * _POOL], key=lambda one: sum(map(len, one.hidden)))
        batches += [pool[first : first + _BATCH] for first in range(0, len(pool), _BATCH)]
    drawn.shuffle(batches)
    return batches


def _loss(network: Network, batch: Sequence[Example], drawn: random.Random) -> Tensor:
    """Return the sum of the losses of sentences, parties, pairs of sentences, what is tied to them, and statuses."""
    readings = network.read(batch)
    labels = torch.cat([torch.from_numpy(example.labels) for example in batch])
    logits = [network.sentences(reading) for reading in readings]
    kinds = labels.shape[1]
    loss = cross_entropy(torch.cat(logits)[:, :kinds], labels, pos_weight=torch.tensor(_WEIGHTS))
    for weight, terms in (
        (1.0, [one for reading in readings for one in _party_terms(network, reading)]),
        (0.7, [one for reading in readings for one in _pair_terms(network, reading, drawn)]),
        (0.5, [one for reading in readings for one in _tie_terms(network, reading)]),
    ):
        if terms:
            loss = loss + weight * cross_entropy(*map(torch.cat, zip(*terms, strict=True)))
    statuses = [
        (row[number, kinds:], status)
        for row, example in zip(logits, batch, strict=True)
        for number, status in example.status.items()
    ]
    if statuses:
        rows, wanted = zip(*statuses, strict=True)
        loss = loss + 0.3 * one_of(torch.stack(rows), torch.tensor(wanted))
    return loss


def _tie_terms(network: Network, reading: Reading) -> list[tuple[Tensor, Tensor]]:
    """Return the logits and labels of times, places and noun phrases of sentences that state an event or a point."""
    tied = reading.example.tied
    keys, logits = network.ties(reading, sorted({number for number, _ in tied}))
    rows = [row for row, key in enumerate(keys) if key in tied]
    return [(logits[rows], torch.tensor([float(tied[keys[row]]) for row in rows]))] if rows else []


def _party_terms(network: Network, reading: Reading) -> list[tuple[Tensor, Tensor]]:
    """Return the logits and labels of the candidates of each sentence and kind that has a point or event."""
    example = reading.example
    keys, logits = network.parties(reading, sorted({number for number, _ in example.parties}))
    rows = [
        (row, kind, float(entity in example.parties[number, kind]))
        for row, (number, entity) in enumerate(keys)
        for kind in range(len(KINDS))
        if (number, kind) in example.parties
    ]
    if not rows:
        return []
    places, kinds, labels = zip(*rows, strict=True)
    return [(logits[list(places), list(kinds)], torch.tensor(labels))]


def _pair_terms(network: Network, reading: Reading, drawn: random.Random) -> list[tuple[Tensor, Tensor]]:
    """Return the logits and labels of pairs of sentences that state points of one kind, or events."""
    terms = []
    for kind, points in enumerate(reading.example.points):
        numbers = sorted(frozenset().union(*points))
        pairs = [(one, other) for place, one in enumerate(numbers) for other in numbers[place + 1 :]]
        pairs = drawn.sample(pairs, min(len(pairs), _MOST_PAIRS))
        if pairs:
            labels = [float(any(one in point and other in point for point in points)) for one, other in pairs]
            terms.append((network.same_matter(reading, pairs)[:, kind], torch.tensor(labels)))
    return terms
