"""The surface of names: capitals, titles, forms of address and places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.language.neighbours import token_before
from briefing.language.places import Place, PlaceSpan, find_places
from briefing.runtime.lexicon import read_lexicon, word_set

# Lists that other modules read too.
NameWords = Literal[
    "titles",
    "title_modifiers",
    "ranks",
    "portfolios",
    "organisation_nouns",
    "complement_nouns",
    "bodies_of",
    "particles",
]

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
LONGEST_NAME = 10  # tokens of a person's name, hyphens included
_LETTERS = re.compile(r"(?!II|IV|JR|SR)[A-Z]{2,3}")  # "MP", "QC"; not "III"
PROSE, HEADLINE = 1, 2  # in headlines any word may have a capital


class NameSpan(NamedTuple):
    """A name in the text, as a half-open token range, with a label for its kind."""

    first: int
    last: int
    label: str  # spaCy's; "TITLED" after a title, "BODY" for a state's government, "NAME" if unknown
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Surface:
    """A parsed text with the zone of each token and the places of the gazetteer."""

    doc: Doc
    tokens: tuple[Token, ...]  # all tokens, because the Doc makes a new Token at each access
    zones: bytes  # per token: PROSE, HEADLINE, or 0 in boilerplate
    places: Mapping[int, PlaceSpan]  # by first token

    @classmethod
    def of(cls, doc: Doc, sentences: tuple[SentenceSpan, ...], text: str) -> "Surface":
        """Return the surface of a parsed text, ``doc.text``, with these sentences."""
        zones = bytearray(len(doc))
        for sentence in sentences:
            mark = PROSE if sentence.number is not None else HEADLINE
            zones[sentence.first : sentence.last] = bytes([mark]) * (sentence.last - sentence.first)
        tokens = tuple(doc)
        places = {span.first: span for span in find_places(text, tokens) if zones[span.first]}
        return cls(doc, tokens, bytes(zones), places)

    def is_prose(self, index: int) -> bool:
        """Return True if a token index is in a sentence of the text, not in a title or heading."""
        return 0 <= index < len(self.zones) and self.zones[index] == PROSE

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Return a token range without articles, small words and marks at its ends; it may be empty."""
        while first < last and not self._may_begin(first, last):
            first += 1
        while first < last and not self._may_end(first, last):
            last -= 1
        return first, last

    def without_letters(self, first: int, last: int) -> int:
        """Return the end of a person's name without the letters of an honour or seat: "Odd Berg" of "Odd Berg MP"."""
        while last - first > 2 and is_honour(self.tokens[last - 1]) and not self.tokens[first].is_upper:
            last -= 1
        return last

    def _may_begin(self, first: int, last: int) -> bool:
        token = self.tokens[first]
        if token.text[0].isdigit() or (is_capitalised(token) and token.pos_ != "DET" and token.text != "The"):
            return True
        if first + 1 == last or not is_particle(token):
            return False
        return self.tokens[first + 1].text == "-" or is_capitalised(self.tokens[first + 1])

    def _may_end(self, first: int, last: int) -> bool:
        token = self.tokens[last - 1]
        if token.text[0].isupper() or token.text[0].isdigit():
            return True
        hyphened = last - 2 >= first and self.tokens[last - 2].text == "-" and token.is_alpha
        return hyphened and not ends_compound(token)


def head_of(doc: Doc, span: NameSpan) -> Token:
    """Return the token that heads a name."""
    return doc[span.first] if span.last == span.first + 1 else doc[span.first : span.last].root


def honorific_sex(token: Token) -> str | None:
    """Return "male", "female" or "either" for a form of address; None for any other word."""
    return honorifics().get(token.text)


def is_title(token: Token) -> bool:
    """Return True if a token is a title before a name or a modifier of one."""
    if token.text in honorifics():
        return True
    word = token.lower_.removeprefix("ex-").removeprefix("vice-")
    if word in name_words("titles", "title_modifiers") or is_rank(token):
        return True
    if not token.is_title:
        return False
    one = token.text.removesuffix("s")  # "Ministers Odd Berg and Ilse Kranz"
    return one.lower() in name_words("titles") or one in name_words("ranks")


def is_rank(token: Token) -> bool:
    """Return True if a token is an abbreviated rank: "Sen.", "Con" in "Ch Con Ann Lee" but not in "Con Ryan"."""
    if token.text in word_set(__name__, "ranks"):
        return True
    before = token_before(token)
    if before is None or token.lower_ not in word_set(__name__, "ranks_after_ranks"):
        return False
    return before.text in honorifics() or before.lower_ in word_set(__name__, "title_modifiers")


def names_complement(token: Token) -> bool:
    """Return True if a word can complete an office: "Staff" in "Chief of Staff", "Finance", "Republic"."""
    if not token.text[0].isupper():
        return False
    return token.lower_ in name_words("portfolios", "organisation_nouns", "complement_nouns")


def is_capitalised(token: Token) -> bool:
    """Return True if a token can be part of a name: it begins with a capital and is not a pronoun."""
    return token.text[0].isupper() and token.pos_ != "PRON"


def is_honour(token: Token) -> bool:
    """Return True if a token can be the letters of an honour or seat after a name: "MP", "QC"."""
    return _LETTERS.fullmatch(token.text) is not None


def is_particle(token: Token) -> bool:
    """Return True if a token is a particle of personal names: "al", "van"."""
    return token.lower_ in word_set(__name__, "particles")


def ends_compound(token: Token) -> bool:
    """Return True if a token after a hyphen turns a name into an adjective: "Moscow-backed"."""
    return token.lower_ in word_set(__name__, "compound_endings")


@cache
def honorifics() -> dict[str, str]:
    """Return the forms of address with their sex: "male", "female" or "either"."""
    return {word: sex for sex, words in read_lexicon(__name__)["honorifics"].items() for word in words}


def name_words(*lists: NameWords) -> frozenset[str]:
    """Return the words of these lists."""
    return word_set(__name__, *lists)


def given_names(sex: str) -> frozenset[str]:
    """Return the given names of one sex, "male" or "female", in lower case."""
    return word_set(__name__, f"{sex}_names")


def pronoun_sex(token: Token) -> str | None:
    """Return "male" or "female" for "he", "her"; None for any other word."""
    return next((sex for sex in ("male", "female") if token.lower_ in word_set(__name__, sex)), None)
