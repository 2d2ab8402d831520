"""The offices and functions that a text gives a person, in its own words: contiguous stretches of the article.

Before the name ("Russian Ambassador to Tokyo Mikhail Galuzin"), beside it in apposition, after a copula, after "as",
and in brackets. *former*, *acting*, *deputy* and *-elect* belong to the role.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import Role
from briefing.language.lexicon import word_set
from briefing.language.surface import POSSESSIVE, NameSpan, honorific_sex

_PREMODIFIERS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X"})
_COMPLEMENTS = frozenset({"of", "to", "for", "in", "on", "at", "with", "from"})
_LONGEST = 14  # tokens of a role; beyond, the parser has swallowed a clause
_NO_TITLE = frozenset({"VERB", "AUX", "PRON", "SCONJ", "ADV"})
_BREAKS = frozenset({",", ";", ":", ")", ".", "!", "?", '"', "“", "”"})
_BEING = frozenset({"be", "become", "remain"})


class _Stretch(NamedTuple):
    """A role as half-open token range, with the index of its head noun."""

    first: int
    last: int
    head: int
    rank: int  # 0 best: before the name or in apposition; 1 predicated; 2 relational


class NameTable(NamedTuple):
    """Which tokens belong to names, to look left and right of a name without searching."""

    starts: Mapping[int, int]  # token of a name -> first token of that name
    owners: Mapping[int, str]  # head or any token of a country's or organisation's name -> the entity's name
    persons: frozenset[int]  # tokens of persons' names


def find_roles(doc: Doc, spans: Iterable[NameSpan], table: NameTable) -> tuple[Role, ...]:
    """Return the roles that the text gives the person named by *spans*, best first, each wording once."""
    found = [stretch for span in spans for stretch in _around(doc, span, table)]
    roles: dict[str, tuple[tuple[int, bool, int], Role]] = {}
    for stretch in found:
        role = _role(doc, stretch, table)
        if role.text:
            order = (stretch.rank, role.affiliation is None, role.start)
            known = roles.get(role.text.casefold())
            if known is None or order < known[0]:
                roles[role.text.casefold()] = (order, role)
    return tuple(role for _, role in sorted(roles.values(), key=lambda pair: pair[0]))


def is_role_noun(token: Token) -> bool:
    """Say whether a token is a noun in the singular that says what a person is: "spokesman", "Vice-President"."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X") and token.dep_ != "compound":
        return False
    if token.tag_ in ("NNS", "NNPS"):
        return False
    word = token.lower_.removesuffix("-elect").removesuffix("-designate").removeprefix("ex-").removeprefix("vice-")
    return word in word_set("roles", "role_nouns")


def role_heads(doc: Doc, role: Role) -> Sequence[Token]:
    """Return the nouns that a role is headed by, more than one in "Chairman and CEO"; not those in its complements."""
    span = doc.char_span(role.start, role.end, alignment_mode="expand")
    heads: list[Token] = []
    for token in span if span is not None else ():
        if token.lower_ in _COMPLEMENTS and heads:
            break
        if is_role_noun(token) and (token.i + 1 >= len(doc) or token.nbor(1).text not in POSSESSIVE):
            heads.append(token)
    return [head for head in heads if head is heads[-1] or head.nbor(1).lower_ in ("and", "&")]


def _around(doc: Doc, span: NameSpan, table: NameTable) -> Iterator[_Stretch]:
    finders = (_before_name, _in_apposition, _beside_role, _predicated, _in_brackets)
    for finder in finders:
        stretch = finder(doc, span, table)
        if stretch is not None and stretch.last - stretch.first <= _LONGEST:
            head = doc[stretch.head].lower_
            yield stretch._replace(rank=2) if head in word_set("roles", "relational_nouns") else stretch


def _before_name(doc: Doc, span: NameSpan, table: NameTable) -> _Stretch | None:
    """Read leftwards: a title, or a title with its complement ("Ambassador to Tokyo"), that leans on the name."""
    last = span.first
    while last > 0 and honorific_sex(doc[last - 1]) in ("male", "female"):
        last -= 1
    if last == 0:
        return None
    edge = _sentence_start(doc[last - 1], last)
    head = _title_before(doc, last, edge, table)
    if head is None:
        return None
    first = _with_partners(doc, _premodified(doc, head, edge, table), edge, table)
    return _Stretch(first, last, head, 0)


def _sentence_start(token: Token, last: int) -> int:
    """Return where the sentence of a token begins, at most two roles' length before token *last*."""
    first = token.i
    while first > max(0, last - 2 * _LONGEST) and not token.doc[first].is_sent_start:
        first -= 1
    return first


