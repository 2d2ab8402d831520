"""Two addresses of the same page are equal, two of different pages are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.urls import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://news.example/a", "https://news.example/a"),
        (" HTTPS://News.Example:443/A#top\n", "https://news.example/A"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://news.example/a?utm_source=x&UTM_Medium=y&fbclid=z", "https://news.example/a"),
        ("https://news.example/a?b=2&utm_source=x&a=1&&b=1", "https://news.example/a?b=2&a=1&b=1"),
        ("https://news.example/a?utm%5Fsource=x", "https://news.example/a"),
        ("https://reader:word@news.example/a", "https://news.example/a"),
        ("https://news.example/gr%c3%bcn", "https://news.example/gr%C3%BCn"),
    ],
)
def test_parts_that_do_not_identify_the_page_are_removed(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a?id=1",
        "https://news.example/a?gallery=12&cid=5",
        "https://news.example/a?keyword=peace&session=2",
        "https://news.example/?p=17",
        "https://news.example/a?ref=chapter-2",
        "https://news.example/a/",
        "https://news.example//a",
    ],
)
def test_parts_that_may_identify_the_page_are_kept(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize("url", ["", "article.txt", "mailto:a@news.example", "http://", "http://[::1", "http://a:b/"])
def test_other_addresses_are_returned_unchanged(url: str) -> None:
    assert canonical_url(url) == url


@given(st.from_regex(r"\Ahttps?://[A-Za-z0-9.-]{1,20}(:\d{1,5})?(/[a-zA-Z%?&=#_.]{0,30})?\Z") | st.text())
def test_a_canonical_address_is_canonical(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)
