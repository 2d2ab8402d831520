"""The noun phrases of offices: their starts, heads and ends."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.neighbours import token_after, token_before, word_after, word_before
from briefing.language.surface import POSSESSIVE, is_rank, name_words, names_complement
from briefing.runtime.lexicon import word_set

# Lists that other modules read too.
Nouns = Literal["role_nouns", "people_nouns", "collective_nouns", "company_words", "unnamed"]

LONGEST_ROLE = 14  # tokens; in a longer phrase the parser has included a clause
COMPLEMENTS = word_set(__name__, "complements")
_PREMODIFIERS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X"})
_BEFORE_NOUN = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "nummod"})
_STANDINGS = word_set(__name__, "standings")
_NO_TITLE = frozenset({"VERB", "AUX", "PRON", "SCONJ", "ADV", "SPACE"})
_BREAKS = frozenset({",", ";", ":", ")", ".", "!", "?", '"', "“", "”"})
_ELECT = frozenset({"elect", "designate"})
_SCIENCES = ("ologist", "ographer", "iatrist", "surgeon")  # endings for scholars and doctors: "glaciologist"
_CLAUSES = frozenset({"relcl", "appos", "acl", "advcl", "punct", "ccomp"})


class Stretch(NamedTuple):
    """A role as a half-open token range, with the index of its head noun."""

    first: int
    last: int
    head: int
    rank: int = 0  # 0 (best) before the name or in apposition; 1 predicated; 2 relational
    rule: str = ""  # where it was found, in words


class NameTable(NamedTuple):
    """The tokens that belong to names, for fast look-ups."""

    starts: Mapping[int, int]  # token of a name -> first token of that name
    owners: Mapping[int, str]  # token of a country's or organisation's name -> the entity's name
    persons: frozenset[int]  # tokens of persons' names
    bodies: frozenset[int]  # tokens of organisations' names
    singulars: Mapping[str, tuple[int, ...]]  # singular noun -> indices of its first few uses


def nouns_of(*lists: Nouns) -> frozenset[str]:
    """Return the nouns of these lists."""
    return word_set(__name__, *lists)


def is_role_noun(token: Token) -> bool:
    """Return True if a token is a singular noun for a person's role: "spokesman", "Vice-President"."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X") and token.dep_ != "compound":
        return False
    if token.tag_ in ("NNS", "NNPS"):
        return False
    word = token.lower_.removesuffix("-elect").removesuffix("-designate").removeprefix("ex-").removeprefix("vice-")
    return word in word_set(__name__, "role_nouns") or word.endswith(_SCIENCES)


def has_age(noun: Token) -> bool:
    """Return True if an age modifies a noun: "the 24-year-old Briton"."""
    return any(
        child.lower_.endswith("-old") or (child.lower_ == "old" and child.left_edge.i < child.i)
        for child in noun.lefts
        if child.dep_ == "amod"
    )


def sentence_start(token: Token) -> int:
    """Return the start of a token's sentence, at most two lengths of a role before it."""
    first = token.i
    while first > max(0, token.i - 2 * LONGEST_ROLE) and not token.doc[first].is_sent_start:
        first -= 1
    return first


def title_before(doc: Doc, last: int, edge: int, table: NameTable) -> int | None:
    """Return the head noun of the title between *edge* and the token *last*, or None.

    This is "Ambassador" in "Russian Ambassador to Tokyo", "Head" in "Head of the Office of the President".
    """
    index = last - 1
    if doc[index].text in _ELECT and index - 2 >= edge:
        index -= 1 + (doc[index - 1].text == "-")
    ranked = is_rank(doc[index]) and word_before(doc[index]) != "of"
    if ranked or is_role_noun(doc[index]):
        return _outer_title(doc, index, edge, table)
    if doc[index].pos_ in ("ADP", "DET", "CCONJ"):
        return None
    if doc[index].tag_ == "VBN" and doc[index].dep_ == "acl":  # "an official with the charity involved"
        index -= 1
    if index >= edge and doc[index].text == ")":
        index = _opening(doc, index, edge) - 1
    while index >= edge:
        token = doc[index]
        if index in table.persons or _ends_title(token) or (token.text in _BREAKS and not _lists_matters(token)):
            return None
        if is_role_noun(token) and word_after(token) in COMPLEMENTS:
            return _outer_title(doc, index, edge, table)
        index -= 1
    return None


def phrase_start(doc: Doc, head: int, edge: int, table: NameTable) -> int:
    """Return the start of a title's noun phrase, without its determiner, not before *edge*.

    Before a capitalised title only capitalised words belong to it: not "pact" in "the pact President Berg wants".
    Exceptions are modifiers of titles and, if the title has no complement, words for bodies: "party Chairman".
    """
    first = head
    capital = doc[head].text[0].isupper()
    whole = capital and word_after(doc[head]) in COMPLEMENTS
    while first > edge:
        before = _step_left(doc, first, edge, table)
        if before == first or (capital and _is_common(doc[before]) and (whole or not _names_body(doc[before]))):
            break
        first = before
    return first


def phrase_head(doc: Doc, index: int) -> Token | None:
    """Return the head noun of the noun phrase that starts at *index*, or None."""
    if index >= len(doc):
        return None
    token = doc[index]
    for _ in range(LONGEST_ROLE):
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod", "poss", "amod", "npadvmod"):
            return token if token.i - index < LONGEST_ROLE else None
        if token.head.i <= token.i or token.head.i - index >= LONGEST_ROLE:
            return token if is_role_noun(token) else None
        token = token.head
    return None


