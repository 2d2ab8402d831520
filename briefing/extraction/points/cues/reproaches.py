"""What one lays at another's door in what one says: harm done, rules broken, duties undone, doubts of its reasons."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import clauses_below, objects, prepositional, reporters, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.polarity import Cue, is_told
from briefing.language.factuality import factuality
from briefing.language.neighbours import word_before
from briefing.runtime.lexicon import first_words, word_set

_STRENGTH = 0.6
_REPROACH = 0.55
_CLAUSES = ("ccomp", "ROOT", "conj")
_TRUSTING = frozenset({"trust", "believe"})
_ASKING = frozenset({"question", "wonder", "ask", "query"})
_FEARING = frozenset({"warn", "caution", "fear", "worry", "complain", "lament", "protest"})
_FAILING = frozenset({"fail", "neglect", "refuse"})


def reproaches(verb: Token) -> Iterator[Cue]:
    """Yield what a clause that somebody utters says that another did wrong: "X is throwing votes away"."""
    if verb.dep_ not in _CLAUSES or not (_lacks(verb) or _is_idle(verb) or (_is_wrong(verb) and _is_charged(verb))):
        return
    if verb.dep_ == "ccomp" and any(child.dep_ == "neg" for child in verb.head.lefts):  # "did not say that"
        return
    rule = is_in(verb, "breaching") and any(is_in(thing, "rules") for thing in objects(verb))
    yield Cue(verb, verb, "fault", "breach" if rule else "harm", -1, False, _REPROACH)


def misgivings(verb: Token) -> Iterator[Cue]:
    """Yield "warned that Y's plan would cost lives": fear of what another means to do."""
    if verb.lemma_ not in _FEARING or not is_told(verb):
        return
    for clause in verb.rights:
        ahead = clause.dep_ == "ccomp" and any(child.tag_ == "MD" for child in clause.lefts)
        deeds = (
            [word for word in subjects(clause) if is_in(word, "proposals") or is_in(word, "conduct")] if ahead else []
        )
        owned = [deed for deed in deeds if any(child.dep_ in ("poss", "compound", "amod") for child in deed.lefts)]
        if owned:
            targets = tuple(owned)
            yield Cue(clause, verb, "verb", "misgiving", -1, False, _REPROACH, sources=subjects(verb), targets=targets)


def failings(verb: Token) -> Iterator[Cue]:
    """Yield "said that Y has failed to act", "is not doing enough": a duty undone is a reproach where it is uttered."""
    if verb.lemma_ not in _FAILING or verb.dep_ not in ("ccomp", "conj") or not is_told(verb):
        return
    sources = tuple(reporters(verb))
    if sources and any(True for _ in clauses_below(verb)):
        yield Cue(verb, verb, "fault", "harm", -1, False, _REPROACH)


def told_wrongs(verb: Token) -> Iterator[Cue]:
    """Yield a wrong brought up aside: "named the crew, whom Y has taken hostage", "did not say that Y broke"."""
    if not _is_wrong(verb) or any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.lefts):
        return
    if verb.dep_ == "relcl" and verb.head.dep_ == "dobj" and is_in(verb.head.head, "naming_of"):
        teller = verb.head.head
    elif verb.dep_ == "ccomp" and is_in(verb.head, "naming_of") and verb.head.dep_ == "ccomp":
        passed_over = any(child.dep_ == "neg" for child in verb.head.lefts)
        teller = verb.head.head if passed_over else verb
    else:
        return
    if teller.i != verb.i and is_told(teller) and subjects(verb):
        sources, targets = subjects(teller), subjects(verb)
        yield Cue(verb, verb, "verb", "wrong", -1, False, _REPROACH, sources=sources, targets=targets)


def doubts(verb: Token) -> Iterator[Cue]:
    """Yield "cannot understand why Y", "questioned why Y", "does not trust Y"."""
    told = factuality(verb)
    negated = told.negated and not told.conditional
    if verb.lemma_ in _TRUSTING and negated and told.modality != "wished" and objects(verb):
        yield Cue(verb, verb, "verb", "accuse", -1, False, _STRENGTH, flipped=True)
        return
    asks = negated if verb.lemma_ in ("understand", "see") else verb.lemma_ in _ASKING
    if not asks or told.conditional or told.modality == "wished":
        return
    for clause in verb.rights:
        why = clause.dep_ == "ccomp" and any(child.lower_ == "why" for child in clause.lefts)
        if why and subjects(clause):
            yield Cue(
                clause, verb, "verb", "doubt", -1, False, _REPROACH, sources=subjects(verb), targets=subjects(clause)
            )


def wrongs(verb: Token) -> Iterator[Cue]:
    """Yield "X undermined Y's efforts", "X broke its promise to Y": a wrong of one to another, told by the article."""
    if verb.dep_ == "ccomp" or not is_told(verb) or not (_is_wrong(verb) and not is_in(verb, "wronging")):
        return
    targets = (*objects(verb), *prepositional(verb, ("to", "on", "at", "from")))
    if targets and subjects(verb) and verb.lemma_ != "use":
        yield Cue(verb, verb, "verb", "wrong", -1, False, _REPROACH, sources=subjects(verb), targets=targets)


def _is_wrong(verb: Token) -> bool:
    """Say whether a verb, or a verb with its object, tells of a wrong."""
    if word_before(verb) == "-" and word_before(verb, 2) == "de":
        return False  # "de-escalate"
    if is_in(verb, "pursuing") and any(
        child.dep_ in ("xcomp", "advcl") and _is_wrong(child) for child in verb.rights
    ):  # "is using the courts to silence the press", "keeps trying to derail the talks"
        return True
    if is_in(verb, "breaching"):
        return any(is_in(thing, "rules") for thing in objects(verb))
    if is_in(verb, "harming") or is_in(verb, "misdeeds") or is_in(verb, "wronging"):
        return True
    if verb.lemma_.lower() not in first_words(LEXICON, "wronging"):
        return False
    follow = {form for child in verb.rights for word in (child, *child.rights) for form in (word.lower_, word.lemma_)}
    return any(f"{verb.lemma_.lower()} {word}" in word_set(LEXICON, "wronging") for word in follow)


def _lacks(verb: Token) -> bool:
    """Say whether a clause tells what somebody ought to have: "has no right to", "has no idea what it is doing"."""
    if verb.lemma_ != "have" or factuality(verb).conditional:
        return False
    return any(
        is_in(thing, "lackings") and any(child.lower_ == "no" for child in thing.lefts) for thing in objects(verb)
    )


def _is_idle(verb: Token) -> bool:
    """Say whether a clause tells that nothing is done against something: "has done nothing to stop the fire"."""
    told = factuality(verb)
    nothing = any(child.lower_ in ("nothing", "little") and child.dep_ == "dobj" for child in verb.rights)
    return verb.lemma_ == "do" and nothing and told.modality == "actual" and not told.conditional


def _is_charged(verb: Token) -> bool:
    """Say whether a wrong is told as fact, or as one that may have been done."""
    told = factuality(verb)
    if told.conditional or told.negated:
        return False
    helpers = [child for child in verb.lefts if child.dep_ == "aux"]
    sure = any(child.lemma_ == "have" for child in helpers) or not any(child.tag_ == "MD" for child in helpers)
    return is_told(verb) or (told.modality == "possible" and sure and any(True for _ in reporters(verb)))
