"""Mails: which of their words are the article, and what their header says of it."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import OwnBriefError, ReadingError
from briefing.reading.source import Reading, read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief
from tests.reading.mails import LEAD, NEWSLETTER, PLAIN, SECOND, THIRD, mail


def read(data: bytes) -> Reading:
    return read_bytes(data, "a.eml")


def is_read_or_refused(data: bytes) -> bool:
    try:
        return bool(read(data).article.text)
    except ReadingError:
        return True


def body(reading: Reading) -> list[str]:
    article = reading.article
    return [article.text[p.start : p.end] for p in article.paragraphs if p.role == "body"]


def boilerplate(reading: Reading) -> str:
    article = reading.article
    return "\n".join(article.text[p.start : p.end] for p in article.paragraphs if p.role == "boilerplate")


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


def test_the_header_gives_title_day_and_sender():
    article = read(mail(Subject="=?utf-8?q?Talks_in_Caf=C3=A9_M=C3=BCller?=")).article
    assert article.title == "Talks in Café Müller"
    assert (article.published, article.published_basis) == ("2024-05-14", "metadata")  # where the sender was
    assert (article.byline, article.outlet) == (("Anna Novak",), None)
    assert article.text.split("\n\n") == ["Talks in Café Müller", LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: FW: Dockers walk out", "Dockers walk out"),
        ("[EXTERNAL] Fwd: Dockers walk out", "Dockers walk out"),
        ("Re-election in Portville", "Re-election in Portville"),
        ("[Harbour] Dockers walk out", "[Harbour] Dockers walk out"),
    ],
)
def test_prefixes_of_replies_are_removed_from_titles(subject, title):
    assert read(mail(Subject=subject)).article.title == title


@pytest.mark.parametrize("stub", ["View this email in your browser: https://track.example.net/v", "", LEAD])
def test_a_newsletter_is_read_from_its_html_part(stub):
    bulk = {"From": '"Harbour Post" <news@post.example>', "List_Unsubscribe": "<https://track.example.net/u>"}
    reading = read(mail(stub, NEWSLETTER, **bulk))
    assert body(reading) == [LEAD, SECOND, THIRD]
    assert (reading.article.outlet, reading.article.byline) == ("Harbour Post", ())
    assert codes(reading) == ["hidden-text"]
    for unwanted in ("track.example.net", "nobody sees", "Read the offer"):
        assert unwanted not in reading.article.text


def test_a_plain_part_that_says_more_outranks_the_html_part():
    html = "<html><body><p>Please enable HTML to read this message from us.</p></body></html>"
    assert body(read(mail(PLAIN, html))) == [LEAD, SECOND, THIRD]


def test_addresses_and_footers_of_a_newsletter_are_left_out():
    plain = (
        f"View this email in your browser <https://track.example.net/v>\n\n{LEAD} <https://track.example.net/1>\n\n"
        f"{SECOND} (https://track.example.net/2)\n\n{THIRD}\n\nYou received this email because you signed up.\n\n"
        "Harbour Post, 1 Quay Street, Portville\n"
    )
    reading = read(mail(plain))
    assert body(reading) == [LEAD, SECOND, THIRD]
    assert "https" not in reading.article.text
    assert "1 Quay Street" in boilerplate(reading)


@pytest.mark.parametrize(
    "rest",
    [
        "-- \nAnna Novak\nHarbour Post, who signs her mails with whole sentences.",
        "On Sun, 12 May 2024 at 10:00, Tom Reed <tom@post.example> wrote:\n> What is new in the harbour?\n> Tell me.",
        "On Sun, 12 May 2024 at 10:00, Tom Reed\n<tom@post.example> wrote:\n\n> What is new in the harbour today?",
        "-----Original Message-----\nFrom: Tom Reed\nSent: Sunday\nSubject: News\n\nWhat is new in the harbour today?",
    ],
)
def test_signatures_and_earlier_messages_are_left_out(rest):
    reading = read(mail(f"{PLAIN}\n{rest}\n"))
    assert body(reading) == [LEAD, SECOND, THIRD]
    assert rest.splitlines()[-1] in reading.article.text
    assert codes(reading) == (["quoted-message"] if "\n>" in rest else [])


def test_earlier_messages_in_html_are_left_out_with_a_notice():
    html = f"<div><p>{LEAD}</p><p>{SECOND}</p></div><div class='gmail_quote'><p>Tom wrote:</p><p>{THIRD}</p></div>"
    reading = read(mail(None, html))
    assert body(reading) == [LEAD, SECOND]
    assert codes(reading) == ["quoted-message"]


@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "Begin forwarded message:\n"])
def test_a_forwarded_message_is_the_article(mark):
    plain = (
        f"Have a look at what they say.\n\n{mark}\nFrom: Harbour Post <news@post.example>\n"
        f"Date: Mon, 13 May 2024 at 08:00\nSubject: Port strike goes on\nTo: Tom Reed <tom@post.example>\n\n{PLAIN}"
    )
    reading = read(mail(plain, Subject="Fwd: Look at this"))
    assert (reading.article.title, reading.article.published) == ("Port strike goes on", "2024-05-13")
    assert reading.article.byline == ()  # who passes it on did not write it
    assert body(reading) == [LEAD, SECOND, THIRD]


def test_attachments_are_named_and_not_read():
    attached = (("application/pdf", "offer.pdf"), ("application/ms-tnef", "winmail.dat"), ("image/png", "logo.png"))
    reading = read(mail(attach=attached))
    assert body(reading) == [LEAD, SECOND, THIRD]
    notice = next(n for n in reading.notices if n.code == "attachment-not-read")
    assert notice.message == "Attached and not read: offer.pdf, winmail.dat (which only Outlook reads)."


def test_an_attached_message_is_named_by_its_subject():
    inner = mail("Not to be read.", Subject="Night work")
    outer = b"From: a@post.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\n"
    data = outer + LEAD.encode() + b"\n--B\nContent-Type: message/rfc822\n\n" + inner + b"\n--B--\n"
    reading = read(data)
    assert body(reading) == [LEAD]
    assert "a message “Night work”" in reading.notices[0].message


ENCRYPTED = (
    b"Subject: Night work\nFrom: a@post.example\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nMIIB\n"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (mail(None), "the mail “Dockers walk out” has no text"),
        (mail(""), "the mail “Dockers walk out” has no text"),
        (mail(None, Subject=""), "the mail has no text"),
        (mail("", attach=(("application/pdf", "offer.pdf"),)), "save what is attached and read that: offer.pdf"),
        (mail("", attach=(("application/ms-tnef", "winmail.dat"),)), r"winmail.dat \(which only Outlook reads\)"),
        (mail("", attach=(("image/png", "a.png"),)), "or pictures, alone"),
        (mail("", "<html><body><img src='https://track.example.net/a.png'></body></html>"), "has no text"),
        (ENCRYPTED, "the mail “Night work” is encrypted"),
    ],
)
def test_a_mail_without_text_is_refused_by_its_name(data, reason):
    with pytest.raises(ReadingError, match=reason):
        read(data)


def broken(header: str, text: bytes = LEAD.encode()) -> bytes:
    return f"From: Anna <anna@post.example>\nSubject: Dockers\n{header}\n\n".encode() + text


@pytest.mark.parametrize(
    "data",
    [
        broken("Content-Type: text/plain; charset=klingon"),
        broken("Content-Type: text/plain; charset=us-ascii", LEAD.encode() + " At Café Müller.".encode()),
        broken("MIME-Version: 1.0\nContent-Type: multipart/mixed"),
        broken("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=nowhere"),
        broken("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B", b"--B\n\n" + LEAD.encode()),
        broken("MIME-Version: 1.0\nContent-Transfer-Encoding: base64", base64.b64encode(LEAD.encode())[:-3] + b"*"),
        broken("Content-Transfer-Encoding: no-such-encoding"),
        broken("Message-ID: <[b378dfc5@post.example]>"),
        broken("Date: soon"),
        broken("Date: Tue, 99 Foo 2024 99:99:99 +9999"),
        broken("Content-Type: text/plain; " + "a=b; " * 400),
    ],
)
def test_a_broken_mail_is_read(data):
    article = read(data).article
    assert "Dockers in Portville walked out" in article.text
    assert article.title == "Dockers"


@pytest.mark.parametrize("written", ["soon", "Tue, 14 May 1902 08:00:00 +0000", "Thu, 14 May 2999 08:00:00 +0000"])
def test_an_impossible_day_is_reported_and_not_used(written):
    reading = read(mail(Date="").replace(b"Subject:", f"Date: {written}\r\nSubject:".encode()))
    assert reading.article.published is None
    assert codes(reading) == ["invalid-date", "no-publication-date"]


def test_a_saved_web_page_is_a_web_page():
    html = (
        f"<html><head><title>Dockers walk out</title></head><body><h1>Dockers walk out</h1><p>{LEAD}</p><p>{SECOND}</p>"
    )
    sent = {"From": "<Saved by Blink>", "Message_ID": "", "Snapshot_Content_Location": "https://post.example/dockers"}
    article = read(mail(None, html, Subject="A title of the browser", **sent)).article
    assert (article.title, article.url) == ("Dockers walk out", "https://post.example/dockers")
    assert (article.published, article.byline) == (None, ())  # it says when it was saved


def test_a_brief_as_a_mail_is_no_article():
    with pytest.raises(OwnBriefError, match="it is a brief"):
        read(render(small_brief(), "eml", Layout()))


def test_parts_without_number_or_end_are_refused():
    part = b"--B\n\nx\n"
    head = b"From: a@post.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    with pytest.raises(ReadingError, match="more than 500 parts"):
        read(head + part * 600 + b"--B--\n")


WHOLE = mail(PLAIN, NEWSLETTER, attach=(("application/pdf", "offer.pdf"),))


@given(cut=st.integers(0, len(WHOLE)), at=st.integers(0, len(WHOLE) - 1), junk=st.binary(max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_damaged_mail_is_an_article_or_refused(cut, at, junk):
    data = WHOLE[:cut]
    damaged = data[:at] + junk + data[at + len(junk) :]
    assert is_read_or_refused(damaged)
