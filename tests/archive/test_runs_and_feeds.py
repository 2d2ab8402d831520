"""Interrupted runs are resumed, and the state of feeds is kept."""

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.archive.records import RunItem
from briefing.archive.runs import is_alive
from briefing.reading.feeds.state import FeedState
from tests.archive.briefs import Clock, brief_of

FEED = "https://example.org/feed"


def test_an_interrupted_run_is_resumed_with_its_items(archive: Archive, clock: Clock) -> None:
    run = archive.begin_run("make", "key")
    done = RunItem("a.txt", "digest", "done", (Path("out/a.json"),))
    kept = archive.finish_item(run, done, brief_of("Talks begin."))
    archive.finish_item(run, RunItem("b.txt", None, "failed"))
    clock.move(hours=3)
    again = archive.begin_run("make", "key")
    assert kept is not None
    assert again.number == run.number
    assert [(item.source, item.state, item.outputs, item.brief) for item in again.items] == [
        ("a.txt", "done", (Path("out/a.json"),), kept.brief),
        ("b.txt", "failed", (), None),
    ]


def test_an_ended_or_different_or_old_run_is_not_resumed(archive: Archive, clock: Clock) -> None:
    first = archive.begin_run("make", "key")
    assert archive.begin_run("make", "other").number != first.number
    assert archive.begin_run("digest", "key").number != first.number
    archive.finish_run(first)
    second = archive.begin_run("make", "key")
    assert second.number != first.number
    clock.move(hours=25)
    assert archive.begin_run("make", "key").number != second.number


def test_a_run_of_a_live_process_is_not_resumed(archive: Archive) -> None:
    program = (
        "import sys; from pathlib import Path; from briefing.archive.archive import Archive\n"
        f"Archive.open(Path({str(archive.path)!r})).begin_run('make', 'key'); print('begun', flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:  # noqa: S603 - our own interpreter
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        with Archive.open(archive.path) as beside:
            mine = beside.begin_run("make", "key")
            assert is_alive(other.pid)
            other.kill()
            other.wait()
            assert not is_alive(other.pid)
            beside.finish_run(mine)
            assert beside.begin_run("make", "key").number < mine.number


def test_an_item_and_its_brief_are_stored_atomically(archive: Archive) -> None:
    run = archive.begin_run("make", "key")
    item = RunItem("a.txt", None, "no such state")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="CHECK"):
        archive.finish_item(run, item, brief_of("Talks begin."))
    assert archive.find() == ()


def test_feed_state_is_stored_and_entries_accumulate(archive: Archive, clock: Clock) -> None:
    assert archive.feed(FEED) is None
    archive.keep_feed(FeedState(FEED, '"1"', "Tue, 14 May 2024 06:00:00 GMT", frozenset({"a", "b"})))
    clock.move(days=1)
    archive.keep_feed(FeedState(FEED, '"2"', None, frozenset({"b", "c"})))
    assert archive.feed(FEED) == FeedState(FEED, '"2"', None, frozenset({"a", "b", "c"}))
    clock.move(days=300)
    archive.keep_feed(FeedState(FEED, '"2"', None, frozenset({"a", "b", "c"})))  # as it is known: nothing new
    clock.move(days=67)
    archive.keep_feed(FeedState(FEED, '"3"', None, frozenset({"d"})))
    assert archive.feed(FEED) == FeedState(FEED, '"3"', None, frozenset({"b", "c", "d"}))


def test_a_feed_is_known_by_when_it_was_last_read(archive: Archive, clock: Clock) -> None:
    archive.keep_feed(FeedState(FEED))
    clock.move(days=1)
    last = clock()
    archive.keep_feed(FeedState(FEED))
    state = archive.feed(FEED)
    assert state is not None
    assert state.seen == last
