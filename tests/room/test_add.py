"""What is added is made once, in order, and each failure has its reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.errors import FetchError, RoomError
from briefing.jobs.results import Result
from briefing.profile.profile import load_profile
from briefing.reading.web.fetch import Fetched
from briefing.room.add import MOST_BYTES, Adding, adding
from briefing.runtime.parallel import Worker
from briefing.sources.links import Web
from briefing.sources.records import Skipped, Source, Unbriefed
from tests.archive.briefs import Clock, brief_of
from tests.fakes.sources import ARTICLE

FEED = b"""<rss version="2.0"><channel><title>Wire</title>
<item><title>One</title><link>https://wire.example/1</link></item>
<item><title>Two</title><link>https://wire.example/2</link></item></channel></rss>"""
DAY = date(2024, 5, 14)


class Site:
    """A web site of a few pages; it counts what is asked for."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = {f"https://wire.example/{name}": content for name, content in pages.items()}
        self.asked: list[str] = []

    def get(self, url: str, **_: object) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError(url, "the address is private")
        return Fetched(url, self.pages[url], "application/xml" if b"<rss" in self.pages[url] else "text/plain", None)


class Maker:
    """Makes a brief whose profile is the standard one; a text that says so fails."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.sha256 = load_profile().sha256

    def __call__(self, source: Source) -> Result | Unbriefed:
        text = (source.content or b"").decode()
        self.made.append(source.name)
        if "boom" in text:
            raise ZeroDivisionError
        if "no news" in text:
            return Skipped(source, f"cannot read {source.name}: it is no news")
        brief = brief_of(text, title=source.name)
        provenance = brief.provenance.model_copy(update={"profile_sha256": self.sha256})
        return Result(source, source.name, brief=brief.model_copy(update={"provenance": provenance}))


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def queue(tmp_path: Path, maker: Maker) -> Callable[..., Adding]:
    path, clock = tmp_path / "a.sqlite", Clock()

    def make(**pages: bytes) -> Adding:
        site = Site(**pages)
        return Adding(
            load_profile(), lambda: Archive.open(path, clock=clock), clock, maker, lambda day: Web(lambda: site, day)
        )  # type: ignore[arg-type, return-value]

    return make


def states(queue: Adding) -> list[tuple[str, str, str]]:
    queue.wait()
    return [(job.name, job.state, job.note) for job in reversed(queue.jobs())]


def test_files_are_made_in_order_and_failures_say_why(queue: Callable[..., Adding]) -> None:
    adding = queue()
    for name, content in {
        "a.txt": b"Talks begin.",
        "b.txt": b"no news",
        "c.txt": b"boom",
        "d.txt": b"It ends.",
    }.items():
        adding.add_file(name, content, "eva")
    assert states(adding) == [
        ("a.txt", "done", ""),
        ("b.txt", "failed", "cannot read b.txt: it is no news"),
        ("c.txt", "failed", states(adding)[2][2]),
        ("d.txt", "done", ""),
    ]
    assert "defect" in states(adding)[2][2]


def test_the_same_bytes_are_not_made_twice(queue: Callable[..., Adding], maker: Maker) -> None:
    for _ in range(2):  # also by the next server
        adding = queue(talks=b"Talks begin at sea.")
        adding.add_file("a.txt", b"Talks begin.", "eva")
        adding.add_file("again.txt", b"Talks begin.", "jan")
        adding.add_address("https://wire.example/talks", "eva")
        first, again, page = (states(adding), adding.jobs())[1][::-1]
        assert first.brief == again.brief != page.brief
        assert again.note == "the archive had it already"
    assert maker.made == ["a.txt", "https://wire.example/talks"]


def test_a_failure_is_tried_again(queue: Callable[..., Adding], maker: Maker) -> None:
    adding = queue()
    adding.add_file("b.txt", b"no news", "eva")
    adding.add_file("b.txt", b"no news", "eva")
    assert [state for _, state, _ in states(adding)] == ["failed", "failed"]
    assert len(maker.made) == 2


def test_each_article_of_a_feed_is_a_job(queue: Callable[..., Adding]) -> None:
    adding = queue(feed=FEED, **{"1": b"One began.", "2": b"no news"})
    adding.add_address("https://wire.example/feed", "eva")
    assert states(adding) == [
        ("https://wire.example/feed", "done", "a feed with 2 articles"),
        ("https://wire.example/1", "done", ""),
        ("https://wire.example/2", "failed", "cannot read https://wire.example/2: it is no news"),
    ]


def test_a_page_that_cannot_be_fetched_says_why(queue: Callable[..., Adding], tmp_path: Path) -> None:
    adding = queue()
    adding.add_address("https://wire.example/secret", "eva")
    ((_, state, note),) = states(adding)
    assert (state, "the address is private" in note) == ("failed", True)
    with Archive.open(tmp_path / "a.sqlite", clock=Clock()) as archive:
        (failure,) = archive.room.failures(datetime(2024, 5, 14, tzinfo=UTC) - datetime(2024, 5, 13, tzinfo=UTC))
        assert (failure.source, failure.kind) == ("https://wire.example/secret", "add")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "javascript:x",
        "http://",
        "http://[",
        "https://me:secret@a.example",
        "",
    ],
)
def test_only_addresses_of_the_web_are_added(queue: Callable[..., Adding], address: str) -> None:
    with pytest.raises(RoomError):
        queue().add_address(address, "eva")


@pytest.mark.parametrize("content", [b"", b"x" * (MOST_BYTES + 1)], ids=["empty", "too large"])
def test_a_file_has_a_size(queue: Callable[..., Adding], content: bytes) -> None:
    with pytest.raises(RoomError):
        queue().add_file("a.txt", content, "eva")


@pytest.mark.parametrize(
    ("given", "name"), [("../../etc/passwd", "passwd"), ("C:\\x\\a.pdf", "a.pdf"), ("", "a file without a name")]
)
def test_a_file_is_named_without_its_folder(queue: Callable[..., Adding], given: str, name: str) -> None:
    assert queue().add_file(given, b"Talks begin.", "eva").name == name


def test_a_server_makes_briefs_with_its_profile(tmp_path: Path) -> None:
    path, worker = tmp_path / "a.sqlite", Worker()
    real = adding(load_profile(), lambda: Archive.open(path), lambda: datetime.now(UTC), worker)
    real.add_file("talks.txt", ARTICLE.encode(), "eva")
    real.add_address("http://127.0.0.1:9/", "eva")
    try:
        (_, done, _), (_, failed, note) = states(real)
    finally:
        worker.close()
    assert (done, failed) == ("done", "failed")
    assert "private" in note or "public" in note
    with Archive.open(path) as archive:
        brief = archive.brief(1)
        assert brief is not None
        assert brief.article.title == "Norway and Iceland sign mackerel pact"
