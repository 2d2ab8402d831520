"""Whether a predicate is told as fact: negation, modality, condition and time in one place.

A predicate's own words are read first ("did not sign", "may sign"); then what governs it, step by step up the
dependency tree ("hopes to sign", "the refusal to sign", "denied that it had signed"), as in FactBank (Saurí and
Pustejovsky 2009) and TruthTeller (Lotan, Stern and Dagan 2013).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefing.language.lexicon import read_lexicon, word_set

Modality = Literal["actual", "future", "possible", "necessary", "wished"]
Tense = Literal["past", "present", "future", "none"]


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a text presents what a predicate tells (Saurí and Pustejovsky 2009)."""

    negated: bool  # not, never, no, without, fail to, refuse to, lack; two of them cancel
    modality: Modality  # the farthest from fact of all that govern the predicate
    conditional: bool  # under "if", "unless", or told with such a clause: "would ... if"
    tense: Tense  # of the predicate, or of the finite verb that carries it; "would" under "said" is future


@dataclass(frozen=True, slots=True)
class _Rung:
    """What one word on the way up from a predicate says of it."""

    flips: int = 0
    modality: Modality = "actual"
    conditional: bool = False
    tense: Tense | None = None  # None: this word does not tell


# Longest way up that is followed; deeper trees are misparses of lists and tables.
_MOST_RUNGS = 12
# From fact to mere wish.
_MODALITIES: tuple[Modality, ...] = ("actual", "future", "necessary", "possible", "wished")
_AUXILIARIES: dict[str, Modality] = {
    "will": "future",
    "'ll": "future",
    "’ll": "future",
    "wo": "future",
    "shall": "future",
    "sha": "future",
    "would": "possible",
    "'d": "possible",
    "’d": "possible",
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "can": "possible",
    "ca": "possible",
    "must": "necessary",
    "should": "necessary",
    "ought": "necessary",
    "need": "necessary",
}
_REPORTED_FUTURES = frozenset({"would", "'d", "’d"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "dative"})
_COPULAS = frozenset({"be", "become", "remain", "seem", "appear", "stay", "get"})
# Tags of verb forms that the tagger takes for one another.
_FORMS = {"VB": "plain", "VBP": "plain", "VBN": "past", "VBD": "past", "VBZ": "third person", "VBG": "participle"}
_INVERTED = frozenset({"should", "had", "were"})


def factuality(predicate: Token) -> Factuality:
    """Return how the text presents the event or state that *predicate*, a verb, adjective or noun, tells."""
    rungs = tuple(_rungs(predicate))
    modality = max((rung.modality for rung in rungs), key=_MODALITIES.index)
    tense: Tense = next((rung.tense for rung in rungs if rung.tense is not None), "none")
    if modality == "future" and tense in ("none", "present"):
        tense = "future"
    return Factuality(
        negated=sum(rung.flips for rung in rungs) % 2 == 1,
        modality=modality,
        conditional=any(rung.conditional for rung in rungs),
        tense=tense,
    )


def lemma_of(token: Token) -> str:
    """Return the lemma of a token in lower case, "hope" for "hopes" where the pipeline says "hop"."""
    lemma = token.lemma_.lower()
    repaired: str = read_lexicon("factuality")["lemma_repairs"].get(lemma, lemma)
    return repaired


def _rungs(predicate: Token) -> Iterator[_Rung]:
    node = predicate.head if predicate.dep_ in ("aux", "auxpass") else predicate
    below: Token | None = None
    inherited = True  # a conjoined verb may share the auxiliaries of the first; it always shares its governor
    for _ in range(_MOST_RUNGS):
        if inherited:
            yield _own_words(node, below)
        step = _step_up(node)
        if step is None:
            return
        below = node
        node, rung, inherited = step
        yield rung


# What the words around a predicate say


def _own_words(node: Token, below: Token | None) -> _Rung:
    """Read the words around *node*, on the way up from *below*, whose own words are read already."""
    return _verb(node, below) if node.pos_ in ("VERB", "AUX") else _Rung(flips=_negations(node, below))


