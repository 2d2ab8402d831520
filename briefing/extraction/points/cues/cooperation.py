"""What parties do together or give one another: PLOVER's material cooperation, told by a verb and what it acts upon."""

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import BODIES, objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, is_in, listed
from briefing.extraction.points.polarity import Cue, is_told
from briefing.runtime.lexicon import word_set

_VENTURE = 0.6
_CONCERT = 0.55
_GIVEN = 0.5
_DEEDS = ("launching", "transferring", "swapping", "concerted", "securing")
_DOING = frozenset({"join", "step", "share"})
_JOINT = frozenset({"joint", "common", "bilateral", "trilateral", "combined", "collaborative"})
_FROM = frozenset({"order", "sign", "buy", "purchase", "acquire", "recruit", "borrow"})
_PASSING = frozenset({"adopt", "approve", "pass", "ratify", "endorse"})
_AGAINST = frozenset({"against", "opposed", "opposing", "dissenting"})
_BEFORE = frozenset({"earlier", "previously", "ago"})  # what is told as known
_TIMES = frozenset({"npadvmod", "advmod"})
_BY_CONSENT = frozenset({"unanimously", "unanimous", "overwhelmingly"})


def cooperation(verb: Token) -> Iterator[Cue]:
    """Yield what a verb says that parties do together or give one another."""
    if not (verb.lemma_ in _DOING or any(is_in(verb, words) for words in _DEEDS)) or not is_told(verb):
        return
    yield from _transfers(verb)
    if _is_news(verb):
        yield from _ventures(verb)
        yield from _swaps(verb)
        yield from _sharings(verb)
        yield from _concerted(verb)
        yield from _memberships(verb)
        yield from _pledges(verb)


def votes(verb: Token) -> Iterator[Cue]:
    """Yield what a body resolves: "the council voted unanimously to", "parliament adopted the bill".

    One that nothing says all were for has the kind "decision": an agreement only where it is the news.
    """
    if not is_in(verb, "deciding") or not _is_news(verb) or not is_told(verb):
        return
    before = any(word.lower_ in _BEFORE for child in verb.children if child.dep_ in _TIMES for word in child.subtree)
    if before or not any(map(_is_assembly, subjects(verb))):
        return
    agreed = any(child.lower_ in _BY_CONSENT for child in verb.children) or any(
        word.lower_ in ("consensus", "unanimity") or any(child.lower_ == "unanimous" for child in word.lefts)
        for word in prepositional(verb, ("by", "with", "in"))
    )
    passes = verb.lemma_ == "vote" or (
        verb.lemma_ in _PASSING and any(is_in(thing, "proposals") for thing in objects(verb))
    )
    if (agreed or (passes and verb.dep_ != "conj")) and not _rejects(verb):
        things = [thing for thing in objects(verb) if thing.pos_ == "NOUN"]
        yield Cue(things[0] if things else verb, verb, "accord", "consent" if agreed else "decision", 1, True, _VENTURE)


def several_bodies(verb: Token, labels: Collection[str] = BODIES) -> bool:
    """Say whether two or more with names of these kinds are those who do it: "the governments of X and Y"."""
    for doer in subjects(verb):
        glosses = (child for child in doer.rights if child.dep_ == "appos")
        for head in (doer, *glosses, *prepositional(doer, ("of",))):
            if sum(word.ent_type_ in labels for word in (head, *head.conjuncts)) > 1:
                return True
    return False


