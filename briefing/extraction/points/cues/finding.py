"""The words that say that parties agree or disagree, and which of the two they say: polarity is a calculation."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.points.cues.accords import likewise, neither, settlements, shared_deeds
from briefing.extraction.points.cues.attitudes import attitudes, is_joint, joint_attitude
from briefing.extraction.points.cues.bonds import alongside
from briefing.extraction.points.cues.cooperation import cooperation, several_bodies, votes
from briefing.extraction.points.cues.exchanges import exchanges
from briefing.extraction.points.cues.idioms import (
    commitments,
    contrasts,
    forbiddings,
    joined,
    joint_work,
    obligations,
    pitted,
    refusals,
    strikes,
)
from briefing.extraction.points.cues.nouns import noun_cues
from briefing.extraction.points.cues.reproaches import doubts, failings, misgivings, reproaches, told_wrongs, wrongs
from briefing.extraction.points.cues.signings import written
from briefing.extraction.points.cues.stances import is_stance
from briefing.extraction.points.cues.stirred import angerings, angry_answers
from briefing.extraction.points.cues.threats import threats, ultimatums
from briefing.extraction.points.cues.vexations import regrets, vexed
from briefing.extraction.points.grammar import (
    governing_verb,
    is_reciprocal,
    is_stative,
    objects,
    prepositional,
    subjects,
)
from briefing.extraction.points.lists import LEXICON, cue_lemmas, is_in, listed
from briefing.extraction.points.polarity import Cue, fault_of, is_told, settled
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.runtime.lexicon import word_set

_LONGEST = 250  # tokens; a longer stretch is a list or a table, and its tree means nothing
# Rules of verbs that stand beside what its list says, and of those that say nothing by themselves.
_BESIDE = (votes, likewise, neither, written)
_ADDING = frozenset({"likewise", "decision"})  # kinds that leave the verb its own meaning
_RULES = (
    refusals,
    strikes,
    reproaches,
    failings,
    told_wrongs,
    wrongs,
    pitted,
    threats,
    ultimatums,
    regrets,
    vexed,
    doubts,
    angerings,
    angry_answers,
    forbiddings,
    obligations,
    joint_work,
    joined,
    commitments,
    settlements,
    cooperation,
)


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
        yield from alongside(token)
    elif token.pos_ in ("ADJ", "ADP", "ADV"):
        yield from _adjective_cues(token)
    elif token.dep_ == "mark":
        yield from contrasts(token)


# Verbs


def _verb_cues(verb: Token) -> Iterator[Cue]:
    beside = [cue for rule in _BESIDE for cue in rule(verb)]
    yield from beside
    if any(cue.kind not in _ADDING for cue in beside):
        return
    yield from misgivings(verb)
    found = listed("verbs", verb)
    if found is not None:
        words, second = found
        cue = settled(verb, verb, "verb", words, preposition=second)
        if verb.lemma_ == "blame" and verb.head.lemma_ == "be" and verb.dep_ == "xcomp":  # "X was to blame"
            if is_told(verb.head):
                yield Cue(verb, verb.head, "fault", "speaker's faults", -1, False, words.strength)
            return
        if cue is not None and is_stance(cue):
            yield replace(cue, mutual=True) if cue.sign < 0 and is_reciprocal(verb) else cue
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


def _demand(verb: Token) -> Iterator[Cue]:
    """Yield "demanded that X stop", "urged X not to sign": what should end or not be is opposed; "wants X to pay"."""
    lemma = verb.lemma_.lower()
    alike = lemma == "want" and is_joint(verb)  # "both want Y to pay" tells what they have in common
    for child in verb.rights:
        wanted = child.dep_ == "ccomp" and lemma in ("demand", "want") and not alike
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
    hosts = (verb, *objects(verb))
    complements += [
        word
        for host in hosts
        for child in host.rights
        if child.dep_ == "prep" and child.lower_ == "as"
        for word in child.rights
    ]
    complements += [child for child in verb.rights if child.dep_ == "advcl" and child.pos_ == "ADJ"]
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
    yield from vexed(word)
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
    if word.dep_ == "acomp" and _is_attitude(word, verb):
        yield from joint_attitude(verb, word)


def _is_attitude(word: Token, verb: Token) -> bool:
    """Say whether an adjective is an attitude, which several bodies hold by being ready, too: "are ready for"."""
    return is_in(word, "attitude_adjectives") or (is_in(word, "willing") and several_bodies(verb))


def _pleasure(word: Token, verb: Token) -> Iterator[Cue]:
    """Yield "we are glad that Y has agreed to invest": one welcomes what another is willing to do."""
    for clause in word.rights:
        ready = [child for child in clause.rights if child.dep_ == "acomp" and is_in(child, "willing")]
        deeds = [deed for child in ready for deed in child.rights if deed.dep_ == "xcomp"]
        deeds += [clause] if is_in(clause, "consenting") else []
        if clause.dep_ == "ccomp" and deeds and is_told(verb) and not factuality(clause).negated:
            takers = subjects(deeds[0])
            yield Cue(deeds[0], verb, "verb", "consenting", 1, False, 0.5, sources=subjects(verb), targets=takers)


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
