"""The offices and functions that a text gives a person, in its own words: contiguous stretches of the article.

Before the name ("Russian Ambassador to Tokyo Mikhail Galuzin"), beside it in apposition, after a copula, after "as",
and in brackets. *former*, *acting*, *deputy* and *-elect* belong to the role.
"""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from briefing.language.analysis import Role
from briefing.language.lexicon import word_set
from briefing.language.role_phrases import (
    COMPLEMENTS,
    LONGEST_ROLE,
    NameTable,
    Stretch,
    is_role_noun,
    noun_phrase,
    phrase_head,
    phrase_start,
    sentence_start,
    title_before,
)
from briefing.language.surface import POSSESSIVE, NameSpan, head_of, honorific_sex

_BEING = frozenset({"be", "become", "remain"})
_UNREAL = frozenset({"will", "would", "could", "may", "might", "if"})
_ENDS = frozenset({",", ".", ")", "-", "–", "—", ";"})


def find_roles(doc: Doc, spans: Iterable[NameSpan], table: NameTable) -> tuple[Role, ...]:
    """Return the roles that the text gives the person named by *spans*, best first, each wording once."""
    roles: dict[str, tuple[tuple[int, bool, int], Role]] = {}
    for span in spans:
        for stretch in _around(doc, span, table):
            role = _role(doc, stretch, table)
            order = (stretch.rank, role.affiliation is None, role.start)
            known = roles.get(role.text.casefold())
            if role.text and (known is None or order < known[0]):
                roles[role.text.casefold()] = (order, role)
    return tuple(role for _, role in sorted(roles.values(), key=lambda pair: pair[0]))


def role_heads(doc: Doc, role: Role) -> Sequence[Token]:
    """Return the nouns that a role is headed by, more than one in "Chairman and CEO"; not those in its complements."""
    span = doc.char_span(role.start, role.end, alignment_mode="expand")
    heads: list[Token] = []
    for token in span if span is not None else ():
        if token.lower_ in COMPLEMENTS and heads:
            break
        if is_role_noun(token) and (token.i + 1 >= len(doc) or token.nbor(1).text not in POSSESSIVE):
            heads.append(token)
    return [head for head in heads if head is heads[-1] or head.nbor(1).lower_ in ("and", "&")]


def _around(doc: Doc, span: NameSpan, table: NameTable) -> Iterator[Stretch]:
    relational = word_set("roles", "relational_nouns")
    for finder in (_before_name, _in_apposition, _beside_role, _predicated, _in_brackets):
        stretch = finder(doc, span, table)
        if stretch is not None and stretch.first < stretch.last <= stretch.first + LONGEST_ROLE:
            yield stretch._replace(rank=2) if doc[stretch.head].lower_ in relational else stretch


