"""What a container says of an article counts where the article itself says nothing."""

from datetime import date

import pytest

from briefing.reading.known import Known, tidied
from briefing.reading.source import read_bytes

BODY = "Dockers in Portville walked out on Monday after talks on night work failed for the third time."
KNOWN = Known(
    title="Dockers walk out",
    url="https://example.org/dockers",
    outlet="Harbour Post",
    byline=("Anna Novak",),
    published=date(2024, 5, 14),
)
PAGE = (
    '<html><head><title>Strike in Portville</title><meta property="og:site_name" content="Quay Times">'
    '<meta property="article:published_time" content="2024-05-13"></head>'
    f"<body><article><h1>Strike in Portville</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("text", "given", "published", "basis"),
    [
        (BODY, None, "2024-05-14", "metadata"),
        (f"PORTVILLE, May 12, 2024. {BODY}", None, "2024-05-14", "metadata"),
        (PAGE, None, "2024-05-13", "metadata"),
        (f"---\ndate: 2024-05-12\n---\n{BODY}", None, "2024-05-12", "front matter"),
        (PAGE, date(2024, 5, 11), "2024-05-11", "given"),
    ],
)
def test_the_order_of_sources_for_the_day(text, given, published, basis):
    """The caller's day comes first, then front matter, the page, and what is known."""
    article = read_bytes(text.encode(), "a", published=given, known=KNOWN).article
    assert (article.published, article.published_basis) == (published, basis)


def test_known_values_fill_gaps_of_the_text():
    article = read_bytes(BODY.encode(), "a", known=KNOWN).article
    assert article.title == "Dockers walk out"
    assert (article.url, article.outlet, article.byline) == (KNOWN.url, "Harbour Post", ("Anna Novak",))
    assert article.text == BODY


def test_a_page_outranks_known_values():
    article = read_bytes(PAGE.encode(), "a", known=KNOWN).article
    assert (article.title, article.outlet) == ("Strike in Portville", "Quay Times")
    assert article.url == KNOWN.url


def test_known_values_are_normalised():
    known = Known(title="Talks\u202e fail\nagain ", url="javascript:alert(1)", outlet=" \u200b ", byline=("", "A B"))
    assert tidied(known) == Known(title="Talks fail again", byline=("A B",))
