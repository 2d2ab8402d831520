"""Count the names, words, numbers and days of a text."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.digest.items import Item
from briefing.model.brief import Article
from briefing.runtime.lexicon import ordered_words

_LEAD = 120  # first words of the body, which count double because a news article opens with its story
_FORMS = 50_000  # words whose folded form is cached
_FEWEST = 20  # words; if body and headings have fewer, other paragraphs count as well
# A word with its apostrophes, or a number with its marks: "Smith's", "don't", "34-6", "1,200.50", "10:24".
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:-]*\d|\d"
_TOKEN = re.compile(_WORD)
# A token with a mark before it; after such a mark, a capital does not indicate a name: `"The`, `. The`, `: “The`.
_MARKED = re.compile(rf"(?P<mark>[\"“‘'.!?:]\W?)?(?P<text>{_WORD})")
_POSSESSIVE = re.compile(r"['’]s\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # "2018-07-31" and "2018-07-31T22:15"; not "2018-W30"


class Token(NamedTuple):
    """A word or number of a text."""

    text: str
    opens: bool  # True if it opens a sentence, quotation or title, so that a capital does not indicate a name


@dataclass(frozen=True, slots=True)
class Terms:
    """Counts by folded form; words of the lead count double, and words of actors gain by their salience."""

    names: dict[str, float]  # capitalised words within a sentence: persons, places, organisations
    words: dict[str, float]
    numbers: dict[str, float]
    actors: tuple[str, ...] = ()  # names of the actors of the brief, without groups
    days: frozenset[str] = frozenset()  # ISO, days that the text names


class Passage(NamedTuple):
    """A paragraph that belongs to the story."""

    tokens: tuple[Token, ...]
    body: bool  # False for a heading


def passages_of(article: Article) -> tuple[Passage, ...]:
    """Return body and headings; if these are very short, all paragraphs except the title."""
    chosen = [p for p in article.paragraphs if p.role in ("body", "heading", "subtitle")]
    if sum(len(article.text[p.start : p.end].split()) for p in chosen) < _FEWEST:
        chosen = [p for p in article.paragraphs if p.role != "title"]
    openings = {sentence.start for sentence in article.sentences} | {p.start for p in chosen}
    return tuple(Passage(tuple(_tokens(article.text, p.start, p.end, openings)), p.role == "body") for p in chosen)


def terms_of(item: Item, passages: Sequence[Passage]) -> Terms:
    """Return the terms of an article from its passages and title; without passages, there are no terms."""
    tokens = [token for passage in passages for token in passage.tokens]
    weights = [2.0 if place < _LEAD else 1.0 for place in range(len(tokens))]
    title = [Token(text, opens=True) for text in _TOKEN.findall(item.article.title)] if tokens else []
    names, words, numbers = _counted([*tokens, *title], [*weights, *(1.0 for _ in title)])
    actors = [actor for actor in item.brief.actors if actor.kind != "group"]
    for actor in actors:
        for word in dict.fromkeys(actor.name.lower().split()):
            if word in names:
                names[word] *= 1 + actor.salience
    days = frozenset(found.group() for time in item.brief.times if (found := _DAY.match(time.value or "")))
    return Terms(names, words, numbers, tuple(actor.name for actor in actors), days)


@lru_cache(maxsize=_FORMS)
def fold(word: str) -> str:
    """Return the form by which a word is counted, without possessive; "" for a word without content."""
    folded = _POSSESSIVE.sub("", word).lower().replace("’", "'")
    return "" if len(folded) < 2 or folded in _function_words() else folded


@lru_cache(maxsize=_FORMS)
def singular(word: str) -> str:
    """Return a folded word without plural ending: "talks" becomes "talk", "parties" becomes "party"."""
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _tokens(text: str, start: int, end: int, openings: Container[int]) -> Iterator[Token]:
    for found in _MARKED.finditer(text, start, end):
        yield Token(found["text"], found["mark"] is not None or found.start() in openings)


def _counted(
    tokens: Sequence[Token], weights: Sequence[float]
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Return names, words and numbers, each with the sum of the weights of its tokens."""
    small = {token.text for token in tokens if token.text[0].islower()}
    capital = {token.text for token in tokens if token.text[0].isupper() and not token.opens}
    names, words, numbers = (defaultdict[str, float](float) for _ in range(3))
    for (text, opens), weight in zip(tokens, weights, strict=True):
        folded = fold(text)
        if not folded:
            continue
        if text[0].isdigit():
            numbers[text.replace(",", "")] += weight
        elif text in capital or (text[0].isupper() and not opens and folded not in small):
            names[folded] += weight
        else:
            words[singular(folded)] += weight
    return dict(names), dict(words), dict(numbers)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(" ".join(ordered_words(__name__, "function")).split())
