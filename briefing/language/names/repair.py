"""Repair of the recogniser's spans: split glued names, cut off titles and places, extend to the full name."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from briefing.language.names.titled_names import MONTH_NAMES, state_span
from briefing.language.neighbours import token_after, token_before, word_after, word_before
from briefing.language.roles.entity_roles import agencies
from briefing.language.roles.phrases import is_role_noun, nouns_of
from briefing.language.surface import (
    LONGEST_NAME,
    POSSESSIVE,
    NameSpan,
    Surface,
    ends_compound,
    honorific_sex,
    is_capitalised,
    is_particle,
    is_rank,
    is_title,
    name_words,
)
from briefing.runtime.lexicon import ordered_words, word_set

_CUTS = frozenset({'"', "“", "”", "/", ";", ":", "–", "—", "--"})
_LEANING = frozenset({"amod", "compound", "nmod"})
_JOINTS = frozenset({"and", "&", ","})
_PARTIES = frozenset({"D", "R", "I"})  # before a hyphen and a state


def repaired(surface: Surface, ent: Span) -> Iterator[NameSpan]:
    """Yield the names in one span of the recogniser."""
    for begin, end in _pieces(ent):
        first, last = surface.trimmed(begin, end)
        if first < last and _is_party_tag(surface, first):
            continue
        if first < last and ent.label_ == "PERSON":
            yield from _person(surface, first, last)
        elif first < last:
            yield from _thing(surface, first, last, ent.label_)


def _is_party_tag(surface: Surface, first: int) -> bool:
    """Return True if a name is a legislator's party and state: "D-Maine", "R-Fla."."""
    doc = surface.tokens
    if first + 1 < len(doc) and doc[first].text in _PARTIES and doc[first + 1].text == "-":
        return True
    return first > 1 and doc[first - 1].text == "-" and doc[first - 2].text in _PARTIES


