"""Between whom a point of agreement or disagreement stands: the parties of a cue, as entities."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.position_cues import Cue
from briefing.extraction.position_grammar import clauses_below, objects, prepositional, subjects
from briefing.language.analysis import Analysis, Attribution, Entity
from briefing.language.lexicon import word_set

# Labels of what stands within a noun phrase and may name whose thing it is.
_OWNERS = frozenset({"poss", "amod", "compound", "nmod", "appos"})
_OWNING = frozenset({"of", "by", "from", "between", "among", "against", "with", "on", "to", "for"})
_PROPOSING = frozenset({"acl", "relcl"})
_OURS = frozenset({"we", "our", "us", "ours"})
# Deepest that a noun phrase is searched for whose it is.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties to a cue and the person or body whose words it rests on."""

    holders: tuple[Entity, ...]
    others: tuple[Entity, ...]
    speaker: Entity | None


@dataclass(frozen=True, slots=True)
class Speech:
    """Which attribution holds each token: the innermost, that is the shortest."""

    by_token: Mapping[int, Attribution]

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
        return cls(table)


def sides_of(cue: Cue, analysis: Analysis, speech: Speech) -> Sides:
    """Return who holds the position of a cue and on whose it bears; both may be empty."""
    attribution = speech.by_token.get(cue.token.i)
    speaker = None
    if attribution is not None and attribution.speaker is not None:
        speaker = analysis.entities[attribution.speaker]
    finder = _Finder(analysis, speaker)
    holders, others = finder.fault(cue) if cue.frame == "fault" else finder.stated(cue)
    held = {entity.index for entity in holders}
    distinct = [entity for entity in others if entity.index not in held]
    return Sides(_unique(holders), _unique(distinct), speaker)


def _unique(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple({entity.index: entity for entity in entities if entity.kind is not None}.values())


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for the parties of one cue."""

    analysis: Analysis
    speaker: Entity | None

    def stated(self, cue: Cue) -> tuple[list[Entity], list[Entity]]:
        """Return subject against object, or the sides of a noun of dispute."""
        if cue.frame == "noun":
            return self._noun(cue)
        holders = [entity for subject in subjects(cue.predicate) for entity in self.named(subject)]
        others: list[Entity] = []
        if cue.mutual or cue.frame == "joint":
            others += self._of(prepositional(cue.predicate, ("with", "between", "among", "from")))
            others += self._of(prepositional(cue.token, ("with", "between", "among")))
            if len({e.index for e in holders + others}) < 2 and cue.frame != "joint":
                others += self._complement(cue)
            return holders, others
        if cue.frame == "demand":
            targets = list(subjects(cue.token)) + list(objects(cue.predicate))
            others += self._of(targets) or self._of(prepositional(cue.predicate, ("on", "to")))
            return holders, others
        if cue.preposition:
            others += self._of(prepositional(cue.token, (cue.preposition,)))
        if not others:
            others += self._of(objects(cue.predicate if cue.frame == "verb" else cue.token))
        if not others:
            others += self._complement(cue)
        return holders, others

    def fault(self, cue: Cue) -> tuple[list[Entity], list[Entity]]:
        """Return who finds fault and whose thing it is."""
        if cue.kind == "faults":
            holders = [entity for subject in subjects(cue.predicate) for entity in self.named(subject)]
            found = [word for word in (*objects(cue.predicate), *subjects(cue.token)) if word.i != cue.token.i]
            return holders, self._of(found)
        holders = [self.speaker] if self.speaker is not None else []
        return holders, self._of(subjects(cue.predicate))

    def _noun(self, cue: Cue) -> tuple[list[Entity], list[Entity]]:
        noun, verb = cue.token, cue.predicate
        if cue.mutual:
            between = self._of(prepositional(noun, ("between", "among")))
            if len({entity.index for entity in between}) >= 2:
                return between, []
            own = self._of(child for child in noun.lefts if child.dep_ == "poss")
            own += self._of(prepositional(noun, ("of",)))
            own = between + own or self._subjects(noun, verb)
            return own, self._of(prepositional(noun, ("with", "against")))
        own = self._of(child for child in noun.lefts if child.dep_ in ("poss", "amod", "compound"))
        own += self._of(prepositional(noun, ("by", "from")))
        others = self._of(prepositional(noun, ("against", "on", "over", "of", "to", "at", "for", "toward", "towards")))
        if noun.i != verb.i and self._is_object(noun, verb):
            lemma = verb.lemma_.lower()
            if lemma in word_set("positions", "receiving"):
                others = self._subjects(noun, verb) + others
            elif lemma in word_set("positions", "voicing"):
                own = own or self._subjects(noun, verb)
                others += self._of(prepositional(verb, ("against", "on", "to")))
            else:
                return [], []
        return own, others

    def _is_object(self, noun: Token, verb: Token) -> bool:
        return (noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubjpass", "attr")) or noun.dep_ in ("conj", "pobj")

    def _subjects(self, noun: Token, verb: Token) -> list[Entity]:
        if noun.i == verb.i or noun.dep_ == "nsubj":
            return []
        return [entity for subject in subjects(verb) for entity in self.named(subject)]

    def _complement(self, cue: Cue) -> list[Entity]:
        """Return the parties named in what a cue is about: "agreed to lift a ban on imports of British beef"."""
        found: list[Entity] = []
        for node in (cue.token, cue.predicate) if cue.token.i != cue.predicate.i else (cue.token,):
            found += self._of(prepositional(node, ("of", "for", "to", "on", "over", "against", "about", "at", "by")))
            for clause in clauses_below(node):
                own = [entity for subject in subjects(clause) for entity in self.named(subject)]
                found += own
                found += self._of(objects(clause))
                found += self._of(prepositional(clause, ("with", "to", "from", "against", "for", "on", "of")))
        return found

    def _of(self, tokens: Iterable[Token]) -> list[Entity]:
        return [entity for token in tokens for entity in self.named(token)]

    def named(self, token: Token, depth: int = 0) -> list[Entity]:
        """Return the parties that a phrase names: its head, what is joined to it, else whose thing it is."""
        found = list(self._referents(token))
        if not found and depth < _DEPTH:
            found = [entity for owner in _owners(token) for entity in self.named(owner, depth + 1)]
        for child in token.rights:
            if child.dep_ == "conj" and depth < _DEPTH:
                found += self.named(child, depth + 1)
        return found

    def _referents(self, token: Token) -> tuple[Entity, ...]:
        found = tuple(entity for entity in self.analysis.entities_of(token) if entity.kind is not None)
        if not found and token.lower_ in _OURS and self.speaker is not None:
            return (self.speaker,)
        return found


def _owners(token: Token) -> Iterator[Token]:
    """Yield what may name the owner of a thing, nearest meaning first."""
    for child in token.children:
        if child.dep_ in _OWNERS:
            yield child
    yield from prepositional(token, _OWNING)
    for child in token.rights:
        if child.dep_ in _PROPOSING:
            yield from subjects(child)
            yield from objects(child)
