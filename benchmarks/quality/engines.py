#!/usr/bin/env python3
"""Compare our own extraction, a language model, and both, on articles with expert briefs.

    python benchmarks/quality/engines.py GOLD.jsonl --profile PROFILE [--articles N] [--replay]

GOLD.jsonl holds one article a line: ``text``, ``title`` and ``published`` where they are known, and ``events``,
``agreements`` and ``disagreements``, each with the sentences that it rests on as ``evidence``. PROFILE names the model
(``engine: {llm: ...}``). Printed for each field: the share of the printed lines that rest on a sentence of a gold entry
(precision), the share of the gold entries that a printed line rests on a sentence of (recall), and F1; then tokens and
seconds an article, and how many articles got no answer.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefing.jobs.assembly import extracted, seen_by
from briefing.language.analyse import analyse
from briefing.language.pipeline import load_pipeline
from briefing.model.brief import Record
from briefing.profile.profile import load_profile
from briefing.proposals.eye import eye_of
from briefing.reading.dates import parse_day
from briefing.reading.known import Known
from briefing.reading.source import read_bytes

_FIELDS = ("events", "agreements", "disagreements")
_ENGINES = ("own", "llm", "both")
_WORD = re.compile(r"[^\W_]+")
_SAME = 0.6  # of the words of the shorter sentence; the gold may hold a part of one


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--profile", required=True)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--replay", action="store_true", help="use kept answers only")
    options = parser.parse_args()
    profile, nlp = load_profile(options.profile), load_pipeline()
    eye = eye_of(profile, "both", replay=options.replay)
    if eye is None:
        raise SystemExit(f"{options.profile} names no language model; add engine.llm")
    rows = [json.loads(line) for line in options.gold.read_text().splitlines()][: options.articles]
    counts: Counter[tuple[str, str, str]] = Counter()
    tokens, seconds, silent = 0, 0.0, 0
    for row in rows:
        known = Known(title=row.get("title"), published=parse_day(row["published"]) if row.get("published") else None)
        analysis = analyse(read_bytes(row["text"].encode(), row.get("title") or "an article", known=known).article, nlp)
        seen = seen_by(eye, analysis, profile)
        tokens, seconds = tokens + seen.answer.tokens, seconds + seen.answer.seconds
        silent += seen.answer.failure is not None
        for field in _FIELDS:
            own = extracted(field, analysis, profile)[0]
            proposed = seen.records.get(field, ())
            for engine, records in zip(_ENGINES, (own, proposed, seen.merged(field, own)), strict=True):
                _count(counts, engine, field, records, row.get(field, ()))
    for field in _FIELDS:
        for engine in _ENGINES:
            print(f"{field:14} {engine:5} {_figures(counts, engine, field)}")
    cost = f"{tokens / len(rows):.0f} tokens, {seconds / len(rows):.1f} s an article"
    print(f"{len(rows)} articles, {silent} without an answer; {cost}")


def _count(
    counts: Counter[tuple[str, str, str]],
    engine: str,
    field: str,
    records: Sequence[Record],
    gold: Iterable[Mapping[str, Any]],
) -> None:
    told = [[set(_WORD.findall(text.lower())) for text in entry["evidence"]] for entry in gold]
    lines = [[set(_WORD.findall(one.text.lower())) for one in record.evidence] for record in records]  # type: ignore[attr-defined]
    counts[engine, field, "printed"] += len(lines)
    counts[engine, field, "gold"] += len(told)
    counts[engine, field, "right"] += sum(any(_meet(line, entry) for entry in told) for line in lines)
    counts[engine, field, "found"] += sum(any(_meet(line, entry) for line in lines) for entry in told)


def _meet(line: Iterable[set[str]], entry: Iterable[set[str]]) -> bool:
    entry = list(entry)
    return any(len(one & other) >= _SAME * max(1, min(len(one), len(other))) for one in line for other in entry)


def _figures(counts: Counter[tuple[str, str, str]], engine: str, field: str) -> str:
    printed, gold = counts[engine, field, "printed"], counts[engine, field, "gold"]
    precision, recall = counts[engine, field, "right"] / max(1, printed), counts[engine, field, "found"] / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.3f} of {printed}, recall {recall:.3f} of {gold}, F1 {f1:.3f}"


if __name__ == "__main__":
    main()
