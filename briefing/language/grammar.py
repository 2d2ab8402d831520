"""Sets of labels, and marks of word forms, that many rules ask for."""

from spacy.tokens import Token

from briefing.language.memory import once_per_token
from briefing.language.neighbours import word_before

# Dependency labels of nouns that do, or in a passive suffer, what their verb tells.
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Dependency labels of what stands before a noun and tells which one is meant.
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
# Tags of verb forms that make a sentence: "met", "meets", "meet", "will".
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@once_per_token
def is_infinitive(verb: Token) -> bool:
    """Say whether "to" stands with a verb."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.lefts)


def is_passive(verb: Token) -> bool:
    """Return True if a verb has a passive auxiliary: "was signed"."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def subject_read_before(verb: Token) -> Token | None:
    """Return a subject that was read into the clause before it: Chile of "While blaming the envoy, Chile stayed".

    The parser takes it for an apposition to the last noun of that clause.
    """
    clause = next((child for child in verb.lefts if child.dep_ == "advcl"), None)
    if clause is None or verb.tag_ not in ("VBZ", "VBD", "VBP") or any("subj" in child.dep_ for child in verb.lefts):
        return None
    last = (word for word in clause.subtree if word.dep_ == "appos" and word.right_edge.i == verb.i - 1)
    return next((word for word in last if word_before(word.left_edge) == ","), None)


def is_subject_read_before(token: Token) -> bool:
    """Say whether an apposition is none, but the subject of the clause after it."""
    return token.dep_ == "appos" and any(subject_read_before(verb) == token for verb in token.ancestors)
