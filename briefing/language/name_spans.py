"""Where names stand: the recogniser's spans repaired, the gazetteer's places, and titled names that both missed."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.places import Place, PlaceSpan, find_places

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_CUTS = frozenset({'"', "“", "”", "/", ";", ":", "–", "—", "--"})
_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X"})
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL"})
_LONGEST_NAME = 10  # tokens that a name may have, hyphens too
_CAPITAL_SHARE = 0.75  # of a headline's longer words, from which on capitals tell nothing
_PROSE, _HEADLINE = 1, 2  # in headlines any word may have a capital


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
        mark = _PROSE if sentence.number is not None else _HEADLINE
        told[sentence.first : sentence.last] = bytes([mark]) * (sentence.last - sentence.first)
    places = {span.first: span for span in find_places(doc) if told[span.first]}
    spoiled = _headlines_in_capitals(doc, sentences)
    recognised = [
        span
        for ent in doc.ents
        if ent.label_ in NAME_LABELS and told[ent.start]
        for span in _repaired(doc, ent, told, places)
    ]
    taken = bytearray(len(doc))
    spans: list[NameSpan] = []
    for span in (*_titled(doc, told, places), *_bodies(doc, places), *_freed(doc, recognised), *_placed(doc, places)):
        if span.first in spoiled and span.place is None:
            continue
        if span.first < span.last and not any(taken[span.first : span.last]):
            taken[span.first : span.last] = b"\1" * (span.last - span.first)
            spans.append(span)
    spans.extend(_overlooked(doc, told, taken, spans))
    return tuple(sorted(spans, key=lambda span: span.first))


def _headlines_in_capitals(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> frozenset[int]:
    """Return the tokens of headlines that give every word a capital: names are known there from the text alone."""
    spoiled: set[int] = set()
    for sentence in sentences:
        if sentence.number is None:
            long = [token for token in doc[sentence.first : sentence.last] if len(token) > 3 and token.is_alpha]
            if sum(token.text[0].isupper() for token in long) > _CAPITAL_SHARE * len(long) and len(long) > 2:
                spoiled.update(range(sentence.first, sentence.last))
    return frozenset(spoiled)


def _overlooked(doc: Doc, told: bytearray, taken: bytearray, spans: list[NameSpan]) -> Iterator[NameSpan]:
    """Yield names that are known from elsewhere in the article and were passed over here: surnames, names in full."""
    known: dict[str, str] = {}
    starts: dict[str, list[tuple[str, ...]]] = {}
    for span in spans:
        last = doc[span.last - 1]
        if span.place is None and len(last) > 2 and last.is_title and span.label in ("PERSON", "TITLED", "ORG"):
            if span.label != "ORG" or span.last - span.first == 1:
                known.setdefault(last.text, span.label)
                starts.setdefault(last.text, []).append((last.text,))
        if span.place is None and span.last - span.first > 1 and span.label in ("PERSON", "TITLED", "ORG"):
            words = tuple(token.text for token in doc[span.first : span.last])
            starts.setdefault(words[0], []).append(words)
    starts = {word: sorted(set(names), key=lambda name: (-len(name), name)) for word, names in starts.items()}
    beyond = 0
    for token in doc:
        if not told[token.i] or taken[token.i] or token.i < beyond or token.text not in starts:
            continue
        size = next((len(words) for words in starts[token.text] if _stands(doc, token.i, words, taken)), 0)
        beyond = token.i + size
        if size > 1:
            yield NameSpan(token.i, beyond, "ORG")
        elif size and token.pos_ in _NAME_TAGS and (token.pos_ == "PROPN" or not token.is_sent_start):
            yield NameSpan(token.i, beyond, known.get(token.text, "ORG").replace("TITLED", "PERSON"))


def _stands(doc: Doc, index: int, words: tuple[str, ...], taken: bytearray) -> bool:
    last = index + len(words)
    return last <= len(doc) and not any(taken[index:last]) and all(
        token.text == word for token, word in zip(doc[index:last], words, strict=True)
    )


def honorific_sex(token: Token) -> str | None:
    """Return "male", "female" or "either" for a form of address, None for any other word."""
    return _honorifics().get(token.text)


def is_title(token: Token) -> bool:
    """Say whether a token is a title before a name or a word that goes with one."""
    word = token.lower_.removeprefix("ex-").removeprefix("vice-")
    return (
        token.text in _honorifics()
        or word in word_set("roles", "titles")
        or word in word_set("roles", "title_modifiers")
    )


def is_capitalised(token: Token) -> bool:
    """Say whether a token can be part of a name: it begins with a capital and is no pronoun."""
    return token.text[0].isupper() and token.pos_ != "PRON"


@cache
def _honorifics() -> dict[str, str]:
    return {word: sex for sex, words in read_lexicon("roles")["honorifics"].items() for word in words}


def _placed(doc: Doc, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    for span in places.values():
        yield _state(doc, span, "GPE")


def _bodies(doc: Doc, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    for span in places.values():
        state = _state(doc, span, "")
        if state.label == "BODY":
            yield state


def _state(doc: Doc, span: PlaceSpan, label: str) -> NameSpan:
    """Return a state where it stands, with the noun that makes it its government: "Chinese government"."""
    first, last, place = span
    if place.form == "other":
        return NameSpan(first, last, "LOC")
    if place.form not in ("name", "demonym"):
        return NameSpan(first, last, label, place)
    bodies = word_set("places", "state_bodies") | word_set("places", "state_agents")
    owned = last + (last < len(doc) and doc[last].text in POSSESSIVE)
    if owned < len(doc) and doc[owned].lower_ in bodies and doc[owned].pos_ != "VERB":
        return NameSpan(first, owned + 1, "BODY", place)
    of = first - 1 - (first > 0 and doc[first - 1].lower_ == "the")
    if of > 0 and doc[of].lower_ == "of" and doc[of - 1].lower_ == "government":
        return NameSpan(of - 1, last, "BODY", place)
    return NameSpan(first, last, label, place)


def _titled(doc: Doc, told: bytearray, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    """Yield runs of capitalised words after a form of address, a title, or a title with its state."""
    titles = word_set("roles", "titles")
    for token in doc[:-1]:
        if not told[token.i] or not (token.text in _honorifics() or token.lower_ in titles):
            continue
        first = _after_state(doc, token.i + 1, places)
        if first == token.i + 1 and token.text[0].islower():
            continue
        while first < len(doc) and is_title(doc[first]) and told[first]:
            first += 1
        last = first
        while last < min(len(doc), first + _LONGEST_NAME) and told[last] and _continues(doc, last, first, places):
            last += 1
        last = _trimmed(doc, first, last)[1]
        if (
            first < last
            and doc[first].pos_ != "VERB"
            and not doc[first].is_sent_start
            and _can_name_person(doc, first, last)
        ):
            yield NameSpan(first, last, "TITLED")


def _after_state(doc: Doc, index: int, places: dict[int, PlaceSpan]) -> int:
    """Skip "of China", "of the Republic of India", "of Foreign Affairs" between a title and a name of two words."""
    if doc[index].lower_ not in ("of", "for"):
        return index
    start = index + 1 + (index + 1 < len(doc) and doc[index + 1].lower_ == "the")
    place = places.get(start)
    end = place.last if place else start
    while end < len(doc) and (
        doc[end].lower_ in word_set("roles", "portfolios") or (end > start and doc[end].lower_ in ("and", "&"))
    ):
        end += 1
    if end == start or end + 2 >= len(doc) or not is_capitalised(doc[end]) or is_title(doc[end]):
        return index
    return end if is_capitalised(doc[end + 1]) or (doc[end + 1].text == "-" and is_capitalised(doc[end + 2])) else index


def _continues(doc: Doc, index: int, first: int, places: dict[int, PlaceSpan]) -> bool:
    token = doc[index]
    if token.text in ("-", "’") or token.lower_ in word_set("roles", "particles"):
        return index > first or (index + 1 < len(doc) and is_capitalised(doc[index + 1]))
    if index > first and doc[index - 1].text == "-" and token.is_alpha:
        return True
    month = token.text in ("May", "April", "June", "August") and not (index + 1 < len(doc) and doc[index + 1].is_digit)
    if (token.ent_type_ in _TIMES and not month) or token.pos_ not in _NAME_TAGS or index in places:
        return False
    return is_capitalised(token)


def _can_name_person(doc: Doc, first: int, last: int) -> bool:
    ending = doc[last - 1].lower_
    return ending not in word_set("roles", "organisation_nouns") and doc[first].is_alpha and not is_title(doc[last - 1])


def _repaired(doc: Doc, ent: Iterable[Token], told: bytearray, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    tokens = list(ent)
    label = tokens[0].ent_type_
    for first, last in _pieces(tokens, label):
        first, last = _trimmed(doc, first, last)
        if first < last:
            yield from (
                _person(doc, first, last, told, places)
                if label == "PERSON"
                else _thing(doc, first, last, label, places)
            )


def _pieces(tokens: list[Token], label: str) -> Iterator[tuple[int, int]]:
    """Cut a span at brackets, quotation marks, possessives, small words and, in persons, at "and" and commas."""
    start, end = tokens[0].i, tokens[-1].i + 1
    first = start
    for token in tokens:
        small = token.text[0].islower() and token.pos_ in ("VERB", "AUX", "PRON", "SCONJ")
        cut = small or token.is_space or token.is_bracket or token.text in _CUTS
        cut = cut or (token.text in POSSESSIVE and token.i + 1 < end and not _names_union(token))
        cut = cut or (label == "PERSON" and token.text in ("and", "&", ","))
        if cut:
            yield first, token.i
            first = token.i + 1
    yield first, end


def _names_union(mark: Token) -> bool:
    """Say whether an apostrophe is within a name: "Teachers' Union"."""
    return mark.text in ("'", "’") and mark.nbor(1).lower_ in word_set("roles", "organisation_nouns")


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Take articles, small words and marks off both ends."""
    particles = word_set("roles", "particles")
    while first < last:
        token = doc[first]
        particle = (
            token.lower_ in particles
            and first + 1 < last
            and (doc[first + 1].text == "-" or is_capitalised(doc[first + 1]))
        )
        if (
            (is_capitalised(token) and token.pos_ != "DET" and token.text != "The")
            or token.text[0].isdigit()
            or particle
        ):
            break
        first += 1
    while first < last:
        token = doc[last - 1]
        hyphened = last - 2 >= first and doc[last - 2].text == "-" and token.is_alpha
        hyphened = hyphened and token.lower_ not in word_set("names", "compound_endings")
        if token.text[0].isupper() or token.text[0].isdigit() or hyphened:
            break
        last -= 1
    return first, last


