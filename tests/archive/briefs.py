"""Short briefs, and a clock that a test sets."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing.archive.archive import Archive
from briefing.archive.records import Kept, RunItem
from briefing.evidence.seal import seal
from briefing.model.brief import Actor, Briefing, Evidence, Position, Provenance, Statement, UpcomingEvent, When
from tests.fakes.articles import article_of


class Clock:
    """A clock that advances only when a test moves it."""

    def __init__(self, moment: str = "2024-05-14T06:00:00+00:00") -> None:
        self.moment = datetime.fromisoformat(moment).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def brief_of(
    text: str,
    *,
    title: str = "Untitled",
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = "2024-05-14",
    actors: Iterable[tuple[str, str | None, str | None]] = (),
    events: Iterable[tuple[str, str | None]] = (),
    agreements: Iterable[tuple[str, tuple[str, ...]]] = (),
    disagreements: Iterable[tuple[str, tuple[str, ...]]] = (),
    summary: Iterable[str] = (),
    profile: str = "standard",
    program: str = "0.1.0",
    kind: Any = "person",
) -> Briefing:
    """Return a brief; actors are (name, role, affiliation), events (title, value), points (statement, parties)."""
    article = article_of(text, published=published).model_copy(update={"title": title, "url": url, "outlet": outlet})
    rest = (Evidence(start=0, end=1, text=article.text[0]),)

    def point(number: int, statement: str, parties: tuple[str, ...]) -> Position:
        return Position(id=f"p{number}", statement=statement, topic="t", parties=parties, confidence=1.0, evidence=rest)

    brief = Briefing(
        article=article,
        summary=tuple(Statement(text=line, evidence=rest) for line in summary),
        actors=tuple(
            Actor(
                id=f"a{n}", name=name, kind=kind, role=role, affiliation=home, mentions=1, salience=0.5, evidence=rest
            )
            for n, (name, role, home) in enumerate(actors)
        ),
        events=tuple(
            UpcomingEvent(id=f"e{n}", title=what, when=When(text="then", value=v), status="scheduled", evidence=rest)
            for n, (what, v) in enumerate(events)
        ),
        agreements=tuple(point(n, *said) for n, said in enumerate(agreements)),
        disagreements=tuple(point(n, *said) for n, said in enumerate(disagreements)),
        provenance=Provenance(
            engine="rules",
            briefing=program,
            spacy="3.8",
            model="test",
            profile=profile,
            profile_sha256="0" * 64,
            source_sha256="1" * 64,
        ),
    )
    return seal(brief)


def store(archive: Archive, brief: Briefing) -> Kept:
    """Store a brief as a run does: as the result of a source."""
    kept = archive.finish_item(archive.begin_run("make", "a test"), RunItem("a.txt", None, "done"), brief)
    assert kept is not None
    return kept