def _title_before(doc: Doc, last: int, edge: int, table: NameTable) -> int | None:
    """Return the head noun of the title that ends before token *last*."""
    index = last - 1
    if doc[index].text in ("elect", "designate") and index - 2 >= edge and doc[index - 1].text == "-":
        index -= 2
    if is_role_noun(doc[index]) or doc[index].text in word_set("roles", "ranks"):
        return _outer_title(doc, index, edge, table)
    if doc[index].pos_ in ("ADP", "DET", "CCONJ"):
        return None
    if doc[index].text == ")":
        index = next((i for i in range(index, edge, -1) if doc[i].text == "("), edge) - 1
    while index >= edge:
        token = doc[index]
        if token.i in table.persons or (token.pos_ in _NO_TITLE and token.tag_ != "PRP$") or token.text in _BREAKS:
            return None
        if is_role_noun(token) and doc[index + 1].lower_ in _COMPLEMENTS:
            return _outer_title(doc, index, edge, table)
        index -= 1
    return None


def _outer_title(doc: Doc, index: int, edge: int, table: NameTable) -> int:
    """Return the head of the office that ends in another's: "Head" in "Head of the Office of the President"."""
    if index - 2 > edge and doc[index - 1].lower_ == "the" and doc[index - 2].lower_ in ("of", "to"):
        outer = _title_before(doc, index - 2, edge, table)
        return index if outer is None else outer
    return index


def _premodified(doc: Doc, head: int, edge: int, table: NameTable) -> int:
    """Return where the noun phrase of a title begins, without its determiner."""
    first = head
    while first > edge:
        index = first - 1
        token = doc[index]
        if token.text == ")":
            opening = next((i for i in range(index - 1, edge - 1, -1) if doc[i].text == "("), None)
            if opening is None or opening == edge:
                break
            first = opening
        elif index in table.persons and not _owns(doc, first):
            break
        elif index in table.starts:
            first = min(index, table.starts[index])
        elif (
            token.pos_ in _PREMODIFIERS
            and not token.is_punct
            or token.text in ("-", "–")
            and index > edge
            and doc[index - 1].is_alpha
        ):
            first = index
        elif token.text in POSSESSIVE and index > edge and doc[index - 1].pos_ in ("PROPN", "NOUN"):
            first = index
        elif token.lower_ in ("then", "former", "acting", "vice", "deputy", "outgoing", "incoming"):
            first = index
        else:
            break
    return first


def _owns(doc: Doc, index: int) -> bool:
    return doc[index].text in POSSESSIVE


def _with_partners(doc: Doc, first: int, edge: int, table: NameTable) -> int:
    """Take in a role joined by "and": "Chairman and CEO", "State Councilor and Foreign Minister"."""
    joined = first - 2
    if joined < edge or doc[first - 1].lower_ not in ("and", "&") or not is_role_noun(doc[joined]):
        return first
    if doc[joined].text[0].isupper() != doc[first].text[0].isupper() or joined in table.persons:
        return first
    return _premodified(doc, joined, edge, table)


def _in_apposition(doc: Doc, span: NameSpan, table: NameTable) -> _Stretch | None:
    """Read rightwards over a comma: "Zhao Lijian, a spokesman for the Chinese Foreign Ministry"."""
    index = span.last
    if index < len(doc) and doc[index].is_digit:
        return None
    if index + 1 >= len(doc) or doc[index].text != ",":
        return None
    index += 1
    if index + 1 < len(doc) and doc[index].is_digit and doc[index + 1].text == ",":  # an age
        index += 2
    head = _phrase_head(doc, index)
    if head is None or not is_role_noun(head):
        return None
    stretch = _phrase(doc, head, index, table)
    if (
        stretch.last in table.persons
        or head.dep_ in ("nsubj", "nsubjpass")
        and head.head.i > head.i
        and not _closed(doc, stretch)
    ):
        return None
    return stretch


def _closed(doc: Doc, stretch: _Stretch) -> bool:
    return stretch.last < len(doc) and doc[stretch.last].text in (",", ".", ")", "-", "–", "—", ";")


def _phrase_head(doc: Doc, index: int) -> Token | None:
    """Return the head noun of the noun phrase that starts at *index*."""
    if index >= len(doc):
        return None
    token = doc[index]
    for _ in range(_LONGEST):
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod", "poss", "amod", "npadvmod"):
            return token if token.i - index < _LONGEST else None
        if token.head.i <= token.i or token.head.i - index >= _LONGEST:
            return token if is_role_noun(token) else None
        token = token.head
    return None


def _phrase(doc: Doc, head: Token, start: int, table: NameTable) -> _Stretch:
    """Return the noun phrase of a role: its modifiers from *start* on and its "of", "for" and "to" complements."""
    first = start
    while first < head.i and (
        doc[first].dep_ in ("det", "predet")
        or doc[first].pos_ in ("DET", "PUNCT")
        or doc[first].tag_ == "PRP$"
        or doc[first].lower_ in ("also", "now", "currently")
    ):
        first += 1
    last = head.i + 1
    for child in sorted(head.children, key=lambda child: child.i):
        if child.i < last:
            continue
        if child.i > last or not _belongs(child):
            break
        last = _right_end(child)
    if (
        last < len(doc)
        and doc[last - 1].i == head.i
        and doc[last].text == "-"
        and last + 1 < len(doc)
        and doc[last + 1].lower_ in ("elect", "designate")
    ):
        last += 2
    return _Stretch(first, last, head.i, 0)


