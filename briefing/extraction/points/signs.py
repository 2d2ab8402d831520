"""What the words of a sentence say of the parties, whatever the model says: they disagree, or are on one side."""

from collections.abc import Iterable

from spacy.tokens import Token

from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.predicate_words import lemma_of
from briefing.runtime.lexicon import word_set

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "pobj", "attr"})


def say_they_disagree(tokens: Iterable[Token]) -> bool:
    """Return True for "Peru and Chile disagree on the border" and "failed to agree"; not if they agree beside it."""
    agree = word_set(__name__, "agreeing")
    words = [token for token in tokens if lemma_of(token) in agree | word_set(__name__, "disagreeing")]
    agreed = [(lemma_of(token) in agree) != factuality(token).negated for token in words]
    return bool(agreed) and not any(agreed)


def are_no_opponents(analysis: Analysis, sentence: SentenceSpan, parties: Iterable[int]) -> bool:
    """Return True if a sentence only lists all of some parties: "called on Peru and Chile to stop".

    Not "Peru and Chile clashed", nor "the border between Peru and Chile".
    """
    first = _first_of_list(analysis, sentence, parties)
    if first is not None and first.dep_ == "pobj" and first.head.lower_ == "of":
        first = first.head.head  # "the killings of"
    return first is not None and first.dep_ in _OBJECTS and first.head.lower_ not in word_set(__name__, "of_opponents")


def are_allies(analysis: Analysis, sentence: SentenceSpan, parties: Iterable[int]) -> bool:
    """Return True if all of some parties act together against others: "Peru and Chile protested against the dam"."""
    first = _first_of_list(analysis, sentence, parties)
    if first is None or first.dep_ not in _SUBJECTS:
        return False
    is_opposing = lemma_of(first.head) in word_set(__name__, "opposing")
    return any(child.lower_ == "against" or (is_opposing and child.dep_ == "dobj") for child in first.head.children)


def _first_of_list(analysis: Analysis, sentence: SentenceSpan, parties: Iterable[int]) -> Token | None:
    """Return the first of a list that holds all of some parties; None if they are mentioned anywhere else."""
    firsts = dict[int, Token]()
    for index in parties:
        mentions = analysis.entities[index].mentions
        heads = [mention.head for mention in mentions if sentence.first <= mention.head < sentence.last]
        if len(heads) != 1:
            return None
        token = analysis.tokens[heads[0]]
        while token.dep_ == "conj":
            token = token.head
        firsts[token.i] = token
    return next(iter(firsts.values())) if len(firsts) == 1 else None
