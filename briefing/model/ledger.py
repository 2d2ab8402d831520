"""The record of lines from earlier digests, which shows a new digest what changed."""

from pydantic import Field

from briefing.model.brief import Record
from briefing.model.digest import DigestArticle, StoryEvent


class LedgerLine(Record):
    """A line as it was in the last digest that had it."""

    identity: str  # the event's id; for others a key made of the list, the story and the words
    field: str  # "headline", "summary", "actors", ..., "contradictions"
    story: str  # the story's id
    text: str  # its words: a title, a statement, a name
    names: tuple[str, ...] = ()  # participants, parties, or the speaker
    topic: str = ""  # of a point; for a contradiction its kind
    value: str | None = None  # an actor's role, or what the sides of a contradiction say
    origins: int = Field(ge=1)
    seen: str  # instant of that digest
    event: StoryEvent | None = None  # the whole record of an event
    articles: tuple[DigestArticle, ...] = ()  # the articles that the event's evidence names, cut down to what it cites


class Ledger(Record):
    """What is remembered for one profile."""

    at: str  # instant of its last digest, ISO 8601
    lines: tuple[LedgerLine, ...] = ()
