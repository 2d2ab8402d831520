"""Sources: the noun phrases whose words a reporting verb introduces."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefing.language.analysis import Range
from briefing.language.neighbours import word_after
from briefing.language.speech.contents import verbs_of
from briefing.language.syntax import SUBJECTS, is_infinitive
from briefing.runtime.lexicon import word_set

_RELATIVE = word_set(__name__, "relative")
# Clauses that share the subject of the verb above them: "..., adding that ...", "went on to say".
_SHARING = frozenset({"advcl", "xcomp", "conj", "pcomp", "prep", "dep", "ccomp", "parataxis", "acomp"})
_EMPTY = word_set(__name__, "empty")
_TIMES = frozenset({"DATE", "TIME"})  # "Monday will see what he calls 'the biggest moon of the year'"
_OWNING = word_set(__name__, "owning")
_FAR = 12  # tokens beside a verb that are searched for its source, at most
_CLIMB = 6  # steps up the tree from a verb to its subject, at most
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PHRASE = _NOMINAL | {"ADJ", "DET"}


@dataclass(frozen=True, slots=True)
class Source:
    """The noun phrase that names a source, in tokens."""

    first: int
    last: int  # one past its last token
    head: int

    def range(self, doc: Doc) -> Range:
        """Return the range in characters."""
        return Range(doc[self.first].idx, doc[self.last - 1].idx + len(doc[self.last - 1]))


def source_of(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Return the source of a reporting verb: its own or shared subject, else the noun phrase beside it.

    Args:
        verb: A verb outside quotation marks.
        quoted: For each token the number of its quotation, or -1.
    """
    source = _by_passive(verb, quoted) or _by_subject(verb, quoted)
    passive = _is_named(verb) or any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    if source is None and not passive:
        source = _beside(verb, quoted)
    if source is None:
        return None
    head = verb.doc[source.head]
    time = head.ent_type_ in _TIMES and not head.lower_.endswith("old")  # "the 43-year-old" is a person
    return None if head.lower_ in _EMPTY or time else source


def owner_of(noun: Token) -> Token | None:
    """Return the owner of a statement or claim: "the ministry's letter", "a statement issued by the ministry"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in _OWNING:
            return next((owner for owner in child.children if owner.dep_ == "pobj"), None)
        if child.dep_ == "acl":
            for agent in child.children:
                if agent.dep_ == "agent":
                    return next((owner for owner in agent.children if owner.dep_ == "pobj"), None)
    return None


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
    while last - 1 > head.i and (doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].dep_ == "case"):
        last -= 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return Source(first, last, head.i)


def according_source(token: Token, quoted: Sequence[int]) -> Source | None:
    """Return the source that "according to" names; *token* is "according"."""
    doc = token.doc
    place = token.i + 1
    noun: Token | None = None
    if place < len(doc) and doc[place].lower_ == "to":
        noun = next((child for child in doc[place].children if child.dep_ == "pobj"), None)
        place += 1
    if noun is None:
        while place < len(doc) and doc[place].pos_ in ("DET", "ADJ", "PROPN", "NOUN", "CCONJ"):
            noun = doc[place]
            place += 1
    if noun is None or quoted[noun.i] >= 0:
        return None
    return noun_phrase(noun, quoted, after=token.i)


def _by_passive(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Return the source of "was quoted as saying", "AP cited him as saying", "was announced by the court"."""
    quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb
    if quoting.lemma_ == "quote" or (quoting.lemma_ == "cite" and quoting.i != verb.i):
        subject = next((t for t in quoting.children if t.dep_ in ("nsubjpass", "dobj") and quoted[t.i] < 0), None)
        return None if subject is None else _phrase_beside(subject, quoting, quoted)
    for child in verb.children:
        if child.dep_ == "agent":
            for noun in child.children:
                if noun.dep_ == "pobj" and quoted[noun.i] < 0:
                    return noun_phrase(noun, quoted)
    return None


def _is_named(verb: Token) -> bool:
    """Return True if a participle introduces another name of the noun before it: "the bridge, dubbed ..."."""
    named = verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_.lower() in verbs_of("naming")
    return named and not any(child.dep_ in ("dobj", "agent") for child in verb.children)


