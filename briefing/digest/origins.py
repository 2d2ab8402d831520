"""Find independent origins: all articles of one agency, one publisher or one text have the same origin."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from briefing.digest.copies import find_copies
from briefing.digest.credits import credit_of
from briefing.digest.items import Item
from briefing.digest.partition import connected_components
from briefing.digest.publishers import Family, House, Place, houses_of
from briefing.digest.shingles import Shingles, body_shingles
from briefing.extraction.record_ids import slug_of
from briefing.model.brief import Record

OriginKind = Literal["agency", "house", "article"]


class OriginMember(Record):
    """An article of an origin, or another place where the same text appeared."""

    article: str  # id
    outlet: str | None = None
    url: str | None = None
    copy_of: str | None = None  # for a copy, the id of the article that is shown instead
    why: str  # in words: "credited to Reuters (dateline)"


class Origin(Record):
    """The common source of some articles; together they corroborate no more than one of them does."""

    id: str
    name: str  # "Reuters", "News UK"; the title of the article if agency and publisher are unknown
    kind: OriginKind
    members: tuple[OriginMember, ...]  # by day and id; each appearance of a text is a member

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of its articles, each once."""
        return tuple(dict.fromkeys(member.article for member in self.members))

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of its articles that a page shows; copies are only counted."""
        return tuple(dict.fromkeys(member.article for member in self.members if member.copy_of is None))


class _Source(NamedTuple):
    """The source of a text, and how it was found."""

    id: str
    name: str
    kind: OriginKind
    why: str


def find_origins(items: Iterable[Item], families: Sequence[Family] = ()) -> tuple[Origin, ...]:
    """Return the independent origins of articles; every article has exactly one.

    The origin of copies is the agency that most of them credit, otherwise the publisher that had the text first. An
    article that only quotes paragraphs of another keeps its own origin.

    Args:
        items: Articles in any order; the same text may appear many times.
        families: Publishers and their outlets; they take precedence over ``data/publishers.yaml``.

    Returns:
        Origins by their first article.
    """
    by_text = defaultdict[str, list[Item]](list)
    for item in sorted(items, key=lambda item: item.order):
        by_text[item.id].append(item)
    houses = houses_of((item.place for found in by_text.values() for item in found), families)
    texts = {text: body_shingles(found[0].article) for text, found in by_text.items()}
    copies = find_copies(texts).pairs
    shares = {frozenset((copy.first, copy.second)): copy.overlap.of_shorter for copy in copies}
    found: dict[str, tuple[_Source, list[tuple[Item, OriginMember]]]] = {}
    for report in connected_components(texts, ((copy.first, copy.second) for copy in copies)):
        items_of = [item for text in report for item in by_text[text]]
        source = _source_of(items_of, houses)
        found.setdefault(source.id, (source, []))[1].extend(_members(report, items_of, source, texts, shares))
    return tuple(_origin(source, members) for source, members in found.values())


def origin_ids(origins: Iterable[Origin]) -> dict[str, str]:
    """Return the id of the origin of each article, by the id of the article."""
    return {article: origin.id for origin in origins for article in origin.articles}


def _source_of(items: Sequence[Item], houses: Mapping[Place, House]) -> _Source:
    """Return the source of copies of one text; *items* are sorted by day and id."""
    credited = [credit for item in items if (credit := credit_of(item)) is not None]
    if credited:
        counts = Counter(credit.agency for credit in credited)
        agency = min(counts, key=lambda name: (-counts[name], name))
        where = next(credit.where for credit in credited if credit.agency == agency)
        return _Source(slug_of(agency, agency), agency, "agency", f"credited to {agency} ({where})")
    for item in items:
        house = houses.get(item.place)
        if house is not None:
            return _Source(house.id, house.name, "house", f"published by {house.name}")
    first = items[0].article
    return _Source(f"article-{first.id}", first.title, "article", "neither agency nor outlet is known")


def _members(
    report: Sequence[str],
    items: Iterable[Item],
    source: _Source,
    texts: Mapping[str, Shingles],
    shares: Mapping[frozenset[str], float],
) -> list[tuple[Item, OriginMember]]:
    """Return the members of an origin for copies of one text; the longest version is shown.

    *shares* holds, for each pair of copies, the share of the shorter text that the longer one holds.
    """
    shown = max(report, key=lambda text: len(texts[text]))
    members = []
    for item in items:
        copy_of, why = None, source.why
        if item.id != shown:
            share = shares.get(frozenset((item.id, shown)))
            copy_of = shown
            why = f"the text of {shown}" + (f", {share:.0%} of the shorter" if share else ", by way of another copy")
        member = OriginMember(article=item.id, outlet=item.appeared_in, url=item.address, copy_of=copy_of, why=why)
        members.append((item, member))
    return members


def _origin(source: _Source, members: list[tuple[Item, OriginMember]]) -> Origin:
    ordered = sorted(members, key=lambda pair: pair[0].order)
    return Origin(id=source.id, name=source.name, kind=source.kind, members=tuple(member for _, member in ordered))
