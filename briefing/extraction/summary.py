"""The summary: the sentences that together tell most of the article within a number of words."""

from dataclasses import dataclass

from briefing.extraction.ranking import RankedSentence, Ranking, rank_sentences
from briefing.extraction.sentence_trimming import SentenceTrimmer
from briefing.grounding import Line
from briefing.language.analysis import Analysis
from briefing.model import Statement


@dataclass(frozen=True, slots=True)
class SummaryExtractor:
    """Choose sentences that cover the weightiest concepts within a budget (Gillick and Favre 2009), trimmed.

    Greedy: each round takes the sentence that adds most.
    """

    sentences: int = 3
    words: int = 80  # all of them together

    def __call__(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return the sentences in reading order."""
        ranking = rank_sentences(analysis)
        trimmer = SentenceTrimmer.of(analysis)
        chosen = self._choose(ranking, trimmer)
        told: set[int] = set()
        statements: list[Statement] = []
        for ranked in sorted(chosen, key=lambda item: item.position):
            line = trimmer.line(ranked.sentence, told=told, deep=chosen[ranked])
            told |= trimmer.entities_named(ranked.sentence)
            statements.append(
                Statement(
                    text=line.text, evidence=(analysis.sentence_evidence(ranked.sentence),), insertions=line.insertions
                )
            )
        return tuple(statements)

    def _choose(self, ranking: Ranking, trimmer: SentenceTrimmer) -> dict[RankedSentence, bool]:
        lines = {ranked: trimmer.line(ranked.sentence) for ranked in ranking.sentences}
        chosen: dict[RankedSentence, bool] = {}
        covered: frozenset[str] = frozenset()
        left = self.words
        while len(chosen) < self.sentences:
            best: tuple[float, RankedSentence] | None = None
            for ranked in ranking.sentences:
                cost = _length(lines[ranked])
                if ranked in chosen or (cost > left and chosen):
                    continue
                gain = ranking.weight(ranked.concepts - covered) + ranked.prior
                if best is None or gain > best[0]:
                    best = (gain, ranked)
            if best is None:
                break
            chosen[best[1]] = False
            covered |= best[1].concepts
            left -= _length(lines[best[1]])
        return chosen


def _length(line: Line) -> int:
    return len(line.text.split())
