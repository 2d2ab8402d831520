"""A profile is read strictly: what is not allowed is named with its file, line and the nearest name."""

from pathlib import Path

import pytest

from briefing.errors import ProfileError
from briefing.profile import load_profile, shipped_profiles


def test_every_shipped_profile_loads() -> None:
    assert [load_profile(name).name for name in sorted(shipped_profiles())] == sorted(shipped_profiles())


def test_a_profile_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "morning.yaml"
    path.write_text("title: Morning\nsections: [summary, {actors: {limit: 4, label: Who}}]\nlook: {paper: Letter}\n")
    profile = load_profile(str(path))
    assert (profile.name, profile.title, profile.look.paper) == ("morning", "Morning", "Letter")
    assert [(s.name, s.label, dict(s.options)) for s in profile.sections] == [
        ("summary", None, {}),
        ("actors", "Who", {"limit": 4}),
    ]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("title: A\nsektions: []\n", 2, "did you mean 'sections'"),
        ("title: A\nlook:\n  paper: A3\n", 3, "A4"),
        ("title: A\nlook:\n  papr: A4\n", 3, "did you mean .paper."),
        ("sections:\n  - summary\n  - 3\n", 1, "no section"),
        ("confidence: 7\n", 1, "less than or equal to 1"),
        ("look: {locale: xx-YY}\n", 1, "no known locale"),
        ("title: [\n", 2, "no valid YAML"),
        ("a: &x [1]\nb: *x\n", None, "anchors"),
        ("- a\n", None, "mapping"),
        ("outputs: [pdf, odt]\n", 1, "outputs"),
        ("outputs: []\n", 1, "outputs"),
        ("sections: []\n", 1, "sections"),
        ("title: A\ntitle: B\n", 2, "stands there twice"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(tmp_path: Path, content: str, line: int | None, said: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(content)
    with pytest.raises(ProfileError, match=said) as caught:
        load_profile(str(path))
    assert caught.value.place == (f"{path}:{line}" if line else str(path))


def test_an_unknown_profile_is_named_with_those_there_are() -> None:
    with pytest.raises(ProfileError, match="standard"):
        load_profile("sumary")
