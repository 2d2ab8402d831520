"""Whom the clause of a cue names as its parties: who holds the position, and on whose it bears."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from briefing.extraction.points.cues.accords import others_alike, turns
from briefing.extraction.points.grammar import main_of_absolute, objects, prepositional, reporters, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.parties.counterparts import (
    addressed,
    answered,
    awaited,
    banishing,
    commented_on,
    complement,
    deciders,
    doers,
    employers,
    keeps_from,
    met,
    opposed_by_name,
    sent_away,
    threatened,
)
from briefing.extraction.points.parties.deeds import doers_before, earlier_doers
from briefing.extraction.points.parties.groups import body_of
from briefing.extraction.points.parties.nouns import NounPartyFinder, halves
from briefing.extraction.points.parties.party import Party, party_of
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.extraction.points.polarity import Cue
from briefing.runtime.lexicon import word_set

# Lists of nouns that can hold a position.
_HOLDING = ("bodies", "institutions", "private", "crowds", "writings", "unions", "localities")
_ADDRESSING = frozenset({"tell", "inform", "warn"})
_POINTING = frozenset({"this", "that", "these", "those", "my", "our"})
_DENYING = frozenset({"deny", "refute"})
# Where the other side may stand beside the objects of a cue, the nearest first.
_ELSEWHERE = (complement, doers, earlier_doers, commented_on, addressed, opposed_by_name)


@dataclass(frozen=True, slots=True)
class PartyFinder:
    """Looks for the parties of one cue."""

    phrases: PhraseReader

    def sides(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who holds the position and on whose it bears; both may be empty."""
        if cue.targets:
            holders = self._charging(cue) if cue.frame == "fault" else self._holders(cue.sources)
            return holders, self.phrases.parties(cue.targets)
        return self.fault(cue) if cue.frame == "fault" else self.stated(cue)

    def stated(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who holds the position, by the grammar of the cue's frame, and on whose it bears."""
        if cue.frame == "noun":
            nouns = NounPartyFinder(self.phrases)
            return nouns.mutual(cue) if cue.mutual else nouns.directed(cue)
        held = tuple(word for word in subjects(cue.predicate) if self._holds(word, cue))
        holders = (
            self._holders(held) if cue.sign < 0 and cue.frame in ("verb", "contrast") else self.phrases.parties(held)
        )
        unknown = not holders and cue.kind != "back" and all(word.pos_ == "PRON" for word in held)
        if unknown and held:  # "X said that they will not sign"
            holders = self._holders(tuple(reporters(cue.predicate)))
        if not holders and cue.kind == "coerce":  # "were expelled from X"
            holders = self.phrases.parties(banishing(cue.token)) or self.phrases.parties(deciders(cue.token))
        main = main_of_absolute(cue.predicate)
        if main is not None:  # "approved the plan, with X opposed"
            return holders, self.phrases.parties(subjects(main))
        if cue.mutual:
            return self._mutual(cue, holders)
        if cue.frame == "demand":
            targets = (*subjects(cue.token), *objects(cue.predicate))
            found = self.phrases.parties(targets) or self.phrases.parties(prepositional(cue.predicate, ("on", "to")))
            if any(child.dep_ == "neg" for child in cue.token.lefts):  # "urged drivers not to panic" opposes nobody
                found = [party for party in found if party.entity is not None]
            return holders, found
        if cue.kind == "allege":
            accused = [word for child in cue.token.rights if child.dep_ == "ccomp" for word in subjects(child)]
            return holders, self.phrases.parties(accused)
        return holders, self._opposite(cue, holders)

    def _holders(self, holders: tuple[Token, ...]) -> list[Party]:
        """Return who takes a stand, if need be by a common noun for one body: "the ferry company"."""
        return self.phrases.parties(holders) or [party for word in holders for party in body_of(word)]

    def _opposite(self, cue: Cue, holders: list[Party]) -> list[Party]:
        """Return on whose position or person a directed cue bears: what it acts upon, then what completes it."""
        held = {party.key for party in holders}

        def others(found: Iterable[Party]) -> list[Party]:  # "barred Y from its ports": not from Y's
            return [party for party in found if party.key not in held]

        found: list[Party] = []
        if cue.preposition:
            hosts = (cue.token, *(thing for thing in objects(cue.token) if not thing.ent_type_))
            found = others(self.phrases.parties(w for host in hosts for w in prepositional(host, (cue.preposition,))))
        if cue.kind == "strike":
            return found or employers(cue, self.phrases)
        found = found or self._acted_upon(cue)
        if cue.frame == "accord":
            return self._tied(cue, found)
        if not found and cue.kind == "refusal":
            found = others(awaited(cue.token, self.phrases))
        if not found and cue.kind == "coerce":
            found = others(
                self.phrases.parties(sent_away(cue.predicate)) or self.phrases.parties(threatened(cue.token))
            )
            found = found or (met(cue, self.phrases) if cue.token.lemma_ == "threaten" else [])
        if not found and cue.kind in ("fight", "refuse", "refusal") and not _is_own(cue):
            found = others(self._charging(cue))  # "X said Y had fired on it"
        if cue.kind == "warn":  # "warned drivers to take care" opposes nobody
            return [party for party in found if party.entity is not None]
        if found or (cue.token.lemma_ in _DENYING and not keeps_from(cue.token)):
            return found  # whom a denial answers stands outside what is denied
        return next(filter(None, (others(find(cue, self.phrases)) for find in _ELSEWHERE)), [])

    def _tied(self, cue: Cue, found: list[Party]) -> list[Party]:
        """Return with whom a deal or tie is broken, beside whom its words name as what it acts upon."""
        likewise = any(word.lower_ == "suit" and word.head.lemma_ == "follow" for word in cue.predicate.subtree)
        beside = ("to", "from", "against") if likewise else ("with", "to", "from", "against")
        found += self.phrases.parties(prepositional(cue.predicate, beside))
        found += self.phrases.parties(prepositional(cue.token, ("with", "to", "from", "against", "on", "for")))
        return found or self.phrases.parties((cue.token,)) or answered(cue.predicate, self.phrases)

    def _acted_upon(self, cue: Cue) -> list[Party]:
        """Return on whose thing a cue acts, without who acts: the plan is not X's in "the plan, which X opposes"."""
        things = objects(cue.predicate if cue.frame == "verb" else cue.token)
        found = self.phrases.parties(things)
        if cue.predicate.dep_ == "relcl" and any(thing.i == cue.predicate.head.i for thing in things):
            acting = {party.key for party in self.phrases.parties(subjects(cue.predicate))}
            found = [party for party in found if party.key not in acting]
        return found

    def _holds(self, subject: Token, cue: Cue) -> bool:
        """Say whether a subject is one who can hold a position: not "the move" that "threatens trade"."""
        if cue.kind == "challenge" and is_in(subject, "judging"):
            return False  # "the judge threw out the county's map": who decides between parties is none
        if subject.pos_ == "PRON" or self.phrases.analysis.entities_of(subject):
            return True
        lists = (*_HOLDING, "views", "meeting_nouns") if cue.mutual else _HOLDING
        return subject.pos_ == "PROPN" or any(is_in(subject, name) for name in lists)

    def fault(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who finds fault and whose thing it is."""
        if cue.kind == "breach":
            return self._breach(cue)
        if cue.kind == "forbidding":
            return self._charging(cue), self.phrases.parties(objects(cue.predicate))
        if cue.kind == "blame":
            return self._charging(cue), self.phrases.parties(prepositional(cue.predicate, ("with", "on")))
        if cue.kind == "faults":
            found = [word for word in (*objects(cue.predicate), *subjects(cue.token)) if word.i != cue.token.i]
            return self.phrases.parties(subjects(cue.predicate)), self.phrases.parties(found)
        if not any(self.phrases.parties((word,)) for word in subjects(cue.predicate)):
            told = cue.predicate.head if cue.predicate.dep_ == "ccomp" else None
            if told is not None and told.lemma_ in _ADDRESSING:  # "told Y that the raid was unacceptable"
                return self._speaking(), self.phrases.parties(objects(told))
        faulted = [word for word in subjects(cue.predicate) if word.dep_ != "csubj"]  # "leaving now would be a mistake"
        return self._charging(cue), self.phrases.parties(faulted) or doers_before(cue, faulted, self.phrases)

    def _breach(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who says that another breaks a rule, or whose rule it is; and who breaks it."""
        breakers = self.phrases.parties(subjects(cue.predicate))
        keys = {party.key for party in breakers}
        accusers = [party for party in self._charging(cue) if party.key not in keys]
        return accusers or self.phrases.parties(objects(cue.predicate)), breakers

    def _speaking(self) -> list[Party]:
        speaker = self.phrases.speaker
        return [replace(party_of(speaker), rule="whoever speaks")] if speaker is not None else []

    def _charging(self, cue: Cue) -> list[Party]:
        """Return who says what a clause tells: the speaker, if need be the subject of the verb that reports it."""
        found = self._speaking() or self._holders(tuple(reporters(cue.predicate)))
        return [party for party in found if not _is_outlet(party)]

    def _beside(self, cue: Cue) -> list[Party] | None:
        """Return the other side of a cue that says where it stands; None where any place will do."""
        if cue.kind == "exchange":  # "X will pay, and Y will leave", "X will pay Y"
            in_turn = self.phrases.parties(word for verb in turns(cue.token) for word in subjects(verb))
            given = (child for child in cue.token.rights if child.dep_ in ("dobj", "dative") and child.ent_type_)
            return in_turn or self.phrases.parties((*given, *prepositional(cue.token, ("to", "from", "with"))))
        if cue.kind == "likewise":  # "X, like Y, wants"
            return self.phrases.parties(others_alike(cue.predicate))
        if cue.kind == "joined":
            return self.phrases.parties(objects(cue.predicate))
        return self._holders(subjects(cue.answered or cue.token)) if cue.frame == "contrast" else None

    def _mutual(self, cue: Cue, holders: list[Party]) -> tuple[list[Party], list[Party]]:
        beside = self._beside(cue)
        if beside is not None:
            return holders, beside
        others = self.phrases.parties(prepositional(cue.predicate, ("with", "between", "among", "from")))
        idiom = cue.token.rights if cue.token.pos_ == "ADP" else ()  # "in line with"
        hosts = (cue.token, *(word for word in idiom if word.dep_ == "pobj"))
        others += self.phrases.parties(w for host in hosts for w in prepositional(host, ("with", "between", "among")))
        if cue.kind == "pledge":  # "a commitment from Y"
            others += self.phrases.parties(prepositional(cue.token, ("from",)))
        if cue.kind in ("trade", "settlement"):  # "will buy Y", "will buy the port from Y"
            others += self.phrases.parties(objects(cue.predicate))
        if cue.kind in ("one mind", "views"):  # "on the same page as Y", "share the same goal as Y"
            others += self.phrases.parties(prepositional(cue.token, ("as",)))
        if cue.frame == "view" or cue.kind == "standing accord":  # "shares Tokyo's concern", "X's pact with Y"
            others += self.phrases.parties(child for child in cue.token.lefts if child.dep_ == "poss")
        pointed = cue.frame == "view" and any(child.lower_ in _POINTING for child in cue.token.lefts)
        if pointed and not others:  # "the president shares this view", says somebody
            others += self._speaking()
        holders = halves(holders, cue)
        if cue.frame == "joint" or any(party.plural for party in holders):
            return holders, others if cue.frame != "joint" else []
        if len({party.key for party in holders + others}) < 2:
            others += complement(cue, self.phrases)
        if cue.kind == "concur" and len({party.key for party in holders + others}) < 2:
            others += met(cue, self.phrases)
        return holders, others


def _is_outlet(party: Party) -> bool:
    """Say whether a party is a newspaper, agency or channel, which reports and charges nobody."""
    person = party.entity is not None and party.entity.kind == "person"
    return not person and party.name.split()[-1].casefold() in word_set(LEXICON, "outlets")


def _is_own(cue: Cue) -> bool:
    """Say whether a deed may be that of who tells of it: "said that their forces attacked", "will strike"."""
    owned = any(child.tag_ == "PRP$" for subject in subjects(cue.predicate) for child in subject.lefts)
    return owned or cue.future
