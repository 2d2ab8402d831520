"""The promises: whatever comes in, a clear refusal or a brief whose every line can be checked."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from briefing.errors import ReadingError
from briefing.jobs.briefs import brief, brief_reading
from briefing.jobs.production import make_each
from briefing.jobs.results import Request, Result
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Briefing
from briefing.profile.profile import load_profile
from briefing.reading.source import read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from briefing.sources.records import Skipped, Source

ARTICLES = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "examples/articles").iterdir())]
AWKWARD = [
    '"',
    "“",
    "”",
    "‘",
    "'",
    "«",
    "(",
    "]",
    "\n\n",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\u00ad",
    "\x00",
    "…",
    ".",
    ". ",
    " — ",
    "😀",
    "שלום",
    "مرحبا",
    "東京",
    "É",
    "U.S.",
    "said",
    " will ",
    " on Friday",
    "{{ 7*7 }}",
    "<b>",
    "&amp;",
]
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def brief_of(content: bytes) -> Briefing | None:
    try:
        return brief_reading(read_bytes(content, "the input"), load_profile())
    except ReadingError:
        return None


def assert_sound(made: Briefing) -> None:
    assert verify_bytes(render(made, "json", Layout()), "the brief").failures == ()
    assert [notice for notice in made.notices if notice.code == "extractor-failed"] == []
    assert render(made, "docx", Layout()) == render(made, "docx", Layout())
    assert len(Calendar.from_ical(render(made, "ics", Layout())).subcomponents) >= 1


@st.composite
def mutated_articles(draw: st.DrawFn) -> bytes:
    """An example article with stretches cut out, doubled or moved, and awkward things put in."""
    text = draw(st.sampled_from(ARTICLES)).decode()
    for _ in range(draw(st.integers(1, 8))):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        b = min(b, a + 400)
        kind = draw(st.sampled_from(["put", "put", "put", "cut", "double", "move"]))
        if kind == "put":
            text = text[:a] + draw(st.sampled_from(AWKWARD)) + text[a:]
        elif kind == "cut":
            text = text[:a] + text[b:]
        elif kind == "double":
            text = text[:b] + text[a:b] + text[b:]
        else:
            text = text[b:] + text[a:b] + text[:a]
    return text.encode("utf-8", "replace")


@pytest.mark.long
@settings(CALM, max_examples=150)
@given(mutated_articles())
def test_a_mutated_article_gives_a_brief_or_a_refusal(content: bytes) -> None:
    made = brief_of(content)
    if made is not None:
        assert_sound(made)


@pytest.mark.long
@settings(CALM, max_examples=150)
@given(st.text(max_size=600))
def test_random_text_gives_a_sound_brief_or_a_clear_refusal(text: str) -> None:
    made = brief_of(text.encode("utf-8", "replace"))
    if made is not None:
        assert_sound(made)


@settings(CALM, max_examples=60)
@given(st.lists(st.sampled_from([*AWKWARD, "The minister", "agreed", "Norway", "met in Oslo", "he", " "]), max_size=60))
def test_awkward_pieces_give_a_sound_brief_or_a_clear_refusal(pieces: list[str]) -> None:
    made = brief_of("".join(pieces).encode("utf-8", "replace"))
    if made is not None:
        assert_sound(made)


@pytest.mark.long
@settings(CALM, max_examples=15)
@given(mutated_articles())
def test_the_pdf_of_a_mutated_article_verifies(content: bytes) -> None:
    made = brief_of(content)
    if made is not None:
        assert verify_bytes(render(made, "pdf", Layout()), "a.pdf").failures == ()


@settings(CALM, max_examples=40)
@given(st.lists(st.sampled_from([*AWKWARD, "The minister", "agreed", "Norway", "met in Oslo", "he", " "]), max_size=60))
def test_awkward_pieces_are_explained_as_far_as_they_are_briefed(pieces: list[str]) -> None:
    request = Request(load_profile(), (), None, explain=True)
    for made in make_each(request, [Source("a", content="".join(pieces).encode("utf-8", "replace"))]):
        explanation = made.explanation if isinstance(made, Result) else ()
        assert bool(explanation) != isinstance(made, Skipped)
        assert not [line for line in explanation if "explanation failed" in line]
        assert not [line for line in explanation if "no explanation offered" in line]


@pytest.mark.parametrize("content", ARTICLES)
def test_the_same_text_gives_the_same_brief(content: bytes) -> None:
    reading = read_bytes(content, "the input")
    assert brief_reading(reading, load_profile()) == brief_reading(reading, load_profile())


@pytest.mark.parametrize("content", ARTICLES)
def test_every_example_verifies_in_print(content: bytes) -> None:
    made = brief_of(content)
    assert made is not None
    assert_sound(made)
    assert verify_bytes(render(made, "pdf", Layout()), "a.pdf").failures == ()
    message = message_from_bytes(render(made, "eml", Layout()), policy=default)
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    for name in ("brief.pdf", "briefing.json"):
        assert verify_bytes(attached[name], name).failures == ()


def test_no_year_is_printed_that_nobody_wrote() -> None:
    made = brief("OSLO, May 14 - The ministers of Norway and Iceland will meet in Bergen on June 6, both sides said.")
    years = {time.value[:4] for time in made.times if time.value}
    assert years <= {"XXXX"}
    assert made.article.published is None
