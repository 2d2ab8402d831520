"""The subject of a mail is worded by the profile, in one line, after the marking."""

from dataclasses import replace
from datetime import UTC
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from briefing.delivery.email import EmailChannel
from briefing.profile.profile import load_profile
from briefing.schedule.channels import channels_of
from tests.fakes.parcels import DUE, parcel

_PROFILE = """\
schedule: {{cron: "@daily", timezone: Europe/Prague}}
{more}
deliver:
  - email: {{to: [ann@example.org], from: desk@example.org, smtp: env:SMTP, subject: "{subject}"}}
"""


def mailing(folder: Path, subject: str, more: str = "") -> EmailChannel:
    path = folder / "morning.yaml"
    path.write_text(_PROFILE.format(subject=subject, more=more))
    (channel,) = channels_of(load_profile(str(path)), {"SMTP": "smtp://localhost:25"}, lambda: DUE)
    assert isinstance(channel, EmailChannel)
    return channel


@pytest.mark.parametrize(
    ("subject", "more", "sent"),
    [
        ("{title}, {date}", "", "Morning brief, 1 June 2026"),
        ("{profile} {time}: {title}", "", "morning 06:00: Morning brief"),
        ("Přehled {{{date}}}", "look: {locale: de-DE}", "Přehled {1. Juni 2026}"),
        ("{date}", "look: {date_format: dd.MM.yyyy}", "01.06.2026"),
        ("{title}", "handling: {marking: 'TLP:AMBER'}", "[TLP:AMBER] Morning brief"),
        ("News", "", "News"),
    ],
)
def test_placeholders_are_filled_in(tmp_path: Path, subject: str, more: str, sent: str) -> None:
    channel = mailing(tmp_path, subject, more)
    stored = replace(parcel(), due=DUE.astimezone(UTC))
    message = message_from_bytes(channel.compose(stored), policy=default)
    assert (message["Subject"], message.get_all("Subject")) == (sent, [sent])
    assert f"send {sent!r} from " in channel.describe(parcel())[0]


def test_the_default_subject_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "morning.yaml"
    path.write_text("deliver: [{email: {to: [ann@example.org], from: desk@example.org, smtp: env:SMTP}}]\n")
    (channel,) = channels_of(load_profile(str(path)), {"SMTP": "smtp://localhost:25"}, lambda: DUE)
    assert isinstance(channel, EmailChannel)
    assert message_from_bytes(channel.compose(parcel()), policy=default)["Subject"] == "Morning brief – 1 June"


@pytest.mark.parametrize(
    "title", ["Talks\r\nBcc: x@example.org", "{date}", "a" * 2000, "=?utf-8?q?=0D=0ABcc:_x@y.org?="]
)
def test_a_title_cannot_change_the_recipients(tmp_path: Path, title: str) -> None:
    composed = mailing(tmp_path, "{title}, {date}").compose(parcel(title=title))
    head = composed.split(b"\r\n\r\n")[0].decode("ascii")
    assert not [line for line in head.splitlines() if line.lower().startswith("bcc")]
    assert message_from_bytes(composed, policy=default)["To"] == "ann@example.org"
