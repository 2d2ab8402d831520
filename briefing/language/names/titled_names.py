"""Names found by their context: after a title, beside a state, or known from elsewhere in the article."""

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Token

from briefing.language.neighbours import token_after, token_before
from briefing.language.places import PlaceSpan
from briefing.language.roles.phrases import nouns_of
from briefing.language.surface import (
    LONGEST_NAME,
    POSSESSIVE,
    NameSpan,
    Surface,
    honorifics,
    is_capitalised,
    is_particle,
    is_title,
    name_words,
    names_complement,
)
from briefing.language.syntax import is_article
from briefing.runtime.lexicon import word_set

Tokens = tuple[Token, ...]

_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X"})
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL"})
_JOINTS = frozenset({"and", "&", ","})
_JOINING = word_set(__name__, "joining")
_LONGEST_UNLABELLED = 4  # words
_LEAST_BODY = 3  # words, at least, of a body that only its last word shows
_LONGEST_BODY = 6  # words, at most, of a body's name in a complement
_LONGEST_COMPLEMENT = 12  # tokens between a title and the name, at most
MONTH_NAMES = word_set(__name__, "month_names")


def titled_names(surface: Surface) -> Iterator[NameSpan]:
    """Yield runs of capitalised words after a form of address, a title, or a title with its state."""
    tokens, titles, addresses = surface.tokens, name_words("titles"), honorifics()
    for token in tokens[:-1]:
        if not (token.lower_ in titles or token.text in addresses) or not surface.zones[token.i]:
            continue
        first = _after_complement(surface, token.i + 1)
        if first == token.i + 1 and token.text[0].islower():
            continue
        furthest = min(len(tokens), first + LONGEST_NAME)
        while first < furthest and surface.zones[first] and is_title(tokens[first]):
            first += 1
        last = first
        while (
            last < min(len(tokens), first + LONGEST_NAME) and surface.zones[last] and _continues(surface, last, first)
        ):
            last += 1
        last = surface.without_letters(first, surface.trimmed(first, last)[1])
        if first < last and _can_name_person(tokens, first, last) and not _is_in_name(token, tokens[first]):
            yield NameSpan(first, last, "TITLED")


def known_bodies(surface: Surface) -> Iterator[NameSpan]:
    """Yield the well-known bodies of several words, even if the recogniser found only a part."""
    table = _known_bodies()
    beyond = 0
    for token in surface.tokens:
        if token.i < beyond or not token.is_title or not surface.zones[token.i]:
            continue
        for words in table.get(token.lower_, ()):
            last = token.i + len(words)
            found = surface.tokens[token.i : last]
            if tuple(one.lower_ for one in found) == words and all(one.is_title for one in found):
                beyond = last
                yield NameSpan(token.i, last, "ORG")
                break


