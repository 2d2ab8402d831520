"""Between whom a point of agreement or disagreement stands: the parties of a cue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from briefing.extraction.position_cues import Cue
from briefing.extraction.position_grammar import clauses_below, governing_verb, objects, prepositional, subjects
from briefing.language.analysis import Analysis, Attribution, Entity
from briefing.language.lexicon import word_set

_LEXICON = "positions"
# Labels of what stands within a noun phrase and may name whose thing it is.
_OWNERS = frozenset({"poss", "amod", "compound", "nmod", "appos"})
_OWNING = frozenset({"of", "by", "from", "between", "among"})
_BELONGING = frozenset({"of", "from", "in", "at"})
_EXAMPLES = frozenset({"as", "like", "including"})
_OURS = frozenset({"we", "our", "us", "ours"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "quantmod"})
_ACTING = frozenset({"PERSON", "ORG", "NORP"})
_NO_PARTY = frozenset({"no", "any", "some", "a", "an", "another", "every", "each"})
_UTTERING = frozenset({"express", "voice", "raise", "reiterate"})
_GROUPS = ("bodies", "institutions", "crowds")
_QUANTITIES = frozenset({"many", "several", "other", "most", "all", "few", "more", "multiple", "various", "both"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
# Deepest that a noun phrase is searched for whose it is.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a point concerns: an entity, or a group that the text names by a common noun ("opposition leaders")."""

    name: str
    entity: Entity | None
    plural: bool = False  # more than one mind by itself: "the two sides", "councillors"
    home: Entity | None = None  # the state or body that a group belongs to

    @property
    def key(self) -> str:
        """What two mentions of one party share."""
        return self.name.casefold()


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties to a cue and the person or body whose words it rests on."""

    holders: tuple[Party, ...]
    others: tuple[Party, ...]
    speaker: Entity | None


@dataclass(frozen=True, slots=True)
class Speech:
    """Which attribution holds each token: the innermost, that is the shortest."""

    by_token: Mapping[int, Attribution]
    nouns: Mapping[str, Sequence[int]]  # indexes of the nouns that name a proposal, by lemma

    @classmethod
    def of(cls, analysis: Analysis) -> "Speech":
        """Return the table of an article."""
        starts = {token.idx: token.i for token in analysis.doc}
        table: dict[int, Attribution] = {}
        longest_first = sorted(analysis.attributions, key=lambda a: -sum(r.end - r.start for r in a.content))
        for attribution in longest_first:
            for stretch in attribution.content:
                for offset in range(stretch.start, stretch.end):
                    if offset in starts:
                        table[starts[offset]] = attribution
        nouns: dict[str, list[int]] = {}
        for token in analysis.doc:
            lemma = token.lemma_.lower()
            if token.pos_ == "NOUN" and lemma in word_set(_LEXICON, "proposals"):
                nouns.setdefault(lemma, []).append(token.i)
        return cls(table, nouns)


def sides_of(cue: Cue, analysis: Analysis, speech: Speech) -> Sides:
    """Return who holds the position of a cue and on whose it bears; both may be empty."""
    attribution = speech.by_token.get(cue.token.i)
    speaker = None
    if attribution is not None and attribution.speaker is not None:
        speaker = analysis.entities[attribution.speaker]
    finder = _Finder(analysis, speaker, speech.nouns)
    holders, others = finder.fault(cue) if cue.frame == "fault" else finder.stated(cue)
    held = {party.key for party in holders}
    return Sides(_unique(holders), _unique(party for party in others if party.key not in held), speaker)


def _unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple({party.key: party for party in parties}.values())


def in_office(sides: Sides, analysis: Analysis) -> Sides:
    """Return the sides with those who speak for a state or body replaced by it.

    A spokesman or envoy always does; who holds another office of a country does where the other side is foreign.
    """
    named = {entity.name: entity for entity in analysis.entities}
    homes = [_home(party, named) for party in (*sides.holders, *sides.others)]
    foreign = len({home.index for home in homes if home is not None}) > 1

    def replaced(parties: Iterable[Party]) -> tuple[Party, ...]:
        return _unique(_principal(party, named, foreign=foreign) for party in parties)

    holders = replaced(sides.holders)
    held = {party.key for party in holders}
    return Sides(holders, tuple(p for p in replaced(sides.others) if p.key not in held), sides.speaker)


def _principal(party: Party, named: Mapping[str, Entity], *, foreign: bool) -> Party:
    if party.home is not None and foreign:
        return _party(party.home)
    if party.entity is None or party.entity.kind != "person":
        return party
    for role in party.entity.roles:
        body = named.get(role.affiliation or "")
        if body is None or body.kind is None:
            continue
        words = {word.casefold() for word in role.text.split()}
        if words & word_set(_LEXICON, "mouthpieces") or (foreign and body.kind == "country"):
            return _party(body)
    return party


def _home(party: Party, named: Mapping[str, Entity]) -> Entity | None:
    """Return the state or body that a party is or belongs to."""
    if party.entity is None or party.entity.kind != "person":
        return party.home or party.entity
    bodies = (named.get(role.affiliation or "") for role in party.entity.roles)
    return next((body for body in bodies if body is not None and body.kind == "country"), party.entity)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for the parties of one cue."""

    analysis: Analysis
    speaker: Entity | None
    nouns: Mapping[str, Sequence[int]]  # where each proposal noun stands

    def stated(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who holds the position, by the grammar of the cue's frame, and on whose it bears."""
        if cue.frame == "noun":
            return self._mutual_noun(cue) if cue.mutual else self._directed_noun(cue)
        holders = self._of(subjects(cue.predicate))
        if cue.mutual:
            return self._mutual(cue, holders)
        if cue.frame == "demand":
            targets = (*subjects(cue.token), *objects(cue.predicate))
            return holders, self._of(targets) or self._of(prepositional(cue.predicate, ("on", "to")))
        others: list[Party] = []
        if cue.preposition:
            others = self._of(prepositional(cue.token, (cue.preposition,)))
        others = others or self._of(objects(cue.predicate if cue.frame == "verb" else cue.token))
        if cue.frame == "accord":
            others += self._of(prepositional(cue.predicate, ("with", "to", "from", "against")))
            others += self._of(prepositional(cue.token, ("with", "to", "from", "against", "on")))
            return holders, others or self._of((cue.token,))
        return holders, others or self._complement(cue)

    def fault(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who finds fault and whose thing it is."""
        if cue.kind == "faults":
            found = [word for word in (*objects(cue.predicate), *subjects(cue.token)) if word.i != cue.token.i]
            return self._of(subjects(cue.predicate)), self._of(found)
        holders = [_party(self.speaker)] if self.speaker is not None else []
        return holders, self._of(subjects(cue.predicate))

    def _mutual(self, cue: Cue, holders: list[Party]) -> tuple[list[Party], list[Party]]:
        others = self._of(prepositional(cue.predicate, ("with", "between", "among", "from")))
        others += self._of(prepositional(cue.token, ("with", "between", "among")))
        if cue.frame == "joint":
            return holders, []
        if len({party.key for party in holders + others}) < 2:
            others += self._complement(cue)
        return holders, others

    def _mutual_noun(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        noun, verb = cue.token, cue.predicate
        between = self._of(prepositional(noun, ("between", "among")))
        if len(between) >= 2 or any(child.lower_ in ("between", "among") for child in noun.rights):
            return between, []
        own = between + self._of(child for child in noun.lefts if child.dep_ == "poss")
        own += self._of(prepositional(noun, ("of",)))
        others = self._of(prepositional(noun, ("with", "against")))
        if not own and verb.lemma_.lower() in word_set(_LEXICON, "disputing"):
            own = self._subjects(noun, verb)
        return own, others

    def _directed_noun(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        noun, verb = cue.token, cue.predicate
        own = self._of(child for child in noun.lefts if child.dep_ in ("poss", "amod", "compound"))
        own += self._of(prepositional(noun, ("by", "from")))
        others = self._of(
            prepositional(noun, ("against", "on", "over", "of", "to", "at", "for", "into", "toward", "towards"))
        )
        if noun.i == verb.i:
            return ([], []) if cue.kind == "displeasure" else (own, others)
        if noun.dep_ == "pobj" and noun.head.lower_ in ("despite", "over", "amid"):
            return own, others or self._subjects(noun, verb)
        if _is_object(noun, verb):
            lemma = verb.lemma_.lower()
            if lemma in word_set(_LEXICON, "receiving"):
                return own, self._subjects(noun, verb) + others
            if lemma not in word_set(_LEXICON, "voicing") or (cue.kind == "displeasure" and lemma not in _UTTERING):
                return [], []
            own = own or self._subjects(noun, verb)
            others += self._of(prepositional(verb, ("against", "on", "to")))
        return own, others

    def _subjects(self, noun: Token, verb: Token) -> list[Party]:
        return [] if noun.i == verb.i or noun.dep_ == "nsubj" else self._of(subjects(verb))

    def _complement(self, cue: Cue) -> list[Party]:
        """Return the parties named in what a cue is about: "agreed to lift a ban on imports of British beef"."""
        found: list[Party] = []
        for node in (cue.token, cue.predicate) if cue.token.i != cue.predicate.i else (cue.token,):
            found += self._of(prepositional(node, ("of", "for", "to", "on", "over", "against", "about", "at", "by")))
            for clause in clauses_below(node):
                found += self._clause(clause)
        return found

    def _clause(self, clause: Token, depth: int = 0) -> list[Party]:
        things = objects(clause)
        found = self._of(subjects(clause)) + self._of(things)
        for thing in things:  # "refused to lift the ban on Danish beef"
            if thing.lemma_.lower() in word_set(_LEXICON, "impositions"):
                found += self._of(prepositional(thing, ("on", "against")))
        found += self._of(prepositional(clause, ("with", "to", "from", "against", "for", "on", "of")))
        if depth < _DEPTH:
            for inner in clauses_below(clause):
                found += self._clause(inner, depth + 1)
        return found

    def _of(self, tokens: Iterable[Token]) -> list[Party]:
        return [party for token in tokens for party in self._named(token)]

    def _named(self, token: Token, depth: int = 0) -> list[Party]:
        """Return the parties that a phrase names: its head, what is joined to it, else whose thing it is."""
        if token.pos_ == "PRON" and depth < _DEPTH:  # "we [Norway and Chile]"
            glosses = [child for child in token.rights if child.dep_ == "appos"]
            if glosses:
                return [party for gloss in glosses for party in self._named(gloss, depth + 1)]
        found = [_party(entity) for entity in self.analysis.entities_of(token) if _acts(entity, token)]
        if not found and token.lower_ in _OURS and self.speaker is not None:
            found = [_party(self.speaker)]
        if not found and depth < _DEPTH:
            found = self._owning(token, depth)
        for child in token.rights:
            if child.dep_ == "conj" and depth < _DEPTH:
                found += self._named(child, depth + 1)
        return found

    def _owning(self, token: Token, depth: int) -> list[Party]:
        """Return whose thing a common noun names, or the group that it names itself."""
        found = [party for example in _examples(token) for party in self._named(example, depth + 1)]
        if found:
            return found
        lemma = token.lemma_.lower()
        group = _group(token)
        if lemma in word_set(_LEXICON, "crowds"):
            return [group] if group is not None else []
        owners = [party for owner in _owners(token) for party in self._named(owner, depth + 1)]
        owners = [party for party in owners if party.entity is not None] or owners
        if group is not None and (not owners or lemma in word_set(_LEXICON, "institutions")):
            home = next((party.entity for party in owners if party.entity is not None), None)
            return [replace(group, home=home)]
        if not owners and depth == 0:
            return self._earlier(token)
        return owners

    def _earlier(self, token: Token) -> list[Party]:
        """Return whose "the plan", "this demand" is by where the text spoke of it before."""
        lemma = token.lemma_.lower()
        pointed = [child.lower_ for child in token.lefts if child.dep_ == "det"]
        if lemma not in word_set(_LEXICON, "proposals") or not pointed or pointed[0] not in _POINTING:
            return []
        for index in reversed(self.nouns.get(lemma, ())):
            if index < token.i:
                noun = token.doc[index]
                owners = [party for owner in _owners(noun) for party in self._named(owner, 1)]
                if owners:
                    return owners
                verb = governing_verb(noun)
                if verb is not None and verb.lemma_.lower() in word_set(_LEXICON, "proposing") and noun.dep_ == "dobj":
                    return [party for subject in subjects(verb) for party in self._named(subject, 1)]
        if pointed[0] == "the":
            return []
        return [
            party
            for child in token.head.lefts  # "While X asked for more time, Y criticised this request"
            if child.dep_ == "advcl"
            for subject in subjects(child)
            for party in self._named(subject, 1)
        ]


def _acts(entity: Entity, token: Token) -> bool:
    """Say whether an entity can be a party: an actor, or what the pipeline takes for a person or body just here."""
    return entity.kind is not None or token.ent_type_ in _ACTING


def _party(entity: Entity) -> Party:
    words = {word.casefold().strip(".,") for word in entity.name.split()}
    many = bool(words & (word_set(_LEXICON, "assemblies") | word_set(_LEXICON, "unions")))
    return Party(entity.name, entity, many and entity.kind in ("organisation", "group"))


def _group(token: Token) -> Party | None:
    """Return the group that a common noun names: "opposition leaders", "the union"; None for one unnamed person."""
    lemma = token.lemma_.lower()
    if token.pos_ != "NOUN" or not any(lemma in word_set(_LEXICON, name) for name in _GROUPS):
        return None
    lefts = [child for child in token.lefts if child.dep_ in (*_MODIFIERS, "det")]
    if any(child.lower_ in _NO_PARTY and child.dep_ == "det" for child in lefts):
        return None
    plural = token.tag_ == "NNS"
    if not plural and lemma not in word_set(_LEXICON, "collectives"):
        return None
    modifiers = [child for child in lefts if child.dep_ in _MODIFIERS and child.lower_ not in _QUANTITIES]
    if all(child.pos_ == "NUM" for child in modifiers) and lemma in word_set(_LEXICON, "anaphors"):
        return None
    start = min((word.i for child in modifiers for word in child.subtree), default=token.i)
    name = " ".join(token.doc[start : token.i + 1].text.split())
    return Party(name, None, plural or lemma in word_set(_LEXICON, "assemblies"))


def _examples(token: Token) -> Iterator[Token]:
    """Yield what a group is said to include: "countries such as X and Y"."""
    yield from prepositional(token, _EXAMPLES)


def _owners(token: Token) -> Iterator[Token]:
    """Yield what may name the owner of a thing, the home of a body or the doer of a deed."""
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ in _OWNERS:
            yield child
    if lemma in word_set(_LEXICON, "bodies"):
        yield from prepositional(token, _BELONGING)
        return
    suffered = lemma in word_set(_LEXICON, "deeds")
    yield from prepositional(token, _OWNING - {"of"} if suffered else _OWNING)
    if lemma in word_set(_LEXICON, "accords") or lemma in word_set(_LEXICON, "ties"):
        yield from prepositional(token, ("with",))
    for child in token.rights:
        if child.dep_ == "relcl" or (child.dep_ == "acl" and child.tag_ == "VBN"):
            yield from subjects(child)


def _is_object(noun: Token, verb: Token) -> bool:
    return (noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubjpass", "attr")) or noun.dep_ in ("conj", "pobj")
