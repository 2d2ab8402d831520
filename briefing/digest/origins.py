"""Independent origins: articles of one agency, one house or one text have one origin, however often they appear."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from briefing.digest.copies import find_copies
from briefing.digest.credits import credit_of
from briefing.digest.items import Item
from briefing.digest.partition import joined
from briefing.digest.publishers import Family, House, Place, houses_of
from briefing.digest.shingles import Shingles, body_shingles
from briefing.extraction.record_ids import slug_of
from briefing.model.brief import Record

OriginKind = Literal["agency", "house", "article"]


class OriginMember(Record):
    """An article of an origin, or one more place where its very text appeared."""

    article: str  # id
    outlet: str | None = None
    url: str | None = None
    copy_of: str | None = (
        None  # id of the article that is shown in its place, where it is the same text but for changes
    )
    why: str  # in words: "credited to Reuters (dateline)"


class Origin(Record):
    """Whom some articles come from: together they corroborate no more than one of them does."""

    id: str
    name: str  # "Reuters", "News UK"; the article's title where neither agency nor house is known
    kind: OriginKind
    members: tuple[OriginMember, ...]  # by day and id; a text that appeared forty times is here forty times

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of its articles, each once."""
        return tuple(dict.fromkeys(member.article for member in self.members))

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of its articles that are no copies of another: what a page shows, the others counted."""
        return tuple(dict.fromkeys(member.article for member in self.members if member.copy_of is None))


class _Source(NamedTuple):
    """Who is behind a text, and how that is known of it."""

    id: str
    name: str
    kind: OriginKind
    why: str


def find_origins(items: Iterable[Item], families: Sequence[Family] = ()) -> tuple[Origin, ...]:
    """Return the independent origins of articles; every article has exactly one.

    Articles that are one text have the origin of the agency that most of them are credited to, otherwise of the house
    that had it first. An article that only quotes another's paragraphs keeps its own.

    Args:
        items: Articles in any order; the same text may appear many times.
        families: Houses and their outlets beside those of ``data/publishers.yaml``, and before them.

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
    for report in joined(texts, ((copy.first, copy.second) for copy in copies)):
        items_of = [item for text in report for item in by_text[text]]
        source = _source_of(items_of, houses)
        found.setdefault(source.id, (source, []))[1].extend(_members(report, items_of, source, texts, shares))
    return tuple(_origin(source, members) for source, members in found.values())


def origin_ids(origins: Iterable[Origin]) -> dict[str, str]:
    """Return the id of each article's origin by the article's id."""
    return {article: origin.id for origin in origins for article in origin.articles}


def _source_of(items: Sequence[Item], houses: Mapping[Place, House]) -> _Source:
    """Return who is behind articles that are one text, which come by day and id."""
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
    """Return the members of an origin that are one text; the fullest version of it, of these the first, is shown.

    *shares* tells how much of the shorter of two texts the other holds, where they are copies.
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
