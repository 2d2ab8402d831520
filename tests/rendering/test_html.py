import logging
import re
from html.parser import HTMLParser

import pytest

from briefing.errors import RenderingError
from briefing.rendering.html import render_html
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.read_back.comparing import comparable
from tests.rendering import briefs

LAYOUT = Layout()


class Reader(HTMLParser):
    """Collects tags, addresses and the text of the body."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.ids, self.text, self.within = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        self.links += [values[key] for key in ("href", "src") if key in values]
        self.ids += [values["id"]] if "id" in values else []
        if tag not in ("meta", "link", "br"):
            self.within.append(tag)

    def handle_endtag(self, tag):
        assert self.within.pop() == tag

    def handle_data(self, data):
        if "body" in self.within:
            self.text.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("make", [briefs.typical, briefs.empty, briefs.scripts, briefs.crowded, briefs.hostile])
def test_the_screen_shows_what_paper_does(make):
    page, reader = lay_out(make(), LAYOUT), read(render_html(make(), LAYOUT))
    expected = "".join(block.text for block in page.blocks()) + page.imprint
    assert comparable("".join(reader.text)) == comparable(expected)


@pytest.mark.parametrize("make", [briefs.typical, briefs.hostile])
def test_the_file_needs_no_other_and_runs_nothing(make):
    html = render_html(make(), LAYOUT)
    reader = read(html)
    assert all(link.startswith("#") or link == make().article.url for link in reader.links)
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(reader.tags)
    assert set(re.findall(r"url\(.{6}", html.split("</style>")[0])) == {'url("data:'}
    assert not re.search(r"\son\w+=", html.split("<body>")[0])


def test_every_link_has_one_target():
    reader = read(render_html(briefs.typical(), LAYOUT))
    assert {link[1:] for link in reader.links if link.startswith("#")} == set(reader.ids)
    assert len(set(reader.ids)) == len(reader.ids)


def test_no_breaking_space_precedes_a_citation():
    body = render_html(briefs.typical(), LAYOUT).split("<body>")[1].split('<section class="evidence">')[0]
    assert '</a>&nbsp;<a href="#evidence-' in body
    assert not re.search(r'\s<a href="#evidence-', body)


def test_a_size_of_paper_cannot_smuggle_css():
    with pytest.raises(RenderingError, match="not a paper size"):
        render_html(briefs.empty(), Layout(paper="A4 } body { display: none"))


def test_the_style_sheet_adds_no_text_and_changes_none():
    css = render_html(briefs.empty(), LAYOUT).split("<style>")[1].split("</style>")[0]
    screen = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    within_pages = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", screen)
    assert "content:" not in within_pages
    assert "text-transform" not in screen
    assert "hyphens: auto" not in screen


def test_markup_of_the_article_is_text(caplog):
    with caplog.at_level(logging.WARNING):
        html = render_html(briefs.hostile(), LAYOUT)
    assert "&lt;script&gt;" in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("url", "is_link"),
    [("https://a.org/b?c=d&e", True), ("HTTP://a.org", True), ("javascript:alert(1)", False), ("file:///etc", False)],
)
def test_only_web_addresses_are_links(url, is_link):
    brief = briefs.typical()
    article = brief.article.model_copy(update={"url": url})
    reader = read(render_html(brief.model_copy(update={"article": article}), LAYOUT))
    assert (url in reader.links) == is_link
    assert url in "".join(reader.text)
