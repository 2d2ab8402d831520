"""Who stands on the other side where a cue's own object does not name them: in what completes it, or beside it."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import clauses_below, objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.parties.party import Party
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.extraction.points.polarity import Cue
from briefing.runtime.lexicon import word_set

_DENYING = frozenset({"deny", "refute"})
_DECIDING = frozenset({"announce", "order", "decide", "declare", "rule", "decree"})
# Verbs of speaking of a thing, and the words that bring it in.
_REPLYING = {"comment": ("on", "about"), "respond": ("to",), "reply": ("to",), "react": ("to",), "write": ("about",)}
_TILL = frozenset({"until", "till", "unless", "before"})
_EMPLOYING = frozenset({"at", "of", "from", "for"})
_COMPLETING = ("of", "for", "to", "on", "over", "against", "about", "at", "by", "away", "from")
_WITHIN = frozenset({"during", "in", "after", "amid"})
_ANSWERS = frozenset({"response", "protest", "retaliation", "reply", "reaction"})
_ANSWERING = ("to", "at", "against", "over", "for")
# Deepest that clauses within clauses are searched for parties.
_DEPTH = 4


def complement(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return the parties named in what a cue is about: "agreed to end a levy on Chilean salmon"."""
    found: list[Party] = []
    for node in (cue.token, cue.predicate) if cue.token.i != cue.predicate.i else (cue.token,):
        makers = phrases.parties(prepositional(node, ("by",)))  # "condemn the raids" by Y against Z: not Z
        found += makers or phrases.parties(prepositional(node, _COMPLETING))
        if node.pos_ == "VERB":
            found += _bearing(objects(node), phrases)
            found += phrases.parties(_invited(objects(node)))
        for clause in clauses_below(node):
            told = clause.dep_ == "ccomp" and _is_finite(clause)  # "agreed that X must", "denied that X did"
            if not (told and (cue.kind == "concur" or cue.token.lemma_ in _DENYING)):
                found += in_clause(clause, phrases)
    return found


def in_clause(clause: Token, phrases: PhraseReader, depth: int = 0) -> list[Party]:
    """Return the parties that a clause names, and those below it."""
    things = objects(clause) if not is_in(clause, "running") else ()
    found = phrases.parties(subjects(clause)) + phrases.parties(things)
    found += _bearing(things, phrases)
    found += phrases.parties(prepositional(clause, ("with", "to", "from", "against", "for", "on", "of")))
    if depth < _DEPTH:
        for inner in clauses_below(clause):
            found += in_clause(inner, phrases, depth + 1)
    return found


def awaited(verb: Token, phrases: PhraseReader) -> list[Party]:
    """Return who has to act before one does what one refuses: "will not lift the ban until X pays"."""
    clauses = (child for child in verb.rights if child.dep_ == "advcl" and child.tag_ != "VBG")
    marked = [clause for clause in clauses if any(word.lower_ in _TILL for word in clause.lefts)]
    below = [inner for clause in marked for inner in clauses_below(clause)]
    below += [inner for clause in marked for child in clause.rights for inner in child.rights if inner.dep_ == "ccomp"]
    below += [other for clause in marked for other in clause.conjuncts]
    told = (*marked, *below)
    return phrases.parties(word for clause in told for word in (*subjects(clause), *objects(clause)))


def sent_away(verb: Token) -> Iterator[Token]:
    """Yield where those come from who are sent home: "expelled diplomats from X"."""
    sent = (thing for thing in objects(verb) if is_in(thing, "bodies"))
    yield from (word for host in (verb, *sent) for word in prepositional(host, ("from",)))


def banishing(verb: Token) -> Iterator[Token]:
    """Yield the state that has sent somebody away: "were expelled from X"."""
    if is_in(verb, "banishing") and not subjects(verb):
        yield from (word for word in prepositional(verb, ("from",)) if word.ent_type_ == "GPE")


def deciders(verb: Token) -> Iterator[Token]:
    """Yield who says that something is done to another, and so does it: "announced that the ships of Y were banned"."""
    if verb.dep_ == "ccomp" and not subjects(verb) and verb.head.lemma_ in _DECIDING:
        yield from subjects(verb.head)


def threatened(verb: Token) -> Iterator[Token]:
    """Yield whose people one threatens: "threatened the citizens of Y"."""
    for thing in objects(verb) if verb.lemma_ == "threaten" else ():
        if is_in(thing, "bystanders"):
            yield from prepositional(thing, ("of",))


def keeps_from(verb: Token) -> bool:
    """Say whether a denial keeps something from somebody: "denied entry to X", not "denied the charge"."""
    return any(is_in(thing, "permits") for thing in objects(verb))


