"""Direction of a time without a year or week: before or after publication, by tense and cue words."""

from typing import Literal

from spacy.tokens import Token

from briefing.language.factuality import factuality
from briefing.language.neighbours import token_before
from briefing.language.predicate_words import reporting_verbs
from briefing.language.syntax import ALL_SUBJECTS, AUXILIARIES, SUBJECTS
from briefing.language.times.tokens import calendar
from briefing.runtime.lexicon import word_set

Direction = Literal[-1, 0, 1]  # before publication, unknown, after

# Steps up the tree from a time to its verb, at most.
_MOST_STEPS = 8
# Steps up the tree from a time to a verb that governs it directly, at most.
_CLOSE = 3
_UP_TO = word_set(__name__, "up_to")
_PARTICIPLES = frozenset({"VBN", "VBD", "JJ"})
# Dependency labels of nouns that the tagger takes for verbs: "two launches in July".
_NOMINAL = SUBJECTS | {"pobj", "dobj", "attr", "appos", "compound", "poss"}
_STATIVE = word_set(__name__, "stative")
_PRESENT = word_set(__name__, "present_auxiliaries")


def direction_of(token: Token, *, is_date: bool) -> Direction:
    """Return -1 if an event at the time *token* is before publication, 1 if after, 0 if unknown.

    A past event "by", "until" or "through" a calendar date may end later: "was in force until March".
    """
    fixed = _fixed_direction(token)
    if fixed is not None:
        return fixed
    node, below = token, token
    genitive = token.dep_ in ("poss", "compound", "nmod", "nummod")
    ends_there = False
    for steps in range(_MOST_STEPS):
        cue = _cue(node, below)
        if cue:
            return cue
        ends_there = ends_there or (is_date and node.lower_ in _UP_TO and not _is_pluperfect(node.head))
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in _NOMINAL and node.i != token.i:
            if not is_date and steps <= _CLOSE and _is_planned(node, below):
                return 1
            direct = steps < _CLOSE and below.dep_ not in SUBJECTS
            direction = _of_verb(node, genitive=genitive, direct=direct)
            if direction or node.dep_ in ("ROOT", "ccomp"):
                return 0 if ends_there and direction < 0 else direction
        if node.dep_ == "ROOT":
            return 0
        node, below = node.head, node
    return 0


def _fixed_direction(day: Token) -> Direction | None:
    """Return the direction by the words around a day, independent of its verb; None if they do not decide."""
    if (
        _is_fixed_for(day)
        or _is_moved_to(day)
        or _is_given_until(day)
        or (day.dep_ == "poss" and _is_given_up(day.head))
    ):
        return 1
    report = report_of(day)
    if report is not None:
        return -1 if factuality(report).tense == "past" else 0
    # "would look for ways around Wednesday's ruling"
    return -1 if day.dep_ == "poss" and day.head.lemma_ in word_set(__name__, "done_deeds") else None


def report_of(day: Token) -> Token | None:
    """Return the reporting verb before a day that the parser attached to the clause ("said on Monday he"), or None."""
    first = day.head if day.dep_ == "pobj" else day
    verb = first.head
    report = token_before(first)
    if report is None or first.dep_ not in ("prep", "npadvmod") or first.i > verb.i or verb.dep_ != "ccomp":
        return None
    if verb.head.i != report.i or not any(child.i > day.i for child in verb.lefts if child.dep_ in ALL_SUBJECTS):
        return None
    return report if report.lemma_ in reporting_verbs() else None


def _is_fixed_for(day: Token) -> bool:
    """Return True if an event is planned for a day: "called a strike for Wednesday", not "figures for January"."""
    if day.dep_ != "pobj" or day.head.lower_ != "for" or day.head.dep_ != "prep":
        return False
    return day.lower_ in calendar("weekdays") or any(child.dep_ == "nummod" for child in day.children)


def _is_moved_to(day: Token) -> bool:
    """Return True if an event was moved to a day: "pushed back to Thursday", "was moved to 3 June"."""
    if day.dep_ != "pobj" or day.head.lower_ not in ("to", "until"):
        return False
    verb = day.head.head if day.head.head.pos_ == "VERB" else day.head.head.head
    return verb.lemma_ in moving_verbs() and verb.tag_ == "VBN" and not _is_pluperfect(verb)


def _is_given_until(day: Token) -> bool:
    """Return True if a day is a deadline: "has until Friday to appeal"."""
    preposition = day.head if day.dep_ == "pobj" else day
    if preposition.lower_ not in ("until", "till"):
        return False
    return preposition.head.lemma_ in word_set(__name__, "granting_verbs") and not _is_pluperfect(preposition.head)


