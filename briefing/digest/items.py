"""The input of a digest: briefs, and where their articles appeared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.model.brief import Article, Briefing
from briefing.reading.dates import parse_day


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a digest: its brief, and the outlet and URL of the feed if they are known."""

    brief: Briefing
    outlet: str | None = None
    url: str | None = None

    @property
    def article(self) -> Article:
        """The article of the brief."""
        return self.brief.article

    @property
    def id(self) -> str:
        """The id of the article; articles with the same text have the same id."""
        return self.brief.article.id

    @property
    def published(self) -> date | None:
        """The day of publication, if known."""
        written = self.brief.article.published
        return parse_day(written) if written else None

    @property
    def appeared_in(self) -> str | None:
        """The outlet that the feed names, else the one in the article."""
        return self.outlet or self.brief.article.outlet

    @property
    def address(self) -> str | None:
        """The URL that the feed gives, else the one in the article."""
        return self.url or self.brief.article.url

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Outlet and URL."""
        return self.appeared_in, self.address

    @property
    def order(self) -> tuple[str, str, str, str]:
        """The sort key: day, id, outlet and address; it does not depend on the order of the input."""
        return (self.article.published or "", self.id, self.appeared_in or "", self.address or "")


def unique_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items sorted by day and id, one for each text."""
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: item.order):
        found.setdefault(item.id, item)
    return tuple(found.values())
