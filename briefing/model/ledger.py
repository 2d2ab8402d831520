"""What is remembered of the lines of earlier digests, so that a new one can say what changed."""

from pydantic import Field

from briefing.model.brief import Record
from briefing.model.digest import DigestArticle, StoryEvent


class LedgerLine(Record):
    """A line as the last digest that had it told it."""

    identity: str  # the event's id; for others what the list, the story and the words give
    field: str  # "headline", "summary", "actors", ..., "contradictions"
    story: str  # the story's id
    text: str  # its words: a title, a statement, a name
    names: tuple[str, ...] = ()  # participants, parties, or the speaker
    topic: str = ""  # of a point; the kind of a contradiction
    value: str | None = None  # an actor's role; what the sides of a contradiction say
    origins: int = Field(ge=1)
    seen: str  # instant of that digest
    event: StoryEvent | None = None  # the whole record of an event
    articles: tuple[DigestArticle, ...] = ()  # that an event's evidence names, with nothing but what it cites


class Ledger(Record):
    """What is remembered for one profile."""

    at: str  # instant of its last digest, ISO 8601
    lines: tuple[LedgerLine, ...] = ()
