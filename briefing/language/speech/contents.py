"""Contents: the clause, infinitive, object or phrase that a verb, noun or adjective reports."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from spacy.tokens import Token

from briefing.language.syntax import SUBJECTS, is_infinitive
from briefing.runtime.lexicon import read_lexicon, word_set

# Lists that other modules read too.
Verbs = Literal[
    "speech", "thought", "questions", "evidence", "with_quotation", "with_infinitive", "with_object", "naming"
]

_FAR = 15  # tokens from a verb to a lost clause, at most
_GROUNDS = frozenset({"as", "for"})  # prepositions that open the reason of a judgement: "praised them for waiting"


class Content(NamedTuple):
    """The reported words, in tokens."""

    head: int
    first: int
    last: int  # one past its last token


def verbs_of(*lists: Verbs) -> frozenset[str]:
    """Return the verbs of these lists."""
    return word_set(__name__, *lists)


def content_of_verb(verb: Token, lemma: str) -> Content | None:
    """Return the content of a verb: its clause, else its infinitive, object or prepositional phrase."""
    clausal = lemma in verbs_of("speech", "thought", "evidence", "questions")
    if clausal:
        clauses = [child for child in verb.children if child.dep_ == "ccomp"]
        after = [child for child in clauses if child.i > verb.i]
        if clauses:
            return _subtree((after or clauses)[0])
        if (verb.dep_ == "parataxis" or is_as_clause(verb)) and lemma in word_set(__name__, "speech"):
            return _subtree(verb.head)
        # The parser may attach the clause of these verbs to another word.
        if lemma in verbs_of("speech", "evidence"):
            lost = _lost_clause(verb)
            if lost is not None:
                return Content(lost.head.i, lost.i, max(lost.head.right_edge.i, lost.i) + 1)
    if lemma in word_set(__name__, "with_infinitive"):
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp") and (child.tag_ == "VBG" or is_infinitive(child)):
                addressee = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < child.i), child)
                return Content(child.i, min(addressee.left_edge.i, child.left_edge.i), child.right_edge.i + 1)
    return _object(verb, lemma)


def _lost_clause(verb: Token) -> Token | None:
    """Return the "that" of a clause attached to a word after the verb: "told the guests in Lund that ..."."""
    doc = verb.doc
    for token in doc[verb.i + 2 : min(verb.i + _FAR, len(doc))]:
        if token.is_sent_start:
            return None
        if token.lower_ == "that" and token.dep_ == "mark":
            above = token.head.head
            apart = above.i <= verb.i or above.lemma_.lower() in word_set(__name__, "nouns")
            return None if apart or not verb.is_ancestor(above) else token
    return None


def _object(verb: Token, lemma: str) -> Content | None:
    """Return the object of a verb of judging or naming with its complement, else a prepositional phrase."""
    following = [child for child in verb.children if child.i > verb.i]
    first = next((child for child in following if child.dep_ in ("dobj", "nsubj", "ccomp")), None)
    if first is not None and lemma in word_set(__name__, "naming"):
        called = [
            c for c in following if c.dep_ in ("oprd", "ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ == "as")
        ]
        if called:
            return Content(first.i, first.left_edge.i, max(c.right_edge.i for c in (first, *called)) + 1)
    judged = first is not None and first.dep_ != "nsubj" and first.pos_ != "PRON"
    prepositions: Mapping[str, list[str]] = read_lexicon(__name__)["with_preposition"]
    if first is not None and judged and (lemma in word_set(__name__, "with_object") or _has_particle(verb, lemma)):
        opening = _GROUNDS.union(prepositions.get(lemma, ()))
        grounds = [c for c in following if c.dep_ == "prep" and c.lower_ in opening and c.i > first.i]
        return Content(first.i, first.left_edge.i, max(c.right_edge.i for c in (first, *grounds)) + 1)
    for child in following:
        if child.dep_ == "prep" and child.lower_ in prepositions.get(lemma, ()) and child.n_rights:
            asked = [c for c in following if c.i > child.i and c.dep_ in ("xcomp", "advcl") and is_infinitive(c)]
            return Content(child.i, child.left_edge.i, max(c.right_edge.i for c in (child, *asked[:1])) + 1)
    return None


def _has_particle(verb: Token, lemma: str) -> bool:
    particles: Mapping[str, list[str]] = read_lexicon(__name__)["with_particle"]
    wanted = particles.get(lemma, ())
    return any(child.lower_ in wanted and child.dep_ in ("prt", "advmod", "prep") for child in verb.children)


def content_of_feeling(word: Token) -> Content | None:
    """Return the content of a feeling: "is confident that ...", "were critical of ..."."""
    prepositions: Mapping[str, list[str]] = read_lexicon(__name__)["feelings"]
    opening = prepositions.get(word.lower_)
    if opening is None:
        return None
    for child in word.children:
        if child.i > word.i and child.dep_ in ("ccomp", "prep", "agent"):
            clause = child.dep_ == "ccomp" and any(c.dep_ in SUBJECTS for c in child.children)
            if clause or (child.lower_ in opening and child.n_rights):
                return _subtree(child)
    return None


def content_of_noun(noun: Token) -> Token | None:
    """Return the head of a noun's content: "the claim that ...", "its refusal to ...", "their criticism of ..."."""
    lemma = noun.lemma_.lower()
    prepositions: Mapping[str, list[str]] = read_lexicon(__name__)["nouns_with_preposition"]
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in ("acl", "ccomp", "relcl"):
            that = any(t.lower_ == "that" and t.dep_ == "mark" for t in child.children)
            if that and lemma in word_set(__name__, "nouns"):
                return child
            if is_infinitive(child) and lemma in word_set(__name__, "nouns_with_infinitive"):
                return child
        if child.dep_ == "prep" and child.lower_ in prepositions.get(lemma, ()) and child.n_rights:
            return child
    return None


def is_as_clause(verb: Token) -> bool:
    """Return True if a verb heads an as-clause: "as the minister noted, ..."."""
    return verb.dep_ == "advcl" and any(child.lower_ == "as" and child.i < verb.i for child in verb.children)


def _subtree(head: Token) -> Content:
    return Content(head.i, head.left_edge.i, head.right_edge.i + 1)
