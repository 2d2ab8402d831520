"""The annotated articles in training/articles are consistent: what a brief says of an article is in the article."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "training" / "articles"
KINDS = {"person", "organisation", "country", "group"}
STATUSES = {"scheduled", "expected", "proposed", "conditional", "postponed", "cancelled"}


def articles(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def flaws(article: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an annotated article."""
    names = {actor["name"] for actor in article["actors"]}
    points = article["agreements"] + article["disagreements"]
    for piece in [*points, *article["events"]]:
        for evidence in piece["evidence"]:
            if evidence not in article["text"] and evidence != article["title"]:
                yield f"evidence is not in the article: {evidence!r}"
        if not piece["evidence"]:
            yield f"no evidence: {piece}"
        for name in piece.get("parties", piece.get("participants")):
            if name not in names:
                yield f"not an actor: {name!r}"
    yield from (f"unknown kind: {actor}" for actor in article["actors"] if actor["kind"] not in KINDS)
    yield from (f"unknown status: {event}" for event in article["events"] if event["status"] not in STATUSES)
    yield from (f"no topic: {point}" for point in points if not point["topic"])


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.jsonl")), ids=lambda file: file.stem)
def test_annotations_are_in_their_article(file: Path) -> None:
    assert [(article["id"], flaw) for article in articles(file) for flaw in flaws(article)] == []


def test_each_article_has_an_id_of_its_own() -> None:
    ids = [article["id"] for file in FOLDER.glob("*.jsonl") for article in articles(file)]
    assert len(set(ids)) == len(ids) > 900


def test_a_flaw_is_found() -> None:
    point = {"parties": ["Peru"], "topic": ["quota"], "evidence": ["Peru rejected the quota."]}
    article = {
        "title": "A quota",
        "text": "Chile set a quota.",
        "actors": [{"name": "Chile", "kind": "country"}],
        "events": [],
        "agreements": [],
        "disagreements": [point],
    }
    assert list(flaws(article)) == [
        "evidence is not in the article: 'Peru rejected the quota.'",
        "not an actor: 'Peru'",
    ]