def _before_name(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Read leftwards: a title, or a title with its complement ("Ambassador to Tokyo"), that leans on the name."""
    last = span.first
    while last > 0 and not doc[last].is_sent_start and honorific_sex(doc[last - 1]) in ("male", "female"):
        last -= 1
    if last == 0 or doc[last].is_sent_start:
        return None
    edge = sentence_start(doc[last - 1])
    head = title_before(doc, last, edge, table)
    if head is None:
        return None
    return Stretch(_with_partner(doc, phrase_start(doc, head, edge, table), edge, table), last, head)


def _with_partner(doc: Doc, first: int, edge: int, table: NameTable) -> int:
    """Take in a role joined by "and": "Chairman and CEO", "State Councilor and Foreign Minister"."""
    joined = first - 2
    if joined < edge or doc[first - 1].lower_ not in ("and", "&") or not is_role_noun(doc[joined]):
        return first
    if doc[joined].text[0].isupper() != doc[first].text[0].isupper() or joined in table.persons:
        return first
    return phrase_start(doc, joined, edge, table)


def _in_apposition(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Read rightwards over a comma: "Zhao Lijian, a spokesman for the Chinese Foreign Ministry"."""
    index = span.last
    if index + 1 >= len(doc) or doc[index].text != ",":
        return None
    index += 1
    if index + 1 < len(doc) and doc[index].is_digit and doc[index + 1].text == ",":  # an age
        index += 2
    head = phrase_head(doc, index)
    if head is None or not is_role_noun(head):
        return None
    stretch = noun_phrase(head, index)
    closed = stretch.last < len(doc) and doc[stretch.last].text in _ENDS
    acts = head.dep_ in ("nsubj", "nsubjpass") and head.head.i > head.i
    return None if stretch.last in table.persons or (acts and not closed) else stretch


def _beside_role(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Read leftwards over a comma: "the ambassador to Tokyo, Mikhail Galuzin, said"."""
    comma = span.first - 1
    while comma > 1 and doc[comma].lower_ in word_set("roles", "service_ranks"):
        comma -= 1
    if comma < 1 or doc[comma].text not in (",", "–", "—") or doc[comma + 1].is_sent_start:
        return None
    edge = sentence_start(doc[comma - 1])
    head = title_before(doc, comma, edge, table)
    if head is None or head in table.persons:
        return None
    first = phrase_start(doc, head, edge, table)
    root = head_of(doc, span)
    apposed = root.dep_ == "appos" and root.head.i == head
    closed = span.last < len(doc) and doc[span.last].text in (",", "–", "—") and span.last - span.first > 1
    opening = first <= edge + 1 and doc[edge].lower_ in ("the", "a", "an")
    return Stretch(first, comma, head) if apposed or closed or opening else None


def _predicated(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Read what the name is said to be: "is the head of", "was elected president", "who serves as"."""
    root = head_of(doc, span)
    verbs = [child for child in root.children if child.dep_ == "relcl"]
    if root.dep_ in ("nsubj", "nsubjpass", "dobj"):
        verbs.insert(0, root.head)
    if root.dep_ == "attr" and root.head.lemma_ == "be":
        subject = next((child for child in root.head.children if child.dep_ == "nsubj"), None)
        if subject is not None and is_role_noun(subject) and subject.i not in table.persons:
            return noun_phrase(subject, phrase_start(doc, subject.i, sentence_start(subject), table))
    for verb in verbs:
        for noun in _predicates(verb):
            if is_role_noun(noun) and noun.i not in table.persons:
                return noun_phrase(noun, noun.left_edge.i)._replace(rank=1)
    return None


def _predicates(verb: Token) -> Sequence[Token]:
    """Return what a verb says its subject or object is; nothing where it is denied or only possible."""
    if any(child.dep_ == "neg" or child.lower_ in _UNREAL for child in verb.children):
        return ()
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "oprd" or (child.dep_ == "attr" and verb.lemma_ in _BEING):
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ == "as":
            found.extend(grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
    return found


def _in_brackets(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Read a bracket after the name: "Anna Weiss (head of the delegation)"."""
    if span.last + 2 >= len(doc) or doc[span.last].text != "(":
        return None
    closing = next((i for i in range(span.last + 1, min(len(doc), span.last + LONGEST_ROLE)) if doc[i].text == ")"), 0)
    head = phrase_head(doc, span.last + 1)
    if head is None or head.i >= closing or head.i in table.persons or not is_role_noun(head):
        return None
    return Stretch(span.last + 1, closing, head.i)


def _role(doc: Doc, stretch: Stretch, table: NameTable) -> Role:
    """Return a role without the state that owns it ("Japan's") and without an agency that stands before it."""
    first, last = stretch.first, stretch.last
    agencies = word_set("names", "agencies")
    while first < stretch.head and (not doc[first].text[0].isalnum() or doc[first].lower_ in agencies):
        first += 1
    while last > stretch.head + 1 and (doc[last - 1].pos_ in ("ADP", "DET", "CCONJ") or doc[last - 1].is_quote):
        last -= 1
    affiliation = _affiliation(doc, first, last, table)
    owner = next((i for i in range(stretch.head - 1, first, -1) if doc[i].text in POSSESSIVE), None)
    if owner is not None and affiliation and all(index in table.owners for index in range(first, owner)):
        first = owner + 1
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Role(doc[first:last].text, start, end, affiliation)


def _affiliation(doc: Doc, first: int, last: int, table: NameTable) -> str | None:
    """Return the country or body that the words of a role name, but not to whom one is sent: "to Tokyo"."""
    for index in range(first, last):
        if index in table.owners and not (index > first and doc[table.starts.get(index, index) - 1].lower_ == "to"):
            return table.owners[index]
    return None
