"""Whom a noun names as its parties: "the dispute between X and Y", "X's criticism of Y", "X imposed sanctions on Y"."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.points.grammar import objects, prepositional, subjects, whole_of
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.parties.counterparts import answered, in_clause, owners
from briefing.extraction.points.parties.deeds import doers_before, earlier_doers
from briefing.extraction.points.parties.party import Party, unique
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.extraction.points.polarity import Cue, is_voiced
from briefing.runtime.lexicon import word_set

_UTTERING = frozenset({"express", "voice", "raise", "reiterate"})
_LODGING = frozenset({"lodge", "file", "raise", "register", "make"})
_RAISING = ("voicing", "doing", "levelling")  # lists of verbs of making a charge, a threat, a ban
_BEARING = frozenset({"against", "on", "over", "of", "to", "at", "for", "into", "toward", "towards"})
_HYPHENS = frozenset({"-", "–"})


@dataclass(frozen=True, slots=True)
class NounPartyFinder:
    """Looks for the parties of one cue that is a noun."""

    phrases: PhraseReader

    def mutual(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who are at one or at odds, by the words around a noun for that."""
        noun, verb = cue.token, cue.predicate
        between = self.phrases.parties(prepositional(noun, ("between", "among")))
        if noun.dep_ == "nsubj" and not between:  # "a rift has emerged between"
            between = self.phrases.parties(prepositional(verb, ("between",)))
        if len(unique(between)) >= 2 or any(child.lower_ in ("between", "among") for child in noun.rights):
            return between, []
        joined = self._hyphened(noun) if cue.kind == "accords" or (cue.sign < 0 and not _is_topic(noun)) else []
        if len(joined) > 1:
            return joined, []
        own = between + self.phrases.parties(child for child in noun.lefts if child.dep_ == "poss")
        own += self.phrases.parties(prepositional(noun, ("of",)))
        others = self.phrases.parties(prepositional(noun, ("with", "against", "from")))
        if not own and noun.dep_ == "acl":  # "the army fighting against the rebels"
            own = self.phrases.parties((noun.head,))
        if not own and is_in(verb, "disputing"):
            own = self._subjects(noun, verb)
        return halves(own, cue), others

    def directed(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return whose a noun of support or reproach is, and whom it meets."""
        noun, verb = cue.token, cue.predicate
        own, others = self._around(noun)
        if cue.kind == "support" and not is_voiced(noun, verb):
            return self._won(noun, verb, own)
        for child in noun.rights:  # "the refusal to meet X"
            if child.dep_ == "acl" and child.tag_ == "VB" and cue.kind == "criticism" and not others:
                others += in_clause(child, self.phrases)
            elif child.dep_ == "acl" and _is_charge(noun, child) and not others:  # "allegations that Y hides rebels"
                others += self.phrases.parties(subjects(child))
        if noun.i == verb.i:
            return ([], []) if cue.kind == "displeasure" else (own, others)
        found = self._governed(cue, [*own], [*others])
        return found if all(found) else self._raised(noun, found[0] or own, found[1] or others) or found

    def _won(self, noun: Token, verb: Token, own: list[Party]) -> tuple[list[Party], list[Party]]:
        """Return who gives support and who gets it: "Peru won the backing of Chile", not "of 40 percent"."""
        polled = any(word.ent_type_ == "PERCENT" for word in prepositional(noun, ("of", "from")))
        if polled or not _is_object(noun, verb) or not is_in(verb, "receiving"):
            return [], []
        own = own or self.phrases.parties(w for host in (verb, noun) for w in prepositional(host, ("from", "of")))
        return own, self._subjects(noun, verb)

    def _governed(self, cue: Cue, own: list[Party], others: list[Party]) -> tuple[list[Party], list[Party]]:
        """Return the sides of a noun with what its verb adds: "X faced criticism", "X imposed sanctions on Y"."""
        noun, verb = whole_of(cue.token), cue.predicate
        voiced = is_voiced(noun, verb)
        if noun.dep_ == "pobj" and is_in(noun, "impositions") and not voiced:
            return [], []  # a topic: "talks on the bank's sanctions against the firm"
        if cue.kind == "under":  # "came under fire from X"
            return own + self.phrases.parties(prepositional(verb, ("from",))), self.phrases.parties(subjects(verb))
        if noun.dep_ == "pobj" and noun.head.lower_ in ("despite", "over", "amid"):
            return own, others or self._subjects(noun, verb)
        if not _is_object(noun, verb):
            return own, others
        lemma = verb.lemma_.lower()
        if lemma in word_set(LEXICON, "receiving"):
            own = own or self.phrases.parties(prepositional(verb, ("from", "by")))  # "drew a rebuke from X"
            met = self._subjects(noun, verb) + others
            return own, met or doers_before(cue, subjects(verb), self.phrases)
        voiced = voiced or lemma in word_set(LEXICON, "voicing")
        if not voiced or (cue.kind == "displeasure" and lemma not in _UTTERING):
            return [], []
        others += self.phrases.parties(prepositional(verb, ("against", "on", "to", "over", "about", "into", "behind")))
        others += self.phrases.parties(_targets(noun, verb))
        if cue.kind == "displeasure" and not others:
            feared = (word for deed in prepositional(noun, ("about", "over", "at")) for word in (deed, *_harms(deed)))
            others += self.phrases.parties(owner for deed in feared for owner in owners(deed))
        others += self.phrases.parties(child for child in verb.rights if child.dep_ == "dative")
        if not others and lemma in _LODGING:  # "lodged a protest with Y"
            others = self.phrases.parties(w for host in (verb, noun) for w in prepositional(host, ("with",)))
        others = others or answered(verb, self.phrases) or earlier_doers(cue, self.phrases)
        return own or self._subjects(noun, verb), others

    def _hyphened(self, noun: Token) -> list[Party]:
        """Return the two that a hyphen joins before a noun: "the Peruvian-Chilean treaty"."""
        doc, analysis = noun.doc, self.phrases.analysis
        for i in range(noun.left_edge.i + 1, noun.i - 1):
            if doc[i].text in _HYPHENS and analysis.entities_of(doc[i - 1]):
                second = next((word for word in doc[i + 1 : min(i + 4, noun.i)] if analysis.entities_of(word)), None)
                return self.phrases.parties((doc[i - 1], second)) if second is not None else []
        return []

    def _raised(self, noun: Token, own: list[Party], others: list[Party]) -> tuple[list[Party], list[Party]] | None:
        """Return the sides by the clause after a noun: "the charges that X made against Y", "levelled at Y by X"."""
        for clause in _raising(noun):
            raisers = own or self.phrases.parties(subjects(clause))
            targets = others or self.phrases.parties(prepositional(clause, ("against", "on", "at")))
            if raisers and targets:
                return raisers, targets
        return None

    def _around(self, noun: Token) -> tuple[list[Party], list[Party]]:
        """Return whose a noun is and against whom: "X's criticism of Y", "X's tariffs on goods from Y"."""
        imposed = is_in(noun, "impositions")
        own = self.phrases.parties(child for child in noun.lefts if child.dep_ in ("poss", "amod", "compound"))
        own += self.phrases.parties(prepositional(noun, ("by",) if imposed else ("by", "from")))
        others = self.phrases.parties(prepositional(noun, _BEARING))
        if imposed and not others:
            hosts = (noun, *(word for word in prepositional(noun, ("on",)) if not word.ent_type_))
            others = self.phrases.parties(word for host in hosts for word in prepositional(host, ("from",)))
        return own, others

    def _subjects(self, noun: Token, verb: Token) -> list[Party]:
        if noun.i == verb.i or noun.dep_ == "nsubj":
            return []
        return self.phrases.parties((*subjects(verb), *objects(verb)) if noun.dep_ == "pobj" else subjects(verb))


def _is_charge(noun: Token, clause: Token) -> bool:
    """Say whether a clause tells what somebody is charged with: "allegations that X lied"."""
    charge = noun.lemma_.lower() in ("accusation", "allegation", "charge", "complaint")
    return charge and any(child.dep_ == "mark" for child in clause.lefts)


def _is_topic(noun: Token) -> bool:
    """Say whether a noun is only what another speaks of: "reports on the conflict", "obstacles to peace"."""
    return noun.dep_ == "ROOT" or (noun.dep_ == "pobj" and noun.head.lower_ in ("on", "of", "to", "about"))


def _is_object(noun: Token, verb: Token) -> bool:
    return (noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubjpass", "attr")) or noun.dep_ in ("conj", "pobj")


def _raising(noun: Token) -> Iterator[Token]:
    """Yield the verbs of the relative clauses that tell who raised what a noun names, and against whom."""
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and any(is_in(child, n) for n in _RAISING):
            yield child


def _harms(thing: Token) -> Iterator[Token]:
    """Yield the deeds by which others came to harm: the raids of "the civilians killed in Norwegian raids"."""
    for word in thing.subtree:
        if word.dep_ == "pobj" and is_in(word, "deeds") and word.head.lower_ in ("in", "by"):
            yield word


def _targets(noun: Token, verb: Token) -> Iterator[Token]:
    """Yield whose things are struck: "imposed sanctions, targeting Peru's exports"."""
    for child in (*noun.rights, *verb.rights):
        if child.dep_ in ("acl", "advcl") and child.lemma_ == "target":
            yield from objects(child)


def halves(holders: list[Party], cue: Cue) -> list[Party]:
    """Return the two whose names were read as one: "the Dockers' Guild and Norsk ended their row"."""
    first, joined, second = holders[0].name.rpartition(" and ") if len(holders) == 1 else ("", "", "")
    both = any(child.lower_ == "their" for child in cue.token.lefts)
    if not (joined and both and " " in first):
        return holders
    return [Party(name, None, at=holders[0].at, rule="by the name alone") for name in (first, second)]
