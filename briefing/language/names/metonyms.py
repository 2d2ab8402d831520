"""Metonyms: a capital that means its government, decided by its part in the sentence."""

from spacy.tokens import Token

from briefing.language.syntax import SUBJECTS, first_conjunct, is_subject_read_before
from briefing.runtime.lexicon import word_set


def means_government(city: Token) -> bool:
    """Return True if a city means its government: it acts, has a policy, or is dealt with.

    It acts as the subject of a verb other than *be*. It has a policy if it owns a thing that cities do not have. It is
    dealt with as the object of a verb that is not about places, or after "between", "with", "against" and the like.
    """
    token = first_conjunct(city)
    head = token.head
    if token.dep_ in SUBJECTS:
        return head.lemma_ != "be" or any(child.dep_ in ("acomp", "oprd") for child in head.children)
    if token.dep_ == "appos":
        return is_subject_read_before(token)
    if token.dep_ == "poss":
        return head.lower_ not in word_set(__name__, "civic_nouns")
    if token.dep_ in ("dobj", "iobj", "dative"):
        return head.pos_ == "VERB" and head.lemma_ not in word_set(__name__, "place_verbs")
    if token.dep_ == "pobj":
        return _is_dealt_with(head)
    return False


def _is_dealt_with(preposition: Token) -> bool:
    if preposition.lower_ in word_set(__name__, "party_prepositions"):
        return True
    governor = preposition.head
    return preposition.lower_ in word_set(__name__, "dealing_prepositions") and governor.lemma_ in word_set(
        __name__, "dealing_nouns"
    )
