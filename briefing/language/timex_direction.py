"""Before or after publication: what tense and cue say of a time that is written without its year or week."""

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set
from briefing.language.timex_context import Direction

# Longest way up from a time to the verb that governs it.
_MOST_STEPS = 8


def token_at(doc: Doc, starts: Sequence[int], offset: int) -> Token:
    """Return the token that holds the character at *offset*; *starts* are the offsets of all tokens."""
    return doc[max(0, bisect_right(starts, offset) - 1)]


def direction_of(token: Token) -> Direction:
    """Say whether what happens at the time that *token* names lies before (-1) or after (1) publication; 0 is unknown."""
    node = token
    for _ in range(_MOST_STEPS):
        cue = _cue(node)
        if cue:
            return cue
        if node.pos_ in ("VERB", "AUX") and node.i != token.i:
            direction = _of_verb(node)
            if direction or node.dep_ in ("ROOT", "ccomp"):
                return direction
        if node.dep_ == "ROOT" or node.head.i == node.i:
            return 0
        node = node.head
    return 0


def _of_verb(verb: Token) -> Direction:
    told = factuality(verb)
    if told.modality in ("future", "wished", "necessary"):
        return -1 if told.tense == "past" and told.modality == "wished" else 1
    if told.tense == "past":
        return -1
    if told.tense == "future" or told.modality == "possible":
        return 1
    if told.tense == "present":
        return 1
    return -1 if verb.tag_ in ("VBN", "VBD") else 0


def _cue(node: Token) -> Direction:
    form = node.lower_
    if form in word_set("times", "ahead_cues") or node.lemma_.lower() in word_set("times", "ahead_cues"):
        return 1
    if form == "since":
        return -1
    for child in node.children:
        if child.dep_ in ("amod", "acl", "advmod") and child.lower_ in word_set("times", "ahead_cues"):
            return 1
    return 0
