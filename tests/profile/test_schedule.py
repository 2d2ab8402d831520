"""What a profile says of its schedule and deliveries: what cannot be is refused with its line, and without secrets."""

import json
from pathlib import Path

import pytest

from briefing.errors import ProfileError
from briefing.jobs.profile_schema import profile_schema
from briefing.profile.delivery import parse_address
from briefing.profile.profile import load_profile, profile_to_yaml

_EMAIL = "deliver:\n  - email: {to: [a@example.org], from: b@example.org, smtp: env:BRIEFING_SMTP}\n"


def _subject(written: str) -> str:
    return (
        _EMAIL.replace("{to", "\n      to")
        .replace(", from", "\n      from")
        .replace(", smtp: env:BRIEFING_SMTP}", f'\n      subject: "{written}"\n      smtp: env:BRIEFING_SMTP')
    )


def _written(folder: Path, text: str) -> str:
    path = folder / "morning.yaml"
    path.write_text(text)
    return str(path)


def test_a_schedule_and_deliveries_are_read(tmp_path: Path) -> None:
    text = """
schedule: {cron: "0 6 * * 1-5", timezone: Europe/Prague, catch_up: 2}
deliver:
  - folder: out
  - email: {to: [a@example.org, "Ann <ann@example.org>"], from: Desk <b@example.org>, smtp: env:BRIEFING_SMTP}
  - webhook: {url: "https://hook.example/x", secret: env:HOOK, attach: [pdf], allow_private: true}
"""
    profile = load_profile(_written(tmp_path, text))
    assert profile.schedule is not None
    assert (profile.schedule.cron, profile.schedule.timezone, profile.schedule.catch_up) == (
        "0 6 * * 1-5",
        "Europe/Prague",
        2,
    )
    folder, email, webhook = profile.deliver
    assert folder.folder == str(tmp_path / "out")
    assert email.email is not None
    assert (email.email.sender, email.email.to[1]) == ("Desk <b@example.org>", "Ann <ann@example.org>")
    assert webhook.webhook is not None
    assert webhook.webhook.attach == ("pdf",)


def test_without_one_there_is_no_schedule_and_no_delivery() -> None:
    assert (load_profile().schedule, load_profile().deliver) == (None, ())


def test_a_shown_profile_can_be_read_again(tmp_path: Path) -> None:
    first = load_profile(_written(tmp_path, "schedule: {cron: '@daily'}\n" + _EMAIL))
    second = load_profile(_written(tmp_path, profile_to_yaml(first)))
    assert (first.schedule, first.deliver) == (second.schedule, second.deliver)


def test_editors_complete_from_the_schema() -> None:
    schema = json.dumps(profile_schema())
    assert all(
        f'"{key}"' in schema for key in ("schedule", "cron", "catch_up", "deliver", "webhook", "from", "allow_private")
    )
    assert '"sender"' not in schema


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("schedule: {cron: '0 6 * *'}\n", 1, "schedule.cron: '0 6 \\* \\*' has 4 fields; write five"),
        ("schedule:\n  cron: '0 0 31 2 *'\n", 2, "never due"),
        ("schedule:\n  cron: '@reboot'\n", 2, "names no time"),
        ("schedule:\n  crom: '@daily'\n", 2, "unknown key 'crom'; did you mean 'cron'"),
        ("schedule:\n  cron: '@daily'\n  timezone: Europe/Pargue\n", 3, "did you mean 'Europe/Prague'"),
        ("schedule:\n  cron: '@daily'\n  catch_up: -1\n", 3, "-1 is below 0"),
        ("schedule:\n  timezone: UTC\n", 1, "schedule.cron: it is missing"),
        ("deliver:\n  - folder: out\n  - {folder: out, email: {}}\n", 3, "deliver.1"),
        ("deliver:\n  - {}\n", 2, "one of folder, email and webhook"),
        ("deliver:\n  - folder: out\n  - emial: {}\n", 3, "unknown key 'emial'; did you mean 'email'"),
        ("deliver:\n  - email:\n      too: [a@b.org]\n", 3, "unknown key 'too'; did you mean 'to'"),
        ("deliver:\n  - webhook: {url: 'https://h.example', secret: env:X, attach: [doc]}\n", 2, "'docx'"),
        (_EMAIL.replace("[a@example.org]", "[]"), 2, "name at least 1"),
        (_subject("{titel}, {date}"), 5, "unknown placeholder 'titel'; did you mean 'title'"),
        (_subject("{0}"), 5, "unknown placeholder '0'"),
        (_subject("{}"), 5, "unknown placeholder ''"),
        (_subject("{title.__class__}"), 5, "unknown placeholder 'title.__class__'"),
        (_subject("{title!r}"), 5, "leave out ! or :"),
        (_subject("{title:>9999999999}"), 5, "leave out ! or :"),
        (_subject("{title"), 5, "is not part of a placeholder"),
        (_subject("a } b"), 5, "is not part of a placeholder"),
        (_subject("a\\nBcc: b@example.org"), 5, "a subject is one line"),
        (_subject(" "), 5, "deliver.0.email.subject: it is empty; leave the key out"),
        (_EMAIL.replace("a@example.org", "nobody"), 2, "'nobody' is not an e-mail address"),
        (_EMAIL.replace("a@example.org", "'a@b.org, c@d.org'"), 2, "is not an e-mail address"),
        (_EMAIL.replace("a@example.org", '"a@b.org\\nBcc: x@y.org"'), 2, "is not an e-mail address"),
        (
            _EMAIL.replace("env:BRIEFING_SMTP", "smtp://me:s3cr3t@host"),
            2,
            "a profile must not hold a secret.*smtp: env:BRIEFING_SMTP",
        ),
        ("deliver:\n  - webhook: {url: 'https://h.example', secret: s3cr3t}\n", 2, "must not hold a secret"),
        ("deliver:\n  - webhook: {url: 'https://me:s3cr3t@h.example', secret: env:X}\n", 2, "it holds a password"),
        ("deliver:\n  - webhook: {url: 'ftp://h.example', secret: env:X}\n", 2, "not a web address"),
    ],
)
def test_an_invalid_value_is_reported_without_secrets(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as caught:
        load_profile(_written(tmp_path, text))
    assert caught.value.place == f"{tmp_path}/morning.yaml:{line}"
    assert "s3cr3t" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("desk@example.org", "desk@example.org"),
        ("  News desk <desk@example.org> ", "News desk <desk@example.org>"),
        ('"Desk, News" <desk@example.org>', '"Desk, News" <desk@example.org>'),
        ("Zdeňka <z@example.org>", "Zdeňka <z@example.org>"),
    ],
)
def test_an_address_may_have_a_name(written: str, address: str) -> None:
    assert str(parse_address(written)) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "desk",
        '"a\\"b" <a@b.org>',
        '"a <a@b.org>',
        "@example.org",
        "desk@",
        "<desk@example.org",
        "zdeňka@example.org",
        "a b@example.org",
    ],
)
def test_an_invalid_address_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address; write desk"):
        parse_address(written)
