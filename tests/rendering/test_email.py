"""An e-mail is ready to send: text, HTML that every program shows, and what goes with it."""

import re
import sys
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from briefing.errors import TemplateFillError
from briefing.model.brief import Briefing, Statement
from briefing.rendering.calendar import render_calendar
from briefing.rendering.email import render_email
from briefing.rendering.formats import remarks
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.attachments import cited_only
from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.themes import colours_of
from tests.fakes.hostile_lines import MARK, PAYLOADS
from tests.rendering import briefs

LAYOUT = Layout()
FULL = Layout(
    marking="TLP:AMBER",
    distribution=("Press section", "Ambassador"),
    sections=(*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "full"})),
)
ALL_BRIEFS = [briefs.typical, briefs.empty, briefs.scripts, briefs.twins, briefs.hostile]


class Reader(HTMLParser):
    """Collects tags, attributes and the text of the body."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text, self.in_body = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.in_body = self.in_body or tag == "body"

    def handle_data(self, data):
        if self.in_body:
            self.text.append(data)


def message_of(brief, layout=LAYOUT):
    return message_from_bytes(render_email(brief, layout), policy=default)


def text_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(message):
    return message.get_body(("html",)).get_content()


def attached_to(message):
    return {part.get_filename(): part for part in message.iter_attachments()}


def test_the_header_describes_the_mail_without_people():
    message = message_of(briefs.typical(), FULL)
    assert message["Subject"] == f"[TLP:AMBER] {briefs.TITLE}"
    assert message["Date"].datetime.isoformat() == "2031-06-09T00:00:00+00:00"
    assert message["X-Unsent"] == "1"
    assert message["Comments"] == "Distribution: Press section, Ambassador"
    assert message["From"] is message["To"] is None
    assert message_of(briefs.typical())["Subject"] == briefs.TITLE


def test_the_message_id_is_that_of_brief_and_profile():
    brief = briefs.typical()
    first = message_of(brief)["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}@briefing\.invalid>", first)
    assert message_of(brief)["Message-ID"] == first
    assert message_of(brief, FULL)["Message-ID"] != first
    assert message_of(brief.model_copy(update={"summary": ()}))["Message-ID"] != first


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_text_and_html_are_alternatives_and_files_are_attached(make):
    message = message_of(make(), FULL)
    assert message.get_content_type() == "multipart/mixed"
    body = next(message.iter_parts())
    assert body.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html"]
    assert all(not part.defects for part in message.walk())


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_lines_fit_mail_and_are_ascii(make):
    content = render_email(make(), FULL)
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    head, _, body = content.partition(b"\r\n\r\n")
    assert max(len(line) for line in head.split(b"\r\n")) <= 998
    assert max(len(line) for line in body.split(b"\r\n")) <= 78


@pytest.mark.parametrize("layout", [LAYOUT, FULL])
@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_the_html_says_what_the_page_says(make, layout):
    page = lay_out(make(), layout)
    printed = "".join(block.text for block in page.blocks()) + page.imprint
    shown = "".join(Reader(html_of(message_of(make(), layout))).text)
    assert comparable(shown) == comparable(f"{page.marking}{printed}{page.marking}")


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_the_text_holds_every_line_of_the_page(make):
    page = lay_out(make(), FULL)
    lines = [comparable(line) for line in text_of(message_of(make(), FULL)).splitlines()]
    everything = "".join(lines)
    for text in (page.kicker, page.title, page.origin, page.distribution, page.imprint, page.marking):
        assert comparable(text) in lines
    for band in page.bands:
        for section in band.sections:
            assert comparable(section.label) in lines
            texts = [block.text for row in section.rows for block in row.blocks() if block.kind == "cell"]
            for text in texts or ([] if section.rows else [section.empty]):
                assert comparable(text) in everything
    for item in page.evidence.rows:
        assert comparable(f"[{item.number}] {item.origin}: {item.text}") in lines


def test_our_words_are_between_asterisks_in_the_text():
    assert "- Mr Okoro *[Belmora]* rejects the quota" in text_of(message_of(briefs.typical()))


@pytest.mark.parametrize("make", [briefs.typical, briefs.hostile])
def test_the_html_needs_nothing_from_outside_and_runs_nothing(make):
    reader = Reader(html_of(message_of(make(), FULL)))
    assert not {"script", "style", "link", "img", "iframe", "object", "base"} & {tag for tag, _ in reader.elements}
    links = [attributes["href"] for _, attributes in reader.elements if "href" in attributes]
    assert all(link.startswith("#") or link == make().article.url for link in links)
    assert not any(name.startswith(("on", "src")) for _, attributes in reader.elements for name in attributes)
    styles = " ".join(attributes.get("style", "") for _, attributes in reader.elements)
    assert f"#{colours_of(lay_out(make(), FULL))['accent'].lower()}" in styles
    for word in ("var(", "flex", "grid", "url(", "position", "@"):
        assert word not in styles


def test_every_link_within_has_its_target():
    reader = Reader(html_of(message_of(briefs.typical())))
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    links = {a["href"][1:] for _, a in reader.elements if a.get("href", "").startswith("#")}
    assert links == set(ids)
    assert len(set(ids)) == len(ids)


def test_the_accent_is_the_profiles():
    html = html_of(message_of(briefs.empty(), Layout(theme="newsroom", accent="#0A7b3c")))
    assert "color: #0a7b3c" in html
    assert "Georgia" not in html


@pytest.mark.parametrize(
    ("attach", "names"),
    [
        ("full", ["brief.pdf", "briefing.json", "events.ics"]),
        ("brief", ["brief.pdf", "briefing.json", "events.ics"]),
        ("none", ["brief.pdf", "events.ics"]),
    ],
)
def test_attachments_follow_the_profile(attach, names):
    layout = Layout(attach=attach)
    attached = attached_to(message_of(briefs.typical(), layout))
    assert list(attached) == names
    assert attached["brief.pdf"].get_content() == render_pdf(briefs.typical(), layout)
    if attach != "none":
        brief = Briefing.model_validate_json(attached["briefing.json"].get_content())
        assert brief == (briefs.typical() if attach == "full" else cited_only(briefs.typical()))


def test_the_calendar_is_attached_if_an_event_is_dated():
    part = attached_to(message_of(briefs.typical()))["events.ics"]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert part.get_payload(decode=True) == render_calendar(briefs.typical(), LAYOUT)
    assert len(Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")) == 2
    assert "events.ics" not in attached_to(message_of(briefs.hostile()))


def test_without_pango_the_pdf_is_omitted_with_a_notice(monkeypatch):
    assert remarks(briefs.empty(), "eml") == ()
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # cannot be imported
    message = message_of(briefs.typical())
    assert list(attached_to(message)) == ["briefing.json", "events.ics"]
    (remark,) = remarks(briefs.empty(), "eml")
    assert "apt-get install libpango" in remark


def test_a_section_of_others_is_printed_too():
    brief = briefs.typical()
    fact = Statement(text="A sum of money.", evidence=briefs.evidence_of(brief.article, 1))
    layout = Layout(sections=(SectionLayout("sums", "Sums of money"), *LAYOUT.sections))
    message = message_of(brief.model_copy(update={"extensions": {"sums": (fact,)}}), layout)
    assert "Sums of money\n-------------\n- A sum of money. [1]\n" in text_of(message)
    assert "A sum of money." in html_of(message)


def test_a_users_templates_replace_ours_and_load_nothing(tmp_path):
    sheet = tmp_path / "a.css"
    sheet.write_text("p { color: #010203 }")
    linked = f'<link rel="stylesheet" href="{sheet.as_uri()}"><link rel="stylesheet" href="http://127.0.0.1:9/a.css">'
    (tmp_path / "email.html.j2").write_text(f"<html><head>{linked}</head><body><p>Mine</p></body></html>")
    (tmp_path / "email.txt.j2").write_text("Mine: {{ page.title }}")
    message = message_of(briefs.typical(), Layout(templates=str(tmp_path)))
    assert text_of(message) == f"Mine: {briefs.TITLE}\n"
    assert "Mine</p>" in html_of(message)
    assert "#010203" not in html_of(message)


def test_a_broken_template_is_reported(tmp_path):
    (tmp_path / "brief.html.j2").write_text("{{ nobody }}")
    with pytest.raises(TemplateFillError, match="nobody"):
        render_email(briefs.typical(), Layout(templates=str(tmp_path)))


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=300))
def test_any_title_is_a_subject(monkeypatch, title):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # cannot be imported
    article = briefs.article_with("Nothing doing", "Nothing happened.").model_copy(update={"title": title})
    brief = briefs.brief_of(article)
    message = message_of(brief, Layout(attach="none"))
    page = lay_out(brief, LAYOUT)
    assert "".join(message["Subject"].split()) == "".join(page.title.split())
    assert set(message.keys()) == {"Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"}
    assert comparable(page.title) in comparable(text_of(message))


def hostile_everywhere(text):
    """Return a brief and a layout with a text in every field that others write."""
    brief = briefs.typical()
    article = brief.article.model_copy(update={"title": text, "outlet": text, "byline": (text,), "url": text})
    made = brief.provenance.model_copy(update={"briefing": text, "profile": text, "source_sha256": text})
    layout = Layout(title=text, marking=text[:60], distribution=(text, text), attach="full")
    return brief.model_copy(update={"article": article, "provenance": made}), layout


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_text_starts_a_header_of_its_own(monkeypatch, text):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # cannot be imported
    brief, layout = hostile_everywhere(text)
    content, page = render_email(brief, layout), lay_out(brief, layout)
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    names = ["Subject", "Date", "Message-ID", "X-Unsent", "Comments", "MIME-Version", "Content-Type"]
    assert [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith(" ")] == names
    message = message_from_bytes(content, policy=default)
    assert message.keys() == names
    assert message["Subject"] == f"[{page.marking}] {page.title}"
    assert list(attached_to(message)) == ["briefing.json", "events.ics"]
    for part in list(message.walk())[1:]:
        assert not {name for name in part if not name.startswith("Content-")} - {"MIME-Version"}
        assert MARK not in "".join(part.values())
