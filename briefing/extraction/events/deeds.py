"""Recognise undated deeds: an announced act on a thing, a number, a law or a person, by a subject that can act."""

from spacy.tokens import Token

from briefing.extraction.events.subjects import reporter_of
from briefing.extraction.events.words import event_words, is_indefinite
from briefing.language.analysis import Analysis
from briefing.language.coreference.nominals import acting_nouns
from briefing.language.predicate_words import lemma_of, reporting_verbs
from briefing.language.roles.phrases import is_role_noun
from briefing.language.syntax import governors, is_passive, obliques, subject_of
from briefing.runtime.lexicon import word_set

_PERSONS = word_set(__name__, "persons")
# Entity labels that persons and bodies may have, right or wrong.
_MAY_ACT = ("", "ORG", "PERSON", "GPE", "NORP")
_CHOOSING = word_set(__name__, "choosing")
_NOT_ITS_OWN = word_set(__name__, "not_its_own")


def is_deed(verb: Token, analysis: Analysis) -> bool:
    """Return True if a predicate is a deed: "will build a bridge", but not "the reform will create trust"."""
    known, subject = lemma_of(verb) in event_words("deed_verbs"), subject_of(verb)
    if subject is None:
        return False
    if not known and (is_passive(verb) or not may_be_deed(verb) or _is_decided(verb, subject)):
        return False
    if any(lemma_of(governor) in _NOT_ITS_OWN for governor in governors(verb)):
        return False
    if is_passive(verb):
        return subject.pos_ != "PRON" and _is_tangible(subject)
    objects = [child for child in verb.rights if child.dep_ == "dobj"]
    return bool(objects) and all(_is_tangible(noun) for noun in objects) and can_act(subject, analysis)


def may_be_deed(verb: Token) -> bool:
    """Return True if a verb may express a deed: not a lasting state, a policy or speech."""
    lemma = lemma_of(verb)
    lists = (event_words("continuing_verbs"), word_set(__name__, "lasting_verbs"), reporting_verbs())
    return not any(lemma in words for words in lists)


def _is_decided(verb: Token, subject: Token) -> bool:
    """Return True if people made a choice in a story of the past: "the surgeons decided to amputate the leg".

    A decision by a state, a body or its head is still to be carried out.
    """
    if not any(lemma_of(governor) in _CHOOSING and governor.tag_ == "VBD" for governor in governors(verb)):
        return False
    return subject.tag_ == "NNS" and lemma_of(subject) not in word_set(__name__, "bodies")


def takes_post(verb: Token, analysis: Analysis) -> bool:
    """Return True if a person takes an office: "will act as mayor", "will take over as coach", "will become envoy"."""
    subject = subject_of(verb)
    if lemma_of(verb) not in word_set(__name__, "post_verbs") or subject is None or not can_act(subject, analysis):
        return False
    offices = [child for child in verb.rights if child.dep_ in ("attr", "dobj")] if lemma_of(verb) == "become" else []
    return any(is_role_noun(noun) for noun in (*offices, *obliques(verb, ("as",))))


def can_act(subject: Token, analysis: Analysis) -> bool:
    """Return True if a subject is a person or body: a name, a pronoun for one, an office, or "the ministry"."""
    if any(entity.kind is not None for entity in analysis.entities_of(subject)):
        return subject.pos_ != "PRON" or subject.lower_ in _PERSONS
    if subject.pos_ == "PRON":
        named = reporter_of(subject)
        return subject.lower_ in ("he", "she") or (named is not None and can_act(named, analysis))
    if is_role_noun(subject) or (subject.pos_ == "PROPN" and subject.ent_type_ in _MAY_ACT):
        return True
    lemma = lemma_of(subject)
    return lemma in word_set(__name__, "bodies") or lemma in acting_nouns()


def _is_tangible(noun: Token) -> bool:
    """Return True if a noun means a thing, a number, a person or an act of law; False for "ties", "any attempt"."""
    if noun.pos_ == "PRON" or lemma_of(noun) in word_set(__name__, "intangible"):
        return False
    return not is_indefinite(noun)


def post_verbs() -> frozenset[str]:
    """Return the verbs of taking an office."""
    return word_set(__name__, "post_verbs")
