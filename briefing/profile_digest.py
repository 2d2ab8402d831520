"""What a profile says of its digests: where articles come from, and what of them comes first."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from briefing.periods import check_period


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Period = Annotated[str, AfterValidator(check_period)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=100)]


class DigestSource(_Settings):
    """Where articles come from: just one of feed, url, folder and file."""

    feed: str | None = None  # address of a feed, or of a list of feeds (OPML)
    url: str | None = None  # address of a page
    folder: str | None = None
    file: str | None = None  # an article, a mailbox, a feed or a list of feeds that was saved
    outlet: Name | None = None  # by which name its articles go, whatever they say themselves
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0  # of its articles among those of a story

    @field_validator("feed", "url")
    @classmethod
    def _is_of_the_web(cls, written: str | None) -> str | None:
        if written is not None and not written.lower().startswith(("http://", "https://")):
            raise ValueError(f"{written!r} is no address of the web; write https://..., or folder: or file: for a path")
        return written

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(where is not None for where in (self.feed, self.url, self.folder, self.file)) != 1:
            raise ValueError("a source is one of feed, url, folder and file; write each as an item of its own")
        return self

    @property
    def name(self) -> str:
        """The address or path."""
        return self.feed or self.url or self.folder or self.file or ""


class Watch(_Settings):
    """Whose stories come first."""

    actors: Names = ()
    topics: Names = ()


class House(_Settings):
    """Outlets that are no independent origins, for one house publishes them all."""

    name: Name
    outlets: Names = ()  # as they name themselves
    domains: Names = ()  # registrable: example.co.uk


class DigestSettings(_Settings):
    """What a digest is made of, and in which order its stories stand."""

    sources: Annotated[tuple[DigestSource, ...], Field(max_length=1000)] = ()
    watch: Watch = Watch()
    group_by: Literal["region", "outlet", "topic", "none"] = "none"
    horizon: Period = "14d"  # of the agenda
    stories: Annotated[int, Field(ge=1, le=500)] = 40  # at most
    houses: Annotated[tuple[House, ...], Field(max_length=500)] = ()