@cache
def _known_bodies() -> dict[str, list[tuple[str, ...]]]:
    """Return the well-known bodies of several words by first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names_of_bodies(), key=lambda name: (-len(name.split()), name)):
        words = tuple(name.split())
        if len(words) > 1:
            found.setdefault(words[0], []).append(words)
    return found


def unlabelled_names(surface: Surface) -> Iterator[NameSpan]:
    """Yield runs of two to four capitalised words that the recogniser missed; their context decides the kind."""
    first = 0
    for token in surface.tokens:
        if token.pos_ == "PROPN" and _may_be_name(surface, token):
            continue
        if 2 <= token.i - first <= _LONGEST_UNLABELLED and surface.is_prose(first):
            yield NameSpan(first, token.i, "NAME")
        first = token.i + 1


def unlabelled_bodies(surface: Surface) -> Iterator[NameSpan]:
    """Yield bodies that the recogniser missed, known by their last word: "Peru Meat Authority"."""
    doc, nouns = surface.tokens, name_words("organisation_nouns")
    beyond = 0
    for token in doc:
        if token.lower_ not in nouns or not token.is_title or token.ent_type_ or not surface.is_prose(token.i):
            continue
        first = token.i
        while first > beyond and surface.is_prose(first - 1) and _is_part_of_body(surface, first - 1):
            first -= 1
        first, _ = surface.trimmed(first, token.i + 1)
        if _LEAST_BODY <= token.i + 1 - first <= _LONGEST_BODY and not surface.tokens[first].is_sent_start:
            yield NameSpan(first, token.i + 1, "ORG")
        beyond = token.i + 1


def _is_part_of_body(surface: Surface, index: int) -> bool:
    token = surface.tokens[index]
    if token.text in ("of", "for", "-"):
        return index > 0 and surface.tokens[index - 1].is_title
    return token.is_title and token.is_alpha and token.pos_ == "PROPN" and not is_title(token) and not token.ent_type_


def state_bodies(surface: Surface) -> Iterator[NameSpan]:
    """Yield states together with a noun for their government: "Chinese government", "Government of India"."""
    for span in surface.places.values():
        body = state_span(surface.tokens, span, "GPE")
        if body.label == "BODY":
            yield body


def state_span(tokens: Tokens, span: PlaceSpan, label: str) -> NameSpan:
    """Return the span of a place with *label*, or the longer span of its government with the label "BODY"."""
    first, last, place = span
    if place.form == "other":
        return NameSpan(first, last, "LOC")
    if place.form not in ("name", "demonym"):
        return NameSpan(first, last, label, place)
    owned = last + (last < len(tokens) and tokens[last].text in POSSESSIVE)
    if owned < len(tokens) and _is_body(tokens[owned]):
        return NameSpan(first, owned + 1, "BODY", place)
    of = first - 1 - (first > 0 and tokens[first - 1].lower_ == "the")
    if of > 0 and tokens[of].lower_ == "of" and tokens[of - 1].lower_ == "government":
        return NameSpan(of - 1, last, "BODY", place)
    return NameSpan(first, last, label, place)


def overlooked_names(surface: Surface, taken: bytes, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Yield more mentions of names in *spans*, outside the spans: full names and surnames."""
    tokens = surface.tokens
    known = _known_names(tokens, spans)
    beyond = 0
    for token in tokens:
        names = known.get(token.text)
        if names is None or token.i < beyond or taken[token.i] or not surface.zones[token.i]:
            continue
        words, label = next((name for name in names if _is_written(tokens, token.i, name[0], taken)), ((), ""))
        beyond = token.i + len(words)
        if len(words) > 1 or (
            words and token.pos_ in _NAME_TAGS and (token.pos_ == "PROPN" or not token.is_sent_start)
        ):
            yield NameSpan(token.i, beyond, label)


def _may_be_name(surface: Surface, token: Token) -> bool:
    if (token.ent_type_ and not _is_dated_name(token)) or not token.is_title or token.i in surface.places:
        return False
    return surface.is_prose(token.i) and not is_title(token) and token.lower_ not in nouns_of("role_nouns")


def _is_dated_name(token: Token) -> bool:
    """Return True if the recogniser took a name for a date: "Jan Egeland"."""
    if token.ent_type_ != "DATE" or token.pos_ != "PROPN":
        return False
    first, last = (token, token_after(token)) if token.text in MONTH_NAMES else (token_before(token), token)
    if first is None or last is None or token_after(token) is None:
        return False
    return first.text in MONTH_NAMES and last.is_title and last.is_alpha and last.dep_ not in ("npadvmod", "nummod")


def _after_complement(surface: Surface, index: int) -> int:
    """Return the end of a complement between a title and a name of two words, else *index*.

    Complements are "of China to Peru", "of the Port Office", "of Foreign Affairs".
    """
    doc, end = surface.tokens, index
    while end + 2 < len(doc) and end - index < _LONGEST_COMPLEMENT and doc[end].lower_ in _JOINING:
        start = end + 1 + (doc[end + 1].lower_ == "the")
        if doc[end].lower_ in ("in", "to") and not is_capitalised(doc[start]):
            break
        end = _complement_end(surface, start)
        if end == start:
            return index
    if end == index or end + 2 >= len(doc) or not is_capitalised(doc[end]) or is_title(doc[end]):
        return index
    joint = doc[end + 1].text == "-" or is_particle(doc[end + 1])
    goes_on = is_capitalised(doc[end + 1]) or (joint and is_capitalised(doc[end + 2]))
    return end if goes_on else index


