"""Between whom a point stands: who holds a position, on whose it bears, whose words it rests on."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.points.grammar import objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.parties.finder import PartyFinder
from briefing.extraction.points.parties.focus import Focus, points_to_pair
from briefing.extraction.points.parties.owners import DEEDS
from briefing.extraction.points.parties.party import Party, unique
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.extraction.points.polarity import Cue
from briefing.language.analysis import Analysis, Attribution, Entity
from briefing.runtime.lexicon import word_set

# Lists of words by which one answers what another has just said or done.
_ANSWERING = frozenset({"reject", "refuse", "bearing", "speaker's faults"})
_PRONOUNS = frozenset({"it", "this", "that"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})


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
    nouns: Mapping[str, Sequence[int]]  # indexes of the nouns for what somebody does, says or plans, by lemma

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
            if any(lemma in word_set(LEXICON, name) for name in DEEDS):
                nouns.setdefault(lemma, []).append(index)
        return cls(table, nouns)


def sides_of(cue: Cue, analysis: Analysis, speech: Speech) -> Sides:
    """Return who holds the position of a cue and on whose it bears; both may be empty."""
    attribution = speech.by_token.get(cue.token.i)
    speaker = None
    if attribution is not None and attribution.speaker is not None:
        speaker = analysis.entities[attribution.speaker]
    finder = PartyFinder(PhraseReader(analysis, speaker, speech.nouns))
    holders, others = finder.sides(cue)
    held = {party.key for party in holders}
    others = [party for party in others if party.key not in held]
    return Sides(unique(holders), unique(others), speaker)


def completed(cue: Cue, sides: Sides, table: Callable[[], Focus]) -> Sides:
    """Return the sides with one that the clause leaves out: the pair last spoken of, or whoever is answered."""
    if cue.mutual:
        return _joined(cue, sides, table)
    answers = cue.kind in _ANSWERING or _points_back(cue)
    if answers and sides.holders and not sides.others and not _is_new(cue):
        return Sides(
            sides.holders,
            table().answered(cue.token, sides.holders, words=_denies_words(cue), doers=cue.kind not in _ANSWERING),
            sides.speaker,
            guessed=True,
        )
    return sides


def _joined(cue: Cue, sides: Sides, table: Callable[[], Focus]) -> Sides:
    """Return the sides of a shared or disputed matter, with the pair in focus where one is unnamed."""
    named = (*sides.holders, *sides.others)
    alone = cue.sign > 0 or cue.frame in ("noun", "adjective")
    if len(named) > 1 or (alone and any(party.plural for party in named)):
        return sides
    if cue.kind == "struggle" or (cue.frame == "accord" and is_in(cue.token, "relations")):
        return sides  # how two stand to each other is no matter that they agree on
    if cue.frame == "noun":
        noted = points_to_pair(cue.predicate) and is_in(cue.predicate, "disputing")
        pair = table().pair_before(cue.predicate) if noted else table().pair_before(cue.token, 0) if not named else ()
    else:
        known = points_to_pair(cue.predicate) and not _takes_up_group(cue.predicate)
        pair = table().pair_before(cue.predicate) if known else ()
    if pair:
        ours = any(child.lower_ == "our" for subject in subjects(cue.predicate) for child in subject.lefts)
        return Sides(pair, (), sides.speaker, guessed=not ours)
    if cue.kind == "differ" and sides.others and not sides.holders:
        return Sides(table().answered(cue.token, sides.others, words=False), sides.others, sides.speaker, guessed=True)
    if named and cue.frame != "joint" and any(subject.lower_ == "we" for subject in subjects(cue.predicate)):
        pair = table().pair_with(cue.predicate, named)
        if pair:
            return Sides(pair, (), sides.speaker)
    if cue.kind == "concur" and named:
        return Sides(named, table().beside(cue.token, named), sides.speaker, guessed=True)
    return sides


def _takes_up_group(verb: Token) -> bool:
    """Say whether "they" are the group of a clause beside: "while the members agree on the aim, they disagree on M"."""
    beside = [child for child in verb.children if child.dep_ in ("advcl", "ccomp")]
    groups = [word for clause in beside for word in clause.lefts if word.dep_ == "nsubj" and word.tag_ == "NNS"]
    they = any(subject.lower_ == "they" for subject in subjects(verb))
    return they and any(not _is_anaphor(word) and not any(c.dep_ == "conj" for c in word.rights) for word in groups)


def _is_anaphor(word: Token) -> bool:
    bare = not any(child.dep_ in ("amod", "compound", "poss", "prep") for child in word.children)
    return bare and is_in(word, "anaphors")


def _points_back(cue: Cue) -> bool:
    """Say whether what is judged is known from before and nothing else: "condemned the move", "is against it"."""
    things = (*objects(cue.predicate), *prepositional(cue.token, (cue.preposition,) if cue.preposition else ()))
    return any(
        thing.lower_ in _PRONOUNS
        or (
            (is_in(thing, "vague") or (cue.sign > 0 and is_in(thing, "proposals")))
            and any(child.lower_ in _POINTING for child in thing.lefts)
            and not any(child.dep_ in ("prep", "relcl", "acl", "compound") for child in thing.children)
            and not any(child.dep_ == "amod" and not _is_judged(thing) for child in thing.lefts)
        )
        for thing in things
    )


def _is_judged(thing: Token) -> bool:
    """Say whether a thing is pointed to and judged by its adjective: "such provocative actions"."""
    return any(child.lower_ in _POINTING - {"the"} for child in thing.lefts)


def _denies_words(cue: Cue) -> bool:
    """Say whether what is denied was said: "rejected the allegation", "denied that", "unacceptable"."""
    things = objects(cue.predicate)
    return (
        cue.frame == "fault"
        or cue.token.lemma_ in ("deny", "refute")
        or any(is_in(thing, "assertions") for thing in things)
    )


def _is_new(cue: Cue) -> bool:
    """Say whether what is rejected answers nobody: "opposed a trade deal", "walked out"."""
    charge = is_in(cue.predicate.head, "assertions")  # "a charge that X denies"
    if cue.token.lemma_ == "walk" or (cue.predicate.dep_ in ("acl", "relcl") and not charge):
        return True
    return any(child.lower_ in ("a", "an") for thing in objects(cue.predicate) for child in thing.lefts)
