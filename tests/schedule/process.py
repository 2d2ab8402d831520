"""A schedule in a process of its own, which a test kills.

    python -m tests.schedule.process ARCHIVE FOLDER PORT HOLD [NEED]

Its clock shows 06:00:10, when one run is due. It prints each stage of the job that it comes to, and stops at
the one named HOLD; with HOLD "idle" it goes on when all is done. With NEED "digest" the run waits for an approval,
which is there when its digest is released.
"""

# ruff: noqa: T201 - a test reads what is printed

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from pathlib import Path

from briefing.delivery.email import EmailChannel
from briefing.delivery.folder import FolderChannel
from briefing.delivery.smtp_server import SmtpServer
from briefing.errors import ScheduleError
from briefing.jobs.releasing import Held, ToSend
from briefing.model.runs import RunResult
from briefing.profile.approval import Approval, Need
from briefing.profile.profile import Profile
from briefing.profile.schedule import Schedule
from briefing.schedule.plans import Plan, fire_times_of
from briefing.schedule.runs import Stage
from briefing.schedule.service import serve
from tests.fakes.parcels import parcel
from tests.fakes.schedules import DIGEST, moment


class HeldJob:
    def __init__(self, hold: str) -> None:
        self._hold = hold

    def __call__(self, _profile: Profile, _due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        self._come_to("fetching")
        reached("briefed")
        self._come_to("briefed")
        reached("merged")
        self._come_to("merged")
        return parcel().result

    def prepare(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        return replace(self(profile, due, reached), outputs=(), email=None)

    def release(self, _profile: Profile, _due: datetime) -> tuple[RunResult, ToSend] | Held:
        self._come_to("released")
        return parcel().result, ToSend(DIGEST, "0" * 64, 0, "approved by ann")

    def _come_to(self, stage: str) -> None:
        print(stage, flush=True)
        if stage == self._hold:
            time.sleep(600)
        if f"slow {stage}" == self._hold:
            time.sleep(1.5)


def main(archive: str, folder: str, port: str, hold: str, need: Need = "none") -> int:
    profile = Profile(name="morning", schedule=Schedule(cron="0 6 * * *"), approval=Approval(need=need))
    mail = EmailChannel(
        SmtpServer("localhost", int(port), "none"),
        Address(addr_spec="a@example.org"),
        (Address(addr_spec="b@example.org"),),
    )
    plan = Plan(profile, fire_times_of(profile), 1, (FolderChannel(Path(folder)), mail))
    try:
        serve(
            (plan,),
            Path(archive),
            HeldJob(hold),
            lambda line: print(line.text, flush=True),
            once=hold != "idle",
            clock=lambda: moment("2026-06-01T06:00:10"),
        )
    except ScheduleError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
