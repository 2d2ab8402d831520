"""How governors change the factuality of a predicate: "hopes to sign", "the refusal to sign", "denied that it had"."""

from functools import cache

from spacy.tokens import Token

from briefing.language.memory import once_per_token
from briefing.language.predicate_words import (
    Rung,
    is_perfect,
    is_plain_beside_plain,
    lemma_of,
    negations,
    opens_condition,
    own_words,
)
from briefing.language.syntax import ALL_SUBJECTS, AUXILIARIES, TENSED, is_infinitive
from briefing.runtime.lexicon import word_set

_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "dative"})
_COPULAS = word_set(__name__, "copulas")
# Tags of verb forms; the tagger confuses those with the same value.
_FORMS = {"VB": "plain", "VBP": "plain", "VBN": "past", "VBD": "past", "VBZ": "third person", "VBG": "participle"}


def step_up(node: Token) -> tuple[Token, Rung, bool] | None:
    """Return the governor of *node*, the rung of this step, and whether the governor's own words apply to *node*."""
    if node.dep_ == "ROOT":
        return None
    if node.dep_ == "conj":
        return _out_of_coordination(node)
    if node.dep_ in ("xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl"):
        return _out_of_clause(node)
    if node.dep_ in ("acomp", "attr", "oprd") and node.head.lemma_ in _COPULAS:
        return node.head, Rung(), True
    return _out_of_phrase(node) if node.pos_ not in ("VERB", "AUX") or node.dep_ in ("pobj", "dobj") else None


def _out_of_coordination(node: Token) -> tuple[Token, Rung, bool]:
    """Step to the first of coordinated predicates; "nor" negates the node if it shares no auxiliary."""
    shares = _shares_auxiliaries(node)
    return node.head, Rung(flips=int(not shares and _has_nor(node.head))), shares


@once_per_token
def _has_nor(node: Token) -> bool:
    return any(child.dep_ == "cc" and child.lower_ == "nor" for child in node.rights)


@once_per_token
def _has_yet(node: Token) -> bool:
    return any(child.lower_ == "yet" for child in node.children)


def _shares_auxiliaries(node: Token) -> bool:
    if node.pos_ not in ("VERB", "AUX"):
        return True
    return _form(node) == _form(node.head) and not any(
        child.dep_ in ("aux", "auxpass", "neg") or child.dep_ in ALL_SUBJECTS for child in node.lefts
    )


def _form(verb: Token) -> str | None:
    """Return the form of a verb; "cut" in "will restructure and cut" is plain, though its past looks the same."""
    return "plain" if is_plain_beside_plain(verb) else _FORMS.get(verb.tag_)


def _out_of_clause(node: Token) -> tuple[Token, Rung, bool] | None:
    head = node.head
    if node.dep_ == "relcl":
        return (head, Rung(modality="future"), False) if is_infinitive(node) else None
    if node.dep_ == "pcomp":
        return _out_of_preposition(head)
    if node.dep_ == "advcl":
        return _out_of_adverbial(node)
    if node.dep_ == "acl" and not is_infinitive(node) and not _has_mark(node, "that"):
        return None
    finite = not is_infinitive(node) and (node.tag_ in TENSED or any(c.dep_ == "aux" for c in node.lefts))
    if head.lemma_ in ("be", "go") and not finite:
        return _out_of_plan(node)
    if head.lemma_ in ("have", "remain") and not finite and _has_yet(head):
        return head, Rung(flips=1), True
    if node.dep_ == "acl" and finite and lemma_of(head) in word_set(__name__, "reports"):
        return head, Rung(), True
    if node.dep_ == "ccomp" and finite and lemma_of(head) in word_set(__name__, "showing"):
        return head, Rung(), True
    governed = _governed(_key(head), finite=finite)
    if governed is None:
        return None if finite else (head, Rung(), True)
    return head, governed, True


def _out_of_plan(node: Token) -> tuple[Token, Rung, bool]:
    """Step over "is to", "is going to", "the aim is to"."""
    head = node.head
    if head.lemma_ == "go":
        return head, Rung(modality="future" if head.tag_ == "VBG" else "actual"), True
    complement = next((child for child in head.rights if child.dep_ in ("acomp", "attr", "oprd")), None)
    if complement is not None:  # "it is important to meet"
        governed = _governed(lemma_of(complement), finite=False)
        return head, governed or Rung(modality="wished", tense="none"), True
    subject = next((child for child in head.lefts if child.dep_ in ALL_SUBJECTS), None)
    if subject is not None and subject.lemma_ in word_set(__name__, "aims"):
        return head, Rung(modality="wished", tense="none"), True
    if is_perfect(node, list(node.lefts)):  # "was to have met": did not happen
        return head, Rung(modality="possible"), True
    return head, Rung(modality="future"), True


