"""Which sentences tell of one and the same upcoming event."""

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.participants import participants_of
from briefing.extraction.events.places import place_of
from briefing.extraction.events.syntax import obliques
from briefing.extraction.events.words import is_light, noun_group, noun_lemma
from briefing.language.analysis import Analysis
from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.predicate_words import lemma_of
from briefing.language.times.values import bounds

# The concept of meetings: parties that meet are many.
_MEETINGS = "#meetings"
# Events of one concept among which another telling is looked for.
_MOST_ALIKE = 50


class Story:
    """The candidates that tell of one event, and what they say of it together."""

    def __init__(self, candidate: Candidate, analysis: Analysis) -> None:
        self.candidates = [candidate]
        self.concepts = set(concepts_of(candidate))
        self.names = _names(candidate)
        self.parties = set(participants_of(candidate, analysis))
        self.matters = _matters(candidate)
        self.heads = _heads(candidate)
        self.deeds = self.heads if candidate.noun is None and self.heads <= word_set("events", "deed_verbs") else set()
        self.votes = _votes(candidate)
        self.vote = _vote_of(candidate)
        self.sentences = {candidate.sentence.start}
        self.apart = self.sentences if candidate.apart else set()
        self.values = {candidate.tied.when.value} if candidate.tied is not None else set()
        self.places = {place for place in [place_of(candidate, analysis)] if place is not None}

    def tells(self, other: "Story") -> bool:
        """Say whether another telling is of the same event: one concept, times and names that go together."""
        if not self.concepts & other.concepts:
            return False
        if self.names and other.names and not self.names & other.names:
            return False
        same_time = _times_agree(self, other)
        if same_time is False:
            return False
        if self.apart & other.sentences or other.apart & self.sentences:
            return False
        if {self.vote, other.vote} == {"bill", "election"}:
            return False
        if self.deeds and other.deeds and self.matters and other.matters and not self.matters & other.matters:
            return False
        if self.names & other.names or self.matters & other.matters:
            return True
        meets = _MEETINGS in self.concepts & other.concepts and same_time is None
        if self.votes & other.votes:  # who votes or stands is told differently each time
            return True
        if not self.parties or not other.parties:
            return not meets or bool(self.heads & other.heads or self.places & other.places)
        shared = self.parties & other.parties
        return bool(shared) and (not meets or shared in (self.parties, other.parties))

    def add(self, other: "Story") -> None:
        """Take in another telling."""
        self.candidates += other.candidates
        self.concepts |= other.concepts
        self.names |= other.names
        self.parties |= other.parties
        self.matters |= other.matters
        self.heads |= other.heads
        self.votes |= other.votes
        self.deeds = self.deeds | other.deeds
        self.sentences = self.sentences | other.sentences
        self.apart = self.apart | other.apart
        self.values = self.values | other.values
        self.places |= other.places


def merge(candidates: Iterable[Candidate], analysis: Analysis) -> list[list[Candidate]]:
    """Return the candidates by event, events and their candidates in reading order."""
    stories: list[Story] = []
    by_concept: dict[str, list[Story]] = {}
    for candidate in candidates:
        telling = Story(candidate, analysis)
        near = (story for concept in sorted(telling.concepts) for story in by_concept.get(concept, [])[-_MOST_ALIKE:])
        known = next((story for story in near if story.tells(telling)), None)
        if known is None:
            stories.append(telling)
            known = telling
        else:
            known.add(telling)
        for concept in telling.concepts:
            alike = by_concept.setdefault(concept, [])
            if known not in alike[-_MOST_ALIKE:]:
                alike.append(known)
    return [story.candidates for story in stories if not all(candidate.weak for candidate in story.candidates)]


def concepts_of(candidate: Candidate) -> frozenset[str]:
    """Return what an event is, words of one meaning alike."""
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
    for number, words in enumerate(read_lexicon("events")["synonyms"]):
        for word in words:
            table.setdefault(word, set()).add(_MEETINGS if "meeting" in words else f"#{number}")
    return {word: frozenset(groups) for word, groups in table.items()}


def _names(candidate: Candidate) -> set[str]:
    """Return the words that tell an occasion from others of its kind: "G20", "Eastern", "six-party"."""
    noun = candidate.noun
    if noun is None or noun_group(noun) is None:
        return set()
    return {child.lower_ for child in _modifiers(noun) if child.pos_ in ("PROPN", "NOUN") or child.ent_type_ == "ORG"}


def _heads(candidate: Candidate) -> set[str]:
    """Return the lemmas of what an event is, without light verbs."""
    found = {noun_lemma(candidate.noun)} if candidate.noun is not None else set()
    if candidate.verb is not None and not is_light(candidate.verb):
        found.add(lemma_of(candidate.verb))
    return found


def _votes(candidate: Candidate) -> set[str]:
    """Return the lemma of the vote that an event is: "primary"; nothing for any other."""
    noun = candidate.noun
    return {noun_lemma(noun)} if noun is not None and noun_group(noun) == "votes" else set()


def _vote_of(candidate: Candidate) -> str | None:
    """Return whether people or matters are voted on: "midterm elections", "a vote on two bills"; None for neither."""
    lemma = lemma_of(candidate.head)
    if any(noun.pos_ == "NOUN" for noun in obliques(candidate.head, ("on",))) and lemma in ("vote", "ballot"):
        return "bill"
    return "election" if lemma in ("election", "midterm", "primary", "runoff", "caucus", "reelection") else None


def _matters(candidate: Candidate) -> set[str]:
    """Return what a predicate is done to: the nouns that are its object, or its subject in the passive."""
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
    """Say whether the times of two tellings go together; None where one of them has none."""
    if not one.values or not two.values or None in one.values | two.values:
        return None
    return any(_overlap(first, second) for first in one.values for second in two.values if first and second)


def _overlap(first: str, second: str) -> bool:
    if first.startswith(second) or second.startswith(first):
        return True
    one, two = bounds(first), bounds(second)
    return one is not None and two is not None and one[0] <= two[1] and two[0] <= one[1]
