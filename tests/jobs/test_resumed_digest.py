"""A digest that was broken off at any step comes to the same bytes as one that was not."""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from shutil import rmtree

import pytest

from briefing.archive.archive import Archive
from briefing.jobs.digest_run import DigestRequest, DigestRun
from briefing.profile.profile import load_profile
from briefing.rendering.json_text import to_json
from briefing.sources.inputs import web_of
from tests.fakes.archives import Cut, Fused, PowerCut
from tests.fakes.odd_answers import redirect
from tests.fakes.schedules import moment
from tests.fakes.servers import raw_server

TALKS = """\
The fisheries ministers of Norway and Iceland will meet in Bergen on 12 June to discuss the western zone, Norway's \
Fisheries Ministry said on Sunday.

Iceland rejects the quota of 40,000 tonnes that Norway set in March, Iceland's Fisheries Minister Jon Arnarsson said."""
COURT = """\
A court in Lindau will rule on 10 June on the closure of the town's tannery, its president, Klara Senn, said on Monday.

Its owner, Lederwerk, denies that it knew of the leak."""
# Four articles with one text, each with something else said of it, in the order in which they are read.
COPIES = {
    "1.txt": "title: Talks in Bergen\noutlet: Northern Wire\ndate: 2031-06-08",
    "2.txt": "title: Ministers to meet\noutlet: Coast Gazette\ndate: 2031-06-09\nurl: https://gazette.example/talks",
    "3.txt": "title: Quota in dispute\ndate: 2031-06-08\nurl: https://post.example/quota",
    "4.txt": "title: Norway and Iceland\ndate: 2031-06-09",
}
DUE, NEXT = moment("2031-06-09T18:00"), moment("2031-06-10T18:00")


def write_inbox(folder: Path) -> None:
    (folder / "inbox").mkdir(parents=True)
    for name, said in COPIES.items():
        (folder / "inbox" / name).write_text(f"---\n{said}\n---\n{TALKS}")
    (folder / "inbox" / "court.txt").write_text(f"---\ntitle: Court to rule\ndate: 2031-06-09\n---\n{COURT}")
    (folder / "inbox" / "torn.pdf").write_bytes(b"%PDF-1.4 and no more")


def write_profile(folder: Path, sources: str = "[{folder: inbox}]") -> None:
    text = f"extends: digest\noutputs: [json]\nfetch: {{delay: 0}}\ndigest: {{sources: {sources}}}\n"
    (folder / "morning.yaml").write_text(text)


def make(folder: Path, *dues: datetime, cut: Cut | None = None) -> list[bytes]:
    """Make the digests of some instants in a folder, as JSON; after a cut, begin anew."""
    profile = load_profile(str(folder / "morning.yaml"))

    def made(due: datetime) -> bytes:
        web = web_of(profile.fetch, allow_private=True, today=due.date())
        opened = Archive.open(folder / "a.sqlite")
        with opened if cut is None else Fused(opened, cut) as archive:
            run = DigestRun(DigestRequest(profile, profile.digest.sources, due), web, archive)
            for _ in run.steps(lambda _limit: b""):
                pass
        return to_json(run.result())

    def made_at_last(due: datetime) -> bytes:
        while True:
            with suppress(PowerCut):
                return made(due)

    return [made_at_last(due) for due in dues]


def check_every_cut(folder: Path, lay_out: Callable[[Path], None], *dues: datetime) -> list[str]:
    """Compare the digests that come of a cut at each step with those that come of none; return the steps."""
    here = folder / "house"  # the same each time, because a digest holds names of sources
    lay_out(here)
    whole = make(here, *dues)
    for number in count(1):
        rmtree(here)
        lay_out(here)
        cut = Cut(number)
        assert make(here, *dues, cut=cut) == whole, f"cut after {cut.steps[:number]}"
        if len(cut.steps) < number:
            return cut.steps
    raise AssertionError("there is no end")


def test_a_cut_digest_is_the_same_with_shared_texts(tmp_path: Path) -> None:
    def lay_out(folder: Path) -> None:
        write_inbox(folder)
        write_profile(folder)

    steps = check_every_cut(tmp_path, lay_out, DUE)
    assert (steps.count("gather"), steps.count("keep")) == (5, 1)


def feed_of(title: str, *entries: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><guid>{title} {link}</guid>"
        "<pubDate>Mon, 09 Jun 2031 06:00:00 GMT</pubDate></item>"
        for name, link in entries
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


@pytest.fixture
def web() -> Iterator[str]:
    """Two feeds that name one page, a page each, and pages that cannot be had or read."""
    pages: dict[str, bytes] = {"/talks": TALKS.encode(), "/court": COURT.encode(), "/blank": b"%PDF-1.4 and no more"}
    pages["/copy"] = pages["/talks"]

    def answer(path: str, connection: socket.socket) -> None:
        if path == "/odd":
            connection.sendall(redirect(b"javascript:alert(1)"))
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + pages[path])

    with raw_server(answer) as port:
        here = f"http://127.0.0.1:{port}"
        pages["/one"] = feed_of("Northern Wire", ("Talks", f"{here}/talks"), ("Odd", f"{here}/odd"))
        common = (("Talks again", f"{here}/talks"), ("Copy", f"{here}/copy"), ("Blank", f"{here}/blank"))
        pages["/two"] = feed_of("Coast Gazette", *common, ("Court", f"{here}/court"))
        yield here


@pytest.mark.long
def test_two_cut_digests_are_the_same_with_shared_pages(tmp_path: Path, web: str) -> None:
    def lay_out(folder: Path) -> None:
        write_inbox(folder)
        write_profile(
            folder, f"[{{feed: '{web}/one'}}, {{feed: '{web}/two'}}, {{url: '{web}/talks'}}, {{folder: inbox}}]"
        )

    steps = check_every_cut(tmp_path, lay_out, DUE, NEXT)
    assert (steps.count("gather"), steps.count("keep")) == (9, 2)


@pytest.mark.long
def test_a_killed_digest_gives_the_same_files(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    command = [sys.executable, "-c", "from briefing.cli import run; run()", "digest", "--profile", "morning.yaml"]

    def begin() -> "subprocess.Popen[bytes]":
        arguments = ["--at", DUE.isoformat(), "--archive", "a.sqlite", "--jobs", "1"]
        return subprocess.Popen(  # noqa: S603 - our own program
            [*command, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def lay_out() -> None:
        write_inbox(folder)
        write_profile(folder)

    lay_out()
    assert begin().wait(timeout=60) == 1  # the torn PDF
    whole = (folder / "morning-2031-06-09-1800.json").read_bytes()
    killed = 0
    for gathered in (1, 3, 5):
        rmtree(folder)
        lay_out()
        process = begin()
        while process.poll() is None and _gathered(folder / "a.sqlite") < gathered:
            time.sleep(0.001)
        process.kill()
        killed += process.wait() == -9
        assert begin().wait(timeout=60) == 1
        assert (folder / "morning-2031-06-09-1800.json").read_bytes() == whole
    assert killed >= 2


def _gathered(archive: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM gathered").fetchone()[0])
    return 0
