"""Find the credited news agency of an article: in dateline, byline, address, credit line or last words."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefing.digest.items import Item
from briefing.digest.publishers import domain_of, fold_name
from briefing.model.brief import Article
from briefing.runtime.lexicon import read_lexicon

# Characters of a credit, at most; a longer paragraph reports on the agency.
_LONGEST_CREDIT = 200
# The signature of an agency at the end of a body: "(Ritzau)", "/Belga/", "- EFE".
_SIGNED = re.compile(r"(?:[(\[/]|\s[-–—]{1,2}\s?|[–—])\s?(?P<name>[^\W\d_][\w. '’-]{1,30}?)\s?[)\]/.]*\Z")
# The words before the name of an agency in a credit line: "© 2018 AFP", "Source: Xinhua", "Xinhua | Updated".
_CREDITING = re.compile(
    r"(?:©|\(c\)|copyright|source|by|from|credit)s?\s*[:–—-]?\s*(?:by\s+)?(?:\d{4}\s*)?(?:by\s+)?(?P<after>.+)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:[|/:;,()\[\]•·–—]|\.\s|\s-\s|\band\b)\s*")


class Credit(NamedTuple):
    """The agency that an article is credited to, and the place of the credit."""

    agency: str
    where: str  # "address", "outlet", "dateline", "byline", "credit line", "last words"


def credit_of(item: Item) -> Credit | None:
    """Return the agency that wrote an article; None if the outlet wrote it.

    The outlet wrote it if it only used material of agencies ("with inputs from agencies"), or quotes an interview with
    an agency. An article on the own pages of an agency is credited to that agency.
    """
    article = item.article
    agency = _by_address(item.address)
    if agency is not None:
        return Credit(agency, "address")
    agency = _agency_named(item.appeared_in or "")
    if agency is not None:
        return Credit(agency, "outlet")
    if article.dateline is not None and article.dateline.agency and not _is_outlet(article.dateline.agency, item):
        return Credit(_agency_named(article.dateline.agency) or article.dateline.agency, "dateline")
    if _is_own_work(article):
        return None
    for where, words in _credits(article):
        agency = _agency_named(words)
        if agency is not None:
            return Credit(agency, where)
    return None


def _by_address(url: str | None) -> str | None:
    domain, path = domain_of(url), (url or "").lower()
    for name, agency in _agencies().items():
        if domain in agency["domains"] or any(part in path for part in agency.get("paths", ())):
            return name
    return None


def _is_outlet(agency: str, item: Item) -> bool:
    """Return True if the dateline names the outlet itself, and no known agency."""
    outlet = fold_name(item.appeared_in or "")
    return _agency_named(agency) is None and (fold_name(agency) in outlet or fold_name(agency) == "agencies")


def _is_own_work(article: Article) -> bool:
    phrases = read_lexicon(__name__)["own_work"]
    lines = [*article.byline, *_credit_lines(article)]
    return any(phrase in line.casefold() for line in lines for phrase in phrases)


def _credits(article: Article) -> Iterator[tuple[str, str]]:
    """Yield possible names of an agency with their place."""
    for name in article.byline:
        yield from (("byline", part) for part in _PARTS.split(name.removeprefix("By ")))
    for line in _credit_lines(article):
        crediting = _CREDITING.match(line)
        first = _PARTS.split(crediting["after"] if crediting else line.strip("()[]/-–— "))[0]
        yield "credit line", re.sub(r"^\d{4}\s+", "", first)
    last = next((p for p in reversed(article.paragraphs) if p.role == "body"), None)
    signed = _SIGNED.search(article.text[last.start : last.end]) if last else None
    if signed is not None:
        yield "last words", signed["name"]


def _credit_lines(article: Article) -> Iterator[str]:
    """Yield the short lines above and below the body; lines within the body credit pictures."""
    body = [paragraph.start for paragraph in article.paragraphs if paragraph.role == "body"]
    for paragraph in article.paragraphs:
        within = bool(body) and body[0] < paragraph.start < body[-1]
        if paragraph.role == "boilerplate" and not within and paragraph.end - paragraph.start <= _LONGEST_CREDIT:
            yield article.text[paragraph.start : paragraph.end]


def _agency_named(words: str) -> str | None:
    return _names().get(fold_name(words.strip(" .,")))


@cache
def _names() -> dict[str, str]:
    return {fold_name(name): agency for agency, facts in _agencies().items() for name in facts["names"]}


@cache
def _agencies() -> dict[str, dict[str, list[str]]]:
    agencies: dict[str, dict[str, list[str]]] = read_lexicon(__name__)["agencies"]
    return agencies
