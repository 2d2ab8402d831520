"""Verbs beside a quotation: whether they report it, and who is cited."""

from functools import cache

from spacy.tokens import Token

from briefing.language.roles.phrases import nouns_of
from briefing.language.speech.contents import verbs_of
from briefing.language.speech.documents import document_nouns
from briefing.language.speech.sources import Source, noun_phrase, owner_of
from briefing.language.speech.stretches import Speech, Stretch
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

VERBS = frozenset({"VERB", "AUX"})
_NAMED = frozenset({"PERSON", "ORG", "GPE"})


def may_report(token: Token) -> bool:
    """Return True if a verb can report a quotation beside it."""
    lemma = token.lemma_.lower()
    return lemma == "put" or lemma in verbs_of("speech", "thought", "evidence", "with_quotation")


def names_its_subject(verb: Token) -> bool:
    """Return True if a verb before the cue only names the source: "a user called Sol wrote"."""
    named = verb.lemma_ in word_set(__name__, "calling") and verb.head.i > verb.i and verb.head.pos_ in VERBS
    return named and may_report(verb.head) and any(c.dep_ in SUBJECTS for c in verb.head.lefts)


def cited(speech: Speech, verb: Token) -> Source | None:
    """Return the source that an outlet cites: "the agency reported, citing an official", "quoted the ministry"."""
    if verb.lemma_ in ("cite", "quote") and any(child.dep_ == "nsubj" for child in verb.children):
        noun = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and speech.quoted[c.i] < 0), None)
        return None if noun is None else noun_phrase(noun, speech.quoted, after=verb.i)
    for child in verb.children:
        if (
            child.dep_ == "advcl"
            and child.lower_ in ("citing", "quoting")
            and verb.lemma_ in word_set(__name__, "citing_verbs")
        ):
            noun = next((c for c in child.children if c.dep_ == "dobj" and speech.quoted[c.i] < 0), None)
            if noun is not None and (noun.ent_type_ in _NAMED or noun.lemma_.lower() in _voices()):
                return noun_phrase(noun, speech.quoted, after=child.i)
    return None


def teller(speech: Speech, verb: Token) -> Token:
    """Return the verb of saying above a verb of evidence: "said that the poll shows ..."; else the verb itself."""
    above = verb.head
    reported = verb.dep_ == "ccomp" and above.i < verb.i and above.pos_ == "VERB" and speech.quoted[above.i] < 0
    silent = verb.lemma_.lower() in verbs_of("evidence")
    return above if reported and silent and above.lemma_.lower() in verbs_of("speech") else verb


def owner_of_words(speech: Speech, gap: list[Token]) -> Source | None:
    """Return the source in "In the words of Ana Sol, ..." or "For Ana Sol, the bridge is ..."."""
    owner = None
    if len(gap) > 1 and gap[0].text == "For" and gap[0].dep_ == "prep":
        objects = (child for child in gap[0].children if child.dep_ == "pobj")
        owner = next((child for child in objects if child.ent_type_ == "PERSON"), None)
    elif any(token.lower_ in word_set(__name__, "opinions") for token in gap[:3]) and gap[0].lower_ == "in":
        noun = next(token for token in gap[:3] if token.lower_ in word_set(__name__, "opinions"))
        owner = owner_of(noun)
    return None if owner is None else noun_phrase(owner, speech.quoted, before=gap[-1].i)


def is_aside(stretch: Stretch, verb: Token) -> bool:
    """Return True if a verb gives a circumstance, or is judged by the quotation: "nothing he said 'will help'"."""
    judged = verb.dep_ == "relcl" and verb.head.dep_ in SUBJECTS
    return _is_circumstance(verb) or (judged and stretch.first <= verb.head.head.i < stretch.last)


def callings() -> frozenset[str]:
    """Return the nouns for speakers by their work or standing: "expert"."""
    return word_set(__name__, "callings")


def circumstances() -> frozenset[str]:
    """Return the words that open a clause of circumstance: "when", "because"."""
    return word_set(__name__, "circumstance")


@cache
def _voices() -> frozenset[str]:
    return callings() | document_nouns() | nouns_of("unnamed")


def _is_circumstance(verb: Token) -> bool:
    """Return True if a verb heads a clause of time or condition: "when fighting continues, ...", not "when asked"."""
    opened = any(child.lower_ in circumstances() and child.i < verb.i for child in verb.children)
    return verb.dep_ == "advcl" and opened and any(child.dep_ == "nsubj" for child in verb.children)
