"""The ledger of a profile: the lines of its recent digests."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from briefing.digest.events import is_over
from briefing.model.brief import LINE_FIELDS, Article
from briefing.model.digest import (
    AnyStoryLine,
    Contradiction,
    Digest,
    DigestArticle,
    Story,
    StoryActor,
    StoryEvent,
    StoryPosition,
    StoryQuote,
)
from briefing.model.ledger import Ledger, LedgerLine

_KEPT = timedelta(days=14)  # how long a line stays after the last digest that held it

StoryRecord = AnyStoryLine | Contradiction


def ledger_of(digest: Digest, earlier: Ledger | None = None) -> Ledger:
    """Return the ledger after a digest: its lines, and recent lines of earlier digests.

    Args:
        digest: The digest, already compared with *earlier*, so that known lines have their ids.
        earlier: The ledger before it; None for a first digest.
    """
    held = {item.article.id: item for item in digest.articles}
    lines = {line.identity: line for story in digest.stories for line in _lines_of(story, digest.at, held)}
    since = (datetime.fromisoformat(digest.at) - _KEPT).isoformat() if earlier else ""
    kept = [
        line
        for line in (earlier.lines if earlier else ())
        if line.identity not in lines and (_is_not_before(line.seen, since) or _is_to_come(line, digest.at))
    ]
    return Ledger(at=digest.at, lines=(*lines.values(), *kept))


def _is_to_come(line: LedgerLine, at: str) -> bool:
    """Return True if a line announces an event whose day is not over."""
    return line.event is not None and line.event.when.value is not None and not is_over(line.event.when, at[:10])


def entries(story: Story) -> Iterator[tuple[str, int, StoryRecord]]:
    """Yield the lines of a story for the ledger: name of the list, number in it, record."""
    yield "headline", 0, story.headline
    for field in (*LINE_FIELDS, "contradictions"):
        for number, record in enumerate(getattr(story, field)):
            yield field, number, record


def words_of(record: StoryRecord) -> str:
    """Return the words that identify a line."""
    match record:
        case StoryActor():
            return record.name
        case StoryEvent():
            return record.title
        case StoryPosition():
            return record.statement
        case Contradiction():
            return f"{record.kind}: {record.slot}"
        case _:
            return record.text


def value_of(record: StoryRecord) -> str | None:
    """Return the value of a line that may change: the role of an actor, or the sides of a contradiction."""
    match record:
        case StoryActor():
            return record.role
        case Contradiction():
            return " / ".join(side.value for side in record.sides)
        case _:
            return None


def names_of(record: StoryRecord) -> tuple[str, ...]:
    """Return the actors that a line names."""
    match record:
        case StoryEvent():
            return record.participants
        case StoryPosition():
            return record.parties
        case StoryQuote():
            return (record.speaker,) if record.speaker is not None else ()
        case _:
            return ()


def origins_of(record: StoryRecord) -> int:
    """Return the number of independent origins of a line; for a contradiction, the sum over its sides."""
    return sum(side.origins for side in record.sides) if isinstance(record, Contradiction) else record.origins


def cited_stub(item: DigestArticle, kept: Iterable[tuple[int, int]]) -> DigestArticle:
    """Return an article that keeps its title and some ranges; spaces replace the rest."""
    article = item.article
    ranges = [(p.start, p.end) for p in article.paragraphs if p.role == "title"] + list(kept)
    characters = [character if character == "\n" else " " for character in article.text]
    for start, end in ranges:
        characters[start:end] = article.text[start:end]
    shown = Article.model_validate({**article.model_dump(), "text": "".join(characters), "withheld": True})
    return item.model_copy(update={"article": shown, "copies": ()})


def merge_stubs(one: DigestArticle, other: DigestArticle) -> DigestArticle:
    """Merge two stubs of an article; a complete article stays complete."""
    if not one.article.withheld:
        return one
    pairs = zip(one.article.text, other.article.text, strict=True)
    text = "".join(second if first == " " else first for first, second in pairs)
    return one.model_copy(update={"article": one.article.model_copy(update={"text": text})})


def _lines_of(story: Story, at: str, held: dict[str, DigestArticle]) -> Iterator[LedgerLine]:
    for field, _, record in entries(story):
        is_event = isinstance(record, StoryEvent)
        yield LedgerLine(
            identity=record.id if isinstance(record, StoryEvent) else _identity(story, field, record),
            field=field,
            story=story.id,
            text=words_of(record),
            names=names_of(record),
            topic=record.topic if isinstance(record, StoryPosition) else "",
            value=value_of(record),
            origins=origins_of(record),
            seen=at,
            event=record.model_copy(update={"change": None}) if is_event else None,
            articles=tuple(_stubs(record, held)) if isinstance(record, StoryEvent) else (),
        )


def _stubs(event: StoryEvent, held: dict[str, DigestArticle]) -> Iterator[DigestArticle]:
    for number in dict.fromkeys(piece.article or "" for piece in event.evidence):
        ranges = [(piece.start, piece.end) for piece in event.evidence if piece.article == number]
        yield cited_stub(held[number], ranges)


def _identity(story: Story, field: str, record: StoryRecord) -> str:
    content = "\0".join((story.id, field, words_of(record), *names_of(record)))
    return sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def _is_not_before(instant: str, since: str) -> bool:
    return not since or datetime.fromisoformat(instant) >= datetime.fromisoformat(since)
