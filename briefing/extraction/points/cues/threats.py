"""What one says that one will do to another unless it yields, and how long one gives it."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import objects, prepositional, subjects
from briefing.extraction.points.lists import is_in, listed
from briefing.extraction.points.polarity import Cue, is_told
from briefing.language.factuality import factuality

_THREAT = 0.55
_GIVING = frozenset({"give", "issue", "set", "hand"})


def threats(verb: Token) -> Iterator[Cue]:
    """Yield "will impose sanctions if Y does not withdraw", "will not lift the ban unless Y pays"."""
    told = factuality(verb)
    if told.modality not in ("future", "possible") or not (told.conditional or told.negated):
        return
    if not (is_in(verb, "withholding") if told.negated else _is_hostile(verb)):
        return
    for clause in verb.subtree:
        opening = {child.lower_ for child in clause.lefts if child.dep_ == "mark"}
        if clause.dep_ != "advcl" or not opening & {"if", "unless"} or not subjects(clause):
            continue
        targets = (*subjects(clause), *objects(verb), *prepositional(verb, ("on", "against")))
        sources = subjects(verb)
        yield Cue(verb, verb, "verb", "threat", -1, False, _THREAT, future=True, sources=sources, targets=targets)


def ultimatums(verb: Token) -> Iterator[Cue]:
    """Yield "gave Y a deadline", "gave Y until Friday to withdraw", "demanded an apology from Y"."""
    if not is_told(verb):
        return
    targets: tuple[Token, ...] = ()
    if verb.lemma_ in _GIVING:
        final = any(is_in(thing, "deadlines") for thing in objects(verb))
        until = any(child.dep_ == "prep" and child.lower_ in ("until", "till") for child in verb.rights)
        until = until and len([child for child in verb.rights if child.dep_ in ("dobj", "dative")]) == 1
        named = [child for child in verb.rights if child.dep_ == "dative" or (until and child.dep_ == "dobj")]
        receivers = [w for child in named for w in (child, *(p for p in child.rights if p.dep_ == "pobj"))]
        if final:
            receivers += [word for host in (verb, *objects(verb)) for word in prepositional(host, ("to",))]
        targets = tuple(receivers) if final or until else ()
    elif verb.lemma_ == "demand":
        hosts = (verb, *objects(verb))
        targets = tuple(word for host in hosts for word in prepositional(host, ("from", "of")))
    if targets and subjects(verb):
        yield Cue(verb, verb, "verb", "ultimatum", -1, False, _THREAT, sources=subjects(verb), targets=targets)


def _is_hostile(verb: Token) -> bool:
    """Say whether a verb tells of a blow at somebody, which one may threaten."""
    laid = is_in(verb, "imposing") and any(is_in(thing, "impositions") for thing in objects(verb))
    broken = is_in(verb, "breaking") and any(is_in(thing, w) for thing in objects(verb) for w in ("accords", "ties"))
    found = listed("verbs", verb)
    hostile = found is not None and found[0].name in ("fight", "coerce", "punish", "prosecute")
    return laid or broken or hostile or is_in(verb, "retaliating") or is_in(verb, "shutting")