def noun_phrase(head: Token, start: int) -> Stretch:
    """Return the phrase of a role, from its modifiers at *start* to the end of its complements."""
    doc, first, last = head.doc, start, head.i + 1
    while first < head.i and _opens_phrase(doc[first]):
        first += 1
    if last + 1 < len(doc) and doc[last].text == "-" and doc[last + 1].lower_ in _ELECT:
        last += 2
    for child in head.rights:
        if child.i < last:
            continue
        if child.i > last or not _belongs(child):
            break
        last = _right_end(child)
    return Stretch(first, last, head.i)


def _ends_title(token: Token) -> bool:
    """Return True if a token cannot be in a title: a pronoun, or a verb that is not a modifier ("negotiating team")."""
    return token.pos_ in _NO_TITLE and token.tag_ != "PRP$" and token.dep_ not in ("amod", "compound")


def _lists_matters(comma: Token) -> bool:
    """Return True if a comma separates the portfolios of one office: "Minister of Economy, Finance and Trade"."""
    before, after = token_before(comma), token_after(comma)
    if comma.text != "," or before is None or after is None:
        return False
    return names_complement(before) and names_complement(after)


def _outer_title(doc: Doc, index: int, edge: int, table: NameTable) -> int:
    """Return the head of the title that one within it completes: "Adviser" in "Adviser to the Vice President"."""
    first = index
    while first - 1 > edge and doc[first - 1].lower_ in name_words("title_modifiers"):
        first -= 1
    if first - 2 > edge and doc[first - 1].lower_ == "the" and doc[first - 2].lower_ in ("of", "to"):
        outer = title_before(doc, first - 2, edge, table)
        return index if outer is None else outer
    return index


def _opening(doc: Doc, index: int, edge: int) -> int:
    """Return the index of the last opening bracket before *index*; *edge* otherwise."""
    return next((i for i in range(index, edge, -1) if doc[i].text == "("), edge)


def _step_left(doc: Doc, first: int, edge: int, table: NameTable) -> int:
    """Return the new start of a phrase with the word, bracket or name before it; *first* if that does not belong."""
    index = first - 1
    token = doc[index]
    if token.lower_ in word_set(__name__, "honours"):
        return first
    if token.text == ")":
        opening = _opening(doc, index - 1, edge)
        return first if opening == edge else opening
    if index in table.persons and doc[first].text not in POSSESSIVE:
        return first
    if index in table.starts:
        return min(index, table.starts[index])
    if token.lower_ in ("and", "&") and index > edge and _joins_matters(doc, index):
        return index - 1
    return index if _premodifies(token, edge) else first


def _joins_matters(doc: Doc, index: int) -> bool:
    """Return True if "and" joins two portfolios of one office: "health and social affairs secretary"."""
    before, after = token_before(doc[index]), token_after(doc[index])
    if before is None or after is None:
        return False
    joined = after.dep_ == "conj" and after.head == before
    return joined and before.dep_ in _BEFORE_NOUN and before.head.i > index


def _is_common(token: Token) -> bool:
    """Return True if a word is not capitalised and not a modifier of titles: "summit" before "President of Peru"."""
    return token.text[0].islower() and token.lower_ not in name_words("title_modifiers")


def _names_body(token: Token) -> bool:
    """Return True if a word names a body: "committee" before "Chairman"."""
    word = token.lower_
    return word in name_words("organisation_nouns") or word in nouns_of("collective_nouns", "company_words")


def _premodifies(token: Token, edge: int) -> bool:
    before = token_before(token) if token.i > edge else None
    if token.text in POSSESSIVE:
        return before is not None and before.pos_ in ("PROPN", "NOUN")
    if token.text in ("-", "–"):
        return (
            before is not None
            and (before.is_alpha or before.is_digit)
            and (not token.whitespace_ or is_role_noun(before))
        )
    if token.lower_ in _STANDINGS or (token.text == "Under" and word_after(token) == "secretary"):
        return True
    if token.text == "." and before is not None and is_rank(before):
        return True  # the tokeniser split off the full stop: "Lt. Gov."
    if token.is_punct or token.pos_ not in _PREMODIFIERS:
        return False
    hyphened = word_after(token) == "-" and not token.whitespace_  # "director-general"
    return token.pos_ in ("PROPN", "NUM") or not token.text[0].islower() or hyphened or _leans_right(token)


def _leans_right(token: Token) -> bool:
    """Return True if a noun or adjective modifies a following word: not "sure" in "I am sure President Solberg"."""
    graded = any(child.dep_ == "advmod" for child in token.lefts)
    top = token.head if token.dep_ == "conj" else token
    return top.head.i > token.i and top.dep_ in _BEFORE_NOUN and not (graded and token.pos_ == "ADJ")


def _opens_phrase(token: Token) -> bool:
    """Return True if a token comes before a role and is not part of it: "a", "his", "also"."""
    if token.pos_ in ("DET", "PUNCT") or token.dep_ in ("det", "predet") or token.tag_ == "PRP$":
        return True
    return token.lower_ in word_set(__name__, "adverbs")


def _belongs(child: Token) -> bool:
    if child.dep_ in ("cc", "conj"):
        return child.dep_ == "cc" or is_role_noun(child)
    return child.dep_ == "pobj" or (child.dep_ in ("prep", "dative") and child.lower_ in COMPLEMENTS)


def _right_end(token: Token, depth: int = 0) -> int:
    """Return one past the last token of a complement, without its clauses and appositions."""
    last = token.i + 1
    for child in token.rights if depth < LONGEST_ROLE else ():
        if child.dep_ in _CLAUSES or child.pos_ == "VERB":
            break
        last = max(last, _right_end(child, depth + 1))
    return last
