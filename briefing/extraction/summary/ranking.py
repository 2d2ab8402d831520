"""How much each sentence of an article tells: the concepts that it covers and what speaks for or against it.

Concepts are the nouns, names, numbers and adjectives of a sentence (Gillick and Favre 2009 take word pairs); a concept
counts for more the more sentences share it (centrality), and where the title has it. All is measured in per cent of
what the whole article tells.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp2

from spacy.tokens import Token

from briefing.evidence.grounding import words
from briefing.extraction.summary.quoted_words import quoted_tokens
from briefing.extraction.summary.traits import TRAITS, traits_of
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.memory import once_per_analysis
from briefing.language.times.values import is_after

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_MANY = 4  # sentences; a concept of more of them is no more central
_GRAIN = 2.0**-20  # of weights: its multiples add up to the same sum in any order

# What a concept weighs besides 0.5 for being there.
REPEATED = 1.5  # for each further sentence that has it, up to _MANY
TITLED = 1.0
COUNTED = 0.5  # a number in figures

# What a sentence gains by its place: the first gains all, then half every so many sentences.
PLACE = 8.0
PLACE_HALVES = 3.5
LEAD = 6.0  # besides, for the first sentence where it has half of the title's words and is not too long


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with the concepts that it tells and what it is worth besides."""

    sentence: SentenceSpan
    position: int  # 0 for the first sentence of the body
    concepts: Mapping[int, str]  # by the token that tells it
    quoted: float  # share of its words that stands in quotation marks
    traits: tuple[str, ...]  # keys of TRAITS
    leading: bool  # it is the first sentence, and has half of the title's words

    @property
    def place(self) -> float:
        """Return what the place of the sentence is worth."""
        return round(PLACE * exp2(-self.position / PLACE_HALVES) / _GRAIN) * _GRAIN

    @property
    def lead(self) -> float:
        """Return what it is worth to be the lead."""
        return LEAD if self.leading and "crowded" not in self.traits else 0.0

    @property
    def prior(self) -> float:
        """Return what the place and the traits of the sentence are worth."""
        return self.place + self.lead + sum(TRAITS[trait] for trait in self.traits)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The sentences of an article in reading order, and the weight of each concept."""

    sentences: tuple[RankedSentence, ...]
    weights: Mapping[str, float]
    quoted: frozenset[int]  # tokens in quotation marks

    def weight(self, concepts: Iterable[str]) -> float:
        """Return what these concepts tell together; each must stand there once."""
        return sum(map(self.weights.__getitem__, concepts))

    def value(self, ranked: RankedSentence) -> float:
        """Return what a sentence is worth on its own."""
        return self.weight(set(ranked.concepts.values())) + ranked.prior


@once_per_analysis
def rank_sentences(analysis: Analysis) -> Ranking:
    """Return the ranking of the sentences of the body, or of the stand-first where there is no body."""
    told = [s for s in analysis.sentences if s.role == "body"] or [
        s for s in analysis.sentences if s.number is not None
    ]
    quoted = quoted_tokens(analysis)
    published = analysis.article.published
    coming = frozenset(time.start for time in analysis.times if is_after(time.value, published))
    titled = _titled(analysis)
    ranked = tuple(_ranked(analysis, s, quoted, coming, position, titled) for position, s in enumerate(told))
    return Ranking(ranked, _weights(ranked, titled), quoted)


def _titled(analysis: Analysis) -> frozenset[str]:
    """Return the words of the title that tell something, as they stand and as lemmas where they were parsed."""
    parsed = [
        token for s in analysis.sentences if s.role == "title" for token in analysis.tokens_of(s) if _tells(token)
    ]
    if parsed:
        return frozenset(_concept(token) for token in parsed)
    vocabulary = analysis.doc.vocab
    return frozenset(word for word in words(analysis.article.title) if len(word) > 1 and not vocabulary[word].is_stop)


def _ranked(
    analysis: Analysis,
    sentence: SentenceSpan,
    quoted: frozenset[int],
    coming: frozenset[int],
    position: int,
    titled: frozenset[str],
) -> RankedSentence:
    """Read a sentence; *quoted* are tokens in quotation marks, *coming* the offsets of times after publication."""
    tokens = analysis.tokens_of(sentence)
    told = [token for token in tokens if not token.is_punct and not token.is_space]
    inside = sum(token.i in quoted for token in told) if quoted else 0
    forms = {token.lower_ for token in told} | {token.lemma_.lower() for token in told}
    return RankedSentence(
        sentence,
        position,
        _concepts(tokens),
        inside / len(told) if told else 1.0,
        traits_of(analysis, sentence, told, quoted, coming),
        position == 0 and 2 * len(titled & forms) >= len(titled) > 0,
    )


def _concepts(tokens: Iterable[Token]) -> dict[int, str]:
    """Return the concepts that tokens tell, by token."""
    return {token.i: _concept(token) for token in tokens if _tells(token)}


def _tells(token: Token) -> bool:
    return token.pos_ in _CONTENT and len(token) > 1 and not token.is_stop


def _concept(token: Token) -> str:
    return token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower()


def _weights(sentences: Iterable[RankedSentence], titled: frozenset[str]) -> dict[str, float]:
    counts = Counter(concept for ranked in sentences for concept in set(ranked.concepts.values()))
    weights = {
        concept: 0.5
        + REPEATED * (min(count, _MANY) - 1)
        + TITLED * (concept in titled)
        + COUNTED * concept[0].isdigit()
        for concept, count in counts.items()
    }
    total = sum(weights.values())
    return {concept: round(100.0 * weight / total / _GRAIN) * _GRAIN for concept, weight in weights.items()}
