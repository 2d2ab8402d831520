"""What a text is about, as far as counting goes: its names, words, numbers and days."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from briefing.digest.items import Item
from briefing.digest.tables import read_table
from briefing.model import Article

_LEAD = 120  # words of the body that count double: a news article opens with its story
_FEWEST = 20  # words of a body; where it has fewer, headings and other lines count as well
# A word with its apostrophes, or a number with its marks: "Smith's", "don't", "34-6", "1,200.50", "10:24".
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:-]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s\Z")
_OPENING = frozenset("\"“‘'.!?:")  # after these a capital says nothing
_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # "2018-07-31" and "2018-07-31T22:15"; not "2018-W30"

Range = tuple[int, int]  # of characters, half-open


class Token(NamedTuple):
    """A word or number of a text."""

    text: str
    opens: bool  # a sentence, a quotation or a title, where a capital says nothing


@dataclass(frozen=True, slots=True)
class Terms:
    """Counts by folded form, those of the lead doubled and those of actors raised by their salience."""

    names: dict[str, float]  # words with a capital within a sentence: persons, places, bodies
    words: dict[str, float]
    numbers: dict[str, float]
    actors: tuple[str, ...] = ()  # names of the brief's actors, groups aside
    days: frozenset[str] = frozenset()  # ISO, days that the text names


def terms_of(item: Item) -> Terms:
    """Return what an article is about; one without a body is about nothing, whatever its title."""
    article = item.article
    tokens = list(tokens_in(article, _told(article)))
    weights = [2.0 if place < _LEAD else 1.0 for place in range(len(tokens))]
    title = [Token(text, opens=True) for text in _TOKEN.findall(article.title)] if tokens else []
    terms = count_terms([*tokens, *title], [*weights, *(1.0 for _ in title)])
    actors = [actor for actor in item.brief.actors if actor.kind != "group"]
    for actor in actors:
        for word in dict.fromkeys(actor.name.lower().split()):
            if word in terms.names:
                terms.names[word] *= 1 + actor.salience
    days = frozenset(found.group() for time in item.brief.times if (found := _DAY.match(time.value or "")))
    return Terms(terms.names, terms.words, terms.numbers, tuple(actor.name for actor in actors), days)


def tokens_in(article: Article, ranges: Sequence[Range]) -> Iterator[Token]:
    """Yield the words and numbers of stretches of an article."""
    openings = {sentence.start for sentence in article.sentences} | {start for start, _ in ranges}
    for start, end in ranges:
        for found in _TOKEN.finditer(article.text, start, end):
            before = article.text[max(0, found.start() - 2) : found.start()]
            yield Token(found.group(), found.start() in openings or not _OPENING.isdisjoint(before))


def count_terms(tokens: Sequence[Token], weights: Sequence[float]) -> Terms:
    """Return the terms of a text, each counted by the weights of its tokens; words without content are left out."""
    small = {token.text for token in tokens if token.text[0].islower()}
    capital = {token.text for token in tokens if token.text[0].isupper() and not token.opens}
    names, words, numbers = (defaultdict[str, float](float) for _ in range(3))
    for (text, opens), weight in zip(tokens, weights, strict=True):
        folded = _POSSESSIVE.sub("", text).lower().replace("’", "'")
        if len(folded) < 2 or folded in _function_words():
            continue
        if text[0].isdigit():
            numbers[text.replace(",", "")] += weight
        elif text in capital or (text[0].isupper() and not opens and folded not in small):
            names[folded] += weight
        else:
            words[singular(folded)] += weight
    return Terms(dict(names), dict(words), dict(numbers))


def singular(word: str) -> str:
    """Return a folded word without the ending of plurals: "talks" is "talk", "parties" is "party"."""
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _told(article: Article) -> list[Range]:
    """Return the stretches that tell the story: body and headings; where these are next to none, all but the title."""
    ranges = [(p.start, p.end) for p in article.paragraphs if p.role in ("body", "heading", "subtitle")]
    if sum(len(article.text[start:end].split()) for start, end in ranges) >= _FEWEST:
        return ranges
    return [(p.start, p.end) for p in article.paragraphs if p.role != "title"]


@cache
def _function_words() -> frozenset[str]:
    return frozenset(" ".join(read_table("common_words")["function"]).split())
