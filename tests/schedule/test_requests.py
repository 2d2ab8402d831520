"""What a person asks for is stored first and worked off once, wherever the process that works is killed."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.profile.profile import load_profile
from briefing.review.acts import By
from briefing.schedule.requests import send_now
from tests.fakes.mail_servers import DeadlyMailbox, mail_server
from tests.fakes.reviewing import ARTICLES

INES = By("Ines", "web")

_WORK = (
    "import sys; from pathlib import Path; from datetime import datetime;"
    "from briefing.profile.profile import load_profile; from briefing.schedule.requests import work_off;"
    "work_off(load_profile(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))"
)


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, DeadlyMailbox]]:
    """Return a profile with two articles of today that mails to one person, and the mail server."""
    (tmp_path / "inbox").mkdir()
    for name, text in ARTICLES.items():
        front = f"title: The {name}\ndate: {datetime.now(UTC).date().isoformat()}"
        (tmp_path / "inbox" / f"{name}.txt").write_text(f"---\n{front}\n---\n{text}\n")
    file = tmp_path / "morning.yaml"
    file.write_text(
        "extends: digest\noutputs: [json]\nschedule: {cron: '0 6 * * *'}\ndigest: {sources: [{folder: inbox}]}\n"
        "deliver:\n  - email: {from: desk@example.org, to: [a@example.org], smtp: env:REQUEST_TEST_SMTP}\n"
    )
    mailbox = DeadlyMailbox()
    with mail_server(mailbox) as port:
        monkeypatch.setenv("REQUEST_TEST_SMTP", f"smtp://localhost:{port}")
        yield file, mailbox


def test_one_page_asks_for_one_digest(tmp_path: Path) -> None:
    (tmp_path / "morning.yaml").write_text("extends: digest\nschedule: {cron: '0 6 * * *'}\n")
    profile = load_profile(str(tmp_path / "morning.yaml"))
    asked = datetime(2031, 6, 9, 10, 0, 0, 700_000, UTC)
    with Archive.open(tmp_path / "a.sqlite") as archive:
        for seconds in (1, 2, 3):
            send_now(archive, INES, profile, asked, asked + timedelta(seconds=seconds))
        assert len(archive.schedule.to_run(("morning",))) == 1
        for late in (timedelta(hours=2), timedelta(hours=-2)):
            with pytest.raises(ReviewError, match="load it again"):
                send_now(archive, INES, profile, asked, asked + late)


@pytest.mark.long
@pytest.mark.parametrize("stage", ["recipients", "taken"])
def test_a_killed_sending_gives_one_mail(profile: tuple[Path, DeadlyMailbox], tmp_path: Path, stage: str) -> None:
    file, mailbox = profile
    moment = datetime.now(UTC)
    with Archive.open(tmp_path / "a.sqlite") as archive:
        due = send_now(archive, INES, load_profile(str(file)), moment, moment)

    def work() -> None:
        command = [sys.executable, "-c", _WORK, str(file), str(tmp_path / "a.sqlite"), due.isoformat()]
        mailbox.victim = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
        mailbox.victim.communicate(timeout=90)

    mailbox.at = stage
    work()
    assert mailbox.killed == [stage]
    work()
    with Archive.open(tmp_path / "a.sqlite") as archive:
        ((run, _),) = archive.schedule.recent((), 9)
    assert run.state == "done"
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1
    assert len(mailbox.messages) == 1 + (stage == "taken")  # what the server took before it was noted comes again
