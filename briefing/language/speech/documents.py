"""Issuers of documents that speak: "the statement said", "a letter that the union sent reads"."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.symbols import NOUN, PROPN
from spacy.tokens import Doc, Token

from briefing.language.speech.sources import owner_of
from briefing.runtime.lexicon import word_set

_POINTING = word_set(__name__, "pointing")
_WITHIN = word_set(__name__, "within")


@dataclass(slots=True)
class Issuers:
    """Finds the issuers of documents in the order of the text."""

    referents: Mapping[int, tuple[int, ...]]
    reporters: Mapping[int | None, int]  # token of a cue -> speaker
    latest: dict[str, int] = field(default_factory=dict)  # lemma of a document -> its last issuer

    def read(self, doc: Doc) -> dict[int, int]:
        """Return the issuer of the document at each token, if the text names one."""
        found: dict[int, int] = {}
        parts: list[int] = doc.to_array("POS").tolist()
        for index, part in enumerate(parts):
            if part not in (NOUN, PROPN) or not _is_document(token := doc[index]):
                continue
            lemma = token.lemma_.lower()
            issuer = self._issuer(token)
            if issuer is not None:
                self.latest[lemma] = issuer
            elif lemma in self.latest and any(child.lower_ in _POINTING for child in token.children):
                issuer = self.latest[lemma]
            if issuer is not None:
                found[token.i] = issuer
        return found

    def _issuer(self, noun: Token) -> int | None:
        """Return the issuer in "the union's statement", "said in a statement" and "sent a letter"."""
        issuer = issuer_of(noun)
        if issuer is not None:
            return self._meant(issuer)
        verb = noun.head
        if noun.dep_ == "pobj" and verb.lower_ in _WITHIN:
            return self.reporters.get(verb.head.i)
        return None

    def _meant(self, *nouns: Token) -> int | None:
        meant = [entity for noun in nouns for entity in self.referents.get(noun.i, ())]
        return meant[0] if len(meant) == 1 else None


def issuer_of(noun: Token) -> Token | None:
    """Return the noun for the issuer of a document: its owner, or the subject or agent of its verb.

    Return None if *noun* is not a document or has no known issuer.
    """
    if not _is_document(noun):
        return None
    owner = owner_of(noun)
    verb = noun.head
    if owner is not None or verb.lemma_ not in word_set(__name__, "issuing"):
        return owner
    if noun.dep_ == "dobj":
        return next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if noun.dep_ in ("relcl", "nsubjpass"):
        agents = (agent for child in verb.children if child.dep_ == "agent" for agent in child.children)
        return next(agents, None)
    return None


def _is_document(token: Token) -> bool:
    """Return True if a token is a noun for a document: "statement", "letter"."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in document_nouns()


def document_nouns() -> frozenset[str]:
    """Return the nouns for documents, whose issuer is the speaker."""
    return word_set(__name__, "documents")
