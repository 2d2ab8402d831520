"""`briefing profile`: what a person does with profiles before a brief is made."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from briefing.cli import app
from briefing.jobs.profile_schema import profile_schema
from briefing.profile.profile import FILLED_IN, Profile, load_profile
from briefing.profile.yaml import shipped_profiles


def profile(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["profile", *map(str, arguments)])


def test_the_starter_equals_standard_and_names_every_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert profile("init", path).stdout.split() == [str(path)]
    filled_in = {*FILLED_IN, "sections"}
    assert load_profile(str(path)).model_dump(exclude=filled_in) == load_profile().model_dump(exclude=filled_in)
    text = path.read_text()
    for key in (set(Profile.model_fields) - FILLED_IN) | {"extends"}:
        assert f"\n{key}:" in text or f"\n# {key}:" in text, key


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("title: Mine\n")
    done = profile("init", path)
    assert (done.exit_code, path.read_text()) == (2, "title: Mine\n")
    assert "already exists" in done.stderr


def test_check_names_usable_profiles_and_flaws_of_others(tmp_path: Path) -> None:
    fine, flawed = tmp_path / "fine.yaml", tmp_path / "flawed.yaml"
    fine.write_text("title: Mine\n")
    flawed.write_text("sections:\n  - summary\n  - actors: {limt: 3}\n")
    done = profile("check", fine, flawed)
    assert (done.exit_code, done.stdout) == (2, f"{fine}: fine\n")
    assert f"{flawed}:3" in done.stderr
    assert "did you mean 'limit'" in done.stderr


@pytest.mark.parametrize("name", sorted(shipped_profiles()))
def test_a_shown_profile_is_equal_when_read_again(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.yaml").write_text(profile("show", name).stdout)
    left_out = {"sha256", "places", "sections"}
    again, first = load_profile(str(tmp_path / f"{name}.yaml")), load_profile(name)
    assert again.model_dump(exclude=left_out) == first.model_dump(exclude=left_out)
    assert [(s.name, s.label, s.options) for s in again.sections] == [
        (s.name, s.label, s.options) for s in first.sections
    ]


@pytest.mark.parametrize(
    ("content", "fine"),
    [
        ("title: A\nsections: [summary, {actors: {limit: 3, columns: [name, role], label: Who}}]\n", True),
        ("extends: standard\nsections: [{events: {timeline: true}}, {source: {show: full}}]\n", True),
        ("sections: [{actors: {limt: 3}}]\n", False),
        ("sections: [summry]\n", False),
        ("sections: [{source: {show: all}}]\n", False),
        ("look: {theme: dark}\n", False),
        ("templates: mine\nlook: {theme: harbour}\n", True),
        ("titel: A\n", False),
    ],
)
def test_the_schema_takes_what_the_reader_takes(content: str, fine: bool) -> None:
    schema = json.loads(profile("schema").stdout)
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(yaml.safe_load(content)) is fine


@pytest.mark.parametrize("name", sorted(shipped_profiles()))
def test_the_shipped_profiles_satisfy_the_schema(name: str) -> None:
    Draft202012Validator(profile_schema()).validate(yaml.safe_load(profile("show", name).stdout))


def test_a_misspelt_option_of_the_page_is_suggested(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("sections:\n  - events: {timelin: true}\n")
    assert "did you mean 'timeline'" in profile("check", path).stderr