def employers(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return whom a strike is against: for whom those who strike work, where they stop work, whom they answer."""
    named = [word for subject in subjects(cue.predicate) for word in prepositional(subject, _EMPLOYING)]
    return (
        phrases.parties(named)
        or phrases.parties(prepositional(cue.predicate, ("at",)))
        or phrases.parties(_struck(cue.predicate))
        or phrases.parties(_workplaces(cue.predicate))
        or answered(cue.predicate, phrases)
    )


def answered(verb: Token, phrases: PhraseReader) -> list[Party]:
    """Return to whom an act is the answer: "in response to Y's decision", "in protest at a ban by Y"."""
    answers = (word for word in prepositional(verb, ("in",)) if word.lemma_.lower() in _ANSWERS)
    return phrases.parties(cause for answer in answers for cause in prepositional(answer, _ANSWERING))


def met(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return whom one meets where one agrees: "in a meeting with Y, X agreed", "agreed at talks with Y"."""
    hosts = (cue.predicate, *subjects(cue.predicate))
    places = (
        word
        for host in hosts
        for child in host.children
        if child.dep_ == "prep" and child.lower_ in ("in", "at", "during", "after", "following")
        for word in child.rights
        if is_in(word, "meeting_nouns")
    )
    return phrases.parties(other for place in places for other in prepositional(place, ("with", "between")))


def doers(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return who did what is condemned or disputed, where it is told beside the deed.

    "The killing of civilians during the Dutch raids", "offers of talks by Y", "claims that appeared in the Star".
    """
    found: list[Party] = []
    found += phrases.parties(_where_wronged(cue))
    for thing in objects(cue.predicate):
        raids = [word for word in prepositional(thing, _WITHIN) if is_in(word, "deeds")]
        found += phrases.parties(raids)
        if is_in(thing, "proposals"):
            aims = prepositional(thing, ("for", "of", "on"))
            found += phrases.parties(word for aim in aims for word in prepositional(aim, ("by", "from")))
        if is_in(thing, "assertions"):
            found += phrases.parties(_publishers(thing))
    return found


def _where_wronged(cue: Cue) -> Iterator[Token]:
    """Yield whose doing it is what is condemned in a state: "denounced rights violations in X", "during X's raids"."""
    if cue.kind != "accuse":
        return
    for thing in objects(cue.predicate):
        parts = prepositional(thing, ("of",)) if is_in(thing, "batches") else ()
        for deed in (thing, *parts):  # "a spate of arrests in X"
            if is_in(deed, "repressions"):
                places = (place for host in (deed, thing, cue.predicate) for place in prepositional(host, ("in",)))
                yield from (place for place in places if place.ent_type_ == "GPE")
    for raid in prepositional(cue.predicate, _WITHIN):
        if is_in(raid, "deeds"):
            yield from (child for child in raid.lefts if child.dep_ in ("poss", "amod") and child.ent_type_)


def addressed(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return to whom a text is sent that threatens or blames: "a letter to X threatening to cut off aid"."""
    above = cue.predicate.head
    texts = (above,) if cue.predicate.dep_ == "acl" else objects(above) if cue.predicate.dep_ == "advcl" else ()
    sent = [text for text in texts if is_in(text, "writings")]
    return phrases.parties(word for text in sent for host in (text, text.head) for word in prepositional(host, ("to",)))


def commented_on(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return whose words or deeds one speaks of as one rejects parts: "responded to Y's speech, rejecting it"."""
    main = cue.predicate.head
    if cue.predicate.dep_ != "advcl" or cue.predicate.tag_ != "VBG":
        return []
    things = [*prepositional(main, _REPLYING.get(main.lemma_, ()))]
    makers = [child for thing in things for child in thing.lefts if child.dep_ == "poss"]
    return phrases.parties(makers or things)


def opposed_by_name(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return whose opponents a subject names: "rivals of X said that they would boycott the vote"."""
    hosts = (word for word in subjects(cue.predicate) if is_in(word, "adversaries"))
    return phrases.parties(word for host in hosts for word in prepositional(host, ("of", "to")))


def owners(deed: Token) -> Iterator[Token]:
    """Yield whose conduct a phrase names: Peru of "Peru's launch of a rocket", "troop movements by Peru"."""
    if any(is_in(deed, name) for name in ("conduct", "deeds", "campaigns", "impositions")):
        yield from (child for child in deed.lefts if child.dep_ == "poss" or child.pos_ in ("ADJ", "PROPN"))
        yield from prepositional(deed, ("by",))


def _publishers(claim: Token) -> Iterator[Token]:
    """Yield where a claim stands: "reports in the Star", "that appeared in the Star"."""
    yield from prepositional(claim, ("in", "by"))
    for clause in claim.rights:
        if clause.dep_ in ("relcl", "acl") and clause.lemma_ in ("appear", "publish", "print", "air", "carry"):
            yield from prepositional(clause, ("in", "by", "on"))


def _struck(verb: Token) -> Iterator[Token]:
    """Yield whom a strike is said to be against: "went on strike against X"."""
    for strike in prepositional(verb, ("on",)):
        yield from prepositional(strike, ("at", "against"))


def _workplaces(verb: Token) -> Iterator[Token]:
    """Yield whose a place of work is: Vestas of "conditions in Vestas factories"."""
    for word in verb.subtree:
        if word.dep_ == "pobj" and is_in(word, "workplaces"):
            yield from (child for child in word.lefts if child.dep_ in ("compound", "poss") and child.pos_ == "PROPN")


def _bearing(things: Iterable[Token], phrases: PhraseReader) -> list[Party]:
    """Return whom things bear upon: "the ban on Danish beef", "aid to Peru", "borders with Chile"."""
    found: list[Party] = []
    for thing in things:
        lemma = thing.lemma_.lower()
        if lemma in word_set(LEXICON, "impositions") or lemma in word_set(LEXICON, "campaigns"):
            found += phrases.parties(prepositional(thing, ("on", "against")))
        else:
            found += phrases.parties(prepositional(thing, ("with", "to")))
    return found


def _invited(things: Iterable[Token]) -> Iterator[Token]:
    """Yield with whom one is asked to meet: "turned down an invitation to meet with X"."""
    for thing in things:
        for clause in clauses_below(thing) if is_in(thing, "invitations") else ():
            if is_in(clause, "meeting_verbs"):
                yield from prepositional(clause, ("with", "to"))
                yield from objects(clause)


def _is_finite(clause: Token) -> bool:
    return clause.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ == "aux" and child.tag_ != "TO" for child in clause.lefts
    )
