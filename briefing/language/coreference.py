"""Pronouns and definite nominals to what they refer to: placeholder."""

from collections.abc import Mapping

from spacy.tokens import Doc

from briefing.language.analysis import Attribution, Entity, SentenceSpan


def resolve_references(
    doc: Doc, sentences: tuple[SentenceSpan, ...], entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]
) -> tuple[tuple[Entity, ...], Mapping[int, tuple[int, ...]]]:
    """Return the entities with all their mentions, and whom each mention's head token refers to."""
    return entities, {m.head: (e.index,) for e in entities for m in e.mentions}