def _is_news(verb: Token) -> bool:
    """Say whether a verb tells by itself what happened: not "after they voted", "a bill passed by"."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ in ("ROOT", "ccomp", "parataxis")


def _ventures(verb: Token) -> Iterator[Cue]:
    """Yield "launched a joint satellite", "set up a working group"."""
    if not is_in(verb, "launching"):
        return
    paid = prepositional(verb, ("in", "for", "into")) if is_in(verb, "funding") else ()
    funded = (word for thing in objects(verb) for word in prepositional(thing, ("for", "in", "into", "of")))
    things = [*objects(verb), *paid, *(funded if is_in(verb, "funding") else ())]
    counted = [thing for n, thing in enumerate(things) if n or is_in(thing, "portions")]  # "a round of joint exercises"
    things += [word for thing in counted for word in prepositional(thing, ("of",))]
    for thing in things:
        words = (word for child in thing.lefts for word in (child, *child.lefts))
        joint = any(word.lower_ in _JOINT for word in words) and not is_in(thing, "gatherings")
        panel = any(f"{child.lower_} {thing.lemma_.lower()}" in word_set(LEXICON, "panels") for child in thing.lefts)
        if (joint or panel) and not is_in(thing, "accords"):
            yield Cue(thing, verb, "accord", "venture", 1, True, _VENTURE)
            return


def _swaps(verb: Token) -> Iterator[Cue]:
    """Yield "exchanged prisoners"."""
    things = objects(verb) if is_in(verb, "swapping") else ()
    swapped = next((thing for thing in things if is_in(thing, "swapped")), None)
    if swapped is not None:
        yield Cue(swapped, verb, "accord", "swap", 1, True, _VENTURE)


def _sharings(verb: Token) -> Iterator[Cue]:
    """Yield "shared evidence with Y": bodies let each other know what they know."""
    if verb.lemma_ != "share" or any(doer.ent_type_ == "PERSON" for doer in subjects(verb)):
        return
    thing = next((thing for thing in objects(verb) if is_in(thing, "findings")), None)
    hosts = (verb, thing, *prepositional(verb, ("on", "about"))) if thing is not None else ()
    takers = tuple(w for host in hosts for w in prepositional(host, ("with",)) if w.ent_type_ in BODIES)
    if thing is not None and takers:
        yield Cue(thing, verb, "accord", "sharing", 1, True, _GIVEN, sources=subjects(verb), targets=takers)


def _concerted(verb: Token) -> Iterator[Cue]:
    """Yield "X, Y and Z stepped in to guarantee the deposits": several bodies do one thing."""
    proposes = any(is_in(thing, "proposals") for thing in objects(verb))
    acts = (is_in(verb, "concerted") and (proposes or not is_in(verb, "proposing"))) or _steps_in(verb)
    if acts and several_bodies(verb, BODIES | {"PERSON"} if proposes else BODIES):
        yield Cue(verb, verb, "joint", "concert", 1, True, _CONCERT)


def _steps_in(verb: Token) -> bool:
    return verb.lemma_ == "step" and any(child.lower_ in ("in", "up") for child in verb.rights)


def _memberships(verb: Token) -> Iterator[Cue]:
    """Yield "joined the pact", "joined X's programme": one takes part in what others have begun."""
    if verb.lemma_ != "join" or any(doer.ent_type_ == "PERSON" for doer in subjects(verb)):
        return
    if any(is_in(thing, "joined") for thing in objects(verb)):
        yield Cue(verb, verb, "verb", "membership", 1, False, _GIVEN)


def _pledges(verb: Token) -> Iterator[Cue]:
    """Yield "secured a commitment from Y": what is promised is agreed."""
    for thing in objects(verb) if is_in(verb, "securing") else ():
        if is_in(thing, "pledges") and any(True for host in (verb, thing) for _ in prepositional(host, ("from",))):
            yield Cue(thing, verb, "accord", "pledge", 1, True, _VENTURE)


def _transfers(verb: Token) -> Iterator[Cue]:
    """Yield "sold its unit to Y", "traded the goalkeeper to Y", "signed the striker from Y"."""
    second = "from" if verb.lemma_ in _FROM else "to"
    if not is_in(verb, "transferring") or any(doer.ent_type_ == "PERSON" for doer in subjects(verb)):
        return
    taker = any(word.ent_type_ in ("ORG", "GPE") for word in prepositional(verb, (second,)))
    if taker and objects(verb):
        yield Cue(verb, verb, "verb", "transfer", 1, False, _GIVEN, second)


def _is_assembly(doer: Token) -> bool:
    """Say whether those who decide are a body of many minds, or its members."""
    return is_in(doer, "assemblies") or (doer.tag_ in ("NNS", "NNPS") and is_in(doer, "institutions"))


def _rejects(verb: Token) -> bool:
    """Say whether a vote is one against something."""
    against = any(word.lower_ in _AGAINST for word in verb.subtree)
    things = (*objects(verb), *prepositional(verb, ("for",)))
    within = [child for host in (verb, *things) for child in host.rights if child.dep_ in ("xcomp", "acl")]
    found = (listed("verbs", child) for child in within)
    return against or any(words is not None and words[0].sign < 0 for words in found)
