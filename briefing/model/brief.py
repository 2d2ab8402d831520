"""The records of a brief, from reading to rendering; written as JSON, they are the contract with other programs.

All offsets count characters (Unicode code points) of ``article.text``; ranges are half-open.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

MAX_CHARACTERS = 100_000  # of canonical text: some 17,000 words, fifteen times a long article
SCHEMA_VERSION: Final = "1"

Offset = Annotated[int, Field(ge=0)]
ExtensionName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Kind = Literal["person", "organisation", "country", "group"]
ParagraphRole = Literal["title", "subtitle", "heading", "body", "boilerplate"]
PublishedBasis = Literal["given", "front matter", "metadata", "dateline", "unknown"]
Precision = Literal["day", "week", "month", "quarter", "season", "year", "range", "unknown"]
EventStatus = Literal["scheduled", "expected", "proposed", "conditional", "postponed", "cancelled"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


class AlteredTextError(ValueError):
    """The text of an article does not match the offsets or quotations that refer to it."""


class Record(BaseModel):
    """A frozen record; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def share_field_names(self) -> Self:
        """Let this record, and those in it, share the set of their fields' names with others of their class.

        Pydantic keeps a set for each record that it reads, half of the memory of a brief. We never ask which were set.
        """
        object.__setattr__(self, "__pydantic_fields_set__", _names_of(type(self)))
        for value in self.__dict__.values():
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, Record):
                    inner.share_field_names()
        return self


class Paragraph(Record):
    """A stretch of the article between blank lines, and its role."""

    start: Offset
    end: Offset
    role: ParagraphRole


class Sentence(Record):
    """A numbered sentence of the stand-first or of the body."""

    start: Offset
    end: Offset
    number: int = Field(ge=1)


class Dateline(Record):
    """Where, when and by which agency the article was filed; the date is partial where its year is unknown."""

    place: str | None
    date: str | None
    agency: str | None


class Article(Record):
    """A news article: its canonical text, and what is known about its publication."""

    id: str  # first 16 hexadecimal digits of the SHA-256 of the text in UTF-8
    title: str
    subtitle: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None  # YYYY-MM-DD
    published_basis: PublishedBasis = "unknown"
    dateline: Dateline | None = None
    language: str = "en"  # ISO 639-1
    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...] = ()
    pages: tuple[Offset, ...] = ()  # where the text of each page of a PDF source begins; empty for other sources
    withheld: bool = False  # spaces replace the text that no line cites; the id is still that of the whole text

    @field_validator("published")
    @classmethod
    def _published_is_a_day(cls, published: str | None) -> str | None:
        if published is not None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", published):
            raise ValueError(f"published is {published!r}, which is not a day of the form YYYY-MM-DD")
        return published

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if not self.withheld and self.id != text_id(self.text):
            reason = f"article.id is {self.id!r}, but the text's is {text_id(self.text)!r}: the text was altered"
            raise AlteredTextError(reason)
        if (self.published is None) != (self.published_basis == "unknown"):
            raise ValueError("article.published and article.published_basis contradict each other")
        _check_ranges("article.paragraphs", self.paragraphs, len(self.text))
        _check_ranges("article.sentences", self.sentences, len(self.text))
        if list(self.pages) != sorted(self.pages) or (self.pages and self.pages[-1] > len(self.text)):
            raise ValueError("article.pages are out of order or beyond the text")
        return self

    def page_of(self, offset: int) -> int | None:
        """Return the page of the source, counted from 1, that holds a character; None if the source has no pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


class Evidence(Record):
    """A stretch of the article that supports a printed line."""

    start: Offset
    end: Offset
    text: str = Field(min_length=1)  # equals article.text[start:end]
    sentence: int | None = None  # number of the first sentence it touches; None in a title or heading
    article: str | None = None  # id of the article, in a digest
    page: int | None = Field(default=None, ge=1)  # page of a PDF source


class Insertion(Record):
    """A range of a printed line whose words are not the article's but ours."""

    start: Offset
    end: Offset


class _PrintedLine(Record):
    """A record whose line may hold insertions."""

    line_field: ClassVar[str] = "text"  # holds the line that ``insertions`` refers to

    @model_validator(mode="after")
    def _insertions_fit(self) -> Self:
        line, insertions = (getattr(self, name) for name in (self.line_field, "insertions"))
        _check_ranges("insertions", insertions, len(line))
        return self


class Statement(_PrintedLine):
    """A sentence of the summary."""

    text: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    insertions: tuple[Insertion, ...] = ()


class Actor(Record):
    """A person, organisation, country or group that acts, speaks or is affected."""

    id: str
    name: str = Field(min_length=1)
    kind: Kind
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: int = Field(ge=1)
    salience: Share
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class When(Record):
    """The time of an event: its words, its TIMEX3 value and its precision."""

    text: str | None = None
    value: str | None = None
    precision: Precision = "unknown"


class UpcomingEvent(_PrintedLine):
    """An event after publication that is dated, planned or announced."""

    line_field = "title"

    id: str
    title: str = Field(min_length=1)
    when: When
    place: str | None = None
    participants: tuple[str, ...] = ()
    status: EventStatus
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    insertions: tuple[Insertion, ...] = ()


