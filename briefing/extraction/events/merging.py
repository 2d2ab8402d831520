"""Group the mentions of the same upcoming event."""

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.participants import participants_of
from briefing.extraction.events.places import place_of
from briefing.extraction.events.words import event_words, is_light, noun_group, noun_lemma
from briefing.language.analysis import Analysis
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import obliques
from briefing.language.times.values import bounds
from briefing.runtime.lexicon import read_lexicon, word_set

# The concept of meetings, of which many different ones may share a party.
_MEETINGS = "#meetings"
# An event is compared with at most so many others of the same concept.
_MOST_ALIKE = 50


class Story:
    """The mentions of one event, and what they say together."""

    def __init__(self, candidate: Candidate, analysis: Analysis) -> None:
        self.candidates = [candidate]
        self.concepts = set(concepts_of(candidate))
        self.names = _names(candidate)
        self.parties = set(participants_of(candidate, analysis))
        self.matters = _matters(candidate)
        self.heads = _heads(candidate)
        self.deeds = self.heads if candidate.noun is None and self.heads <= event_words("deed_verbs") else set()
        self.votes = _votes(candidate)
        self.vote = _kind_of_vote(candidate)
        self.sentences = {candidate.sentence.start}
        self.separate = self.sentences if candidate.separate else set()
        self.values = {candidate.tied.when.value} if candidate.tied is not None else set()
        self.places = {place for place in [place_of(candidate, analysis)] if place is not None}

    def is_same_event(self, other: "Story") -> bool:
        """Return True if both are the same event: they share a concept, and their times and names agree."""
        if not self.concepts & other.concepts:
            return False
        if self.names and other.names and not self.names & other.names:
            return False
        same_time = _times_agree(self, other)
        if same_time is False:
            return False
        if self.separate & other.sentences or other.separate & self.sentences:
            return False
        if {self.vote, other.vote} == {"bill", "election"}:
            return False
        if self.deeds and other.deeds and self.matters and other.matters and not self.matters & other.matters:
            return False
        if self.names & other.names or self.matters & other.matters:
            return True
        meets = _MEETINGS in self.concepts & other.concepts and same_time is None
        if self.votes & other.votes:  # reports name different voters and candidates
            return True
        if not self.parties or not other.parties:
            return not meets or bool(self.heads & other.heads or self.places & other.places)
        shared = self.parties & other.parties
        return bool(shared) and (not meets or shared in (self.parties, other.parties))

    def add(self, other: "Story") -> None:
        """Add the mentions of another story."""
        self.candidates += other.candidates
        self.concepts |= other.concepts
        self.names |= other.names
        self.parties |= other.parties
        self.matters |= other.matters
        self.heads |= other.heads
        self.votes |= other.votes
        self.deeds = self.deeds | other.deeds
        self.sentences = self.sentences | other.sentences
        self.separate = self.separate | other.separate
        self.values = self.values | other.values
        self.places |= other.places


def merge(candidates: Iterable[Candidate], analysis: Analysis) -> list[list[Candidate]]:
    """Return the candidates by event; events and their candidates are in reading order."""
    stories: list[Story] = []
    by_concept: dict[str, list[Story]] = {}
    for candidate in candidates:
        found = Story(candidate, analysis)
        near = (story for concept in sorted(found.concepts) for story in by_concept.get(concept, [])[-_MOST_ALIKE:])
        known = next((story for story in near if story.is_same_event(found)), None)
        if known is None:
            stories.append(found)
            known = found
        else:
            known.add(found)
        for concept in found.concepts:
            alike = by_concept.setdefault(concept, [])
            if known not in alike[-_MOST_ALIKE:]:
                alike.append(known)
    return [story.candidates for story in stories if not all(candidate.weak for candidate in story.candidates)]


def concepts_of(candidate: Candidate) -> frozenset[str]:
    """Return what kind of event it is; synonyms have one concept."""
    found: set[str] = set()
    if candidate.noun is not None:
        found |= _concept(noun_lemma(candidate.noun))
    if candidate.verb is not None and (candidate.noun is None or not is_light(candidate.verb)):
        found |= _concept(lemma_of(candidate.verb))
    return frozenset(found)


def _concept(lemma: str) -> frozenset[str]:
    return _synonyms().get(lemma, frozenset({lemma}))


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for number, words in enumerate(read_lexicon(__name__)["synonyms"]):
        for word in words:
            table.setdefault(word, set()).add(_MEETINGS if "meeting" in words else f"#{number}")
    return {word: frozenset(groups) for word, groups in table.items()}


def _names(candidate: Candidate) -> set[str]:
    """Return the words that distinguish an occasion from others of its kind: "G20", "Eastern", "six-party"."""
    noun = candidate.noun
    if noun is None or noun_group(noun) is None:
        return set()
    return {child.lower_ for child in _modifiers(noun) if child.pos_ in ("PROPN", "NOUN") or child.ent_type_ == "ORG"}


def _heads(candidate: Candidate) -> set[str]:
    """Return the lemmas of an event's noun and verb, without light verbs."""
    found = {noun_lemma(candidate.noun)} if candidate.noun is not None else set()
    if candidate.verb is not None and not is_light(candidate.verb):
        found.add(lemma_of(candidate.verb))
    return found


def _votes(candidate: Candidate) -> set[str]:
    """Return the lemma of a vote: "primary"; empty for any other event."""
    noun = candidate.noun
    return {noun_lemma(noun)} if noun is not None and noun_group(noun) == "votes" else set()


def _kind_of_vote(candidate: Candidate) -> str | None:
    """Return "election" for "midterm elections", "bill" for "a vote on two bills", None for any other event."""
    lemma = lemma_of(candidate.head)
    if any(noun.pos_ == "NOUN" for noun in obliques(candidate.head, ("on",))) and lemma in ("vote", "ballot"):
        return "bill"
    return "election" if lemma in word_set(__name__, "elections") else None


def _matters(candidate: Candidate) -> set[str]:
    """Return what a predicate acts on: the nouns that are its object, or its subject in the passive."""
    if candidate.verb is None:
        return set()
    objects = [child for child in candidate.verb.children if child.dep_ in ("dobj", "nsubjpass")]
    return {noun_lemma(noun) for noun in objects if noun.pos_ in ("NOUN", "PROPN") and noun.ent_type_ != "GPE"}


def _modifiers(noun: Token) -> list[Token]:
    return [
        child
        for child in noun.lefts
        if child.dep_ in ("compound", "nmod") and child.ent_type_ not in ("DATE", "TIME", "PERSON", "GPE", "NORP")
    ]


def _times_agree(one: Story, two: Story) -> bool | None:
    """Return True if the times of two stories agree; None if one of them has no time."""
    if not one.values or not two.values or None in one.values | two.values:
        return None
    return any(_overlap(first, second) for first in one.values for second in two.values if first and second)


def _overlap(first: str, second: str) -> bool:
    if first.startswith(second) or second.startswith(first):
        return True
    one, two = bounds(first), bounds(second)
    return one is not None and two is not None and one[0] <= two[1] and two[0] <= one[1]
