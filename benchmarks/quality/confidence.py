#!/usr/bin/env python3
"""Draw the risk-coverage curve of points of agreement and disagreement: what each cut of confidence gains and loses.

    python benchmarks/quality/confidence.py GOLD.jsonl

GOLD.jsonl holds one article a line: ``text``, ``published`` where it is known (YYYY-MM-DD), ``actors`` with their
``name`` and ``aliases``, and ``agreements`` and ``disagreements``, each with its ``parties`` and the sentences that it
rests on as ``evidence``. A point is right where at least half of its sentences are those of a gold point of its sign,
and at least half of the parties of the two are the same. Risk is the share of the printed points that are not right,
coverage the share of the gold points that are found and right (El-Yaniv and Wiener 2010: selective classification).
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.extraction.points.agreements import AgreementExtractor
from briefing.extraction.points.disagreements import DisagreementExtractor
from briefing.language.analyse import analyse
from briefing.language.pipeline import load_pipeline
from briefing.model.brief import Position
from briefing.reading.dates import parse_day
from briefing.reading.source import read_bytes

CUTS = [cut / 100 for cut in range(30, 100, 5)]
_WORD = re.compile(r"[^\W_]+")
_SAME_SENTENCE = 0.6  # of the words of the shorter one; the gold may hold a part of a sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """A point that could be printed, and whether it is right."""

    confidence: float
    right: bool


def main() -> None:
    """Print a line for each cut, then how often points of each confidence are right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    lines = parser.parse_args().gold.read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines if line.strip()]
    judged = [point for article in articles for point in _judge(article)]
    wanted = sum(len(article[field]) for article in articles for field in ("agreements", "disagreements"))
    print(f"{len(articles)} articles, {wanted} gold points, {len(judged)} points found")
    print("cut   printed  right  risk   coverage  F1")
    for cut in CUTS:
        kept = [point for point in judged if point.confidence >= cut]
        right = sum(point.right for point in kept)
        f1 = 2 * right / (len(kept) + wanted) if kept else 0.0
        risk = 1 - right / len(kept) if kept else 0.0
        print(f"{cut:.2f}  {len(kept):7d}  {right:5d}  {risk:.3f}  {right / wanted:8.3f}  {f1:.3f}")
    print("confidence  points  right")
    for low in CUTS:
        within = [point for point in judged if low <= point.confidence < low + 0.05]
        share = f"{sum(point.right for point in within) / len(within):.3f}" if within else "-"
        print(f"{low:.2f}-{low + 0.05:.2f}  {len(within):6d}  {share}")


def _judge(article: dict[str, Any]) -> Iterator[Judged]:
    """Yield every point of an article; each gold point is found once, by the surest that is right."""
    published = parse_day(article["published"]) if article.get("published") else None
    analysis = analyse(read_bytes(article["text"].encode(), "the text", published=published).article, load_pipeline())
    fields = (("agreements", AgreementExtractor()), ("disagreements", DisagreementExtractor()))
    for field, extract in fields:
        left = list(article[field])
        for point in sorted(extract(analysis), key=lambda point: -point.confidence):
            match = next((gold for gold in left if _is_same(point, gold, article["actors"])), None)
            if match is not None:
                left.remove(match)
            yield Judged(point.confidence, match is not None)


def _is_same(point: Position, gold: dict[str, Any], actors: Sequence[dict[str, Any]]) -> bool:
    shared = [any(_overlap(piece.text, sentence) for sentence in gold["evidence"]) for piece in point.evidence]
    named, parties = {_denoted(name, actors) for name in point.parties}, set(gold["parties"])
    speaker = _denoted(point.attributed_to or "", actors)
    named -= {speaker} - parties  # to name the speaker too is no mistake
    return 2 * sum(shared) >= len(shared) and 2 * len(named & parties) >= len(named | parties)


def _overlap(one: str, other: str) -> bool:
    a, b = set(_words(one)), set(_words(other))
    return len(a & b) >= _SAME_SENTENCE * min(len(a), len(b)) > 0


def _denoted(name: str, actors: Sequence[dict[str, Any]]) -> str:
    """Return the gold actor that has this name; for a person its last words are enough."""
    said = _words(name)
    for actor in actors:
        names = [_words(known) for known in (actor["name"], *actor["aliases"])]
        ends = actor["kind"] == "person" and any(said[-1:] == known[-1:] for known in names)
        if said in names or (said and ends):
            return str(actor["name"])
    return name


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in ("the", "a", "an", "s")]


if __name__ == "__main__":
    main()
