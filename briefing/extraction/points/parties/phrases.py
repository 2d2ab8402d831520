"""Whom a noun phrase names as a party: entities, groups by a common noun, or whose thing it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, prepositional, subjects
from briefing.language.analysis import Analysis, Entity
from briefing.language.lexicon import word_set

_LEXICON = "positions"
# Labels of what stands within a noun phrase and may name whose thing it is.
_OWNERS = frozenset({"poss", "amod", "compound", "nmod", "appos"})
_OWNING = frozenset({"of", "by", "from", "between", "among"})
_BELONGING = frozenset({"of", "from", "in", "at"})
_EXAMPLES = frozenset({"as", "like", "including"})
_OURS = frozenset({"we", "our", "us", "ours"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "quantmod"})
_NO_PARTY = frozenset({"no", "any", "some", "a", "an", "another", "every", "each"})
_PARTICULAR = ("institutions", "firms", "crowds", "regimes")
_BODIES = ("institutions", "private", "localities")
_SIDES = ("agreeing", "accords", "terms", "carrying", "asking")  # "agreed with X", "the deal with X", "the votes of X"
_PEOPLE = ("bodies", "institutions", "crowds")
_GROUPS = ("bodies", "institutions", "private", "crowds")
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_QUANTITIES = frozenset({"many", "several", "other", "most", "all", "few", "more", "multiple", "various", "both"})
_KNOWN = frozenset({"government", "opposition"})  # which one is meant is clear in an article on one country
_SHARES = frozenset({"group", "number", "majority", "handful", "dozen", "pair", "couple"})
_DIRECTIONS = frozenset({"North", "South", "East", "West"})
_UNNAMED = "a group by a common noun"
_STATES = frozenset({"country", "nation", "state"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_COMPANIES = frozenset({"group", "house"})  # names of companies end so, too
_DOING = frozenset({"nsubj", "nsubjpass", "poss"})
_NO_NAMES = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "EVENT", "LAW", "LANGUAGE"}
)
# Deepest that a noun phrase is searched for whose it is.
_DEPTH = 4
_MOST_JOINED = 20  # parties that one list names; beyond them it is a table


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
            glosses = [child for child in token.rights if child.dep_ == "appos" and self.analysis.entities_of(child)]
            if glosses:
                return [party for gloss in glosses for party in self.named(gloss, depth + 1)]
        found = [party_of(entity, token) for entity in self._referents(token) if _acts(entity, token)]
        if found and token.pos_ == "NOUN" and token.lemma_.lower() in word_set(_LEXICON, "bodies"):
            states = [party for owner in _owners(token) for party in self.named(owner, depth + 1) if party.entity]
            states += [party for party in found if party.entity is not None and party.entity.kind == "country"]
            if len(unique(states)) > 1:  # "representatives of Norway and Chile"
                return states
        if len(found) == 1 and token.pos_ == "NOUN":
            found = [replace(found[0], home=self._home(token))]
        if not found and self.speaker is not None and (token.lower_ in _OURS or token.lower_ == "they"):
            found = [replace(party_of(self.speaker), at=token.i, rule="whoever speaks")]
        if not found and depth < _DEPTH:
            found = self._owning(token, depth)
        if not found and not self.strict and _is_doer(token):
            found = _named_by(token)
        return found

    def _home(self, token: Token) -> Entity | None:
        """Return the state of an office or body that is known by a common noun: "the French foreign minister"."""
        owners = (entity for child in _owners(token) for entity in self.analysis.entities_of(child))
        return next((entity for entity in owners if entity.kind == "country"), None)

    def _referents(self, token: Token) -> tuple[Entity, ...]:
        """Return whom a mention refers to; nobody where their number is not the one written: "the four parties"."""
        entities = self.analysis.entities_of(token)
        if token.pos_ == "NOUN" and any(child.lower_ in _NO_PARTY and child.dep_ == "det" for child in token.lefts):
            return tuple(entity for entity in entities if _is_introduced(entity, token))
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
        if lemma in word_set(_LEXICON, "bystanders"):
            return []
        if lemma in _SHARES and any(child.lower_ == "a" for child in token.lefts):  # "a group of Danish lawmakers"
            shared = (party for word in prepositional(token, ("of",)) for party in self.named(word, depth + 1))
            return [replace(party, plural=True) for party in shared]
        sent = self._sent(token, depth)
        if len(sent) > 1:
            return sent
        group = _group(token)
        if lemma == "counterpart":  # "his Chilean counterpart", "her counterpart from Chile"
            return [p for owner in _owners(token) if owner.dep_ != "poss" for p in self.named(owner, depth + 1)]
        related = lemma in word_set(_LEXICON, "related") and any(child.dep_ == "poss" for child in token.lefts)
        if related or lemma in word_set(_LEXICON, "crowds") or lemma in word_set(_LEXICON, "private"):
            owned = {"compound", "nmod"} | ({"poss"} if lemma in word_set(_LEXICON, "holdings") else set())
            names = [child for child in token.lefts if child.dep_ in owned and child.pos_ == "PROPN"]
            named = [party for child in names for party in self.named(child, depth + 1) if party.entity is not None]
            if named and all(party.entity is not None and party.entity.kind != "country" for party in named):
                return named  # "the Hezbollah militant group"
            return [group] if group is not None else self._proposers(token, depth)
        owners = [party for owner in _owners(token) for party in self.named(owner, depth + 1)]
        owners = [party for party in owners if party.entity is not None] or owners
        if group is not None and (not owners or lemma in word_set(_LEXICON, "institutions")):
            home = next((party.entity for party in owners if party.entity is not None), None)
            return [replace(group, home=home)]
        if not owners and depth == 0:
            return self._earlier(token)
        return owners

    def _sent(self, token: Token, depth: int) -> list[Party]:
        """Return the bodies that people come from: "lawmakers from the Left and the Greens"."""
        if token.tag_ != "NNS" or not any(token.lemma_.lower() in word_set(_LEXICON, name) for name in _PEOPLE):
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
        if lemma not in word_set(_LEXICON, "proposals") or not pointed or pointed[0] not in _POINTING:
            return []
        for index in reversed(self.nouns.get(lemma, ())):
            if index < token.i:
                noun = token.doc[index]
                owners = [party for owner in _owners(noun) for party in self.named(owner, 1)]
                if owners:
                    return owners
                verb = governing_verb(noun)
                if verb is not None and verb.lemma_.lower() in word_set(_LEXICON, "proposing") and noun.dep_ == "dobj":
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
    if words[-1] in word_set(_LEXICON, "accords") and not word_set(_LEXICON, "collectives").intersection(words):
        return False  # a treaty, not a "government of national accord"
    if token.pos_ == "ADJ" and entity.kind != "country":
        return False
    return entity.kind is not None


def _is_doer(token: Token) -> bool:
    """Say whether a word stands where one acts, owns or is opposed: a subject, a possessor, after "by", "against"."""
    node = token
    while node.dep_ == "conj":
        node = node.head
    if node.dep_ != "pobj":
        return node.dep_ in _DOING
    host = node.head
    if host.lower_ in ("with", "of") and any(host.head.lemma_.lower() in word_set(_LEXICON, name) for name in _SIDES):
        return True
    return host.lower_ in ("by", "against") or (host.lower_ == "to" and host.head.lemma_.lower() in ("visit", "trip"))


def _named_by(token: Token) -> list[Party]:
    """Return a party by the name that the text gives it, where nothing else tells who it is."""
    if token.pos_ != "PROPN" or token.ent_type_ in _NO_NAMES or token.text in _DIRECTIONS:
        return []
    words = [child for child in token.lefts if child.dep_ in _MODIFIERS and child.pos_ == "PROPN"]
    start = words[0].i if words and words[-1].i == token.i - 1 else token.i
    name = " ".join(token.doc[start : token.i + 1].text.split())
    return (
        [Party(name, None, at=token.i, rule="by the name alone")]
        if name[:1].isupper() and name.split()[-1].lower() not in word_set(_LEXICON, "accords")
        else []
    )


def _is_introduced(entity: Entity, token: Token) -> bool:
    """Say whether a phrase with "a" introduces an actor that has no name: "a Dutch court"."""
    return entity.kind in ("person", "organisation") and entity.name.split()[-1].lower() == token.lower_


def party_of(entity: Entity, head: Token | None = None) -> Party:
    """Return an entity as a party; *head* tells whether it is many: "Democrats"."""
    words = {word.casefold().strip(".,") for word in entity.name.split()}
    many = bool(words & (word_set(_LEXICON, "assemblies") | word_set(_LEXICON, "unions")) - _COMPANIES)
    plurals = ("NNS", "NNPS") if entity.kind == "group" else ("NNS",)  # "Almeida Motors" is one
    several = head is not None and head.tag_ in plurals and entity.kind != "country"
    plural = several or (many and entity.kind in ("organisation", "group"))
    return Party(entity.name, entity, plural, at=head.i if head is not None else None)


def _group(token: Token) -> Party | None:
    """Return the group that a common noun names: "opposition leaders", "the union"; None for one unnamed person."""
    lemma = token.lemma_.lower()
    if token.lower_ in word_set(_LEXICON, "unions") and token.text.isupper():
        return Party(token.text, None, True, at=token.i, rule=_UNNAMED)
    if token.pos_ != "NOUN" or not any(lemma in word_set(_LEXICON, name) for name in _GROUPS):
        return None
    lefts = [child for child in token.lefts if child.dep_ in (*_MODIFIERS, "det")]
    if any(child.lower_ in _NO_PARTY and child.dep_ == "det" for child in lefts) and not (
        _are_some(token) or _is_particular(token)
    ):
        return None
    if lemma == "head" and any(word.lower_ == "state" for word in prepositional(token, ("of",))):
        return None
    if any(child.lower_ == "both" for child in lefts) and not is_told(token):
        return None  # which two is for the text before to tell
    if lemma == "opposition" and any(child.lower_ == "to" for child in token.rights):
        return None
    plural = token.tag_ == "NNS"
    if not plural and lemma not in word_set(_LEXICON, "collectives") and not _is_particular(token):
        return None
    modifiers = [child for child in lefts if child.dep_ in _MODIFIERS and child.lower_ not in _QUANTITIES]
    alone = not is_told(token) and all(child.pos_ == "NUM" for child in modifiers)
    if (
        alone
        and (lemma in word_set(_LEXICON, "anaphors") or lemma in word_set(_LEXICON, "bodies"))
        and lemma not in _KNOWN
    ):
        return None
    if lemma in _STATES and not any(child.pos_ == "NUM" or child.text[:1].isupper() for child in modifiers):
        return None
    start = min((word.i for child in modifiers for word in child.subtree), default=token.i)
    name = " ".join(token.doc[start : token.i + 1].text.split())
    several = word_set(_LEXICON, "assemblies") & word_set(_LEXICON, "collectives")
    return Party(name, None, plural or lemma in several, at=token.i, rule=_UNNAMED)


def body_of(noun: Token) -> list[Party]:
    """Return the one body that a common noun names with words of its own: "the ferry company", "the museum"."""
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or noun.tag_ == "NNS" or not any(lemma in word_set(_LEXICON, name) for name in _BODIES):
        return []
    named = next((gloss for gloss in noun.rights if gloss.dep_ == "appos" and gloss.pos_ == "PROPN"), None)
    if named is not None:
        start = min((child.i for child in named.lefts if child.dep_ in _MODIFIERS), default=named.i)
        return [Party(noun.doc[start : named.i + 1].text, None, at=noun.i, rule="by the name alone")]
    lefts = [child for child in noun.lefts if child.dep_ in (*_MODIFIERS, "poss")]
    place = next((word for word in prepositional(noun, ("of",)) if word.pos_ == "PROPN"), None)
    pointing = any(child.lower_ in ("the", "his", "her", "their", "its") for child in noun.lefts)
    if not (lefts or place is not None or (pointing and lemma not in word_set(_LEXICON, "anaphors"))):
        return []
    start = min((word.i for child in lefts for word in child.subtree if word.dep_ != "det"), default=noun.i)
    end = place.i if place is not None and place.i == noun.i + 2 else noun.i
    return [Party(noun.doc[start : end + 1].text, None, at=noun.i, rule=_UNNAMED)]


def _is_particular(noun: Token) -> bool:
    """Say whether a name before it tells which one is meant: "the Oslo court", "a Dutch judge", "a Danish firm"."""
    named = any(child.dep_ in _MODIFIERS and child.text[:1].isupper() for child in noun.lefts)
    return (
        named
        and noun.lemma_.lower() not in word_set(_LEXICON, "related")
        and any(noun.lemma_.lower() in word_set(_LEXICON, name) for name in _PARTICULAR)
    )


def _are_some(noun: Token) -> bool:
    """Say whether a noun is "some residents who", "some Baltic states": not all, but words beside it tell which."""
    known = is_told(noun) or any(child.dep_ in _MODIFIERS and child.text[:1].isupper() for child in noun.lefts)
    return noun.tag_ == "NNS" and known and any(child.lower_ == "some" for child in noun.lefts)


def is_told(noun: Token) -> bool:
    """Say whether words right after a noun tell which is meant: "parties that push for change"."""
    return any(child.left_edge.i == noun.i + 1 and not child.is_punct for child in noun.rights)


def _examples(token: Token) -> Iterator[Token]:
    """Yield what a group is said to include: "countries such as X and Y"; of "both countries" it is known."""
    if any(child.lower_ == "both" for child in token.lefts):
        return
    yield from prepositional(token, _EXAMPLES)


def _owners(token: Token) -> Iterator[Token]:
    """Yield what may name the owner of a thing, the home of a body or the doer of a deed."""
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ in _OWNERS:
            yield child
    if lemma in word_set(_LEXICON, "bodies"):
        spoken = {"for"} if lemma in word_set(_LEXICON, "mouthpieces") else frozenset()
        yield from prepositional(token, _BELONGING | spoken)
        return
    suffered = lemma in word_set(_LEXICON, "deeds")
    yield from prepositional(token, _OWNING - {"of"} if suffered else _OWNING)
    if lemma in word_set(_LEXICON, "accords") or lemma in word_set(_LEXICON, "ties"):
        yield from prepositional(token, ("with",))
    for child in token.rights:
        if child.dep_ == "relcl" or (child.dep_ == "acl" and (child.tag_ == "VBN" or _has_doer(child))):
            yield from subjects(child)
    for inner in prepositional(token, ("into", "on", "for")):  # "an inquiry into the riot that X had asked for"
        for child in inner.rights:
            if child.dep_ == "relcl" and child.lemma_.lower() in word_set(_LEXICON, "proposing") and _has_doer(child):
                yield from subjects(child)


def _has_doer(clause: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in clause.lefts)
