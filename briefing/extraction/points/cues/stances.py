"""Whether what a verb of a list acts upon lets it take a stand: "welcomed the plan", not "welcomed the guest"."""

from spacy.tokens import Token

from briefing.extraction.points.grammar import NAMES, objects, prepositional, subjects
from briefing.extraction.points.lists import is_in, listed
from briefing.extraction.points.polarity import Cue

# Lists whose words tell of a position only where their object is one: "welcomed the plan", not "welcomed the guest".
_OF_POSITIONS = frozenset({"welcome", "challenge"})
_AGAINST = frozenset({"against", "on", "of", "from"})
_FOR = frozenset({"for", "of", "in"})
_KEEPING = frozenset({"continue", "keep", "maintain"})
_DENYING = frozenset({"deny", "dismiss", "reject", "refute"})
# Lists of what is itself a dispute: "denied that it had rejected the plan" opposes nobody.
_QUARRELLING = frozenset({"differ", "reject", "refuse"})
_PERSONAL = frozenset({"him", "her", "them", "he", "she", "they"})
_CAUSES = frozenset({"after", "because", "since"})
_STRIKING_BACK = frozenset({"accuse", "coerce", "punish", "prosecute", "fight", "criticism", "displeasure"})
_ALONE = frozenset({"strike", "fight", "battle"})
_TELLING = frozenset({"comment", "interview", "statement"})
_MEETING = frozenset({"talk", "speak", "meet"})


def is_stance(cue: Cue) -> bool:
    """Say whether a verb's object lets it take a stand."""
    verb = cue.token
    if cue.token.lemma_ == "accept" and any(thing.lemma_ == "invitation" for thing in objects(verb)):
        return False  # a courtesy
    if cue.kind in _OF_POSITIONS and cue.preposition is None:
        taken = ("proposals", "assertions") if cue.kind == "challenge" else ("proposals",)
        return (
            any(is_in(thing, words) for thing in objects(verb) for words in taken)
            or _is_defence(verb)
            or _is_asked(verb)
        )
    if cue.kind == "welcome" and cue.preposition in ("for", "of"):
        return any(is_in(thing, "proposals") for thing in prepositional(verb, (cue.preposition,)))
    if cue.kind == "trade":
        return _is_priced(verb)
    if cue.sign > 0 and not cue.mutual and any(map(_is_aimed, objects(verb))):
        return False  # "backed the sanctions against Y" is no accord with Y
    if verb.lemma_ == "vote" and cue.sign > 0:  # not "voted for the first time", "voted with his son"
        stood = any(word.ent_type_ == "PERSON" or is_in(word, "proposals") for word in prepositional(verb, _FOR))
        return stood or any(word.ent_type_ in ("NORP", "ORG") for word in prepositional(verb, ("with", "alongside")))
    if cue.kind == "concur" and _binds_nobody(cue):
        return False
    if verb.lemma_ in _ALONE and cue.preposition is None and not objects(verb):
        return False  # workers strike, the sick fight for their lives
    if cue.kind == "punish" or (verb.lemma_ == "strike" and cue.preposition is None):  # not "struck a tone"
        return any(map(_is_by_name, objects(verb)))
    return not (_is_silence(verb) or _spares(verb) or _denies_dispute(verb))


def set_off_quarrel(verb: Token) -> bool:
    """Say whether support is told only as what a third struck back at: "a reprisal after X backed Y"."""
    if verb.dep_ != "advcl" or not any(child.dep_ == "mark" and child.lower_ in _CAUSES for child in verb.lefts):
        return False
    above = (verb.head, *(word for word in verb.head.subtree if word.i < verb.left_edge.i and word.pos_ == "NOUN"))
    found = (listed("verbs" if word.pos_ == "VERB" else "nouns", word) for word in above)
    return any(words is not None and words[0].name in _STRIKING_BACK for words in found)


def _binds_nobody(cue: Cue) -> bool:
    """Say whether a verb of concurring tells of talks, of a charge, of one alone: "arrested for collaborating with"."""
    verb = cue.token
    charged = verb.dep_ == "pcomp" and verb.head.lower_ == "for"
    alone = cue.preposition == "together" and not _are_many(verb)  # "the world has come together"
    return _goes_on(verb) or charged or alone or (cue.preposition == "with" and verb.dep_ == "acl")


def _are_many(verb: Token) -> bool:
    """Say whether those who do something are named or told as more than one."""
    doers = subjects(verb)
    return any(doer.tag_ in ("NNS", "NNPS", "PRP") or any(c.dep_ == "conj" for c in doer.rights) for doer in doers)


def _goes_on(verb: Token) -> bool:
    """Say whether all that is agreed is that talks go on: "agreed to continue their talks"."""
    kept = (child for child in verb.rights if child.dep_ == "xcomp" and child.lemma_ in _KEEPING)
    return any(is_in(thing, "talks") or thing.lemma_ in ("talk", "meet") for one in kept for thing in one.rights)


