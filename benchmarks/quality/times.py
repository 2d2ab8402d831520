"""Measure time expressions against TIMEX3 gold.

    python benchmarks/quality/times.py FILE.jsonl [--misses]

Each line of FILE is a JSON object with ``text``, ``dct`` (the day of creation, ISO 8601, or null) and ``timexes``:
objects with ``start``, ``end`` (characters of ``text``), ``text``, ``type`` and ``value``. Measures as in TempEval-3
(UzZaman et al. 2013): spans relaxed (they overlap) and strict (they are equal), each gold and each found expression
matched once; type accuracy over relaxed matches; value F1, which counts only the relaxed matches with an equal value.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from briefing.language.pipeline import load_pipeline
from briefing.language.sentences import mark_sentence_starts, split_sentences
from briefing.language.times.expressions import find_times
from briefing.model.brief import Article, Paragraph, TimeExpression, text_id

# A paragraph: lines up to a blank one.
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


class Gold(NamedTuple):
    """A time expression of the gold."""

    start: int
    end: int
    text: str
    type: str
    value: str


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what was missed, invented or given a wrong value")
    arguments = parser.parse_args()
    nlp = load_pipeline()
    counts = {"gold": 0, "found": 0, "relaxed": 0, "strict": 0, "type": 0, "value": 0}
    for line in arguments.file.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        article = article_of(document)
        doc = nlp.make_doc(article.text)
        mark_sentence_starts(doc, article)
        doc = nlp(doc)
        found = find_times(doc, split_sentences(doc, article), article)
        gold = [Gold(**{key: time[key] for key in Gold._fields}) for time in document["timexes"]]
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        for wanted, time in matched(gold, found):
            if wanted is not None and time is not None:
                counts["relaxed"] += 1
                counts["strict"] += (wanted.start, wanted.end) == (time.start, time.end)
                counts["type"] += wanted.type == time.type
                counts["value"] += wanted.value == time.value
            if arguments.misses:
                print_miss(document, wanted, time)
    report(counts)


def article_of(document: dict[str, Any]) -> Article:
    """Return a document of the file as an article of body paragraphs."""
    text = document["text"]
    published = document["dct"][:10] if document.get("dct") else None
    return Article(
        id=text_id(text),
        title="Untitled",
        published=published,
        published_basis="given" if published else "unknown",
        text=text,
        paragraphs=tuple(
            Paragraph(start=m.start(), end=m.start() + len(m.group().rstrip()), role="body")
            for m in _PARAGRAPH.finditer(text)
        ),
    )


def matched(gold: list[Gold], found: tuple[TimeExpression, ...]) -> Iterator[tuple[Gold | None, TimeExpression | None]]:
    """Yield pairs that overlap, the longest overlap first; the partner of the rest is None."""
    overlaps = sorted(
        (
            (max(g.start, t.start) - min(g.end, t.end), i, j)
            for i, g in enumerate(gold)
            for j, t in enumerate(found)
            if g.start < t.end and t.start < g.end
        ),
    )
    pairs: dict[int, int] = {}
    for _, i, j in overlaps:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    for i, wanted in enumerate(gold):
        yield wanted, found[pairs[i]] if i in pairs else None
    for j, time in enumerate(found):
        if j not in pairs.values():
            yield None, time


def print_miss(document: dict[str, Any], wanted: Gold | None, time: TimeExpression | None) -> None:
    """Print a pair that does not agree, with the words around it."""
    if wanted is not None and time is not None and wanted.value == time.value:
        return
    kind = "missed" if time is None else "extra" if wanted is None else "value"
    place = wanted or time
    assert place is not None  # noqa: S101 (one of the pair is there)
    around = " ".join(document["text"][max(0, place.start - 70) : place.end + 50].split())
    shown = [f"{p.text!r} {p.type} {p.value}" if p else "-" for p in (wanted, time)]
    print(kind, document["dct"][:10], *shown, around, sep=" | ")


def report(counts: dict[str, int]) -> None:
    """Print precision, recall and F1 of spans and values."""
    print(f"gold {counts['gold']}, found {counts['found']}")
    for measure in ("relaxed", "strict", "value"):
        precision = counts[measure] / max(1, counts["found"])
        recall = counts[measure] / max(1, counts["gold"])
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        print(f"{measure:8} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"type accuracy {counts['type'] / max(1, counts['relaxed']):.3f}")


if __name__ == "__main__":
    main()
