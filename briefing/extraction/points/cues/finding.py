"""The words that say that parties agree or disagree, and which of the two they say: polarity is a calculation."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.cues.accords import likewise, neither, settlements, shared_deeds
from briefing.extraction.points.cues.attitudes import attitudes, joint_attitude
from briefing.extraction.points.cues.cooperation import cooperation, votes
from briefing.extraction.points.cues.exchanges import exchanges
from briefing.extraction.points.cues.idioms import (
    breaches,
    commitments,
    contrasts,
    forbiddings,
    joined,
    joint_work,
    obligations,
    refusals,
    strikes,
)
from briefing.extraction.points.cues.nouns import noun_cues
from briefing.extraction.points.grammar import governing_verb, is_stative, objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, cue_lemmas, is_in, listed
from briefing.extraction.points.polarity import Cue, fault_of, is_told, settled
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set

_LONGEST = 250  # tokens; a longer stretch is a list or a table, and its tree means nothing
# Lists whose words tell of a position only where their object is one: "welcomed the plan", not "welcomed the guest".
_OF_POSITIONS = frozenset({"welcome", "challenge"})
_FOR = frozenset({"for", "of", "in"})
_KEEPING = frozenset({"continue", "keep", "maintain"})
_DENYING = frozenset({"deny", "dismiss", "reject", "refute"})


def find_cues(analysis: Analysis) -> Iterator[Cue]:
    """Yield the cues of an article that are told as fact, in reading order."""
    doc, lemmas = analysis.doc, cue_lemmas()
    keys: list[int] = doc.to_array("LEMMA").tolist()
    wanted = {key for key in set(keys) if doc.vocab.strings[key].lower() in lemmas}
    earlier: SentenceSpan | None = None
    for sentence in analysis.sentences:
        if sentence.last - sentence.first > _LONGEST:
            continue
        for index in range(sentence.first, sentence.last):
            if keys[index] in wanted:
                yield from _cues_of(doc[index])
        yield from exchanges(analysis, earlier if _is_next(earlier, sentence) else None, sentence)
        earlier = sentence


def _is_next(earlier: SentenceSpan | None, sentence: SentenceSpan) -> bool:
    """Say whether a sentence of the body follows another."""
    return earlier is not None and earlier.number is not None and sentence.number == earlier.number + 1


def _cues_of(token: Token) -> Iterator[Cue]:
    if is_stative(token):
        yield from _stative_cues(token)
    elif token.pos_ in ("VERB", "AUX"):
        yield from _verb_cues(token)
    elif token.pos_ == "NOUN" or (token.pos_ == "PROPN" and (token.ent_type_ == "" or is_in(token, "accords"))):
        yield from noun_cues(token)
    elif token.lower_ in ("together", "jointly"):
        yield from shared_deeds(token.head)
    elif token.pos_ in ("ADJ", "ADP", "ADV"):
        yield from _adjective_cues(token)
    elif token.dep_ == "mark":
        yield from contrasts(token)


# Verbs


# Rules of verbs that stand beside what its list says, and of those that say nothing by themselves.
_BESIDE = (votes, likewise, neither)
_ADDING = frozenset({"likewise", "decision"})  # kinds that leave the verb its own meaning
_RULES = (
    refusals,
    strikes,
    breaches,
    forbiddings,
    obligations,
    joint_work,
    joined,
    commitments,
    settlements,
    cooperation,
)


def _verb_cues(verb: Token) -> Iterator[Cue]:
    beside = [cue for rule in _BESIDE for cue in rule(verb)]
    yield from beside
    if any(cue.kind not in _ADDING for cue in beside):
        return
    found = listed("verbs", verb)
    if found is not None:
        words, second = found
        cue = settled(verb, verb, "verb", words, preposition=second)
        if verb.lemma_ == "blame" and verb.head.lemma_ == "be" and verb.dep_ == "xcomp":  # "X was to blame"
            if is_told(verb.head):
                yield Cue(verb, verb.head, "fault", "speaker's faults", -1, False, words.strength)
            return
        if cue is not None and _is_stance(cue):
            yield cue
            return
    for rule in _RULES:
        yield from rule(verb)
    if is_in(verb, "sharing"):
        yield from shared_deeds(verb)
    yield from attitudes(verb)
    if is_in(verb, "demanding"):
        yield from _demand(verb)
    if is_in(verb, "naming"):
        yield from _naming(verb)


def _is_stance(cue: Cue) -> bool:
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
    if cue.kind == "trade":
        return _is_priced(verb)
    if verb.lemma_ == "vote" and cue.sign > 0:  # not "voted for the first time", "voted with his son"
        stood = any(word.ent_type_ == "PERSON" or is_in(word, "proposals") for word in prepositional(verb, _FOR))
        return stood or any(word.ent_type_ in ("NORP", "ORG") for word in prepositional(verb, ("with", "alongside")))
    if cue.kind == "concur" and (_goes_on(verb) or (cue.preposition == "with" and verb.dep_ == "acl")):
        return False
    return not (_is_silence(verb) or _spares(verb) or _denies_dispute(verb))


def _goes_on(verb: Token) -> bool:
    """Say whether all that is agreed is that talks go on: "agreed to continue their talks"."""
    kept = (child for child in verb.rights if child.dep_ == "xcomp" and child.lemma_ in _KEEPING)
    return any(is_in(thing, "talks") or thing.lemma_ in ("talk", "meet") for one in kept for thing in one.rights)


def _is_asked(verb: Token) -> bool:
    """Say whether one takes what another asked for: "accepted what X had proposed"."""
    asked = (child for child in verb.rights if child.dep_ == "ccomp" and is_in(child, "proposing"))
    return any(word.lower_ == "what" for clause in asked for word in clause.subtree)


def _is_defence(verb: Token) -> bool:
    """Say whether one takes another's side: "defended X over the raid", "against the charge"."""
    named = any(thing.ent_type_ in ("GPE", "PERSON", "ORG", "NORP") for thing in objects(verb))
    return verb.lemma_ == "defend" and named and any(child.lower_ in ("over", "against") for child in verb.rights)


