"""Between whom a point of agreement or disagreement stands: the parties of a cue."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from briefing.extraction.position_focus import Focus, points_to_pair
from briefing.extraction.position_grammar import clauses_below, objects, prepositional, subjects
from briefing.extraction.position_phrases import Party, PhraseReader, party_of, unique
from briefing.extraction.position_polarity import Cue, is_voiced
from briefing.language.analysis import Analysis, Attribution, Entity
from briefing.language.lexicon import word_set

_LEXICON = "positions"
_UTTERING = frozenset({"express", "voice", "raise", "reiterate"})
# Lists of words by which one answers what another has just said or done.
_ANSWERING = frozenset({"reject", "refuse", "speaker's faults"})
# Lists of nouns that can hold a position.
_HOLDING = ("bodies", "institutions", "private", "crowds", "writings", "unions")
_DENYING = frozenset({"deny", "refute"})
_TILL = frozenset({"until", "till", "unless", "before"})
_EMPLOYING = frozenset({"at", "of", "from", "for"})
_BEARING = frozenset({"against", "on", "over", "of", "to", "at", "for", "into", "toward", "towards"})
# Deepest that clauses within clauses are searched for parties.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties to a cue and the person or body whose words it rests on."""

    holders: tuple[Party, ...]
    others: tuple[Party, ...]
    speaker: Entity | None
    guessed: bool = False  # a side is whoever was spoken of before


@dataclass(frozen=True, slots=True)
class Speech:
    """Which attribution holds each token: the innermost, that is the shortest."""

    by_token: Mapping[int, Attribution]
    nouns: Mapping[str, Sequence[int]]  # indexes of the nouns that name a proposal, by lemma

    @classmethod
    def of(cls, analysis: Analysis) -> "Speech":
        """Return the table of an article."""
        starts = analysis.doc.to_array("IDX").tolist()
        table: dict[int, Attribution] = {}
        longest_first = sorted(analysis.attributions, key=lambda a: -sum(r.end - r.start for r in a.content))
        for attribution in longest_first:
            for stretch in attribution.content:
                tokens = range(bisect_left(starts, stretch.start), bisect_left(starts, stretch.end))
                table.update(dict.fromkeys(tokens, attribution))
        nouns: dict[str, list[int]] = {}
        for index in (analysis.doc.to_array("POS") == analysis.doc.vocab.strings["NOUN"]).nonzero()[0].tolist():
            lemma = analysis.doc[index].lemma_.lower()
            if lemma in word_set(_LEXICON, "proposals"):
                nouns.setdefault(lemma, []).append(index)
        return cls(table, nouns)


def sides_of(cue: Cue, analysis: Analysis, speech: Speech) -> Sides:
    """Return who holds the position of a cue and on whose it bears; both may be empty."""
    attribution = speech.by_token.get(cue.token.i)
    speaker = None
    if attribution is not None and attribution.speaker is not None:
        speaker = analysis.entities[attribution.speaker]
    finder = _Finder(PhraseReader(analysis, speaker, speech.nouns))
    holders, others = finder.fault(cue) if cue.frame == "fault" else finder.stated(cue)
    held = {party.key for party in holders}
    others = [party for party in others if party.key not in held]
    return Sides(unique(holders), unique(others), speaker)


def completed(cue: Cue, sides: Sides, table: Callable[[], Focus]) -> Sides:
    """Return the sides with one that the clause leaves out: the pair last spoken of, or whoever is answered."""
    named = (*sides.holders, *sides.others)
    if cue.mutual:
        if len(named) > 1 or any(party.plural for party in named):
            return sides
        if cue.kind == "struggle":
            return sides
        if cue.frame == "noun":
            noted = points_to_pair(cue.predicate) and cue.predicate.lemma_.lower() in word_set(_LEXICON, "disputing")
            pair = (
                table().pair_before(cue.predicate) if noted else table().pair_before(cue.token, 0) if not named else ()
            )
        else:
            pair = table().pair_before(cue.predicate) if points_to_pair(cue.predicate) else ()
        if pair:
            return Sides(pair, (), sides.speaker, guessed=True)
        if cue.kind == "differ" and sides.others and not sides.holders:
            return Sides(
                table().answered(cue.token, sides.others, words=False), sides.others, sides.speaker, guessed=True
            )
        if cue.kind == "concur" and named:
            return Sides(named, table().beside(cue.token, named), sides.speaker, guessed=True)
    elif cue.kind in _ANSWERING and sides.holders and not sides.others and not _is_new(cue):
        return Sides(
            sides.holders,
            table().answered(cue.token, sides.holders, words=_denies_words(cue)),
            sides.speaker,
            guessed=True,
        )
    return sides


def _denies_words(cue: Cue) -> bool:
    """Say whether what is denied was said: "rejected the allegation", "denied that", "unacceptable"."""
    things = objects(cue.predicate)
    return (
        cue.frame == "fault"
        or cue.token.lemma_ in ("deny", "refute")
        or any(thing.lemma_.lower() in word_set(_LEXICON, "assertions") for thing in things)
    )


