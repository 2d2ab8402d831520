"""For whom persons and organs act: the state whose minister speaks, the body whose spokesman does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from briefing.extraction.points.lists import LEXICON
from briefing.extraction.points.parties.party import Party, is_person, party_of, unique
from briefing.extraction.points.parties.sides import Sides
from briefing.language.analysis import Analysis, Entity
from briefing.language.coreference.leaders import leading_offices
from briefing.runtime.lexicon import word_set

# Words of a role that speaks for a state, and that say that it does not.
_OFFICES = frozenset(
    {"president", "minister", "premier", "chancellor", "king", "queen", "emir", "ambassador", "spokesman"}
)
_NO_OFFICES = frozenset({"former", "ex-president", "opposition", "shadow", "exiled"})
# Words of a role in a state that does not act for it abroad.
_OWN_MINDS = frozenset(
    {
        "senator",
        "senators",
        "sen.",
        "lawmaker",
        "congressman",
        "congresswoman",
        "legislator",
        "deputy",
        "mp",
        "member",
        "candidate",
        "nominee",
        "hopeful",
        "citizen",
        "coach",
        "player",
        "actor",
        "author",
        "analyst",
        "expert",
        "journalist",
        "judge",
    }
)
# Those of its mouthpieces who speak for themselves, too, where no state or body is on the other side.
_DIPLOMATS = frozenset({"ambassador", "envoy", "diplomat", "consul", "attaché", "representative"})
_MOST_JOINED = 20  # of one list; beyond them it is a table
_ABROAD = frozenset({"nations", "union", "international", "world", "nato", "treaty"})


@dataclass(frozen=True, slots=True)
class Offices:
    """The states and bodies of an article for which persons may act."""

    named: Mapping[str, Entity]
    domestic: Entity | None  # the state whose "President Lind" needs no saying which, where the text is on its politics
    neighbours: Mapping[int, frozenset[int]]  # state -> the states that are named in one breath with it

    @classmethod
    def of(cls, analysis: Analysis) -> "Offices":
        """Return the table of an article."""
        named = {entity.name: entity for entity in analysis.entities}
        return cls(named, _domestic(named), _neighbours(analysis))

    def represent(self, sides: Sides) -> Sides:
        """Return the sides with those who speak for a state or body replaced by it.

        A spokesman or envoy always does; who holds another office of a state does where the other side is foreign.
        """
        parties = (*sides.holders, *sides.others)
        homes = [self._home(party) for party in parties]
        states = {home.index for home in homes if home is not None and home.kind == "country"}
        foreign = len(states) > 1 or (bool(states) and any(_is_abroad(party) for party in parties))
        return self._apart(self._consistent(self._replaced(self._paired(sides), foreign=foreign)))

    def _is_public(self, parties: Sequence[Party]) -> bool:
        """Say whether a state or a body is among some parties."""
        return any(party.entity is not None and not is_person(party) for party in parties)

    def _paired(self, sides: Sides) -> Sides:
        """Return two leaders of whom one's state is told as their two states, where the text names just two together.

        "The leaders of Peru and Chad met. ... Prime Minister Paz and his Chadian counterpart Sow agreed".
        """
        homes = [self._home(party) for party in sides.holders]
        if len(homes) != 2 or not all(is_person(party) for party in sides.holders) or homes.count(None) != 1:
            return sides
        known = next(home for home in homes if home is not None)
        others = self.neighbours.get(known.index, frozenset()) if known.kind == "country" else frozenset()
        if len(others) != 1 or not all(_leads(party) for party in sides.holders):
            return sides
        other = next(entity for entity in self.named.values() if entity.index in others)
        pairs = zip(sides.holders, homes, strict=True)
        holders = tuple(_for_whom(party, home if home is not None else other) for party, home in pairs)
        return replace(sides, holders=holders)

    def _apart(self, sides: Sides) -> Sides:
        """Return the sides without the own state of who governs on the other: a president is at odds with others.

        Where the other side was looked for, without those who govern the same state either.
        """
        own = {state.index for party in sides.holders if (state := self._governed(party))}
        others = tuple(party for party in sides.others if party.entity is None or party.entity.index not in own)
        if self.domestic is not None and sides.holders and all(self._is_domestic(party) for party in sides.holders):
            others = tuple(party for party in others if party.entity != self.domestic or _is_seat(party))
        if sides.guessed:
            others = tuple(party for party in others if not ((state := self._governed(party)) and state.index in own))
            if any(_leads(party) and self._governed(party) is None for party in sides.holders):  # it may be the own one
                others = tuple(p for p in others if p.entity is None or p.entity.kind != "country")
        return replace(sides, others=others)

    def _is_domestic(self, party: Party) -> bool:
        """Say whether a party of a text on a state's own politics is one of its people or bodies."""
        home = self._home(party)
        kind = party.entity.kind if party.entity is not None else None
        return kind != "country" and home in (None, self.domestic, party.entity) and not _is_abroad(party)

    def _governed(self, party: Party) -> Entity | None:
        """Return the state that a person holds an office of, also where a text on its politics need not name it."""
        if party.entity is None or not is_person(party):
            return None
        for role in party.entity.roles:
            held = _words(role.text)
            if held & _OFFICES and not held & _NO_OFFICES:
                state = self.named.get(role.affiliation) if role.affiliation else self.domestic
                if state is not None and state.kind == "country":
                    return state
        return None

    def is_own(self, parties: Sequence[Party]) -> bool:
        """Say whether two parties are a state and the holder of its office, who cannot be at odds or agree with it."""
        if len(parties) != 2:
            return False
        return any(self._governs(one, other) for one, other in (parties, parties[::-1]))

    def home_key(self, party: Party) -> str:
        """Return the key of the state or body that a party is or acts for; its own where none is known."""
        home = self._home(party)
        return home.name.casefold() if home is not None else party.key

    def _governs(self, person: Party, state: Party) -> bool:
        governed = self._governed(person)
        return governed is not None and governed.name == state.name

    def _replaced(self, sides: Sides, *, foreign: bool) -> Sides:
        among = self._is_public(sides.others) or not sides.others
        holders = self._side(sides.holders, foreign=foreign, alone=not sides.others, public=among)
        held = {party.key for party in holders}
        others = self._side(sides.others, foreign=foreign, alone=False, public=self._is_public(sides.holders))
        return replace(sides, holders=holders, others=tuple(party for party in others if party.key not in held))

    def _consistent(self, sides: Sides) -> Sides:
        """Return the sides without a person whose own state or body stands on the other side."""
        held = {party.name for party in sides.holders}
        others = tuple(
            p for p in sides.others if not is_person(p) or not (home := self._home(p)) or home.name not in held
        )
        return replace(sides, others=others)

    def _side(self, parties: Sequence[Party], *, foreign: bool, alone: bool, public: bool) -> tuple[Party, ...]:
        principals = [self._principal(party, foreign=foreign, public=public or foreign) for party in parties]
        mixed = alone and any(is_person(party) for party in principals) and all(is_person(party) for party in parties)
        # Two leaders stay two leaders unless both speak for a state.
        return unique(parties if mixed else principals)

    def _principal(self, party: Party, *, foreign: bool, public: bool) -> Party:
        if party.home is not None and foreign:
            return _for_whom(party, party.home)
        if party.entity is None or not is_person(party):
            return party
        for role in party.entity.roles:
            body = self.named.get(role.affiliation or "")
            if body is None or body.kind is None:
                continue
            held = _words(role.text)
            speaks = held & (word_set(LEXICON, "mouthpieces") - (frozenset() if public else _DIPLOMATS))
            if speaks or (foreign and body.kind == "country" and not held & _OWN_MINDS):
                return _for_whom(party, body)
        return party

    def _home(self, party: Party) -> Entity | None:
        """Return the state or body that a party is or belongs to; None for a person of whom nothing is said."""
        if party.entity is None or not is_person(party):
            return party.home or party.entity
        if party.home is not None:
            return party.home
        bodies = (self.named.get(role.affiliation or "") for role in party.entity.roles)
        return next((body for body in bodies if body is not None and body.kind == "country"), None)


