"""Whom a noun phrase names as a party: entities, groups by a common noun, or whose thing it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, is_in, listed
from briefing.extraction.points.parties.groups import MODIFIERS, NO_PARTY, group_of
from briefing.extraction.points.parties.owners import is_deed, owners_of
from briefing.extraction.points.parties.party import Party, party_of, unique
from briefing.language.analysis import Analysis, Entity
from briefing.language.neighbours import token_before, word_before
from briefing.language.syntax import is_subject_read_before
from briefing.runtime.lexicon import word_set

_EXAMPLES = frozenset({"as", "like", "including"})
_OURS = frozenset({"we", "our", "us", "ours"})
_SIDES = ("agreeing", "accords", "terms", "carrying", "asking")  # "agreed with X", "the deal with X", "the votes of X"
_PEOPLE = ("bodies", "institutions", "crowds")
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SHARES = frozenset({"group", "number", "majority", "handful", "dozen", "pair", "couple"})
_DIRECTIONS = frozenset({"North", "South", "East", "West"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_NATIONS = frozenset({"country", "state", "nation", "government"})
_NAMED = frozenset({"GPE", "ORG", "PERSON", "NORP"})
_SUFFERED = frozenset({"accuse", "punish", "prosecute", "coerce"})  # lists of what is done to somebody
_MANY = frozenset({"they", "them"})
# Prepositions and the nouns before them that say to or into whom something goes.
_AIMED = {
    "to": ("visit", "trip", "ultimatum", "warning", "threat", "protest"),
    "into": ("investigation", "probe", "inquiry"),
}
_DOING = frozenset({"nsubj", "nsubjpass", "poss"})
_NO_NAMES = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "EVENT", "LAW", "LANGUAGE"}
)
# Deepest that a noun phrase is searched for whose it is.
_DEPTH = 4
_MOST_JOINED = 20  # parties that one list names; beyond them it is a table


@dataclass(frozen=True, slots=True)
class PhraseReader:
    """Reads the parties of noun phrases where a certain speaker has the word."""

    analysis: Analysis
    speaker: Entity | None
    nouns: Mapping[str, Sequence[int]]  # where each proposal noun stands
    strict: bool = False  # only who is an actor of the article or a group, nobody by a mere name

    def parties(self, tokens: Iterable[Token]) -> list[Party]:
        """Return the parties that several phrases name."""
        return [party for token in tokens for party in self.named(token)]

    def named(self, token: Token, depth: int = 0) -> list[Party]:
        """Return the parties that a phrase names: its head and what is joined to it, or whose things they are."""
        found = self._single(token, depth)
        if depth < _DEPTH and any(child.dep_ == "conj" for child in token.rights):
            joined = [other for other in token.conjuncts if other.i > token.i][:_MOST_JOINED]
            found += [party for other in joined for party in self._single(other, depth + 1)]
        return found

    def _single(self, token: Token, depth: int) -> list[Party]:
        if token.pos_ in ("PRON", "NOUN") and depth < _DEPTH:  # "we [Norway and Chile]", "the envoy, Ana Sá"
            glosses = [child for child in token.rights if _is_gloss(child) and self.analysis.entities_of(child)]
            if glosses:
                return [party for gloss in glosses for party in self.named(gloss, depth + 1)]
        found = [party_of(entity, token) for entity in self._referents(token) if _acts(entity, token)]
        if found and depth < _DEPTH and token.pos_ == "NOUN" and _are_people(token):
            states = [party for owner in owners_of(token) for party in self.named(owner, depth + 1) if party.entity]
            states += [party for party in found if party.entity is not None and party.entity.kind == "country"]
            if len(unique(states)) > 1:  # "representatives of Norway and Chile"
                return states
        if len(found) == 1 and token.pos_ == "NOUN":
            found = [replace(found[0], home=self._home(token))]
        if not found and self.speaker is not None and (token.lower_ in _OURS or self._is_many(token)):
            found = [replace(party_of(self.speaker), at=token.i, rule="whoever speaks")]
        if not found and token.lower_ in _MANY and not self.strict:
            found = self._group_before(token)
        if not found and depth < _DEPTH:
            found = self._told_beside(token, depth) or self._own_state(token) or self._owning(token, depth)
        if not found and not self.strict and _is_doer(token):
            found = _named_by(token)
        return found

    def _is_many(self, token: Token) -> bool:
        """Say whether "they" may be whoever speaks: a body, no single person."""
        return token.lower_ == "they" and self.speaker is not None and self.speaker.kind != "person"

    def _group_before(self, token: Token) -> list[Party]:
        """Return the group without a name that "they" takes up: "The drivers left. They"."""
        sentence = self.analysis.sentence_of(token.i)
        earlier = self.analysis.sentence_of(sentence.first - 1) if sentence is not None and sentence.first else None
        for near in (sentence, earlier):
            words = self.analysis.doc[near.first : min(near.last, token.i)] if near is not None else ()
            for word in reversed(tuple(words)):
                group = group_of(word) if word.tag_ == "NNS" and word.dep_ in _DOING else None
                if group is not None:
                    return [replace(group, rule="the group last named")]
        return []

    def _told_beside(self, token: Token, depth: int) -> list[Party]:
        """Return who is said to be a body that a clause tells more of: "X is the group that", "X, the group which"."""
        if token.pos_ != "NOUN" or not any(child.dep_ == "relcl" for child in token.rights):
            return []
        before = token_before(token.left_edge, 2) if word_before(token.left_edge) == "," else None
        if token.dep_ == "appos":
            named: tuple[Token, ...] = (token.head,)
        elif token.dep_ == "npadvmod" and before is not None:  # read so after a name: "of Hamas, the group that"
            named = (before,)
        elif token.dep_ == "attr" and token.head.lemma_ == "be":
            named = tuple(child for child in token.head.lefts if child.dep_ == "nsubj")
        else:
            return []
        found = [party for word in named for party in self.named(word, depth + 1)]
        return [party for party in found if party.entity is not None and party.entity.kind != "country"]

    def _home(self, token: Token) -> Entity | None:
        """Return the state of an office or body that is known by a common noun: "the French foreign minister"."""
        owners = (entity for child in owners_of(token) for entity in self.analysis.entities_of(child))
        return next((entity for entity in owners if entity.kind == "country"), None)

    def _referents(self, token: Token) -> tuple[Entity, ...]:
        """Return whom a mention refers to; nobody where their number is not the one written: "the four parties"."""
        entities = self.analysis.entities_of(token)
        if token.pos_ == "NOUN" and any(child.lower_ in NO_PARTY and child.dep_ == "det" for child in token.lefts):
            return tuple(entity for entity in entities if _is_introduced(entity, token) or _are_any(entity, token))
        for child in token.lefts:
            if child.dep_ == "nummod" and _NUMBERS.get(child.lower_, len(entities)) != len(entities):
                return ()
        return entities

    def _owning(self, token: Token, depth: int) -> list[Party]:
        """Return whose thing a common noun names, or the group that it names itself."""
        found = [party for example in _examples(token) for party in self.named(example, depth + 1)]
        if found:
            return found
        lemma = token.lemma_.lower()
        if lemma in word_set(LEXICON, "bystanders"):
            return []
        if lemma in _SHARES and any(child.lower_ == "a" for child in token.lefts):  # "a group of Danish lawmakers"
            shared = (party for word in prepositional(token, ("of",)) for party in self.named(word, depth + 1))
            return [replace(party, plural=True) for party in shared]
        sent = self._sent(token, depth)
        if len(sent) > 1:
            return sent
        group = group_of(token)
        if lemma == "counterpart":  # "his Chilean counterpart", "her counterpart from Chile"
            return [p for owner in owners_of(token) if owner.dep_ != "poss" for p in self.named(owner, depth + 1)]
        related = lemma in word_set(LEXICON, "related") and any(child.dep_ == "poss" for child in token.lefts)
        if related or lemma in word_set(LEXICON, "crowds") or lemma in word_set(LEXICON, "private"):
            owned = {"compound", "nmod"} | ({"poss"} if lemma in word_set(LEXICON, "holdings") else set())
            names = [child for child in token.lefts if child.dep_ in owned and child.pos_ == "PROPN"]
            named = [party for child in names for party in self.named(child, depth + 1) if party.entity is not None]
            if named and all(party.entity is not None and party.entity.kind != "country" for party in named):
                return named  # "the Hezbollah militant group"
            return [group] if group is not None else self._proposers(token, depth)
        owners = [party for owner in owners_of(token) for party in self.named(owner, depth + 1)]
        owners = [party for party in owners if party.entity is not None] or owners
        if group is not None and (not owners or lemma in word_set(LEXICON, "institutions")):
            home = next((party.entity for party in owners if party.entity is not None), None)
            return [replace(group, home=home)]
        if not owners and depth == 0:
            return self._earlier(token)
        return owners

    def _own_state(self, token: Token) -> list[Party]:
        """Return the state of "her country", "our government", by whose it is."""
        if token.lemma_.lower() not in _NATIONS:
            return []
        for child in token.lefts:
            entities = self.analysis.entities_of(child)
            if child.dep_ != "poss" or child.pos_ != "PRON":
                continue
            if not entities and self.speaker is not None and child.lower_ in _OURS:
                entities = (self.speaker,)
            homes = {role.affiliation for entity in entities if entity.kind == "person" for role in entity.roles}
            return [
                replace(party_of(state), at=token.i, rule="the state of who is named")
                for state in self.analysis.entities
                if state.kind == "country" and state.name in homes
            ]
        return []

    def _sent(self, token: Token, depth: int) -> list[Party]:
        """Return the bodies that people come from: "lawmakers from the Left and the Greens"."""
        if token.tag_ != "NNS" or not _are_people(token):
            return []
        found = [party for word in prepositional(token, ("from",)) for party in self.named(word, depth + 1)]
        return [party for party in found if party.entity is not None]

    def _proposers(self, token: Token, depth: int) -> list[Party]:
        """Return who made a thing, where the words after it tell: "the alliance proposed by X"."""
        made = (child for child in token.rights if child.dep_ == "acl" and child.tag_ == "VBN")
        return [party for child in made for doer in subjects(child) for party in self.named(doer, depth + 1)]

    def _earlier(self, token: Token) -> list[Party]:
        """Return whose "the plan", "this demand" is by where the text spoke of it before."""
        lemma = token.lemma_.lower()
        pointed = [child.lower_ for child in token.lefts if child.dep_ == "det"]
        if lemma not in word_set(LEXICON, "proposals") or not pointed or pointed[0] not in _POINTING:
            return []
        for index in reversed(self.nouns.get(lemma, ())):
            if index < token.i:
                noun = token.doc[index]
                owners = [party for owner in owners_of(noun) for party in self.named(owner, 1)]
                if owners:
                    return owners
                verb = governing_verb(noun)
                if verb is not None and is_in(verb, "proposing") and noun.dep_ == "dobj":
                    return [party for subject in subjects(verb) for party in self.named(subject, 1)]
        if pointed[0] == "the":
            return []
        return [
            party
            for child in token.head.lefts  # "While X asked for more time, Y criticised this request"
            if child.dep_ == "advcl"
            for subject in subjects(child)
            for party in self.named(subject, 1)
        ]


def _acts(entity: Entity, token: Token) -> bool:
    """Say whether an entity can be a party: an actor, no treaty, no adjective but that of a state."""
    words = entity.name.lower().split()
    if words[-1] in word_set(LEXICON, "accords") and not word_set(LEXICON, "collectives").intersection(words):
        return False  # a treaty, not a "government of national accord"
    if token.pos_ == "ADJ" and entity.kind != "country":
        return False
    return entity.kind is not None


def _are_people(token: Token) -> bool:
    return any(is_in(token, name) for name in _PEOPLE)


def _is_gloss(child: Token) -> bool:
    return child.dep_ == "appos" and not is_subject_read_before(child)


def _is_doer(token: Token) -> bool:
    """Say whether a word stands where one acts, owns or is opposed: a subject, a possessor, after "by", "against"."""
    node = token
    while node.dep_ == "conj":
        node = node.head
    if node.dep_ == "dobj" and node.ent_type_ in _NAMED:  # "sued Texas", "banned Twitter"
        found = listed("verbs", node.head)
        return found is not None and found[0].name in _SUFFERED
    if node.dep_ != "pobj":
        return node.dep_ in _DOING
    host = node.head
    if host.lower_ in ("with", "of") and any(is_in(host.head, name) for name in _SIDES):
        return True
    aimed = host.head.lemma_.lower() in _AIMED.get(host.lower_, ())
    fought = host.lower_ == "on" and is_in(host.head, "campaigns")  # "its war on X"
    return aimed or fought or host.lower_ in ("by", "against", "between", "among")


def _named_by(token: Token) -> list[Party]:
    """Return a party by the name that the text gives it, where nothing else tells who it is."""
    if token.pos_ != "PROPN" or token.ent_type_ in _NO_NAMES or token.text in _DIRECTIONS or _is_thing(token):
        return []
    words = [child for child in token.lefts if child.dep_ in MODIFIERS and child.pos_ == "PROPN"]
    start = words[0].i if words and words[-1].i == token.i - 1 else token.i
    name = " ".join(token.doc[start : token.i + 1].text.split())
    return (
        [Party(name, None, at=token.i, rule="by the name alone")]
        if name[:1].isupper() and name.split()[-1].lower() not in word_set(LEXICON, "accords")
        else []
    )


def _is_thing(token: Token) -> bool:
    """Say whether a word with a capital is a common noun elsewhere, or names a deed: "the Wall", "Missile Test"."""
    return is_deed(token) or any(word.lower_ == token.lower_ and word.pos_ == "NOUN" for word in token.doc)


def _is_introduced(entity: Entity, token: Token) -> bool:
    """Say whether a phrase with "a" introduces an actor that has no name: "a Dutch court"."""
    return entity.kind in ("person", "organisation") and entity.name.split()[-1].lower() == token.lower_


def _are_any(entity: Entity, token: Token) -> bool:
    """Say whether a phrase means whoever there is of a state: "any Dutch troops"."""
    return entity.kind == "country" and token.tag_ == "NNS" and any(child.lower_ == "any" for child in token.lefts)


def _examples(token: Token) -> Iterator[Token]:
    """Yield what a group is said to include: "countries such as X and Y"; of "both countries" it is known."""
    if any(child.lower_ == "both" for child in token.lefts) or token.tag_ != "NNS":
        return
    yield from prepositional(token, _EXAMPLES)
