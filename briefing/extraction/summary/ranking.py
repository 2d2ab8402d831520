"""Rank the sentences of an article by the concepts that they cover and by their traits.

Concepts are the nouns, names, numbers and adjectives of a sentence (Gillick and Favre 2009 take word pairs). A concept
weighs more if more sentences share it (centrality), and if the title has it. All weights are in per cent of the
concepts of the whole article.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp2

from spacy.tokens import Token

from briefing.evidence.grounding import words
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.summary.traits import NEVER, TRAITS, traits_of
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.memory import once_per_analysis
from briefing.language.times.values import is_after

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_MANY = 3  # a concept gains nothing from more sentences than this
_GRAIN = 2.0**-20  # weights are multiples of this, so their sum does not depend on the order

# What a concept weighs in addition to its basic 0.5.
REPEATED = 1.5  # for each further sentence that has it, up to _MANY
TITLED = 1.0
COUNTED = 1.5  # a number in figures

# What a sentence gains by its position: the first gets all of it, and the value halves every few sentences.
PLACE = 10.0
PLACE_HALVES = 2.5
FIRST = 3  # the news of the title is looked for in so many sentences
LEAD = 12.0  # extra for one of these, times the share of the title's words that it has


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with its concepts and its other values."""

    sentence: SentenceSpan
    position: int  # 0 for the first sentence of the body
    concepts: Mapping[int, str]  # by the token that expresses it
    quoted: float  # share of its words in quotation marks
    traits: tuple[str, ...]  # keys of TRAITS
    titled: float  # share of the title's words that it has

    @property
    def place(self) -> float:
        """Return the value of the sentence's position."""
        return round(PLACE * exp2(-self.position / PLACE_HALVES) / _GRAIN) * _GRAIN

    @property
    def lead(self) -> float:
        """Return the extra value of a sentence that tells the news of the title."""
        return LEAD * self.titled if self.position < FIRST else 0.0

    @property
    def opening(self) -> float:
        """Return the value of the sentence as the first of a summary, whatever its form; NEVER if it cannot be one."""
        return NEVER if any(TRAITS[trait] == NEVER for trait in self.traits) else self.place + self.lead

    @property
    def prior(self) -> float:
        """Return the value of the sentence's position and traits."""
        return self.place + self.lead + sum(TRAITS[trait] for trait in self.traits)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The sentences of an article in reading order, and the weight of each concept."""

    sentences: tuple[RankedSentence, ...]
    weights: Mapping[str, float]

    def weight(self, concepts: Iterable[str]) -> float:
        """Return the sum of the weights of concepts; each must occur once."""
        return sum(map(self.weights.__getitem__, concepts))

    def value(self, ranked: RankedSentence) -> float:
        """Return the value of a single sentence."""
        return self.weight(set(ranked.concepts.values())) + ranked.prior


@once_per_analysis
def rank_sentences(analysis: Analysis) -> Ranking:
    """Return the ranking of the sentences of the body; without a body, of the stand-first."""
    sentences = [s for s in analysis.sentences if s.role == "body"] or [
        s for s in analysis.sentences if s.number is not None
    ]
    quoted = quoted_tokens(analysis)
    published = analysis.article.published
    coming = frozenset(time.start for time in analysis.times if is_after(time.value, published))
    titled = _titled(analysis)
    ranked = tuple(_ranked(analysis, s, quoted, coming, position, titled) for position, s in enumerate(sentences))
    return Ranking(ranked, _weights(ranked, titled))


def _titled(analysis: Analysis) -> frozenset[str]:
    """Return the content words of the title, as written, and as lemmas if the title was parsed."""
    parsed = [
        token
        for s in analysis.sentences
        if s.role == "title"
        for token in analysis.tokens_of(s)
        if _is_content_word(token)
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
    """Rank a sentence; *quoted* holds tokens in quotation marks, *coming* offsets of times after publication."""
    tokens = analysis.tokens_of(sentence)
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    inside = sum(token.i in quoted for token in words) if quoted else 0
    forms = {token.lower_ for token in words} | {token.lemma_.lower() for token in words}
    return RankedSentence(
        sentence,
        position,
        _concepts(tokens),
        inside / len(words) if words else 1.0,
        traits_of(analysis, sentence, words, quoted, coming),
        len(titled & forms) / len(titled) if titled else 0.0,
    )


def _concepts(tokens: Iterable[Token]) -> dict[int, str]:
    """Return the concepts that tokens express, by token."""
    return {token.i: _concept(token) for token in tokens if _is_content_word(token)}


def _is_content_word(token: Token) -> bool:
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