def _is_new(cue: Cue) -> bool:
    """Say whether what is rejected answers nobody: "opposed a trade deal", "walked out"."""
    if cue.token.lemma_ == "walk" or cue.predicate.dep_ in ("acl", "relcl"):
        return True
    return any(child.lower_ in ("a", "an") for thing in objects(cue.predicate) for child in thing.lefts)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for the parties of one cue."""

    phrases: PhraseReader

    def stated(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who holds the position, by the grammar of the cue's frame, and on whose it bears."""
        if cue.frame == "noun":
            return self._mutual_noun(cue) if cue.mutual else self._directed_noun(cue)
        holders = self.phrases.parties(word for word in subjects(cue.predicate) if self._holds(word, cue))
        if cue.mutual:
            return self._mutual(cue, holders)
        if cue.frame == "demand":
            targets = (*subjects(cue.token), *objects(cue.predicate))
            return holders, self.phrases.parties(targets) or self.phrases.parties(
                prepositional(cue.predicate, ("on", "to"))
            )
        if cue.kind == "allege":
            accused = [word for child in cue.token.rights if child.dep_ == "ccomp" for word in subjects(child)]
            return holders, self.phrases.parties(accused)
        return holders, self._opposite(cue)

    def _opposite(self, cue: Cue) -> list[Party]:
        """Return on whose position or person a directed cue bears: what it acts upon, then what completes it."""
        found: list[Party] = []
        if cue.preposition:
            found = self.phrases.parties(prepositional(cue.token, (cue.preposition,)))
        if cue.kind == "strike":
            return found or self._employers(cue)
        found = found or self.phrases.parties(objects(cue.predicate if cue.frame == "verb" else cue.token))
        if cue.frame == "accord":
            found += self.phrases.parties(prepositional(cue.predicate, ("with", "to", "from", "against")))
            found += self.phrases.parties(prepositional(cue.token, ("with", "to", "from", "against", "on")))
            return found or self.phrases.parties((cue.token,))
        if cue.kind == "refusal" and not found:
            found = self._awaited(cue.token)
        if cue.kind == "warn" or cue.token.lemma_ in _DENYING:  # whom a denial answers stands outside what is denied
            return found
        return found or self._complement(cue)

    def _awaited(self, verb: Token) -> list[Party]:
        """Return who has to act before one does what one refuses: "will not lift the ban until X pays"."""
        clauses = (child for child in verb.rights if child.dep_ == "advcl" and child.tag_ != "VBG")
        marked = (clause for clause in clauses if any(word.lower_ in _TILL for word in clause.lefts))
        return self.phrases.parties(word for clause in marked for word in subjects(clause))

    def _employers(self, cue: Cue) -> list[Party]:
        """Return whom a strike is against: for whom those who strike work, or where they stop work."""
        named = [word for subject in subjects(cue.predicate) for word in prepositional(subject, _EMPLOYING)]
        return self.phrases.parties(named) or self.phrases.parties(prepositional(cue.predicate, ("at",)))

    def _holds(self, subject: Token, cue: Cue) -> bool:
        """Say whether a subject is one who can hold a position: not "the move" that "threatens trade"."""
        if subject.pos_ == "PRON" or self.phrases.analysis.entities_of(subject):
            return True
        lists = (*_HOLDING, "views", "meeting_nouns") if cue.mutual else _HOLDING
        return subject.pos_ == "PROPN" or any(subject.lemma_.lower() in word_set(_LEXICON, name) for name in lists)

    def fault(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        """Return who finds fault and whose thing it is."""
        if cue.kind == "faults":
            found = [word for word in (*objects(cue.predicate), *subjects(cue.token)) if word.i != cue.token.i]
            return self.phrases.parties(subjects(cue.predicate)), self.phrases.parties(found)
        speaker = self.phrases.speaker
        holders = [replace(party_of(speaker), rule="whoever speaks")] if speaker is not None else []
        return holders, self.phrases.parties(subjects(cue.predicate))

    def _mutual(self, cue: Cue, holders: list[Party]) -> tuple[list[Party], list[Party]]:
        others = self.phrases.parties(prepositional(cue.predicate, ("with", "between", "among", "from")))
        others += self.phrases.parties(prepositional(cue.token, ("with", "between", "among")))
        if cue.frame == "contrast":
            return holders, self.phrases.parties(subjects(cue.token))
        if cue.frame == "view":  # "shares Tokyo's concern"
            others += self.phrases.parties(child for child in cue.token.lefts if child.dep_ == "poss")
        if cue.frame == "joint" or any(party.plural for party in holders):
            return holders, others if cue.frame != "joint" else []
        if len({party.key for party in holders + others}) < 2:
            others += self._complement(cue)
        return holders, others

    def _mutual_noun(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        noun, verb = cue.token, cue.predicate
        between = self.phrases.parties(prepositional(noun, ("between", "among")))
        if len(between) >= 2 or any(child.lower_ in ("between", "among") for child in noun.rights):
            return between, []
        own = between + self.phrases.parties(child for child in noun.lefts if child.dep_ == "poss")
        own += self.phrases.parties(prepositional(noun, ("of",)))
        others = self.phrases.parties(prepositional(noun, ("with", "against")))
        if not own and verb.lemma_.lower() in word_set(_LEXICON, "disputing"):
            own = self._subjects(noun, verb)
        return own, others

    def _directed_noun(self, cue: Cue) -> tuple[list[Party], list[Party]]:
        noun, verb = cue.token, cue.predicate
        own, others = self._around(noun)
        if cue.kind == "support" and not is_voiced(noun, verb):
            return [], []
        for child in noun.rights:  # "the refusal to meet X"
            if child.dep_ == "acl" and child.tag_ == "VB" and cue.kind == "criticism" and not others:
                others += self._clause(child)
        if noun.i == verb.i:
            return ([], []) if cue.kind == "displeasure" else (own, others)
        return self._governed_noun(cue, own, others)

    def _governed_noun(self, cue: Cue, own: list[Party], others: list[Party]) -> tuple[list[Party], list[Party]]:
        """Return the sides of a noun with what its verb adds: "X faced criticism", "X imposed sanctions on Y"."""
        noun, verb = cue.token, cue.predicate
        voiced = is_voiced(noun, verb)
        if noun.dep_ == "pobj" and noun.lemma_.lower() in word_set(_LEXICON, "impositions") and not voiced:
            return [], []  # a topic: "talks on the bank's sanctions against the firm"
        if cue.kind == "under":  # "came under fire from X"
            return own + self.phrases.parties(prepositional(verb, ("from",))), self.phrases.parties(subjects(verb))
        if noun.dep_ == "pobj" and noun.head.lower_ in ("despite", "over", "amid"):
            return own, others or self._subjects(noun, verb)
        if not _is_object(noun, verb):
            return own, others
        lemma = verb.lemma_.lower()
        if lemma in word_set(_LEXICON, "receiving"):
            return own, self._subjects(noun, verb) + others
        voiced = voiced or lemma in word_set(_LEXICON, "voicing")
        if not voiced or (cue.kind == "displeasure" and lemma not in _UTTERING):
            return [], []
        others += self.phrases.parties(prepositional(verb, ("against", "on", "to", "over", "about")))
        others += self.phrases.parties(child for child in verb.rights if child.dep_ == "dative")
        return own or self._subjects(noun, verb), others

    def _around(self, noun: Token) -> tuple[list[Party], list[Party]]:
        """Return whose a noun is and against whom: "X's criticism of Y", "X's tariffs on goods from Y"."""
        imposed = noun.lemma_.lower() in word_set(_LEXICON, "impositions")
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

    def _complement(self, cue: Cue) -> list[Party]:
        """Return the parties named in what a cue is about: "agreed to lift a ban on imports of British beef"."""
        found: list[Party] = []
        for node in (cue.token, cue.predicate) if cue.token.i != cue.predicate.i else (cue.token,):
            found += self.phrases.parties(
                prepositional(node, ("of", "for", "to", "on", "over", "against", "about", "at", "by"))
            )
            if node.pos_ == "VERB":
                found += self._bearing(objects(node))
            for clause in clauses_below(node):
                told = clause.dep_ == "ccomp" and _is_finite(clause)  # "agreed that X must", "denied that X did"
                if not (told and (cue.kind == "concur" or cue.token.lemma_ in _DENYING)):
                    found += self._clause(clause)
        return found

    def _bearing(self, things: Iterable[Token]) -> list[Party]:
        """Return whom things bear upon: "the ban on Danish beef", "aid to Peru", "borders with Chile"."""
        found: list[Party] = []
        for thing in things:
            if thing.lemma_.lower() in word_set(_LEXICON, "impositions"):
                found += self.phrases.parties(prepositional(thing, ("on", "against")))
            else:
                found += self.phrases.parties(prepositional(thing, ("with", "to")))
        return found

    def _clause(self, clause: Token, depth: int = 0) -> list[Party]:
        things = objects(clause)
        found = self.phrases.parties(subjects(clause)) + self.phrases.parties(things)
        found += self._bearing(things)
        found += self.phrases.parties(prepositional(clause, ("with", "to", "from", "against", "for", "on", "of")))
        if depth < _DEPTH:
            for inner in clauses_below(clause):
                found += self._clause(inner, depth + 1)
        return found


def _is_finite(clause: Token) -> bool:
    return clause.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ == "aux" and child.tag_ != "TO" for child in clause.lefts
    )


def _is_object(noun: Token, verb: Token) -> bool:
    return (noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubjpass", "attr")) or noun.dep_ in ("conj", "pobj")
