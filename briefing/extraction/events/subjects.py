"""Write the subject of an event's title, with a name in place of a pronoun or a mere reference."""

from collections.abc import Collection

from spacy.tokens import Token

from briefing.evidence.grounding import Inserted, words
from briefing.extraction.events.phrases import without_asides
from briefing.extraction.events.wording import LONGEST, shortened, stripped, text_of
from briefing.extraction.lines.references import entities_meant, names_of, references_in
from briefing.language.analysis import Analysis, Entity
from briefing.language.predicate_words import lemma_of, reporting_verbs
from briefing.language.roles.phrases import nouns_of
from briefing.runtime.lexicon import word_set

# A subject has at most so many words.
_LONGEST_SUBJECT = 2 * LONGEST // 3


def subject_words(subject: Token, analysis: Analysis, timed: Collection[int]) -> str | None:
    """Return the words of a subject; a pronoun becomes a name, or None if its referent is unknown."""
    if subject.pos_ == "PRON" or subject.tag_ == "PRP$":
        named = name_of_pronoun(subject, analysis)
        reporter = reporter_of(subject) if named is None else None
        if reporter is None:
            return named
        subject = reporter
    named = _name_of_nominal(subject, analysis)
    if named is not None:
        return named
    kept = _name_beside(subject) or [
        token for token in without_asides(subject, timed) if token.dep_ != "appos" or token.i == subject.i
    ]
    if len(words(text_of(kept))) > _LONGEST_SUBJECT:
        kept = _only_names(subject) or shortened(kept, subject, _LONGEST_SUBJECT)
    while kept and kept[-1].tag_ == "POS":
        kept.pop()
    return stripped(text_of(kept)) or None


def name_of_pronoun(pronoun: Token, analysis: Analysis) -> Inserted | None:
    """Return the names that a pronoun refers to, as words of the program; for "we" of a person, that person's body."""
    meant = entities_meant(analysis, pronoun)
    if len(meant) == 1 and meant[0].kind == "person" and pronoun.lower_ in ("we", "us"):
        return next((Inserted(role.affiliation) for role in meant[0].roles if role.affiliation), None)
    return Inserted(names_of(meant)) if meant else _name_of_issuer(pronoun, analysis)


def _name_of_issuer(pronoun: Token, analysis: Analysis) -> Inserted | None:
    """Return the office that issued a statement, for its own "I": "Prime Minister of Norway"; not for a speaker's."""
    outlet, said = analysis.article.outlet or "", references_in(analysis)
    if pronoun.lower_ not in ("i", "my") or pronoun.i in said.quoted or said.turns:
        return None
    office = outlet.lower().partition(" of ")[0].split()
    return Inserted(outlet) if office and office[-1] in nouns_of("role_nouns") and " of " in outlet else None


def _name_of_nominal(subject: Token, analysis: Analysis) -> Inserted | None:
    """Return the name behind "the president" or "the country"; None for a subject that needs no name."""
    if subject.tag_ not in ("NN", "NNP") or any(
        child.dep_ not in ("det", "amod") or child.pos_ == "PROPN" for child in subject.children
    ):
        return None
    meant = entities_meant(analysis, subject)
    if len(meant) != 1 or not _is_meant(subject, meant[0]) or subject.lower_ in meant[0].name.lower().split():
        return None
    return Inserted(meant[0].name)


def _is_meant(subject: Token, entity: Entity) -> bool:
    lemma = subject.lemma_.lower()
    if entity.kind == "person":
        return lemma in nouns_of("role_nouns") and not any(c.lower_ in ("a", "an") for c in subject.lefts)
    return entity.kind == "country" and lemma in word_set(__name__, "states")


def _only_names(subject: Token) -> list[Token]:
    """Return the names of persons in a list, without their offices: "Anna Berg and Jon Dahl"."""
    kept: list[Token] = []
    node: Token | None = subject
    while node is not None:
        if node.ent_type_ != "PERSON":
            return []
        kept += [token for token in node.subtree if token.ent_type_ == "PERSON" and token.i <= node.i]
        following = [child for child in node.rights if child.dep_ == "conj"]
        kept += [child for child in node.rights if following and (child.dep_ == "cc" or child.text == ",")]
        node = following[0] if following else None
    return sorted(set(kept), key=lambda token: token.i) if node is None and len(kept) > 1 else []


def _name_beside(subject: Token) -> list[Token]:
    """Return the name in "our deputy secretary, Jon Dahl,"; empty if the subject itself is a name."""
    if subject.ent_type_ == "PERSON" or subject.tag_ not in ("NN", "NNP"):
        return []
    beside = next((child for child in subject.rights if child.dep_ == "appos" and child.ent_type_ == "PERSON"), None)
    return [t for t in beside.subtree if t.ent_type_ == "PERSON" or t.dep_ == "cc"] if beside is not None else []


def reporter_of(pronoun: Token) -> Token | None:
    """Return the subject of the report around a clause, if the pronoun agrees with it: "the airline said it"."""
    report = pronoun.head.head
    if pronoun.head.dep_ != "ccomp" or lemma_of(report) not in reporting_verbs():
        return None
    subject = next((child for child in report.lefts if child.dep_ == "nsubj"), None)
    if subject is None or subject.i > pronoun.i or subject.pos_ not in ("NOUN", "PROPN"):
        return None
    if subject.tag_ in ("NNS", "NNPS"):
        return subject if pronoun.lower_ == "they" else None
    person = subject.ent_type_ == "PERSON" or lemma_of(subject) in nouns_of("role_nouns")
    return subject if pronoun.lower_ in (("he", "she") if person else ("it", "they")) else None
