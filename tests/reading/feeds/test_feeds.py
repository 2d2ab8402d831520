"""Feeds: what they name, in what order, and what is wrong with them."""

import json
import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ReadingError
from briefing.reading.feeds.feeds import MAX_ENTRIES, Feed, read_feed
from briefing.reading.feeds.opml import MAX_FEEDS, ListedFeed, read_opml

TODAY = date(2024, 5, 18)
BASE = "https://news.example/feeds/world.xml"
KEYS = (
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "authors",
    "name",
)
LONG = "<p>" + "The ministers met in Oslo and agreed on the quota for the coming year. " * 12 + "</p>"


def rss(*items: str, head: str = "") -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0" {spaces}><channel><title>Northern Wire</title>{inside}</channel></rss>'.encode()


def atom(*entries: str) -> bytes:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Northern Wire</title>{inside}</feed>'.encode()


def json_feed(*items: object, **more: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Northern Wire", "items": items} | more
    ).encode()


def read(data: bytes, **options: object) -> Feed:
    return read_feed(data, "the feed", **({"today": TODAY, "base": BASE} | options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        rss(
            "<title>Talks &amp;amp; tea</title><link>/a</link><pubDate>Fri, 17 May 2024 23:30:00 -0500</pubDate>"
            "<dc:creator>Mara Lindqvist</dc:creator><guid>1</guid>"
            f"<content:encoded><![CDATA[{LONG}]]></content:encoded>"
        ),
        atom(
            '<id>1</id><title type="html">Talks &amp;amp; tea</title><link href="../a"/>'
            "<updated>2024-05-17T23:30:00-05:00</updated>"
            f"<author><name>Mara Lindqvist</name></author><content type='html'><![CDATA[{LONG}]]></content>"
        ),
        json_feed(
            {
                "id": 1,
                "title": "Talks & tea",
                "url": "https://news.example/a",
                "date_published": "2024-05-17T23:30:00-05:00",
                "authors": [{"name": "Mara Lindqvist"}],
                "content_html": LONG,
            }
        ),
    ],
    ids=["rss", "atom", "json"],
)
def test_each_kind_of_feed_says_the_same(data: bytes) -> None:
    feed = read(data)
    assert (feed.title, feed.notices) == ("Northern Wire", ())
    (entry,) = feed.entries
    assert (entry.id, entry.title, entry.url) == ("1", "Talks & tea", "https://news.example/a")
    assert (entry.published, entry.byline) == (date(2024, 5, 17), ("Mara Lindqvist",))  # the day where it was published
    assert (entry.is_excerpt, entry.notices) == (False, ())
    assert b"<h1>Talks &amp; tea</h1><p>The ministers met" in entry.page


@pytest.mark.parametrize(
    ("text", "is_excerpt"),
    [
        (LONG, False),
        ("<p>The ministers met in Oslo.</p>", True),
        ("", True),
        (LONG + "<p>The talks go on […]</p>", True),
        (LONG + "<p>The talks go on...</p>", True),
        (LONG + "<p>They failed. <a href='/a'>Continue reading <b>Talks fail</b></a> →</p>", True),
        (LONG + "<p>Read more</p>", True),
        (LONG + "<p>Pupils will read more, the minister said.</p>", False),
        (LONG + "<p>“We will read more about it”, he said.</p>", False),
    ],
)
def test_a_short_or_cut_entry_is_an_excerpt(text: str, is_excerpt: bool) -> None:
    (entry,) = read(rss(f"<link>/a</link><description><![CDATA[{text}]]></description>")).entries
    assert entry.is_excerpt == is_excerpt


@pytest.mark.parametrize(
    ("written", "published", "noticed"),
    [
        ("Sat, 18 May 2024 10:00:00 GMT", date(2024, 5, 18), False),
        ("18 May 2024 10:00", date(2024, 5, 18), False),
        ("2024-05-18T10:00:00Z", date(2024, 5, 18), False),
        ("2024-05-18", date(2024, 5, 18), False),
        ("Sun, 19 May 2024 01:00:00 +1400", date(2024, 5, 19), False),
        ("Fri, 01 May 2099 10:00:00 GMT", None, True),
        ("2024-05-21", None, True),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, True),
        ("0001-01-01T00:00:00Z", None, True),
        ("last Tuesday", None, False),
        ("", None, False),
        ("2024-13-45T00:00:00Z", None, False),
        ("99999999999999999999", None, False),
    ],
)
def test_an_impossible_day_is_ignored(written: str, published: date | None, noticed: bool) -> None:
    (entry,) = read(rss(f"<link>/a</link><pubDate>{written}</pubDate>")).entries
    assert entry.published == published
    assert [notice.code for notice in entry.notices] == (["impossible-date"] if noticed else [])


