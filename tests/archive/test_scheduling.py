"""Schedules store each due instant once, and every change is atomic."""

import sqlite3
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from briefing.archive.archive import Archive
from briefing.model.runs import Output, Refusal, RunResult, Settlement
from tests.archive.briefs import Clock

RESULT = RunResult(
    "Morning brief", (Output("a.json", "application/json", b"{}"), Output("b.pdf", "application/pdf", b"%PDF")), b"mail"
)
TARGETS = [("folder /out", ("/out",)), ("email a, b", ("a", "b"))]


def noted(archive: Archive) -> list[tuple[str, str]]:
    return [(f"{run.due:%d %H}", run.state) for run, _ in archive.schedule.recent((), 9)]


def test_an_instant_is_stored_once_in_any_time_zone(archive: Archive, clock: Clock) -> None:
    prague = clock().astimezone(ZoneInfo("Europe/Prague"))
    archive.schedule.note_due("morning", (clock(), prague), (), clock())
    archive.schedule.note_due("morning", (), (clock(),), clock())
    assert noted(archive) == [("14 06", "due")]


def test_a_missed_instant_becomes_due_if_it_comes_again(archive: Archive, clock: Clock) -> None:
    archive.schedule.note_due("morning", (), (clock(),), clock())
    assert archive.schedule.to_run(("morning",)) == ()
    archive.schedule.note_due("morning", (clock(),), (), clock())
    assert [run.state for run in archive.schedule.to_run(("morning",))] == ["due"]


def test_another_profile_has_runs_of_its_own(archive: Archive, clock: Clock) -> None:
    for name in ("morning", "evening"):
        archive.schedule.note_due(name, (clock(),), (), clock())
    assert [run.profile for run in archive.schedule.to_run(("evening", "none"))] == ["evening"]
    assert archive.schedule.to_run(()) == ()
    assert archive.schedule.looked("evening") == clock()
    assert archive.schedule.looked("none") is None


def test_a_result_and_its_deliveries_are_stored_atomically(archive: Archive, clock: Clock) -> None:
    archive.schedule.note_due("morning", (clock(),), (), clock())
    (run,) = archive.schedule.to_run(("morning",))
    twice = [TARGETS[0], TARGETS[0]]
    with pytest.raises(Exception, match="UNIQUE"):
        archive.schedule.keep_result(run, RESULT, twice, clock())
    assert noted(archive) == [("14 06", "due")]
    archive.schedule.keep_result(run, RESULT, TARGETS, clock())
    folder, mail = archive.schedule.to_send(("morning",), clock())
    assert (folder.recipients, mail.waiting) == (("/out",), ("a", "b"))
    kept = archive.schedule.parcel(mail)
    assert (kept.profile, kept.due, kept.result) == ("morning", clock(), RESULT)


def test_a_run_ends_with_its_last_delivery(archive: Archive, clock: Clock) -> None:
    archive.schedule.note_due("morning", (clock(),), (), clock())
    (run,) = archive.schedule.to_run(("morning",))
    archive.schedule.keep_result(run, RESULT, TARGETS, clock())
    folder, mail = archive.schedule.to_send(("morning",), clock())
    begun, _ = archive.schedule.begin_delivery(folder, clock())
    assert (begun.state, begun.attempts) == ("sending", 1)
    archive.schedule.settle(begun, Settlement("sent"), clock())
    assert noted(archive) == [("14 06", "delivering")]
    later = clock() + timedelta(minutes=1)
    refusal = Refusal("a", "550 no such user", temporary=False)
    archive.schedule.settle(mail, Settlement("pending", ("b",), (refusal,), later), clock())
    assert archive.schedule.to_send(("morning",), clock()) == ()
    assert archive.schedule.next_attempt(("morning",)) == later
    (again,) = archive.schedule.to_send(("morning",), later)
    assert (again.waiting, again.refused) == (("b",), (refusal,))
    archive.schedule.settle(again, Settlement("sent"), later)
    assert noted(archive) == [("14 06", "done")]


def test_unknown_states_are_refused(archive: Archive, clock: Clock) -> None:
    archive.schedule.note_due("morning", (clock(),), (), clock())
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        archive.database.connection.execute("UPDATE scheduled_runs SET state = 'lost'")


def test_pruning_keeps_open_runs_and_removes_ended_ones(archive: Archive, clock: Clock) -> None:
    clock_then = clock()
    archive.schedule.note_due("morning", (clock_then,), (clock_then - timedelta(days=1),), clock_then)
    (run,) = archive.schedule.to_run(("morning",))
    archive.schedule.keep_result(run, RESULT, TARGETS, clock_then)
    clock.move(days=400)
    archive.prune(timedelta(days=365))
    assert noted(archive) == [("14 06", "rendered")]
    for way in archive.schedule.to_send(("morning",), clock()):
        archive.schedule.settle(way, Settlement("given up"), clock())
    archive.prune(timedelta(days=365))
    assert noted(archive) == []