def _is_priced(verb: Token) -> bool:
    """Say whether a purchase has a price: "acquired the rival for 3 billion dollars"."""
    return any(word.ent_type_ == "MONEY" for word in prepositional(verb, ("for", "in")))


def _is_silence(verb: Token) -> bool:
    """Say whether a refusal is only one to speak to reporters: "declined to comment"."""
    return verb.lemma_.lower() in ("refuse", "decline") and any(
        child.dep_ in ("xcomp", "ccomp")
        and (
            is_in(child, "unsaid")
            or (is_in(child, "handing") and not _has_receiver(child) and any(map(_is_particular, objects(child))))
        )
        for child in verb.rights
    )


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
    things = (*things, *(word for thing in things for word in prepositional(thing, ("of", "about"))))
    told = [child for thing in things if is_in(thing, "assertions") for child in thing.rights if child.dep_ == "acl"]
    found = [listed("nouns", thing) for thing in things if thing.pos_ == "NOUN"]
    denied = any(words is not None and words[0].name == "dispute" for words in found)
    return denied or any(words is not None and words[0].sign < 0 for words in (listed("verbs", one) for one in told))


def _demand(verb: Token) -> Iterator[Cue]:
    """Yield "demanded that X stop", "urged X not to sign": what should end or not be is opposed; "wants X to pay"."""
    lemma = verb.lemma_.lower()
    for child in verb.rights:
        wanted = child.dep_ == "ccomp" and lemma in ("demand", "want")
        spurned = child.dep_ in ("ccomp", "xcomp") and any(word.dep_ == "neg" for word in child.lefts)
        if wanted or spurned or (child.dep_ in ("ccomp", "xcomp", "advcl") and is_in(child, "ending")):
            if is_told(verb):
                yield Cue(child, verb, "demand", "demanding", -1, False, 0.5)
            return


