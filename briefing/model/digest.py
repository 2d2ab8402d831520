"""The records of a digest: many articles, their stories, and what changed since the last digest.

Each line carries evidence that names its article. ``origins`` counts the independent origins of these articles, so it
can be checked like the words. Ten reprints of one agency report are one origin.
"""

from collections.abc import Iterator
from typing import Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from briefing.model.brief import (
    LINE_FIELDS,
    Actor,
    AlteredTextError,
    Article,
    BackgroundFact,
    Edit,
    Evidence,
    Insertion,
    Notice,
    Offset,
    Position,
    Provenance,
    Quote,
    Record,
    Share,
    Statement,
    UpcomingEvent,
)

DIGEST_SCHEMA_VERSION: Final = "1"

ChangeKind = Literal["new", "updated", "confirmed", "contradicted", "date passed"]
ContradictionKind = Literal["number", "date", "office", "denial"]


class Change(Record):
    """How a line differs from the last digest, or from an earlier article."""

    kind: ChangeKind
    was: str | None = None  # the old value, in words: "at least 12", "17 May", "minister"
    since: str | None = None  # instant of the digest, or day of the article, with the old value


class StoryLine(Record):
    """The fields that all lines of a story share."""

    origins: int = Field(ge=1)  # of the articles that its evidence names
    change: Change | None = None  # None: unchanged, or nothing to compare it with


class StoryStatement(Statement, StoryLine):
    """A sentence of a story's summary, its headline, or one side of a contradiction."""


class HeldRole(StoryLine):
    """Another role that articles give an actor."""

    text: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class StoryActor(Actor, StoryLine):
    """An actor of a story; ``mentions`` counts the mentions in all its articles."""

    other_roles: tuple[HeldRole, ...] = ()


class StoryEvent(UpcomingEvent, StoryLine):
    """An upcoming event, listed once however many articles announce it."""


class StoryPosition(Position, StoryLine):
    """A point of agreement or disagreement."""


class StoryQuote(Quote, StoryLine):
    """A quotation, in its longest form."""


class StoryFact(BackgroundFact, StoryLine):
    """A sentence of the background."""


class Side(StoryStatement):
    """The claim of one side if articles contradict each other."""

    value: str = Field(min_length=1)  # the words that differ: "12", "17 May", "Ilse Varga"


class Contradiction(Record):
    """Values for one slot that cannot all be true, side by side; the record does not say which one is true."""

    kind: ContradictionKind
    slot: str = Field(min_length=1)  # what the values describe, in the articles' words: "people killed"
    sides: tuple[Side, ...] = Field(min_length=2)
    insertions: tuple[Insertion, ...] = ()  # into the slot
    change: Change | None = None


class StoryArticle(Record):
    """An article of a story, and its independent origin."""

    id: str
    outlet: str | None = None
    origin: str


