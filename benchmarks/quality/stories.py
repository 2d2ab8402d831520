#!/usr/bin/env python3
"""Measure story clusters on articles whose event is known.

    python benchmarks/quality/stories.py ARTICLES.jsonl [--briefs FOLDER] [--bars] [--merges]

ARTICLES.jsonl holds one object a line, as made from the Giveme5W1H news clusters: ``title``, ``text``, ``date``,
``url``, ``source`` and ``event_id``. Prints BCubed precision, recall and F1 (Bagga and Baldwin 1998; the mean over
articles), the same over pairs, and each story that holds articles of two events. With ``--bars`` the figures for other
bars, each also on fifty random halves of the events, so that one can see how wide the plateau is. Articles without
``event_id`` have no figures; ``--merges`` lists all stories of several articles, to be judged by reading.

Briefs are made once and kept in FOLDER, where there is one.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import yaml

from briefing.digest.clustering import Clusterer
from briefing.digest.items import Item
from briefing.jobs.briefs import brief_reading
from briefing.model.brief import text_id
from briefing.model.files import read_brief
from briefing.profile.profile import load_profile
from briefing.reading.source import read_bytes

_BARS = (0.2, 0.25, 0.28, 0.3, 0.32, 0.35, 0.4, 0.45, 0.5)
_HALVES = 50


class Scores(NamedTuple):
    """Shares, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def main() -> None:
    """Print the figures, and what was joined wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--briefs", type=Path, help="folder in which briefs are kept")
    parser.add_argument("--bars", action="store_true", help="figures for other bars")
    parser.add_argument("--merges", action="store_true", help="list the stories of several articles")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.articles.read_text(encoding="utf-8").splitlines() if line.strip()]
    items = [_item(row, options.briefs) for row in rows]
    events = {item.id: str(row["event_id"]) for item, row in zip(items, rows, strict=True) if "event_id" in row}
    titles = {item.id: f"{item.article.published} {item.article.title[:90]}" for item in items}
    stories = _stories(items, Clusterer().bar)
    if events:
        _print_figures(stories, events, titles)
    if events and options.bars:
        _print_bars(items, events)
    if options.merges:
        for story in stories:
            if len(story) > 1:
                print("", *(titles[article] for article in story), sep="\n  ")


def _print_figures(stories: Sequence[Sequence[str]], events: Mapping[str, str], titles: Mapping[str, str]) -> None:
    articles = len(events)
    print(f"{articles} articles, {len(set(events.values()))} events, {len(stories)} stories")
    for name, scores in (("BCubed", bcubed(stories, events)), ("pairs", pairwise(stories, events))):
        print(f"{name:7} precision {scores.precision:.3f}  recall {scores.recall:.3f}  F1 {scores.f1:.3f}")
    mixed = [story for story in stories if len({events[article] for article in story}) > 1]
    print(f"stories that hold articles of several events: {len(mixed)}")
    for story in mixed:
        print("", *(f"{events[article]:>4} {titles[article]}" for article in story), sep="\n  ")


def _print_bars(items: Sequence[Item], events: Mapping[str, str]) -> None:
    """Print BCubed for other bars: on all events, and the mean and the lowest F1 over random halves of them."""
    chance = random.Random(1)  # noqa: S311 - no secret depends on it
    names = sorted(set(events.values()))
    halves = [frozenset(chance.sample(names, len(names) // 2)) for _ in range(_HALVES)]
    print("\nbar   precision recall F1     halves: mean F1, lowest F1, lowest precision")
    for bar in _BARS:
        whole = bcubed(stories := _stories(items, bar), events)
        each = [bcubed(*_restricted(stories, events, half)) for half in halves]
        lowest = min(scores.f1 for scores in each), min(scores.precision for scores in each)
        mean = fmean(scores.f1 for scores in each)
        print(
            f"{bar:.2f}  {whole.precision:.3f}     {whole.recall:.3f}  {whole.f1:.3f}  "
            f"{mean:.3f}            {lowest[0]:.3f}      {lowest[1]:.3f}"
        )


def _restricted(
    stories: Iterable[Sequence[str]], events: Mapping[str, str], kept: frozenset[str]
) -> tuple[list[list[str]], dict[str, str]]:
    known = {article: event for article, event in events.items() if event in kept}
    inside = [[article for article in story if article in known] for story in stories]
    return [story for story in inside if story], known


def bcubed(stories: Iterable[Sequence[str]], events: Mapping[str, str]) -> Scores:
    """Return BCubed precision and recall."""
    sizes = Counter(events.values())
    precisions, recalls = [], []
    for story in stories:
        held = Counter(events[article] for article in story)
        for article in story:
            precisions.append(held[events[article]] / len(story))
            recalls.append(held[events[article]] / sizes[events[article]])
    return Scores(fmean(precisions), fmean(recalls))


def pairwise(stories: Iterable[Sequence[str]], events: Mapping[str, str]) -> Scores:
    """Return precision and recall over pairs of articles that are together."""
    found = {frozenset(pair) for story in stories for pair in combinations(story, 2)}
    by_event = defaultdict[str, list[str]](list)
    for article, event in events.items():
        by_event[event].append(article)
    gold = {frozenset(pair) for articles in by_event.values() for pair in combinations(articles, 2)}
    right = len(found & gold)
    return Scores(right / max(1, len(found)), right / max(1, len(gold)))


def _stories(items: Sequence[Item], bar: float) -> list[tuple[str, ...]]:
    return [cluster.articles for cluster in Clusterer(bar=bar)(items)]


def _item(row: Mapping[str, Any], folder: Path | None) -> Item:
    """Return an article with its brief, from *folder* where it was made before."""
    matter = {"title": row["title"], "date": (row.get("date") or "")[:10], "url": row.get("url")}
    head = yaml.safe_dump({key: value for key, value in matter.items() if value}, allow_unicode=True)
    source = f"---\n{head}---\n{row['text']}"
    kept = folder / f"{text_id(source)}.json" if folder else None
    if kept is not None and kept.exists():
        return Item(read_brief(kept.read_bytes(), str(kept)), outlet=row.get("source"))
    brief = brief_reading(read_bytes(source.encode(), str(row.get("id", row["title"]))), load_profile("standard"))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(brief.model_dump_json(), encoding="utf-8")
    return Item(brief, outlet=row.get("source"))


if __name__ == "__main__":
    main()
