"""The words that say that parties agree or disagree, and which of the two they say: polarity is a calculation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefing.extraction.position_grammar import governing_verb, objects, prepositional, subjects
from briefing.language.analysis import Analysis
from briefing.language.factuality import Factuality, factuality
from briefing.language.lexicon import read_lexicon, word_set

Frame = Literal["verb", "accord", "view", "joint", "noun", "adjective", "fault", "demand"]

_LEXICON = "positions"
_LONGEST = 250  # tokens; a longer stretch is a list or a table, and its tree means nothing
_PARTICLES = frozenset({"prt", "prep", "advmod", "dobj", "pobj", "dative", "acomp"})


@dataclass(frozen=True, slots=True)
class CueList:
    """What the words of one list have in common; the fields are explained in ``positions.yaml``."""

    name: str
    sign: int
    mutual: bool
    flips: bool
    strength: float


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says that parties hold the same position (sign 1) or opposed ones (sign -1)."""

    token: Token
    predicate: Token  # the verb or copula whose subject holds the position; the token itself where it is a verb
    frame: Frame
    kind: str  # the list that holds the word
    sign: int
    mutual: bool
    strength: float
    preposition: str | None = None  # which brings in the other side: "object to"
    flipped: bool = False  # the sign is that of the negated word
    future: bool = False


def find_cues(analysis: Analysis) -> Iterator[Cue]:
    """Yield the cues of an article that are told as fact, in reading order."""
    for sentence in analysis.sentences:
        if sentence.last - sentence.first > _LONGEST:
            continue
        for token in analysis.doc[sentence.first : sentence.last]:
            yield from _cues_of(token)


def _cues_of(token: Token) -> Iterator[Cue]:
    if token.pos_ in ("VERB", "AUX"):
        yield from _verb_cues(token)
    elif token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.ent_type_ == ""):
        yield from _noun_cues(token)
    elif token.pos_ in ("ADJ", "ADP", "ADV"):
        yield from _adjective_cues(token)


# Verbs


def _verb_cues(verb: Token) -> Iterator[Cue]:
    found = _listed("verbs", verb)
    if found is not None:
        words, second = found
        cue = _settled(verb, verb, "verb", words, preposition=second)
        if cue is not None and (words.name != "welcome" or _is_position(verb)) and not _is_silence(verb):
            yield cue
            return
    lemma = verb.lemma_.lower()
    if lemma in word_set(_LEXICON, "attitudes"):
        yield from _joint_attitude(verb)
    if lemma in word_set(_LEXICON, "demanding"):
        yield from _demand(verb)
    if lemma in word_set(_LEXICON, "naming"):
        yield from _naming(verb)


def _is_position(verb: Token) -> bool:
    """Say whether what is welcomed or accepted is a position and not a guest."""
    return any(thing.lemma_.lower() in word_set(_LEXICON, "proposals") for thing in objects(verb))


def _is_silence(verb: Token) -> bool:
    """Say whether a refusal is only one to speak to reporters: "declined to comment"."""
    return verb.lemma_.lower() in ("refuse", "decline") and any(
        child.dep_ in ("xcomp", "ccomp") and child.lemma_.lower() in word_set(_LEXICON, "unsaid")
        for child in verb.rights
    )


def _joint_attitude(verb: Token, adjective: Token | None = None) -> Iterator[Cue]:
    """Yield "both sides want", "X and Y jointly called for", "X and Y are interested in"."""
    if any(child.dep_ == "nsubjpass" for child in verb.lefts):
        return
    if any(thing.lemma_.lower() in word_set(_LEXICON, "pleasantries") for thing in objects(verb)):
        return
    marked = is_joint(verb)
    told = factuality(verb)
    if told.modality == "actual" and not told.conditional and not told.negated:
        yield Cue(adjective or verb, verb, "joint", "attitudes", 1, True, 0.65 if marked else 0.5)