def split_off_persons(surface: Surface, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Yield the spans, with persons cut off the end of longer names: full names, and surnames after "of"."""
    doc = surface.tokens
    names = {tuple(token.text for token in doc[span.first : span.last]) for span in spans if _is_person(span)}
    longest = max((len(words) for words in names), default=0)
    surnames = {words[-1] for words in names if len(words) > 1}
    for span in spans:
        cut = span.first
        if not _is_person(span) and span.last - span.first > 2:
            words = tuple(token.text for token in doc[span.first : span.last])
            sizes = range(min(longest, len(words) - 1), 1, -1)
            cut = next((span.last - size for size in sizes if words[-size:] in names), span.first)
            cut = span.last - 1 if cut == span.first and words[-2] == "of" and words[-1] in surnames else cut
        if cut > span.first:
            yield NameSpan(cut, span.last, "TITLED")
            yield NameSpan(*surface.trimmed(span.first, cut), span.label)
        else:
            yield span


def _is_person(span: NameSpan) -> bool:
    return span.label in ("PERSON", "TITLED")


def _pieces(ent: Span) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a span between brackets, quotation marks, possessives, small words and, in persons, "and"."""
    first = ent.start
    for token in ent:
        if _cuts(token, ent):
            yield first, token.i
            first = token.i + 1
    yield first, ent.end


def _cuts(token: Token, ent: Span) -> bool:
    if token.is_space or token.is_bracket or token.text in _CUTS:
        return True
    if token.text[0].islower() and token.pos_ in ("VERB", "AUX", "PRON", "SCONJ"):
        return True
    if token.text in POSSESSIVE and token.i + 1 < ent.end:
        body = {word_after(token), ent[-1].lower_} & name_words("organisation_nouns")
        return not (body and _is_plural_possessive(token))
    if token.text == "to" and ent.label_ == "ORG" and token.i + 1 < ent.end:
        return token.doc[token.i + 1].pos_ == "PROPN"
    return ent.label_ == "PERSON" and token.text in ("and", "&", ",")


def _is_plural_possessive(possessive: Token) -> bool:
    """Return True if a possessive follows a plural, as in names of bodies: "Teachers' Union", "People's Party"."""
    if possessive.text not in POSSESSIVE:
        return False
    word = word_before(possessive)
    return word.endswith(ordered_words(__name__, "plural_endings")) if len(possessive) > 1 else word.endswith("s")


def _person(surface: Surface, first: int, last: int) -> Iterator[NameSpan]:
    """Yield a person's name without the titles and demonyms before it, and the place before it."""
    doc, start = surface.tokens, first
    while start < last - 1 and (
        _precedes_name(surface, start) or (start < last - 2 and _names_office_or_body(doc[start]))
    ):
        place = surface.places.get(start)
        if place and place.place.form != "other":
            yield NameSpan(place.first, place.last, "GPE", place.place)
        start = place.last if place else start + 1
    if start >= last or _is_between_titles(surface, start, last):
        return
    place = surface.places.get(start)
    if place and place.last >= last:
        label = "TITLED" if start and honorific_sex(doc[start - 1]) else "PERSON"
        yield NameSpan(start, place.last, label, None if place.place.form == "other" else place.place)
        return
    while surface.is_prose(start - 1) and _begins(surface, start - 1, last - start):
        start -= 1
    while surface.is_prose(last) and last - start < LONGEST_NAME and _goes_on(surface, last):
        last += 1
    start, last = surface.trimmed(start, last)
    last = surface.without_letters(start, last)
    yield NameSpan(start, last, "TITLED" if start > first and is_title(doc[start - 1]) else "PERSON")


def _is_between_titles(surface: Surface, start: int, last: int) -> bool:
    """Return True if the rest of a name is a title before another title: "Ch" of "Asst Ch Con Ann Lee"."""
    doc = surface.tokens
    return last - start == 1 and last < len(doc) and is_title(doc[start]) and is_title(doc[last])


def _precedes_name(surface: Surface, index: int) -> bool:
    """Return True if a token comes before the name: a title, a demonym, a verb, a country after "of"."""
    token = surface.tokens[index]
    if is_title(token) or token.pos_ == "VERB" or token.lower_ in agencies():
        return True
    if token.pos_ in ("ADP", "ADV") and (token.is_stop or not token.is_title):  # the tagger takes "Barack" for one
        return True
    span = surface.places.get(index)
    if span is None:
        return False
    if span.place.form in ("name", "capital"):
        before = token_before(token)
        return token.ent_iob_ != "B" or (before is not None and before.pos_ in ("ADP", "PART"))
    return span.place.form in ("demonym", "people")


def _begins(surface: Surface, index: int, length: int) -> bool:
    """Return True if a token belongs before a name of *length* words so far: "Alejandro" before "Zelaya"."""
    token = surface.tokens[index]
    if surface.tokens[index + 1].is_sent_start:
        return False
    dated = token.ent_type_ and token.text not in MONTH_NAMES
    if dated or index in surface.places or not _is_part_of_name(token, length) or is_role_noun(token):
        return False
    return token.is_title and token.is_alpha and not is_title(token) and not _names_office_or_body(token)


def _is_part_of_name(token: Token, length: int) -> bool:
    """Return True if a token is a proper noun within a sentence, or a compound with a name of one word."""
    bound = length == 1 and token.dep_ == "compound" and token.head.i > token.i and token.head.pos_ == "PROPN"
    return (token.pos_ == "PROPN" and not token.is_sent_start) or (bound and token.tag_ in ("NNP", "JJ", "FW"))


def _names_office_or_body(token: Token) -> bool:
    return token.lower_ in nouns_of("role_nouns") or token.lower_ in name_words("organisation_nouns", "portfolios")


def _goes_on(surface: Surface, index: int) -> bool:
    """Return True if a token continues a name that the recogniser ended: "Kam" and "-wai" after "Kevin So"."""
    token = surface.tokens[index]
    before, after = token_before(token), token_after(token)
    if token.is_sent_start:
        return False
    if is_particle(token) and after is not None:
        return is_capitalised(after) or is_particle(after)
    if before is not None and is_particle(before):
        return is_capitalised(token) and token.is_alpha
    if before is not None and "-" in (token.text, before.text):
        return not before.whitespace_ and (token.text == "-" or token.is_alpha) and not ends_compound(token)
    if token.ent_type_ not in ("", "PERSON") or index in surface.places or is_title(token):
        return False
    if not token.is_alpha or not token.is_title or token.pos_ == "PRON":
        return False
    between = after is not None and after.pos_ == "PROPN" and not after.ent_type_
    return token.pos_ == "PROPN" or (token.pos_ == "ADV" and between and surface.is_prose(index + 1))


def _thing(surface: Surface, first: int, last: int, label: str) -> Iterator[NameSpan]:
    """Yield the names in a span that is not a person: a state, several states, a state and a person, or the span."""
    doc = surface.tokens
    joined = _joined_places(surface, first, last)
    place = surface.places.get(first)
    if len(joined) > 1:
        yield from joined
    elif place and place.last >= last:
        yield state_span(doc, place, label)
    elif place and place.place.form == "name" and _person_follows(surface, first, place.last, last):
        yield NameSpan(first, place.last, "GPE", place.place)
        yield NameSpan(place.last, last, "TITLED")
    elif inner := _state_before_person(surface, first, last):
        yield NameSpan(first, inner, label)
        yield NameSpan(inner, last, "TITLED")
    else:
        last = _whole_list(surface, first, _before_office(surface, first, last)) if label == "ORG" else last
        first, last = _extended(surface, first, last)
        if _is_office(surface, first, last):
            yield from [NameSpan(first, place.last, "NORP", place.place)] if place else []
        elif not _is_portfolio(surface, first):
            yield NameSpan(first, last, label)


def _before_office(surface: Surface, first: int, last: int) -> int:
    """Return the end of a body's name without an office: "EU" of "EU Special Representative"."""
    doc, words = surface.tokens, name_words("titles")
    while last > first + 1 and (doc[last - 1].lower_ in words or _follows_comma(doc[last - 1])):
        last = surface.trimmed(first, last - 1)[1]
        words = name_words("titles", "title_modifiers")
    return last


def _whole_list(surface: Surface, first: int, last: int) -> int:
    """Return the end of a name with a list, of which the recogniser took a part: "Odda Fish and Game Service"."""
    doc = surface.tokens
    head = doc[last - 1].head
    if last - first < 2 or doc[last - 1].dep_ not in _LEANING or not last < head.i < first + LONGEST_NAME:
        return last
    if doc[last].text not in _JOINTS or doc[last - 1].lower_ in name_words("organisation_nouns"):
        return last
    if head.ent_type_ not in ("", "ORG") or not surface.zones[head.i]:
        return last
    between = doc[last : head.i]
    several = any(token.i in surface.places or token.lower_ in name_words("organisation_nouns") for token in between)
    listed = all(is_capitalised(token) or token.text in _JOINTS for token in (*between, head))
    return head.i + 1 if listed and not several else last  # several in "the Peruvian and Chilean Parliaments"


def _follows_comma(token: Token) -> bool:
    """Return True if a rank follows the comma that ends a body's name: "Pres." in "The Atlantic, Pres. Berg"."""
    return word_before(token) == "," and is_rank(token)


def _state_before_person(surface: Surface, first: int, last: int) -> int:
    """Return the start of a person's name after a body's: "Ministry of Defence of Ukraine Kyrylo Budanov"; else 0."""
    for index in range(first + 1, last - 2):
        place = surface.places.get(index)
        if place and place.place.form == "name" and _person_follows(surface, index, place.last, last):
            return place.last
    return 0


def _person_follows(surface: Surface, first: int, start: int, last: int) -> bool:
    """Return True if a person's name follows a state: "of Kazakhstan Kassym-Jomart Tokayev", not "the US Gulf"."""
    before = first - 1 - (first > 1 and surface.tokens[first - 1].lower_ == "the")
    if last - start < 2 or before < 0 or surface.tokens[before].lower_ != "of":
        return False
    bodies = name_words("organisation_nouns")
    return all(is_capitalised(token) and token.lower_ not in bodies for token in surface.tokens[start:last])


def _joined_places(surface: Surface, first: int, last: int) -> list[NameSpan]:
    """Return the single places of a compound: "Russian-Japanese"."""
    found: list[NameSpan] = []
    index = first
    while index < last:
        span = surface.places.get(index)
        if span is None or span.place.form == "other":
            return []
        if span.last < last and surface.tokens[span.last].text not in ("-", "–"):
            return []
        found.append(NameSpan(span.first, span.last, "NORP", span.place))
        index = span.last + 1
    return found


def _extended(surface: Surface, first: int, last: int) -> tuple[int, int]:
    """Return a span with the first or last noun of the organisation's name: "Ministry of Health", "Teachers' Union"."""
    doc = surface.tokens
    bodies = name_words("bodies_of")
    if first >= 2 and doc[first - 1].lower_ in ("of", "for") and doc[first - 2].lower_ in bodies:
        first -= 2 * doc[first - 2].text[0].isupper()
    if last + 1 < len(doc) and _is_plural_possessive(doc[last]):
        noun = doc[last + 1]
        last += 2 * (noun.text[0].isupper() and noun.lower_ in name_words("organisation_nouns"))
    return first, last


def _is_office(surface: Surface, first: int, last: int) -> bool:
    """Return True if a name is an office, "Kenyan Head of State", or the start of one: "US National Security"."""
    doc, place = surface.tokens, surface.places.get(first)
    if " ".join(token.lower_ for token in doc[place.last if place else first : last]) in word_set(__name__, "offices"):
        return True
    if place is None or place.last >= last or last >= len(doc):
        return False
    if not doc[last].text[0].isupper() or not is_role_noun(doc[last]):
        return False
    known = name_words("portfolios", "title_modifiers")
    return all(token.lower_ in known for token in doc[place.last : last])


def _is_portfolio(surface: Surface, first: int) -> bool:
    """Return True if a name is the portfolio of an office: "Foreign Affairs" after "minister of"."""
    doc, index = surface.tokens, first - 1
    while index > 0 and doc[index].lower_ in word_set(__name__, "joining_portfolios"):
        index -= 1
    if index < 1 or doc[index].lower_ not in ("of", "for"):
        return False
    return doc[index - 1].lower_ in word_set(__name__, "portfolio_holders")
