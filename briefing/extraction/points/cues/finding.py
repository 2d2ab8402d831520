"""The words that say that parties agree or disagree, and which of the two they say: polarity is a calculation."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.points.cues.accords import likewise, neither, settlements, shared_deeds
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
from briefing.extraction.points.cues.reproaches import doubts, failings, misgivings, reproaches, wrongs
from briefing.extraction.points.cues.stances import is_stance
from briefing.extraction.points.cues.stirred import angerings, angry_answers
from briefing.extraction.points.cues.threats import threats, ultimatums
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
from briefing.language.lexicon import word_set

_LONGEST = 250  # tokens; a longer stretch is a list or a table, and its tree means nothing
# What a verb may say beside the lists of verbs, each by its own grammar.
_BESIDE_LISTS = (
    refusals,
    strikes,
    reproaches,
    failings,
    wrongs,
    pitted,
    threats,
    ultimatums,
    doubts,
    angerings,
    angry_answers,
    forbiddings,
    obligations,
    joint_work,
    joined,
    commitments,
    neither,
    likewise,
    settlements,
)
_MANY = frozenset({"they", "we", "both", "two", "who", "which", "that", "these", "those", "all"})


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


def _verb_cues(verb: Token) -> Iterator[Cue]:
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
    for find in _BESIDE_LISTS:
        yield from find(verb)
    if is_in(verb, "sharing"):
        yield from shared_deeds(verb)
    called = verb.lemma_ == "call" and any(child.lower_ == "for" for child in verb.rights)
    if is_in(verb, "attitudes") or ((called or is_in(verb, "saying")) and is_joint(verb)):
        yield from _joint_attitude(verb)
    if is_in(verb, "demanding"):
        yield from _demand(verb)
    if is_in(verb, "naming"):
        yield from _naming(verb)


def _joint_attitude(verb: Token, adjective: Token | None = None) -> Iterator[Cue]:
    """Yield "both sides want", "X and Y jointly called for", "X and Y are interested in"."""
    if any(child.dep_ == "nsubjpass" for child in verb.lefts) and not is_stative(verb):
        return
    if any(is_in(thing, "pleasantries") for thing in objects(verb)) or not any(map(_are_several, subjects(verb))):
        return
    if verb.lemma_ == "confirm" and not is_joint(verb) and not any(map(_points_back, subjects(verb))):
        return  # a fact is confirmed: "officials of both states confirmed the test"
    if is_told(verb):
        yield Cue(adjective or verb, verb, "joint", "attitudes", 1, True, 0.65 if is_joint(verb) else 0.5)


def _points_back(subject: Token) -> bool:
    """Say whether a subject is "they", "the parties", "the leaders"."""
    bare = not any(child.dep_ in ("amod", "compound", "prep") for child in subject.children)
    return subject.pos_ == "PRON" or (is_in(subject, "anaphors") and bare)


def _are_several(subject: Token) -> bool:
    """Say whether a subject may be more than one: a plural, a pronoun for many, or joined to others."""
    return (
        subject.tag_ in ("NNS", "NNPS")
        or subject.lower_ in _MANY
        or any(child.dep_ == "conj" for child in subject.rights)
        or is_in(subject, "assemblies")
        or (is_in(subject, "writings") and any(child.lower_ == "joint" for child in subject.lefts))
        or is_in(subject, "unions")
    )


def is_joint(verb: Token) -> bool:
    """Say whether the subjects of a verb are said to hold it together: "both", "jointly"."""
    joint = word_set(LEXICON, "jointly")
    texts = (*prepositional(verb, ("in", "through", "via", "by")), *_texts_before(verb), *subjects(verb))
    if any(is_in(text, "writings") and any(child.lower_ == "joint" for child in text.lefts) for text in texts):
        return True
    if any(
        child.lower_ in joint for child in verb.children if child.dep_ in ("advmod", "det", "preconj", "dep", "appos")
    ):
        return True
    return any(
        subject.lower_ == "both" or any(child.lower_ in joint for child in subject.lefts) for subject in subjects(verb)
    )


def _texts_before(verb: Token) -> Iterator[Token]:
    """Yield what a clause opens with: the statement of "In a joint statement, X and Y called for"."""
    for child in verb.lefts:
        if child.dep_ == "prep" and child.lower_ in ("in", "through", "via"):
            yield from (word for word in child.rights if word.dep_ == "pobj")


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
        yield from _joint_attitude(participle)


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
    if is_in(word, "attitude_adjectives") and word.dep_ == "acomp":
        yield from _joint_attitude(verb, word)


def _is_idiom(word: Token) -> bool:
    """Say whether a preposition makes an idiom with a bare noun: "in agreement", not "in the agreement"."""
    if word.lower_ == "against" or (word.lower_ == "in" and word.head.pos_ == "NOUN"):  # "positions in line with"
        return False
    return word.pos_ != "ADP" or not any(child.dep_ in ("det", "poss") for noun in word.rights for child in noun.lefts)
