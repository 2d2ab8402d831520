"""Whose words a reporting verb gives: the noun phrase that is its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefing.language.analysis import Range

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Clauses whose unspoken subject is that of the verb above them: "..., adding that ...", "went on to say".
_SHARING = frozenset({"advcl", "xcomp", "conj", "pcomp", "prep", "dep", "ccomp", "parataxis"})
_CLIMB = 6  # verbs to climb before the subject is given up
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PHRASE = _NOMINAL | {"ADJ", "DET"}


@dataclass(frozen=True, slots=True)
class Source:
    """The noun phrase that names a source, in tokens."""

    first: int
    last: int  # one past its last token
    head: int

    def range(self, doc: Doc) -> Range:
        """Return where it stands."""
        return Range(doc[self.first].idx, doc[self.last - 1].idx + len(doc[self.last - 1]))


def source_of(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Return the source of a reporting verb: its subject, else the subject that it shares, else the noun beside it.

    Args:
        verb: A verb outside quotation marks.
        quoted: For each token the number of the quotation that holds it, or -1.
    """
    return _by_passive(verb, quoted) or _by_subject(verb, quoted) or _beside(verb, quoted)


def noun_phrase(head: Token, quoted: Sequence[int], *, before: int | None = None, after: int | None = None) -> Source:
    """Return the noun phrase of *head*, cut at quotations and at the tokens *before* and *after*."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    if before is not None and head.i < before < last:
        last = before
    if after is not None and first <= after < head.i:
        first = after + 1
    for index in range(head.i, first - 1, -1):
        if quoted[index] >= 0 and quoted[head.i] < 0:
            first = index + 1
            break
    for index in range(head.i, last):
        if quoted[index] >= 0 and quoted[head.i] < 0:
            last = index
            break
    doc = head.doc
    while last - 1 > head.i and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return Source(first, last, head.i)


def _by_passive(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Read "was quoted as saying", "AP quoted him as saying" and "was announced by the court"."""
    quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb
    if quoting.lemma_ == "quote":
        whom = next((t for t in quoting.children if t.dep_ in ("nsubjpass", "dobj") and quoted[t.i] < 0), None)
        return None if whom is None else _phrase_beside(whom, quoting, quoted)
    for child in verb.children:
        if child.dep_ == "agent":
            for noun in child.children:
                if noun.dep_ == "pobj" and quoted[noun.i] < 0:
                    return noun_phrase(noun, quoted)
    return None


def _by_subject(verb: Token, quoted: Sequence[int]) -> Source | None:
    node = verb
    for _ in range(_CLIMB):
        subject = next((t for t in node.children if t.dep_ in _SUBJECTS and quoted[t.i] < 0), None)
        if subject is not None:
            if subject.lower_ in _RELATIVE and node.dep_ == "relcl":
                return noun_phrase(node.head, quoted, before=subject.i)
            if subject.dep_ == "nsubjpass" and node is verb and verb.lemma_ not in ("tell", "ask"):
                return None
            return _phrase_beside(subject, node, quoted)
        if node.dep_ in ("acl", "relcl") and node.head.pos_ in _NOMINAL and quoted[node.head.i] < 0:
            return noun_phrase(node.head, quoted, before=node.left_edge.i)
        if node.dep_ not in _SHARING or node.head.i == node.i or (node.dep_ == "ccomp" and node.head.i < node.i):
            return None
        node = node.head
    return None


def _phrase_beside(noun: Token, verb: Token, quoted: Sequence[int]) -> Source:
    if noun.i < verb.i:
        return noun_phrase(noun, quoted, before=verb.i)
    return noun_phrase(noun, quoted, after=verb.i)


def _beside(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Return the noun phrase right after or right before a verb that the parser left without a subject."""
    doc, sentence = verb.doc, verb.sent
    first = verb.i + 1
    last = first
    while last < sentence.end and quoted[last] < 0 and doc[last].pos_ in _PHRASE and last - first < 12:
        last += 1
    heads = [i for i in range(first, last) if doc[i].pos_ in _NOMINAL]
    if heads and _ends_clause(doc, last, sentence.end, quoted):
        return Source(first, heads[-1] + 1, heads[-1])
    place = verb.i - 1
    while place >= sentence.start and doc[place].pos_ in ("ADV", "AUX") and quoted[place] < 0:
        place -= 1
    if (
        place >= sentence.start
        and quoted[place] < 0
        and doc[place].pos_ in _NOMINAL
        and doc[place].lower_ not in _RELATIVE
    ):
        return noun_phrase(doc[place], quoted, before=place + 1)
    return None


def _ends_clause(doc: Doc, place: int, end: int, quoted: Sequence[int]) -> bool:
    return place >= end or quoted[place] >= 0 or doc[place].is_punct or doc[place].pos_ in ("ADP", "SCONJ", "SPACE")
