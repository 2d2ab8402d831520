"""`briefing profile check` says all that is wrong with a profile at once, and where."""

import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from briefing.cli import app

FLAWED = """\
titel: Morning
templates: mine
look: {theme: harbor, logo: none.png, paper: A9, date_format: HH}
sections: [summary, {actors: {limt: 3, columns: [nam]}}, quotes, events, 7]
archive: /proc/none/a.sqlite
schedule: {cron: "0 6 * * *"}
deliver:
  - {folder: file/out}
  - email: {to: [anna@example.org], from: desk@example.org, smtp: env:NO_SUCH}
  - webhook: {url: "http://hook.example/", secret: env:SHORT}
  - email: {to: [anna], from: desk, smtp: hunter2}
"""
TEMPLATES = {
    "parts/quotes.html.j2": "<p>{{ section.nothing }}</p>\n{{ section.no_more }}\n{% if nobody %}x{% endif %}\n",
    "parts/qoutes.html.j2": "{{ oops }}",
    "parts/events.md.j2": "{% for %}",
    "parts/facts.html.j2": '{% include "parts/none.html.j2" %}',
    "email.txt.j2": "\n{{ 1 / 0 }}",
    "digest.md.j2": "{{ page.chapters[0].titel }}",
    "themes/harbour.css": ":root { --accent: #0a5c5c }",
    "css/brief.css": "a { background: url(https://a.example/x.png) }",
}


def check(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["profile", "check", *map(str, arguments)])


def write(folder: Path, profile: str, templates: dict[str, str]) -> Path:
    for name, text in templates.items():
        (folder / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "mine" / name).write_text(text)
    (folder / "p.yaml").write_text(profile)
    return folder / "p.yaml"


def test_all_flaws_are_reported_at_once_with_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORT", "abc")
    monkeypatch.delenv("NO_SUCH", raising=False)
    (tmp_path / "file").write_text("a file where a folder should be")
    done = check(write(tmp_path, FLAWED, TEMPLATES))
    assert (done.exit_code, done.stdout) == (2, "")
    expected = [
        "p.yaml:1: unknown key 'titel'; did you mean 'title'",
        "p.yaml:3: unknown paper 'A9'",
        "p.yaml:3: unknown theme 'harbor'; did you mean 'harbour'",
        "p.yaml:3: logo: .*none.png",
        "p.yaml:3: 'HH' is not a date pattern",
        "p.yaml:4: unknown option 'limt'; did you mean 'limit'",
        "p.yaml:4: columns is .*did you mean 'name'",
        "p.yaml:4: sections.4: 7 is not a section",
        "p.yaml:5: /proc/none/a.sqlite: .*make its folder writable",
        "p.yaml:8: folder .*/file/out: a file exists where the folder .* should be",
        "p.yaml:9: the variable NO_SUCH, .* is not set",
        "p.yaml:10: .*hook.example would get the digest unencrypted",
        "p.yaml:10: the variable SHORT, .* is shorter than 16 bytes",
        "p.yaml:11: deliver.3.email.to: .* is not an e-mail address",
        "p.yaml:11: deliver.3.email.from: .* is not an e-mail address",
        "p.yaml:11: deliver.3.email.smtp: a profile must not hold a secret",
        "p.yaml:2: .*qoutes.html.j2 replaces no part.*did you mean 'parts/quotes.html.j2'",
        "p.yaml:2: .*mine/css/brief.css:1 loads 'https://a.example/x.png'",
        "mine/parts/quotes.html.j2:1: .*'nothing'",
        "mine/parts/quotes.html.j2:2: .*'no_more'",
        "mine/parts/quotes.html.j2:3: 'nobody' is undefined",
        "mine/parts/events.md.j2:1: Expected an expression",
        "mine/parts/facts.html.j2: it includes 'parts/none.html.j2', which is neither in .*/mine nor ours",
        "mine/email.txt.j2:2: division by zero",
        "mine/digest.md.j2:1: .*'titel'",
    ]
    lines = done.stderr.splitlines()
    assert [said for said in expected if not any(re.search(said, line) for line in lines)] == []
    assert len(lines) == len(expected)
    assert "abc" not in done.stderr
    assert "hunter2" not in done.stderr


