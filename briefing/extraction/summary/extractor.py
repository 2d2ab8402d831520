"""Choose the summary: the sentences that together cover most of the article within a number of words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from briefing.extraction.explanation import Finding
from briefing.extraction.lines.brackets import Naming
from briefing.extraction.lines.statements import signed, statement_speakers
from briefing.extraction.lines.writer import LineWriter
from briefing.extraction.summary.ranking import FIRST, RankedSentence, Ranking, rank_sentences
from briefing.extraction.summary.reasons import Chosen, chosen_reasons, wording_reasons
from briefing.extraction.summary.traits import NEVER
from briefing.language.analysis import Analysis, Range, SentenceSpan
from briefing.language.memory import once_per_analysis
from briefing.model.brief import Statement

_SHORTLIST = 14  # sentences that are compared in all combinations
_LONG = 45  # more words of the first choice do not count, so that long news leaves room for two lines
_BEAM = 8  # best partial summaries that the search keeps


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence in one of its printable forms."""

    position: int
    sentence: SentenceSpan
    cuts: tuple[Range, ...]
    concepts: frozenset[str]  # the concepts that remain after its cuts
    words: int
    prior: float  # in per cent, rounded so that sums are exact


class _Draft(NamedTuple):
    """A set of candidates and its value; drafts sort best first, then by the earliest sentences."""

    loss: float  # minus its value
    positions: tuple[int, ...]  # of its sentences, in order
    words: int
    concepts: frozenset[str]
    candidates: tuple[_Candidate, ...]