def _verb(node: Token, below: Token | None) -> _Rung:
    children = list(node.children)
    auxiliaries = [child for child in children if child.dep_ in ("aux", "auxpass")]
    modality: Modality = "actual"
    tense = _tense(node, auxiliaries)
    for auxiliary in auxiliaries:
        form = auxiliary.lower_
        if auxiliary.tag_ != "MD" and form not in ("ought", "need"):
            continue
        modality = _AUXILIARIES.get(form, "actual")
        if form in _REPORTED_FUTURES and auxiliary.tag_ == "MD" and _is_reported_in_the_past(node):
            modality = "future"
        tense = "future" if modality == "future" else "past" if _is_perfect(node, auxiliaries) else "none"
    if modality == "actual":
        modality = _unaided_modality(node, children, auxiliaries)
    if modality in ("actual", "future") and any(child.text == "?" for child in children):
        modality = "possible"
    return _Rung(_negations(node, below), modality, _is_conditional(node, children), tense)


def _unaided_modality(node: Token, children: list[Token], auxiliaries: list[Token]) -> Modality:
    if any(child.dep_ == "advmod" and child.lower_ in word_set("factuality", "doubting_adverbs") for child in children):
        return "possible"
    # A headline's future: "Ministers to discuss security".
    headline = node.dep_ == "ROOT" and any(auxiliary.tag_ == "TO" for auxiliary in auxiliaries)
    return "future" if headline else "actual"


def _tense(node: Token, auxiliaries: list[Token]) -> Tense | None:
    """Return the tense of a verb without a modal; None for a participle alone and an infinitive but "to have met"."""
    for auxiliary in auxiliaries:
        if auxiliary.tag_ == "VBD":
            return "past"
        if auxiliary.tag_ in ("VBZ", "VBP"):
            return "past" if auxiliary.lemma_ == "have" else "present"
    if node.tag_ == "VBD" or _is_perfect(node, auxiliaries):
        return "past"
    return "present" if node.tag_ in ("VBZ", "VBP") else None


def _is_perfect(node: Token, auxiliaries: list[Token]) -> bool:
    return node.tag_ == "VBN" and any(auxiliary.lemma_ == "have" for auxiliary in auxiliaries)


def _is_reported_in_the_past(node: Token) -> bool:
    """Say whether a verb in the past that reports what was said or thought stands above *node* or beside it."""
    for _ in range(_MOST_RUNGS):
        beside = (child for child in node.children if child.dep_ in ("parataxis", "ccomp") and child.i > node.i)
        if any(_reports_in_the_past(child) for child in beside):
            return True
        if node.dep_ == "ROOT":
            return False
        node = node.head
        if _reports_in_the_past(node):
            return True
    return False


def _reports_in_the_past(node: Token) -> bool:
    return node.tag_ in ("VBD", "VBN", "VBG") and lemma_of(node) in word_set("factuality", "reporting")


def _negations(node: Token, below: Token | None = None) -> int:
    """Return 1 where the clause or phrase of *node* holds a word that negates it, outside *below*."""
    negators = word_set("factuality", "negators")
    if node.pos_ not in ("VERB", "AUX") and _is_nothing(node):
        return 1
    for child in node.children:
        if below is not None and child.i == below.i:
            continue
        if child.dep_ in ("neg", "preconj") and child.lower_ in negators:
            return 1
        if child.dep_ == "advmod" and (child.lower_ in negators or _is_no_longer(child)):
            return 1
        if node.pos_ in ("VERB", "AUX") and child.dep_ in ("nsubj", "nsubjpass", "dobj") and _is_nothing(child):
            return 1
    return 0


def _is_no_longer(child: Token) -> bool:
    """Say whether an adverb is "no longer", "no more", "not yet"."""
    return child.lower_ in ("longer", "more", "yet") and any(word.lower_ in ("no", "not") for word in child.children)