def _naming(verb: Token) -> Iterator[Cue]:
    """Yield "called the response hasty", "described it as a provocation"."""
    complements = [child for child in verb.rights if child.dep_ in ("oprd", "acomp", "attr", "ccomp", "xcomp")]
    complements += [word for thing in objects(verb) for word in thing.rights if word.dep_ in ("amod", "appos")]
    complements += list(prepositional(verb, ("as",)))
    complements += [
        word for child in verb.rights if child.dep_ == "prep" and child.lower_ == "as" for word in child.rights
    ]
    for complement in complements:
        named = (complement, *complement.conjuncts, *(word for word in complement.lefts if word.dep_ == "amod"))
        if any(is_in(word, "faults") or is_in(word, "guilt") for word in named):
            if is_told(verb):
                yield Cue(complement, verb, "fault", "faults", -1, False, 0.6)
            return


# Adjectives


def _stative_cues(participle: Token) -> Iterator[Cue]:
    """Yield "is opposed to the plan", "are divided over": a participle that the tagger takes for a verb."""
    found = listed("adjectives", participle, participle.lower_)
    cue = settled(participle, participle, "adjective", found[0], preposition=found[1]) if found is not None else None
    if cue is not None:
        yield cue
    if participle.lower_ in word_set(LEXICON, "attitude_adjectives"):
        yield from joint_attitude(participle)


def _adjective_cues(word: Token) -> Iterator[Cue]:
    verb = governing_verb(word)
    if verb is None:
        return
    found = listed("adjectives", word)
    if (
        found is not None
        and _is_idiom(word)
        and (word.dep_ in ("acomp", "prep", "advcl", "conj") or verb.lemma_ in ("be", "remain"))
    ):
        words, second = found
        cue = settled(word, verb, "adjective", words, preposition=second)
        if cue is not None:
            yield cue
    elif found is not None and word.lower_ == "against" and verb.lemma_ in ("be", "remain", "stay"):
        cue = settled(verb, verb, "verb", found[0], preposition="against")
        if cue is not None:
            yield cue
    elif word.dep_ in ("acomp", "oprd") or (word.lower_ == "behind" and word.dep_ == "prep"):
        yield from fault_of(word, verb)
    if is_in(word, "pleased") and word.dep_ == "acomp":
        yield from _pleasure(word, verb)
    if is_in(word, "assents") and word.dep_ == "acomp":
        yield from _assent(word, verb)
    if is_in(word, "attitude_adjectives") and word.dep_ == "acomp":
        yield from joint_attitude(verb, word)


def _pleasure(word: Token, verb: Token) -> Iterator[Cue]:
    """Yield "we are glad that Y has agreed to invest": one welcomes what another is willing to do."""
    for clause in word.rights:
        ready = [child for child in clause.rights if child.dep_ == "acomp" and is_in(child, "willing")]
        deeds = [deed for child in ready for deed in child.rights if deed.dep_ == "xcomp"]
        deeds += [clause] if is_in(clause, "consenting") else []
        if clause.dep_ == "ccomp" and deeds and is_told(verb) and not factuality(clause).negated:
            yield Cue(deeds[0], verb, "verb", "consenting", 1, False, 0.5)


def _assent(word: Token, verb: Token) -> Iterator[Cue]:
    """Yield "the mayor is right", said by somebody: the speaker is of one mind with whoever is right."""
    named = any(doer.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") for doer in subjects(verb))
    denied = any(child.dep_ == "neg" for child in verb.children)
    held = verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP") and not denied
    if named and held and not any(child.dep_ == "mark" and child.lower_ == "if" for child in verb.lefts):
        yield Cue(word, verb, "fault", "assents", 1, False, 0.5)


def _is_idiom(word: Token) -> bool:
    """Say whether a preposition makes an idiom with a bare noun: "in agreement", not "in the agreement"."""
    if word.lower_ == "against" or (word.lower_ == "in" and word.head.pos_ == "NOUN"):  # "positions in line with"
        return False
    return word.pos_ != "ADP" or not any(child.dep_ in ("det", "poss") for noun in word.rights for child in noun.lefts)
