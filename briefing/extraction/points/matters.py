"""What is said on one matter between the same parties, gathered over the article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from briefing.extraction.points.lists import LEXICON
from briefing.extraction.points.parties.party import Party
from briefing.extraction.points.polarity import Cue
from briefing.language.analysis import Entity, Range, SentenceSpan
from briefing.runtime.lexicon import word_set

# A word or number: "co-operation" is two.
_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = frozenset(("a", "an", "and", "as", "its", "or", "the", "their"))
# Words that end the head phrase of a topic.
_BREAKS = frozenset(
    ("on", "of", "over", "about", "to", "for", "against", "in", "with", "between", "by", "from", "at", "into")
)
_STEM = 6  # letters that two words of one family share
_TURN_REACH = 4  # sentences that two go on with what they spoke of in turn
_REACH = 2  # sentences that a matter is kept in mind for
_SAME = 0.5  # share of the shorter topic that two topics of one matter have in common
_TWO = 2
_MOST_OPEN = 60  # matters that a sentence is compared with; beyond them an article is a list


@dataclass(frozen=True, slots=True)
class Ground:
    """What a point rests on, one for each cue that tells it: for its explanation and its confidence."""

    cue: str  # the lemma, with the word that brings in the other side: "object to"
    start: int  # where the cue stands in the article
    rule: str  # the grammar by which it was read and the list that holds it: "verb: reject"
    named: bool  # its sentence names the parties; where not, one is whoever was spoken of before
    negated: bool  # the sign is that of the negated word
    ahead: bool  # it lies ahead
    strength: float  # of the list, less what negation, time and a looked-up party take off


@dataclass(frozen=True, slots=True)
class Found:
    """One cue with its parties and matter."""

    cue: Cue
    sentence: SentenceSpan
    place: int  # the sentence's place in the article
    parties: tuple[Party, ...]
    speaker: Entity | None
    topic: str
    stretch: Range  # where the topic stands
    vague: bool  # the topic or the sentence only points back: "the move"
    partial: bool  # one party or none: it may add to a point, but makes none
    confidence: float
    guessed: bool = False  # a party is whoever was spoken of before
    sought: frozenset[str] = frozenset()  # the keys of such parties
    homes: frozenset[str] = frozenset()  # keys of the states and bodies that the parties are or act for
    targets: frozenset[int] = frozenset()  # entities other than the parties that the topic names

    @property
    def ground(self) -> Ground:
        """What this adds to the grounds of a point."""
        cue = self.cue
        return Ground(
            cue=" ".join(filter(None, (cue.token.lemma_.lower(), cue.preposition))),
            start=cue.token.idx,
            rule=f"{cue.frame}: {cue.kind}",
            named=not (self.guessed or self.partial),
            negated=cue.flipped,
            ahead=cue.future,
            strength=round(self.confidence, 3),
        )


@dataclass(slots=True)
class _Matter:
    """A matter while it is gathered."""

    members: list[Found]
    parties: set[str] = field(default_factory=set)
    keys: set[frozenset[str]] = field(default_factory=set)

    def take(self, one: Found) -> None:
        self.members.append(one)
        self.parties.update(party.key for party in one.parties)
        self.keys.add(topic_key(one.topic))

    def has(self, topic: str) -> bool:
        """Say whether a topic is that of a member, by its head phrase or as a whole."""
        key, whole = topic_key(topic), stems(topic)
        return any(_overlap(key, other) for other in self.keys) or any(
            _overlap(whole, stems(member.topic)) for member in self.members
        )


def gather(found: Iterable[Found]) -> list[Sequence[Found]]:
    """Return what is said on each matter, in reading order of its first sentence."""
    matters: list[_Matter] = []
    for one in found:
        belongs = _adds_to if one.partial else _is_of
        matter = next((matter for matter in reversed(matters[-_MOST_OPEN:]) if belongs(one, matter)), None)
        if matter is None and not one.partial:
            matters.append(matter := _Matter([]))
        if matter is not None:
            matter.take(one)
    return [matter.members for matter in matters]


def stems(text: str) -> frozenset[str]:
    """Return what the words of a text share with their families: "denuclearize", "denuclearization"."""
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY_WORDS | _BREAKS)


def topic_key(topic: str) -> frozenset[str]:
    """Return the stems of a topic's head phrase: "open dialogue" of "need for open dialogue on trade"."""
    light = word_set(LEXICON, "light_heads")
    key: list[str] = []
    for word in _WORD.findall(topic.casefold()):
        if word in _BREAKS:
            if key:
                break
        elif word not in _EMPTY_WORDS and (key or word not in light):
            key.append(_stem(word))
    return frozenset(key) or stems(topic)


def is_courtesy(topic: str) -> bool:
    """Say whether a topic is made of words of courtesy only: "closer bilateral ties"."""
    return not stems(topic) - _stems_of("courtesies")


def is_vague(topic: str, parties: Iterable[Party]) -> bool:
    """Say whether a topic names nothing but what was named before: "the latest move", a party."""
    names = {stem for party in parties for stem in stems(party.name)}
    return not stems(topic) - _stems_of("vague") - names


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * max(1, min(len(one), len(other)))


@cache
def _stems_of(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in word_set(LEXICON, words))


def _stem(word: str) -> str:
    return word[:_STEM]


def _is_of(one: Found, matter: _Matter) -> bool:
    """Say whether a cue with its parties belongs to a matter: the same sign and parties, and the topic or sentence."""
    first, last = matter.members[0], matter.members[-1]
    if one.cue.sign != first.cue.sign:
        return False
    if one.cue.sign > 0 and len(one.homes) > 1 and one.homes == first.homes and one.targets & first.targets:
        return True  # two leaders and then their states, against the same third
    if one.cue.sign < 0 and len(one.homes) > _TWO and one.homes == first.homes:
        return True  # several against one: they condemn it, and then lay sanctions on it
    mine = {party.key for party in one.parties}
    if 2 * len(mine & matter.parties) < min(len(mine), len(matter.parties)) + 1:
        return False
    if one.vague or one.sentence.first == last.sentence.first:
        return True
    if last.cue.answered is not None and one.place - last.place <= _TURN_REACH:
        return True  # two who spoke in turn speak on
    return (one.cue.kind == "fight" and first.cue.kind == "fight") or matter.has(one.topic)


def _adds_to(one: Found, matter: _Matter) -> bool:
    """Say whether a cue whose other party is not named takes up the matter of a sentence or two before."""
    last = matter.members[-1]
    if one.cue.sign != last.cue.sign or not one.cue.mutual or not 0 < one.place - last.place <= _REACH:
        return False
    return {party.key for party in one.parties} <= matter.parties and matter.has(one.topic)
