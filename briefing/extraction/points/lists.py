"""Look up the lists of words by which parties agree or disagree: ``lists.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from briefing.runtime.lexicon import read_lexicon, word_set

LEXICON = __name__
_PARTICLES = frozenset({"prt", "prep", "advmod", "dobj", "pobj", "dative", "acomp"})
# Lists of words that are cues only together with others.
_JOINED = (
    "by_rule",
    "attitudes",
    "attitude_adjectives",
    "demanding",
    "naming",
    "accords",
    "terms",
    "alike",
    "reserves",
    "carrying",
    "sharing",
    "wanting",
    "quitting",
    "ties",
    "endings",
    "views",
    "faults",
    "merits",
    "withholding",
    "opening",
    "breaching",
    "harming",
    "ending",
    "pledging",
    "guilt",
    "blames",
    "voicing",
    "talks",
    "relations",
    "under",
    "contrasting",
    "saying",
    "assents",
    "texts",
    "securing",
    "pleased",
    "weighing",
    "launching",
    "swapping",
    "concerted",
    "transferring",
    "deciding",
    "angering",
    "batches",
    "adversaries",
    "advocates",
    "rewritings",
    "willing",
    "pursuing",
    "conduct",
    "vague",
    "wrongdoings",
    "measures",
    "regretting",
    "vexed",
    "worried",
    "vexations",
)


@dataclass(frozen=True, slots=True)
class CueList:
    """What the words of one list have in common; the fields are explained in ``lists.yaml``."""

    name: str
    sign: int
    mutual: bool
    flips: bool
    strength: float


@cache
def cue_lemmas() -> frozenset[str]:
    """Return the lemmas that may be cues, in whatever frame."""
    lemmas = {lemma for part in ("verbs", "nouns", "adjectives") for lemma in _table(part)}
    phrased = ("striking", "bearing", "wronging")
    lemmas.update(phrase.split()[0] for words in phrased for phrase in word_set(LEXICON, words))
    return frozenset(lemmas.union(*(word_set(LEXICON, words) for words in _JOINED)))


def is_in(token: Token, words: str) -> bool:
    """Say whether a list holds a token's lemma."""
    return token.lemma_.lower() in word_set(LEXICON, words)


def listed(part: str, token: Token, word: str | None = None) -> tuple[CueList, str | None] | None:
    """Return the list that holds a word, alone or with its particle or preposition, and that second word.

    *word* is the lemma to look up where it is not that of the token: "opposed", not "oppose".
    """
    entries = _table(part).get(word or token.lemma_.lower())
    if entries is None:
        return None
    if len(entries) > 1 or "" not in entries:
        followers = _followers(token)
        for second, words in entries.items():
            if second and (followers if " " not in second else _idiom_followers(token)).issuperset(second.split()):
                return words, second.split()[-1]
    return (entries[""], None) if "" in entries else None


def _followers(token: Token) -> set[str]:
    """Return the forms and lemmas of the particles, prepositions and objects that follow a word, and of their own."""
    near = [child for child in token.rights if child.dep_ in _PARTICLES]
    near += [inner for child in near if child.pos_ != "NOUN" for inner in child.rights if inner.dep_ in _PARTICLES]
    return {form for child in near for form in (child.lower_, child.lemma_.lower())}


def _idiom_followers(token: Token) -> set[str]:
    """Return what may follow a verb in an idiom, prepositions of its object among it: "lose patience with"."""
    things = [child for child in token.rights if child.dep_ == "dobj" and child.pos_ == "NOUN"]
    return _followers(token) | {word.lower_ for thing in things for word in thing.rights if word.dep_ == "prep"}


@cache
def _table(part: str) -> Mapping[str, Mapping[str, CueList]]:
    """Return lemma -> second word ("" for none) -> its list; two-word entries first."""
    table: dict[str, dict[str, CueList]] = {}
    for name, entry in read_lexicon(LEXICON)[part].items():
        words = CueList(
            name, entry["sign"], entry["relation"] == "mutual", entry["negation"] == "flips", entry["strength"]
        )
        for word in entry["words"]:
            first, _, second = word.partition(" ")
            table.setdefault(first, {})[second] = words
    return table
