"""Round-ups, "news in brief": articles that tell several stories, which must not hold these together."""

import re
from typing import NamedTuple

from briefing.digest.partition import joined
from briefing.digest.terms import count_terms, tokens_in
from briefing.digest.weights import share_of
from briefing.model import Article

_FEWEST_PARTS = 3
_SHORTEST = 20  # words of a part that tells a story
_LARGEST = 0.5  # of all words, that the largest part has at most
_TELLING = 0.1  # share of all news that has a word, at most, for it to hold paragraphs together
# A title that says so: "World news in brief", "Morning briefing: ...", "Week in review"; not "Briefing on the talks".
_TITLE = re.compile(
    r"\b(?:in brief|round-?ups?|at a glance|(?:morning|evening|daily|weekly|news|world) (?:briefing|digest|headlines)"
    r"|(?:day|week|month|year) in (?:review|news|pictures)|the morning after|(?:things|what you need) to know)\b",
    re.IGNORECASE,
)


class _Paragraph(NamedTuple):
    names: frozenset[str]
    words: frozenset[str]
    length: int  # words


def is_round_up(article: Article) -> bool:
    """Say whether an article tells several stories.

    Its paragraphs fall into parts that share neither a name nor a telling word, and none of these is the better half of
    it. Where the title says that it is one, a single word in common does not hold paragraphs together.
    """
    parts = _parts(article, 2 if _TITLE.search(article.title) else 1)
    return sum(part >= _SHORTEST for part in parts) >= _FEWEST_PARTS and max(parts) <= _LARGEST * sum(parts)


def _parts(article: Article, words: int) -> list[int]:
    """Return the length of each part in words; paragraphs that share a name or *words* words are one."""
    paragraphs = {str(number): paragraph for number, paragraph in enumerate(_paragraphs(article))}
    keys = list(paragraphs)
    pairs = [
        (first, second)
        for place, second in enumerate(keys)
        for first in keys[:place]
        if _belong(paragraphs[first], paragraphs[second], words)
    ]
    return [sum(paragraphs[key].length for key in part) for part in joined(keys, pairs)]


def _belong(first: _Paragraph, second: _Paragraph, words: int) -> bool:
    return not first.names.isdisjoint(second.names) or len(first.words & second.words) >= words


def _paragraphs(article: Article) -> list[_Paragraph]:
    body = [(p.start, p.end) for p in article.paragraphs if p.role == "body"]
    small = {token.text for token in tokens_in(article, body) if token.text[0].islower()}
    paragraphs = []
    for stretch in body:
        tokens = [token for token in tokens_in(article, [stretch]) if not token.text[0].isdigit()]
        terms = count_terms(tokens, [1.0] * len(tokens))
        # A word that opens the paragraph may be a name whose capital says nothing here.
        opening = {t.text.lower() for t in tokens if t.opens and t.text[0].isupper() and t.text.lower() not in small}
        names = frozenset(term for term in {*terms.names, *(opening & {*terms.words})} if share_of(term) <= _TELLING)
        words = frozenset(term for term in terms.words if share_of(term) <= _TELLING)
        paragraphs.append(_Paragraph(names, words, len(tokens)))
    return paragraphs
