"""Who is said to have said or thought what: sources, cues and contents (PARC 3, Pareti 2015; PolNeAR, Newell 2018)."""

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from briefing.language.analysis import Attribution, SentenceSpan
from briefing.language.direct_speech import Speech, find_direct
from briefing.language.indirect_speech import find_indirect
from briefing.language.quotations import find_quotations


def find_attributions(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> tuple[Attribution, ...]:
    """Return the attributions of the article in reading order, their speakers not yet resolved."""
    speech = Speech.read(doc, sentences, find_quotations(doc, sentences))
    found = [*find_direct(speech), *find_indirect(speech)]
    return tuple(sorted(found, key=lambda attribution: (attribution.content, not attribution.direct)))


def resolve_speakers(
    attributions: tuple[Attribution, ...], referents: Mapping[int, tuple[int, ...]]
) -> tuple[Attribution, ...]:
    """Return the attributions with the entity that each source refers to, where it is one."""
    return tuple(replace(attribution, speaker=_speaker(attribution, referents)) for attribution in attributions)


def _speaker(attribution: Attribution, referents: Mapping[int, tuple[int, ...]]) -> int | None:
    meant = () if attribution.source_head is None else referents.get(attribution.source_head, ())
    return meant[0] if len(meant) == 1 else None
