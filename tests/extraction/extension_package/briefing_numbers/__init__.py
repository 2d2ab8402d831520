"""Sentences that name a sum of money, as a section of a brief."""

from dataclasses import dataclass
from typing import ClassVar

from briefing.language.analysis import Analysis
from briefing.model.brief import Statement


@dataclass(frozen=True, slots=True)
class SumExtractor:
    """Find the sentences that name a sum of money."""

    label: ClassVar[str] = "Sums of money"  # the heading, where a profile gives none

    limit: int = 5

    def __call__(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return the sentences in reading order."""
        found = []
        for sentence in analysis.sentences:
            tokens = analysis.doc[sentence.first : sentence.last]
            if any(token.ent_type_ == "MONEY" for token in tokens):
                evidence = analysis.sentence_evidence(sentence)
                found.append(Statement(text=" ".join(evidence.text.split()), evidence=(evidence,)))
        return tuple(found[: self.limit])
