"""The state of a feed between runs."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedState:
    """The caching headers of a feed from the last fetch, and the entries already read."""

    url: str
    etag: str | None = None
    last_modified: str | None = None  # as the server wrote it
    entries: frozenset[str] = frozenset()  # ids already read; in a state to store, the ids that the feed lists now
    seen: datetime | None = field(default=None, compare=False)  # when it was last read
