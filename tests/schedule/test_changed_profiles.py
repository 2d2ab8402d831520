"""A profile that changes while its schedule runs is reloaded; one that cannot be used has no effect."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.profile.profile import Profile, load_profile
from briefing.schedule.loop import ProfileFiles, World, follow, plan_maker
from briefing.schedule.plans import Plan, make_plans
from briefing.schedule.runs import LogLine
from tests.fakes.schedules import FakeClock, FakeJob, moment

MORNING = """\
title: {title}
schedule: {{cron: '{cron}', catch_up: {catch_up}}}
archive: a.sqlite
deliver: [{{folder: out}}]
"""


def written(cron: str = "0 6,7 * * *", title: str = "First", catch_up: int = 1) -> str:
    return MORNING.format(cron=cron, title=title, catch_up=catch_up)


class Desk:
    """A schedule that follows morning.yaml of a folder."""

    def __init__(self, folder: Path, archive: Archive, environment: dict[str, str]) -> None:
        self.file = folder / "morning.yaml"
        self.file.write_text(written())
        self.archive = archive
        self.environment = environment
        self.lines: list[LogLine] = []
        self.clock = FakeClock(moment("2026-06-01"), moment("2026-06-01"))
        self.job = FakeJob(self.clock)

    def __call__(self, start: str, end: str, on: dict[str, Callable[[], object]]) -> list[str]:
        """Follow the profile from start to end, with what happens meanwhile; return what the job was asked for."""
        self.clock.now, self.clock.until = moment(start), moment(end)
        self.clock.events = {moment(instant): event for instant, event in on.items()}
        make_plan = plan_maker(self.file.with_name("a.sqlite"), self.environment, self.clock, is_named=False)
        files = ProfileFiles({"morning": str(self.file)}, make_plan)
        plans = make_plans([load_profile(str(self.file))], self.environment, self.clock)
        world = World(self.clock, self.clock.sleep, self.clock.over, self.lines.append, files)
        follow(plans, self.archive.schedule, self.job, world)
        return self.job.dues

    def write(self, text: str) -> Callable[[], object]:
        return lambda: self.file.write_text(text)

    def lines_with(self, words: str) -> list[str]:
        return [line.text for line in self.lines if words in line.text]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Archive.open(tmp_path / "a.sqlite") as archive:
        yield Desk(tmp_path, archive, {})


def test_a_change_applies_to_the_next_digest_and_is_reported(desk: Desk) -> None:
    due = desk(
        "2026-06-01T05:20",
        "2026-06-01T07:10",
        {"2026-06-01T06:30": desk.write(written(title="Second"))},
    )
    assert (due, desk.job.titles) == (["01 06:00", "01 07:00"], ["First", "Second"])
    assert desk.lines_with("has changed") == [f"morning: {desk.file} has changed; the new version is now in use"]
    assert desk.lines[[line.text for line in desk.lines].index(desk.lines_with("has changed")[0]) + 1].text == (
        "morning: due next at 2026-06-01 07:00 UTC"
    )
    assert not any(line.trouble for line in desk.lines)


def test_a_change_seconds_before_a_digest_applies(desk: Desk) -> None:
    desk("2026-06-01T05:20", "2026-06-01T06:10", {"2026-06-01T05:59:59": desk.write(written(title="Second"))})
    assert desk.job.titles == ["Second"]


def test_a_change_in_an_extended_profile_applies_too(desk: Desk) -> None:
    house = desk.file.with_name("house.yaml")
    house.write_text("title: First\n")
    desk.file.write_text(written().replace("title: First", "extends: house.yaml"))
    desk("2026-06-01T05:20", "2026-06-01T07:10", {"2026-06-01T06:30": lambda: house.write_text("title: Second\n")})
    assert desk.job.titles == ["First", "Second"]


@pytest.mark.parametrize(
    ("at", "cron", "due"),
    [
        ("05:30", "30 7 * * *", ["01 07:30"]),  # later: six o'clock is off
        ("06:30", "0 9 * * *", ["01 06:00", "01 09:00"]),
        ("08:30", "0 8 * * *", ["01 06:00", "01 07:00"]),  # nothing is made up for that was not due when it went by
        ("05:29:30", "30 5 * * *", ["01 05:30"]),
        ("05:30", "0 6 * * *", ["01 06:00"]),
    ],
)
def test_new_times_apply_from_the_change_on(desk: Desk, at: str, cron: str, due: list[str]) -> None:
    change = desk.write(written(cron, title="Second", catch_up=5))
    assert desk("2026-06-01T05:20", "2026-06-01T09:10", {f"2026-06-01T{at}": change}) == due


def test_a_defect_while_reloading_does_not_stop_the_schedule(desk: Desk) -> None:
    def make_plan(_profile: Profile) -> Plan:
        raise ZeroDivisionError("oops")

    (plan,) = make_plans([load_profile(str(desk.file))], {}, desk.clock)
    desk.file.write_text(written(title="Second"))
    kept, line = ProfileFiles({"morning": str(desk.file)}, make_plan)(plan)
    assert kept is plan
    assert line is not None
    assert line.text.endswith(
        "the earlier version stays in use: a defect of briefing, please report it: ZeroDivisionError: oops"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: [\n", "morning.yaml:2: invalid YAML"),
        (written() + "pages: !!bool 3\n", "morning.yaml:5: '3' is not of type bool, as its tag demands"),
        (written() + 'pages: !!int ""\n', "morning.yaml:5: '' is not of type int, as its tag demands"),
        (written() + "pages: !!timestamp x\n", "morning.yaml:5: the tag"),
        (written() + f"pages: {'9' * 6000}\n", "morning.yaml:5: a number of more than 100 digits"),
        ("[" * 100_000, "morning.yaml:1: more than 40 nested lists and mappings"),
        (
            written() + "extends: /dev/zero\n",
            "morning.yaml:5: /dev/zero: the profile cannot be read (not a regular file)",
        ),
        (written() + "extends: .\n", "morning.yaml:5: .: the profile cannot be read (Is a directory)"),
        (written() + 'archive: "a\\0b"\n', "morning.yaml:5: invalid YAML"),
        (written().replace("title", "titel"), "morning.yaml:1: unknown key 'titel'"),
        (written("0 25 * * *"), "morning.yaml:2: "),
        ("title: Second\n", "it has no schedule; add: schedule:"),
        (written().replace("{folder: out}", "{folder: out}, {folder: out}"), "it delivers twice to folder"),
        (
            written().replace("folder: out", "webhook: {url: 'https://hook.example/', secret: env:NO_SUCH}"),
            "the variable NO_SUCH, which the profile morning names: it is not set",
        ),
        (
            written().replace("folder: out", "webhook: {url: 'http://hook.example/', secret: env:SET}"),
            "hook.example would get the digest unencrypted",
        ),
        (written() + "sections: [oracle]\n", "oracle"),
        (written().replace("a.sqlite", "b.sqlite"), "to change it, stop the schedule and start again"),
    ],
)
def test_an_unusable_change_is_reported_once_and_ignored(desk: Desk, text: str, reason: str) -> None:
    desk.environment["SET"] = "0123456789abcdef"
    due = desk("2026-06-01T05:20", "2026-06-01T07:10", {"2026-06-01T05:30": desk.write(text)})
    assert (due, desk.job.titles) == (["01 06:00", "01 07:00"], ["First", "First"])
    (line,) = desk.lines_with("cannot be used")
    assert line.startswith(f"morning: {desk.file} has changed but cannot be used; the earlier version stays in use: ")
    assert reason in line
    assert [line.text for line in desk.lines if line.trouble] == [line]


def test_a_file_may_be_missing_for_a_while(desk: Desk) -> None:
    events = {"2026-06-01T05:30": desk.file.unlink, "2026-06-01T06:30": desk.write(written())}
    assert desk("2026-06-01T05:20", "2026-06-01T07:10", events) == ["01 06:00", "01 07:00"]
    (line,) = desk.lines_with("no such profile")
    assert str(desk.file) in line
    assert desk.lines_with("again") == [f"morning: {desk.file} is again the version in use"]


def test_a_corrected_change_applies(desk: Desk) -> None:
    events = {
        "2026-06-01T05:30": desk.write("title: [\n"),
        "2026-06-01T05:40": desk.write("nothing: else\n"),
        "2026-06-01T05:50": desk.write(written(title="Third")),
    }
    desk("2026-06-01T05:20", "2026-06-01T06:10", events)
    assert desk.job.titles == ["Third"]
    assert len(desk.lines_with("cannot be used")) == 2


def test_a_change_retries_waiting_deliveries_at_once(desk: Desk) -> None:
    desk.file.with_name("out").write_text("a file where a folder has to be")

    def mend() -> None:
        desk.file.with_name("out").unlink()
        desk.file.write_text(written(title="Second"))

    desk("2026-06-01T05:50", "2026-06-01T06:40", {"2026-06-01T06:35": mend})
    (sent,) = desk.lines_with(": sent")
    assert sent.startswith("morning of 2026-06-01 06:00 UTC: folder ")
    assert desk.clock.now - moment("2026-06-01T06:35") < timedelta(minutes=10)