def _complement_end(surface: Surface, start: int) -> int:
    """Return the end of the states and the words of portfolios and bodies that begin at *start*."""
    doc, end = surface.tokens, start
    while end < min(len(doc), start + _LONGEST_COMPLEMENT):
        if place := surface.places.get(end):
            end = place.last
        elif names_complement(doc[end]) or (doc[end].is_upper and len(doc[end]) > 1):
            end += 1
        elif end > start and doc[end].text in _JOINTS and end + 1 < len(doc) and names_complement(doc[end + 1]):
            end += 2
        elif inner := _inner_complement(surface, end):
            end = inner
        else:
            break
    return end


def _inner_complement(surface: Surface, start: int) -> int:
    """Return the end of a body's name that begins with another word: "Port Authority" before "Odd Berg"; else 0."""
    end = 0
    for token in surface.tokens[start : start + _LONGEST_BODY]:
        if not is_capitalised(token) or is_title(token):
            break
        end = token.i + 1 if names_complement(token) else end
    return end


def _continues(surface: Surface, index: int, first: int) -> bool:
    """Return True if the token at *index* continues a name that began at *first*."""
    doc = surface.tokens
    token = doc[index]
    if index > first and token.is_sent_start:
        return False
    if token.text in ("-", "’") or is_particle(token):
        return index > first or (index + 1 < len(doc) and is_capitalised(doc[index + 1]))
    if index > first and doc[index - 1].text == "-" and token.is_alpha:
        return True
    month = token.text in MONTH_NAMES and not (index + 1 < len(doc) and doc[index + 1].is_digit)
    if (token.ent_type_ in _TIMES and not month) or index in surface.places:
        return False
    return is_capitalised(token) and (token.pos_ in _NAME_TAGS or token.ent_type_ == "PERSON")


def _can_name_person(doc: Tokens, first: int, last: int) -> bool:
    if doc[first].pos_ == "VERB" or doc[first].is_sent_start or not doc[first].is_alpha:
        return False
    if names_complement(doc[first]) and doc[first - 1].text not in honorifics():
        return False
    return doc[last - 1].lower_ not in name_words("organisation_nouns") and not is_title(doc[last - 1])


def _is_in_name(title: Token, name: Token) -> bool:
    """Return True if "the" and a title begin the name of a body or thing: "the General Post Company"."""
    before = token_before(title)
    if before is None or not is_article(before) or name.ent_iob_ != "I" or name.ent_type_ == "PERSON":
        return False
    return title.ent_iob_ == "B" or (before.ent_iob_ == "B" and title.ent_iob_ == "I")


def _is_body(noun: Token) -> bool:
    word = noun.lower_
    known = word in word_set(__name__, "state_bodies") or word in word_set(__name__, "state_agents")
    return known and noun.pos_ != "VERB"


def _known_names(tokens: Tokens, spans: Sequence[NameSpan]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the full names of persons and bodies, and their last words, by first word; the longest first."""
    known: dict[str, dict[tuple[str, ...], str]] = {}
    for span in spans:
        if span.place is not None or span.label not in ("PERSON", "TITLED", "ORG"):
            continue
        words = tuple(token.text for token in tokens[span.first : span.last])
        label = "ORG" if span.label == "ORG" else "PERSON"
        if len(words) > 1:
            known.setdefault(words[0], {}).setdefault(words, label)
        if len(words[-1]) > 2 and words[-1].istitle():
            sure = label == "PERSON" or len(words) == 1
            known.setdefault(words[-1], {}).setdefault(words[-1:], label if sure else "NAME")
    return {word: sorted(names.items(), key=lambda item: (-len(item[0]), item[0])) for word, names in known.items()}


def _is_written(tokens: Tokens, index: int, words: tuple[str, ...], taken: bytes) -> bool:
    """Return True if these words begin at *index*, outside the tokens that are taken."""
    last = index + len(words)
    if last > len(tokens) or any(taken[index:last]):
        return False
    return all(token.text == word for token, word in zip(tokens[index:last], words, strict=True))


def names_of_bodies() -> frozenset[str]:
    """Return the names of bodies, in lower case, that the recogniser often takes for places or persons."""
    return word_set(__name__, "known_bodies")
