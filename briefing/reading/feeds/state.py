"""What is remembered of a feed from one run to the next."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a feed said of itself when it was last asked for, and what was read of it."""

    url: str
    etag: str | None = None
    last_modified: str | None = None  # as the server wrote it
    entries: frozenset[str] = frozenset()  # ids of those that were read; of one to be kept, those that it lists now
    seen: datetime | None = field(default=None, compare=False)  # when it was last read