def is_joint(verb: Token) -> bool:
    """Say whether the subjects of a verb are said to hold it together: "both", "jointly"."""
    joint = word_set(_LEXICON, "jointly")
    if any(
        child.lower_ in joint for child in verb.children if child.dep_ in ("advmod", "det", "preconj", "dep", "appos")
    ):
        return True
    return any(
        subject.lower_ in ("both", "two")
        or any(child.lower_ in joint or child.lower_ == "two" for child in subject.lefts)
        for subject in subjects(verb)
    )


def _demand(verb: Token) -> Iterator[Cue]:
    """Yield "demanded that X stop": what is demanded ended is opposed; "wants X to pay"."""
    ending = word_set(_LEXICON, "ending")
    lemma = verb.lemma_.lower()
    for child in verb.rights:
        wanted = child.dep_ == "ccomp" and lemma in ("demand", "want")
        if wanted or (child.dep_ in ("ccomp", "xcomp", "advcl") and child.lemma_.lower() in ending):
            told = factuality(verb)
            if told.modality == "actual" and not told.conditional and not told.negated:
                yield Cue(child, verb, "demand", "demanding", -1, False, 0.5)
            return


def _naming(verb: Token) -> Iterator[Cue]:
    """Yield "called the response hasty", "described it as a provocation"."""
    faults = word_set(_LEXICON, "faults")
    complements = [child for child in verb.rights if child.dep_ in ("oprd", "acomp", "attr", "ccomp", "xcomp")]
    complements += [word for thing in objects(verb) for word in thing.rights if word.dep_ == "amod"]
    complements += list(prepositional(verb, ("as",)))
    complements += [
        word for child in verb.rights if child.dep_ == "prep" and child.lower_ == "as" for word in child.rights
    ]
    for complement in complements:
        if any(word.lemma_.lower() in faults for word in (complement, *complement.conjuncts)):
            told = factuality(verb)
            if told.modality == "actual" and not told.conditional and not told.negated:
                yield Cue(complement, verb, "fault", "faults", -1, False, 0.6)
            return


# Nouns


def _noun_cues(noun: Token) -> Iterator[Cue]:
    verb = governing_verb(noun)
    if verb is not None and _governs(verb, noun):
        yield from _held_noun_cues(noun, verb)
    found = _listed("nouns", noun)
    if found is not None and noun.dep_ != "compound":
        cue = _settled(noun, verb if verb is not None else noun, "noun", found[0])
        if cue is not None:
            yield cue


