"""Where names stand: the recogniser's spans repaired, the gazetteer's places, and titled names that both missed."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.places import Place, PlaceSpan, find_places, place_named

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "dos",
        "la",
        "le",
        "ben",
        "d'",
        "ul",
        "ud",
        "ur",
        "umm",
        "abu",
    }
)

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_NOBODY = frozenset({"I", "We", "He", "She", "It", "They", "The", "This", "That", "But", "And"})


class NameSpan(NamedTuple):
    """A name where it stands, as half-open token range, and what it seems to name."""

    first: int
    last: int
    label: str  # spaCy's label; "TITLED" after a title or form of address
    place: Place | None = None


def find_name_spans(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> tuple[NameSpan, ...]:
    """Return the names within the sentences in reading order, apart from each other."""
    told = bytearray(len(doc))
    for sentence in sentences:
        told[sentence.first : sentence.last] = b"\1" * (sentence.last - sentence.first)
    places = {span.first: span for span in find_places(doc) if told[span.first]}
    taken = bytearray(len(doc))
    spans: list[NameSpan] = []
    for span in (*_recognised(doc, told, places), *_titled(doc, told), *_placed(places)):
        if span.first < span.last and not any(taken[span.first : span.last]):
            taken[span.first : span.last] = b"\1" * (span.last - span.first)
            spans.append(span)
    return tuple(sorted(spans))


def honorific_sex(token: Token) -> str | None:
    """Return "male", "female" or "either" for a form of address, None for any other word."""
    return _honorifics().get(token.text)


def is_title(token: Token) -> bool:
    """Say whether a token is a title before a name or a word that goes with one."""
    word = token.lower_
    return (
        word in word_set("roles", "titles")
        or word in word_set("roles", "title_modifiers")
        or token.text in _honorifics()
    )


def is_name_word(token: Token) -> bool:
    """Say whether a token can be part of a name: it has a capital."""
    return token.text[0].isupper() and token.text not in _NOBODY and not token.is_punct


@cache
def _honorifics() -> dict[str, str]:
    return {word: sex for sex, words in read_lexicon("roles")["honorifics"].items() for word in words}


def _placed(places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    for first, last, place in places.values():
        if place.form != "other":
            yield NameSpan(first, last, "GPE", place)


def _titled(doc: Doc, told: bytearray) -> Iterator[NameSpan]:
    """Yield runs of capitalised words that follow a form of address or a title."""
    titles = word_set("roles", "titles")
    for token in doc[:-1]:
        if not told[token.i] or not (token.text in _honorifics() or token.text[0].isupper() and token.lower_ in titles):
            continue
        first = last = token.i + 1
        while last < len(doc) and told[last] and _continues_name(doc[last], last > first):
            last += 1
        while last > first and not is_name_word(doc[last - 1]):
            last -= 1
        while first < last and (is_title(doc[first]) or place_named(doc[first].text)):
            first += 1
        if first < last and doc[first].pos_ != "VERB" and not doc[first].is_sent_start:
            yield NameSpan(first, last, "TITLED")


def _continues_name(token: Token, inside: bool) -> bool:
    if token.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL") or token.pos_ not in (
        "PROPN",
        "NOUN",
        "ADJ",
        "X",
        "PUNCT",
        "ADP",
    ):
        return False
    return is_name_word(token) or inside and (token.text == "-" or token.lower_ in PARTICLES)


def _recognised(doc: Doc, told: bytearray, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    for ent in doc.ents:
        if ent.label_ in NAME_LABELS and told[ent.start]:
            for first, last in _pieces(doc, ent.start, ent.end, ent.label_):
                yield from _repaired(doc, *_trimmed(doc, first, last), ent.label_, places)


def _pieces(doc: Doc, first: int, last: int, label: str) -> Iterator[tuple[int, int]]:
    """Cut a span at brackets, line ends, possessives and, in persons, at "and" and commas."""
    start = first
    for index in range(first, last):
        token = doc[index]
        cut = token.is_space or token.is_bracket or token.text in ('"', "“", "”", "/")
        cut = cut or token.text in _POSSESSIVE and token.pos_ == "PART" and index + 1 < last
        cut = cut or label == "PERSON" and token.text in ("and", "&", ",", ";")
        if cut:
            yield start, index
            start = index + 1
    yield start, last


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and not (
        is_name_word(doc[first]) or doc[first].text[0].isdigit() or _particle_starts(doc, first, last)
    ):
        first += 1
    while first < last and not (
        doc[last - 1].text[0].isupper() or doc[last - 1].text[0].isdigit() or doc[last - 1].text == "."
    ):
        last -= 1
    return first, last


def _particle_starts(doc: Doc, first: int, last: int) -> bool:
    return (
        doc[first].lower_ in PARTICLES
        and first + 1 < last
        and (doc[first + 1].text == "-" or is_name_word(doc[first + 1]))
    )


def _repaired(doc: Doc, first: int, last: int, label: str, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    if first >= last:
        return
    place = places.get(first)
    if place and place.last >= last:
        if place.place.form != "other":
            yield NameSpan(first, place.last, label, place.place)
        return
    if label == "PERSON":
        start = first
        while (
            start < last - 1
            and (is_title(doc[start]) or place_named(doc[start].text))
            and not _is_first_name(doc, start, last)
        ):
            start += 1
        if start > first and place:
            yield NameSpan(place.first, place.last, "GPE", place.place)
        yield NameSpan(start, last, "TITLED" if start > first else label)
        return
    while (
        last > first + 1
        and label == "ORG"
        and doc[last - 1].lower_ in word_set("roles", "titles")
        and doc[last - 1].lower_ not in ("chief",)
    ):
        last -= 1
    yield NameSpan(*_trimmed(doc, first, last), label)


def _is_first_name(doc: Doc, index: int, last: int) -> bool:
    """Say whether a country's name is a given name here: "Jordan Bardella", "Chad Smith"; a demonym never is."""
    place = place_named(doc[index].text)
    return (
        place is not None
        and place.form not in ("demonym", "people")
        and index + 2 == last
        and doc[index + 1].ent_type_ == "PERSON"
        and doc[index].ent_type_ == "PERSON"
        and place.name not in ("United States", "United Kingdom", "Russia", "China")
    )
