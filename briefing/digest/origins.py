"""Find independent origins: all articles of one agency, one publisher or one text have the same origin."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from briefing.digest.copies import find_copies
from briefing.digest.credits import credit_of
from briefing.digest.items import Item, unique_items
from briefing.digest.partition import connected_components
from briefing.digest.publishers import Family, House, Place, houses_of
from briefing.digest.shingles import body_shingles
from briefing.extraction.record_ids import slug_of
from briefing.model.brief import Record

OriginKind = Literal["agency", "house", "article"]


class Origin(Record):
    """The common source of some articles; together they corroborate no more than one of them does."""

    id: str
    name: str  # "Reuters", "News UK"; the title of the article if agency and publisher are unknown
    kind: OriginKind
    articles: tuple[str, ...]  # ids, each once, by day and id


class _Source(NamedTuple):
    """The source of a text."""

    id: str
    name: str
    kind: OriginKind


def find_origins(items: Iterable[Item], families: Sequence[Family] = ()) -> tuple[Origin, ...]:
    """Return the independent origins of articles; every article has exactly one.

    The origin of copies is the agency that most of them credit, otherwise the publisher that had the text first. An
    article that only quotes paragraphs of another keeps its own origin.

    Args:
        items: Articles in any order; the same text may appear many times.
        families: Publishers and their outlets; they take precedence over ``publishers.yaml``.

    Returns:
        Origins by their first article.
    """
    by_text = defaultdict[str, list[Item]](list)
    for item in sorted(items, key=lambda item: item.order):
        by_text[item.id].append(item)
    houses = houses_of((item.place for found in by_text.values() for item in found), families)
    texts = {text: body_shingles(found[0].article) for text, found in by_text.items()}
    copies = find_copies(texts).pairs
    found: dict[str, tuple[_Source, list[Item]]] = {}
    for report in connected_components(texts, ((copy.first, copy.second) for copy in copies)):
        items_of = [item for text in report for item in by_text[text]]
        source = _source_of(items_of, houses)
        found.setdefault(source.id, (source, []))[1].extend(items_of)
    return tuple(
        Origin(id=source.id, name=source.name, kind=source.kind, articles=tuple(item.id for item in unique_items(of)))
        for source, of in found.values()
    )


def origin_ids(origins: Iterable[Origin]) -> dict[str, str]:
    """Return the id of the origin of each article, by the id of the article."""
    return {article: origin.id for origin in origins for article in origin.articles}


def _source_of(items: Sequence[Item], houses: Mapping[Place, House]) -> _Source:
    """Return the source of copies of one text; *items* are sorted by day and id."""
    credited = [credit for item in items if (credit := credit_of(item)) is not None]
    if credited:
        counts = Counter(credit.agency for credit in credited)
        agency = min(counts, key=lambda name: (-counts[name], name))
        return _Source(slug_of(agency, agency), agency, "agency")
    for item in items:
        house = houses.get(item.place)
        if house is not None:
            return _Source(house.id, house.name, "house")
    first = items[0].article
    return _Source(f"article-{first.id}", first.title, "article")
