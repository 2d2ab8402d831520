"""Whom a point concerns: an entity, or a group by a common noun."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from briefing.extraction.points.lists import LEXICON
from briefing.language.analysis import Entity
from briefing.runtime.lexicon import word_set

_COMPANIES = frozenset({"group", "house"})  # names of companies end so, too


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a point concerns: an entity, or a group that the text names by a common noun ("opposition leaders")."""

    name: str
    entity: Entity | None
    plural: bool = False  # more than one mind by itself: "the two sides", "councillors"
    home: Entity | None = None  # the state or body that a group belongs to
    at: int | None = field(default=None, compare=False)  # the token that it was read from
    rule: str = field(default="", compare=False)  # how, where the token itself does not tell

    @property
    def key(self) -> str:
        """What two mentions of one party share."""
        named = self.entity is not None and self.name[:1].isupper()
        return self.name.casefold() if named else self.name.casefold().split()[-1]


def is_person(party: Party) -> bool:
    """Say whether a party is a single human being."""
    return party.entity is not None and party.entity.kind == "person"


def unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return the parties, each once."""
    return tuple({party.key: party for party in parties}.values())


def party_of(entity: Entity, head: Token | None = None) -> Party:
    """Return an entity as a party; *head* tells whether it is many: "Democrats"."""
    words = {word.casefold().strip(".,") for word in entity.name.split()}
    many = bool(words & (word_set(LEXICON, "assemblies") | word_set(LEXICON, "unions")) - _COMPANIES)
    plurals = ("NNS", "NNPS") if entity.kind == "group" else ("NNS",)  # "Almeida Motors" is one
    several = head is not None and head.tag_ in plurals and entity.kind != "country"
    plural = several or (many and entity.kind in ("organisation", "group"))
    return Party(entity.name, entity, plural, at=head.i if head is not None else None)
