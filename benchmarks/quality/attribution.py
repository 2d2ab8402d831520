#!/usr/bin/env python3
"""Measure attributions on articles where they are annotated.

    python benchmarks/quality/attribution.py ARTICLES.jsonl [--misses] [--wrong]

ARTICLES.jsonl holds one object a line, as made from PolNeAR: ``text`` and ``annotations``, each of one annotator with
its ``attributions``, whose ``source`` and ``content`` are lists of ``spans`` (character ranges of the text). Of several
annotators the first counts. An annotated attribution is found where the content of one of ours shares at least 0.3 of
their characters with its own (Jaccard); its speaker is right where the two sources overlap, or where neither names
one; "who" is the noun before it. Of ours, one is right where it finds one.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from briefing.language.analyse import analyse
from briefing.language.pipeline import load_pipeline
from briefing.model.brief import Article, Paragraph, text_id

LEAST = 0.3
_NEAR = 3  # characters from the end of a noun to its relative pronoun: a comma and a blank
# A quotation mark, which "Britain's" does not hold.
_QUOTED = re.compile(r"[\"“”«»]|``|''|(?<!\w)['‘]|['’](?!\w)")


class Span(NamedTuple):
    """An attribution as sets of offsets."""

    content: frozenset[int]
    source: frozenset[int]
    quoted: bool
    line: str


def main() -> None:
    """Print the shares, and what missed where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was not found, and each wrong speaker")
    parser.add_argument("--wrong", action="store_true", help="print what of ours finds nothing")
    options = parser.parse_args()
    nlp = load_pipeline()
    counts: Counter[str] = Counter()
    for line in options.articles.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        gold = [_annotated(text, a) for a in record["annotations"][0]["attributions"]]
        ours = [
            Span(_offsets(a.content), _offsets([a.source] if a.source else []), a.direct, _line(text, a))
            for a in analyse(article_of(text), nlp).attributions
        ]
        _compare(gold, ours, counts, misses=options.misses, wrong=options.wrong)
    print(f"with quotation marks  {_share(counts['quoted found'], counts['quoted'])}")
    print(f"all attributions      {_share(counts['found'], counts['gold'])}")
    print(f"speaker               {_share(counts['speaker'], counts['named'])}")
    print(f"precision             {_share(counts['right'], counts['ours'])}")
    print(f"precision of direct   {_share(counts['direct right'], counts['direct'])}")


def article_of(text: str) -> Article:
    """Return a text as an article whose lines are paragraphs, the first one its title."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"\S(?:.*\S)?", text)]
    paragraphs = tuple(
        Paragraph(start=start, end=end, role="title" if number == 0 and end - start < 120 else "body")
        for number, (start, end) in enumerate(lines)
    )
    return Article(id=text_id(text), title="Untitled", text=text, paragraphs=paragraphs)


def _offsets(ranges: Iterable[Any]) -> frozenset[int]:
    return frozenset(offset for start, end in ranges for offset in range(start, end))


def _annotated(text: str, attribution: dict[str, Any]) -> Span:
    parts = {role: [s for part in attribution[role] for s in part["spans"]] for role in ("content", "source", "cue")}
    words = {role: " ".join(text[start:end] for start, end in spans) for role, spans in parts.items()}
    return Span(
        _offsets(parts["content"]),
        _offsets(parts["source"]),
        bool(_QUOTED.search(words["content"])),
        f"{words['source']} | {words['cue']} | {words['content']}",
    )


def _line(text: str, attribution: Any) -> str:
    source = text[slice(*attribution.source)] if attribution.source else ""
    return f"{source} | {attribution.cue} | {' ... '.join(text[start:end] for start, end in attribution.content)}"


def _compare(gold: list[Span], ours: list[Span], counts: Counter[str], *, misses: bool, wrong: bool) -> None:
    used = set()
    for wanted in gold:
        scores = [_jaccard(wanted.content, found.content) for found in ours]
        close = [index for index, score in enumerate(scores) if score >= LEAST]
        counts["gold"] += 1
        counts["quoted"] += wanted.quoted
        if not close:
            if misses:
                print(f"missed{' quoted' if wanted.quoted else ''}: {wanted.line}")
            continue
        used.update(close)
        counts["found"] += 1
        counts["quoted found"] += wanted.quoted
        best = max(close, key=lambda index: (_same_source(wanted, ours[index]), scores[index]))
        counts["named"] += 1
        if _same_source(wanted, ours[best]):
            counts["speaker"] += 1
        elif misses:
            print(f"speaker: {wanted.line}\n    ours: {ours[best].line}")
    counts["ours"] += len(ours)
    counts["right"] += len(used)
    counts["direct"] += sum(found.quoted for found in ours)
    counts["direct right"] += sum(ours[index].quoted for index in used)
    for index, found in enumerate(ours):
        if wrong and index not in used:
            print(f"ours{' direct' if found.quoted else ''}: {found.line}")


def _same_source(wanted: Span, ours: Span) -> bool:
    """Return True if two sources are the same; a relative pronoun means the noun phrase before it."""
    if not wanted.source or not ours.source:
        return not wanted.source and not ours.source
    relative = wanted.line.split(" | ")[0].lower() in ("who", "which", "that")
    return bool(wanted.source & ours.source) or (relative and 0 < min(wanted.source) - max(ours.source) <= _NEAR)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0.0:.3f}  ({part} of {whole})"


if __name__ == "__main__":
    main()
