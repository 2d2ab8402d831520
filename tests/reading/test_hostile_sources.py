"""A source that was made to take for ever is refused with its reason, soon, whatever its kind."""

import time
from contextlib import suppress
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from briefing.errors import OwnBriefError, ReadingError
from briefing.reading import confined
from briefing.reading.confined import feed_apart, feed_list_apart, page_apart
from briefing.reading.contents import MAX_DOCUMENT
from briefing.reading.feeds.feeds import MAX_LISTED, Feed, read_feed
from briefing.reading.mail.mbox import MAX_MESSAGES, find_messages
from briefing.reading.markup_limits import MAX_ATTRIBUTES, MAX_DEPTH, check_markup
from briefing.reading.source import read_bytes
from briefing.reading.web.html import MAX_ELEMENTS, looks_like_html
from briefing.reading.web.page_contents import page_contents
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief
from tests.reading.word_documents import document, saved, with_members

TODAY = date(2024, 5, 14)
SOON = 10.0  # seconds; nearly all take a tenth of one, and without limits minutes
TEXT = "The port authority said it would publish an offer of its own before the weekend. " * 8
LETTER = b"From: Anna Novak <anna@example.org>\nTo: b@example.org\nMessage-ID: <1@example.org>\nSubject: Talks\n"
WHOLE = saved(document(("Normal", TEXT)))
MANY = " ".join(f"a{number}=1" for number in range(100_000))


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body><article><h1>Talks</h1>{body}<p>{TEXT}</p></article></body></html>".encode()


def word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return with_members(WHOLE, {"word/document.xml": f'<w:document xmlns:w="{space}">{body}</w:document>'.encode()})


def archive(count: int) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as files:
        for number in range(count):
            files.writestr(f"word/{number}", b"")
    return held.getvalue()


def test_a_defect_of_a_reader_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, _source: str) -> object:
        return data[99]

    monkeypatch.setitem(confined._READERS, "page", broken)
    answer = confined._answer(b'{"reader": "page", "source": "a.html", "options": {}}\n<p>')
    assert b"a defect of briefing, please report it: IndexError" in answer


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (page(f"<p {MANY}>x</p>"), f"more than {MAX_ATTRIBUTES} attributes"),
        (page(f"<script {MANY}></script>"), f"more than {MAX_ATTRIBUTES} attributes"),
        (page(f"<p a='>' b=\">\" {MANY}>x</p>"), f"more than {MAX_ATTRIBUTES} attributes"),
        (page("<p>x</p>" * (MAX_ELEMENTS + 1)), f"more than {MAX_ELEMENTS:,} elements"),
        (page("<div>" * 50_000), f"nested more than {MAX_DEPTH} deep"),
        (page("<style>" + "a " * 600_000 + "</style>"), "style sheets are too large"),
        (b"---\ntitle: Talks\n---\n" + page(f"<p {MANY}>x</p>"), f"more than {MAX_ATTRIBUTES} attributes"),
        (LETTER + b"Content-Type: text/html\n\n" + page(f"<p {MANY}>x</p>"), f"more than {MAX_ATTRIBUTES} attributes"),
        (LETTER + b"\n" + b"---- Forwarded message\n" * 100_000, "more than 100,000"),
        (LETTER + b"Content-Type: message/rfc822\n\n" * 20_000, "cannot be parsed as a mail"),
        (word("<w:p/>" * 4_000_000), "unpacks to more than a document holds"),
        (word("<w:p><w:r/></w:p>" * 300_000), "unpacks to more than a document holds"),
        (archive(6_000), "a ZIP archive of more than 5,000 files"),
        (b"[" * 5_000_000, "larger than 4 MB"),
        (b" " * (MAX_DOCUMENT + 1), "larger than 40 MB"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_it_is_refused_with_its_reason(data, reason):
    started = time.monotonic()
    with pytest.raises(ReadingError, match=reason):
        read_bytes(data, "the source")
    assert time.monotonic() - started < SOON


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss version='2.0'><channel>" + b"<item/>" * 50_000 + b"</channel></rss>", "lists 50,000 articles"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [' + b"{}," * 50_000 + b"{}]}", "lists 50,001"),
        (b"<rss>" + b"<a/>" * 300_000 + b"</rss>", "more than 200,000 elements"),
        (b"<rss>" + b"<a>" * 250 + b"</a>" * 250 + b"</rss>", f"nested more than {MAX_DEPTH} deep"),
        (f"<rss {MANY}/>".encode().replace(b"=1", b"='1'"), f"more than {MAX_ATTRIBUTES} attributes"),
    ],
)
def test_a_feed_is_refused_with_its_reason(data, reason):
    assert MAX_LISTED < 50_000
    with pytest.raises(ReadingError, match=reason):
        feed_apart(data, "the feed", today=TODAY)