def _out_of_adverbial(node: Token) -> tuple[Token, Rung, bool] | None:
    if opens_condition(node):
        return None
    if is_infinitive(node):  # a purpose, "met to resolve the dispute", or an object parsed as a purpose
        governed = None if _first_complement(node.head) < node.i else _governed(_key(node.head), finite=False)
        return node.head, governed or Rung(modality="wished"), governed is not None
    marks = {child.lower_ for child in node.lefts if child.dep_ in ("mark", "advmod")}
    if _is_present(node) and marks & word_set(__name__, "time_clauses"):
        own = own_words(node.head, None)
        return node.head, Rung(modality=own.modality if own.modality == "future" else "actual"), False
    return None


def _is_present(node: Token) -> bool:
    """Return True if a verb or its auxiliary is in the present: "when it signs", "when it is signed"."""
    return node.tag_ in ("VBZ", "VBP") or any(
        child.dep_ in AUXILIARIES and child.tag_ in ("VBZ", "VBP") and child.lemma_ == "be" for child in node.lefts
    )


@once_per_token
def _first_complement(verb: Token) -> int:
    """Return the index of the first object, phrase or clause after a verb; the length of the Doc if none."""
    return next((child.i for child in verb.rights if child.dep_ in ("dobj", "prep", "ccomp")), len(verb.doc))


def _out_of_preposition(preposition: Token) -> tuple[Token, Rung, bool] | None:
    """Step over a preposition to its governor: "without signing", "succeeded in signing", "the lack of a deal"."""
    governor = preposition.head
    form = preposition.lower_
    phrase = f"{governor.lower_} {form}"
    if {form, phrase} & word_set(__name__, "negative_prepositions"):
        return governor, Rung(flips=1 + negations(preposition) + negations(governor) * (form == "without")), False
    if governor.lemma_ in word_set(__name__, "conditional_nouns") and form == "of":
        return governor, Rung(conditional=True), False
    if form in ("of", "about") and lemma_of(governor) in word_set(__name__, "reports"):
        return governor, Rung(), True
    key = f"{lemma_of(governor)} {form}"
    governed = _governed(key, finite=False)
    if governed is None:
        return None
    return governor, governed, True


def _out_of_phrase(node: Token) -> tuple[Token, Rung, bool] | None:
    """Step from a noun or adjective to the verb, noun or preposition that governs it."""
    head = node.head
    if node.dep_ == "pobj":
        return _out_of_preposition(head)
    if node.dep_ in _OBJECTS:
        key = _key(head)
        governed = None if key in word_set(__name__, "clause_only") else _governed(key, finite=False)
        return head, governed or Rung(), True
    if node.dep_ == "nsubj" and head.lemma_ in word_set(__name__, "existence"):
        return head, Rung(), True
    return None


@once_per_token
def _key(governor: Token) -> str:
    particle = next((child.lower_ for child in governor.rights if child.dep_ == "prt"), None)
    lemma = lemma_of(governor)
    return f"{lemma} {particle}" if particle else lemma


def _governed(key: str, *, finite: bool) -> Rung | None:
    """Return the rung of a governor; None if it does not change the factuality.

    Plans and duties do not change a finite clause ("agreed that", "decided that"); denials, wishes and doubts do.
    """
    rung = _governors().get(key)
    if rung is None or not finite:
        return rung
    reports = key in word_set(__name__, "infinitive_only")  # "told them that", not "told them to"
    return None if reports or rung.modality in ("future", "necessary") else rung


@cache
def _governors() -> dict[str, Rung]:
    classes: dict[str, Rung] = {
        "obliging_governors": Rung(modality="necessary"),
        "doubting_governors": Rung(modality="possible"),
        "future_governors": Rung(modality="future", tense="future"),
        "wishing_governors": Rung(modality="wished", tense="none"),
        "negative_governors": Rung(flips=1),
    }
    return {key: rung for name, rung in classes.items() for key in word_set(__name__, name)}


def _has_mark(node: Token, form: str) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == form for child in node.lefts)


def wishing_governors() -> frozenset[str]:
    """Return the governors of wishes, requests and aims: "hope for"."""
    return word_set(__name__, "wishing_governors")
