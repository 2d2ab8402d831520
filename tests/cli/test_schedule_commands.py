"""The commands about schedules: what they print, where it goes, and the status they leave with."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from briefing.archive.archive import Archive
from briefing.cli.schedule import schedule_commands
from briefing.errors import ReadingError
from briefing.model.runs import Output, RunResult
from briefing.profile.profile import Profile
from briefing.schedule.runs import Stage
from briefing.schedule.service import schedule_lock


def made(profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
    reached("briefed")
    reached("merged")
    name = f"{profile.name}-{due:%Y-%m-%d}.md"
    return RunResult(
        f"{profile.name} of {due:%Y-%m-%d}", (Output(name, "text/markdown", b"# News"),), notices=("one feed is dead",)
    )


def failing(_profile: Profile, _due: datetime, _reached: Callable[[Stage], None]) -> RunResult:
    raise ReadingError("the feeds", "all are dead")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    profile = (
        'schedule: {cron: "* * * * *", timezone: Europe/Prague}\narchive: briefs.sqlite\ndeliver: [{folder: out}]\n'
    )
    Path("morning.yaml").write_text(profile)

    def invoke(*arguments: str, job: object = made) -> Result:
        app = typer.Typer()
        app.add_typer(schedule_commands(lambda *_: job))  # type: ignore[arg-type, return-value]
        app.command("other")(lambda: None)
        return CliRunner().invoke(app, ["schedule", *arguments])

    return invoke


def test_run_makes_and_delivers_due_digests(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("run", "--once", "morning.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("morning of ")
    assert "CE" in lines[0]
    assert "made 'morning of " in lines[0]
    assert lines[1].endswith(": one feed is dead")
    assert lines[2].endswith(f"folder {tmp_path}/out: sent")
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes() == b"# News"
    listed = run("list", "morning.yaml").stdout.splitlines()
    assert "UTC  morning  done  morning of " in listed[0]
    assert listed[1] == f"    folder {tmp_path}/out: sent"


def test_before_the_first_run_the_list_says_how_runs_begin(run: Callable[..., Result]) -> None:
    result = run("list", "morning.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no scheduled runs yet" in result.stderr


def test_a_failed_run_exits_with_status_1(run: Callable[..., Result]) -> None:
    result = run("run", "--once", "morning.yaml", job=failing)
    assert result.exit_code == 1
    assert result.stderr.rstrip().endswith("failed: cannot read the feeds: all are dead")
    assert "failed: cannot read the feeds: all are dead" in run("list", "--archive", "briefs.sqlite").stdout


def test_waiting_deliveries_are_listed_with_their_reason(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    result = run("run", "--once", "morning.yaml")
    assert result.exit_code == 1
    assert "failed, again at " in result.stderr
    (line,) = [line for line in run("list", "morning.yaml").stdout.splitlines() if "folder" in line]
    assert "pending after 1 attempts, again at " in line
    shown = run("run", "--dry-run", "morning.yaml")
    assert shown.exit_code == 0
    assert "which waits: would write " in shown.stdout


def test_a_dry_run_reports_all_and_does_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("run", "--dry-run", "morning.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "morning: would make the digest of " in result.stdout
    assert "morning: due next at " in result.stdout
    assert f"morning: would write the outputs to {tmp_path}/out" in result.stdout
    assert not (tmp_path / "briefs.sqlite").exists()
    assert not (tmp_path / "out").exists()


def test_a_digest_is_made_and_delivered_now_whatever_is_due(run: Callable[..., Result], tmp_path: Path) -> None:
    Path("yearly.yaml").write_text(
        "schedule: {cron: '0 6 1 1 *', timezone: Europe/Prague}\narchive: briefs.sqlite\ndeliver: [{folder: out}]\n"
    )
    result = run("run", "--now", "yearly.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    made, _, sent = result.stdout.splitlines()
    assert made.startswith(f"yearly of {datetime.now(UTC):%Y-%m}")
    assert sent.endswith(f"folder {tmp_path}/out: sent")
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert "  yearly  done  yearly of " in run("list", "yearly.yaml").stdout


def test_a_dry_run_of_now_reports_all_and_does_nothing(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = "digest: {sources: [{folder: inbox}, {folder: more}]}\n" + Path("morning.yaml").read_text()
    mail = "{email: {to: [ann@example.org], from: desk@example.org, smtp: 'env:SMTP_OF_TEST'}}"
    Path("both.yaml").write_text(settings.replace("{folder: out}", f"{{folder: out}}, {mail}"))
    monkeypatch.setenv("SMTP_OF_TEST", "smtp://localhost:25")
    shown = run("run", "--now", "--dry-run", "both.yaml")
    assert (shown.exit_code, shown.stderr) == (0, "")
    making, folder, mailing = shown.stdout.splitlines()
    assert making.startswith("both: would make the digest of ")
    assert making.endswith(" from 2 sources, as pdf")
    assert folder == f"both: would write the outputs to {tmp_path}/out"
    assert mailing.startswith("both: would send the mail from desk@example.org to ann@example.org, ")
    assert mailing.endswith(", unless it is empty")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["both.yaml", "morning.yaml"]


def test_a_dry_run_of_now_leaves_the_archive_unchanged(run: Callable[..., Result], tmp_path: Path) -> None:
    run("run", "--now", "morning.yaml")
    before = run("list", "morning.yaml").stdout, (tmp_path / "briefs.sqlite").read_bytes()
    assert run("run", "--now", "--dry-run", "morning.yaml").exit_code == 0
    assert (run("list", "morning.yaml").stdout, (tmp_path / "briefs.sqlite").read_bytes()) == before


def test_a_failed_digest_of_now_exits_with_status_1(run: Callable[..., Result]) -> None:
    result = run("run", "--now", "morning.yaml", job=failing)
    assert (result.exit_code, "failed: cannot read the feeds: all are dead" in result.stderr) == (1, True)


def test_a_running_schedule_makes_the_digest_of_now(run: Callable[..., Result], tmp_path: Path) -> None:
    with schedule_lock(tmp_path / "briefs.sqlite", datetime.now(UTC)):
        result = run("run", "--now", "morning.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("morning: noted; the schedule that uses ")
    with Archive.open(tmp_path / "briefs.sqlite") as archive:
        (waiting,) = archive.schedule.to_run(("morning",))
        assert archive.schedule.looked("morning") is None
    assert abs(datetime.now(UTC) - waiting.due) < timedelta(minutes=1)


def empty(profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
    return replace(made(profile, due, reached), empty=True)


@pytest.mark.parametrize(
    ("setting", "reported", "files"),
    [
        ("", "it is empty; not delivered to webhook hook.example (", 1),
        ("digest: {skip_empty: true}\n", "it is empty; not delivered to folder ", 0),
    ],
)
def test_an_empty_digest_goes_to_those_who_want_it(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, setting: str, reported: str, files: int
) -> None:
    monkeypatch.setenv("HOOK_SECRET", "0123456789abcdef")
    hook = "{webhook: {url: 'https://hook.example/x', secret: env:HOOK_SECRET}}"
    written = Path("morning.yaml").read_text().replace("{folder: out}", f"{{folder: out}}, {hook}")
    Path("morning.yaml").write_text(setting + written)
    result = run("run", "--now", "morning.yaml", job=empty)
    assert (result.exit_code, result.stderr) == (0, "")
    assert reported in result.stdout
    assert len(list(Path("out").glob("*"))) == files
    assert " done  morning of " in (listed := run("list", "morning.yaml").stdout)
    assert listed.splitlines()[0].endswith(" (empty)")


def test_an_empty_digest_goes_to_all_if_asked(run: Callable[..., Result]) -> None:
    Path("morning.yaml").write_text("digest: {skip_empty: false}\n" + Path("morning.yaml").read_text())
    result = run("run", "--now", "morning.yaml", job=empty)
    assert "it is empty\n" in result.stdout
    assert len(list(Path("out").iterdir())) == 1


def test_a_webhook_is_reached_through_the_proxy_of_the_profile(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = "deliver: [{webhook: {url: 'https://hook.example/x', secret: env:HOOK_SECRET}}]\n"
    settings = "schedule: {cron: '@daily'}\narchive: briefs.sqlite\nfetch: {proxy: 'env:NEWS_PROXY'}\n"
    Path("other.yaml").write_text(settings + hook)
    monkeypatch.setenv("HOOK_SECRET", "0123456789abcdef")
    result = run("run", "--dry-run", "other.yaml")
    assert (result.exit_code, "the variable NEWS_PROXY, which the profile other names" in result.stderr) == (2, True)
    monkeypatch.setenv("NEWS_PROXY", "http://desk:w0rd@proxy.example")
    shown = run("run", "--dry-run", "other.yaml")
    assert (
        "other: would post json to hook.example (through the proxy proxy.example:3128), unless it is empty\n"
        in shown.stdout
    )
    monkeypatch.setenv("NEWS_PROXY", "socks5://desk:w0rd@proxy.example")
    refused = run("run", "--dry-run", "other.yaml")
    assert "only a proxy reached over http is used" in refused.stderr
    assert "w0rd" not in shown.output + refused.output


def test_the_next_times_of_several_profiles_are_in_order(run: Callable[..., Result]) -> None:
    Path("yearly.yaml").write_text("schedule: {cron: '@yearly', timezone: America/New_York}\n")
    result = run("next", "yearly.yaml", "-n", "2")
    year = datetime.now(UTC).year + 1
    assert [line[:25] for line in result.stdout.splitlines()] == [
        f"{year + number}-01-01T00:00:00-05:00" for number in (0, 1)
    ]
    both = run("next", "yearly.yaml", "morning.yaml", "-n", "3").stdout.splitlines()
    assert [line.rsplit("  ", 1)[1] for line in both] == ["morning"] * 3


def test_a_second_schedule_exits_with_status_2(run: Callable[..., Result], tmp_path: Path) -> None:
    """With `--once`, as cron calls it each minute, it exits quietly."""
    with schedule_lock(tmp_path / "briefs.sqlite", datetime.now(UTC)):
        result = run("run", "morning.yaml")
        assert result.exit_code == 2
        assert f"another schedule already uses it (process {os.getpid()} on " in result.stderr
        quiet = run("run", "--once", "morning.yaml")
        assert (quiet.exit_code, quiet.output) == (0, "")


def test_the_lock_is_free_again_after_its_holder(run: Callable[..., Result], tmp_path: Path) -> None:
    with schedule_lock(tmp_path / "briefs.sqlite", datetime.now(UTC)):
        pass
    assert run("run", "--once", "morning.yaml").exit_code == 0


_MAILED = "schedule: {cron: '@daily'}\narchive: a.sqlite\ndeliver: [{email: {to: [a@b.org], from: c@d.org, "


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("title: x\n", "the profile other: it has no schedule; add: schedule: {cron:"),
        ("schedule: {cron: '@daily'}\n", "no archive is named"),
        (
            "schedule: {cron: '@daily'}\ndeliver: [{folder: out}, {folder: out}]\n",
            "the profile other: it delivers twice to folder",
        ),
        (
            _MAILED + "smtp: env:NO_SUCH}}]\n",
            "the variable NO_SUCH, which the profile other names: it is not set; set it where the schedule is started",
        ),
    ],
)
def test_an_unusable_profile_exits_with_status_2(run: Callable[..., Result], profile: str, said: str) -> None:
    Path("other.yaml").write_text(profile)
    result = run("run", "--once", "other.yaml")
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_unusable_secret_is_not_printed(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAD_SMTP", "smtp://me:s3cr3t@mail.example.org")
    Path("other.yaml").write_text(_MAILED + "smtp: env:BAD_SMTP}}]\n")
    result = run("run", "--once", "other.yaml")
    assert result.exit_code == 2
    assert (
        "the variable BAD_SMTP, which the profile other names: it would send the password in the clear" in result.stderr
    )
    assert "s3cr3t" not in result.output


def test_profiles_of_several_archives_or_of_one_name_are_refused(run: Callable[..., Result]) -> None:
    Path("other.yaml").write_text("schedule: {cron: '@daily'}\narchive: other.sqlite\n")
    assert "name several archives" in run("run", "--once", "morning.yaml", "other.yaml").stderr
    Path("sub").mkdir()
    Path("sub/morning.yaml").write_text("extends: ../morning.yaml\n")
    assert "two profiles have this name" in run("run", "--once", "morning.yaml", "sub/morning.yaml").stderr


def test_an_invalid_archive_exits_with_status_1(run: Callable[..., Result]) -> None:
    Path("briefs.sqlite").write_text("no database at all, but a text that somebody wrote")
    result = run("run", "--once", "morning.yaml")
    assert result.exit_code == 1
    assert "cannot use the archive" in result.stderr


def test_a_list_without_an_archive_asks_which(run: Callable[..., Result]) -> None:
    result = run("list")
    assert (result.exit_code, result.stderr) == (2, "briefing: which archive? name a profile, or add --archive FILE\n")


def test_a_unit_is_printed_or_written_for_the_user(run: Callable[..., Result], tmp_path: Path) -> None:
    printed = run("install", "--systemd", "morning.yaml")
    assert f'"--archive" "{tmp_path}/briefs.sqlite" "--" "{tmp_path}/morning.yaml"' in printed.stdout
    written = run("install", "--systemd", "--write", "morning.yaml")
    unit = tmp_path / "home/.config/systemd/user/briefing-morning.service"
    assert written.stdout == f"{unit}\n"
    assert unit.read_text() == printed.stdout
    assert "systemctl --user enable --now briefing-morning.service" in written.stderr


def test_a_line_is_put_into_the_crontab(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "crontab"
    programs = tmp_path / "bin"
    programs.mkdir()
    fake = programs / "crontab"
    fake.write_text(f'#!/bin/sh\nif [ "$1" = -l ]; then cat {kept} || exit 1; else cat > {kept}; fi\n')
    fake.chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    for _ in range(2):
        result = run("install", "--cron", "--write", "morning.yaml")
        assert result.exit_code == 0
    assert kept.read_text() == result.stdout == run("install", "--cron", "morning.yaml").stdout
    assert "schedule run --once --archive" in result.stdout


def test_install_asks_which_and_refuses_a_profile_without_a_schedule(run: Callable[..., Result]) -> None:
    assert "add --systemd or --cron" in run("install", "morning.yaml").stderr
    assert "has no schedule" in run("install", "--cron", "standard").stderr


def test_pruning_takes_runs_that_are_over(run: Callable[..., Result], tmp_path: Path) -> None:
    run("run", "--once", "morning.yaml")
    later = datetime.now(UTC) + timedelta(days=400)
    with Archive.open(tmp_path / "briefs.sqlite", clock=lambda: later) as archive:
        archive.prune(timedelta(days=365))
        assert archive.schedule.recent((), 5) == ()
