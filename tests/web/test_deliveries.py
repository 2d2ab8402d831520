"""Who gets what, and what became of it; what is sent from the room is sent once."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from briefing.archive.archive import Archive
from briefing.model.runs import RunResult
from briefing.profile.profile import load_profile
from tests.fakes.mail_servers import Mailbox, mail_server
from tests.fakes.reviewing import ARTICLES

OpenRoom = Callable[..., TestClient]
OpenOffice = Callable[..., "Office"]


class Office:
    """A folder with two articles of today, a mail server, and a room whose profile mails to two people."""

    def __init__(self, folder: Path, open_room: OpenRoom, mailbox: Mailbox, approval: str = "{need: none}") -> None:
        self.mailbox = mailbox
        self.archive = folder / "briefs.sqlite"
        (folder / "inbox").mkdir()
        today = datetime.now(UTC).date().isoformat()
        for name, text in ARTICLES.items():
            (folder / "inbox" / f"{name}.txt").write_text(f"---\ntitle: The {name}\ndate: {today}\n---\n{text}\n")
        file = folder / "morning.yaml"
        file.write_text(
            "extends: digest\noutputs: [json]\nschedule: {cron: '0 6 * * *'}\n"
            f"digest: {{sources: [{{folder: inbox}}]}}\napproval: {approval}\ndeliver:\n"
            "  - email: {from: desk@example.org, to: [a@example.org, b@example.org], smtp: env:ROOM_TEST_SMTP}\n"
        )
        self.room = open_room(profile=load_profile(str(file)))

    def wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + 90
        while not done():
            assert time.monotonic() < until, self.room.get("/deliveries.json").text
            time.sleep(0.2)

    def states(self) -> list[str]:
        return [run["state"] for run in self.room.get("/deliveries.json").json()["runs"]]

    def asked(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the form of a page."""
        page = self.room.get(path)
        assert page.status_code == 200, page.text
        return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime.now(UTC)  # what is sent is sent by processes of their own


@pytest.fixture
def open_office(
    tmp_path: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Office]]:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        monkeypatch.setenv("ROOM_TEST_SMTP", f"smtp://localhost:{port}")
        yield lambda approval="{need: none}": Office(tmp_path, open_room, mailbox, approval)


def test_the_page_says_who_gets_what_and_keeps_secrets(open_office: OpenOffice) -> None:
    office = open_office("{need: digest, ready: 30}")
    page = office.room.get("/deliveries").text
    assert "to a@example.org, b@example.org" in page
    assert "for approval" in page
    asked = office.room.get("/deliveries/morning/now")
    assert "Who gets what" in asked.text
    assert "to a@example.org, b@example.org" in asked.text
    assert office.mailbox.messages == []
    assert office.room.get("/deliveries/other/now").status_code == 404


def test_a_profile_that_cannot_be_followed_is_reported(
    open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office()
    monkeypatch.delenv("ROOM_TEST_SMTP")
    assert "ROOM_TEST_SMTP" in office.room.get("/deliveries").text
    assert office.room.get("/deliveries/morning/now").status_code == 409


def test_an_old_page_sends_nothing(open_office: OpenOffice) -> None:
    office = open_office()
    old = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    assert office.room.post("/deliveries/morning/now", data={"asked": old}).status_code == 409
    assert office.room.post("/deliveries/morning/now", data={"asked": "soon"}).status_code == 422
    assert office.states() == []


def test_each_recipient_has_a_state(open_office: OpenOffice) -> None:
    office = open_office()
    now = datetime.now(UTC)
    with Archive.open(office.archive) as archive:
        archive.schedule.ask_for("morning", now, now)
        (run,) = archive.schedule.to_run(("morning",))
        archive.schedule.keep_result(run, RunResult("Title", (), b"Subject: x\r\n\r\n"), [("email x", ("x", "y"))], now)
    (entry,) = office.room.get("/deliveries.json").json()["runs"]
    assert [(one["name"], one["state"]) for one in entry["targets"][0]["recipients"]] == [
        ("x", "waits"),
        ("y", "waits"),
    ]
    assert entry["can_retry"]
    assert "Try again" in office.room.get("/deliveries").text


@pytest.mark.long
def test_a_double_click_sends_one_mail_or_copy(open_office: OpenOffice) -> None:
    office = open_office()
    form = office.asked("/deliveries/morning/now")
    for _ in range(2):
        assert office.room.post("/deliveries/morning/now", data=form, follow_redirects=False).status_code == 303
    office.wait(lambda: office.states() == ["done"])
    assert len(office.mailbox.messages) == 1
    (run,) = office.room.get("/deliveries.json").json()["runs"]
    assert [one["state"] for one in run["targets"][0]["recipients"]] == ["sent", "sent"]
    digest = office.room.get(f"{run['path']}.json").json()
    section = next(one for story in digest["stories"] for one in story["sections"] if one["name"] == "quotes")
    brief = next(
        one["brief"] for one in digest["articles"] if one["id"] == section["lines"][0]["evidence"][0]["article"]
    )
    shown = office.room.get(f"/briefs/{brief}.json").json()
    quote = next(one for part in shown["sections"] if part["name"] == "quotes" for one in part["lines"])
    office.room.post(f"/briefs/{brief}/lines/{quote['digest']}/correct", data={"speaker-other": "The clerk"})
    assert "Speaker: The clerk" in office.room.get("/deliveries/corrected").text
    wrong = office.asked("/deliveries/corrected")
    asked = office.room.post("/deliveries/corrected", data=wrong)
    assert "Send a corrected copy?" in asked.text
    assert "a@example.org" in asked.text
    form = office.asked(f"{run['actions']}/copy")
    for _ in range(2):
        office.room.post(f"{run['actions']}/copy", data=form)
    office.wait(lambda: office.states() == ["done", "done"])
    first, second = office.mailbox.messages
    assert second["Subject"].startswith("Correction: ")
    assert first["Message-ID"] != second["Message-ID"]
    assert office.mailbox.recipients == [["a@example.org", "b@example.org"]] * 2
    assert "No digest that was sent" in office.room.get("/deliveries/corrected").text


@pytest.mark.long
def test_a_digest_that_waits_is_sent_when_it_is_approved(open_office: OpenOffice) -> None:
    office = open_office("{need: digest}")
    office.room.post("/deliveries/morning/now", data=office.asked("/deliveries/morning/now"))
    office.wait(lambda: office.states() == ["waiting"] and "nobody" in office.room.get("/deliveries").text)
    (run,) = office.room.get("/deliveries.json").json()["runs"]
    seen = office.room.get(f"{run['path']}.json").json()["standing"]["seen"]
    assert office.mailbox.messages == []
    office.room.post(f"{run['path']}/approved", data={"seen": seen})
    office.wait(lambda: office.states() == ["done"])
    assert len(office.mailbox.messages) == 1
