"""Articles from addresses, feeds and lists of feeds, as a user asks for them."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner, Result
from werkzeug import Request, Response

from briefing.archive.archive import Archive
from briefing.cli import app
from briefing.jobs.briefs import make_briefs
from briefing.jobs.results import Destination
from briefing.profile.profile import load_profile
from briefing.reading.feeds.state import FeedState
from briefing.reading.web.fetch import Fetcher, FetchLimits
from briefing.sources.links import Web, expand
from briefing.sources.records import FeedRead, Link, Skipped, Source, Unbriefed
from tests.fakes.servers import PUBLIC, FakeNames, Loopback

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>{title}</h1><p>Norway and Iceland signed an agreement on mackerel quotas on Tuesday, minister Ingrid
Solheim said in {place}. The two governments had negotiated for three years.</p><p>"The stock must not fall below the
level of 2019," Solheim told reporters after the ceremony.</p><p>The ministers will meet again in Bergen on 6 June to
talk about herring, which Iceland wants to fish further north.</p></article></body></html>"""
EXCERPT = "Norway and Iceland signed an agreement on mackerel quotas on Tuesday, minister Ingrid Solheim said."
# Profiles whose runs do not wait between requests.
PROFILE = "extends: standard\noutputs: [json]\nfetch: {delay: 0}\n"


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    httpserver.no_handler_status_code = 404  # a site without robots.txt
    return httpserver


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quick.yaml").write_text(PROFILE)
    return tmp_path


def make(*arguments: str, private: bool = True) -> Result:
    allowed = ("--allow-private",) if private else ()
    return CliRunner().invoke(app, ["make", "--profile", "quick.yaml", *allowed, *arguments])


def serve_page(server: HTTPServer, path: str, title: str, place: str = "Oslo") -> None:
    server.expect_request(path).respond_with_data(PAGE.format(title=title, place=place), content_type="text/html")


def rss(*items: str) -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Northern Wire</title>{inside}</channel></rss>'


def item(number: int, title: str, day: int = 14, text: str = EXCERPT) -> str:
    day_of = f"<pubDate>{day} May 2024 10:00:00 GMT</pubDate>"
    return f"<guid>{number}</guid><title>{title}</title><link>/{number}</link>{day_of}<description>{text}</description>"


def brief(path: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads(path.read_text())
    return read


def test_a_page_is_briefed_under_its_title_with_its_address(server: HTTPServer, folder: Path) -> None:
    serve_page(server, "/news", "Mackerel pact signed")
    server.expect_request("/old").respond_with_data("", status=301, headers={"Location": "/news"})
    done = make(server.url_for("/old"))
    assert (done.exit_code, done.stdout) == (0, "mackerel-pact-signed.json\n")
    article = brief(folder / "mackerel-pact-signed.json")["article"]
    assert article["url"] == server.url_for("/news")  # type: ignore[index]


def test_a_local_address_is_refused_without_permission(server: HTTPServer) -> None:
    done = make(server.url_for("/news"), private=False)
    assert done.exit_code == 1
    assert re.fullmatch(
        r"cannot fetch http://localhost:\d+/news: .* which is private: .*--allow-private.*\n", done.stderr
    )
    assert server.log == []


@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "koi8-r", "no-such-charset", None])
def test_a_page_with_a_wrong_charset_keeps_its_letters(server: HTTPServer, folder: Path, charset: str | None) -> None:
    content = PAGE.format(title="Pact signed in Tromsø", place="Tromsø")
    encoded = content.encode("cp1252" if charset == "windows-1252" else "utf-8")
    kind = "text/html" if charset is None else f"text/html; charset={charset}"
    server.expect_request("/news").respond_with_data(encoded, content_type=kind)
    assert make(server.url_for("/news")).exit_code == 0
    assert "said in Tromsø." in (folder / "pact-signed-in-tromsø.json").read_text()