def _person(doc: Doc, first: int, last: int, told: bytearray, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    """Yield the name without titles, demonyms and words that only open the sentence, and the place that led it."""
    start = first
    while start < last - 1 and (
        is_title(doc[start]) or _leads(doc, start, places) or doc[start].pos_ in ("VERB", "ADP", "ADV")
    ):
        span = places.get(start)
        if span and span.place.form != "other":
            yield NameSpan(span.first, span.last, "GPE", span.place)
        start = span.last if span else start + 1
    if start >= last:
        return
    place = places.get(start)
    if place and place.last >= last:
        label = "TITLED" if start and honorific_sex(doc[start - 1]) else "PERSON"
        yield NameSpan(start, place.last, label, None if place.place.form == "other" else place.place)
    else:
        while start > 0 and told[start - 1] == _PROSE and _begins(doc, start - 1, places):
            start -= 1
        while last < len(doc) and told[last] == _PROSE and last - start < _LONGEST_NAME and _goes_on(doc, last, places):
            last += 1
        start, last = _trimmed(doc, start, last)
        yield NameSpan(start, last, "TITLED" if start > first and is_title(doc[start - 1]) else "PERSON")


def _goes_on(doc: Doc, index: int, places: dict[int, PlaceSpan]) -> bool:
    """Say whether a name that the recogniser ended before a token goes on: "Kam" and "-wai" after "Kevin So"."""
    token = doc[index]
    if token.text == "-" or doc[index - 1].text == "-":
        joined = token.nbor(-1).whitespace_ == "" and (token.text == "-" or token.is_alpha)
        return joined and token.lower_ not in word_set("names", "compound_endings")
    if token.ent_type_ not in ("", "PERSON") or token.pos_ != "PROPN" or index in places or is_title(token):
        return False
    return token.is_alpha and is_capitalised(token) and not token.is_upper


def _begins(doc: Doc, index: int, places: dict[int, PlaceSpan]) -> bool:
    """Say whether a name that the recogniser began after a token begins with it: "Alejandro" before "Zelaya"."""
    token = doc[index]
    if token.ent_type_ or token.pos_ != "PROPN" or index in places or is_title(token):
        return False
    return (
        token.is_title
        and token.is_alpha
        and not token.is_sent_start
        and token.lower_ not in word_set("roles", "role_nouns")
    )


def _leads(doc: Doc, index: int, places: dict[int, PlaceSpan]) -> bool:
    """Say whether a place stands before the name and not in it: a demonym, or a country before two more words."""
    span = places.get(index)
    if span is None:
        return False
    if span.place.form == "name":
        return doc[index].ent_iob_ != "B" or (index > 0 and doc[index - 1].pos_ in ("ADP", "PART"))
    return span.place.form in ("demonym", "people")


def _thing(doc: Doc, first: int, last: int, label: str, places: dict[int, PlaceSpan]) -> Iterator[NameSpan]:
    place = places.get(first)
    pair = _joined_places(doc, first, last, places)
    if len(pair) > 1:
        yield from pair
        return
    if place and place.last >= last:
        hidden = place.place.form == "other"
        yield NameSpan(first, place.last, "LOC" if hidden else label, None if hidden else place.place)
        return
    if (
        place
        and place.place.form == "name"
        and first
        and doc[first - 1].lower_ in ("of", "the")
        and last - place.last >= 2
    ):
        if all(
            is_capitalised(token) and token.lower_ not in word_set("roles", "organisation_nouns")
            for token in doc[place.last : last]
        ):
            yield NameSpan(first, place.last, "GPE", place.place)
            yield NameSpan(place.last, last, "TITLED")
            return
    titles = word_set("roles", "titles")
    while last > first + 1 and label == "ORG" and doc[last - 1].lower_ in titles:
        last = _trimmed(doc, first, last - 1)[1]
    first, last = _extended(doc, first, last)
    if not _is_portfolio(doc, first):
        yield NameSpan(first, last, label)


def _joined_places(doc: Doc, first: int, last: int, places: dict[int, PlaceSpan]) -> list[NameSpan]:
    """Return the places of "Russian-Japanese" and their like, each by itself."""
    found: list[NameSpan] = []
    index = first
    while index < last:
        span = places.get(index)
        if span is None or span.place.form == "other" or (span.last < last and doc[span.last].text not in ("-", "–")):
            return []
        found.append(NameSpan(span.first, span.last, "NORP", span.place))
        index = span.last + 1
    return found


def _extended(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Take in the noun that an organisation's name begins or ends with: "Ministry of Health", "Teachers' Union"."""
    if first >= 2 and doc[first - 1].lower_ in ("of", "for") and doc[first - 2].text[0].isupper():
        if doc[first - 2].lower_ in word_set("roles", "bodies_of"):
            first -= 2
    if last + 1 < len(doc) and doc[last].text in ("'", "’") and doc[last - 1].text.endswith("s"):
        if doc[last + 1].text[0].isupper() and doc[last + 1].lower_ in word_set("roles", "organisation_nouns"):
            last += 2
    return first, last


def _is_portfolio(doc: Doc, first: int) -> bool:
    """Say whether a name is what an office is for: "Foreign Affairs" after "minister of"."""
    index = first - 1
    while index > 0 and doc[index].lower_ in ("the", "and", "&"):
        index -= 1
    return (
        index > 0
        and doc[index].lower_ in ("of", "for")
        and doc[index - 1].lower_ in ("minister", "secretary", "ministers", "ministress")
    )


def _freed(doc: Doc, spans: list[NameSpan]) -> Iterator[NameSpan]:
    """Yield the spans, cutting a person's full name off the end of a longer name of something else."""
    names = {
        tuple(token.text for token in doc[span.first : span.last])
        for span in spans
        if span.label in ("PERSON", "TITLED")
    }
    names = {words for words in names if len(words) > 1}
    for span in spans:
        cut = span.first
        if span.label not in ("PERSON", "TITLED") and span.last - span.first > 2:
            words = tuple(token.text for token in doc[span.first : span.last])
            cut = next(
                (span.last - size for size in range(len(words) - 1, 1, -1) if words[-size:] in names), span.first
            )
        if cut > span.first:
            yield NameSpan(cut, span.last, "TITLED")
            yield NameSpan(*_trimmed(doc, span.first, cut), span.label)
        else:
            yield span