def _for_whom(party: Party, principal: Entity) -> Party:
    """Return the state or body for which a party acts, as read from the same word."""
    return replace(party_of(principal), at=party.at, rule=f"for which {party.name} acts")


def _domestic(named: Mapping[str, Entity]) -> Entity | None:
    state = named.get("United States")
    if state is None:
        return None
    seats = {alias.removeprefix("the ") for alias in state.aliases}
    return state if "White House" in seats or set(named) & word_set(LEXICON, "home_bodies") else None


def _neighbours(analysis: Analysis) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for entity in analysis.entities:
        for mention in entity.mentions if entity.kind == "country" else ():
            head = analysis.doc[mention.head]
            if head.dep_ != "conj":  # the first of those that are joined
                members = (head, *islice(head.conjuncts, _MOST_JOINED))
                states = {one.index for word in members for one in analysis.entities_of(word) if one.kind == "country"}
                for state in sorted(states):
                    found.setdefault(state, set()).update(states - {state})
    return {state: frozenset(others) for state, others in found.items()}


def _is_seat(party: Party) -> bool:
    """Say whether a state is named by the seat of its government: "the White House"."""
    mention = party.entity.mention_at(party.at) if party.entity is not None and party.at is not None else None
    return mention is not None and mention.form == "metonym"


def _leads(party: Party) -> bool:
    """Say whether a party is a person who leads a government or speaks for it abroad."""
    roles = party.entity.roles if party.entity is not None else ()
    return any(_words(role.text) & leading_offices() for role in roles)


def _is_abroad(party: Party) -> bool:
    """Say whether a party is a body of several states."""
    words = _words(party.name)
    return (
        party.entity is not None
        and party.entity.kind != "person"
        and bool(words & _ABROAD or words & word_set(LEXICON, "unions"))
    )


def _words(text: str) -> set[str]:
    return {word.casefold().strip(".,") for word in text.split()}
