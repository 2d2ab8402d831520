"""Sets of dependency labels and tags, and tests of word forms, that many rules use."""

from spacy.tokens import Token

from briefing.language.memory import once_per_token
from briefing.language.neighbours import word_before

# Dependency labels of subjects, active and passive.
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Dependency labels of words before a noun that narrow its meaning.
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
# Tags of finite verbs: "met", "meets", "meet", "will".
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@once_per_token
def is_infinitive(verb: Token) -> bool:
    """Return True if a verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.lefts)


def is_passive(verb: Token) -> bool:
    """Return True if a verb has a passive auxiliary: "was signed"."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def subject_read_before(verb: Token) -> Token | None:
    """Return the subject that the parser took for an apposition in the clause before the verb.

    In "While blaming the envoy, Chile stayed" it takes "Chile" for an apposition to "envoy".
    """
    clause = next((child for child in verb.lefts if child.dep_ == "advcl"), None)
    if clause is None or verb.tag_ not in ("VBZ", "VBD", "VBP") or any("subj" in child.dep_ for child in verb.lefts):
        return None
    last = (word for word in clause.subtree if word.dep_ == "appos" and word.right_edge.i == verb.i - 1)
    return next((word for word in last if word_before(word.left_edge) == ","), None)


def is_subject_read_before(token: Token) -> bool:
    """Return True if an apposition is really the subject of the clause after it."""
    return token.dep_ == "appos" and any(subject_read_before(verb) == token for verb in token.ancestors)
