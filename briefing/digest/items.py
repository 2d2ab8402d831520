"""What a digest is made of: briefs, and where their articles appeared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.model.brief import Article, Briefing
from briefing.reading.dates import parse_day


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a digest: its brief, and where it appeared if that is not what the article says itself."""

    brief: Briefing
    outlet: str | None = None
    url: str | None = None

    @property
    def article(self) -> Article:
        """The article that the brief is of."""
        return self.brief.article

    @property
    def id(self) -> str:
        """The article's id; articles with the same text have the same."""
        return self.brief.article.id

    @property
    def published(self) -> date | None:
        """Its day of publication, where that is known."""
        written = self.brief.article.published
        return parse_day(written) if written else None

    @property
    def appeared_in(self) -> str | None:
        """The outlet, as the feed or else the article names it."""
        return self.outlet or self.brief.article.outlet

    @property
    def address(self) -> str | None:
        """The URL, as the feed or else the article gives it."""
        return self.url or self.brief.article.url

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Outlet and URL."""
        return self.appeared_in, self.address

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By what articles are sorted, however they came: day, id, then where they appeared."""
        return (self.article.published or "", self.id, self.appeared_in or "", self.address or "")


def once_each(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items by day and id, one of those that have the same text."""
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: item.order):
        found.setdefault(item.id, item)
    return tuple(found.values())
