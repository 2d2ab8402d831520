#!/usr/bin/env python3
"""Measure the ranking of entities on articles whose readers said what they are about.

    python benchmarks/quality/salience.py ARTICLES.jsonl

ARTICLES.jsonl holds one object a line, as made from Dexter's Wikinews set: ``title``, ``text`` and ``entities``, each
with ``score`` (human salience, 1 to 3), ``spots`` (its written forms) and ``wikipedia_title``. An entity of ours is
one of these where a name or alias equals a spot or the title; it is salient from 2.5 on. Prints the mean average
precision of the salient ones, over the articles that have any, in our order and in the order of mention counts.
"""

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from briefing.extraction.salience import entity_salience
from briefing.language.analyse import analyse
from briefing.language.analysis import Entity
from briefing.language.pipeline import load_pipeline
from briefing.model.brief import Article, Paragraph, text_id

SALIENT = 2.5
# Whatever is neither letter nor digit: "U.S." is "u s".
_GAP = re.compile(r"[^\w]+")


def main() -> None:
    """Print both mean average precisions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    options = parser.parse_args()
    nlp = load_pipeline()
    ours: list[float] = []
    counted: list[float] = []
    for line in options.articles.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        analysis = analyse(article_of(record["title"], record["text"]), nlp)
        salient = [is_salient(entity, record["entities"]) for entity in analysis.entities]
        if any(salient):
            ours.append(average_precision(salient, entity_salience(analysis)))
            counted.append(average_precision(salient, [len(entity.mentions) for entity in analysis.entities]))
    if not ours:
        raise SystemExit(f"{options.articles} holds no salient entity that we find")
    print(f"articles                   {len(ours)}")
    print(f"by salience, MAP           {fmean(ours):.3f}")
    print(f"by number of mentions, MAP {fmean(counted):.3f}")


def article_of(title: str, text: str) -> Article:
    """Return a title and a text, blank lines between its paragraphs, as an article."""
    whole = f"{title}\n\n{text}" if title else text
    paragraphs = tuple(
        Paragraph(start=found.start(), end=found.end(), role="title" if title and not found.start() else "body")
        for found in re.finditer(r"\S(?:.*\S)?", whole)
    )
    return Article(id=text_id(whole), title=title or "Untitled", text=whole, paragraphs=paragraphs)


def is_salient(entity: Entity, known: Sequence[Mapping[str, Any]]) -> bool:
    """Return True if readers found an entity of ours salient."""
    names = {folded(name) for name in (entity.name, *entity.aliases)}
    return any(
        one["score"] >= SALIENT and names & {folded(form) for form in (*one["spots"], one["wikipedia_title"] or "")}
        for one in known
    )


def folded(name: str) -> str:
    """Return a name without case, marks, underscores and a leading article."""
    return _GAP.sub(" ", name.casefold().replace("_", " ")).strip().removeprefix("the ")


def average_precision(relevant: Sequence[bool], scores: Sequence[float]) -> float:
    """Return the mean precision at the rank of each relevant item, the highest score first."""
    order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
    ranks = [rank for rank, index in enumerate(order, 1) if relevant[index]]
    return fmean(found / rank for found, rank in enumerate(ranks, 1))


if __name__ == "__main__":
    main()