class Position(_PrintedLine):
    """A matter on which parties agree or disagree."""

    line_field = "statement"

    id: str
    statement: str = Field(min_length=1)
    topic: str
    parties: tuple[str, ...]
    attributed_to: str | None = None
    confidence: Share
    salience: Share = 0.0
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    insertions: tuple[Insertion, ...] = ()


class Quote(Record):
    """What a speaker is reported to have said."""

    speaker: str | None  # an Actor's name, or the names of two who speak together; None if the text names no speaker
    text: str = Field(min_length=1)  # a direct quote is a stretch of the article, without its outer marks
    direct: bool  # the article sets it in quotation marks
    cue: str | None  # lemma of the words that mark the report: "say", "according to"
    salience: Share = 0.0
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class BackgroundFact(_PrintedLine):
    """A sentence about what happened before the news, and the times that it names."""

    text: str = Field(min_length=1)
    when: str | None = None  # TIMEX3 value, or two of them: "2003/2008"
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    insertions: tuple[Insertion, ...] = ()


class TimeExpression(Record):
    """A time expression of the text as TIMEX3 (ISO-TimeML)."""

    text: str = Field(min_length=1)
    start: Offset
    end: Offset
    type: TimexType
    value: str | None  # None if it is uncertain


class Notice(Record):
    """A flaw of the input, or something left out, that the reader should know about."""

    code: str  # short and stable, for programs: "no-publication-date"
    message: str
    where: str | None = None


class Edit(Record):
    """A record that a person changed, added or removed by hand."""

    where: str  # "summary[0]", "article"
    change: Literal["changed", "added", "removed"]


class Provenance(Record):
    """What made the brief, and from which source; ``seal`` holds hashes of the records as they were made."""

    engine: str
    briefing: str
    spacy: str
    model: str
    scorer: str | None = None  # version of the learned model that scores points and events
    profile: str
    profile_sha256: str
    source_sha256: str
    seal: dict[str, tuple[str, ...]] = {}


class Briefing(Record):
    """All that is known about one article; whatever is printed is in here."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    article: Article
    summary: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[UpcomingEvent, ...] = ()
    agreements: tuple[Position, ...] = ()
    disagreements: tuple[Position, ...] = ()
    quotes: tuple[Quote, ...] = ()
    background: tuple[BackgroundFact, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    notices: tuple[Notice, ...] = ()
    edits: tuple[Edit, ...] = ()
    extensions: dict[ExtensionName, tuple[Statement, ...]] = {}  # what added extractors found, by section name
    provenance: Provenance

    @model_validator(mode="after")
    def _evidence_is_verbatim(self) -> Self:
        text = self.article.text
        for where, evidence in self.all_evidence():
            if evidence.article is None and text[evidence.start : evidence.end] != evidence.text:
                raise AlteredTextError(f"{where} is not what the article holds at {evidence.start}-{evidence.end}")
        for number, time in enumerate(self.times):
            if text[time.start : time.end] != time.text:
                raise AlteredTextError(f"times[{number}] is not what the article holds at {time.start}-{time.end}")
        return self

    @field_validator("actors")
    @classmethod
    def _actor_ids_differ(cls, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        if len({actor.id for actor in actors}) < len(actors):
            raise ValueError("two actors have the same id")
        return actors

    def all_evidence(self) -> Iterator[tuple[str, Evidence]]:
        """Yield each piece of evidence with its place: ``("summary[0].evidence[1]", ...)``."""
        for field, records in self.lines():
            for number, record in enumerate(records):
                for piece, evidence in enumerate(record.evidence):
                    yield f"{field}[{number}].evidence[{piece}]", evidence

    def lines(self) -> Iterator[tuple[str, tuple["Line", ...]]]:
        """Yield each field whose records are printed and need evidence: ours, then "extensions.NAME"."""
        for field in LINE_FIELDS:
            yield field, getattr(self, field)
        for name, records in sorted(self.extensions.items()):
            yield f"{EXTENSIONS}.{name}", records


Line = Statement | Actor | UpcomingEvent | Position | Quote | BackgroundFact

EXTENSIONS = "extensions"

# Codes of notices whose ``where`` lists the fields that have no records, separated by ", ".
EMPTYING = frozenset({"extractor-failed", "left-out", "low-confidence", "unproven"})

# The lists of a Briefing whose records carry evidence, in page order.
LINE_FIELDS = ("summary", "actors", "events", "agreements", "disagreements", "quotes", "background")


def text_id(text: str) -> str:
    """Return the id of an article with this canonical text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _check_ranges(name: str, ranges: Iterable[Paragraph | Sentence | Insertion], length: int) -> None:
    """Raise an error unless the ranges are in order, do not overlap and lie within *length* characters."""
    last = 0
    for number, item in enumerate(ranges):
        if not last <= item.start < item.end <= length:
            raise ValueError(f"{name}[{number}] ({item.start}-{item.end}) is empty, out of order or beyond the text")
        last = item.end


@cache
def _names_of(kind: type[Record]) -> set[str]:
    return set(kind.model_fields)
