"""How the words around a predicate change its factuality: negation, modality, condition, tense."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefing.language.memory import once_per_token
from briefing.language.neighbours import word_after
from briefing.runtime.lexicon import read_lexicon, word_set

Modality = Literal["actual", "future", "possible", "necessary", "wished"]
Tense = Literal["past", "present", "future", "none"]
_NO_LONGER = word_set(__name__, "no_longer")


@dataclass(frozen=True, slots=True)
class Rung:
    """The effect of one word, on the way up from a predicate, on the predicate's factuality."""

    flips: int = 0  # number of negations
    modality: Modality = "actual"
    conditional: bool = False
    tense: Tense | None = None  # None if this word does not show it


# Steps up to a reporting verb, at most.
_MOST_STEPS = 12
_AUXILIARIES: Mapping[str, Modality] = read_lexicon(__name__)["auxiliaries"]
_REPORTED_FUTURES = word_set(__name__, "reported_futures")
_INVERTED = word_set(__name__, "inverted")


def lemma_of(token: Token) -> str:
    """Return the lemma of a token in lower case, repaired: "hope" for "hopes", not the pipeline's "hop"."""
    lemma: str = token.lemma_.lower()
    return _repairs().get(lemma, lemma)


@cache
def _repairs() -> Mapping[str, str]:
    repairs: Mapping[str, str] = read_lexicon(__name__)["lemma_repairs"]
    return repairs


def own_words(node: Token, below: Token | None) -> Rung:
    """Return the rung of the words around *node*, outside *below*, whose words were read in the step before."""
    flips = negations(node, below)
    if node.pos_ not in ("VERB", "AUX"):
        return Rung(flips=flips)
    rung = _verb(node)
    return replace(rung, flips=flips) if flips else rung


@once_per_token
def _verb(node: Token) -> Rung:
    """Return the rung of the words around a verb, without its negations."""
    children = list(node.children)
    auxiliaries = [child for child in children if child.dep_ in ("aux", "auxpass")]
    modality: Modality = "actual"
    tense = _tense(node, auxiliaries)
    for auxiliary in auxiliaries:
        form = auxiliary.lower_
        if auxiliary.tag_ != "MD" and form not in ("ought", "need"):
            continue
        modality = _AUXILIARIES.get(form, "actual")
        if (
            form in _REPORTED_FUTURES
            and auxiliary.tag_ == "MD"
            and not _is_of_speaker(children)
            and _is_reported_in_the_past(node)
        ):
            modality = "future"
        tense = "future" if modality == "future" else "past" if is_perfect(node, auxiliaries) else "none"
    if modality == "actual":
        modality = _unaided_modality(node, children, auxiliaries)
    if modality in ("actual", "future") and any(child.text == "?" for child in children):
        modality = "possible"
    return Rung(0, modality, _is_conditional(node, children), tense)


def _unaided_modality(node: Token, children: list[Token], auxiliaries: list[Token]) -> Modality:
    if any(child.dep_ == "advmod" and child.lower_ in word_set(__name__, "doubting_adverbs") for child in children):
        return "possible"
    # A headline's future: "Ministers to discuss security".
    headline = node.dep_ == "ROOT" and any(auxiliary.tag_ == "TO" for auxiliary in auxiliaries)
    return "future" if headline else "actual"


def _tense(node: Token, auxiliaries: list[Token]) -> Tense | None:
    """Return the tense of a verb without a modal; None for a bare participle or infinitive; "to have met" is past."""
    for auxiliary in auxiliaries:
        if auxiliary.tag_ == "VBD":
            return "past"
        if auxiliary.tag_ in ("VBZ", "VBP"):
            return "past" if auxiliary.lemma_ == "have" else "present"
    if (node.tag_ == "VBD" and not is_plain_beside_plain(node)) or is_perfect(node, auxiliaries):
        return "past"
    return "present" if node.tag_ in ("VBZ", "VBP") else None


def is_plain_beside_plain(node: Token) -> bool:
    """Return True if a verb is plain because its conjunct is: "cut" in "will restructure and cut"."""
    return node.dep_ == "conj" and node.head.tag_ == "VB" and node.lower_ == node.lemma_


def is_perfect(node: Token, auxiliaries: list[Token]) -> bool:
    """Return True if a verb is in a perfect form: "has met", "to have met"."""
    return node.tag_ == "VBN" and any(auxiliary.lemma_ == "have" for auxiliary in auxiliaries)


