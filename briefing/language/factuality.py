"""Factuality of predicates: negation, modality, condition and tense.

First the predicate's own words are read ("did not sign", "may sign"). Then each governor is read, step by step up
the dependency tree ("hopes to sign", "the refusal to sign", "denied that it had signed"). The method follows FactBank
(Saurí and Pustejovsky 2009) and TruthTeller (Lotan, Stern and Dagan 2013).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.language.memory import once_per_token
from briefing.language.predicate_governors import step_up
from briefing.language.predicate_words import Modality, Rung, Tense, own_words
from briefing.language.syntax import AUXILIARIES


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a text presents an event or state (Saurí and Pustejovsky 2009)."""

    negated: bool  # not, never, no, without, fail to, refuse to, lack; two negations cancel
    modality: Modality  # of all governors, the one farthest from fact
    conditional: bool  # within an "if" or "unless" clause, or beside one: "would ... if"
    tense: Tense  # of the predicate, or of its finite verb; "would" under "said" is future


# Steps up the tree, at most; deeper trees are misparses of lists and tables.
_MOST_RUNGS = 12
# From fact to mere wish.
_MODALITIES: tuple[Modality, ...] = ("actual", "future", "necessary", "possible", "wished")


@once_per_token
def factuality(predicate: Token) -> Factuality:
    """Return how the text presents the event or state that *predicate* names: a verb, adjective or noun."""
    rungs = tuple(_rungs(predicate))
    modality = max((rung.modality for rung in rungs), key=_MODALITIES.index)
    tense: Tense = next((rung.tense for rung in rungs if rung.tense is not None), "none")
    if modality == "future" and tense in ("none", "present"):
        tense = "future"
    return Factuality(
        negated=sum(rung.flips for rung in rungs) % 2 == 1,
        modality=modality,
        conditional=any(rung.conditional for rung in rungs),
        tense=tense,
    )


def _rungs(predicate: Token) -> Iterator[Rung]:
    node = predicate.head if predicate.dep_ in AUXILIARIES else predicate
    below: Token | None = None
    inherited = True  # a conjoined verb may share the first verb's auxiliaries; it always shares its governor
    for _ in range(_MOST_RUNGS):
        if inherited:
            yield own_words(node, below)
        step = step_up(node)
        if step is None:
            return
        below = node
        node, rung, inherited = step
        yield rung
