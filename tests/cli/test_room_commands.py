"""People are invited to the reading room by command, and the room is opened by one."""

import re
import signal
import subprocess
import sys
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.archive.archive import Archive
from briefing.cli import app
from tests.archive.briefs import brief_of, store

LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/enter/([\w-]{43})")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "briefs.sqlite"
    with Archive.open(path) as archive:
        store(archive, brief_of("The port closes.", title="Port closes"))
    return path


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


def test_an_invitation_is_a_link_for_a_role(kept: Path) -> None:
    status, printed = run("room", "invite", "Anna Lund", "--role", "editor", "--archive", kept)
    assert status == 0
    found = LINK.fullmatch(printed.strip())
    assert found is not None
    with Archive.open(kept) as archive:
        assert archive.access.invited(found[2], here=False) == "Anna Lund"
        assert archive.access.enter(found[2], timedelta(days=1), timedelta(days=1), here=False)
    status, printed = run("room", "users", "--archive", kept)
    assert (status, printed.startswith("Anna Lund  editor  seen ")) == (0, True)


def test_a_link_has_the_address_of_the_room(kept: Path) -> None:
    _, printed = run("room", "invite", "Olav", "--address", "https://room.example.org/", "--archive", kept)
    assert re.fullmatch(r"https://room\.example\.org/enter/[\w-]{43}\n", printed)
    assert run("room", "users", "--archive", kept) == (0, "Olav  reader  not in the room\n")


def test_who_is_removed_is_no_longer_listed(kept: Path) -> None:
    run("room", "invite", "Olav", "--archive", kept)
    assert run("room", "remove", "Olav", "--archive", kept) == (0, "")
    status, printed = run("room", "remove", "Olav", "--archive", kept)
    assert (status, "has no user 'Olav'" in printed) == (1, True)
    assert "nobody was invited" in run("room", "users", "--archive", kept)[1]


@pytest.mark.parametrize(
    ("words", "status", "reason"),
    [
        (["room", "invite", "Olav\n", "--role", "owner"], 2, "owner"),
        (["room", "invite", "Ol\x1bav"], 2, "is no name"),
        (["serve", "--host", "192.0.2.7"], 2, "add --cert FILE --key FILE, or --behind-proxy"),
        (["serve", "--behind-proxy", "--allow-host", "room.example.org"], 2, "briefing room invite"),
        (["serve", "--cert", "no.pem"], 2, "both --cert FILE and --key FILE"),
        (["serve", "--cert", "no.pem", "--key", "no.key"], 2, "cannot use no.pem with no.key"),
        (["serve", "--as", ""], 2, "is no name"),
        (["serve", "--port", "70000"], 2, "less than or equal to 65535"),
    ],
)
def test_a_mistake_is_explained(kept: Path, words: list[str], status: int, reason: str) -> None:
    got, printed = run(*words, "--archive", kept)
    assert got == status
    assert reason in re.sub(r"[\s│]+", " ", printed)


def test_a_room_needs_an_archive(tmp_path: Path) -> None:
    status, printed = run("serve", "--archive", tmp_path / "none.sqlite")
    assert (status, "there is no such file" in printed) == (1, True)
    assert not (tmp_path / "none.sqlite").exists()


def ask(port: int, method: str, path: str, **headers: str) -> tuple[int, str, str]:
    """Return the status, the cookie and the text of an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    got = answer.status, answer.headers.get("Set-Cookie", "").partition(";")[0], answer.read().decode()
    connection.close()
    return got


@pytest.mark.long
def test_a_room_is_opened_entered_and_ended_without_a_log(kept: Path) -> None:
    main = "from briefing.cli import run; run()"
    command = [sys.executable, "-c", main, "serve", "--archive", str(kept), "--port", "0", "--as", "Ada Berg"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            found = LINK.search(process.stdout.readline())
            assert found is not None
            port, secret = int(found[1]), found[2]
            assert ask(port, "GET", "/")[0] == 401
            assert ask(port, "GET", f"/enter/{secret}")[0] == 200
            assert ask(port, "POST", f"/enter/{secret}")[0] == 403
            status, cookie, _ = ask(port, "POST", f"/enter/{secret}", Sec_Fetch_Site="same-origin")
            assert (status, cookie.partition("=")[0]) == (303, f"room-{port}")
            status, _, page = ask(port, "GET", "/", Cookie=cookie)
            assert (status, "Port closes" in page, "Ada Berg, admin" in page) == (200, True, True)
            assert ask(port, "GET", "/enter/wrong")[0] == 404
            assert ask(port, "GET", "/", Host="example.org")[0] == 421
            process.send_signal(signal.SIGINT)
            printed, log = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (process.returncode, printed) == (0, "")
    assert log == ""


@pytest.mark.long
def test_a_port_in_use_is_named(kept: Path) -> None:
    main = "from briefing.cli import run; run()"
    command = [sys.executable, "-c", main, "serve", "--archive", str(kept), "--port"]
    with subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            found = LINK.search(process.stdout.readline())
            assert found is not None
            second = subprocess.run([*command, found[1]], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
        finally:
            process.terminate()
    assert second.returncode == 2
    assert f"cannot listen on 127.0.0.1, port {found[1]}" in second.stderr
    assert "try another --port" in second.stderr
    assert second.stderr.count("\n") == 1
