"""What one is displeased or worried that another does: "is furious that Y left", "raised concerns that Y would"."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, objects, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.polarity import Cue, is_told
from briefing.runtime.lexicon import word_set

_STRENGTH = 0.55
_OPENING = frozenset({"that", "because", "when", "how"})


def vexed(word: Token) -> Iterator[Cue]:
    """Yield "is furious that Y left", "was worried that Y would close the port"."""
    verb = word if word.pos_ == "VERB" else governing_verb(word)
    if verb is not None and (word.lower_ in word_set(LEXICON, "vexed") or word.lower_ in word_set(LEXICON, "worried")):
        yield from _at_deeds(word, verb, worried=word.lower_ in word_set(LEXICON, "worried"))


def regrets(verb: Token) -> Iterator[Cue]:
    """Yield "regrets that Y has left", "fears that Y will close the port"."""
    if is_in(verb, "regretting"):
        yield from _at_deeds(verb, verb, worried=verb.lemma_ in ("fear", "worry"))


def voiced_fears(noun: Token) -> Iterator[Cue]:
    """Yield "raised concerns that Y would hide the cost", "expressed frustration that Y had left"."""
    verb = noun.head
    if is_in(noun, "vexations") and noun.dep_ == "dobj" and is_in(verb, "voicing"):
        yield from _at_deeds(noun, verb, worried=True)


def _at_deeds(word: Token, verb: Token, *, worried: bool) -> Iterator[Cue]:
    """Yield the stand against whoever does what a clause beside a word of displeasure tells."""
    if not is_told(verb):
        return
    clauses = [child for child in word.rights if child.dep_ in ("ccomp", "acl", "advcl")]
    clauses += [child for child in verb.rights if child.dep_ in ("ccomp", "advcl") and child.i > word.i]
    for clause in clauses:
        opened = any(child.lower_ in _OPENING for child in clause.lefts) or clause.dep_ == "ccomp"
        bare = clause.tag_ == "VBG" and not any(child.dep_ == "aux" for child in clause.lefts)
        if not opened or bare or is_in(clause, "suffering") or (worried and not _acts(clause)):
            continue
        targets = subjects(clause)
        sources = subjects(verb) or tuple(child for child in verb.lefts if child.dep_ == "nsubjpass")
        if targets and sources and not {word.i for word in targets} & {word.i for word in sources}:
            yield Cue(clause, verb, "verb", "vexation", -1, False, _STRENGTH, sources=sources, targets=targets)
            return


def _acts(clause: Token) -> bool:
    """Say whether a clause tells of a deed, which one may fear, and not of what befalls somebody."""
    return clause.pos_ == "VERB" and (bool(objects(clause)) or any(child.dep_ == "neg" for child in clause.lefts))
