"""Wherever the power fails, a run is made and delivered; a delivery is doubled only between taking and noting."""

from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.profile.profile import Profile
from briefing.profile.schedule import Schedule
from briefing.schedule.loop import World, follow
from briefing.schedule.plans import Plan, fire_times_of
from tests.fakes.archives import Cut, Fused, PowerCut
from tests.fakes.schedules import FakeChannel, FakeClock, FakeJob, moment

_NOW = moment("2026-06-01T06:00:20")


def _follow(records: Any, channels: tuple[FakeChannel, ...]) -> FakeJob:
    profile = Profile(name="morning", schedule=Schedule(cron="0 6 * * *"))
    clock = FakeClock(_NOW, _NOW)
    job = FakeJob(clock)
    world = World(clock, clock.sleep, lambda: False, lambda _line: None)
    follow((Plan(profile, fire_times_of(profile), 1, channels),), records, job, world, once=True)
    return job


def _steps(path: Path) -> list[str]:
    with Archive.open(path) as archive:
        never = Cut(0)
        _follow(Fused(archive.schedule, never), (FakeChannel("one"), FakeChannel("two")))
        return never.steps


def test_a_power_cut_loses_nothing_and_repeats_only_unconfirmed_sends(tmp_path: Path) -> None:
    steps = _steps(tmp_path / "whole.sqlite")
    assert steps.count("settle") == 2
    for number, name in enumerate(steps, start=1):
        for after in (False, True):
            channels = (FakeChannel("one"), FakeChannel("two"))
            with Archive.open(tmp_path / f"{number}{after}.sqlite") as archive:
                with pytest.raises(PowerCut):
                    _follow(Fused(archive.schedule, Cut(number, after)), channels)
                _follow(archive.schedule, channels)
                ((run, ways),) = archive.schedule.recent((), 9)
                assert (run.state, [way.state for way in ways]) == ("done", ["sent", "sent"]), (number, name, after)
            keys = [key for channel in channels for key, _ in channel.taken]
            assert len(set(keys)) == 2, (number, name, after)
            assert len(keys) == 2 + (name == "settle" and not after), (number, name, after)


def test_a_start_after_a_power_cut_repeats_no_finished_run(tmp_path: Path) -> None:
    steps = _steps(tmp_path / "whole.sqlite")
    kept = steps.index("keep_result") + 1
    for number in range(1, len(steps) + 1):
        with Archive.open(tmp_path / f"{number}.sqlite") as archive:
            with pytest.raises(PowerCut):
                _follow(Fused(archive.schedule, Cut(number)), (FakeChannel("one"), FakeChannel("two")))
            made_again = _follow(archive.schedule, (FakeChannel("one"), FakeChannel("two"))).asked
        assert len(made_again) == (0 if number >= kept else 1), (number, steps[number - 1])