def _by_subject(verb: Token, quoted: Sequence[int]) -> Source | None:
    node = verb
    for _ in range(_CLIMB):
        subject = _nearest_subject(node, quoted)
        if subject is not None:
            if subject.lower_ in _RELATIVE and node.dep_ == "relcl":
                return noun_phrase(node.head, quoted, before=subject.i)
            if subject.dep_ == "nsubjpass" and node is verb and verb.lemma_ not in ("tell", "ask"):
                return None
            return _phrase_beside(subject, node, quoted)
        if node is verb and _is_named(verb):
            return None
        if node.dep_ in ("acl", "relcl") and node.head.pos_ in _NOMINAL and quoted[node.head.i] < 0:
            if node.head.dep_ != "dobj" or not is_infinitive(node):
                return noun_phrase(node.head, quoted, before=node.left_edge.i)
            node = node.head  # "took the occasion to say": the subject of "took"
        elif node.dep_ not in _SHARING or node.head.i == node.i or (node.dep_ == "ccomp" and node.head.i < node.i):
            return None
        node = _clause_before(node) or node.head
    return None


def _clause_before(clause: Token) -> Token | None:
    """Return the verb "left" for "saying" in "The vote came as Sol left, saying ...": who comes is nobody."""
    verb = clause.head
    if clause.dep_ != "advcl" or verb.lemma_ != "come" or clause.tag_ != "VBG":
        return None
    others = (child for child in verb.rights if child.dep_ == "advcl" and child.i < clause.i)
    return next((child for child in others if any(word.dep_ in SUBJECTS for word in child.lefts)), None)


def _nearest_subject(verb: Token, quoted: Sequence[int]) -> Token | None:
    subjects = [t for t in verb.children if t.dep_ in SUBJECTS and quoted[t.i] < 0]
    before = [t for t in subjects if t.i < verb.i]
    if before:
        return before[-1]
    # The parser splits "said co-finder Ana Sol" at the hyphen into two subjects.
    named = (t for t in subjects if t.ent_type_ == "PERSON" and word_after(subjects[0]) == "-")
    return next(named, None) or next(iter(subjects), None)


def _phrase_beside(noun: Token, verb: Token, quoted: Sequence[int]) -> Source:
    if noun.i < verb.i:
        return noun_phrase(noun, quoted, before=verb.i)
    return noun_phrase(noun, quoted, after=verb.i)


def _beside(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Return the noun phrase directly after or before a verb to which the parser gave no subject."""
    left = _left_of(verb, quoted)
    if left is not None and verb.doc[left.head].ent_type_ == "PERSON":
        return left
    doc = verb.doc
    first = last = verb.i + 1
    while last < len(doc) and _goes_on(doc[last], quoted, _PHRASE) and last - first < _FAR:
        last += 1
    heads = [i for i in range(first, last) if doc[i].pos_ in _NOMINAL]
    if heads and (last >= len(doc) or _ends_phrase(doc[last], quoted)):
        return Source(first, heads[-1] + 1, heads[-1])
    return left


def _left_of(verb: Token, quoted: Sequence[int]) -> Source | None:
    """Return the noun phrase that ends before a verb, or before an apposition between commas."""
    doc = verb.doc
    place = verb.i - 1
    while place >= 0 and _goes_on(doc[place + 1], quoted, None) and doc[place].pos_ in ("ADV", "AUX"):
        place -= 1
    if place < 0 or doc[place + 1].is_sent_start or quoted[place] >= 0:
        return None
    end = place + 1
    if doc[place].text == ",":
        place -= 1
        opening = next((i for i in range(place, max(place - _FAR, 0), -1) if doc[i].text == ","), None)
        if opening is not None and doc[opening - 1].ent_type_ == "PERSON" and quoted[opening - 1] < 0:
            place = opening - 1
        if place < 0 or doc[place].ent_type_ != "PERSON":
            return None
    if quoted[place] >= 0 or doc[place].pos_ not in _NOMINAL or doc[place].lower_ in _RELATIVE:
        return None
    found = noun_phrase(doc[place], quoted, before=place + 1)
    return Source(found.first, end, place) if doc[place].ent_type_ == "PERSON" and end - 1 > place + 1 else found


def _goes_on(token: Token, quoted: Sequence[int], kinds: frozenset[str] | None) -> bool:
    """Return True if a token continues its sentence outside quotation marks and has one of *kinds*, if given."""
    return quoted[token.i] < 0 and not token.is_sent_start and (kinds is None or token.pos_ in kinds)


def _ends_phrase(token: Token, quoted: Sequence[int]) -> bool:
    return quoted[token.i] >= 0 or token.is_sent_start or token.is_punct or token.pos_ in ("ADP", "SCONJ", "SPACE")
