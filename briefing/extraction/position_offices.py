"""For whom persons and organs act: the state whose minister speaks, the body whose spokesman does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.extraction.position_parties import Sides
from briefing.extraction.position_phrases import Party, is_person, party_of, unique
from briefing.language.analysis import Analysis, Entity
from briefing.language.lexicon import word_set

_LEXICON = "positions"
# Words of a role that speaks for a state, and that say that it does not.
_OFFICES = frozenset(
    {"president", "minister", "premier", "chancellor", "king", "queen", "emir", "ambassador", "spokesman"}
)
_NO_OFFICES = frozenset({"former", "ex-president", "opposition", "shadow", "exiled"})
_ABROAD = frozenset({"nations", "union", "international", "world", "nato", "treaty"})


@dataclass(frozen=True, slots=True)
class Offices:
    """The states and bodies of an article for which persons may act."""

    named: Mapping[str, Entity]

    @classmethod
    def of(cls, analysis: Analysis) -> "Offices":
        """Return the table of an article."""
        return cls({entity.name: entity for entity in analysis.entities})

    def represent(self, sides: Sides) -> Sides:
        """Return the sides with those who speak for a state or body replaced by it.

        A spokesman or envoy always does; who holds another office of a state does where the other side is foreign.
        """
        parties = (*sides.holders, *sides.others)
        homes = [self._home(party) for party in parties]
        states = {home.index for home in homes if home is not None and home.kind == "country"}
        foreign = len(states) > 1 or (bool(states) and any(_is_abroad(party) for party in parties))
        return self._consistent(self._replaced(sides, foreign=foreign))

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
        if person.entity is None or not is_person(person):
            return False
        words = [(_words(role.text), role.affiliation) for role in person.entity.roles]
        return any(held & _OFFICES and not held & _NO_OFFICES and body == state.name for held, body in words)

    def _replaced(self, sides: Sides, *, foreign: bool) -> Sides:
        holders = self._side(sides.holders, foreign=foreign, alone=not sides.others)
        held = {party.key for party in holders}
        others = self._side(sides.others, foreign=foreign, alone=False)
        return replace(sides, holders=holders, others=tuple(party for party in others if party.key not in held))

    def _consistent(self, sides: Sides) -> Sides:
        """Return the sides without a person whose own state or body stands on the other side."""
        held = {party.name for party in sides.holders}
        others = tuple(
            p for p in sides.others if not is_person(p) or not (home := self._home(p)) or home.name not in held
        )
        return replace(sides, others=others)

    def _side(self, parties: Sequence[Party], *, foreign: bool, alone: bool) -> tuple[Party, ...]:
        principals = [self._principal(party, foreign=foreign) for party in parties]
        mixed = alone and any(is_person(party) for party in principals) and all(is_person(party) for party in parties)
        # Two leaders stay two leaders unless both speak for a state.
        return unique(parties if mixed else principals)

    def _principal(self, party: Party, *, foreign: bool) -> Party:
        if party.home is not None and foreign:
            return party_of(party.home)
        if party.entity is None or not is_person(party):
            return party
        for role in party.entity.roles:
            body = self.named.get(role.affiliation or "")
            if body is None or body.kind is None:
                continue
            if _words(role.text) & word_set(_LEXICON, "mouthpieces") or (foreign and body.kind == "country"):
                return party_of(body)
        return party

    def _home(self, party: Party) -> Entity | None:
        """Return the state or body that a party is or belongs to; None for a person of whom nothing is said."""
        if party.entity is None or not is_person(party):
            return party.home or party.entity
        if party.home is not None:
            return party.home
        bodies = (self.named.get(role.affiliation or "") for role in party.entity.roles)
        return next((body for body in bodies if body is not None and body.kind == "country"), None)


def _is_abroad(party: Party) -> bool:
    """Say whether a party is a body of several states."""
    words = _words(party.name)
    return (
        party.entity is not None
        and party.entity.kind != "person"
        and bool(words & _ABROAD or words & word_set(_LEXICON, "unions"))
    )


def _words(text: str) -> set[str]:
    return {word.casefold().strip(".,") for word in text.split()}
