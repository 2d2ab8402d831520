"""Briefs of the articles of one story, made by hand, so that merging is tested without extraction."""

import re
from typing import Any

from briefing.digest.members import Member
from briefing.evidence.grounding import holds
from briefing.evidence.seal import seal
from briefing.model.brief import (
    Actor,
    Article,
    BackgroundFact,
    Briefing,
    Evidence,
    Kind,
    Position,
    Provenance,
    Quote,
    Sentence,
    Statement,
    UpcomingEvent,
    When,
)
from tests.fakes.articles import article_of

PROVENANCE = Provenance(
    engine="rules",
    briefing="0.1.0",
    spacy="3.8",
    model="test",
    profile="standard",
    profile_sha256="0" * 64,
    source_sha256="1" * 64,
)

# The end of a sentence, before the next one: "sea. The"; not "4.5", "I. Solheim".
_NEXT = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z“\"])|(?<=[.!?][”\"])\s+(?=[A-Z“\"])")


class Draft:
    """An article and the records of its brief; the evidence of a record is the sentence with its words."""

    def __init__(self, text: str, *, title: str = "", published: str | None = "2031-06-09") -> None:
        base = article_of(text, title=title, published=published)
        begin = len(title) + 2 if title else 0
        spans: list[Sentence] = []
        for part in _NEXT.split(text):
            start = base.text.index(part, spans[-1].end if spans else begin)
            spans.append(Sentence(start=start, end=start + len(part), number=len(spans) + 1))
        self.article: Article = base.model_copy(update={"sentences": tuple(spans)})
        self.lists: dict[str, list[Any]] = {}

    def evidence(self, *parts: str, holding: str = "") -> tuple[Evidence, ...]:
        """Return the first sentences that hold some words, and with each of them *holding*."""
        found = []
        for part in parts:
            texts = ((s, self.article.text[s.start : s.end]) for s in self.article.sentences)
            sentence = next(s for s, text in texts if holds(text, part) and (not holding or holds(text, holding)))
            text = self.article.text[sentence.start : sentence.end]
            found.append(Evidence(start=sentence.start, end=sentence.end, text=text, sentence=sentence.number))
        return tuple(dict.fromkeys(found))

    def summary(self, text: str) -> "Draft":
        return self._add("summary", Statement(text=text, evidence=self.evidence(text)))

    def actor(
        self,
        name: str,
        role: str | None = None,
        affiliation: str | None = None,
        *,
        kind: Kind = "person",
        aliases: tuple[str, ...] = (),
        salience: float = 0.5,
    ) -> "Draft":
        evidence = self.evidence(name) + (self.evidence(role) if role else ())
        return self._add(
            "actors",
            Actor(
                id=name.lower(),
                name=name,
                kind=kind,
                role=role,
                affiliation=affiliation,
                aliases=aliases,
                mentions=2,
                salience=salience,
                evidence=tuple(dict.fromkeys(evidence)),
            ),
        )

    def event(
        self, title: str, said: str | None, value: str | None, *parties: str, place: str | None = None, **changes: Any
    ) -> "Draft":
        precision = "day" if value and len(value) == 10 else "month" if value else "unknown"
        fields: dict[str, Any] = {
            "id": "e",
            "title": title,
            "when": When(text=said, value=value, precision=precision),
            "place": place,
            "participants": parties,
            "status": "scheduled",
            "evidence": self.evidence(title, holding=said or ""),
        }
        return self._add("events", UpcomingEvent(**(fields | changes)))

    def point(self, field: str, statement: str, topic: str, *parties: str, confidence: float = 0.8) -> "Draft":
        return self._add(
            field,
            Position(
                id="p",
                statement=statement,
                topic=topic,
                parties=parties,
                confidence=confidence,
                salience=0.5,
                evidence=self.evidence(statement),
            ),
        )

    def quote(self, speaker: str, text: str, *, direct: bool = True, cue: str = "say") -> "Draft":
        evidence = self.evidence(text)
        return self._add(
            "quotes", Quote(speaker=speaker, text=text, direct=direct, cue=cue, salience=0.5, evidence=evidence)
        )

    def fact(self, text: str) -> "Draft":
        return self._add("background", BackgroundFact(text=text, evidence=self.evidence(text)))

    def brief(self) -> Briefing:
        lists = {field: tuple(records) for field, records in self.lists.items()}
        return seal(Briefing(article=self.article, provenance=PROVENANCE, **lists))

    def by(self, origin: str, outlet: str | None = None, **fields: Any) -> Member:
        """Return the article as a member of a story."""
        return Member(self.brief(), origin, outlet or origin.title(), **fields)

    def _add(self, field: str, record: Any) -> "Draft":
        self.lists.setdefault(field, []).append(record)
        return self
