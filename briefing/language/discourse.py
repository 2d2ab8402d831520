"""Who has been mentioned so far: the memory that pronouns and definite nominals are resolved from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import Entity
from briefing.language.lexicon import word_set
from briefing.language.roles import role_heads
from briefing.language.surface import honorific_sex

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
REACH = 3  # sentences back in which an antecedent is looked for


class Seen(NamedTuple):
    """One mention that was read: whom, by which token, in which sentence, and whether it spoke."""

    entity: int
    head: Token
    sentence: int
    speaks: bool


@dataclass(slots=True)
class Discourse:
    """The mentions up to the word that is being read, nearest last."""

    doc: Doc
    entities: tuple[Entity, ...]
    speakers: frozenset[int]  # head tokens of the sources of attributions
    sentence: int = 0
    sex: dict[int, str] = field(default_factory=dict)
    persons: list[Seen] = field(default_factory=list)
    parties: list[Seen] = field(default_factory=list)
    pairs: list[tuple[tuple[int, ...], int]] = field(default_factory=list)  # named in one breath, and the sentence
    by_role: dict[str, list[int]] = field(default_factory=dict)  # noun of a role -> persons
    roleless: tuple[int, ...] = ()  # persons told of more than once whom no role is given
    states: dict[str, int] = field(default_factory=dict)  # by name
    by_word: dict[str, list[int]] = field(default_factory=dict)  # word of a name -> organisations

    def __post_init__(self) -> None:
        persons = [entity for entity in self.entities if entity.kind == "person"]
        self.roleless = tuple(person.index for person in persons if not person.roles and len(person.mentions) > 1)
        for entity in self.entities:
            if entity.kind == "person":
                self._learn_person(entity)
            elif entity.kind == "country":
                self.states.setdefault(entity.name, entity.index)
            elif entity.kind == "organisation":
                for word in dict.fromkeys(entity.name.casefold().split()):
                    self.by_word.setdefault(word, []).append(entity.index)

    def see(self, entity: int, head: Token) -> None:
        """Remember a mention."""
        kind = self.entities[entity].kind
        seen = Seen(entity, head, self.sentence, head.i in self.speakers)
        if kind == "person":
            self.persons.append(seen)
        elif kind is not None:
            self.parties.append(seen)

    def note_pair(self, token: Token, referents: Mapping[int, tuple[int, ...]]) -> None:
        """Remember who is named together with *token*: "Russia and Japan"."""
        if token.dep_ == "conj" or not token.conjuncts:
            return
        members = (token, *token.conjuncts)
        meant = tuple(dict.fromkeys(entity for member in members for entity in referents.get(member.i, ())))
        if len(meant) > 1:
            self.pairs.append((meant, self.sentence))

    def kind_of(self, entity: int) -> str | None:
        """Return the kind of an entity."""
        return self.entities[entity].kind

    def nearest(self, candidates: list[int]) -> tuple[int, ...]:
        """Return the candidate mentioned last; the first of them where none was mentioned yet."""
        wanted = set(candidates)
        for seen in reversed(self.persons[-40:]):
            if seen.entity in wanted:
                return (seen.entity,)
        return tuple(candidates[:1])

    def _learn_person(self, entity: Entity) -> None:
        for role in entity.roles:
            for head in role_heads(self.doc, role):
                people = self.by_role.setdefault(role_word(head), [])
                if entity.index not in people:
                    people.append(entity.index)
                if head.lower_ in word_set("roles", "male_nouns"):
                    self.sex.setdefault(entity.index, "male")
                elif head.lower_ in word_set("roles", "female_nouns"):
                    self.sex.setdefault(entity.index, "female")
        for mention in entity.mentions:
            first = next(
                (t for t in self.doc[max(0, mention.head - 5) : mention.head + 1] if t.idx == mention.start), None
            )
            sex = honorific_sex(first.nbor(-1)) if first is not None and first.i > 0 else None
            if sex in ("male", "female"):
                self.sex.setdefault(entity.index, sex)


def role_word(noun: Token) -> str:
    """Return the word by which roles are compared: one for "spokesman", "spokeswoman" and "spokesperson"."""
    word = noun.lower_.removesuffix("-elect").removeprefix("ex-").removeprefix("vice-")
    for ending in ("man", "woman", "person"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return {"premier": "minister", "pm": "minister", "chief": "head"}.get(word, word)
