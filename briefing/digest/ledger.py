"""The ledger of a profile: what its digests told, line by line."""

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

_REMEMBERED = timedelta(days=14)  # since a digest last had a line

Told = AnyStoryLine | Contradiction


def ledger_of(digest: Digest, earlier: Ledger | None = None) -> Ledger:
    """Return what is to be remembered after a digest: its lines, and those of earlier ones for a while.

    Args:
        digest: Compared with *earlier* already, so that what is one bears one id.
        earlier: The ledger before it; None for a first digest.
    """
    held = {item.article.id: item for item in digest.articles}
    lines = {line.identity: line for story in digest.stories for line in _lines_of(story, digest.at, held)}
    since = (datetime.fromisoformat(digest.at) - _REMEMBERED).isoformat() if earlier else ""
    kept = [
        line
        for line in (earlier.lines if earlier else ())
        if line.identity not in lines and (_later(line.seen, since) or _is_to_come(line, digest.at))
    ]
    return Ledger(at=digest.at, lines=(*lines.values(), *kept))


def _is_to_come(line: LedgerLine, at: str) -> bool:
    """Whether a line tells of an event with a day that is not over."""
    return line.event is not None and line.event.when.value is not None and not is_over(line.event.when, at[:10])


def entries(story: Story) -> Iterator[tuple[str, int, Told]]:
    """Yield the lines of a story that a ledger remembers: list, number there, record."""
    yield "headline", 0, story.headline
    for field in (*LINE_FIELDS, "contradictions"):
        for number, record in enumerate(getattr(story, field)):
            yield field, number, record


def words_of(record: Told) -> str:
    """Return the words by which a line is known again."""
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


def value_of(record: Told) -> str | None:
    """Return what may change of a line that stays the same: an actor's role, what the sides of a contradiction say."""
    match record:
        case StoryActor():
            return record.role
        case Contradiction():
            return " / ".join(side.value for side in record.sides)
        case _:
            return None


def names_of(record: Told) -> tuple[str, ...]:
    """Return the actors whom a line names."""
    match record:
        case StoryEvent():
            return record.participants
        case StoryPosition():
            return record.parties
        case StoryQuote():
            return (record.speaker,) if record.speaker is not None else ()
        case _:
            return ()


def origins_of(record: Told) -> int:
    """Return how many independent origins a line has; of a contradiction, those of all its sides."""
    return sum(side.origins for side in record.sides) if isinstance(record, Contradiction) else record.origins


def cited_stub(item: DigestArticle, kept: Iterable[tuple[int, int]]) -> DigestArticle:
    """Return an article of which only the title and some ranges are left, spaces in the place of all else."""
    article = item.article
    ranges = [(p.start, p.end) for p in article.paragraphs if p.role == "title"] + list(kept)
    characters = [character if character == "\n" else " " for character in article.text]
    for start, end in ranges:
        characters[start:end] = article.text[start:end]
    shown = Article.model_validate({**article.model_dump(), "text": "".join(characters), "withheld": True})
    return item.model_copy(update={"article": shown, "copies": ()})


def joined_stubs(one: DigestArticle, other: DigestArticle) -> DigestArticle:
    """Return an article with all that is left of it in either of two records; a whole one stays whole."""
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


def _identity(story: Story, field: str, record: Told) -> str:
    said = "\0".join((story.id, field, words_of(record), *names_of(record)))
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def _later(instant: str, since: str) -> bool:
    return not since or datetime.fromisoformat(instant) >= datetime.fromisoformat(since)