def test_a_feed_is_recognised_and_its_articles_are_fetched(server: HTTPServer, folder: Path) -> None:
    for number, title in ((1, "Mackerel pact signed"), (2, "Herring talks opened")):
        serve_page(server, f"/{number}", title)
    feed = rss(item(1, "Mackerel", day=13), item(2, "Herring", day=14))
    server.expect_request("/feed").respond_with_data(feed, content_type="text/plain")
    done = make(server.url_for("/feed"))
    assert done.stdout == "herring-talks-opened.json\nmackerel-pact-signed.json\n"  # the newest first
    assert (done.exit_code, done.stderr) == (0, "")
    article = brief(folder / "mackerel-pact-signed.json")["article"]
    assert {key: article[key] for key in ("outlet", "published", "published_basis", "url")} == {  # type: ignore[index]
        "outlet": "Northern Wire",
        "published": "2024-05-13",
        "published_basis": "metadata",
        "url": server.url_for("/1"),
    }


def test_a_full_entry_of_a_feed_is_not_fetched(server: HTTPServer) -> None:
    whole = " ".join(f"&lt;p&gt;{EXCERPT} It was the {n}th of its kind.&lt;/p&gt;" for n in range(4, 14))
    server.expect_request("/feed").respond_with_data(rss(item(1, "Mackerel pact signed", text=whole)))
    done = make(server.url_for("/feed"))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "mackerel-pact-signed.json\n", "")
    assert "/1" not in [request.path for request, _ in server.log]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Response("gone", status=410), r"cannot fetch http://\S+/1: its server answers 410 \(Gone\)"),
        (
            Response("<html><body><nav>Log in</nav></body></html>"),
            r"cannot read http://\S+/1: the page holds no article",
        ),
        (Response(b"\x89PNG\r\n\x1a\n0000", content_type="image/png"), "a PNG picture"),
    ],
    ids=["gone", "login page", "picture"],
)
def test_an_unreachable_article_is_briefed_from_its_excerpt(
    server: HTTPServer, folder: Path, answer: Response, reason: str
) -> None:
    server.expect_request("/1").respond_with_response(answer)
    server.expect_request("/feed").respond_with_data(rss(item(1, "Mackerel pact signed")))
    done = make(server.url_for("/feed"))
    assert (done.exit_code, done.stdout) == (0, "mackerel-pact-signed.json\n")
    (notice,) = brief(folder / "mackerel-pact-signed.json")["notices"]  # type: ignore[misc]
    assert notice["code"] == "excerpt-only"
    assert re.match(rf"Only the excerpt in the feed was read: .*{reason}", notice["message"])


def test_a_dead_source_among_ten_fails_alone(server: HTTPServer) -> None:
    for number in range(9):
        serve_page(server, f"/{number}", f"Mackerel pact number {number}")
    addresses = [server.url_for(f"/{number}") for number in range(10)]
    done = make(*addresses)
    assert len(done.stdout.splitlines()) == 9
    reason = "its server answers 404 (Not Found): there is no such page: check the address"
    assert done.stderr == f"cannot fetch {addresses[9]}: {reason}\n"
    assert done.exit_code == 1


@pytest.mark.parametrize("name", ["feed.xml", "notes.txt"])
def test_a_feed_in_a_file_is_recognised_by_content(server: HTTPServer, folder: Path, name: str) -> None:
    serve_page(server, "/1", "Mackerel pact signed")
    (folder / name).write_text(rss(item(1, "Mackerel").replace("<link>", f"<link>{server.url_for('')}")))
    done = make(name)
    assert (done.exit_code, done.stdout) == (0, "mackerel-pact-signed.json\n")


def test_a_feed_in_a_folder_makes_no_request(server: HTTPServer, folder: Path) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "feed.txt").write_text(
        rss(item(1, "Mackerel").replace("<link>", f"<link>{server.url_for('')}"))
    )
    done = make("inbox")
    assert (done.exit_code, server.log) == (1, [])
    assert "it is a feed" in done.stderr


