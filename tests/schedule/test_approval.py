"""A digest that needs approval is made before its deadline, waits, and is sent once, whatever the clock does."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.profile.approval import Approval
from briefing.profile.profile import Profile
from briefing.profile.schedule import Schedule
from briefing.schedule.dry_run import describe_due
from briefing.schedule.loop import World, follow, make_now
from briefing.schedule.plans import Plan, fire_times_of
from tests.fakes.archives import Cut, Fused, PowerCut
from tests.fakes.schedules import FakeApproval, FakeChannel, FakeClock, moment

NEED = Approval(need="digest", ready=60)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "briefs.sqlite") as opened:
        yield opened


def plan_of(*channels: FakeChannel, cron: str = "0 6 * * *", approval: Approval = NEED, catch_up: int = 1) -> Plan:
    profile = Profile(name="morning", schedule=Schedule(cron=cron, catch_up=catch_up), approval=approval)
    return Plan(profile, fire_times_of(profile), catch_up, channels)


class House:
    """A schedule on a clock of our own, with what it said."""

    def __init__(self, archive: Archive, *decisions: str, **plan: Any) -> None:
        self.archive = archive
        self.channel = FakeChannel()
        self.plan = plan_of(self.channel, **plan)
        self.clock = FakeClock(moment("2026-06-01"), moment("2026-06-30"))
        self.channel.clock = self.clock
        self.job = FakeApproval(self.clock)
        self.job.decisions = list(decisions) or self.job.decisions
        self.lines: list[str] = []

    def __call__(self, start: str, end: str, on: dict[str, Callable[[], object]] | None = None) -> None:
        self.clock.now, self.clock.until, self.clock.ahead = moment(start), moment(end), timedelta()
        self.clock.events = {moment(instant): event for instant, event in (on or {}).items()}
        follow((self.plan,), self.archive.schedule, self.job, self.world())

    def world(self) -> World:
        return World(self.clock, self.clock.sleep, self.clock.over, lambda line: self.lines.append(line.text))

    @property
    def sent(self) -> list[str]:
        return [f"{at:%H:%M}" for at in self.channel.tried]

    def state(self) -> tuple[str, str]:
        run, _ = self.archive.schedule.recent((), 1)[0]
        return run.state, run.reason

    def acts(self) -> list[tuple[str, str, str]]:
        return [(act.draft.kind, act.by.way, act.draft.reason) for act in reversed(self.archive.reviews.journal())]


def test_a_digest_is_made_early_and_sent_at_its_deadline(archive: Archive) -> None:
    house = House(archive)
    house("2026-06-01T04:00", "2026-06-01T05:59")
    assert (house.job.dues, house.sent, house.state()) == (["01 06:00"], [], ("waiting", ""))
    house("2026-06-01T05:59", "2026-06-01T07:00")
    assert (house.job.dues, house.sent, house.state()) == (["01 06:00"], ["06:00"], ("done", ""))
    assert house.acts() == [("sent", "schedule", "approved by ann; to fake a")]
    assert archive.reviews.check()[2] == ()


def test_a_held_digest_is_sent_once_somebody_approves_it(archive: Archive) -> None:
    house = House(archive, "held: nobody has approved it")
    approve = {"2026-06-01T08:20:30": lambda: house.job.decisions.append("approved by ben")}
    house("2026-06-01T04:00", "2026-06-01T08:20")
    assert house.state() == ("waiting", "nobody has approved it")
    assert [line for line in house.lines if "held" in line] == [
        "morning of 2026-06-01 06:00 UTC: held: nobody has approved it"
    ]
    house("2026-06-01T08:20", "2026-06-01T09:00", approve)
    assert house.sent == ["08:21"]
    assert [kind for kind, _, _ in house.acts()] == ["held", "sent"]


def test_a_digest_held_for_a_week_is_given_up(archive: Archive) -> None:
    house = House(archive, "held: nobody has approved it", cron="0 6 1 * *")
    house("2026-06-01T05:00", "2026-06-01T06:30")
    house("2026-06-08T05:59", "2026-06-08T06:05")
    assert house.state() == ("failed", "nobody has approved it, for 7 days")
    assert house.sent == []


def test_a_waiting_digest_does_not_delay_the_next(archive: Archive) -> None:
    house = House(archive, "held: a", "held: a", "approved by ann")
    house("2026-06-01T04:00", "2026-06-02T07:00")
    assert house.job.dues == ["01 06:00", "02 06:00"]
    assert {run.state for run, _ in archive.schedule.recent((), 9)} == {"done"}


def test_a_released_digest_is_sent_before_its_deadline(archive: Archive) -> None:
    house = House(archive)

    def send_now() -> None:
        (run,) = archive.schedule.waiting(("morning",))
        for _ in range(2):  # a double click
            archive.schedule.release(run, house.clock())

    house("2026-06-01T04:00", "2026-06-01T07:00", {"2026-06-01T05:30": send_now})
    assert (house.sent, len(house.channel.taken)) == (["05:30"], 1)


def test_a_digest_that_cannot_be_sent_fails_alone(archive: Archive) -> None:
    house = House(archive)

    def gone(*_: object) -> Any:
        raise ReviewError("send the digest", "it is no longer in the archive")

    house.job.release = gone  # type: ignore[method-assign]
    house("2026-06-01T04:00", "2026-06-01T07:00")
    assert house.state() == ("failed", "cannot send the digest: it is no longer in the archive")


@pytest.mark.parametrize(
    ("start", "made", "sent"),
    [
        ("2026-06-01T05:30:00", ["01 06:00"], ["06:00"]),  # the time to approve has begun
        ("2026-06-01T06:00:40", ["01 06:00"], ["06:00"]),
        ("2026-06-01T06:30:00", [], []),  # the first start ever
    ],
)
def test_a_late_start_still_makes_what_is_not_over(
    archive: Archive, start: str, made: list[str], sent: list[str]
) -> None:
    house = House(archive, catch_up=0)
    house(start, "2026-06-01T07:00")
    assert (house.job.dues, house.sent) == (made, sent)


def test_all_digests_within_the_time_to_approve_are_made(archive: Archive) -> None:
    house = House(archive, cron="0 * * * *", approval=Approval(need="digest", ready=150), catch_up=0)
    house("2026-06-01T04:10", "2026-06-01T04:12")
    assert house.job.dues == ["01 05:00", "01 06:00"]
    house("2026-06-01T04:12", "2026-06-01T06:10")
    assert house.sent == ["05:00", "06:00"]


def test_turning_approval_on_or_off_loses_no_digest(archive: Archive) -> None:
    before = House(archive, approval=Approval())
    before("2026-06-01T05:20", "2026-06-01T05:30")
    house = House(archive)
    house("2026-06-01T05:30", "2026-06-01T05:40")
    assert house.state() == ("waiting", "")
    off = House(archive, "the profile asks for no approval", approval=Approval())
    off("2026-06-01T05:40", "2026-06-02T06:30")
    assert [len(one.job.dues) for one in (before, house, off)] == [0, 1, 1]
    assert off.sent == ["06:00", "06:00"]


def test_the_digest_of_this_instant_waits_as_well(archive: Archive) -> None:
    house = House(archive, "held: nobody has approved it")
    house.clock.now = moment("2026-06-01T10:00")
    make_now((house.plan,), archive.schedule, house.job, house.world())
    assert house.state() == ("waiting", "nobody has approved it")


def test_a_dry_run_says_that_it_waits(archive: Archive) -> None:
    plan = plan_of(FakeChannel())
    lines = list(describe_due((plan,), archive.schedule, moment("2026-06-01T05:10")))
    assert lines[0].startswith("morning: would make the digest of 2026-06-01 06:00 UTC")
    assert "morning: it waits for approval from 60 minutes before it is due" in lines


def test_a_power_cut_at_any_step_sends_once(tmp_path: Path) -> None:
    def run(records: Any, house: House) -> None:
        for instant in ("2026-06-01T05:00:20", "2026-06-01T06:00:20"):
            house.clock.now = moment(instant)
            follow((house.plan,), records, house.job, house.world(), once=True)

    with Archive.open(tmp_path / "whole.sqlite") as archive:
        never = Cut(0)
        run(Fused(archive.schedule, never), House(archive))
    assert {"wait", "keep_result", "settle"} <= set(never.steps)
    for number, name in enumerate(never.steps, start=1):
        for after in (False, True):
            with Archive.open(tmp_path / f"{number}{after}.sqlite") as archive:
                house = House(archive)
                with pytest.raises(PowerCut):
                    run(Fused(archive.schedule, Cut(number, after)), house)
                run(archive.schedule, house)
                assert house.state() == ("done", ""), (number, name, after)
                assert len({key for key, _ in house.channel.taken}) == 1, (number, name, after)
                assert len(house.channel.taken) == 1 + (name == "settle" and not after), (number, name, after)
                assert [kind for kind, _, _ in house.acts()] == ["sent"], (number, name, after)
