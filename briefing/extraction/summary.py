"""The summary: the sentences that together tell most of the article within a number of words."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.extraction.ranking import RankedSentence, Ranking, rank_sentences
from briefing.extraction.sentence_trimming import SentenceTrimmer
from briefing.language.analysis import Analysis, Range
from briefing.model import Statement

_SHORTLIST = 14  # sentences that are compared in all combinations
_BEAM = 12  # best beginnings of a summary that are kept


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence in one of the forms in which it can be printed."""

    ranked: RankedSentence
    cuts: tuple[Range, ...]
    concepts: frozenset[str]  # that its words still tell
    words: int
    prior: float


@dataclass(frozen=True, slots=True)
class _Draft:
    """Some candidates and what they are worth together."""

    candidates: tuple[_Candidate, ...] = ()
    concepts: frozenset[str] = frozenset()
    words: int = 0
    value: float = 0.0

    @property
    def order(self) -> tuple[float, tuple[int, ...]]:
        """Sort drafts by it: best first, then the earliest sentences."""
        return (-self.value, tuple(sorted(candidate.ranked.position for candidate in self.candidates)))


@dataclass(frozen=True, slots=True)
class SummaryExtractor:
    """Choose the sentences that cover the weightiest concepts, each counted once, within a budget of words.

    Maximum coverage (Gillick and Favre 2009) plus what each sentence is worth by its place and form (``ranking``), by
    beam search over the best sentences, each whole and cut down.
    """

    sentences: int = 3
    words: int = 80  # all of them together; one sentence alone may be longer

    def __call__(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return the sentences in reading order."""
        ranking = rank_sentences(analysis)
        trimmer = SentenceTrimmer.of(analysis, ranking.quoted)
        draft = self._best(ranking, list(_candidates(ranking, trimmer, analysis)))
        told: set[int] = set()
        statements: list[Statement] = []
        for candidate in sorted(draft.candidates, key=lambda candidate: candidate.ranked.position):
            sentence = candidate.ranked.sentence
            line = trimmer.line(sentence, told=told, cuts=candidate.cuts)
            told |= trimmer.entities_named(sentence)
            statements.append(
                Statement(text=line.text, evidence=(analysis.sentence_evidence(sentence),), insertions=line.insertions)
            )
        return tuple(statements)

    def _best(self, ranking: Ranking, candidates: list[_Candidate]) -> _Draft:
        """Return the best draft of at most so many sentences and words."""
        best = _Draft()
        beam = [best]
        for _ in range(self.sentences):
            longer = {draft.order: draft for draft in self._extended(ranking, beam, candidates)}
            beam = [longer[order] for order in sorted(longer)[:_BEAM]]
            best = min([best, *beam], key=lambda draft: draft.order)
        return best

    def _extended(self, ranking: Ranking, beam: list[_Draft], candidates: list[_Candidate]) -> Iterator[_Draft]:
        for draft in beam:
            taken = {candidate.ranked.position for candidate in draft.candidates}
            for candidate in candidates:
                words = draft.words + candidate.words
                if candidate.ranked.position in taken or (draft.candidates and words > self.words):
                    continue
                gain = ranking.weight(candidate.concepts - draft.concepts) + candidate.prior
                yield _Draft(
                    (*draft.candidates, candidate),
                    draft.concepts | candidate.concepts,
                    words,
                    round(draft.value + gain, 9),
                )


def _candidates(ranking: Ranking, trimmer: SentenceTrimmer, analysis: Analysis) -> Iterator[_Candidate]:
    """Yield the best sentences, each with light cuts and, where that makes a difference, with deep ones."""
    shortlist = sorted(ranking.sentences, key=lambda ranked: (-ranking.value(ranked), ranked.position))[:_SHORTLIST]
    for ranked in shortlist:
        light = trimmer.cuts(ranked.sentence)
        deep = trimmer.deep_cuts(ranked.sentence, light)
        for cuts in (light,) if light == deep else (light, deep):
            concepts = frozenset(
                concept
                for token, concept in ranked.concepts.items()
                if not any(cut.start <= analysis.doc[token].idx < cut.end for cut in cuts)
            )
            words = trimmer.length(ranked.sentence, cuts)
            yield _Candidate(ranked, cuts, concepts, words, ranked.prior)
