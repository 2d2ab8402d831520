"""Quotations of the article and who speaks them."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis, Attribution, Range, SentenceSpan
from briefing.model import Evidence, Quote


@dataclass(frozen=True, slots=True)
class QuoteExtractor:
    """Find attributed speech: source, cue and content (Pareti 2015)."""

    min_words: int = 5  # shorter quotations are titles or words set apart
    indirect: bool = False  # report speech in the reporter's words too
    limit: int | None = None  # how many to keep, the most salient

    def __call__(self, analysis: Analysis) -> tuple[Quote, ...]:
        """Return the quotes in reading order."""
        quotes: list[Quote] = []
        for attribution in analysis.attributions:
            for content in attribution.content if attribution.direct else ():
                quote = _quote(analysis, attribution, content)
                if quote is not None and len(quote.text.split()) >= self.min_words:
                    quotes.append(quote)
        return tuple(quotes)


def _quote(analysis: Analysis, attribution: Attribution, content: Range) -> Quote | None:
    text = analysis.article.text[content.start : content.end]
    evidence = _evidence(analysis, attribution, content)
    if not evidence or evidence[0].sentence is None:
        return None
    speaker = None if attribution.speaker is None else analysis.entities[attribution.speaker].name
    return Quote(speaker=speaker, text=text, direct=True, cue=attribution.cue, evidence=evidence)


def _evidence(analysis: Analysis, attribution: Attribution, content: Range) -> tuple[Evidence, ...]:
    """Return the sentences that hold a quotation as one stretch, then the one that names its speaker."""
    first, last = analysis.sentence_at(content.start), analysis.sentence_at(content.end - 1)
    if first is None or last is None:
        return ()
    held = analysis.evidence(first.start, last.end)
    naming: SentenceSpan | None = None
    if attribution.source is not None:
        naming = analysis.sentence_at(attribution.source.start)
    if naming is None or held.start <= naming.start < held.end:
        return (held,)
    return (held, analysis.sentence_evidence(naming))
