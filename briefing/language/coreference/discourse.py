"""The mentions so far, from which pronouns and definite nominals are resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import Entity
from briefing.language.neighbours import token_before
from briefing.language.roles.entity_roles import role_heads
from briefing.language.surface import given_names, honorific_sex
from briefing.language.syntax import SUBJECTS, first_conjunct
from briefing.runtime.lexicon import ordered_words, read_lexicon, word_set

REACH = 3  # sentences back in which an antecedent is searched
LOOSE = frozenset({"amod", "compound", "nmod", "npadvmod"})  # labels of modifiers of another noun
UNNAMED = -1  # entity of a person without a name in the text: "the mayor"
# Prepositions after which two names are a pair; after "in", "at" or "against" they are not.
_PAIRING = word_set(__name__, "pairing")
_LONGEST = 20  # tokens of a noun phrase that are searched for a name, at most
_MOST_STEPS = 4  # steps up the tree from a meeting to its verb, at most


class Seen(NamedTuple):
    """A mention: its entity, head token and sentence, and whether it is a speaker."""

    entity: int
    head: Token
    sentence: int
    speaks: bool


class Pair(NamedTuple):
    """Entities that were mentioned together, with the sentence and the head token."""

    entities: tuple[int, ...]
    sentence: int
    head: Token


@dataclass(slots=True)
class Discourse:
    """The mentions up to the current word, the nearest last."""

    doc: Doc
    entities: tuple[Entity, ...]
    speakers: frozenset[int]  # head tokens of the sources of attributions
    referents: Mapping[int, tuple[int, ...]]  # head token of a mention so far -> entities
    quoted: Mapping[int, int | None]  # token within direct speech -> head token of its source
    lead_end: int  # offset where the title and the first sentences end
    sentence: int = 0
    in_headline: bool = False  # True if this sentence is the title or the first of the text, a possible headline
    sex: dict[int, str] = field(default_factory=dict)  # by name, title or office
    sex_by_pronoun: dict[int, str] = field(default_factory=dict)  # sex by the first pronoun, less certain
    home: dict[int, int] = field(default_factory=dict)  # person -> state of the person's office
    by_home: dict[int, list[int]] = field(default_factory=dict)  # state -> persons with an office in it
    persons: list[Seen] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)  # head tokens of references that have a rival
    people: dict[int, None] = field(default_factory=dict)  # the persons mentioned so far, each once, in order
    parties: list[Seen] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)  # entities named together
    unnamed: list[Seen] = field(default_factory=list)  # subjects that mean one person without a name
    plurals: list[Pair] = field(default_factory=list)  # plural subjects without a name: "the ships"
    by_role: dict[str, list[int]] = field(default_factory=dict)  # noun of a role -> persons
    roleless: tuple[int, ...] = ()  # persons without a role who are mentioned more than once
    states: dict[str, int] = field(default_factory=dict)  # by name
    most_mentions: dict[str, int] = field(default_factory=dict)  # kind -> mentions of its most frequent entity
    principals: tuple[int, ...] = ()  # the two states that the text is about
    only_two_lead: bool = False  # True if the first sentences name both
    by_word: dict[str, list[int]] = field(default_factory=dict)  # word of a name -> organisations

    def __post_init__(self) -> None:
        persons = [entity for entity in self.entities if entity.kind == "person"]
        self.roleless = tuple(person.index for person in persons if not person.roles and len(person.mentions) > 1)
        for entity in self.entities:
            if entity.kind == "country":
                self.states.setdefault(entity.name, entity.index)
        for entity in self.entities:
            if entity.kind is not None:
                self.most_mentions[entity.kind] = max(self.most_mentions.get(entity.kind, 0), len(entity.mentions))
            if entity.kind == "person":
                self._learn_person(entity)
            elif entity.kind == "organisation":
                for word in dict.fromkeys(entity.name.casefold().split()):
                    self.by_word.setdefault(word, []).append(entity.index)
        self.principals = self._two_states()
        self.only_two_lead = all(self.entities[one].mentions[0].start < self.lead_end for one in self.principals)

    def _two_states(self) -> tuple[int, ...]:
        """Return the two most frequent states, in text order; none if a third has half as many mentions."""
        states = sorted(self.states.values(), key=lambda one: -len(self.entities[one].mentions))
        counts = [len(self.entities[one].mentions) for one in states]
        if len(counts) < 2 or (len(counts) > 2 and 2 * counts[2] >= counts[1]):
            return ()
        return tuple(sorted(states[:2]))

    def see(self, entity: int, head: Token) -> None:
        """Remember a mention."""
        kind = self.entities[entity].kind
        seen = Seen(entity, head, self.sentence, head.i in self.speakers)
        if kind == "person":
            self.persons.append(seen)
            self.people[entity] = None
        elif kind is not None:
            self.parties.append(seen)

    def note_pair(self, token: Token) -> None:
        """Remember the entities named together with *token*, "Russia and Japan", if all or none are persons."""
        if token.dep_ == "conj" or token.dep_ in LOOSE or not token.conjuncts:
            return
        if token.dep_ == "pobj" and token.head.lower_ not in _PAIRING:
            return
        members = (token, *token.conjuncts)
        meant = tuple(dict.fromkeys(entity for member in members for entity in self.referents.get(member.i, ())))
        kinds = {self.kind_of(entity) for entity in meant}
        if len(meant) > 1 and None not in kinds and ("person" not in kinds or len(kinds) == 1):
            self.pairs.append(Pair(meant, self.sentence, token))

    def note_meeting(self, token: Token) -> None:
        """Remember the parties of a meeting, "X met Y", "X held talks with Y", if both or neither are persons."""
        if token.dep_ == "pobj" and token.head.lower_ == "with":
            deed = token.head.head
        elif token.dep_ == "dobj":
            deed = token.head
        else:
            return
        if deed.lemma_.lower() not in word_set(__name__, "meeting"):
            return
        for _ in range(_MOST_STEPS):
            if deed.pos_ in ("VERB", "AUX") or deed.dep_ == "ROOT":
                break
            deed = deed.head
        hosts = [child for child in deed.lefts if child.dep_ in SUBJECTS]
        meant = tuple(dict.fromkeys(one for who in (*hosts, token) for one in self.referents.get(who.i, ())))
        kinds = [self.kind_of(one) for one in meant]
        if len(meant) == 2 and None not in kinds and kinds.count("person") in (0, 2):
            self.pairs.append(Pair(meant, self.sentence, token))

    def note_plural(self, noun: Token, owners: tuple[int, ...]) -> None:
        """Remember a plural subject as an antecedent of "they": the states of "the Polish and Danish presidents"."""
        if noun.dep_ in SUBJECTS:
            self.plurals.append(Pair(owners if len(owners) > 1 else (), self.sentence, noun))

    def note_unnamed(self, noun: Token) -> None:
        """Remember a subject that is one person without a name, as a possible antecedent of "he" or "she"."""
        if noun.dep_ not in SUBJECTS or any(self._is_named(word) for word in islice(noun.subtree, _LONGEST)):
            return
        self.unnamed.append(Seen(UNNAMED, noun, self.sentence, noun.i in self.speakers))

    def is_known_unnamed(self, noun: Token) -> bool:
        """Return True if this noun mentioned a person without a name before: "an official"."""
        return any(seen.head.lower_ == noun.lower_ for seen in self.unnamed)

    def _is_named(self, word: Token) -> bool:
        return any(self.kind_of(entity) == "person" for entity in self.referents.get(word.i, ()))

    def kind_of(self, entity: int) -> str | None:
        """Return the kind of an entity."""
        return self.entities[entity].kind

    def nearest(self, candidates: list[int]) -> tuple[int, ...]:
        """Return the candidate mentioned last; the first candidate if none was mentioned yet."""
        wanted = set(candidates)
        for seen in reversed(self.persons[-40:]):
            if seen.entity in wanted:
                return (seen.entity,)
        return tuple(candidates[:1])

    def _learn_person(self, entity: Entity) -> None:
        homes = [self.states[role.affiliation] for role in entity.roles if role.affiliation in self.states]
        for home in homes[:1]:
            self.home[entity.index] = home
            self.by_home.setdefault(home, []).append(entity.index)
        self._learn_sex(entity)
        for role in entity.roles:
            for head in role_heads(self.doc, role):
                people = self.by_role.setdefault(role_word(head), [])
                if entity.index not in people:
                    people.append(entity.index)

    def _learn_sex(self, entity: Entity) -> None:
        """Remember a person's sex by an office, a form of address or a given name, in this order."""
        heads = (head for role in entity.roles for head in role_heads(self.doc, role))
        for head in heads:
            for sex in ("male", "female"):
                if head.lower_ in nouns_of_sex(sex):
                    self.sex.setdefault(entity.index, sex)
        for mention in entity.mentions:
            first = next(
                (t for t in self.doc[max(0, mention.head - 5) : mention.head + 1] if t.idx == mention.start), None
            )
            before = token_before(first) if first is not None else None
            address = honorific_sex(before) if before is not None else None
            if address in ("male", "female"):
                self.sex.setdefault(entity.index, address)
        given = entity.name.casefold().split()
        for sex in ("male", "female"):
            if len(given) > 1 and given[0] in given_names(sex):
                self.sex.setdefault(entity.index, sex)


