"""The commands about schedules."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.completing import complete_profile
from briefing.cli.printing import DONE, SOME_FAILED, PrivateOption, examples, fail
from briefing.cli.saying import say
from briefing.cli.verbosity import is_quiet
from briefing.errors import ArchiveError, BriefingError, ScheduleLockedError

if TYPE_CHECKING:
    from briefing.model.runs import Delivery, DueRun
    from briefing.profile.profile import Profile
    from briefing.schedule.plans import Plan
    from briefing.schedule.runs import DigestJob, LogLine

_ENVIRONMENT = Path(".config/briefing/environment")  # in the user's home

_NO_RUNS = "no scheduled runs yet; briefing schedule run PROFILE begins them, briefing schedule next PROFILE says when"

ProfilesArgument = Annotated[
    list[str],
    typer.Argument(help="Profiles that have a schedule.", metavar="PROFILE", autocompletion=complete_profile),
]
AnyProfilesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        help="List the runs of these profiles.",
        metavar="PROFILE",
        show_default="all in the archive",
        autocompletion=complete_profile,
    ),
]
ArchiveOption = Annotated[
    Path | None,
    typer.Option("--archive", help="File that keeps the runs.", show_default="the profiles'", metavar="FILE"),
]


_RUN = examples("briefing schedule run --dry-run morning.yaml", "briefing schedule run morning.yaml")
_INSTALL = examples(
    "briefing schedule install --systemd --write morning.yaml", "briefing schedule install --cron morning.yaml"
)

MakeJob = Callable[[Path, bool], "DigestJob"]  # takes the archive, and True to allow private addresses


def schedule_commands(job: MakeJob) -> typer.Typer:
    """Return the commands; *job* returns the job that makes digests, and is called only if one is made."""
    app = typer.Typer(name="schedule", help="Make and deliver digests on a schedule.", no_args_is_help=True)
    app.command("run", epilog=_RUN)(_run_command(job))
    app.command("list", epilog=examples("briefing schedule list morning.yaml"))(list_runs)
    app.command("next", epilog=examples("briefing schedule next morning.yaml -n 3"))(next_times)
    app.command("install", epilog=_INSTALL)(install)
    return app


def _run_command(job: MakeJob) -> Callable[..., None]:
    def run(
        profiles: ProfilesArgument,
        archive: ArchiveOption = None,
        once: Annotated[
            bool, typer.Option("--once", help="Make what is due now, and end; do nothing if a schedule is running.")
        ] = False,
        at_once: Annotated[bool, typer.Option("--now", help="Make and deliver a digest now, and end.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be made and delivered.")] = False,
        allow_private: PrivateOption = False,
    ) -> None:
        """Make and deliver the digests of profiles when they are due, until it is stopped (SIGTERM, Ctrl-C).

        A changed profile is read again before the next digest is due. With --now a digest is made and delivered at
        once, whatever is due; the next digest reports the changes since then.
        """
        import os

        from briefing.schedule.dry_run import next_due_lines
        from briefing.schedule.loop import ProfileFiles, plan_maker
        from briefing.schedule.plans import archive_of, make_plans
        from briefing.schedule.service import now, request_from_running, serve

        troubles = []

        def log(line: "LogLine") -> None:
            if is_quiet() and not line.trouble:
                return
            say(line.text, file=sys.stderr if line.trouble else sys.stdout, flush=True)
            troubles.extend([line] * line.trouble)

        with _errors_reported():
            chosen = _load(profiles)
            plans = make_plans(chosen, os.environ, now)
            file = archive_of(chosen, archive)
            if dry_run:
                _print_dry_run(plans, file, at_once=at_once)
            else:
                make_plan = plan_maker(file, os.environ, now, is_named=archive is not None)
                files = ProfileFiles({plan.name: name for plan, name in zip(plans, profiles, strict=True)}, make_plan)
                try:
                    serve(plans, file, job(file, allow_private), log, once=once, at_once=at_once, reload=files)
                except ScheduleLockedError:
                    if at_once:
                        request_from_running(plans, file)
                        say(*(_request_line(plan, file) for plan in plans), sep="\n")
                    elif not once:
                        raise
                if once and sys.stdout.isatty():  # not under cron, which mails every output
                    say(*next_due_lines(plans, now()), sep="\n")
        raise typer.Exit(SOME_FAILED if (once or at_once) and troubles else DONE)

    return run


def _request_line(plan: "Plan", file: Path) -> str:
    return f"{plan.name}: noted; the schedule that uses {file} makes it within a minute, if it follows {plan.name}"


def list_runs(
    profiles: AnyProfilesArgument = None,
    archive: ArchiveOption = None,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="The most runs to list.", metavar="N")] = 20,
) -> None:
    """List the latest runs, the newest first, and the deliveries that wait."""
    from briefing.archive.archive import Archive
    from briefing.schedule.plans import archive_of

    with _errors_reported():
        chosen = _load(profiles or [])
        if not chosen and archive is None:
            raise ValueError("which archive? name a profile, or add --archive FILE")
        file = archive_of(chosen, archive)
        if chosen and not file.exists():
            say(f"{file}: {_NO_RUNS}", file=sys.stderr)
            return
        with Archive.open_to_read(file) as opened:
            runs = tuple(opened.schedule.recent([profile.name for profile in chosen], limit))
        for run, deliveries in runs:
            say(*_lines(run, deliveries), sep="\n")
        if not runs:
            say(f"{file}: {_NO_RUNS}", file=sys.stderr)


def next_times(
    profiles: ProfilesArgument,
    count: Annotated[
        int, typer.Option("-n", "--count", min=1, max=1000, help="Number of times to print.", metavar="N")
    ] = 10,
) -> None:
    """Print when the next digests are due."""
    from heapq import merge
    from itertools import islice

    from briefing.schedule.plans import fire_times_of
    from briefing.schedule.service import now

    with _errors_reported():
        start = now()
        times = [((due, profile.name) for due in fire_times_of(profile).after(start)) for profile in _load(profiles)]
        for due, name in islice(merge(*times), count):
            say(f"{due.isoformat()}  {due:%A}  {name}")


def install(
    profiles: ProfilesArgument,
    archive: ArchiveOption = None,
    systemd: Annotated[bool, typer.Option("--systemd", help="Make a unit of the user's systemd.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="Make a line of the user's crontab.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Install it instead of printing it.")] = False,
) -> None:
    """Print or install a systemd unit or crontab line that follows schedules."""
    from briefing.cli.installing import Installation, write_crontab, write_unit
    from briefing.schedule.plans import archive_of, fire_times_of
    from briefing.schedule.units import crontab_line, systemd_unit

    with _errors_reported():
        if systemd == cron:
            raise ValueError("which? add --systemd or --cron")
        chosen = _load(profiles)
        for profile in chosen:
            fire_times_of(profile)
        names = [profile.name for profile in chosen]
        wanted = Installation(profiles, archive_of(chosen, archive), once=cron)
        environment = Path.home() / _ENVIRONMENT
        text = (crontab_line if cron else systemd_unit)(wanted.command(), names, environment)
        if not write:
            say(text, end="")
        elif cron:
            write_crontab(text, names)
        else:
            write_unit(text, names)


def _print_dry_run(plans: "Sequence[Plan]", file: Path, *, at_once: bool) -> None:
    from briefing.archive.archive import Archive
    from briefing.schedule.dry_run import describe_due, describe_now
    from briefing.schedule.service import now

    describe = describe_now if at_once else describe_due
    if not file.exists():
        say(*describe(plans, None, now()), sep="\n")
        return
    with Archive.open_to_read(file) as opened:
        say(*describe(plans, opened.schedule, now()), sep="\n")


def _load(names: Sequence[str]) -> "list[Profile]":
    from briefing.jobs.plan import check_profile
    from briefing.profile.profile import load_profile

    profiles = [load_profile(name) for name in names]
    for profile in profiles:
        check_profile(profile)
    return profiles


def _lines(run: "DueRun", deliveries: "Sequence[Delivery]") -> Iterator[str]:
    title = f"  {run.title}" if run.title else ""
    reason = f": {run.reason}" if run.reason and run.state == "failed" else ""
    empty = " (empty)" if run.empty else ""
    yield f"{run.due:%Y-%m-%d %H:%M} UTC  {run.profile}  {run.state}{title}{empty}{reason}"
    for delivery in deliveries:
        yield f"    {delivery.target}: {delivery.state}{_progress(delivery)}"


def _progress(delivery: "Delivery") -> str:
    """Return why a delivery is not finished and when it is retried, or the recipients that it did not reach."""
    left_out = "".join(f"; not {refusal.recipient}: {refusal.reason}" for refusal in delivery.refused)
    if delivery.state not in ("pending", "sending") or not delivery.attempts:
        return left_out
    again = f"again at {delivery.next_attempt:%Y-%m-%d %H:%M} UTC" if delivery.next_attempt else "again at the next run"
    why = f": {delivery.reason}" if delivery.reason else ""
    return f" after {delivery.attempts} attempts, {again}{why}{left_out}"


@contextmanager
def _errors_reported() -> Iterator[None]:
    """Report an error in one line, and exit."""
    try:
        yield
    except ArchiveError as error:
        fail(str(error), SOME_FAILED)
    except (BriefingError, ValueError) as error:
        fail(str(error))