def test_a_list_of_feeds_is_read_feed_by_feed(server: HTTPServer, folder: Path) -> None:
    serve_page(server, "/1", "Mackerel pact signed")
    server.expect_request("/good").respond_with_data(rss(item(1, "Mackerel")))
    server.expect_request("/page").respond_with_data("<html><body>Welcome</body></html>")
    feeds = "".join(f'<outline xmlUrl="{server.url_for(path)}"/>' for path in ("/gone", "/page", "/good"))
    (folder / "feeds.opml").write_text(f"<opml><body>{feeds}</body></opml>")
    done = make("feeds.opml")
    assert (done.exit_code, done.stdout) == (1, "mackerel-pact-signed.json\n")
    gone, page = done.stderr.splitlines()
    assert "answers 404" in gone
    assert "/page: it is a web page, not a feed" in page


def test_an_article_that_two_feeds_name_is_briefed_once(server: HTTPServer, folder: Path) -> None:
    serve_page(server, "/1", "Mackerel pact signed")
    server.expect_request("/world").respond_with_data(rss(item(1, "Mackerel")))
    server.expect_request("/fish").respond_with_data(rss(item(1, "Fish").replace("/1<", "/1?utm_source=fish<")))
    done = make(server.url_for("/world"), server.url_for("/fish"))
    assert (done.exit_code, done.stdout) == (0, "mackerel-pact-signed.json\n")
    article = brief(folder / "mackerel-pact-signed.json")["article"]
    assert article["url"] == server.url_for("/1")  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        ("<html><body>Log in</body></html>", "application/rss+xml", "it is a web page, not a feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "text/xml", "declares entities"),
        ("{}", "application/feed+json", "it is JSON, but not a feed"),
    ],
)
def test_a_feed_that_cannot_be_read_is_reported(server: HTTPServer, content: str, kind: str, reason: str) -> None:
    server.expect_request("/feed").respond_with_data(content, content_type=kind)
    done = make(server.url_for("/feed"))
    assert done.exit_code == 1
    assert reason in done.stderr


def test_an_odd_feed_is_reported_and_costs_nothing_else(server: HTTPServer, folder: Path) -> None:
    serve_page(server, "/1", "Mackerel pact signed")
    day = "<pubDate>1 May 2099 10:00:00 GMT</pubDate>"
    first = re.sub("<pubDate>.*</pubDate>", day, item(1, "Mackerel"))
    server.expect_request("/feed").respond_with_data(rss(first, first, "<title>Nothing</title>"))
    done = make(server.url_for("/feed"))
    assert (done.exit_code, done.stdout) == (0, "mackerel-pact-signed.json\n")
    assert "1 entry without a link and a text was left out." in done.stderr
    assert "1 repeated entry was left out." in done.stderr
    notices = brief(folder / "mackerel-pact-signed.json")["notices"]
    assert [notice["code"] for notice in notices] == ["no-publication-date", "impossible-date"]  # type: ignore[attr-defined]


def test_one_output_takes_a_feed_of_one_article(server: HTTPServer) -> None:
    serve_page(server, "/1", "Mackerel pact signed")
    server.expect_request("/one").respond_with_data(rss(item(1, "Mackerel")))
    server.expect_request("/two").respond_with_data(rss(*(item(n, f"Mackerel {n}") for n in range(2, 60))))
    assert make(server.url_for("/one"), "-o", "brief.json").stdout == "brief.json\n"
    done = make(server.url_for("/two"), "-o", "brief.json")
    assert (done.exit_code, done.stderr) == (
        2,
        "briefing: --output takes one article in one format; use --output-dir\n",
    )
    assert len(server.log) < 12  # not all of the articles were fetched to find that out


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("proxy: socks5://proxy.example", "fetch.proxy: only a proxy reached over http is used"),
        ("proxy: 'http://name:word@proxy.example'", "it holds a password"),
        ("timeout: 0", "fetch.timeout"),
        ("max_bytes: 10", "fetch.max_bytes"),
        ("delays: 1", "unknown key 'delays'; did you mean 'delay'?"),
    ],
)
def test_invalid_fetch_options_are_refused(folder: Path, written: str, reason: str) -> None:
    (folder / "quick.yaml").write_text(f"fetch: {{{written}}}\n")
    done = make("http://news.example/")
    assert done.exit_code == 2
    assert reason in done.stderr


