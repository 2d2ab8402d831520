"""What one only names: hostile deeds of a third, and measures against it ("the need for sanctions on Y")."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import prepositional, subjects
from briefing.extraction.points.lists import is_in
from briefing.extraction.points.polarity import Cue, is_told
from briefing.language.predicate_words import reporting_verbs
from briefing.language.syntax import SUBJECTS

_STRENGTH = 0.55
_STEPS = 9  # up from a noun to the verb of speech that names it
_AGAINST = ("against", "on", "upon")
_DOING = ("by", "from", "of")
_SUFFERING = ("of", "against", "on", "in")
_UNSURE = frozenset(
    {"possible", "potential", "alleged", "feared", "likely", "no", "any", "planned", "future", "hypothetical"}
)
_HEARD = ("weighing", "demanding", "saying", "attitudes", "telling", "talking_over", "strengthening")
_SINCE = frozenset({"since", "after", "during", "following", "before", "until"})
_NEEDED = frozenset({"necessary", "important", "vital", "essential"})
_MUST = frozenset({"must", "should", "need", "have"})


def grievances(noun: Token) -> Iterator[Cue]:
    """Yield what somebody says of another's hostile deed, or wants done against another."""
    if any(child.lower_ in _UNSURE for child in noun.lefts) or _is_cause(noun) or _is_judged(noun):
        return
    if is_in(noun, "measures") and _is_sought(noun):
        yield from _named(noun, tuple(_aimed_at(noun)))
    if not is_in(noun, "wrongdoings"):
        return
    doers = tuple(_doers(noun))
    yield from _named(noun, doers)
    sufferers = tuple(prepositional(noun, _SUFFERING)) if is_in(noun, "blows") else ()
    told = _telling(noun)
    teller = told is not None and any(word.pos_ != "NOUN" or is_in(word, "bodies") for word in subjects(told))
    if doers and sufferers and not teller and not any(word.dep_ == "pcomp" for word in sufferers):
        yield Cue(noun, noun, "noun", "blow", -1, False, _STRENGTH, sources=doers, targets=sufferers)


def _named(noun: Token, targets: tuple[Token, ...]) -> Iterator[Cue]:
    """Yield the stand of whoever names a deed or measure, against its doer or aim."""
    if not targets:
        return
    verb = _telling(noun)
    if verb is not None and is_told(verb):
        yield Cue(noun, verb, "noun", "grievance", -1, False, _STRENGTH, sources=subjects(verb), targets=targets)
    elif verb is None:  # whoever speaks
        yield Cue(noun, noun, "fault", "grievance", -1, False, _STRENGTH, targets=targets)


def _telling(noun: Token) -> Token | None:
    """Return the verb of speech, with a subject of its own, that names a deed or measure, or that lays the measure."""
    node = noun
    for _ in range(_STEPS):
        below, node = node, node.head
        if node.i == below.i:
            return None
        if node.pos_ not in ("VERB", "AUX") or below.dep_ in SUBJECTS or not _has_doer(node):
            continue
        if any(is_in(node, words) for words in _HEARD) or node.lemma_.lower() in reporting_verbs():
            return node
    return None


def _has_doer(verb: Token) -> bool:
    """Say whether a verb has a subject of its own that is somebody, or shares that of the verb it is joined to."""
    own = [child for child in verb.lefts if child.dep_ in SUBJECTS]
    return any(child.lower_ != "it" for child in own) or (not own and verb.dep_ in ("conj", "advcl"))


def _is_judged(noun: Token) -> bool:
    """Say whether a clause says what a deed is: "considers the invasion a breach"."""
    return any(is_in(node, "naming") for node in (noun.head, noun.head.head))


def _is_cause(noun: Token) -> bool:
    """Say whether a deed is only why or when something is: "the effects of the invasion", "since the invasion"."""
    if noun.dep_ != "pobj":
        return False
    return noun.head.lower_ in _SINCE or is_in(noun.head.head, "aftermaths")


def _aimed_at(noun: Token) -> Iterator[Token]:
    """Yield against whom a measure is: in its phrase, or beside the verb that takes it."""
    yield from prepositional(noun, _AGAINST)
    for child in noun.lefts:
        if child.dep_ == "amod" and child.text.lower().startswith("anti"):
            yield child
    node = noun.head
    if node.pos_ == "VERB" and noun.dep_ in ("dobj", "nsubjpass"):
        yield from prepositional(node, _AGAINST)


def _is_sought(noun: Token) -> bool:
    """Say whether a measure is what somebody wants or has: under a verb or noun of need or of making it stronger."""
    path = [noun.head]
    while path[-1].dep_ != "ROOT" and len(path) < _STEPS:
        path.append(path[-1].head)
    if any(is_in(node, "relieving") or any(child.dep_ == "neg" for child in node.children) for node in path):
        return False
    return any(
        is_in(node, "strengthening")
        or is_in(node, "weights")
        or node.lemma_ in _NEEDED
        or any(child.dep_ == "aux" and child.lemma_ in _MUST for child in node.lefts)
        for node in path
    )


def _doers(noun: Token) -> Iterator[Token]:
    """Yield whose deed a noun names: "Peru's blockade", "the Peruvian blockade", "threats from Peru"."""
    yield from (child for child in noun.lefts if child.dep_ in ("poss", "amod", "compound", "nmod") and child.ent_type_)
    own = ("by", "from") if is_in(noun, "blows") else _DOING
    yield from (word for word in prepositional(noun, own) if word.dep_ == "pobj")
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            yield from subjects(child)
