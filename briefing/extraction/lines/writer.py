"""Write a sentence, or a part of it, as a line that reads alone; every word outside brackets is the article's."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from briefing.evidence.grounding import Line, compose, first_ungrounded_word
from briefing.extraction.lines.brackets import Brackets, Naming
from briefing.extraction.lines.context import needs_context
from briefing.extraction.lines.cuts import deep_cuts, light_cuts
from briefing.extraction.lines.finish import finished
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.references import references_in
from briefing.extraction.lines.speaking_turns import turn_speakers
from briefing.language.analysis import Analysis, Attribution, Range, SentenceSpan
from briefing.language.memory import once_per_analysis
from briefing.model.brief import Insertion

_SPARING = Naming()


class _Tables(NamedTuple):
    kept: frozenset[int]  # tokens in quotation marks, which are never cut
    attributions: Mapping[int, tuple[Attribution, ...]]  # by the first token of the sentence with their cue
    cuts: dict[int, tuple[Range, ...]]  # the light cuts so far, by first token


class LineWriter:
    """Writes the lines of an article."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._kept, self._attributions, self._cuts = _tables(analysis)

    def line(
        self, part: SentenceSpan, *, naming: Naming = _SPARING, cuts: Iterable[Range] | None = None, whole: bool = True
    ) -> Line:
        """Return a sentence, or a part of it, as a line with a capital at its head.

        Args:
            part: The sentence or part.
            naming: Which of its references get names.
            cuts: Ranges to leave out, in characters of the article; by default the light cuts.
            whole: The line ends with a stop, and quotation marks without a partner get one; a phrase loses them.
        """
        cuts = self.cuts(part) if cuts is None else cuts
        line = finished(compose(self._pieces(part, cuts, naming)), whole=whole)
        sentence = self.analysis.sentence_of(part.first) or part
        source = self.analysis.article.text[sentence.start : sentence.end]
        if first_ungrounded_word(line.text, line.insertions, [source]) is not None:
            return finished(Line(source, ()))
        return _tight(line) if naming.thorough else line

    def length(self, sentence: SentenceSpan, cuts: Iterable[Range]) -> int:
        """Return an upper bound on the words of the line, separated by white space."""
        return len("".join(self._pieces(sentence, cuts, _SPARING)).split())

    def cuts(self, sentence: SentenceSpan) -> tuple[Range, ...]:
        """Return the light cuts of a sentence, in characters of the article, in order and without overlap.

        They are: opening connective, "also", asides in parentheses, "in an interview with ...".
        """
        if sentence.first not in self._cuts:
            cuts = light_cuts(self.analysis, sentence, self._attributions.get(sentence.first, ()))
            self._cuts[sentence.first] = self._apart(cuts)
        return self._cuts[sentence.first]

    def deep_cuts(self, sentence: SentenceSpan, light: tuple[Range, ...]) -> tuple[Range, ...]:
        """Return the light cuts, and the cuts for a tight budget of words: relative clauses and long appositions."""
        deep = tuple(deep_cuts(self.analysis, sentence))
        return self._apart((*light, *deep)) if deep else light

    def brackets(self, part: SentenceSpan, naming: Naming, cuts: Iterable[Range]) -> Brackets:
        """Return the brackets of a line; arguments as for the line."""
        return Brackets(self.analysis, part, _start(part, cuts), naming)

    def entities_named(self, sentence: SentenceSpan) -> frozenset[int]:
        """Return the entities that a sentence names, in its own words or in brackets."""
        references = references_in(self.analysis)
        unnamed = self.brackets(sentence, _SPARING, self.cuts(sentence)).unnamed()
        bracketed = {entity.index for _, meant in unnamed for entity in meant}
        speaker = {references.turns[sentence.first].index} if sentence.first in references.turns else set()
        return frozenset(references.named_in(sentence) | bracketed | speaker)

    def needs_context(self, sentence: SentenceSpan) -> bool:
        """Return True if the line of a sentence cannot be understood without the sentence before."""
        return needs_context(self.analysis, sentence, _start(sentence, self.cuts(sentence)))

    def _apart(self, cuts: Iterable[Range]) -> tuple[Range, ...]:
        apart: list[Range] = []
        for cut in sorted(cuts):
            if (not apart or apart[-1].end <= cut.start) and not self._touches_quotation(cut):
                apart.append(cut)
        return tuple(apart)

    def _touches_quotation(self, cut: Range) -> bool:
        span = self.analysis.doc.char_span(cut.start, cut.end, alignment_mode="expand")
        return span is not None and any(token.i in self._kept for token in span)

    def _pieces(self, part: SentenceSpan, cuts: Iterable[Range], naming: Naming) -> Iterator[str]:
        text, at = self.analysis.article.text, part.start
        names = {bracket.place: bracket.written for bracket in self.brackets(part, naming, cuts)}
        for (start, end), replacement in sorted([*((cut, "") for cut in cuts), *names.items()]):
            if start < at:
                continue
            yield text[at:start]
            yield replacement
            at = end
        yield text[at : part.end]


def line_of_sentence(analysis: Analysis, sentence: SentenceSpan, known: Collection[int] = ()) -> Line:
    """Return the shortest form of a sentence that reads well alone and keeps its meaning.

    It lacks the opening connective, "also" and asides in parentheses, and keeps "..., he said". All pronouns whose
    referents are certain become names in brackets; "[Ana Sol:]" precedes the "we" or "I" of a speaker. A dateline is no
    part of its sentence.

    Args:
        analysis: The article.
        sentence: The sentence.
        known: Indices of entities that earlier lines name in full; for them the last name is enough.
    """
    writer = LineWriter(analysis)
    return writer.line(sentence, naming=Naming(known, thorough=True, front=True))


@once_per_analysis
def _tables(analysis: Analysis) -> _Tables:
    attributions: dict[int, tuple[Attribution, ...]] = {}
    for attribution in analysis.attributions:
        sentence = None if attribution.cue_token is None else analysis.sentence_of(attribution.cue_token)
        if sentence is not None:
            attributions[sentence.first] = (*attributions.get(sentence.first, ()), attribution)
    spoken = {i for s in analysis.sentences if s.first in turn_speakers(analysis) for i in range(s.first, s.last)}
    return _Tables(quoted_tokens(analysis) - spoken, attributions, {})


def _start(part: SentenceSpan, cuts: Iterable[Range]) -> int:
    """Return the offset at which a line starts, after any cut at its head."""
    return next((cut.end for cut in cuts if cut.start == part.start), part.start)


def _tight(line: Line) -> Line:
    """Return a line whose insertions are without the spaces beside their brackets."""
    ranges = ((one.start, line.text[one.start : one.end]) for one in line.insertions)
    starts = ((start + len(text) - len(text.lstrip()), text.strip()) for start, text in ranges)
    return Line(line.text, tuple(Insertion(start=start, end=start + len(text)) for start, text in starts))
