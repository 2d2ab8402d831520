"""Who is meant where a clause leaves a side unnamed: the pair last spoken of, or whoever is being answered."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.parties.groups import is_told
from briefing.extraction.points.parties.party import Party, party_of
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.language.analysis import Analysis
from briefing.language.coreference.leaders import leading_offices
from briefing.language.predicate_words import reporting_verbs
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

_REACH = 5  # sentences back that a pair is kept in mind
_OPENING = 2  # sentences that an article opens with, its title among them
_OFTEN = 3  # mentions of a state that the article is about
_PAIRED = frozenset({"both", "two", "they", "pair", "duo"})
_PAIRING = frozenset({"between", "among", "with", "of", "by", "from", "after"})
_TWO = frozenset({"the", "both", "two", "these", "our"})
_RECEIVING = frozenset({"meet", "receive", "host", "call", "phone", "telephone"})
_MEETING = ("in", "of", "to", "at")
_SPEAKING = frozenset({"speak", "talk"})  # to somebody


@dataclass(frozen=True, slots=True)
class Focus:
    """The pairs and the subjects of an article in reading order."""

    phrases: PhraseReader
    pairs: Sequence[tuple[int, tuple[Party, ...]]]  # index of a token, the parties that are joined there
    met: frozenset[int]  # those of them that are who meets whom
    spoken: Sequence[tuple[int, tuple[Party, ...]]]  # index of a subject's head, whom it names
    said: frozenset[int]  # those of them that are subjects of a verb of speech
    starts: Sequence[int]  # first tokens of the sentences
    states: tuple[Party, ...]  # the two states that are named most; none where a third is named as often

    @classmethod
    def of(cls, analysis: Analysis, phrases: PhraseReader) -> "Focus":
        """Return the table of an article."""
        pairs: list[tuple[int, tuple[Party, ...]]] = []
        spoken: list[tuple[int, tuple[Party, ...]]] = []
        said: set[int] = set()
        met: set[int] = set()
        meetings = word_set(LEXICON, "meeting_nouns", "meeting_verbs") | _RECEIVING | _SPEAKING
        for sentence in analysis.sentences:
            for token in analysis.tokens_of(sentence):
                if _acts(token):
                    named = tuple(
                        party for party in phrases.named(token) if party.entity is not None and party.entity.kind
                    )
                    if named:
                        spoken.append((token.i, named))
                        if token.head.lemma_.lower() in reporting_verbs():
                            said.add(token.i)
                if _joins(token):
                    named = tuple(party for party in phrases.named(token) if party.entity is None or party.entity.kind)
                    pairs += [(token.i, named)] if len(named) > 1 else []
                elif token.lemma_.lower() in meetings:
                    pair = _meeting(token, phrases)
                    if len(pair) == 1 and sentence.number is None and token.dep_ == "ROOT":
                        pair = _with_principal(pair[0], analysis)
                    if len(pair) > 1:
                        pairs.append((token.i, pair))
                        met.add(token.i)
        starts = tuple(sentence.first for sentence in analysis.sentences)
        return cls(
            phrases, tuple(pairs), frozenset(met), tuple(spoken), frozenset(said), starts, _principal_states(analysis)
        )

    def pair_before(self, token: Token, reach: int = _REACH) -> tuple[Party, ...]:
        """Return the parties that were last named together within *reach* sentences; none where nobody was.

        "The two sides" are states or bodies, if need be the two states of which the article speaks most.
        """
        states = any(is_in(word, "states") for word in subjects(token))
        place = bisect_left(self.pairs, token.i, key=lambda pair: pair[0]) - 1
        while place >= 0 and self._distance(self.pairs[place][0], token.i) <= reach:
            pair = self.pairs[place][1]
            if not (states and any(party.entity is not None and party.entity.kind == "person" for party in pair)):
                return pair
            place -= 1
        return self.states if states and self.states else self._opening()

    def _opening(self) -> tuple[Party, ...]:
        """Return the pair whose meeting the article opens with: a read-out speaks of them to its end."""
        if not self.pairs or len(self.starts) <= _OPENING:
            return ()
        index, pair = self.pairs[0]
        return pair if len(pair) == 2 and index < self.starts[_OPENING] and index in self.met else ()

    def pair_with(self, token: Token, named: Sequence[Party]) -> tuple[Party, ...]:
        """Return the pair last named that one of *named*, or whom it acts for, belongs to: who says "we" after talks.

        Pairs of the sentence itself count, too: "We have agreed, X said after talks with Y".
        """
        for index, pair in reversed(self.pairs):
            distance = self._distance(index, token.i)
            if (
                0 <= distance <= _REACH
                and len(pair) == 2
                and any(_is_side(one, other) for one in named for other in pair)
            ):
                return pair
        return ()

    def answered(
        self, token: Token, holders: Sequence[Party], *, words: bool, doers: bool = False
    ) -> tuple[Party, ...]:
        """Return whom a denial or rejection answers: the subject last named that is nobody of *holders*.

        Who only spoke is answered where *words* are denied: "denied the claim". *doers* are none whose things are told
        of, "a French camera". "Peru's agency" does not answer Peru.
        """
        held = {party.key for party in holders}
        owners = (child for party in holders if party.at is not None for child in token.doc[party.at].lefts)
        held |= {entity.name.casefold() for owner in owners for entity in self.phrases.analysis.entities_of(owner)}
        place = bisect_left(self.spoken, token.i, key=lambda subject: subject[0]) - 1
        while place >= 0 and self._distance(self.spoken[place][0], token.i) <= 1:
            others = tuple(party for party in self.spoken[place][1] if party.key not in held)
            subject = token.doc[self.spoken[place][0]]
            acts = not doers or self._is_somebody(subject)
            if others and acts and (words or subject.i not in self.said):
                return others
            place -= 1
        return ()

    def _is_somebody(self, subject: Token) -> bool:
        people = any(is_in(subject, name) for name in ("bodies", "institutions", "crowds"))
        return people or bool(self.phrases.analysis.entities_of(subject))

    def beside(self, token: Token, holders: Sequence[Party]) -> tuple[Party, ...]:
        """Return who else acts in the sentence of a token: "X agreed to return, as announced by Y"."""
        held = {party.key for party in holders}
        sentence = bisect_left(self.starts, token.i + 1) - 1
        last = self.starts[sentence + 1] if sentence + 1 < len(self.starts) else len(token.doc)
        place = bisect_left(self.spoken, self.starts[sentence], key=lambda subject: subject[0])
        found: dict[str, Party] = {}
        while place < len(self.spoken) and self.spoken[place][0] < last:
            found.update((party.key, party) for party in self.spoken[place][1] if party.key not in held)
            place += 1
        return tuple(found.values())

    def _distance(self, earlier: int, later: int) -> int:
        return bisect_left(self.starts, later + 1) - bisect_left(self.starts, earlier + 1)


def _is_side(one: Party, other: Party) -> bool:
    """Say whether two parties are one, or the first acts for the second."""
    return one.key == other.key or _acts_for(one, other) or _acts_for(other, one)


def _acts_for(one: Party, other: Party) -> bool:
    roles = one.entity.roles if one.entity is not None else ()
    unsaid = any(role.affiliation is None and leads(role.text) for role in roles)  # of a state that needs no saying
    state = other.entity is not None and other.entity.kind == "country"
    return any(role.affiliation == other.name for role in roles) or (unsaid and state)


def leads(role: str) -> bool:
    """Say whether a role is that of who leads a government or speaks for it abroad."""
    return bool({word.casefold().strip(".,") for word in role.split()} & leading_offices())


def _acts(token: Token) -> bool:
    """Say whether a token heads a subject or the "by" of a passive."""
    if token.pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    return token.dep_ in SUBJECTS or (token.dep_ == "pobj" and token.head.lower_ == "by")


def _joins(token: Token) -> bool:
    """Say whether a token is the first of several that are joined in a phrase that may name a pair."""
    first = token.pos_ in ("NOUN", "PROPN") and token.dep_ != "conj"
    return first and _may_pair(token) and any(child.dep_ == "conj" for child in token.rights)


def _may_pair(token: Token) -> bool:
    """Say whether those who are joined in a phrase may be the pair in focus: not those "in", "against" or "such as"."""
    return token.dep_ != "pobj" or token.head.lower_ in _PAIRING


def points_to_pair(predicate: Token) -> bool:
    """Say whether the subject of a verb is "both sides", "the two", "they", or left out: "it was agreed"."""
    found = subjects(predicate)
    if not found:
        return any(child.dep_ in ("nsubjpass", "expl", "auxpass") for child in predicate.lefts)
    return any(
        subject.lower_ in _PAIRED
        or _is_bare_plural(subject)
        or (subject.head.i == predicate.i and is_in(subject, "meeting_nouns"))
        for subject in found
    )


def _is_bare_plural(noun: Token) -> bool:
    """Say whether a noun is "the sides", "both committees", and nothing tells which."""
    if noun.tag_ != "NNS" or (is_told(noun) and not _is_of_meeting(noun)):
        return False
    if any(child.dep_ in ("amod", "compound", "poss") and child.lower_ != "our" for child in noun.lefts):
        return False
    lefts = {child.lower_ for child in noun.lefts}
    return lefts <= _TWO and bool(is_in(noun, "anaphors") or lefts & {"both", "two"})


def _is_of_meeting(noun: Token) -> bool:
    """Say whether all that is told of a plural is at what meeting: "the participants in the consultations"."""
    return any(is_in(word, "meeting_nouns") for word in prepositional(noun, _MEETING))


def _principal_states(analysis: Analysis) -> tuple[Party, ...]:
    states = [entity for entity in analysis.entities if entity.kind == "country"]
    states.sort(key=lambda entity: -len(entity.mentions))
    counts = [len(entity.mentions) for entity in states]
    if len(counts) < 2 or counts[1] < _OFTEN or (len(counts) > 2 and counts[2] == counts[1]):
        return ()
    return tuple(replace(party_of(entity), rule="a state that the article speaks of most") for entity in states[:2])


def _with_principal(guest: Party, analysis: Analysis) -> tuple[Party, ...]:
    """Return who is met by a title without a verb, "Conversation with X", and the person named most beside."""
    people = [entity for entity in analysis.entities if entity.kind == "person" and entity != guest.entity]
    host = max(people, key=lambda entity: len(entity.mentions), default=None)
    if host is None or len(host.mentions) < 2:
        return ()
    return replace(party_of(host), rule="the person named most"), guest


def _meeting(token: Token, phrases: PhraseReader) -> tuple[Party, ...]:
    """Return who meets whom: "X held talks with Y", "the meeting between X and Y"."""
    spoken = ("with", "between", "to") if token.pos_ == "VERB" and token.lemma_ in _SPEAKING else ("with", "between")
    others = phrases.parties(prepositional(token, spoken))
    if not others and token.pos_ == "VERB" and token.lemma_.lower() in _RECEIVING:
        others = [party for party in phrases.parties(objects(token)) if party.entity is not None]
    if not others:
        return ()
    verb = token if token.pos_ == "VERB" else governing_verb(token)
    hosts = phrases.parties(subjects(verb)) if verb is not None else []
    found = {party.key: party for party in (*hosts, *others) if party.entity is not None}
    return tuple(found.values())
