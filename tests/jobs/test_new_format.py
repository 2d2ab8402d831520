"""A format in the table is known to everything that makes, names or delivers outputs."""

import base64
import hashlib
import json
import ssl
from datetime import datetime
from email.headerregistry import Address
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

import briefing
from briefing.cli import app
from briefing.delivery.email import EmailChannel
from briefing.delivery.folder import FolderChannel
from briefing.delivery.smtp_server import SmtpServer
from briefing.delivery.webhook import WebhookChannel
from briefing.errors import ProfileError
from briefing.jobs.digests import DigestMaker
from briefing.jobs.profile_schema import profile_schema
from briefing.model.formats import FORMATS, FormatKind
from briefing.model.runs import Parcel
from briefing.profile.profile import load_profile
from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable, page_of
from tests.fakes.schedules import moment

ARTICLE = """\
Ministers to meet in Bergen

BERGEN, June 8, 2031 (Northern Wire) - The fisheries ministers of Norway and Iceland will meet in Bergen on 12 June to \
discuss the western zone, Norway's Fisheries Ministry said on Sunday."""

PROFILE = """\
extends: digest
outputs: [lines]
digest: {sources: [{folder: inbox}]}
schedule: {cron: "0 6 * * *", timezone: UTC}
archive: a.sqlite
deliver:
  - folder: out
  - email: {to: [ann@example.org], from: desk@example.org, smtp: "env:MAIL"}
  - webhook: {url: "https://hook.example.org", secret: "env:SECRET", attach: [lines]}
"""


def render_lines(record: Printable, layout: Layout) -> str:
    """Return the blocks of a page, one a line."""
    return "".join(f"{block.text}\n" for block in page_of(record, layout).blocks())


def remark(_record: Printable) -> tuple[str, ...]:
    """Return what such lines cannot hold."""
    return ("lines have no pictures", "")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    kind = FormatKind("text/x-lines", f"{__name__}:render_lines", remarks=f"{__name__}:remark")
    monkeypatch.setitem(FORMATS, "lines", kind)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "talks.txt").write_text(ARTICLE)
    (tmp_path / "morning.yaml").write_text(PROFILE)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_brief_is_made_by_name_suffix_and_profile(folder: Path) -> None:
    (folder / "p.yaml").write_text("extends: standard\noutputs: [lines]\n")
    for arguments in (("-f", "lines"), ("-o", "other.lines"), ("--profile", "p.yaml")):
        done = run("make", "inbox/talks.txt", *arguments)
        assert (done.exit_code, done.stderr.strip().endswith("talks.txt: lines have no pictures")) == (0, True)
    written = sorted(folder.glob("*.lines"))
    assert [path.name for path in written] == ["other.lines", "talks.lines"]
    assert all("Ministers to meet in Bergen" in path.read_text() for path in written)
    assert briefing.render(briefing.brief(ARTICLE), "lines").decode().splitlines()[0] == "Brief"


def test_a_stored_brief_is_printed_in_it(folder: Path) -> None:
    assert run("make", "inbox/talks.txt", "-f", "json", "--archive", "k.sqlite").exit_code == 0
    assert run("render", "talks.json", "-f", "lines").exit_code == 0
    assert run("archive", "show", "1", "-f", "lines", "--archive", "k.sqlite").exit_code == 0
    assert len(list(folder.glob("*.lines"))) == 2


def test_a_digest_is_made_in_it(folder: Path) -> None:
    done = run("digest", "--profile", "morning.yaml", "--at", "2031-06-09T06:00+00:00")
    assert done.exit_code == 0, done.output
    (written,) = folder.glob("*.lines")
    assert "Ministers to meet in Bergen" in written.read_text()


def test_a_scheduled_digest_is_delivered_in_it_every_way(folder: Path) -> None:
    due = datetime.fromisoformat("2031-06-09T06:00+00:00")
    result = DigestMaker(folder / "a.sqlite", clock=lambda: moment("2031-06-09T06:00"))(
        load_profile("morning.yaml"), due, lambda _stage: None
    )
    (output,) = result.outputs
    assert (output.name, output.media_type) == ("morning-2031-06-09-0600.lines", "text/x-lines")
    parcel = Parcel("morning", due, result)
    out = FolderChannel(folder / "out")
    out.send(parcel, out.recipients)
    assert (folder / "out" / output.name).read_bytes() == output.content
    tls = ssl.create_default_context()
    hook = WebhookChannel("https://hook.example.org", b"k" * 16, lambda: due, attach=("lines",), tls=tls)
    (file,) = json.loads(hook.body(parcel))["files"]
    assert file["media_type"] == "text/x-lines"
    assert file["sha256"] == hashlib.sha256(output.content).hexdigest()
    assert base64.b64decode(file["content_base64"]) == output.content
    desk = Address(addr_spec="desk@example.org")
    mail = EmailChannel(SmtpServer("localhost", 25, "none"), desk, (desk,), tls=tls).compose(parcel)
    assert b"Subject: " in mail


def test_profiles_their_schema_and_the_help_name_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL", "smtp+starttls://desk:password@mail.example.org:587")
    monkeypatch.setenv("SECRET", "k" * 32)
    assert run("profile", "check", "morning.yaml").exit_code == 0
    validator = Draft202012Validator(profile_schema())
    assert validator.is_valid({"outputs": ["lines"]})
    assert not validator.is_valid({"outputs": ["rtf"]})
    (folder / "p.yaml").write_text("outputs: [line]\n")
    with pytest.raises(ProfileError, match=r"p\.yaml:1: .*unknown format 'line'; did you mean 'lines'"):
        load_profile("p.yaml")
    assert "did you mean 'lines'" in run("make", "inbox/talks.txt", "-f", "line").stderr


@pytest.mark.parametrize("name", FORMATS)
def test_the_help_names_every_format(name: str) -> None:
    from briefing.cli.printing import FormatOption

    (_, option) = get_args(FormatOption)
    assert name in option.help
