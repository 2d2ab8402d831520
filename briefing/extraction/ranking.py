"""How much each sentence of an article tells: the concepts it covers and what speaks for or against it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.salience import entity_salience
from briefing.language.analysis import Analysis, SentenceSpan

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_MANY = 4  # sentences; a concept of more is no more central

# What a concept weighs: once for being there, more for each further sentence, for the title and the lead.
TITLE_WEIGHT = 1.5
LEAD_WEIGHT = 1.0
REPEAT_WEIGHT = 0.5
NAME_WEIGHT = 1.0
TIME_WEIGHT = 1.0
NUMBER_WEIGHT = 0.5
# What a sentence gains by standing early, as a share of all weights; it halves every so many sentences.
POSITION_WEIGHT = 0.10
POSITION_HALF = 4.0


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with the concepts that it tells and what it is worth besides."""

    sentence: SentenceSpan
    position: int  # 0 for the first sentence of the body
    concepts: frozenset[str]
    prior: float  # by its place, less what speaks against it


@dataclass(frozen=True, slots=True)
class Ranking:
    """The sentences of an article in reading order, and the weight of each concept (sum 1.0)."""

    sentences: tuple[RankedSentence, ...]
    weights: Mapping[str, float]

    def weight(self, concepts: frozenset[str]) -> float:
        """Return the share of the article's content that these concepts make."""
        return sum(self.weights[concept] for concept in sorted(concepts))


def rank_sentences(analysis: Analysis) -> Ranking:
    """Return the ranking of the sentences of the body, or of the stand-first where there is no body."""
    told = [s for s in analysis.sentences if s.role == "body"] or [
        s for s in analysis.sentences if s.number is not None
    ]
    concepts = [_concepts(analysis, sentence) for sentence in told]
    weights = _weights(analysis, concepts)
    quoted = _quoted(analysis)
    ranked = [
        RankedSentence(sentence, position, found, _prior(analysis, sentence, position, quoted))
        for position, (sentence, found) in enumerate(zip(told, concepts, strict=True))
    ]
    return Ranking(tuple(ranked), weights)


def _concepts(analysis: Analysis, sentence: SentenceSpan) -> frozenset[str]:
    found: set[str] = set()
    for token in analysis.span(sentence):
        entities = analysis.referents.get(token.i)
        if entities:
            found.update(f"#{index}" for index in entities)
        elif token.pos_ in _CONTENT and not token.is_stop and len(token) > 1:
            found.add(_key(token))
    return frozenset(found)


def _key(token: Token) -> str:
    return token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower()


def _weights(analysis: Analysis, concepts: list[frozenset[str]]) -> dict[str, float]:
    counts = Counter(concept for found in concepts for concept in found)
    titled: set[str] = set()
    for sentence in analysis.sentences:
        if sentence.role in ("title", "subtitle"):
            titled |= _concepts(analysis, sentence)
    lead = concepts[0] if concepts else frozenset()
    salience = entity_salience(analysis)
    weights: dict[str, float] = {}
    for concept, count in counts.items():
        weight = (
            0.5
            + REPEAT_WEIGHT * (min(count, _MANY) - 1)
            + TITLE_WEIGHT * (concept in titled)
            + LEAD_WEIGHT * (concept in lead)
        )
        if concept.startswith("#") and concept[1:].isdigit():
            weight += NAME_WEIGHT * salience[int(concept[1:])]
        if any(letter.isdigit() for letter in concept):
            weight += NUMBER_WEIGHT
        weights[concept] = weight
    total = sum(weights.values()) or 1.0
    return {concept: weight / total for concept, weight in weights.items()}


def _quoted(analysis: Analysis) -> frozenset[int]:
    """Return the tokens within direct quotations."""
    return frozenset()


def _prior(analysis: Analysis, sentence: SentenceSpan, position: int, quoted: frozenset[int]) -> float:
    return POSITION_WEIGHT * 0.5 ** (position / POSITION_HALF)