class Story(Record):
    """All that several articles report about one story, each thing once."""

    id: str
    headline: StoryStatement  # the title of the article that its evidence names
    salience: Share
    why: tuple[str, ...] = ()  # why its articles are grouped together
    group: str | None = None  # its heading: a region, an outlet, a topic
    watched: tuple[str, ...] = ()  # the names and topics of the watch list that it matches
    change: Change | None = None  # "new": it was not in the last digest
    articles: tuple[StoryArticle, ...] = Field(min_length=1)
    summary: tuple[StoryStatement, ...] = ()
    actors: tuple[StoryActor, ...] = ()
    events: tuple[StoryEvent, ...] = ()
    agreements: tuple[StoryPosition, ...] = ()
    disagreements: tuple[StoryPosition, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    quotes: tuple[StoryQuote, ...] = ()
    background: tuple[StoryFact, ...] = ()

    def lines(self) -> Iterator[tuple[str, tuple["AnyStoryLine", ...]]]:
        """Yield the lists of lines that need evidence, by name: "headline", "summary", "contradictions[0].sides"."""
        yield "headline", (self.headline,)
        for field in LINE_FIELDS:
            yield field, getattr(self, field)
        for number, contradiction in enumerate(self.contradictions):
            yield f"contradictions[{number}].sides", contradiction.sides

    @property
    def origins(self) -> int:
        """Return how many independent origins its articles have."""
        return len({article.origin for article in self.articles})


AnyStoryLine = StoryStatement | StoryActor | StoryEvent | StoryPosition | StoryQuote | StoryFact | Side


class Copy(Record):
    """Another place where the same text appeared."""

    outlet: str | None = None
    url: str | None = None


class DigestArticle(Record):
    """An article of a digest, where it appeared, and its independent origin."""

    article: Article
    outlet: str | None = None  # as the feed or the article gives it
    url: str | None = None
    origin: str
    copies: tuple[Copy, ...] = ()  # places with exactly the same text


class LineRef(Record):
    """A reference to a line of a story: the story's id, the name of its list, and its number in the list."""

    story: str
    field: str  # one of LINE_FIELDS, "headline" or "contradictions"
    number: Offset = 0


class Digest(Record):
    """All that is known about many articles at one instant; whatever is printed is in here."""

    schema_version: Literal["1"] = DIGEST_SCHEMA_VERSION
    kind: Literal["digest"] = "digest"
    title: str = ""  # empty: the default title in the page's language
    at: str  # instant of the run, ISO 8601 with its UTC offset
    since: str | None = None  # articles since this instant or day
    compared: str | None = None  # instant of the earlier digest that changes refer to; None for a first digest
    articles: tuple[DigestArticle, ...] = ()
    stories: tuple[Story, ...] = ()  # in print order
    changes: tuple[LineRef, ...] = ()  # what changed, in print order
    passed: tuple[StoryEvent, ...] = ()  # events of earlier digests whose day is over and that no article mentions
    announced: tuple[StoryEvent, ...] = ()  # events of the coming days that only earlier digests mention
    agenda: tuple[LineRef, ...] = ()  # events of the coming days, in the order of their dates
    notices: tuple[Notice, ...] = ()
    edits: tuple[Edit, ...] = ()
    provenance: Provenance

    @field_validator("articles")
    @classmethod
    def _articles_differ(cls, articles: tuple[DigestArticle, ...]) -> tuple[DigestArticle, ...]:
        if len({item.article.id for item in articles}) < len(articles):
            raise ValueError("two articles have the same id")
        return articles

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        held = {item.article.id: item for item in self.articles}
        for number, story in enumerate(self.stories):
            for member in story.articles:
                if member.id not in held or held[member.id].origin != member.origin:
                    raise ValueError(f"stories[{number}] has an article {member.id!r} that the digest does not hold")
        if len({story.id for story in self.stories}) < len(self.stories):
            raise ValueError("two stories have the same id")
        for where, line in self.all_lines():
            _check_line(where, line, held)
        for name, references in (("changes", self.changes), ("agenda", self.agenda)):
            for number, reference in enumerate(references):
                if self.find(reference) is None:
                    raise ValueError(f"{name}[{number}] names a line that does not exist")
        return self

    def lines(self) -> Iterator[tuple[str, tuple[AnyStoryLine, ...]]]:
        """Yield the lists of lines that need evidence, by name: "stories[0].summary", "passed", "announced"."""
        for number, story in enumerate(self.stories):
            for field, records in story.lines():
                yield f"stories[{number}].{field}", records
        yield "passed", self.passed
        yield "announced", self.announced

    def all_lines(self) -> Iterator[tuple[str, "AnyStoryLine | HeldRole"]]:
        """Yield each line with its place, also those within an actor: "stories[0].actors[1].other_roles[0]"."""
        for field, records in self.lines():
            for number, record in enumerate(records):
                yield f"{field}[{number}]", record
                if isinstance(record, StoryActor):
                    for place, role in enumerate(record.other_roles):
                        yield f"{field}[{number}].other_roles[{place}]", role

    def find(self, reference: LineRef) -> "tuple[Story, AnyStoryLine | Contradiction] | None":
        """Return the story and the record that a reference names; None if they do not exist."""
        story = next((story for story in self.stories if story.id == reference.story), None)
        if story is None or reference.field not in _REFERABLE:
            return None
        found = getattr(story, reference.field)
        records = found if isinstance(found, tuple) else (found,)
        return (story, records[reference.number]) if reference.number < len(records) else None


_REFERABLE = frozenset({"headline", "contradictions", *LINE_FIELDS})


def _check_line(where: str, line: "AnyStoryLine | HeldRole", held: dict[str, DigestArticle]) -> None:
    """Raise an error unless a line's evidence is verbatim, from the digest's articles, and its origins are right."""
    for number, evidence in enumerate(line.evidence):
        item = held.get(evidence.article or "")
        if item is None:
            raise ValueError(f"{where}.evidence[{number}] names no article of the digest")
        if item.article.text[evidence.start : evidence.end] != evidence.text:
            place = f"{evidence.article} holds at {evidence.start}-{evidence.end}"
            raise AlteredTextError(f"{where}.evidence[{number}] is not what the article {place}")
    origins = len({held[evidence.article or ""].origin for evidence in line.evidence})
    if line.origins != origins:
        raise ValueError(f"{where}: it claims {line.origins} origins, but its evidence has {origins}")