def _is_nothing(child: Token) -> bool:
    """Say whether a subject or object is "nobody", "neither side", "no agreement", "none of them"."""
    if child.lower_ in word_set("factuality", "negative_pronouns"):
        return True
    determiners = word_set("factuality", "negative_determiners")
    if any(word.lower_ in determiners or word.dep_ == "neg" for word in child.lefts):
        return not any(word.lower_ == "a" for word in child.lefts)  # "a few members"
    return False


def _is_conditional(node: Token, children: list[Token]) -> bool:
    if _opens_condition(node):
        return True
    return any(child.dep_ == "advcl" and _opens_condition(child) and not _is_even(child) for child in children)


def _opens_condition(node: Token) -> bool:
    """Say whether a verb stands in an if-clause: by its mark, or inverted ("should they agree")."""
    conditions = word_set("factuality", "conditions")
    if any(child.dep_ == "mark" and child.lower_ in conditions for child in node.lefts):
        return True
    if node.dep_ != "advcl":
        return False
    if node.lower_ in ("provided", "providing", "assuming", "supposing") and node.i < node.doc[-1].i:
        return True
    first = next(node.lefts, node)
    return first.lower_ in _INVERTED and first.i + 1 < len(first.doc) and first.dep_ in ("aux", "auxpass")


def _is_even(node: Token) -> bool:
    return any(child.lower_ == "even" for child in node.lefts)


# What governs a predicate


def _step_up(node: Token) -> tuple[Token, _Rung, bool] | None:
    """Return the governor of *node*, what crossing to it says, and whether its own words hold for *node*."""
    if node.dep_ == "ROOT":
        return None
    if node.dep_ == "conj":
        return _out_of_coordination(node)
    if node.dep_ in ("xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl"):
        return _out_of_clause(node)
    if node.dep_ in ("acomp", "attr", "oprd") and node.head.lemma_ in _COPULAS:
        return node.head, _Rung(), True
    return _out_of_phrase(node) if node.pos_ not in ("VERB", "AUX") or node.dep_ in ("pobj", "dobj") else None


def _out_of_coordination(node: Token) -> tuple[Token, _Rung, bool]:
    """Cross to the first of coordinated predicates; "nor" negates on its own where no auxiliary is shared."""
    shares = _shares_auxiliaries(node)
    nor = any(child.dep_ == "cc" and child.lower_ == "nor" for child in node.head.rights)
    return node.head, _Rung(flips=int(nor and not shares)), shares


def _shares_auxiliaries(node: Token) -> bool:
    if node.pos_ not in ("VERB", "AUX"):
        return True
    return _FORMS.get(node.tag_) == _FORMS.get(node.head.tag_) and not any(
        child.dep_ in ("aux", "auxpass", "neg") or child.dep_ in _SUBJECTS for child in node.lefts
    )


def _out_of_clause(node: Token) -> tuple[Token, _Rung, bool] | None:
    head = node.head
    if node.dep_ == "relcl":
        return (head, _Rung(modality="future"), False) if _is_infinitive(node) else None
    if node.dep_ == "pcomp":
        return _out_of_preposition(head)
    if node.dep_ == "advcl":
        return _out_of_adverbial(node)
    if node.dep_ == "acl" and not _is_infinitive(node) and not _has_mark(node, "that"):
        return None
    finite = not _is_infinitive(node) and (
        node.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ == "aux" for c in node.lefts)
    )
    if head.lemma_ in ("be", "go") and not finite:
        return _out_of_plan(node)
    if head.lemma_ in ("have", "remain") and not finite and any(child.lower_ == "yet" for child in head.children):
        return head, _Rung(flips=1), True
    governed = _governed(_key(head), finite=finite)
    if governed is None:
        return None if finite else (head, _Rung(), True)
    return head, governed, True


