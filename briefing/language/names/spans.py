"""Spans of names: titled names, states with their governments, the recogniser's repaired spans, other places."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from briefing.language.analysis import SentenceSpan
from briefing.language.names.repair import repaired, split_off_persons
from briefing.language.names.titled_names import (
    known_bodies,
    overlooked_names,
    state_bodies,
    state_span,
    titled_names,
    unlabelled_bodies,
    unlabelled_names,
)
from briefing.language.neighbours import word_before
from briefing.language.roles.phrases import is_role_noun
from briefing.language.surface import NameSpan, Surface

_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_CAPITAL_SHARE = 0.75  # share of capitalised long words in a headline above which capitals do not show names

_CONTENT = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADV"})


def find_name_spans(doc: Doc, sentences: tuple[SentenceSpan, ...], text: str) -> tuple[NameSpan, ...]:
    """Return the names within the sentences in reading order, without overlaps."""
    surface = Surface.of(doc, sentences, text)
    spoiled = _capitalised_headlines(doc, sentences)
    taken = bytearray(len(doc))
    spans: list[NameSpan] = []
    for span in _candidates(surface):
        hidden = span.first in spoiled and span.place is None and not _is_person(surface, span)
        whole = span.first < span.last and not _crosses_sentences(surface, span)
        if whole and not hidden and not any(taken[span.first : span.last]):
            taken[span.first : span.last] = b"\1" * (span.last - span.first)
            spans.append(span)
    spans.extend(overlooked_names(surface, bytes(taken), spans))
    return tuple(sorted(spans, key=lambda span: span.first))


def _is_person(surface: Surface, span: NameSpan) -> bool:
    """Return True if the recogniser takes all of a name for a person's, and an office or "statement by" shows it."""
    persons = all(token.ent_type_ == "PERSON" for token in surface.tokens[span.first : span.last])
    authored = span.last - span.first > 1 and word_before(surface.tokens[span.first]) in ("by", "from")
    return persons and (span.label == "TITLED" or authored)


def _crosses_sentences(surface: Surface, span: NameSpan) -> bool:
    """Return True if a sentence begins within a name: "B. He" of "the secretary B. He said"."""
    return any(token.is_sent_start for token in surface.tokens[span.first + 1 : span.last])


def _candidates(surface: Surface) -> Iterator[NameSpan]:
    """Yield possible names, the surest first; of two that overlap the first wins."""
    yield from titled_names(surface)
    yield from state_bodies(surface)
    ents = [
        ent for ent in surface.doc.ents if ent.label_ in _LABELS and surface.zones[ent.start] and not _is_office(ent)
    ]
    found = list(split_off_persons(surface, [span for ent in ents for span in repaired(surface, ent)]))
    yield from _not_contained(known_bodies(surface), found)
    yield from found
    yield from unlabelled_bodies(surface)
    for place in surface.places.values():
        yield state_span(surface.tokens, place, "GPE")
    yield from unlabelled_names(surface)


def _not_contained(bodies: Iterator[NameSpan], found: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Yield the bodies that are not part of a longer name, like "Security Council" in "Halvik Security Council"."""
    for body in bodies:
        if not any(span.first <= body.first and body.last <= span.last for span in found):
            yield body


def _is_office(ent: Span) -> bool:
    """Return True if the recogniser took an office holder for a work: "the Naftogaz Chair"."""
    return ent.label_ == "WORK_OF_ART" and ent[0].lower_ == "the" and is_role_noun(ent.root)


def _capitalised_headlines(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> frozenset[int]:
    """Return the tokens of headlines that capitalise every word, where only the text shows which words are names.

    The first sentence of the text can be such a headline too, if its verbs have capitals.
    """
    found: set[int] = set()
    for sentence in sentences:
        if sentence.number is None or sentence.number == 1:
            tokens = doc[sentence.first : sentence.last]
            long = [token for token in tokens if len(token) > 3 and token.is_alpha]
            capitals = sum(token.text[0].isupper() for token in long)
            plain = sentence.number == 1 and any(token.is_lower and token.pos_ in _CONTENT for token in tokens)
            if len(long) > 2 and capitals > _CAPITAL_SHARE * len(long) and not plain:
                found.update(range(sentence.first, sentence.last))
    return frozenset(found)
