"""Undated deeds: what somebody who can act has announced to do to a thing, a number, a law or a person."""

from spacy.tokens import Token

from briefing.extraction.events.syntax import governors, has_listed, obliques, reporter_of, subject_of
from briefing.extraction.events.words import is_indefinite
from briefing.language.analysis import Analysis
from briefing.language.lexicon import word_set
from briefing.language.predicate_words import lemma_of
from briefing.language.roles.phrases import is_role_noun

_PERSONS = ("he", "she", "they", "it")
# Labels of names that may be those of persons and bodies, whatever else the label says.
_MAY_ACT = ("", "ORG", "PERSON", "GPE", "NORP")
# What others expect of somebody, and what was agreed, which is told as an agreement.
_NOT_ITS_OWN = ("expect", "likely", "agree", "unlikely", "sure", "bound", "certain")


def is_deed(verb: Token, analysis: Analysis) -> bool:
    """Say whether a predicate is a deed of somebody: "will build a bridge", not "the reform will create trust"."""
    if lemma_of(verb) not in word_set("events", "deed_verbs"):
        return False
    subject = subject_of(verb)
    if subject is None or any(lemma_of(governor) in _NOT_ITS_OWN for governor in governors(verb)):
        return False
    if has_listed(verb, "auxpass"):
        return subject.pos_ != "PRON" and _is_tangible(subject)
    objects = [child for child in verb.rights if child.dep_ == "dobj"]
    return bool(objects) and all(_is_tangible(noun) for noun in objects) and can_act(subject, analysis)


def takes_post(verb: Token, analysis: Analysis) -> bool:
    """Say whether somebody gets an office: "will act as mayor", "will take over as coach", "will become envoy"."""
    subject = subject_of(verb)
    if lemma_of(verb) not in word_set("events", "post_verbs") or subject is None or not can_act(subject, analysis):
        return False
    offices = [child for child in verb.rights if child.dep_ in ("attr", "dobj")] if lemma_of(verb) == "become" else []
    return any(is_role_noun(noun) for noun in (*offices, *obliques(verb, ("as",))))


def can_act(subject: Token, analysis: Analysis) -> bool:
    """Say whether a subject is a person or body: one that is named, a pronoun for one, an office, "the ministry"."""
    if any(entity.kind is not None for entity in analysis.entities_of(subject)):
        return subject.pos_ != "PRON" or subject.lower_ in _PERSONS
    if subject.pos_ == "PRON":
        named = reporter_of(subject)
        return subject.lower_ in ("he", "she") or (named is not None and can_act(named, analysis))
    if is_role_noun(subject) or (subject.pos_ == "PROPN" and subject.ent_type_ in _MAY_ACT):
        return True
    lemma = lemma_of(subject)
    bodies = word_set("events", "bodies") | word_set("coreference", "organisation_nouns")
    return lemma in bodies or lemma in word_set("coreference", "member_nouns")


def _is_tangible(noun: Token) -> bool:
    """Say whether a noun means a thing, a number, a person or an act of law, not "ties", "any attempt"."""
    if noun.pos_ == "PRON" or lemma_of(noun) in word_set("events", "intangible"):
        return False
    return not is_indefinite(noun)