def test_a_list_of_feeds_is_refused_with_its_reason():
    with pytest.raises(ReadingError, match="more than 200,000 elements"):
        feed_list_apart(b"<opml><body>" + b"<outline/>" * 300_000 + b"</body></opml>", "the list")


def test_a_source_beyond_the_deadline_is_refused(monkeypatch):
    monkeypatch.setattr(confined._MARKUP, "seconds", 0.001)
    with pytest.raises(ReadingError, match=r"the page: it takes more than 0 seconds"):
        page_apart(page("<p>The ministers met in Bergen.</p>" * 5_000).decode(), "the page")


def test_a_mailbox_of_a_million_messages_is_refused():
    mailbox = b"From anna@example.org Tue May 14 08:00:00 2024\nA: b\n\n" * (MAX_MESSAGES + 1)
    with pytest.raises(ReadingError, match=f"more than {MAX_MESSAGES:,} messages"):
        list(find_messages(BytesIO(mailbox), "the mailbox"))


@pytest.mark.parametrize("unit", ["<!---->", "<!-- -->", "<?xml?>", " ", "\ufeff<!---->"])
def test_text_above_a_page_takes_linear_time(unit):
    started = time.monotonic()
    assert not looks_like_html(unit * 3_000 + "x")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "html",
    [
        "<script>for (i = 0; i<n; i++) {} var days = [" + "1, " * 5_000 + "]</script>",
        "<style>a<b " + "c " * 5_000 + "</style>",
        "<!-- <p " + "a " * 5_000 + "> -->",
        "<svg><path d='" + "M 0 0 " * 5_000 + "'/></svg>",
        '<p title="' + "a " * 5_000 + '">',
        "1 < 2 " * 5_000,
    ],
)
def test_text_like_attributes_is_ignored(html):
    check_markup(html, "the page")


@pytest.mark.parametrize("unit", ["<a '", '<a "', "<a b='", "<!--", "<script", "<a b= ", "<a  ", "</script", "<title>"])
def test_markup_is_counted_in_linear_time(unit):
    started = time.monotonic()
    with suppress(ReadingError):
        check_markup(unit * (2_000_000 // len(unit)), "the page")
    assert time.monotonic() - started < SOON


def test_a_page_is_read_alike_in_the_process():
    text = page("<p>Anna Novak &#xD800; left.</p>").decode()
    assert page_apart(text, "the page") == page_contents(text, "the page")


def test_a_feed_is_read_alike_in_the_process():
    entry = f"<item><title>Talks</title><link>https://a.example/1</link><description>{TEXT}</description></item>"
    data = f"<rss version='2.0'><channel><title>Echo</title>{entry}</channel></rss>".encode()
    here: Feed = read_feed(data, "the feed", today=TODAY)
    assert feed_apart(data, "the feed", today=TODAY) == here
    assert len(here.entries) == 1


def test_a_brief_is_recognised_in_the_process_too():
    with pytest.raises(OwnBriefError):
        read_bytes(render(small_brief(), "docx", Layout()), "the brief")