def test_the_environment_may_name_a_proxy(server: HTTPServer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "quick.yaml").write_text("fetch: {proxy: 'env:NEWS_PROXY'}\n")
    done = make(server.url_for("/a"))
    assert "the environment variable NEWS_PROXY, which is not set" in done.stderr
    monkeypatch.setenv("NEWS_PROXY", "socks5://proxy.example")
    assert "only a proxy reached over http" in make(server.url_for("/a")).stderr


class TestFeedState:
    """The stored state of a feed: each article is read once, and no article is lost."""

    def run(
        self, server: HTTPServer, state: FeedState | None = None, origin: int = 0
    ) -> tuple[list[Source], FeedState]:
        fetcher = Fetcher(allow_private=True, limits=FetchLimits(delay=0.0, attempts=1))
        web = Web(lambda: fetcher, date(2024, 5, 20), state_of=lambda _url: state)
        *articles, last = expand([Link("the feed", url=server.url_for("/feed"), origin=origin)], web)
        assert isinstance(last, FeedRead)
        assert last.state is not None
        return [article for article in articles if isinstance(article, Source)], last.state

    def serve(self, server: HTTPServer, *numbers: int) -> None:
        tag = f'"{len(numbers)}"'

        def answer(request: Request) -> Response:
            if request.headers.get("If-None-Match") == tag:
                return Response(status=304)
            return Response(rss(*(item(n, f"Article {n}") for n in numbers)), headers={"ETag": tag})

        server.clear_all_handlers()
        server.expect_request("/feed").respond_with_handler(answer)
        for number in numbers:
            serve_page(server, f"/{number}", f"Article {number}")

    def test_only_what_is_new_is_read_again(self, server: HTTPServer) -> None:
        self.serve(server, 1, 2)
        articles, state = self.run(server)
        assert len(articles) == 2
        assert state == FeedState(server.url_for("/feed"), '"2"', None, frozenset({"1", "2"}))
        assert self.run(server, state) == ([], state)
        self.serve(server, 1, 2, 3)
        articles, state = self.run(server, state)
        assert [article.name for article in articles] == [server.url_for("/3")]
        assert (state.etag, state.entries) == ('"3"', frozenset({"1", "2", "3"}))

    def test_an_article_records_its_link_and_the_last_reading(self, server: HTTPServer) -> None:
        self.serve(server, 1, 2)
        seen = datetime(2024, 5, 14, 6, tzinfo=UTC)
        state = FeedState(server.url_for("/feed"), entries=frozenset({"1"}), seen=seen)
        ((article,), _) = self.run(server, state, origin=3)
        assert (article.name, article.origin, article.since) == (server.url_for("/2"), 3, seen)

    def test_an_article_that_failed_is_requested_again(self, server: HTTPServer) -> None:
        server.expect_request("/feed").respond_with_data(rss(item(1, "A", text="")), headers={"ETag": '"1"'})
        server.expect_request("/1").respond_with_data("", status=500)
        articles, state = self.run(server)
        assert (articles, state) == ([], FeedState(server.url_for("/feed")))
        self.serve(server, 1)
        articles, state = self.run(server, state)
        assert len(articles) == 1
        assert state.entries == {"1"}

    def test_articles_are_fetched_one_by_one(self, server: HTTPServer) -> None:
        self.serve(server, 1, 2)
        fetcher = Fetcher(allow_private=True, limits=FetchLimits(delay=0.0))
        articles = expand([Link("the feed", url=server.url_for("/feed"))], Web(lambda: fetcher, date(2024, 5, 20)))
        next(articles)
        assert "/2" not in [request.path for request, _ in server.log]