def _held_noun_cues(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield what a noun and its verb say together: "signed a treaty", "suspended aid", "shares the view"."""
    lemma, act = noun.lemma_.lower(), verb.lemma_.lower()
    accord = lemma in word_set(_LEXICON, "accords")
    if accord and act in word_set(_LEXICON, "making"):
        yield from _made(noun, verb)
    elif (accord or lemma in word_set(_LEXICON, "ties")) and act in word_set(_LEXICON, "breaking"):
        yield from _broken(noun, verb)
    elif lemma in word_set(_LEXICON, "endings"):
        yield from _ending(noun, verb)
    elif lemma in word_set(_LEXICON, "views"):
        yield from _view(noun, verb)
    elif lemma in word_set(_LEXICON, "faults") and noun.dep_ == "attr":
        yield from _fault(noun, verb)


def _governs(verb: Token, noun: Token) -> bool:
    """Say whether a noun is what a verb makes or has: its object, its passive subject, or after "to", "into", "on"."""
    head = noun.head
    if head.i == verb.i:
        return noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "conj")
    if noun.dep_ == "pobj":
        return head.lower_ in ("to", "into", "at", "on", "from", "with", "of", "upon") and head.head.i == verb.i
    if noun.dep_ == "conj":
        return _governs(verb, head)
    return verb.dep_ in ("relcl", "acl") and verb.head.i == noun.i


def _made(noun: Token, verb: Token) -> Iterator[Cue]:
    cue = _settled(noun, verb, "accord", CueList("accords", 1, True, True, 0.75))
    if cue is not None:
        yield cue


def _broken(noun: Token, verb: Token) -> Iterator[Cue]:
    cue = _settled(noun, verb, "accord", CueList("breaking", -1, False, False, 0.6))
    if cue is not None:
        yield cue


def _ending(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "called for an end to the blockade", "announced a suspension of aid"."""
    told = factuality(verb)
    if told.modality != "actual" or told.conditional or told.negated:
        return
    if verb.lemma_.lower() in word_set(_LEXICON, "demanding") or verb.lemma_ in ("announce", "order"):
        yield Cue(noun, verb, "accord", "endings", -1, False, 0.55)


def _view(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "share the view", "have close positions", "hold different opinions"."""
    if verb.lemma_.lower() not in word_set(_LEXICON, "holding"):
        return
    modifiers = {child.lemma_.lower() for child in noun.children if child.dep_ in ("amod", "compound")}
    if verb.lemma_.lower() == "share" or modifiers & word_set(_LEXICON, "same"):
        words = CueList("views", 1, True, True, 0.75)
    elif modifiers & word_set(_LEXICON, "opposed"):
        words = CueList("views", -1, True, True, 0.75)
    else:
        return
    cue = _settled(noun, verb, "view", words)
    if cue is not None:
        yield cue


# Adjectives


def _adjective_cues(word: Token) -> Iterator[Cue]:
    verb = governing_verb(word)
    if verb is None:
        return
    found = _listed("adjectives", word)
    if (
        found is not None
        and _is_idiom(word)
        and (word.dep_ in ("acomp", "prep", "advcl", "conj") or verb.lemma_ in ("be", "remain"))
    ):
        words, second = found
        cue = _settled(word, verb, "adjective", words, preposition=second)
        if cue is not None:
            yield cue
    elif word.dep_ in ("acomp", "oprd"):
        yield from _fault(word, verb)
    if word.lemma_.lower() in word_set(_LEXICON, "attitude_adjectives") and word.dep_ == "acomp":
        yield from _joint_attitude(verb, word)


def _is_idiom(word: Token) -> bool:
    """Say whether a preposition makes an idiom with a bare noun: "in agreement", not "in the agreement"."""
    return word.pos_ != "ADP" or not any(child.dep_ in ("det", "poss") for noun in word.rights for child in noun.lefts)


def _fault(word: Token, verb: Token) -> Iterator[Cue]:
    """Yield "the proposal is unacceptable": the speaker finds fault with its owner."""
    lemma = word.lemma_.lower()
    fault, merit = lemma in word_set(_LEXICON, "faults"), lemma in word_set(_LEXICON, "merits")
    if verb.lemma_ != "be" or not (fault or merit):
        return
    told = factuality(word)
    if told.modality in ("actual", "possible") and not told.conditional and told.negated == merit:
        yield Cue(word, verb, "fault", "speaker's faults", -1, False, 0.5)


# Polarity


def _settled(
    token: Token, predicate: Token, frame: Frame, words: CueList, *, preposition: str | None = None
) -> Cue | None:
    """Return the cue with the sign that negation, modality and condition leave it; None where they cancel it."""
    if words.name == "dispute" and _is_settled(token, predicate):
        return Cue(token, predicate, frame, words.name, words.sign, words.mutual, words.strength - 0.1)
    above = factuality(predicate)
    voiced = frame == "noun" and is_voiced(token, predicate)
    told = above if predicate.i == token.i or voiced else factuality(token)
    negated = told.negated or (above.negated and frame != "noun") or (voiced and _is_denied(token))
    if told.conditional or above.conditional or (words.sign > 0 and _is_thanked(token)):
        return None
    if predicate.dep_ == "pcomp" and predicate.head.lower_ == "against":  # "warned against signing"
        return None
    if negated and not words.flips:
        return None
    sign = -words.sign if negated else words.sign
    future = _is_announced(told, above, sign, negated=negated, aimed=_is_aim(predicate))
    if (
        future is None
        and voiced
        and sign < 0
        and told.modality == "wished"
        and predicate.lemma_ in ("call", "push", "vote")
    ):
        future = True
    if future is None:
        return None
    strength = words.strength - 0.1 * negated - 0.1 * future
    return Cue(token, predicate, frame, words.name, sign, words.mutual, strength, preposition, negated, future)


def _is_settled(noun: Token, verb: Token) -> bool:
    """Say whether a dispute's being is presupposed: "to resolve the dispute between X and Y"."""
    particle = next((child.lower_ for child in verb.rights if child.dep_ == "prt"), "")
    return (
        f"{verb.lemma_.lower()} {particle}".strip() in word_set(_LEXICON, "settling")
        and any(child.lower_ in ("the", "their", "its") for child in noun.lefts)
        and any(child.lower_ == "between" for child in noun.rights)
        and not factuality(verb).negated
    )


def _is_aim(verb: Token) -> bool:
    """Say whether a verb is the aim of what is really done: "they left the hall to protest the vote"."""
    aims = verb.dep_ == "advcl" and any(child.tag_ == "TO" for child in verb.lefts)
    if not aims:
        return False
    told = factuality(verb.head)
    return told.modality == "actual" and not told.negated and not told.conditional


def _is_thanked(token: Token) -> bool:
    """Say whether a word tells what somebody is thanked for."""
    node = token
    for _ in range(3):
        node = node.head
        if node.lemma_.lower() in word_set(_LEXICON, "thanking"):
            return node.i != token.i
    return False


def is_voiced(noun: Token, verb: Token) -> bool:
    """Say whether a verb only lends its subject to a noun: "pledged support", "called for sanctions"."""
    lemma = verb.lemma_.lower()
    if noun.head.i == verb.i:
        return noun.dep_ in ("dobj", "nsubjpass") and lemma in word_set(_LEXICON, "voicing")
    return noun.dep_ == "pobj" and f"{lemma} {noun.head.lower_}" in word_set(_LEXICON, "voicing")


def _is_denied(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in noun.lefts)


def _is_announced(told: Factuality, above: Factuality, sign: int, *, negated: bool, aimed: bool) -> bool | None:
    """Say whether a position lies ahead; None where it is possible or wished only.

    "Will not accept" and "cannot support" refuse now; "will boycott" opposes now. "Will sign" agrees to nothing yet.
    """
    modality = told.modality if told.modality != "actual" else above.modality
    if modality == "actual":
        return False
    if sign < 0 and (negated or modality == "future") and modality != "wished":
        return True
    return True if sign < 0 and aimed else None


# Look-up


def _listed(part: str, token: Token) -> tuple[CueList, str | None] | None:
    """Return the list that holds a word, alone or with its particle or preposition, and that second word."""
    entries = _table(part).get(token.lemma_.lower())
    if entries is None:
        return None
    followers = {child.lower_: child for child in token.rights if child.dep_ in _PARTICLES}
    lemmas = {child.lemma_.lower(): word for word, child in followers.items()}
    for second, words in entries.items():
        if second and (second.split()[0] in followers or second.split()[0] in lemmas):
            return words, second.split()[-1]
    return (entries[""], None) if "" in entries else None


@cache
def _table(part: str) -> Mapping[str, Mapping[str, CueList]]:
    """Return lemma -> second word ("" for none) -> its list; two-word entries first."""
    table: dict[str, dict[str, CueList]] = {}
    for name, entry in read_lexicon(_LEXICON)[part].items():
        words = CueList(
            name, entry["sign"], entry["relation"] == "mutual", entry["negation"] == "flips", entry["strength"]
        )
        for word in entry["words"]:
            first, _, second = word.partition(" ")
            table.setdefault(first, {})[second] = words
    return table
