"""The settings of digests: their sources, what comes first, and how much they hold."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from briefing.profile.settings import Settings

# The lists of a story that can be limited to a number of lines.
STORY_LISTS = (
    "summary",
    "actors",
    "events",
    "agreements",
    "disagreements",
    "contradictions",
    "quotes",
    "background",
)

Name = Annotated[str, Field(min_length=1, max_length=200)]


class DigestSource(Settings):
    """A source of articles: a feed, a web address, a file or a folder."""

    feed: str | None = None
    url: str | None = None
    file: str | None = None
    folder: str | None = None
    outlet: Name | None = None  # the outlet of articles that name none
    weight: Annotated[float, Field(gt=0.0, le=100.0)] = 1.0  # weight of each of its origins

    @field_validator("feed", "url")
    @classmethod
    def _is_of_the_web(cls, written: str | None) -> str | None:
        if written is not None and not written.lower().startswith(("http://", "https://")):
            raise ValueError(f"{written!r} is not a web address; write https://..., or folder: or file: for a path")
        return written

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len([where for where in (self.feed, self.url, self.file, self.folder) if where]) != 1:
            raise ValueError("a source is one of feed, url, file and folder: {feed: 'https://example.org/rss'}")
        return self

    @property
    def where(self) -> str:
        """The address or path of the source."""
        return self.feed or self.url or self.file or self.folder or ""


class Watch(Settings):
    """The actors and topics that come first in a digest."""

    actors: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    topics: Annotated[tuple[Name, ...], Field(max_length=200)] = ()


class House(Settings):
    """Outlets that count as one origin because one house publishes them all."""

    name: Name
    outlets: Annotated[tuple[Name, ...], Field(max_length=200)] = ()  # by the names that they use for themselves
    domains: Annotated[tuple[Name, ...], Field(max_length=200)] = ()  # registrable domains: example.co.uk


class DigestSettings(Settings):
    """The content of a digest and its order."""

    title: Annotated[str, Field(max_length=200)] = ""  # empty: "Digest of 14 May 2024" in the locale's language
    sources: Annotated[tuple[DigestSource, ...], Field(max_length=1000)] = ()
    watch: Watch = Watch()
    group_by: Literal["region", "outlet", "topic", "none"] = "none"
    agenda: Annotated[int, Field(ge=0, le=366)] = 14  # days
    stories: Annotated[int, Field(ge=1, le=1000)] = 40  # the most stories
    in_full: Annotated[int, Field(ge=0, le=1000)] = 12  # stories printed in full; the others get a few lines each
    lines: Mapping[str, Annotated[int, Field(ge=0, le=1000)]] = Field(default_factory=dict)  # most lines of each list
    skip_empty: bool | None = None  # do not deliver a digest without news; None: skip mails and webhooks only
    houses: Annotated[tuple[House, ...], Field(max_length=500)] = ()

    @field_validator("lines")
    @classmethod
    def _are_lists(cls, lines: Mapping[str, int]) -> Mapping[str, int]:
        unknown = next((name for name in lines if name not in STORY_LISTS), None)
        if unknown is not None:
            raise ValueError(f"a story has no list {unknown!r} (allowed: {', '.join(STORY_LISTS)})")
        return lines
