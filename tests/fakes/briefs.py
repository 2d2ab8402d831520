"""Small briefs made in tests without reading or extraction."""

from typing import Any

from briefing.evidence.seal import seal
from briefing.model.brief import (
    Actor,
    Briefing,
    Evidence,
    Position,
    Provenance,
    Quote,
    Sentence,
    Statement,
    UpcomingEvent,
    When,
)
from tests.fakes.articles import article_of

TEXT = (
    "Norway and Iceland agreed on mackerel quotas on Tuesday, minister Ingrid Solheim said.\n\n"
    '"The stock must not fall below the level of 2019," Solheim said. The ministers will meet in Bergen on 6 June.'
)


def evidence_of(text: str, part: str, sentence: int | None = None) -> Evidence:
    """Return the first place of *part* in *text* as evidence."""
    start = text.index(part)
    return Evidence(start=start, end=start + len(part), text=part, sentence=sentence)


def small_brief(**changes: Any) -> Briefing:
    """Return a sealed brief with one record in most fields; *changes* replace fields of it."""
    article = article_of(TEXT, published="2024-05-14")
    lead, rest = TEXT.split("\n\n")
    quotation, meeting = rest.split(" The ministers")
    sentences = (lead, quotation, f"The ministers{meeting}")
    pieces = [evidence_of(TEXT, sentence, number) for number, sentence in enumerate(sentences, start=1)]
    numbered = tuple(Sentence(start=e.start, end=e.end, number=n) for n, e in enumerate(pieces, start=1))
    fields: dict[str, Any] = {
        "article": article.model_copy(update={"sentences": numbered}),
        "summary": (Statement(text="Norway and Iceland agreed on mackerel quotas on Tuesday.", evidence=(pieces[0],)),),
        "actors": (
            Actor(
                id="ingrid-solheim",
                name="Ingrid Solheim",
                kind="person",
                role="minister",
                aliases=("Solheim",),
                mentions=2,
                salience=0.8,
                evidence=(pieces[0],),
            ),
        ),
        "events": (
            UpcomingEvent(
                id="meeting-2024-06-06",
                title="The ministers will meet in Bergen",
                when=When(text="6 June", value="2024-06-06", precision="day"),
                place="Bergen",
                status="scheduled",
                evidence=(pieces[2],),
            ),
        ),
        "agreements": (
            Position(
                id="mackerel-quotas",
                statement="Norway and Iceland agreed on mackerel quotas",
                topic="mackerel quotas",
                parties=("Norway", "Iceland"),
                attributed_to="Ingrid Solheim",
                confidence=0.9,
                salience=0.9,
                evidence=(pieces[0],),
            ),
        ),
        "quotes": (
            Quote(
                speaker="Ingrid Solheim",
                text="The stock must not fall below the level of 2019,",
                direct=True,
                cue="say",
                salience=0.5,
                evidence=(pieces[1],),
            ),
        ),
        "provenance": Provenance(
            engine="rules",
            briefing="0.1.0",
            spacy="3.8",
            model="test",
            profile="standard",
            profile_sha256="0" * 64,
            source_sha256="1" * 64,
        ),
    }
    return seal(Briefing(**(fields | changes)))
