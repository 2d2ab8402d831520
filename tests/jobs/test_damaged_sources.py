"""Whatever befalls a source or a profile, `brief` and `render` give what was asked for, or an error of ours."""

from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

import briefing
from briefing.errors import BriefingError, DefectError
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Briefing
from briefing.reading import confined
from briefing.reading.confined import feed_apart, feed_list_apart
from briefing.reading.source import read_bytes
from tests.fakes.fuzzing import mutated_document, mutated_source
from tests.reading.mails import NEWSLETTER, mail
from tests.reading.word_documents import with_members

EXAMPLES = Path(__file__).parents[2] / "examples"
FORMATS = ("json", "html", "md", "ics")  # the others take longer
BRIEFED = 5  # each so many-th source is briefed and printed, the others are only read
TEXT = "Norway and Iceland agreed on mackerel quotas on Tuesday. They will meet in Oslo on 12 June, both sides said."
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [{"id": "1", "url":
"https://a.example/1", "date_published": "2024-05-14T10:00:00Z", "content_html": "<p>Talks.</p>", "title": "Talks"}]}"""
PROFILE = b"""extends: standard
title: Note
handling: {marking: OFFICIAL, distribution: [Private office]}
look: {theme: chancery, accent: '#7a1420', paper: A4, locale: en-GB, date_format: d MMMM y}
sections:
  - summary: {sentences: 2, words: 60}
  - actors: {limit: 8, columns: [name, role]}
  - events: {timeline: true, limit: 5}
  - quotes
  - source: {show: full}
attach: brief
outputs: [json, md]
confidence: 0.5
"""
FRONT_MATTER = f"""---
title: Mackerel pact
date: 2024-05-14
outlet: Northern Wire
url: https://example.org/talks
byline: [Mara Lindqvist]
---
{TEXT}
""".encode()


@cache
def sources(kind: str) -> tuple[bytes, ...]:
    """Return sound sources of a kind."""
    if kind == "page":
        page = (EXAMPLES / "articles/court-ruling.html").read_bytes()
        return page, NEWSLETTER.encode(), f"<html><body><h1>Talks</h1><p>{TEXT}</p></body></html>".encode()
    if kind == "mail":
        attached = (("application/pdf", "a.pdf"), ("text/plain", "b.txt"))
        return (EXAMPLES / "inbox/mail.eml").read_bytes(), mail(), mail(html=NEWSLETTER, attach=attached)
    if kind == "feed":
        return (EXAMPLES / "feed/feed.xml").read_bytes(), (EXAMPLES / "feed/feeds.opml").read_bytes(), JSON_FEED
    return PROFILE, FRONT_MATTER


def damaged(kind: str, seed: int) -> bytes:
    held = sources(kind)
    return mutated_source(held[seed % len(held)], kind, seed)


def damaged_document(seed: int) -> bytes:
    """Return a Word document, with one part of it changed, or its bytes cut and exchanged."""
    whole = (EXAMPLES / "inbox/notes.docx").read_bytes()
    random = Random(seed)  # noqa: S311 - nothing is kept secret by it
    if seed % 4 == 0:
        torn = bytearray(whole[: random.randint(len(whole) // 2, len(whole))])
        for _ in range(random.choice((0, 1, 20))):
            torn[random.randrange(len(torn))] = random.randrange(256)
        return bytes(torn)
    name = random.choice(("word/document.xml", "word/document.xml", "word/styles.xml", "[Content_Types].xml"))
    with ZipFile(BytesIO(whole)) as package:
        part = package.read(name)
    return with_members(whole, {name: mutated_document(part, seed)})


def outcome(do: Callable[[], object]) -> str | None:
    """Return what is wrong with how something ends: an error that is not ours, or a defect that became one."""
    try:
        do()
    except DefectError as error:
        return str(error)
    except BriefingError as error:
        return str(error) if "a defect of briefing" in str(error) else None
    except Exception as error:  # noqa: BLE001 - the test fails on any other error
        return f"{type(error).__name__}: {error}"
    return None


def print_in_all(made: Briefing, profile: str = "standard") -> None:
    for output in FORMATS:
        content = briefing.render(made, output, profile=profile)
    assert verify_bytes(briefing.render(made, "json"), "the brief").failures == ()
    assert content


def use(kind: str, seed: int, folder: Path) -> None:
    """Read a damaged source as its kind requires."""
    if kind == "profile":
        path = folder / f"{seed}.yaml"
        path.write_bytes(damaged(kind, seed * 2))
        print_in_all(briefing.brief(TEXT, profile=str(path)), str(path))
        return
    if kind == "front matter":
        print_in_all(briefing.brief(damaged("profile", seed * 2 + 1)))
        return
    data = damaged_document(seed) if kind == "document" else damaged(kind, seed)
    if kind == "feed":
        if b"<opml" in data:
            feed_list_apart(data, "the list")
            return
        feed_apart(data, "the feed", today=date(2024, 5, 14), base="https://a.example/feed")
    elif seed % BRIEFED == 0:
        print_in_all(briefing.brief(data, date="2024-05-14" if seed % 2 else None))
    else:
        read_bytes(data, "the source")


@pytest.fixture
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have sources read here, where what a reader raises is seen as it is."""

    def asked(_kind: object, reader: str, data: bytes, source: str, **options: str | int | None) -> object:
        return confined._READERS[reader](data, source, **options)

    monkeypatch.setattr(confined, "_ask", asked)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "count"),
    [("page", 1500), ("mail", 700), ("feed", 700), ("document", 200), ("profile", 400), ("front matter", 300)],
)
@pytest.mark.usefixtures("_in_this_process")
def test_a_damaged_source_gives_a_brief_or_our_error(kind: str, count: int, tmp_path: Path) -> None:
    found = [(seed, wrong) for seed in range(count) if (wrong := outcome(lambda: use(kind, seed, tmp_path)))]  # noqa: B023
    assert found == []
