"""Make a line from words of the article: cut it to length, and remove loose ends."""

from collections.abc import Sequence
from itertools import zip_longest

from spacy.tokens import Token

from briefing.evidence.grounding import Inserted, Line, compose, words
from briefing.extraction.lines.finish import finished
from briefing.runtime.lexicon import word_set

# A line has at most so many words.
LONGEST = 16
# How forms of address begin, of which nothing is left out.
_HONOURS = tuple(
    f"{owner} {honour}" for owner in ("her", "his", "their", "your") for honour in word_set(__name__, "honours")
)
# Opening marks.
MARKS = frozenset({'"', "“", "‘", "(", "["})
_PAUSES = frozenset({",", ";", ":", "-", "–", "—", "--"})


def shortened(tokens: Sequence[Token], head: Token, most: int = LONGEST) -> list[Token]:
    """Drop the last phrase of the words, one after the other, until the line is short enough."""
    kept = list(tokens)
    while len(words(text_of(kept))) > most and kept:
        last = kept[-1]
        node = last
        while node.head.i != head.i and node.dep_ != "ROOT" and not _may_go(node):
            node = node.head
        cut = next((k for k, token in enumerate(kept) if token.i >= min(node.left_edge.i, last.i)), len(kept) - 1)
        kept = kept[:cut] if cut > 0 and kept[cut].i > head.i else kept[:-1]
    if kept and kept[-1].tag_ == "VBG" and kept[-1].dep_ == "pcomp" and any(kept[-1].rights):
        kept = kept[:-1]  # "before travelling" without where to
    return kept


def _may_go(phrase: Token) -> bool:
    """Return True if what is left without a phrase is still whole: not "the trial" of "the trial of Ana Sol"."""
    of_noun = phrase.lower_ == "of" and phrase.head.pos_ in ("NOUN", "PROPN")
    return phrase.dep_ in ("prep", "acl", "conj", "npadvmod", "advmod", "xcomp") and not of_noun


def text_of(tokens: Sequence[Token]) -> str:
    """Return words of the article as text, without pauses at a gap."""
    pieces: list[str] = []
    before: Token | None = None
    for token, following in zip_longest(tokens, tokens[1:]):
        torn = before is None or before.i != token.i - 1 or following is None or following.i != token.i + 1
        before = token
        if token.text in _PAUSES and (torn or (following is not None and following.is_punct)):
            pieces.append(" ")
            continue
        gap = following is not None and (token.whitespace_ or following.i != token.i + 1)
        pieces.append(token.text + (" " if gap and not token.is_space else ""))
    return " ".join("".join(pieces).split())


def planned() -> frozenset[str]:
    """Return the words that only say that something is to come: "scheduled"."""
    return word_set(__name__, "planned")


def line_of(tokens: Sequence[Token]) -> Line | None:
    """Return words of the article as a line; None if nothing remains."""
    return polished([text_of(tokens)])


def polished(pieces: list[str]) -> Line | None:
    """Return the pieces as a line with a capital at its head and without loose ends."""
    if not isinstance(pieces[-1], Inserted):
        pieces = [*pieces[:-1], stripped(pieces[-1], opening=len(pieces) == 1)]
    return finished(compose(pieces), whole=False) if pieces[-1] else None


def stripped(text: str, *, opening: bool = True) -> str:
    """Return a text without a leading article and trailing function words."""
    parts = text.split()
    loose = word_set(__name__, "loose_ends", "planned") | _PAUSES | {*MARKS, "'", "’"}
    while parts and opening and parts[0].lower() in word_set(__name__, "leading_words") | {"'", "’"}:
        if len(parts) > 1 and f"{parts[0]} {parts[1]}".lower().startswith(_HONOURS):
            break
        parts.pop(0)
    while parts and parts[-1].lower() in loose:
        parts.pop()
    return " ".join(parts).rstrip(",;:—–- ")