@pytest.mark.parametrize(
    ("link", "base", "url"),
    [
        ("<link>/a?b=1&amp;c=2</link>", BASE, "https://news.example/a?b=1&c=2"),
        ("<link>a</link>", BASE, "https://news.example/feeds/a"),
        ("<link>//other.example/a</link>", BASE, "https://other.example/a"),
        ("<link>/a</link>", None, None),
        ("<guid>https://news.example/g</guid>", BASE, "https://news.example/g"),
        ('<guid isPermaLink="false">https://news.example/g</guid>', BASE, None),
        ("<guid>g-17</guid>", BASE, None),
        ("<link>javascript:alert(1)</link>", BASE, None),
        ("<link>file:///etc/passwd</link>", BASE, None),
        ("<link>https://[::1</link>", BASE, None),
        ("<link>https://news.example/a\u202eb</link>", BASE, None),
    ],
)
def test_a_link_is_taken_where_it_leads_to_a_page(link: str, base: str | None, url: str | None) -> None:
    (entry,) = read(rss(f"{link}<description>The ministers met.</description>"), base=base).entries
    assert entry.url == url


def test_a_link_in_a_file_is_relative_to_the_feed() -> None:
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="https://news.example/feed"/>'
    (entry,) = read(f'{head}<entry><link href="a"/></entry></feed>'.encode(), base=None).entries
    assert entry.url == "https://news.example/a"


def test_the_newest_come_first_and_undated_ones_last() -> None:
    days = ("Mon, 13 May 2024 10:00:00 GMT", "", "Fri, 17 May 2024 09:00:00 +0200", "Fri, 17 May 2024 08:00:00 GMT", "")
    feed = read(rss(*(f"<link>/{n}</link><pubDate>{day}</pubDate>" for n, day in enumerate(days))))
    assert [entry.url and entry.url[-1] for entry in feed.entries] == ["3", "2", "0", "1", "4"]


def test_a_repeated_entry_is_read_once() -> None:
    feed = read(
        rss(
            "<guid>1</guid><link>/a</link>",
            "<guid>1</guid><link>/a-again</link>",
            "<guid>2</guid><link>/a?utm_source=feed</link>",
            "<guid>3</guid><link>/b</link>",
        )
    )
    assert [entry.id for entry in feed.entries] == ["1", "3"]
    assert [notice.message for notice in feed.notices] == ["2 repeated entries were left out."]


def test_an_entry_without_link_and_text_is_reported() -> None:
    feed = read(rss("<title>Talks</title>", "<link>/a</link>", "<description>The ministers met.</description>"))
    assert [(entry.url, bool(entry.page)) for entry in feed.entries] == [
        ("https://news.example/a", False),
        (None, True),
    ]
    assert [notice.message for notice in feed.notices] == ["1 entry without a link and a text was left out."]


def test_the_newest_of_ten_thousand_entries_are_read() -> None:
    items = (f"<link>/{n}</link><pubDate>{n % 28 + 1} Apr 2024 10:{n % 60:02}:00 GMT</pubDate>" for n in range(10_000))
    feed = read(rss(*items))
    assert len(feed.entries) == MAX_ENTRIES
    assert {entry.published for entry in feed.entries} == {date(2024, 4, 28)}
    assert [notice.message for notice in feed.notices] == ["9,800 entries left out: the newest 200 are read."]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % more SYSTEM "http://127.0.0.1/more.dtd"> %more;]>',
        '<!doctype rss PUBLIC "x" "y" [<!ELEMENT rss ANY>]>',
        "<!-- a comment --><?pi?> <!DOCTYPE rss [ ]>",
        "<!DOCTYPE rss",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused_unread(doctype: str, encoding: str) -> None:
    data = rss("<title>&l9;&secret;</title><link>/a</link>", head=doctype).decode().encode(encoding)
    start = time.monotonic()
    with pytest.raises(ReadingError, match="declares entities or elements of its own"):
        read(data)
    assert time.monotonic() - start < 1


