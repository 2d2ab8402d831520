#!/usr/bin/env python3
"""Measure the sign of points of agreement and disagreement on sentences whose stance is known.

    python benchmarks/quality/polarity.py STANCES.jsonl [--misses]

STANCES.jsonl holds one object a line: ``sentence`` and ``gold_root``, a root of PLOVER. Each sentence is an article.
AGREE and SUPPORT must give agreements, REJECT, ACCUSE, THREATEN, SANCTION and PROTEST disagreements, CONSULT nothing;
other roots do not count.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from briefing.extraction.points.agreements import AgreementExtractor
from briefing.extraction.points.disagreements import DisagreementExtractor
from briefing.language.analyse import analyse
from briefing.language.pipeline import load_pipeline
from briefing.model.brief import Article, Paragraph, text_id

SIGNS = {"AGREE": 1, "SUPPORT": 1, "REJECT": -1, "ACCUSE": -1, "THREATEN": -1, "SANCTION": -1, "PROTEST": -1}
SILENT = "CONSULT"


def article_of(sentence: str) -> Article:
    """Return a sentence as an article of one paragraph."""
    paragraph = Paragraph(start=0, end=len(sentence), role="body")
    return Article(id=text_id(sentence), title="Untitled", text=sentence, paragraphs=(paragraph,))


def main() -> None:
    """Print the three shares, and each sentence that missed where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stances", type=Path)
    parser.add_argument("--misses", action="store_true", help="print each sentence that missed")
    options = parser.parse_args()
    nlp = load_pipeline()
    agreements, disagreements = AgreementExtractor(), DisagreementExtractor()
    counts: Counter[str] = Counter()
    for line in options.stances.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        wanted = SIGNS.get(record["gold_root"])
        if wanted is None and record["gold_root"] != SILENT:
            continue
        analysis = analyse(article_of(record["sentence"].strip()), nlp)
        points = [(1, point) for point in agreements(analysis)] + [(-1, point) for point in disagreements(analysis)]
        # The point of most confidence is what we say of the sentence.
        sign, best = max(points, key=lambda pair: pair[1].confidence, default=(0, None))
        counts[verdict := _verdict(wanted, sign)] += 1
        if options.misses and verdict in ("wrong", "mute", "loud"):
            said = f" [{best.topic} | {', '.join(best.parties)} | {best.confidence}]" if best else ""
            print(f"{verdict:5s} {record['gold_root']:8s} {record['sentence']}{said}")
    spoken = counts["right"] + counts["wrong"]
    print(f"right where we speak  {_share(counts['right'], spoken)}")
    print(f"share where we speak  {_share(spoken, spoken + counts['mute'])}")
    print(f"silent on {SILENT}     {_share(counts['silent'], counts['silent'] + counts['loud'])}")


def _verdict(wanted: int | None, sign: int) -> str:
    if wanted is None:
        return "loud" if sign else "silent"
    if not sign:
        return "mute"
    return "right" if sign == wanted else "wrong"


def _share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0.0:.3f}  ({part} of {whole})"


if __name__ == "__main__":
    main()
