"""The text of an article, without the furniture of its site."""

import pytest

from briefing.reading.source import read_bytes
from tests.reading.pages import TEXT, page
from tests.reading.web.site_pages import STORY, SitePage, site_pages

PAGES = site_pages()


def printed(page: SitePage) -> list[str]:
    """Return the paragraphs and sub-headings that briefs may be made of."""
    article = read_bytes(page.html.encode(), "page.html").article
    texts = [article.text[p.start : p.end] for p in article.paragraphs if p.role not in ("title", "boilerplate")]
    return [text for text in texts if text not in page.optional]


@pytest.mark.parametrize("kind", PAGES)
def test_the_article_of_a_site_is_read_without_its_furniture(kind):
    assert printed(PAGES[kind]) == list(PAGES[kind].article)


@pytest.mark.parametrize(
    "box",
    [
        "<div class=siteNotice><p>{}</p></div>",
        "<div class=c-block__photo-caption><p>{}</p></div>",
        "<p id=inline_signup-4>{}</p>",
        "<div role=complementary><p>{}</p></div>",
        "<div><p>{}</p><div><input type=email></div></div>",
        "<div><h3>Letters</h3><section><p>{}</p></section><textarea></textarea></div>",
    ],
)
def test_a_box_is_known_by_its_role_name_or_fields(box):
    text = read_bytes(page(inside=box.format("Nobody on the coast misses our letter.")).encode(), "a.html").article.text
    assert "our letter" not in text
    assert TEXT[3] in text


@pytest.mark.parametrize(
    "kept",
    [
        "<p>The union called <span class=promo>the widely known words</span> an insult.</p>",
        "<div class=credited><p>The widely known words of both sides are here.</p></div>",
        "<div class=subscriber><p>The widely known words of both sides are here.</p></div>",
        "<div><p>The widely known words of both sides are here.</p><input type=hidden></div>",
        f"<div class=promo><p>The widely known words of both sides are here. {' '.join(STORY)}</p></div>",
    ],
)
def test_an_article_that_is_named_like_a_box_stays(kept):
    assert "widely known words" in read_bytes(page(inside=kept).encode(), "a.html").article.text


def test_paragraphs_that_are_all_named_like_boxes_stay():
    html = page().replace("<p>", "<p class=caption>")
    assert printed(SitePage(html, (), frozenset()))[1:] == [TEXT[1], "Night work in dispute", *TEXT[2:]]
