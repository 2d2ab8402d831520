"""A source that cannot be read, for whatever reason, costs a digest and a run of briefs itself only."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.archive.archive import Archive
from briefing.cli import app
from briefing.jobs import production
from briefing.jobs.digests import DigestMaker
from briefing.jobs.gathering import Gathering, Memory
from briefing.jobs.results import Request, Result
from briefing.model.digest import Digest
from briefing.profile.digest import DigestSource
from briefing.profile.profile import load_profile
from briefing.sources.links import NO_WEB, Web, expand
from briefing.sources.records import Link, Skipped, Source
from tests.fakes.archives import HalfRecords
from tests.fakes.odd_answers import redirect
from tests.fakes.schedules import moment
from tests.fakes.servers import raw_server

TOWNS = ("Bergen", "Lindau", "Torshavn")
ODD = ("javascript:alert(1)", "http://[::1", "urn:x:y", "/\x7f", "mailto:desk@example.org", "/" + "a" * 70_000)
AT = "2031-06-09T18:00+00:00"


def page(town: str) -> str:
    text = (
        f"The harbour ministers of Norway and Iceland will meet in {town} on 12 June, Norway's ministry said on Sunday."
    )
    return (
        f"<html><head><title>Talks in {town}</title></head><body><article><p>{text}</p><p>{text}</p></article></body>"
    )


@pytest.fixture
def pages() -> dict[str, str]:
    """What the web holds: a page on each town, and what a test puts there."""
    return {f"/{town}": page(town) for town in TOWNS}


@pytest.fixture
def web(pages: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.chdir(tmp_path)

    def answer(path: str, connection: socket.socket) -> None:
        if path in pages:
            connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + pages[path].encode())
        else:
            connection.sendall(redirect(ODD[int(path.removeprefix("/odd"))].encode()))

    with raw_server(answer) as port:
        yield f"http://127.0.0.1:{port}"


def feed_of(web: str, *paths: str) -> str:
    items = "".join(
        f"<item><title>On {path}</title><link>{web}/{path}</link><guid>{path}</guid>"
        "<pubDate>Mon, 09 Jun 2031 06:00:00 GMT</pubDate></item>"
        for path in paths
    )
    return f'<rss version="2.0"><channel><title>Northern Wire</title>{items}</channel></rss>'


def write_profile(sources: str) -> None:
    Path("morning.yaml").write_text(
        f"extends: digest\noutputs: [json]\nfetch: {{delay: 0, timeout: 5}}\ndigest:\n  sources: {sources}\n"
    )


def towns(digest: Digest) -> list[str]:
    return sorted(item.article.title.removeprefix("Talks in ").removeprefix("On ") for item in digest.articles)


def by_hand() -> Digest:
    arguments = ["digest", "--profile", "morning.yaml", "--at", AT, "--allow-private"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1, result.output  # something could not be read
    return Digest.model_validate_json(Path(result.stdout.splitlines()[-1]).read_bytes())


def on_schedule() -> Digest:
    clock = lambda: moment("2031-06-09T18:01")  # noqa: E731
    made = DigestMaker(Path("a.sqlite"), allow_private=True, clock=clock)(
        load_profile("morning.yaml"), moment("2031-06-09T18:00"), lambda _stage: None
    )
    assert any(notice.startswith("cannot ") for notice in made.notices)
    return Digest.model_validate_json(made.outputs[0].content)


@pytest.mark.parametrize("number", range(len(ODD)), ids=lambda number: repr(ODD[number][:20]))
@pytest.mark.parametrize("make", [by_hand, on_schedule])
def test_an_odd_entry_of_a_feed_fails_alone(
    web: str, pages: dict[str, str], make: Callable[[], Digest], number: int
) -> None:
    pages["/feed"] = feed_of(web, "Bergen", f"odd{number}", "Lindau", "Torshavn")
    write_profile(f"[{{feed: '{web}/feed'}}]")
    digest = make()
    assert towns(digest) == sorted(TOWNS)
    (notice,) = [notice for notice in digest.notices if notice.code == "source-failed"]
    assert notice.message.startswith(f"cannot fetch {web}/odd{number}: it leads to ")


@pytest.mark.parametrize("make", [by_hand, on_schedule])
def test_an_odd_source_fails_alone(web: str, pages: dict[str, str], make: Callable[[], Digest]) -> None:
    pages["/feed"] = feed_of(web, "Bergen")
    opml = f'<opml version="2.0"><body><outline xmlUrl="{web}/odd0"/><outline xmlUrl="{web}/feed"/></body></opml>'
    Path("feeds.opml").write_text(opml)
    Path("inbox").mkdir()
    Path(os.fsdecode(b"inbox/torn\xff.pdf")).write_bytes(b"%PDF-1.4 and no more")
    Path(os.fsdecode(b"inbox/talks\xff.html")).write_text(page("Torshavn"))
    odd = [f"{{url: '{web}/odd{number}'}}" for number in range(len(ODD))]
    odd += [f"{{feed: '{web}/odd0'}}", "{url: 'http://[::1'}", "{url: 'http://xn--/'}", f"{{folder: {'a' * 300}}}"]
    odd += [f"{{file: {'a' * 300}}}", "{file: /dev/zero}", "{folder: missing}"]
    good = ["{file: feeds.opml}", "{folder: inbox}", f"{{url: '{web}/Lindau'}}"]
    write_profile(f"[{', '.join([*odd, *good])}]")
    digest = make()
    assert towns(digest) == sorted(TOWNS)
    assert len([notice for notice in digest.notices if notice.code == "source-failed"]) == len(odd) + 2


def test_an_article_that_cannot_be_stored_fails_alone(tmp_path: Path) -> None:
    sources = [DigestSource(file=str(tmp_path / f"{town}.html")) for town in TOWNS]
    for town in TOWNS:
        (tmp_path / f"{town}.html").write_text(page(town))
    with Archive.open(tmp_path / "a.sqlite") as archive:
        records = archive.digests("standard")
        half = HalfRecords(records.database, records.clock, records.profile)
        gathering = Gathering(load_profile(), NO_WEB, moment("2031-06-09T18:00"), Memory(half, archive.feed))
        came = list(gathering.gather(sources, lambda _limit: b"", jobs=1))
    assert [article.brief.article.title for article in gathering.articles] == ["Talks in Lindau", "Talks in Torshavn"]
    assert [bool(outcome.troubles) for outcome in came] == [True, False, False]
    assert "half a character" in gathering.notices[0].message


def test_a_defect_in_one_format_costs_only_that_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_record: object, output: str, _layout: object) -> bytes:
        return b"{}" if output == "json" else bytes([1 // 0])

    monkeypatch.setattr(production, "render_format", broken)
    (tmp_path / "Bergen.html").write_text(page("Bergen"))
    source = Source("Bergen", tmp_path / "Bergen.html")
    (made,) = production.make_each(Request(load_profile(), ("md", "json"), None), [source])
    assert isinstance(made, Result)
    assert made.outputs == (("json", b"{}"),)
    (trouble,) = made.troubles
    assert trouble.startswith("Bergen: cannot make md: a defect of briefing, please report it: ZeroDivisionError")


def test_odd_addresses_fail_alone(web: str) -> None:
    names = [f"{web}/odd{number}" for number in range(len(ODD))]
    result = CliRunner().invoke(app, ["make", "-f", "json", "--allow-private", *names, f"{web}/Bergen"])
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["cannot fetch http"] * len(ODD)
    assert result.stdout == "talks-in-bergen.json\n"


def test_an_unexpected_defect_costs_only_its_source() -> None:
    class Broken:
        def get(self, url: str, **_conditions: object) -> object:
            raise ZeroDivisionError(url)

    web = Web(Broken, today=moment(AT).date())  # type: ignore[arg-type]
    (made,) = expand([Link("http://news.example/", url="http://news.example/")], web)
    assert isinstance(made, Skipped)
    assert made.reason is not None
    assert made.reason.startswith(
        "cannot fetch http://news.example/: a defect of briefing, please report it: ZeroDivision"
    )