def _is_planned(verb: Token, below: Token) -> bool:
    """Return True if a verb plans or calls for a dated event: "planned a rally on Sunday"."""
    if _was_another(verb) or _is_pluperfect(verb) or below.dep_ in SUBJECTS:
        return False
    if verb.lemma_ == "call":
        return any(child.lower_ == "for" and child.i < below.i and child.i != below.i for child in verb.rights)
    held = any(child.dep_ in ("dobj", "nsubjpass") and child.i <= below.i for child in verb.children)
    return held and verb.lemma_ in planning_verbs()


def _is_off(verb: Token) -> bool:
    """Return True if a plan was given up: "the fair, which was to have opened on Friday, has been axed"."""
    clause = verb.head if verb.dep_ == "xcomp" else verb
    noun = clause.head
    if clause.dep_ != "relcl" or noun.dep_ != "nsubjpass" or noun.head.lemma_ not in word_set(__name__, "giving_up"):
        return False
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in noun.head.lefts)


def _is_given_up(noun: Token) -> bool:
    """Return True if an event was put off or called off: "Friday's summit has been cancelled"."""
    verb = noun.head
    if noun.dep_ != "nsubjpass" or not any(child.lower_ in _PRESENT for child in verb.lefts):
        return False
    called_off = verb.lemma_ in ("call", "put") and any(child.lower_ == "off" for child in verb.rights)
    return called_off or verb.lemma_ in word_set(__name__, "giving_up")


def _of_verb(verb: Token, *, genitive: bool, direct: bool) -> Direction:
    """Return the direction by a verb; *direct* if it governs the time itself, not through its subject."""
    facts = factuality(verb)
    if facts.tense == "past" and facts.modality == "possible" and _is_off(verb):
        return 1
    if genitive and _is_counterfactual(verb):
        return -1
    if facts.tense == "past":
        return 0 if _is_in_progress(verb) else -1
    if verb.tag_ == "VBN" and not any(child.dep_ in AUXILIARIES for child in verb.lefts):
        return -1  # "a picture, reportedly taken on Monday"
    if facts.modality == "possible" and facts.negated and verb.tag_ == "VBN":  # "could not be reached on Friday"
        return -1
    if facts.modality == "wished" and verb.dep_ == "advcl":  # a purpose: the time may belong to the main clause
        return 0
    if facts.modality != "actual" or facts.tense == "future":
        return 0 if verb.dep_ == "xcomp" and _was_another(verb.head) else 1
    if facts.tense == "present":
        if genitive:  # "the move follows Tuesday's decision", but "needs a win in Tuesday's vote"
            return 1 if verb.lemma_ in word_set(__name__, "forward_verbs") else -1
        return 1 if direct or verb.lemma_ not in _STATIVE else 0
    return -1 if verb.tag_ in ("VBN", "VBD") else 0


def _is_counterfactual(verb: Token) -> bool:
    """Return True if a verb has the form of "would have gone", which is past."""
    forms = [child.lower_ for child in verb.lefts if child.dep_ in AUXILIARIES]
    return forms[:1] in (["would"], ["could"], ["might"]) and "have" in forms


def _cue(node: Token, below: Token) -> Direction:
    """Return the direction of a cue word on the way up: "since", "scheduled for", "the upcoming"."""
    form = node.lower_
    if form == "since":
        return -1
    cues = word_set(__name__, "ahead_cues")
    if form in cues and (node.pos_ not in ("VERB", "AUX") or _is_planned_participle(node)):
        return 0 if _was_another(node) or (node.pos_ == "ADJ" and _is_pluperfect(node.head)) else 1
    if f"{form} {below.lower_}" in cues:
        return 1
    if node.pos_ in ("NOUN", "PROPN") and any(
        c.dep_ == "amod" and c.lower_ in cues and not _was_another(c) for c in node.lefts
    ):
        return 1
    return 0


def _was_another(plan: Token) -> bool:
    """Return True if a plan was changed: "originally scheduled for Monday"."""
    return any(child.lower_ in word_set(__name__, "former_plan_adverbs") for child in plan.children)


def _is_in_progress(verb: Token) -> bool:
    """Return True if a verb is a past progressive, which may mean the future: "she was leaving in March"."""
    auxiliaries = [child.lower_ for child in verb.lefts if child.dep_ == "aux"]
    return verb.tag_ == "VBG" and auxiliaries in (["was"], ["were"])


def _is_pluperfect(verb: Token) -> bool:
    return any(child.lower_ == "had" and child.dep_ in AUXILIARIES for child in verb.lefts)


def _is_planned_participle(node: Token) -> bool:
    """Return True if a participle has no subject of its own: "planned for May", "is planned", not "they planned"."""
    return node.tag_ in _PARTICIPLES and not any(
        child.dep_ == "nsubj" or (child.dep_ == "auxpass" and child.tag_ == "VBD") for child in node.lefts
    )


def moving_verbs() -> frozenset[str]:
    """Return the verbs that move a plan to another time."""
    return word_set(__name__, "moving_verbs")


def planning_verbs() -> frozenset[str]:
    """Return the verbs of planning an event."""
    return word_set(__name__, "planning_verbs")