@dataclass(frozen=True, slots=True)
class SummaryExtractor:
    """Choose the sentences that cover the weightiest concepts, each counted once, within a budget of words.

    Maximum coverage (Gillick and Favre 2009), plus the value of each sentence's position and form (``ranking``). A beam
    search runs over the best sentences, each in full and shortened; it starts with the first sentence of the article if
    that is one of the best.
    """

    sentences: int = 3
    words: int = 80  # in all, without what the first choice has beyond _LONG; a single sentence may be longer

    def __call__(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return the sentences in reading order."""
        writer = LineWriter(analysis)
        chosen = summarised(analysis) if self == SummaryExtractor() else self.choose(writer)
        return tuple(statement for statement, _ in _statements(writer, chosen))

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the sentences, each with the parts of the objective that chose it and the changes to its words."""
        ranking, writer = rank_sentences(analysis), LineWriter(analysis)
        draft = self._draft(writer)
        chosen, lines = _chosen(analysis, ranking, draft), _in_order(draft)
        found: list[Finding] = []
        for (statement, named), (sentence, cuts) in zip(_statements(writer, lines), lines, strict=True):
            scored = chosen_reasons(analysis, ranking, chosen[sentence.first])
            worded = wording_reasons(writer, sentence, cuts, named, statement)
            found.append(Finding(statement, (*scored, *worded)))
        return tuple(found)

    def write(self, analysis: Analysis, sentences: Iterable[SentenceSpan]) -> tuple[Statement, ...]:
        """Return sentences that somebody else chose as a summary in reading order, as far as it has room."""
        writer = LineWriter(analysis)
        room, chosen = self.words, list[tuple[SentenceSpan, tuple[Range, ...]]]()
        for sentence in list(dict.fromkeys(sentences))[: self.sentences]:
            cuts = writer.cuts(sentence)
            room -= writer.length(sentence, cuts)
            if room >= 0 or not chosen:
                chosen.append((sentence, cuts))
        ordered = sorted(chosen, key=lambda one: one[0].start)
        return tuple(statement for statement, _ in _statements(writer, ordered))

    def lead(self, analysis: Analysis) -> tuple[SentenceSpan, ...]:
        """Return the sentence that our own summary chooses first, which has the news of the title; none without one."""
        return tuple(candidate.sentence for candidate in self._draft(LineWriter(analysis)).candidates[:1])

    def choose(self, writer: LineWriter) -> tuple[tuple[SentenceSpan, tuple[Range, ...]], ...]:
        """Return the sentences of the summary in reading order, each with its cuts."""
        return _in_order(self._draft(writer))

    def _draft(self, writer: LineWriter) -> _Draft:
        ranking = rank_sentences(writer.analysis)
        return self._best(ranking, list(_candidates(ranking, writer)))

    def _best(self, ranking: Ranking, candidates: list[_Candidate]) -> _Draft:
        """Return the best draft within the limits of sentences and words."""
        best = _Draft(0.0, (), 0, frozenset(), ())
        beam = [best]
        openings = _openings(ranking, candidates)
        for turn in range(self.sentences):
            longer: dict[tuple[float, tuple[int, ...]], tuple[_Draft, _Candidate]] = {}
            for draft in beam:
                for candidate in candidates if turn else openings:
                    if self._fits(draft, candidate):
                        gain = ranking.weight(candidate.concepts - draft.concepts) + candidate.prior
                        positions = tuple(sorted((*draft.positions, candidate.position)))
                        longer.setdefault((draft.loss - gain, positions), (draft, candidate))
            beam = [_added(loss, positions, *longer[loss, positions]) for loss, positions in sorted(longer)[:_BEAM]]
            best = min([best, *beam]) if best.candidates else min(beam, default=best)
        return best

    def _fits(self, draft: _Draft, candidate: _Candidate) -> bool:
        if candidate.position in draft.positions:
            return False
        if not draft.candidates:
            return True
        surplus = max(0, draft.candidates[0].words - _LONG)
        return draft.words + candidate.words <= self.words + surplus


def _openings(ranking: Ranking, candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the candidates to choose first: the sentence of the first few with the news of the title.

    Others may cover a little more without it, but they say what followed from news that a reader does not have.
    """
    head = {candidate.position for candidate in candidates if candidate.position < FIRST}
    values = {position: ranking.sentences[position].opening for position in head}
    news = max(values, key=lambda position: (values[position], -position), default=None)
    if news is None or values[news] <= NEVER:
        return candidates
    return [candidate for candidate in candidates if candidate.position == news]


@once_per_analysis
def summarised(analysis: Analysis) -> tuple[tuple[SentenceSpan, tuple[Range, ...]], ...]:
    """Return the choice of the default summary: sentences in reading order, each with its cuts."""
    return SummaryExtractor().choose(LineWriter(analysis))


def _chosen(analysis: Analysis, ranking: Ranking, draft: _Draft) -> dict[int, Chosen]:
    """Return, by first token, what each sentence of a draft adds to the sentences chosen before it."""
    chosen: dict[int, Chosen] = {}
    covered: frozenset[str] = frozenset()
    for turn, candidate in enumerate(draft.candidates, start=1):
        ranked = ranking.sentences[candidate.position]
        new = {
            token: concept
            for token, concept in ranked.concepts.items()
            if concept in candidate.concepts - covered and not _is_within(analysis.doc[token].idx, candidate.cuts)
        }
        chosen[candidate.sentence.first] = Chosen(ranked, turn, new)
        covered |= candidate.concepts
    return chosen


def _in_order(draft: _Draft) -> tuple[tuple[SentenceSpan, tuple[Range, ...]], ...]:
    in_order = sorted(draft.candidates, key=lambda candidate: candidate.position)
    return tuple((candidate.sentence, candidate.cuts) for candidate in in_order)


def _statements(
    writer: LineWriter, chosen: Iterable[tuple[SentenceSpan, tuple[Range, ...]]]
) -> Iterator[tuple[Statement, frozenset[int]]]:
    """Yield each sentence's line, with the entities that earlier lines name.

    The person who speaks in a statement precedes the first line, too: its claims are no facts.
    """
    named: frozenset[int] = frozenset()
    speaker = next((one for one in statement_speakers(writer.analysis).values() if one.kind == "person"), None)
    for number, (sentence, cuts) in enumerate(chosen):
        line = writer.line(sentence, naming=Naming(named), cuts=cuts)
        if number == 0 and speaker is not None and speaker.index not in writer.entities_named(sentence):
            line = signed(line, speaker.name)
        evidence = (writer.analysis.sentence_evidence(sentence),)
        yield Statement(text=line.text, evidence=evidence, insertions=line.insertions), named
        named |= writer.entities_named(sentence)


def _added(loss: float, positions: tuple[int, ...], draft: _Draft, candidate: _Candidate) -> _Draft:
    return _Draft(
        loss,
        positions,
        draft.words + candidate.words,
        draft.concepts | candidate.concepts,
        (*draft.candidates, candidate),
    )


def _candidates(ranking: Ranking, writer: LineWriter) -> Iterator[_Candidate]:
    """Yield the best sentences, each with light cuts, and with deep cuts if they shorten it."""
    tokens = writer.analysis.tokens
    for ranked in _shortlist(ranking, writer):
        light = writer.cuts(ranked.sentence)
        deep = writer.deep_cuts(ranked.sentence, light)
        for cuts in dict.fromkeys((light, deep)):
            concepts = frozenset(
                concept for token, concept in ranked.concepts.items() if not _is_within(tokens[token].idx, cuts)
            )
            words = writer.length(ranked.sentence, cuts)
            yield _Candidate(ranked.position, ranked.sentence, cuts, concepts, words, ranked.prior)


def _is_within(offset: int, cuts: Iterable[Range]) -> bool:
    return any(cut.start <= offset < cut.end for cut in cuts)


def _shortlist(ranking: Ranking, writer: LineWriter) -> list[RankedSentence]:
    """Return the first and the best sentences that can be read alone; if there are none, the best of the others.

    The first sentence of all can be read alone: the names of its pronouns come after them.
    """
    best = sorted(
        ranking.sentences, key=lambda ranked: (ranked.position >= FIRST, -ranking.value(ranked), ranked.position)
    )
    clear = (ranked for ranked in best if ranked.position == 0 or not writer.needs_context(ranked.sentence))
    return list(islice(clear, _SHORTLIST)) or best[:1]
