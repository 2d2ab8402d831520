"""Explain a quote: its marks or turn, its cue, and the rules that found its source and speaker."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.extraction.explanation import Reason
from briefing.extraction.quotes.speakers import speaker_of
from briefing.language.analysis import Analysis, Attribution, Range

_PLACE, _VOICE, _LENGTH = 0.4, 0.35, 0.25


class Weight(NamedTuple):
    """The parts of a quote's salience, each from 0 to 1."""

    place: float  # 1 at the head of the article
    voice: float  # how often the speaker speaks, relative to the most frequent speaker
    length: float

    @property
    def salience(self) -> float:
        """Return the weighted sum."""
        return round(_PLACE * self.place + _VOICE * self.voice + _LENGTH * self.length, 3)


def quote_reasons(
    analysis: Analysis, occurrences: Sequence[tuple[Attribution, Range]], weight: Weight
) -> Iterator[Reason]:
    """Yield the reasons for a quote; the printed one of its *occurrences* is first."""
    attribution, content = occurrences[0]
    marked = "words within quotation marks" if attribution.direct else "speech in the reporter's words"
    yield Reason("rule", marked, content.start, content.end)
    if attribution.cue_token is not None:
        token = analysis.doc[attribution.cue_token]
        yield Reason("cue", f"{attribution.cue}:", token.idx, token.idx + len(token))
    else:
        yield Reason("cue", "none: no verb of saying goes with it")
    if attribution.source is not None:
        yield Reason("source", f"{attribution.rule}:", *attribution.source)
    else:
        yield Reason("source", f"none: {attribution.rule}")
    yield from _speaker_reasons(analysis, attribution)
    yield Reason(
        "salience",
        f"{weight.salience:.3f} = {_PLACE} × place {weight.place:.2f} + {_VOICE} × voice {weight.voice:.2f}"
        f" + {_LENGTH} × length {weight.length:.2f}",
    )
    for _, repeated in occurrences[1:]:
        yield Reason("repeated", "", repeated.start, repeated.end)


def _speaker_reasons(analysis: Analysis, attribution: Attribution) -> Iterator[Reason]:
    """Yield the speaker and the rule that found it, then the place where the text names that speaker."""
    speaker = speaker_of(analysis, attribution)
    if speaker.name is None:
        yield Reason("speaker", f"without a name: {speaker.rule}")
        return
    yield Reason("speaker", f"{speaker.name}: {speaker.rule}")
    for index in speaker.entities:
        entity = analysis.entities[index]
        name = next((m for m in entity.mentions if m.form in ("name", "metonym")), entity.mentions[0])
        source = attribution.source
        if source is None or not source.start <= name.start < source.end:
            yield Reason("mention", f"{entity.name} is", name.start, name.end)
