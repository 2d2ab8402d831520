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

from briefing.extraction.quoted_words import quoted_tokens
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set
from briefing.language.memory import once_per_analysis
from briefing.language.timex_values import is_after

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "xcomp", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_MANY = 4  # sentences; a concept of more of them is no more central
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
_FEW_WORDS = 9
_GRAIN = 2.0**-20  # of weights: its multiples add up to the same sum in any order
_MANY_WORDS = 45

# What a concept weighs besides 0.5 for being there.
REPEATED = 1.5  # for each further sentence that has it, up to _MANY
TITLED = 1.0
COUNTED = 0.5  # a number in figures

# What a sentence gains by its place: the first gains all, then half every so many sentences.
PLACE = 8.0
PLACE_HALVES = 4.0

# What speaks for and against a sentence; -200 outweighs all that it could tell.
TRAITS = {
    "to come": 8.0,  # it tells what will happen
    "before": -3.0,  # it is told in the pluperfect, or with "since"
    "pointing": -200.0,  # it opens with a pronoun whose meaning stands elsewhere
    "first person": -3.0,  # "we" outside quotation marks: a comment, or a quotation that lost its marks
    "speech": -3.0,  # most of it stands in quotation marks
    "unsourced": -200.0,  # all of it does, and nobody says it
    "question": -200.0,
    "fragment": -3.0,  # a few words, no subject, or what stands before a colon
    "crowded": -3.0,  # too many words for a line
}


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with the concepts that it tells and what it is worth besides."""

    sentence: SentenceSpan
    position: int  # 0 for the first sentence of the body
    concepts: Mapping[int, str]  # by the token that tells it
    quoted: float  # share of its words that stands in quotation marks
    traits: tuple[str, ...]  # keys of TRAITS

    @property
    def prior(self) -> float:
        """Return what the place and the traits of the sentence are worth."""
        place = round(PLACE * exp2(-self.position / PLACE_HALVES) / _GRAIN) * _GRAIN
        return place + sum(TRAITS[trait] for trait in self.traits)


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
    ranked = tuple(_ranked(analysis, s, position, quoted, coming) for position, s in enumerate(told))
    return Ranking(ranked, _weights(analysis, ranked), quoted)


def _ranked(
    analysis: Analysis, sentence: SentenceSpan, position: int, quoted: frozenset[int], coming: frozenset[int]
) -> RankedSentence:
    """Read a sentence; *quoted* are tokens in quotation marks, *coming* the offsets of times after publication."""
    tokens = list(analysis.span(sentence))
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    forms = {token.lower_ for token in words}
    inside = sum(token.i in quoted for token in words) if quoted else 0
    holds = {
        "to come": _is_to_come(words, coming),
        "before": "since" in forms or ("had" in forms and any(map(is_pluperfect, words))),
        "pointing": _is_pointing(analysis, words),
        "first person": not forms.isdisjoint(_FIRST_PERSON)
        and any(token.lower_ in _FIRST_PERSON and token.i not in quoted for token in words),
        "speech": 2 * inside > len(words),
        "unsourced": inside == len(words),
        "question": analysis.article.text[sentence.start : sentence.end].rstrip("\"'”’)").endswith("?"),
        "fragment": len(words) < _FEW_WORDS or tokens[-1].text in ":;," or not any(w.dep_ in _SUBJECTS for w in words),
        "crowded": len(words) > _MANY_WORDS,
    }
    return RankedSentence(
        sentence,
        position,
        _concepts(tokens),
        inside / len(words) if words else 1.0,
        tuple(trait for trait in TRAITS if holds[trait]),
    )


def _concepts(tokens: Iterable[Token]) -> dict[int, str]:
    """Return the concepts that tokens tell, by token."""
    return {
        token.i: token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower()
        for token in tokens
        if token.pos_ in _CONTENT and len(token) > 1 and not token.is_stop
    }


def _weights(analysis: Analysis, sentences: Iterable[RankedSentence]) -> dict[str, float]:
    titled = {
        concept
        for sentence in analysis.sentences
        if sentence.role == "title"
        for concept in _concepts(analysis.span(sentence)).values()
    }
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


def _is_to_come(words: list[Token], coming: frozenset[int]) -> bool:
    """Say whether a sentence names a time to come, or a main clause has "will", or "to" after "is expected"."""
    return any(word.idx in coming for word in words) or any(
        word.dep_ == "aux"
        and word.tag_ in ("MD", "TO")
        and word.head.dep_ in _CLAUSES
        and factuality(word.head).modality == "future"
        for word in words
    )


def is_pluperfect(token: Token) -> bool:
    """Say whether a token is the "had" of "had signed"."""
    return token.lower_ == "had" and token.dep_ == "aux" and token.head.tag_ == "VBN"


def _is_pointing(analysis: Analysis, words: list[Token]) -> bool:
    """Say whether a sentence opens with "he", "this", "such" and nobody knows who or what is meant."""
    first = words[0] if words else None
    if first is None or first.lower_ not in word_set("summary", "pointing") or first.tag_ == "EX":
        return False
    return first.i not in analysis.referents
