"""Compare summaries by the key facts that they tell within so many words.

    python benchmarks/quality/summary.py GOLD.jsonl [--words 80]

GOLD.jsonl holds one article a line: ``text`` and, where known, ``published`` (YYYY-MM-DD), with ``key_facts``, each a
mapping whose ``must`` lists regular expressions: a text that matches all of them, in any case, tells the fact. The rate
is the share of all facts that the first words of the summaries tell. LEAD-3 is the first three sentences of the body.
LexRank, TextRank and LSA are sumy's, with its English stemmer and stop words, over the same sentences.
"""

import argparse
import json
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers import AbstractSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from briefing.errors import BriefingError
from briefing.extraction.summary.extractor import SummaryExtractor
from briefing.language.analyse import analyse
from briefing.language.analysis import Analysis
from briefing.language.pipeline import load_pipeline
from briefing.reading.dates import parse_day
from briefing.reading.source import read_bytes

_SENTENCES = 3
_SUMY = {"LexRank": LexRankSummarizer, "TextRank": TextRankSummarizer, "LSA": LsaSummarizer}

Summariser = Callable[[Analysis], str]


def main() -> None:
    """Print one line for each way to summarise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--words", type=int, default=80, help="where every summary is cut off")
    arguments = parser.parse_args()
    articles = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    analyses = list(_analysed(articles))
    summarisers: dict[str, Summariser] = {"briefing": _ours(arguments.words), "LEAD-3": _lead}
    summarisers |= {name: _sumy(summarizer) for name, summarizer in _SUMY.items()}
    print(f"{len(analyses)} articles, {sum(len(facts) for facts, _ in analyses)} key facts")
    for name, summarise in summarisers.items():
        texts = [summarise(analysis) for _, analysis in analyses]
        counts = [_facts_in(text, facts, arguments.words) for text, (facts, _) in zip(texts, analyses, strict=True)]
        rate = sum(counts) / max(sum(len(facts) for facts, _ in analyses), 1)
        print(f"{name:10} {rate:.3f} of the facts, {statistics.fmean(len(text.split()) for text in texts):.0f} words")


def _analysed(articles: list[dict[str, Any]]) -> Iterator[tuple[list[list[str]], Analysis]]:
    """Yield the facts of each article, each as its patterns, with its analysis."""
    nlp = load_pipeline()
    for number, article in enumerate(articles):
        published = parse_day(article.get("published") or "")
        try:
            reading = read_bytes(article["text"].encode(), f"line {number + 1}", published=published)
        except BriefingError as error:
            print(error)
            continue
        yield [fact["must"] for fact in article["key_facts"]], analyse(reading.article, nlp)


def _facts_in(text: str, facts: list[list[str]], words: int) -> int:
    """Return how many facts the first words of a text hold."""
    text = " ".join(text.translate(str.maketrans("‘’“”–—", "''\"\"--")).split()[:words])
    return sum(all(re.search(pattern, text, re.IGNORECASE) for pattern in fact) for fact in facts)


def _ours(words: int) -> Summariser:
    extractor = SummaryExtractor(sentences=_SENTENCES, words=words)
    return lambda analysis: " ".join(statement.text for statement in extractor(analysis))


def _body(analysis: Analysis) -> list[str]:
    text = analysis.article.text
    return [text[sentence.start : sentence.end] for sentence in analysis.sentences if sentence.role == "body"]


def _lead(analysis: Analysis) -> str:
    return " ".join(_body(analysis)[:_SENTENCES])


def _sumy(summarizer: type[AbstractSummarizer]) -> Summariser:
    """Return a summariser of sumy that ranks our sentences, so that only the ranking is compared."""
    rank = summarizer(Stemmer("english"))
    rank.stop_words = get_stop_words("english")

    def summarise(analysis: Analysis) -> str:
        sentences = [Sentence(text, _Words()) for text in _body(analysis)]
        document = ObjectDocumentModel([Paragraph(sentences)])
        return " ".join(str(sentence) for sentence in rank(document, _SENTENCES))

    return summarise


class _Words:
    """Splits a sentence into words, as sumy wants it, without its download of a tokenizer model."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[^\W\d_]+", sentence))


if __name__ == "__main__":
    main()
