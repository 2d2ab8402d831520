"""A schedule followed on a clock of our own: what is due is made once, whatever the clock does and whoever dies."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from email.headerregistry import Address
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.archive.archive import Archive
from briefing.archive.scheduling import ScheduleRecords
from briefing.delivery.channel import Channel
from briefing.delivery.email import EmailChannel
from briefing.delivery.smtp_server import SmtpServer
from briefing.errors import DeliveryError, ReadingError
from briefing.model.runs import Receipt, Refusal
from briefing.profile.profile import Profile
from briefing.profile.schedule import Schedule
from briefing.schedule.loop import World, follow, make_now, request_now
from briefing.schedule.plans import Plan, fire_times_of
from briefing.schedule.runs import StopRequest
from tests.fakes.archives import PowerCut
from tests.fakes.mail_servers import Mailbox, free_port, mail_server
from tests.fakes.schedules import FakeChannel, FakeClock, FakeJob, moment


@pytest.fixture
def records(tmp_path: Path) -> Iterator[ScheduleRecords]:
    with Archive.open(tmp_path / "briefs.sqlite") as archive:
        yield archive.schedule


def plan_of(cron: str, *channels: Channel, name: str = "morning", zone: str = "UTC", catch_up: int = 1) -> Plan:
    profile = Profile(name=name, schedule=Schedule(cron=cron, timezone=zone, catch_up=catch_up))
    return Plan(profile, fire_times_of(profile), catch_up, channels)


class Run:
    """A schedule that is followed from one instant to another, with all that came of it."""

    def __init__(self, records: ScheduleRecords, *plans: Plan) -> None:
        self.records = records
        self.plans = plans
        self.lines: list[str] = []
        self.clock = FakeClock(moment("2026-06-01"), moment("2026-06-01"))
        self.job = FakeJob(self.clock)

    def __call__(
        self, start: str, end: str, *, once: bool = False, on: dict[str, Callable[[], object]] | None = None
    ) -> list[str]:
        """Follow the schedule from start to end; return what the job was asked for: day, hour, minute."""
        self.clock.now, self.clock.until, self.clock.ahead = moment(start), moment(end), timedelta()
        self.clock.events = {moment(instant): event for instant, event in (on or {}).items()}
        self.job.asked.clear()
        world = World(self.clock, self.clock.sleep, self.clock.over, lambda line: self.lines.append(line.text))
        follow(self.plans, self.records, self.job, world, once=once)
        return self.job.dues

    def states(self) -> list[tuple[str, str]]:
        return [(f"{run.due:%d %H:%M}", run.state) for run, _ in reversed(self.records.recent((), 1000))]


def test_each_due_instant_is_made_once_and_recorded(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *"))
    assert run("2026-06-01T05:00", "2026-06-04T05:00") == ["01 06:00", "02 06:00", "03 06:00"]
    assert run.states() == [("01 06:00", "done"), ("02 06:00", "done"), ("03 06:00", "done")]


def test_nothing_due_before_the_first_start_is_made(records: ScheduleRecords) -> None:
    assert Run(records, plan_of("0 6 * * *", catch_up=5))("2026-06-01T07:00", "2026-06-02T05:00") == []


def test_it_sleeps_a_minute_at_most(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *"))
    run("2026-06-01T05:00:30", "2026-06-01T07:00")
    assert max(run.clock.slept) == 60
    assert min(run.clock.slept) > 0
    assert len(run.clock.slept) <= 122


@pytest.mark.parametrize(
    ("catch_up", "made", "missed"),
    [
        (0, [], ["02 06:00", "03 06:00", "04 06:00"]),
        (1, ["04 06:00"], ["02 06:00", "03 06:00"]),
        (2, ["03 06:00", "04 06:00"], ["02 06:00"]),
        (9, ["02 06:00", "03 06:00", "04 06:00"], []),
    ],
)
def test_the_latest_missed_runs_are_caught_up(
    records: ScheduleRecords, catch_up: int, made: list[str], missed: list[str]
) -> None:
    run = Run(records, plan_of("0 6 * * *", catch_up=catch_up))
    run("2026-06-01T05:00", "2026-06-01T12:00")
    assert run("2026-06-04T12:00", "2026-06-04T13:00") == made
    assert [due for due, state in run.states() if state == "missed"] == missed
    assert any("skipped" in line for line in run.lines) is bool(missed)


def test_a_start_within_a_minute_is_in_time(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *", catch_up=0))
    run("2026-06-01T05:00", "2026-06-01T05:30")
    assert run("2026-06-01T06:00:40", "2026-06-01T07:00") == ["01 06:00"]


def test_once_makes_due_runs_and_ends(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *", catch_up=0))
    assert run("2026-06-01T06:00:20", "2026-06-09T00:00", once=True) == ["01 06:00"]
    assert run("2026-06-01T06:01:20", "2026-06-09T00:00", once=True) == []
    assert run.clock.slept == []


def test_make_now_leaves_due_runs_alone(records: ScheduleRecords) -> None:
    channel = FakeChannel()
    run = Run(records, plan_of("0 6 * * *", channel))
    run("2026-06-01T05:00", "2026-06-01T05:30")
    run.clock.now = moment("2026-06-01T06:40")  # what was due at six is not made, and not forgotten
    world = World(run.clock, run.clock.sleep, lambda: False, lambda line: run.lines.append(line.text))
    make_now(run.plans, records, run.job, world)
    assert run.states() == [("01 06:40", "done")]
    assert len(channel.taken) == 1
    assert run("2026-06-01T06:50", "2026-06-01T06:55") == ["01 06:00"]
    assert run.states() == [("01 06:00", "done"), ("01 06:40", "done")]


def test_a_request_of_another_process_is_made_next(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *"))
    ask = {"2026-06-01T04:10:20": lambda: request_now(run.plans, records, run.clock())}
    assert run("2026-06-01T04:00", "2026-06-01T04:12", on=ask) == ["01 04:10"]


def test_a_long_run_skips_no_other_run(records: ScheduleRecords) -> None:
    plans = (plan_of("0 6 * * *", name="long", catch_up=0), plan_of("5 6 * * *", name="short", catch_up=0))
    run = Run(records, *plans)
    run.job.minutes = 30
    run("2026-06-01T05:00", "2026-06-01T12:00")
    assert [(name, f"{due:%H:%M}") for name, due in run.job.asked] == [("long", "06:00"), ("short", "06:05")]


def test_instants_during_a_run_become_one_run(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("*/10 * * * *", catch_up=0))
    run.job.minutes = 35
    assert run("2026-06-01T06:05", "2026-06-01T07:00") == ["01 06:10", "01 06:40"]
    assert ("01 06:30", "missed") in run.states()


@pytest.mark.parametrize(
    ("zone", "start", "end", "due"),
    [
        ("Europe/Prague", "2026-03-28T12:00", "2026-03-30T12:00", ["29 03:00", "30 02:30"]),
        ("Europe/Prague", "2026-10-24T12:00", "2026-10-26T12:00", ["25 02:30", "26 02:30"]),
        ("America/New_York", "2026-03-07T12:00", "2026-03-09T12:00", ["08 03:00", "09 02:30"]),
        ("America/New_York", "2026-10-31T12:00", "2026-11-02T12:00", ["01 02:30", "02 02:30"]),
    ],
)
def test_daylight_saving_neither_skips_nor_doubles_a_run(
    records: ScheduleRecords, zone: str, start: str, end: str, due: list[str]
) -> None:
    assert Run(records, plan_of("30 2 * * *", zone=zone))(start, end) == due


def test_a_clock_set_back_doubles_no_run(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *"))
    back = {"2026-06-01T06:30": lambda: run.clock.jump(-timedelta(hours=2))}
    assert run("2026-06-01T05:00", "2026-06-02T09:00", on=back) == ["01 06:00", "02 06:00"]


def test_a_clock_set_ahead_over_an_instant_makes_it(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *"))
    ahead = {"2026-06-01T05:30": lambda: run.clock.jump(timedelta(hours=2))}
    assert run("2026-06-01T05:00", "2026-06-01T09:00", on=ahead) == ["01 06:00"]


def test_a_clock_that_was_years_ahead_loses_no_later_run(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *", catch_up=0))
    years = timedelta(days=1461)
    wrong = {"2026-06-01T05:30": lambda: run.clock.jump(years), "2030-06-01T05:40": lambda: run.clock.jump(-years)}
    assert run("2026-06-01T05:00", "2026-06-03T05:00", on=wrong) == ["01 06:00", "02 06:00"]


def test_an_instant_missed_by_a_jump_is_made_later(records: ScheduleRecords) -> None:
    """It is made when the clock is set back before it."""
    run = Run(records, plan_of("0 6 * * *", catch_up=0))
    hours = timedelta(hours=3)
    jumps = {"2026-06-01T05:30": lambda: run.clock.jump(hours), "2026-06-01T08:40": lambda: run.clock.jump(-hours)}
    assert run("2026-06-01T05:00", "2026-06-01T07:00", on=jumps) == ["01 06:00"]
    assert run.states() == [("01 06:00", "done")]


def test_a_machine_that_slept_for_days_catches_up(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 * * * *", catch_up=2))
    slept = {"2026-06-01T05:30": lambda: run.clock.jump(timedelta(days=3))}
    assert run("2026-06-01T05:10", "2026-06-01T05:45", on=slept) == ["04 04:00", "04 05:00"]


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(jumps=st.lists(st.tuples(st.integers(1, 40), st.integers(-300, 300)), max_size=5))
def test_no_jumps_of_the_clock_double_a_run(
    tmp_path_factory: pytest.TempPathFactory, jumps: list[tuple[int, int]]
) -> None:
    with Archive.open(tmp_path_factory.mktemp("jumps") / "briefs.sqlite") as archive:
        run = Run(archive.schedule, plan_of("*/20 * * * *", catch_up=3))
        made: list[str] = []
        at = moment("2026-06-01T12:00")
        for minutes, jump in [*jumps, (60, 0)]:
            end = at + timedelta(minutes=minutes)
            made += run(at.isoformat()[:19], end.isoformat()[:19])
            at = end + timedelta(minutes=jump)
        assert len(made) == len(set(made))
        assert made == [] or all(state in ("done", "missed") for _, state in run.states())


def test_a_failed_run_is_reported_and_the_next_is_made(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *"))
    run.job.failures += [ReadingError("the feeds", "all are gone"), ZeroDivisionError("oops")]
    run("2026-06-01T05:00", "2026-06-03T12:00")
    assert run.states() == [("01 06:00", "failed"), ("02 06:00", "failed"), ("03 06:00", "done")]
    reasons = [noted.reason for noted, _ in records.recent((), 9)]
    assert reasons[2] == "cannot read the feeds: all are gone"
    assert "please report it: ZeroDivisionError: oops" in reasons[1]


def test_a_run_that_is_asked_to_stop_starts_over(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *", catch_up=0))
    run.job.failures.append(StopRequest())
    run("2026-06-01T06:00", "2026-06-01T06:00:30", once=True)
    assert run.states() == [("01 06:00", "due")]
    run("2026-06-01T09:00", "2026-06-01T09:00:30")
    assert run.states() == [("01 06:00", "done")]


def test_a_run_is_given_up_after_three_crashes(records: ScheduleRecords) -> None:
    run = Run(records, plan_of("0 6 * * *", catch_up=0))
    run.job.failures += [PowerCut() for _ in range(3)]
    for _ in range(3):
        with pytest.raises(PowerCut):
            run("2026-06-01T06:00", "2026-06-01T07:00")
    assert run.states() == [("01 06:00", "briefed")]
    assert run("2026-06-02T05:00", "2026-06-02T05:30") == []
    assert run.states() == [("01 06:00", "failed")]
    assert "died 3 times" in records.recent((), 1)[0][0].reason


def test_retries_wait_longer_each_time(records: ScheduleRecords) -> None:
    channel = FakeChannel(answers=[DeliveryError("fake a", "down", temporary=True)] * 8)
    run = Run(records, plan_of("0 6 * * *", channel))
    channel.clock = run.clock
    run("2026-06-01T05:00", "2026-06-01T12:00")
    waits = [
        (later - earlier).total_seconds() / 60 for earlier, later in zip(channel.tried, channel.tried[1:], strict=False)
    ]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert len(channel.taken) == 1
    assert run.states() == [("01 06:00", "done")]


def test_a_lasting_failure_waits_for_the_next_start_or_run(records: ScheduleRecords) -> None:
    channel = FakeChannel(answers=[DeliveryError("fake a", "bad password")] * 2)
    run = Run(records, plan_of("0 6 * * *", channel))
    channel.clock = run.clock
    run("2026-06-01T05:00", "2026-06-01T12:00")
    assert len(channel.tried) == 1
    run("2026-06-01T12:00", "2026-06-02T12:00")
    assert [f"{tried:%d %H:%M}" for tried in channel.tried] == ["01 06:00", "01 12:00", "02 06:00", "02 06:00"]
    assert run.states() == [("01 06:00", "done"), ("02 06:00", "done")]


@pytest.mark.long
def test_a_delivery_is_given_up_after_a_week_and_reported(records: ScheduleRecords) -> None:
    channel = FakeChannel(answers=[DeliveryError("fake a", "down", temporary=True)] * 1000)
    run = Run(records, plan_of("0 6 1 * *", channel))
    run("2026-06-01T05:00", "2026-06-09T05:00")
    assert run.states() == [("01 06:00", "failed")]
    assert records.recent((), 1)[0][0].reason == "fake a: given up, down"


def test_recipients_are_served_once_each(records: ScheduleRecords) -> None:
    later = Refusal("b", "450 try later", temporary=True)
    never = Refusal("c", "550 no such user", temporary=False)
    channel = FakeChannel(recipients=("a", "b", "c"), answers=[Receipt((later, never))])
    run = Run(records, plan_of("0 6 * * *", channel))
    run("2026-06-01T05:00", "2026-06-01T12:00")
    assert [served for _, served in channel.taken] == [("a",), ("b",)]
    assert len({key for key, _ in channel.taken}) == 1
    ((noted, (way,)),) = records.recent((), 1)
    assert (noted.state, way.state, [refusal.recipient for refusal in way.refused]) == ("done", "sent", ["c"])
    assert any("sent, but" in line or "c: 550 no such user" in line for line in run.lines)


def test_a_delivery_refused_by_all_recipients_is_refused(records: ScheduleRecords) -> None:
    never = tuple(Refusal(name, "550 no such user", temporary=False) for name in "ab")
    channel = FakeChannel(recipients=("a", "b"), answers=[Receipt(never)])
    run = Run(records, plan_of("0 6 * * *", channel))
    run("2026-06-01T05:00", "2026-06-01T12:00")
    assert run.states() == [("01 06:00", "failed")]


def test_one_target_that_fails_does_not_hold_up_another(records: ScheduleRecords) -> None:
    bad = FakeChannel(target="bad", answers=[DeliveryError("bad", "down", temporary=True)])
    good = FakeChannel(target="good")
    run = Run(records, plan_of("0 6 * * *", bad, good))
    run("2026-06-01T05:00", "2026-06-01T06:00:30")
    assert (len(bad.taken), len(good.taken)) == (0, 1)
    assert run.states() == [("01 06:00", "delivering")]


def test_an_interrupted_delivery_is_repeated_with_the_same_key(records: ScheduleRecords) -> None:
    channel = FakeChannel()

    def taken_then_dead(parcel: object, recipients: object) -> Receipt:
        FakeChannel.send(channel, parcel, recipients)  # type: ignore[arg-type]
        raise PowerCut

    dying = replace(channel)
    dying.send = taken_then_dead  # type: ignore[method-assign]
    with pytest.raises(PowerCut):
        Run(records, plan_of("0 6 * * *", dying))("2026-06-01T06:00", "2026-06-01T07:00")
    again = Run(records, plan_of("0 6 * * *", channel))
    assert again("2026-06-01T06:30", "2026-06-01T07:00") == []
    assert len(channel.taken) == 2
    assert len({key for key, _ in channel.taken}) == 1


def test_a_removed_target_is_given_up(records: ScheduleRecords) -> None:
    gone = FakeChannel(answers=[DeliveryError("fake a", "down", temporary=True)])
    Run(records, plan_of("0 6 * * *", gone))("2026-06-01T05:00", "2026-06-01T06:00:30")
    Run(records, plan_of("0 6 * * *", FakeChannel(target="other")))("2026-06-01T06:30", "2026-06-01T06:40")
    assert "no longer names it" in records.recent((), 1)[0][0].reason


def test_outputs_are_kept_until_they_are_delivered(records: ScheduleRecords) -> None:
    channel = FakeChannel(answers=[DeliveryError("fake a", "down", temporary=True)])
    run = Run(records, plan_of("0 6 * * *", channel))
    count = "SELECT count(*) FROM run_outputs"
    run("2026-06-01T05:00", "2026-06-01T06:00:30")
    assert records._db.execute(count).fetchone() == (2,)
    run("2026-06-01T06:01", "2026-06-01T06:10")
    assert records._db.execute(count).fetchone() == (0,)


def test_other_profiles_of_the_archive_are_left_alone(records: ScheduleRecords) -> None:
    waiting = FakeChannel(answers=[DeliveryError("fake a", "down", temporary=True)])
    Run(records, plan_of("0 6 * * *", waiting, name="one"))("2026-06-01T05:00", "2026-06-01T06:00:30")
    Run(records, plan_of("0 9 * * *", name="two"))("2026-06-01T08:00", "2026-06-01T10:00")
    states = {noted.profile: noted.state for noted, _ in records.recent((), 9)}
    assert states == {"one": "delivering", "two": "done"}
    assert [noted.profile for noted, _ in records.recent(("two",), 9)] == ["two"]


def test_stopping_leaves_deliveries_for_the_next_start(records: ScheduleRecords) -> None:
    channel = FakeChannel()
    run = Run(records, plan_of("0 6 * * *", channel))
    run.job.minutes = 5
    assert run("2026-06-01T05:59", "2026-06-01T06:02") == ["01 06:00"]  # asked to end while it merges
    assert run.states() == [("01 06:00", "due")]
    assert run("2026-06-01T06:10", "2026-06-01T06:30") == ["01 06:00"]
    assert len(channel.taken) == 1


def test_a_clock_set_back_retries_waiting_deliveries(records: ScheduleRecords) -> None:
    channel = FakeChannel(answers=[DeliveryError("fake a", "down", temporary=True)] * 2)
    run = Run(records, plan_of("0 6 1 * *", channel, catch_up=0))
    channel.clock = run.clock
    years = timedelta(days=1461)
    wrong = {"2026-06-01T05:30": lambda: run.clock.jump(years), "2030-06-01T06:00:30": lambda: run.clock.jump(-years)}
    run("2026-06-01T05:00", "2026-06-01T06:10", on=wrong)
    assert [f"{tried:%Y %H:%M}" for tried in channel.tried] == ["2030 06:00", "2026 06:00", "2026 06:02"]
    assert len(channel.taken) == 1


def test_a_mail_arrives_after_an_hour_without_server(records: ScheduleRecords) -> None:
    mailbox, port = Mailbox(), free_port()
    sender, desk = Address(addr_spec="news@example.org"), Address(addr_spec="desk@example.org")
    mail = EmailChannel(SmtpServer("localhost", port, "none"), sender, (desk,))
    run = Run(records, plan_of("0 6 * * *", mail, zone="Europe/Prague"))
    with ExitStack() as stack:
        up = {"2026-06-01T05:00": lambda: stack.enter_context(mail_server(mailbox, port=port))}
        run("2026-06-01T03:59", "2026-06-01T07:00", on=up)
    (message,) = mailbox.messages
    assert message["Date"] == "Mon, 01 Jun 2026 06:00:00 +0200"
    assert sum("cannot be reached: Connection refused" in line for line in run.lines) == 6
    assert run.states() == [("01 04:00", "done")]
