"""Plural offices before a list of names: "council members Ilse Kranz and Odd Berg".

A role uses only words of the article. The singular is printed only if the text has it too; otherwise only the body in
the plural office is kept, as the affiliation.
"""

from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from briefing.language.roles.phrases import NameTable, nouns_of, phrase_start, sentence_start
from briefing.language.surface import NameSpan, head_of, name_words
from briefing.language.syntax import first_conjunct

_JOINTS = frozenset({",", "and", "&"})
_DASHES = frozenset({"-", "–", "—", "--"})
_LONGEST_LIST = 40  # tokens
_MOST_SINGULARS = 10


class PluralOffice(NamedTuple):
    """A plural office as a half-open token range; its noun is the last token."""

    first: int
    last: int


def plural_office(doc: Doc, span: NameSpan, table: NameTable) -> PluralOffice | None:
    """Return the plural office before the list that contains a name, or None."""
    edge = max(sentence_start(doc[span.first]), span.first - _LONGEST_LIST)
    index = span.first - 1
    while index > edge and (index in table.persons or doc[index].lower_ in _JOINTS | _DASHES):
        index -= 1
    index = _rank_before(doc, index, edge, table)
    if index < edge or not _is_plural_office(doc[index]):
        return None
    after = doc[index + 1]
    if after.text in _JOINTS and not _is_apposed(head_of(doc, span), doc[index]):
        return None
    return PluralOffice(phrase_start(doc, index, edge, table), index + 1)


def _rank_before(doc: Doc, index: int, edge: int, table: NameTable) -> int:
    """Return the index of a plural rank before a list with states ("Sens. Vale of Ohio and"), else *index*."""
    place = index
    while place > edge and not _is_plural_rank(doc[place]):
        known = place in table.persons or doc[place].lower_ in _JOINTS | _DASHES | {"of", "from", "."}
        if not known and not (doc[place].pos_ == "PROPN" and _is_home(doc, place)):
            return index
        place -= 1
    return place if _is_plural_rank(doc[place]) else index


def _is_home(doc: Doc, index: int) -> bool:
    """Return True if a proper noun is a person's home: it follows "of" or "from"."""
    while doc[index].pos_ == "PROPN" and index > 0:
        index -= 1
    return doc[index].lower_ in ("of", "from")


def singular_of(doc: Doc, office: PluralOffice, table: NameTable) -> Span | None:
    """Return the singular of a plural office elsewhere in the text, or None.

    An office with a rank ("Deputy Ministers") must match in all its words.
    """
    noun = _singular(doc[office.last - 1])
    before = [token.lower_ for token in doc[office.first : office.last - 1]]
    ranked = any(word in name_words("title_modifiers") for word in before)
    words = [*before, noun] if ranked else [noun]
    for index in table.singulars.get(noun, ()):
        found = doc[max(0, index + 1 - len(words)) : index + 1]
        if [word.lower_ for word in found] == words:
            return found
    return None


def singular_nouns(doc: Doc) -> dict[str, tuple[int, ...]]:
    """Return the indices of the first few uses of each singular noun."""
    strings = doc.vocab.strings
    singular = (strings["NN"], strings["NNP"])
    found: dict[int, list[int]] = {}
    for index, (tag, form) in enumerate(doc.to_array(["TAG", "LOWER"]).tolist()):
        if tag in singular and len(known := found.setdefault(form, [])) < _MOST_SINGULARS:
            known.append(index)
    return {strings[form]: tuple(known) for form, known in found.items()}


def _is_plural_office(noun: Token) -> bool:
    if noun.tag_ in ("NNS", "NNPS") and noun.lemma_.lower() in nouns_of("role_nouns"):
        return True
    return _is_plural_rank(noun)


def _is_plural_rank(noun: Token) -> bool:
    """Return True if a word is the plural of an abbreviated rank: "Sens.", "Cols"."""
    singular = noun.text.removesuffix(".").removesuffix("s")
    return singular != noun.text.removesuffix(".") and singular + "." in name_words("ranks")


def _singular(noun: Token) -> str:
    """Return the singular of a plural office, in lower case: "senator", "sen."."""
    if _is_plural_rank(noun):
        return noun.lower_.removesuffix(".").removesuffix("s") + "."
    return noun.lemma_.lower()


def _is_apposed(name: Token, noun: Token) -> bool:
    """Return True if a name, or the first name of its list, is in apposition to a noun."""
    first = first_conjunct(name)
    return first.dep_ == "appos" and first.head == noun