def _is_by_name(thing: Token) -> bool:
    """Say whether a phrase names somebody by name: "Ana Sandoval", "five Chilean sailors"."""
    named = any(word.ent_type_ in NAMES for word in (thing, *thing.lefts) if word.dep_ != "poss")
    return named or (thing.pos_ == "PRON" and thing.lower_ in _PERSONAL)


def _is_aimed(thing: Token) -> bool:
    """Say whether a thing is a measure against one who is named, and nobody's by name: "a boycott of Y"."""
    if not is_in(thing, "impositions") or any(c.dep_ == "poss" or c.lower_ == "by" for c in thing.children):
        return False
    aims = (word for child in thing.rights if child.lower_ in _AGAINST for word in child.subtree)
    return any(word.ent_type_ in NAMES for word in aims)


def _is_asked(verb: Token) -> bool:
    """Say whether one takes what another asked for: "accepted what X had proposed"."""
    asked = (child for child in verb.rights if child.dep_ == "ccomp" and is_in(child, "proposing"))
    return any(word.lower_ == "what" for clause in asked for word in clause.subtree)


def _is_defence(verb: Token) -> bool:
    """Say whether one takes another's side: "defended X over the raid", "against the charge"."""
    named = any(thing.ent_type_ in NAMES for thing in objects(verb))
    return verb.lemma_ == "defend" and named and any(child.lower_ in ("over", "against") for child in verb.rights)


def _is_priced(verb: Token) -> bool:
    """Say whether a purchase has a price: "acquired the rival for 3 billion dollars"."""
    terms = tuple(prepositional(verb, ("for", "in")))
    deals = (word for thing in terms if is_in(thing, "accords") for word in thing.subtree)
    return any(word.ent_type_ == "MONEY" for word in (*terms, *deals))


def _is_silence(verb: Token) -> bool:
    """Say whether a refusal is only one to speak to reporters: "declined to comment"."""
    return verb.lemma_.lower() in ("refuse", "decline") and any(
        child.dep_ in ("xcomp", "ccomp")
        and (
            (is_in(child, "unsaid") and not _is_to_state(child) and not _is_asked_by(child))
            or (is_in(child, "handing") and not _has_receiver(child) and any(map(_is_particular, objects(child))))
        )
        for child in verb.rights
    )


def _is_to_state(verb: Token) -> bool:
    """Say whether one talks with a state or its people, no reporter: "refuses to talk to Chile"."""
    others = prepositional(verb, ("to", "with"))
    return verb.lemma_ in _MEETING and any(word.ent_type_ in ("GPE", "NORP") for word in others)


def _is_asked_by(verb: Token) -> bool:
    """Say whether one leaves without answer what somebody by name asks for, but for comment: "a request from Chile"."""
    asked = [word for word in prepositional(verb, ("to",)) if is_in(word, "invitations")]
    for_comment = any(word.lemma_ in _TELLING for thing in asked for word in prepositional(thing, ("for",)))
    by = (word for thing in asked for word in prepositional(thing, ("from", "by")))
    return verb.lemma_ == "respond" and not for_comment and any(True for _ in by)


def _has_receiver(verb: Token) -> bool:
    """Say whether a verb tells to whom: "give the army any details"."""
    return any(child.dep_ == "dative" and child.pos_ in ("NOUN", "PROPN") for child in verb.rights)


def _is_particular(thing: Token) -> bool:
    return is_in(thing, "particulars")


def _spares(verb: Token) -> bool:
    """Say whether what is refused is to oppose another: "refused to condemn"."""
    if not is_in(verb, "sparing"):
        return False
    found = (listed("verbs", child) for child in verb.rights if child.dep_ in ("xcomp", "ccomp"))
    return any(words is not None and words[0].sign < 0 for words in found)


def _denies_dispute(verb: Token) -> bool:
    """Say whether what is denied is a dispute itself: "denied reports of a rift", "that it refused"."""
    if verb.lemma_.lower() not in _DENYING:
        return False
    things = objects(verb)
    if verb.lemma_ == "deny" and any(is_in(thing, "talks") for thing in things):
        return True  # that they talk, which opposes nobody
    things = (*things, *(word for thing in things for word in prepositional(thing, ("of", "about"))))
    told = [child for thing in things if is_in(thing, "assertions") for child in thing.rights if child.dep_ == "acl"]
    found = [listed("nouns", thing) for thing in things if thing.pos_ == "NOUN"]
    denied = any(words is not None and words[0].name == "dispute" for words in found)
    lists = (listed("verbs", one) for one in told)
    return denied or any(words is not None and words[0].name in _QUARRELLING for words in lists)
