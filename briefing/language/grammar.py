"""Sets of labels, and marks of word forms, that many rules ask for."""

from spacy.tokens import Token

from briefing.language.memory import once_per_token

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
