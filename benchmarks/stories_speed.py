#!/usr/bin/env python3
"""Measure how the cost of clusters and origins grows with the number of articles.

    python benchmarks/stories_speed.py [--articles 2000] [--rounds 3] [--times 2]

Articles are made up: words as frequent as in English (Zipf), stories of one to twelve articles that share some names
and words of their own, a third of them agency copy that appears again nearly word for word. Prints processor seconds
for a part of the articles of one day (a half, or with --times 4 a quarter) and for all, their ratio (at most 2.6 is
wanted, or 4.5), and the most memory held; then the same for one story of three hundred articles and half of them, all
pairs of which have to be compared.
"""

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence

from briefing.digest.clustering import cluster_stories
from briefing.digest.items import Item
from briefing.digest.origins import find_origins
from briefing.model.brief import Article, Briefing, Paragraph, Provenance, text_id
from briefing.runtime.parallel import prepare_process

_BOUNDS = {2: 2.6, 4: 4.5}  # wanted: so many times the articles, at most so many times the seconds
_WORDS = 12_000
_LENGTH = 450  # words of an article
_PROVENANCE = Provenance(
    engine="none", briefing="0", spacy="0", model="none", profile="none", profile_sha256="", source_sha256=""
)


def main() -> None:
    """Print a line for each kind of day."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=2, choices=_BOUNDS)
    options = parser.parse_args()
    prepare_process()  # as the program does
    print("                              part s   all s  ratio  at most      MB")
    find_origins(_day(2, 2))  # imports what is imported on first use
    for name, size, largest, times in (("a day", options.articles, 12, options.times), ("one story", 300, 300, 2)):
        items = _day(size, largest)
        for what, work in (("stories", cluster_stories), ("origins", find_origins)):
            part, whole = _seconds(work, items[: size // times], options.rounds), _seconds(work, items, options.rounds)
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            ratio = f"{whole / part:5.2f}  {_BOUNDS[times]:7.1f}"
            print(f"{name:10} {what:8} {size:6}       {part:6.1f}  {whole:6.1f}  {ratio}  {most:6}", flush=True)


def _seconds(work: Callable[[Sequence[Item]], object], items: Sequence[Item], rounds: int) -> float:
    """Return the median of processor seconds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work(items)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _day(articles: int, largest: int) -> list[Item]:
    """Return so many articles of one day, those of a story after each other."""
    chance = random.Random(1)  # noqa: S311 - no secret depends on it
    words = [_word(chance) for _ in range(_WORDS)]
    frequent = [1 / rank for rank in range(1, _WORDS + 1)]
    items: list[Item] = []
    while len(items) < articles:
        names = [_word(chance).capitalize() for _ in range(12)]
        telling = chance.sample(words[300:], 25)
        copied = chance.random() < 1 / 3
        text = ""
        for number in range(chance.randint(largest if largest > 12 else 1, largest)):
            if not copied or not text:
                text = _text(chance, words, frequent, [*names, *telling])
            items.append(_item(f"{text}\n\nThat was paper {number} of {len(items)}."))
    return items[:articles]


def _text(chance: random.Random, words: Sequence[str], frequent: Sequence[float], own: Sequence[str]) -> str:
    drawn = chance.choices(words, frequent, k=_LENGTH)
    mixed = [chance.choice(own) if chance.random() < 0.15 else word for word in drawn]
    return "\n\n".join(f"{' '.join(mixed[start : start + 30])}." for start in range(0, _LENGTH, 30))


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))


def _item(text: str) -> Item:
    places = [0]
    for part in text.split("\n\n")[:-1]:
        places.append(places[-1] + len(part) + 2)
    paragraphs = tuple(
        Paragraph(start=start, end=start + len(part), role="body")
        for start, part in zip(places, text.split("\n\n"), strict=True)
    )
    article = Article(
        id=text_id(text),
        title="Untitled",
        published="2024-03-05",
        published_basis="given",
        text=text,
        paragraphs=paragraphs,
    )
    return Item(Briefing(article=article, provenance=_PROVENANCE))


if __name__ == "__main__":
    main()
