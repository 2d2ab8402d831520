"""Who is said to have said what: placeholder."""

from collections.abc import Mapping

from spacy.tokens import Doc

from briefing.language.analysis import Attribution, SentenceSpan


def find_attributions(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> tuple[Attribution, ...]:
    """Return the attributions of the article in reading order, their speakers not yet resolved."""
    return ()


def resolve_speakers(
    attributions: tuple[Attribution, ...], referents: Mapping[int, tuple[int, ...]]
) -> tuple[Attribution, ...]:
    """Return the attributions with the entity that each source refers to."""
    return attributions