def nouns_of_sex(sex: str) -> frozenset[str]:
    """Return the role nouns of one sex, "male" or "female"."""
    return word_set(__name__, f"{sex}_nouns")


def is_subject(token: Token) -> bool:
    """Return True if a token heads a subject or the agent of a passive, or is a conjunct of one."""
    first = first_conjunct(token)
    return first.dep_ in SUBJECTS or (first.dep_ == "pobj" and first.head.dep_ == "agent")


def role_word(noun: Token) -> str:
    """Return a word for comparing roles: equal for "spokesman" and "spokeswoman", "Sen." and "senator"."""
    word = long_form(noun.lower_.removesuffix("-elect").removeprefix("ex-").removeprefix("vice-"))
    return next(bare_roles(word), same_role(word))


def bare_roles(word: str) -> Iterator[str]:
    """Yield a role without each of its endings: "chair" for "chairman"."""
    for ending in ordered_words(__name__, "endings"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            yield word.removesuffix(ending)


def same_role(word: str) -> str:
    """Return a noun that means the same: "minister" for a premier, "head" for "chief"."""
    return "minister" if is_premier(word) else {"chief": "head"}.get(word, word)


def is_premier(word: str) -> bool:
    """Return True if a word is a prime minister's office."""
    return word in word_set(__name__, "premiers")


def long_form(word: str) -> str:
    """Return the long form of an abbreviated rank; any other word unchanged."""
    return _long_forms().get(word.removesuffix("."), word)


@cache
def _long_forms() -> Mapping[str, str]:
    return {str(short): str(long) for short, long in read_lexicon(__name__)["long_forms"].items()}