@pytest.mark.parametrize("path", ["feed", "feeds.opml"])
def test_a_public_feed_leads_to_no_private_address(server: HTTPServer, path: str) -> None:
    """This holds even if the profile allows private addresses."""

    def found_at(host: str) -> list[Source | Unbriefed]:
        names = FakeNames({"news.example": [[PUBLIC]], "inside.example": [["10.0.0.8"]]})
        fetcher = Fetcher(allow_private=True, dial=Loopback(server.port), resolve=names, limits=FetchLimits(delay=0.0))
        found = expand([Link("it", url=f"http://{host}/{path}")], Web(lambda: fetcher, date(2024, 5, 20)))
        return [one for one in found if isinstance(one, Source | Skipped)]

    entry = item(1, "One", text="").replace("<link>/1", "<link>http://inside.example/1")
    server.expect_request("/feed").respond_with_data(rss(entry))
    outline = '<opml version="2.0"><body><outline xmlUrl="http://inside.example/feed"/></body></opml>'
    server.expect_request("/feeds.opml").respond_with_data(outline)
    serve_page(server, "/1", "One")
    (refused,) = found_at("news.example")
    assert isinstance(refused, Skipped)
    assert "a public address leads to the host inside.example, which is private" in str(refused.reason)
    (article,) = found_at("inside.example")
    assert isinstance(article, Source)


def test_an_archive_records_the_entries_of_a_feed(server: HTTPServer, folder: Path) -> None:
    for number in (1, 2, 3):
        serve_page(server, f"/{number}", f"Article {number}", place=f"Place {number}")
    feed = "/feed"
    server.expect_request(feed).respond_with_data(rss(item(1, "One"), item(2, "Two", day=13)))
    first = make(server.url_for(feed), "--archive", "a.sqlite")
    assert (first.stdout, first.stderr) == ("article-1.json\narticle-2.json\n", "")
    again = make(server.url_for(feed), "--archive", "a.sqlite")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "nothing new since last time" in again.stderr
    server.clear_all_handlers()
    serve_page(server, "/3", "Article 3", place="Place 3")
    server.expect_request(feed).respond_with_data(rss(item(1, "One"), item(3, "Three", day=15)))
    assert make(server.url_for(feed), "--archive", "a.sqlite").stdout == "article-3.json\n"
    with Archive.open(folder / "a.sqlite") as archive:
        state = archive.feed(server.url_for(feed))
        assert [entry.addresses for entry in archive.find()] == [(server.url_for(f"/{n}"),) for n in (3, 1, 2)]
    assert state is not None
    assert state.entries == {"1", "2", "3"}


def test_an_interrupted_run_over_a_feed_is_resumed(server: HTTPServer, folder: Path) -> None:
    for number in (1, 2):
        serve_page(server, f"/{number}", f"Article {number}", place=f"Place {number}")
    server.expect_request("/feed").respond_with_data(rss(item(1, "One"), item(2, "Two", day=13)))
    url, profile = server.url_for("/feed"), load_profile("quick.yaml")
    web = Web(lambda: Fetcher(allow_private=True, limits=FetchLimits(delay=0.0)), date(2024, 6, 1))
    kept = {"web": web, "archive": Path("a.sqlite")}
    outcomes = make_briefs([Link(url, url=url)], profile, ("json",), Destination(), **kept)  # type: ignore[arg-type]
    assert next(outcomes).written == (Path("article-1.json"),)
    del outcomes
    made = (folder / "article-1.json").stat().st_mtime_ns
    done = make(url, "--archive", "a.sqlite")
    assert (done.exit_code, done.stdout) == (0, "article-1.json\narticle-2.json\n")
    assert "1 article had been made" in done.stderr
    assert (folder / "article-1.json").stat().st_mtime_ns == made