def test_a_profile_with_templates_and_schedule_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "0123456789abcdef")
    path = write(
        tmp_path,
        "templates: mine\nlook: {theme: harbour}\nschedule: {cron: '0 6 * * *'}\narchive: a/b.sqlite\n"
        "deliver: [{folder: out/new}, {webhook: {url: 'https://hook.example/', secret: env:KEY}}]\n",
        {
            "themes/harbour.css": ":root { --accent: #0a5c5c }",
            "parts/failed.html.j2": "{% import 'macros.html.j2' as m %}{% include 'blocks/' ~ 'a.html.j2' %}",
            "macros.html.j2": "{% macro x() %}x{% endmacro %}",
            "blocks/a.html.j2": "a",
        },
    )
    done = check(path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{path}: fine\n", "")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["mine", "p.yaml"]  # nothing is made by checking


def test_a_schedule_without_an_archive_is_reported(tmp_path: Path) -> None:
    done = check(write(tmp_path, "title: A\nschedule: {cron: '0 6 * * *'}\n", {}))
    assert "p.yaml:2: the profile p: no archive is named" in done.stderr


def test_invalid_yaml_is_one_error_with_its_line(tmp_path: Path) -> None:
    done = check(write(tmp_path, "title: A\npages: !!bool 3\n", {}))
    assert (done.exit_code, done.stderr) == (2, f"{tmp_path}/p.yaml:2: '3' is not of type bool, as its tag demands\n")


@pytest.mark.parametrize("profile", ["sections: [" + "7, " * 3000 + "]\n", "".join(f"k{n}: 1\n" for n in range(9000))])
def test_a_completely_wrong_profile_is_checked_fast(tmp_path: Path, profile: str) -> None:
    assert check(write(tmp_path, profile, {})).exit_code == 2


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("h1 { color: red", 1),
        ("h1 { color: red }\n}", 2),
        ("h1 { color: red }\n/* the rest", 2),
        ('h1 { content: "a }\nh2 { color: red }', 1),
        ("\nh1 color: red;", 2),
        ("@media print {\nh1 { color: red }", 1),
        ("h1 { color: red }\n@page", 2),
    ],
)
def test_a_theme_that_breaks_the_style_sheet_is_refused(tmp_path: Path, css: str, line: int) -> None:
    profile = write(tmp_path, "templates: mine\nlook: {theme: open}\n", {"themes/open.css": css})
    done = check(profile)
    assert done.exit_code == 2
    assert f"mine/themes/open.css:{line} leaves something open" in done.stderr


def test_a_read_only_archive_is_found_despite_other_flaws(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text('archive: /proc/none/a.sqlite\nschedule: {cron: "0 6"}\n')
    assert "p.yaml:1: /proc/none/a.sqlite: " in check(tmp_path / "p.yaml").stderr


@pytest.mark.parametrize(
    ("approval", "flaw"),
    [
        ("{need: digest}", "p.yaml:1: approval: without a schedule there is no deadline"),
        ("{need: all}", "p.yaml:1: unknown need 'all' .allowed: none, digest, every-brief"),
        ("{ned: digest}", "p.yaml:1: unknown key 'ned'; did you mean 'need'"),
        ("{need: digest, at_deadline: approved-only}", "at_deadline: approved-only needs need: every-brief"),
        ("{ready: 0}", "p.yaml:1: approval.ready: 0 is below 1"),
    ],
)
def test_a_wrong_approval_is_named(tmp_path: Path, approval: str, flaw: str) -> None:
    done = check(write(tmp_path, f"approval: {approval}\n", {}))
    assert done.exit_code == 2
    assert re.search(flaw, done.stderr), done.stderr
