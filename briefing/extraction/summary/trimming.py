"""Shorten a sentence, in its own words, so that it can be read alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefing.evidence.grounding import Inserted, Line, compose, first_ungrounded_word
from briefing.extraction.summary.bracketed_names import Bracket, BracketedNames
from briefing.extraction.summary.cuts import deep_cuts, light_cuts
from briefing.extraction.summary.finished_line import finished
from briefing.extraction.summary.speaking_turns import turn_speakers
from briefing.language.analysis import Analysis, Attribution, Range, SentenceSpan


@dataclass(frozen=True)
class SentenceTrimmer:
    """Shortens a sentence and explains its pronouns in brackets; every other word is the article's."""

    analysis: Analysis
    names: BracketedNames
    kept: frozenset[int]  # tokens in quotation marks, which are never cut
    attributions: Mapping[int, tuple[Attribution, ...]]  # by the first token of the sentence with their cue
    _cuts: dict[int, tuple[Range, ...]] = field(default_factory=dict, compare=False)  # cache, by first token

    @classmethod
    def of(cls, analysis: Analysis, quoted: frozenset[int]) -> "SentenceTrimmer":
        """Return the trimmer of an article; *quoted* holds its tokens in quotation marks."""
        attributions: dict[int, tuple[Attribution, ...]] = {}
        for attribution in analysis.attributions:
            sentence = None if attribution.cue_token is None else analysis.sentence_of(attribution.cue_token)
            if sentence is not None:
                attributions[sentence.first] = (*attributions.get(sentence.first, ()), attribution)
        spoken = {i for s in analysis.sentences if s.first in turn_speakers(analysis) for i in range(s.first, s.last)}
        return cls(analysis, BracketedNames.of(analysis, quoted), quoted - spoken, attributions)

    def line(
        self, sentence: SentenceSpan, *, named_before: Collection[int] = (), cuts: Iterable[Range] | None = None
    ) -> Line:
        """Return a sentence without its cuts, with a capital at its head and a stop at its end.

        Args:
            sentence: The sentence.
            named_before: Indices of entities that earlier lines name in full; for them the last name is enough.
            cuts: Ranges to leave out, in characters of the article; by default the light cuts.
        """
        if cuts is None:
            cuts = self.cuts(sentence)
        whole = self.analysis.article.text[sentence.start : sentence.end]
        line = finished(compose(self._pieces(sentence, cuts, self._names(sentence, named_before, cuts))))
        if first_ungrounded_word(line.text, line.insertions, [whole]) is None:
            return line
        return finished(Line(whole, ()))

    def length(self, sentence: SentenceSpan, cuts: Iterable[Range]) -> int:
        """Return an upper bound on the words of the line, separated by white space."""
        return len("".join(self._pieces(sentence, cuts, self._names(sentence, (), cuts))).split())

    def cuts(self, sentence: SentenceSpan) -> tuple[Range, ...]:
        """Return the light cuts of a sentence, in characters of the article, in order and without overlap.

        They are: opening connective, "also", asides in parentheses, "in an interview with ..." and "..., police said".
        """
        if sentence.first not in self._cuts:
            cuts = light_cuts(self.analysis, sentence, self.attributions.get(sentence.first, ()))
            self._cuts[sentence.first] = self._apart(cuts)
        return self._cuts[sentence.first]

    def deep_cuts(self, sentence: SentenceSpan, light: tuple[Range, ...]) -> tuple[Range, ...]:
        """Return the light cuts, and the cuts for a tight budget of words: relative clauses and long appositions."""
        deep = tuple(deep_cuts(self.analysis, sentence))
        return self._apart((*light, *deep)) if deep else light

    def _apart(self, cuts: Iterable[Range]) -> tuple[Range, ...]:
        apart: list[Range] = []
        for cut in sorted(cuts):
            if (not apart or apart[-1].end <= cut.start) and not self._touches_quotation(cut):
                apart.append(cut)
        return tuple(apart)

    def brackets(
        self, sentence: SentenceSpan, *, named_before: Collection[int], cuts: Iterable[Range]
    ) -> Iterator[Bracket]:
        """Yield the brackets of a line; *named_before* and *cuts* as for the line."""
        return self.names.brackets(sentence, named_before, self._start(sentence, cuts))

    def entities_named(self, sentence: SentenceSpan) -> frozenset[int]:
        """Return the entities that a sentence names, in its own words or in brackets."""
        return self.names.entities_named(sentence, self._start(sentence, self.cuts(sentence)))

    def is_loose(self, sentence: SentenceSpan) -> bool:
        """Return True if the line of a sentence cannot be understood without the sentence before."""
        return self.names.is_loose(sentence, self._start(sentence, self.cuts(sentence)))

    def _touches_quotation(self, cut: Range) -> bool:
        span = self.analysis.doc.char_span(cut.start, cut.end, alignment_mode="expand")
        return span is not None and any(token.i in self.kept for token in span)

    def _start(self, sentence: SentenceSpan, cuts: Iterable[Range]) -> int:
        """Return the offset at which the line starts, after any cut at its head."""
        return next((cut.end for cut in cuts if cut.start == sentence.start), sentence.start)

    def _names(
        self, sentence: SentenceSpan, named_before: Collection[int], cuts: Iterable[Range]
    ) -> dict[Range, Inserted]:
        return self.names.insertions(sentence, named_before, self._start(sentence, cuts))

    def _pieces(self, sentence: SentenceSpan, cuts: Iterable[Range], names: Mapping[Range, Inserted]) -> Iterator[str]:
        text, at = self.analysis.article.text, sentence.start
        edits = sorted([*((cut, "") for cut in cuts), *names.items()])
        for (start, end), replacement in edits:
            if start < at:
                continue
            yield text[at:start]
            yield replacement
            at = end
        yield text[at : sentence.end]
