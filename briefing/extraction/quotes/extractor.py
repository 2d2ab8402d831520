"""Find the quotations of an article and their speakers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.evidence.grounding import words
from briefing.extraction.explanation import Finding
from briefing.extraction.quotes.reasons import Weight, quote_reasons
from briefing.extraction.quotes.speakers import speaker_name
from briefing.language.analysis import Analysis, Attribution, Range, SentenceSpan
from briefing.model.brief import Evidence, Quote

_MARKS = (*"\"'“”„‟‘’‚«»`", ",,")
_FEW = 6  # at most so many words may be a phrase in scare quotes
_HALF = 0.5
_FULL_LENGTH = 25  # words of a long quotation; more add nothing to its salience


@dataclass(frozen=True, slots=True)
class QuoteExtractor:
    """Find quotations that have a source (attribution as defined by PARC and PolNeAR)."""

    min_words: int = 5  # shorter ones are titles of works or scare quotes
    indirect: bool = False  # include speech in the reporter's words
    limit: int | None = None  # keep at most so many, the most salient

    def __call__(self, analysis: Analysis) -> tuple[Quote, ...]:
        """Return the quotes in reading order."""
        return _most_salient([quote for quote, _ in self._occurrences(analysis)], self.limit)

    def at(self, analysis: Analysis, ranges: Iterable[Range]) -> tuple[Quote, ...]:
        """Return the quotes of which somebody chose at least half the words, or that lie half within what he chose."""
        wanted = tuple(ranges)
        return tuple(
            quote
            for quote, places in self._occurrences(analysis)
            if any(_share(content, one) >= _HALF for _, content in places for one in wanted)
        )

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the quotes, each with its marks, its cue, and the rules that found its source and speaker."""
        spoken = _speech_counts(analysis)
        occurrences = self._occurrences(analysis)
        kept = _most_salient([quote for quote, _ in occurrences], self.limit)
        found: list[Finding] = []
        for quote, places in occurrences:
            if quote in kept:
                weight = _weight(analysis, *places[0], spoken)
                found.append(Finding(quote, tuple(quote_reasons(analysis, places, weight))))
        return tuple(found)

    def _occurrences(self, analysis: Analysis) -> list[tuple[Quote, list[tuple[Attribution, Range]]]]:
        """Return each quote with all its occurrences; the printed one comes first."""
        quotes: list[tuple[Quote, Attribution, Range]] = []
        spoken = _speech_counts(analysis)
        for attribution in analysis.attributions:
            if attribution.direct or self.indirect:
                for content in attribution.content if attribution.direct else (_whole(attribution),):
                    quote = _quote(analysis, attribution, content, spoken)
                    if quote is not None and len(quote.text.split()) >= self.min_words:
                        quotes.append((quote, attribution, content))
        return _merge_repeated(quotes)


def _share(one: Range, other: Range) -> float:
    """Return the share of the shorter of two ranges that lies within the other."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / max(1, min(one.end - one.start, other.end - other.start))


def _merge_repeated(
    quotes: Sequence[tuple[Quote, Attribution, Range]],
) -> list[tuple[Quote, list[tuple[Attribution, Range]]]]:
    """Return each quotation once, with the evidence of all its occurrences (in the stand-first and in the body)."""
    first: dict[tuple[str | None, ...], tuple[Quote, list[tuple[Attribution, Range]]]] = {}
    for quote, attribution, content in quotes:
        key = (quote.speaker, *words(quote.text))
        known, occurrences = first.setdefault(key, (quote, []))
        occurrences.append((attribution, content))
        if known is not quote:
            evidence = tuple(dict.fromkeys((*known.evidence, *quote.evidence)))
            first[key] = (known.model_copy(update={"evidence": evidence}), occurrences)
    return list(first.values())


def _most_salient(quotes: Sequence[Quote], limit: int | None) -> tuple[Quote, ...]:
    if limit is None or len(quotes) <= limit:
        return tuple(quotes)
    ranked = sorted(range(len(quotes)), key=lambda index: (-quotes[index].salience, index))
    return tuple(quotes[index] for index in sorted(ranked[: max(limit, 0)]))


def _speech_counts(analysis: Analysis) -> dict[int, int]:
    """Return how often each entity speaks."""
    counts: dict[int, int] = {}
    for attribution in analysis.attributions:
        if attribution.speaker is not None:
            counts[attribution.speaker] = counts.get(attribution.speaker, 0) + 1
    return counts


def _whole(attribution: Attribution) -> Range:
    return Range(attribution.content[0].start, attribution.content[-1].end)


def _quote(analysis: Analysis, attribution: Attribution, content: Range, spoken: dict[int, int]) -> Quote | None:
    text = analysis.article.text
    if attribution.direct and not text[: content.start].rstrip().endswith(_MARKS):
        return None
    if attribution.cue is None and _is_scare_quote(analysis, content):
        return None
    evidence = _evidence(analysis, attribution, content)
    if not evidence or evidence[0].sentence is None:
        return None
    speaker = speaker_name(analysis, attribution)
    return Quote(
        speaker=speaker,
        text=text[content.start : content.end],
        direct=attribution.direct,
        cue=attribution.cue,
        salience=_weight(analysis, attribution, content, spoken).salience,
        evidence=evidence,
    )


def _is_scare_quote(analysis: Analysis, content: Range) -> bool:
    """Return True if a few words without a verb are set in marks within a sentence of the reporter."""
    text = analysis.article.text[content.start : content.end]
    if len(text.split()) > _FEW or not text[0].islower():
        return False
    span = analysis.doc.char_span(content.start, content.end, alignment_mode="expand")
    return span is not None and not any(token.pos_ in ("VERB", "AUX") for token in span)


def _weight(analysis: Analysis, attribution: Attribution, content: Range, spoken: dict[int, int]) -> Weight:
    """Return the quote's position in the article, how often its speaker speaks, and its length, each from 0 to 1."""
    article = analysis.article
    place = 1 - content.start / max(len(article.text), 1)
    most = max(spoken.values(), default=1)
    voice = 0.0 if attribution.speaker is None else spoken[attribution.speaker] / most
    length = min(len(article.text[content.start : content.end].split()) / _FULL_LENGTH, 1.0)
    return Weight(place, voice, length)


def _evidence(analysis: Analysis, attribution: Attribution, content: Range) -> tuple[Evidence, ...]:
    """Return the range of sentences that holds a quotation, then the sentences with its cue and its speaker."""
    first, last = analysis.sentence_at(content.start), analysis.sentence_at(content.end - 1)
    if first is None or last is None:
        return ()
    held = analysis.evidence(first.start, last.end)
    naming: list[SentenceSpan] = []
    if attribution.cue_token is not None:
        cue = analysis.sentence_of(attribution.cue_token)
        naming += [cue] if cue is not None else []
    if attribution.source is not None:
        source = analysis.sentence_at(attribution.source.start)
        naming += [source] if source is not None else []
    apart = dict.fromkeys(sentence for sentence in naming if not held.start <= sentence.start < held.end)
    return (held, *(analysis.sentence_evidence(sentence) for sentence in apart))