def _is_of_speaker(children: list[Token]) -> bool:
    """Return True if the subject is "I" or "we"; then "would" is not a reported future: "I would wait"."""
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("i", "we") for child in children)


def _is_reported_in_the_past(node: Token) -> bool:
    """Return True if a past verb of saying or thinking governs *node* or follows it."""
    for _ in range(_MOST_STEPS):
        if _has_report_after(node):
            return True
        if node.dep_ == "ROOT":
            return False
        node = node.head
        if _reports_in_the_past(node):
            return True
    return False


@once_per_token
def _has_report_after(node: Token) -> bool:
    return any(child.dep_ in ("parataxis", "ccomp") and _reports_in_the_past(child) for child in node.rights)


def _reports_in_the_past(node: Token) -> bool:
    return node.tag_ in ("VBD", "VBN", "VBG") and lemma_of(node) in reporting_verbs()


def negations(node: Token, below: Token | None = None) -> int:
    """Return 1 if a word outside *below* negates the clause or phrase of *node*, else 0."""
    found = _negators(node)
    return int(bool(found) and (below is None or found != (below.i,)))


@once_per_token
def _negators(node: Token) -> tuple[int, ...]:
    """Return the indices of the first one or two words that negate a clause or phrase."""
    negators = word_set(__name__, "negators")
    is_verb = node.pos_ in ("VERB", "AUX")
    found = [node.i] if not is_verb and _is_nothing(node) else []
    for child in node.children:
        label = child.dep_
        if (
            (label in ("neg", "preconj") and child.lower_ in negators and not _is_more_than(child))
            or (label == "advmod" and (child.lower_ in negators or _is_no_longer(child)))
            or (is_verb and label in ("nsubj", "nsubjpass", "dobj") and _is_nothing(child))
        ):
            found.append(child.i)
            if len(found) > 1:
                break
    return tuple(found)


def _is_more_than(child: Token) -> bool:
    """Return True if "not" begins "not only" or "not just", which do not negate."""
    return word_after(child) in word_set(__name__, "no_more_than")


def _is_no_longer(child: Token) -> bool:
    """Return True if an adverb is "no longer", "no more", "not yet"."""
    return child.lower_ in _NO_LONGER and any(word.lower_ in ("no", "not") for word in child.children)


def _is_nothing(child: Token) -> bool:
    """Return True if a subject or object is "nobody", "neither side", "no agreement", "none of them"."""
    if child.lower_ in word_set(__name__, "negative_pronouns"):
        return True
    determiners = word_set(__name__, "negative_determiners")
    if any(word.lower_ in determiners or word.dep_ == "neg" for word in child.lefts):
        return not any(word.lower_ == "a" for word in child.lefts)  # "a few members"
    return False


def _is_conditional(node: Token, children: list[Token]) -> bool:
    if opens_condition(node):
        return True
    return any(child.dep_ == "advcl" and opens_condition(child) and not _is_even(child) for child in children)


@once_per_token
def opens_condition(node: Token) -> bool:
    """Return True if a verb is in an if-clause: it has a mark, or is inverted ("should they agree")."""
    conditions = word_set(__name__, "conditions")
    if any(child.dep_ in ("mark", "advmod") and child.lower_ in conditions for child in node.lefts):
        return True
    if any(word.lower_ in conditions for child in node.lefts if child.dep_ == "advmod" for word in child.children):
        return True  # "if and when"
    first = next(node.lefts, node)
    if node.dep_ == "ccomp" and node.i < node.head.i:  # the parser attaches "Had they agreed, ..." so
        return first.lower_ in _INVERTED and bool(first.is_sent_start) and first.dep_ in ("aux", "auxpass")
    if node.dep_ != "advcl":
        return False
    if node.lower_ in word_set(__name__, "providing") and node.i < node.doc[-1].i:
        return True
    return first.lower_ in _INVERTED and first.i + 1 < len(first.doc) and first.dep_ in ("aux", "auxpass")


def _is_even(node: Token) -> bool:
    return any(child.lower_ == "even" for child in node.lefts)


def reporting_verbs() -> frozenset[str]:
    """Return the verbs whose past tense puts a reported future into the past: "said", "thought"."""
    return word_set(__name__, "reporting")
