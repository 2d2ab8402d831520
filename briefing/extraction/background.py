"""Background: the sentences that tell what was before the news."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.sentence_trimming import SentenceTrimmer
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.lexicon import word_set
from briefing.model import BackgroundFact

_YEAR = re.compile(r"\d{4}")
_MOST_TIMES = 2


@dataclass(frozen=True, slots=True)
class BackgroundExtractor:
    """Find sentences set before the news: by the times that they name, pluperfect, "since" and words of history."""

    limit: int = 3
    least: float = 1.5  # evidence that a sentence must have

    def __call__(self, analysis: Analysis) -> tuple[BackgroundFact, ...]:
        """Return the facts in reading order."""
        body = [s for s in analysis.sentences if s.role == "body"]
        scored = [(_score(analysis, s, i, len(body)), i, s) for i, s in enumerate(body)]
        best = sorted((x for x in scored if x[0] >= self.least), key=lambda x: (-x[0], x[1]))[: self.limit]
        trimmer = SentenceTrimmer.of(analysis)
        return tuple(_fact(analysis, trimmer, s) for _, _, s in sorted(best, key=lambda x: x[1]))


def _fact(analysis: Analysis, trimmer: SentenceTrimmer, sentence: SentenceSpan) -> BackgroundFact:
    line = trimmer.line(sentence)
    times = _past_times(analysis, sentence)[:_MOST_TIMES]
    return BackgroundFact(
        text=line.text,
        when="/".join(times) or None,
        evidence=(analysis.sentence_evidence(sentence),),
        insertions=line.insertions,
    )


def _past_times(analysis: Analysis, sentence: SentenceSpan) -> list[str]:
    """Return the values of the dates before publication that a sentence names, each once."""
    published = analysis.article.published or "9999"
    values: list[str] = []
    for time in analysis.times_in(sentence.start, sentence.end):
        value = time.value
        if time.type != "DATE" or not value or not _YEAR.match(value) or value in values:
            continue
        if value[: len(published)] < published[: len(value)]:
            values.append(value)
    return values


def _score(analysis: Analysis, sentence: SentenceSpan, position: int, count: int) -> float:
    score = 1.0 * bool(_past_times(analysis, sentence)) + (position / count if count > 1 else 0.0)
    for token in analysis.span(sentence):
        if _is_pluperfect(token) or token.lower_ in word_set("background", "earlier"):
            score += 1.0
        elif token.lemma_.lower() in word_set("background", "history"):
            score += 0.5
    return score if position else 0.0


def _is_pluperfect(token: Token) -> bool:
    return token.tag_ == "VBN" and any(child.lower_ == "had" and child.dep_ == "aux" for child in token.children)