def _out_of_plan(node: Token) -> tuple[Token, _Rung, bool]:
    """Cross "is to", "is going to", "the aim is to"."""
    head = node.head
    if head.lemma_ == "go":
        return head, _Rung(modality="future" if head.tag_ == "VBG" else "actual"), True
    complement = next((child for child in head.rights if child.dep_ in ("acomp", "attr", "oprd")), None)
    if complement is not None:  # "it is important to meet"
        governed = _governed(lemma_of(complement), finite=False)
        return head, governed or _Rung(modality="wished", tense="none"), True
    subject = next((child for child in head.lefts if child.dep_ in _SUBJECTS), None)
    if subject is not None and subject.lemma_ in word_set("factuality", "aims"):
        return head, _Rung(modality="wished", tense="none"), True
    if _is_perfect(node, list(node.lefts)):  # "was to have met": it did not
        return head, _Rung(modality="possible"), True
    return head, _Rung(modality="future"), True


def _out_of_adverbial(node: Token) -> tuple[Token, _Rung, bool] | None:
    if _opens_condition(node):
        return None
    if _is_infinitive(node):  # a purpose: "met to resolve the dispute"; or an object that the parser took for one
        complement = any(child.dep_ in ("dobj", "prep", "ccomp") and child.i < node.i for child in node.head.rights)
        governed = None if complement else _governed(_key(node.head), finite=False)
        return node.head, governed or _Rung(modality="wished"), governed is not None
    marks = {child.lower_ for child in node.lefts if child.dep_ in ("mark", "advmod")}
    if node.tag_ in ("VBZ", "VBP") and marks & word_set("factuality", "time_clauses"):
        own = _own_words(node.head, None)
        return node.head, _Rung(modality=own.modality if own.modality == "future" else "actual"), False
    return None


def _out_of_preposition(preposition: Token) -> tuple[Token, _Rung, bool] | None:
    """Cross a preposition into what it depends on: "without signing", "succeeded in signing", "the lack of a deal"."""
    governor = preposition.head
    form = preposition.lower_
    phrase = f"{governor.lower_} {form}"
    if {form, phrase} & word_set("factuality", "negative_prepositions"):
        return governor, _Rung(flips=1 + _negations(preposition) + _negations(governor) * (form == "without")), False
    if governor.lemma_ in word_set("factuality", "conditional_nouns") and form == "of":
        return governor, _Rung(conditional=True), False
    key = f"{lemma_of(governor)} {form}"
    governed = _governed(key, finite=False)
    if governed is None:
        return None
    return governor, governed, True


def _out_of_phrase(node: Token) -> tuple[Token, _Rung, bool] | None:
    """Cross from a noun or adjective to the verb, noun or preposition that governs it."""
    head = node.head
    if node.dep_ == "pobj":
        return _out_of_preposition(head)
    if node.dep_ in _OBJECTS:
        key = _key(head)
        governed = None if key in word_set("factuality", "clause_only") else _governed(key, finite=False)
        return head, governed or _Rung(), True
    if node.dep_ == "nsubj" and head.lemma_ in word_set("factuality", "existence"):
        return head, _Rung(), True
    return None


def _key(governor: Token) -> str:
    particle = next((child.lower_ for child in governor.rights if child.dep_ == "prt"), None)
    lemma = lemma_of(governor)
    return f"{lemma} {particle}" if particle else lemma


def _governed(key: str, *, finite: bool) -> _Rung | None:
    """Return what a governor says of what it governs; None for one that says nothing.

    Of a finite clause ("agreed that", "decided that") plans and duties say nothing; denials, wishes and doubts do.
    """
    rung = _governors().get(key)
    if rung is None or not finite:
        return rung
    reports = key in word_set("factuality", "infinitive_only")  # "told them that", not "told them to"
    return None if reports or rung.modality in ("future", "necessary") else rung


@cache
def _governors() -> dict[str, _Rung]:
    classes: dict[str, _Rung] = {
        "obliging_governors": _Rung(modality="necessary"),
        "doubting_governors": _Rung(modality="possible"),
        "future_governors": _Rung(modality="future", tense="future"),
        "wishing_governors": _Rung(modality="wished", tense="none"),
        "negative_governors": _Rung(flips=1),
    }
    return {key: rung for name, rung in classes.items() for key in word_set("factuality", name)}


def _is_infinitive(node: Token) -> bool:
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in node.lefts)


def _has_mark(node: Token, form: str) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == form for child in node.lefts)