def _belongs(child: Token) -> bool:
    if child.dep_ in ("cc", "conj"):
        return child.dep_ == "cc" or is_role_noun(child)
    return child.dep_ in ("prep", "dative") and child.lower_ in _COMPLEMENTS or child.dep_ == "pobj"


def _right_end(token: Token) -> int:
    """Return one past the last token of a complement, without clauses and appositions that follow it."""
    last = token.i + 1
    for child in sorted(token.children, key=lambda child: child.i):
        if child.i < token.i:
            continue
        if child.dep_ in ("relcl", "appos", "acl", "advcl", "punct", "ccomp") or child.pos_ == "VERB":
            break
        last = max(last, _right_end(child))
    return last


def _beside_role(doc: Doc, span: NameSpan, table: NameTable) -> _Stretch | None:
    """Read leftwards over a comma: "the ambassador to Tokyo, Mikhail Galuzin, said"."""
    if span.first < 2 or doc[span.first - 1].text not in (",", "–", "—"):
        return None
    edge = _sentence_start(doc[span.first - 2], span.first)
    head = _title_before(doc, span.first - 1, edge, table)
    if head is None or head in table.persons:
        return None
    first = _premodified(doc, head, edge, table)
    root = doc[span.first : span.last].root
    apposed = root.dep_ == "appos" and root.head.i == head
    closed = span.last < len(doc) and doc[span.last].text in (",", "–", "—") and span.last - span.first > 1
    opening = first <= edge + 1 and doc[edge].lower_ in ("the", "a", "an")
    return _Stretch(first, span.first - 1, head, 0) if apposed or closed or opening else None


def _predicated(doc: Doc, span: NameSpan, table: NameTable) -> _Stretch | None:
    """Read what the name is said to be: "is the head of", "was elected president", "who serves as"."""
    root = doc[span.first : span.last].root
    verbs = [child for child in root.children if child.dep_ == "relcl"]
    if root.dep_ in ("nsubj", "nsubjpass", "dobj"):
        verbs.insert(0, root.head)
    if root.dep_ == "attr" and root.head.lemma_ == "be":
        subject = next((child for child in root.head.children if child.dep_ == "nsubj"), None)
        if subject is not None and is_role_noun(subject) and subject.i not in table.persons:
            return _phrase(doc, subject, _premodified(doc, subject.i, _sentence_start(subject, subject.i), table), table)
    for verb in verbs:
        if any(
            child.dep_ == "neg" or child.lower_ in ("will", "would", "could", "may", "might", "if")
            for child in verb.children
        ):
            continue
        for noun in _predicates(verb):
            if is_role_noun(noun) and noun.i not in table.persons:
                return _phrase(doc, noun, noun.left_edge.i, table)._replace(rank=1)
    return None


def _predicates(verb: Token) -> Sequence[Token]:
    found = [
        child
        for child in verb.children
        if child.dep_ in ("attr", "oprd") and (verb.lemma_ in _BEING or child.dep_ == "oprd")
    ]
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "as":
            found.extend(grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
    return found


def _in_brackets(doc: Doc, span: NameSpan, table: NameTable) -> _Stretch | None:
    if span.last + 2 >= len(doc) or doc[span.last].text != "(":
        return None
    closing = next((i for i in range(span.last + 1, min(len(doc), span.last + _LONGEST)) if doc[i].text == ")"), None)
    head = _phrase_head(doc, span.last + 1)
    if closing is None or head is None or head.i >= closing or not is_role_noun(head):
        return None
    return _Stretch(span.last + 1, closing, head.i, 0)


def _role(doc: Doc, stretch: _Stretch, table: NameTable) -> Role:
    first, last = stretch.first, stretch.last
    agencies = word_set("names", "agencies")
    while first < stretch.head and (not doc[first].text[0].isalnum() or doc[first].lower_ in agencies):
        first += 1
    owner = next((i for i in range(stretch.head - 1, first, -1) if doc[i].text in POSSESSIVE), None)
    affiliation = _affiliation(doc, first, last, table)
    if owner is not None and owner + 1 < stretch.head + 1 and affiliation and _only_country(doc, first, owner, table):
        first = owner + 1
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Role(doc[first:last].text, start, end, affiliation)


def _only_country(doc: Doc, first: int, owner: int, table: NameTable) -> bool:
    return all(index in table.owners for index in range(first, owner))


def _affiliation(doc: Doc, first: int, last: int, table: NameTable) -> str | None:
    """Return the country or body that the words of a role name, but not to whom one is sent: "to Tokyo"."""
    for index in range(first, last):
        if index in table.owners and not (index > first and doc[table.starts.get(index, index) - 1].lower_ == "to"):
            return table.owners[index]
    return None
