"""Corrected briefs as gold: an article, and what its brief should hold, in the form of our own quality articles."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from briefing.archive.archive import Archive
from briefing.jobs.reviews import Review, brief_review
from briefing.messages import counted
from briefing.model.brief import Article, Briefing, Evidence, Position, Quote, UpcomingEvent
from briefing.runtime.outputs import Namer, write_whole
from briefing.runtime.yaml_text import write_yaml
from briefing.sources.records import Outcome

_WORDS: Final = 8  # of a stretch of the article that names it
_SHORTEST_QUOTE: Final = 5  # words
_STEMS: Final = 4  # words of a topic or an event, one of which is enough
_LONG: Final = 5  # letters of such a word
_MAIN: Final = 0.5  # salience of an actor that a brief must name
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # "two-day"; not "2024"


def export_gold(archive: Archive, folder: Path) -> Iterator[Outcome]:
    """Write each brief that people reviewed: the article as NAME.txt, and the gold as NAME.yaml.

    Briefs that somebody withdrew are left out.
    """
    namer = Namer(folder, frozenset())
    for number in archive.reviews.briefs():
        review = brief_review(archive, number)
        if review is None or review.state.state == "withdrawn":
            continue
        article = review.reviewed.record.article
        stem = namer.stem(article.title or article.id, ("txt", "yaml"))
        paths = (folder / f"{stem}.txt", folder / f"{stem}.yaml")
        for path, text in zip(paths, (article_text(article), gold_text(review)), strict=True):
            write_whole(path, text.encode("utf-8"))
        yield Outcome(f"brief {number}", paths)


def article_text(article: Article) -> str:
    """Return an article as a text file that is read as the same article."""
    day = date.fromisoformat(article.published) if article.published is not None else None
    given = {"title": article.title, "date": day, "outlet": article.outlet, "url": article.url}
    front: dict[str, Any] = {key: value for key, value in given.items() if value}
    if article.byline:
        front["byline"] = ", ".join(article.byline)
    return f"---\n{write_yaml(front)}---\n{article.text}\n" if front else f"{article.text}\n"


def gold_text(review: Review[Briefing]) -> str:
    """Return what the brief of an article should hold, under a comment that says how far people looked at it."""
    brief = review.reviewed.record
    states = Counter(line.state for line in review.reviewed.lines if line.state != "removed")
    seen = ", ".join(f"{states[state]} {state}" for state in ("accepted", "corrected", "added", "rejected", "made"))
    who = f" by {review.state.who}" if review.state.who else ""
    head = f"# {review.state.state}{who}: {counted(sum(states.values()), 'line')}, {seen}\n"
    return head + write_yaml(gold_of(brief))


def gold_of(brief: Briefing) -> dict[str, Any]:
    """Return what a brief should hold, in the form of tests/quality/gold.py."""
    return {
        "actors": [
            {
                "name": actor.name,
                "aliases": list(actor.aliases),
                "kind": actor.kind,
                "role": [actor.role] if actor.role else [],
                "tier": 1 if actor.salience >= _MAIN else 2,
            }
            for actor in brief.actors
        ],
        "events": [_event(event) for event in brief.events],
        "agreements": [_point(point) for point in brief.agreements],
        "disagreements": [_point(point) for point in brief.disagreements],
        "quotes": [
            {"speaker": quote.speaker, "text": _start(quote.text)} for quote in brief.quotes if _is_wanted(quote)
        ],
        "background": _starts(piece for fact in brief.background for piece in fact.evidence[:1]),
        "noise": [
            _start(brief.article.text[one.start : one.end])
            for one in brief.article.paragraphs
            if one.role == "boilerplate"
        ],
    }


def _event(event: UpcomingEvent) -> dict[str, Any]:
    known = " ".join((event.place or "", *event.participants))
    return {
        "what": _stems(event.title, known),
        "when": [event.when.value] if event.when.value else [],
        "place": [event.place] if event.place else [],
        "status": [event.status],
        "evidence": _starts(event.evidence),
    }


def _point(point: Position) -> dict[str, Any]:
    stems = _stems(point.topic or point.statement, " ".join(point.parties))
    return {"parties": list(point.parties), "topic": stems, "evidence": _starts(point.evidence)}


def _is_wanted(quote: Quote) -> bool:
    return quote.direct and quote.speaker is not None and len(quote.text.split()) >= _SHORTEST_QUOTE


def _stems(text: str, names: str) -> list[str]:
    """Return the first long words of a text that are no names; else its words."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))
    known = set(_WORD.findall(names.lower()))
    return [word for word in words if len(word) >= _LONG and word not in known][:_STEMS] or words[:_STEMS]


def _starts(evidence: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(_start(piece.text) for piece in evidence))


def _start(text: str) -> str:
    return " ".join(text.split()[:_WORDS])