def test_a_document_type_and_html_entities_are_allowed() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.example/rss.dtd">'
    (entry,) = read(
        rss("<title>Caf&eacute;&nbsp;talks &amp; &lt;b&gt;tea&lt;/b&gt; &odd;</title><link>/a</link>", head=head)
    ).entries
    assert entry.title == "Café talks & tea &odd;"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!DOCTYPE html><html><body><p>Welcome</p></body></html>", "it is a web page, not a feed"),
        (b"<html><head><title>Log in</title></head></html>", "it is a web page, not a feed"),
        (b"<catalog><book/></catalog>", "it is XML, but not a feed"),
        (b"The ministers met.", "no XML"),
        (b"", "it is empty"),
        (b"\x89PNG\r\n\x1a\n0000", "PNG"),
        (b"{", "not a JSON feed"),
        (b'{"items": {}}', "it is JSON, but not a feed"),
        (b"{" + b'"a":{' * 100_000, "not a JSON feed"),
    ],
)
def test_a_file_that_is_no_feed_is_reported(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(data)


def test_a_broken_entry_fails_alone() -> None:
    whole = rss(
        "<title>A</title><link>/a</link>", "<title>B & C</title><link>/b</link>", "<title>D</title><link>/d</link>"
    )
    feed = read(whole[: whole.index(b"<title>D")])
    assert [entry.title for entry in feed.entries] == ["A", "B & C"] or [e.title for e in feed.entries] == ["A", "B C"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "koi8-r", "windows-1252"])
def test_a_feed_is_read_in_the_encoding_that_it_names(encoding: str) -> None:
    name = "Мара" if encoding == "koi8-r" else "Måra"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    (entry,) = read(rss(f"<title>{name}</title><link>/a</link>", head=head).decode().encode(encoding)).entries
    assert entry.title == name


def test_values_of_the_wrong_type_count_as_missing() -> None:
    feed = read(
        json_feed(
            {
                "id": ["x"],
                "url": {"a": 1},
                "title": 7,
                "authors": [None, {"name": []}],
                "content_text": "One.\n\nTwo <b>",
            },
            "not an entry",
            None,
            title=["x"],
        )
    )
    (entry,) = feed.entries
    assert (feed.title, entry.title, entry.url, entry.byline) == (None, "7", None, ())
    assert b"<p>One.</p><p>Two &lt;b&gt;</p>" in entry.page


@given(
    st.binary(max_size=300)
    | st.text(alphabet="<>/!?[]&;:\"'=- rsfeditmlnk0{}", max_size=200).map(lambda text: f"<rss>{text}".encode())
)
def test_any_bytes_give_a_feed_or_a_reason(data: bytes) -> None:
    try:
        feed = read(data)
    except ReadingError:
        return
    assert isinstance(feed, Feed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), JSON | st.just("2099-01-01T00:00:00Z")) | JSON, max_size=4), JSON
)
def test_every_json_entry_has_an_address_or_a_text(items: list[object], title: object) -> None:
    for entry in read(json_feed(*items, title=title)).entries:
        assert entry.url or entry.page
        assert entry.published is None or entry.published <= date(2024, 5, 20)


@pytest.mark.parametrize(
    "filler",
    [
        "<" * 200_000,
        "<a>" * 200_000,
        "&" * 200_000,
        "<![CDATA[" * 20_000,
        "<!--" * 50_000,
        "<?" * 100_000,
        "<item>" * 50_000,
    ],
)
def test_a_hostile_feed_is_read_fast(filler: str) -> None:
    start = time.monotonic()
    with suppress(ReadingError):
        read(b"<rss version='2.0'><channel>" + filler.encode())
    assert time.monotonic() - start < 5


class TestOpml:
    """Lists of feeds."""

    def test_feeds_in_groups_come_in_order_each_once(self) -> None:
        data = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
            <outline text="World"><outline text="One" type="rss" xmlUrl="https://one.example/feed"/>
            <outline title="Two &amp; more" text="two" XMLURL="http://two.example/rss"/></outline>
            <outline text="One again" xmlUrl="https://ONE.example/feed"/><outline text="no feed"/>
            <outline xmlUrl="file:///etc/passwd"/></body></opml>"""
        assert read_opml(data, "mine.opml") == (
            ListedFeed("https://one.example/feed", "One"),
            ListedFeed("http://two.example/rss", "Two & more"),
        )

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"<opml><body><outline text='x'/></body></opml>", "it names no feed"),
            (rss(), "it is not a list of feeds"),
            (f"<!DOCTYPE opml [{LAUGHS}]><opml/>".encode(), "declares entities"),
            (b"not XML", "no XML"),
            (
                b"<opml>"
                + b"".join(b'<outline xmlUrl="http://a.example/%d"/>' % n for n in range(MAX_FEEDS + 1))
                + b"</opml>",
                "more than 500: split it",
            ),
        ],
    )
    def test_a_file_that_is_no_list_is_reported(self, data: bytes, reason: str) -> None:
        with pytest.raises(ReadingError, match=reason):
            read_opml(data, "mine.opml")


def test_half_a_character_in_a_json_feed_is_replaced() -> None:
    (entry,) = read(
        json_feed({"id": "1\ud800", "title": "A\udfff pact", "content_text": "They \ud800 agreed."})
    ).entries
    assert (entry.id, entry.title) == ("1?", "A? pact")
    assert b"They ? agreed." in entry.page
