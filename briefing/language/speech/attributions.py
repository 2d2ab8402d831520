"""Attributions: reported speech with source, cue and content (PARC 3, Pareti 2015; PolNeAR, Newell 2018)."""

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc

from briefing.language.analysis import Attribution, Range, SentenceSpan
from briefing.language.speech.direct import find_direct
from briefing.language.speech.indirect import find_indirect
from briefing.language.speech.quotations import find_quotations
from briefing.language.speech.stretches import Speech
from briefing.language.speech.transcripts import find_turns

_MOST = 0.8  # share of a content in direct speech from which it is a duplicate


def find_attributions(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> tuple[Attribution, ...]:
    """Return the attributions of the article in reading order; speakers are not resolved yet."""
    text = doc.text
    speech = Speech.read(doc, text, sentences, find_quotations(text, sentences))
    direct = list(find_direct(speech))
    covered = _DirectSpeech(direct)
    others = (*find_turns(doc, text, sentences), *find_indirect(speech))
    found = [*direct, *(attribution for attribution in others if not covered.holds(attribution))]
    return tuple(sorted(found, key=lambda attribution: (attribution.content, not attribution.direct)))


class _DirectSpeech:
    """The ranges of direct speech."""

    def __init__(self, direct: Iterable[Attribution]) -> None:
        pieces = sorted(piece for attribution in direct for piece in attribution.content)
        self._ends = [piece.end for piece in pieces]
        self._pieces = pieces

    def holds(self, attribution: Attribution) -> bool:
        """Return True if most of the content of an attribution is direct speech."""
        whole = sum(piece.end - piece.start for piece in attribution.content)
        return sum(self._shared(piece) for piece in attribution.content) >= _MOST * whole

    def _shared(self, wanted: Range) -> int:
        index = bisect_right(self._ends, wanted.start)
        shared = 0
        while index < len(self._pieces) and self._pieces[index].start < wanted.end:
            piece = self._pieces[index]
            shared += min(piece.end, wanted.end) - max(piece.start, wanted.start)
            index += 1
        return shared
