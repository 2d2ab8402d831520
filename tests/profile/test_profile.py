"""A profile is read strictly: what is not allowed is named with its file, line and the nearest name."""

from pathlib import Path

import pytest

from briefing.errors import ProfileError
from briefing.jobs.plan import check_profile, layout_of
from briefing.profile.profile import load_profile
from briefing.profile.yaml import shipped_profiles


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
        ("sections:\n  - summary\n  - 3\n", 3, "not a section"),
        ("confidence: 7\n", 1, "7 is above 1"),
        ("look: {locale: xx-YY}\n", 1, "not a known locale"),
        ("title: [\n", 2, "invalid YAML"),
        ("a: &x [1]\nb: *x\n", 2, "anchors"),
        ("- a\n", None, "mapping"),
        ("outputs: [pdf, odt]\n", 1, "unknown format 'odt'.*md"),
        ("look:\n  theme: newsrom\n", 2, "did you mean 'newsroom'"),
        ("look:\n  paper: A4\n  accent: navy\n", 3, "look.accent"),
        ("look: A4\n", 1, "look"),
        ("title: A\nlook:\n  paper: A4\n  paper: Letter\n", 4, "appears twice"),
        ("handling:\n  distribution: Press\n", 2, "handling.distribution"),
        ("title: A\npages: 0\n", 2, "0 is below 1"),
        ("pages: some\n", 1, "some is not a whole number"),
        ("title: 3\n", 1, "3 is not a text; put it in quotation marks"),
        ("title: [Morning, brief]\n", 1, "is not a text; write one$"),
        ("look: {logo: {file: crest.svg}}\n", 1, "is not a text; write one$"),
        ("pdf: {archival: perhaps}\n", 1, "perhaps is neither true nor false"),
        ("title: A\nextends: standrad\n", 2, "did you mean 'standard'"),
        ("attach: ful\n", 1, "did you mean 'full'"),
        ("extends: 3\n", 1, "extends names one profile"),
        ("title: A\nextends: sumary\n", 2, "sumary: no such profile.*standard"),
        ("outputs: pdf\n", 1, r"outputs: pdf is not a list; write \[pdf\]"),
        ("outputs: []\n", 1, "outputs"),
        ("sections: []\n", 1, "sections"),
        ("title: A\ntitle: B\n", 2, "appears twice"),
    ],
)
def test_an_invalid_value_is_reported_with_its_line(tmp_path: Path, content: str, line: int | None, said: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(content)
    with pytest.raises(ProfileError, match=said) as caught:
        check_profile(load_profile(str(path)))
    assert caught.value.place == (f"{path}:{line}" if line else str(path))


def test_an_unknown_profile_is_named_with_those_there_are() -> None:
    with pytest.raises(ProfileError, match="standard"):
        load_profile("sumary")


def write(folder: Path, **profiles: str) -> None:
    for name, content in profiles.items():
        (folder / f"{name}.yaml").write_text(content)


def test_mappings_are_extended_by_key_and_lists_replaced(tmp_path: Path) -> None:
    """A profile extends the mappings of another key by key; it replaces lists as a whole."""
    (tmp_path / "house").mkdir()
    write(
        tmp_path / "house",
        base="extends: standard\nlook: {paper: Letter, accent: '#102030'}\noutputs: [pdf, html]\npages: 2\n",
    )
    write(tmp_path, mine="extends: house/base.yaml\nlook:\n  accent: '#405060'\noutputs: [json]\n")
    profile = load_profile(str(tmp_path / "mine.yaml"))
    assert (profile.name, profile.look.paper, profile.look.accent) == ("mine", "Letter", "#405060")
    assert (profile.outputs, profile.pages) == (("json",), 2)
    assert [section.name for section in profile.sections] == [section.name for section in load_profile().sections]


def test_a_flaw_is_reported_with_the_extended_file(tmp_path: Path) -> None:
    write(tmp_path, base="title: House\nlook:\n  paper: A7\n", mine="extends: base.yaml\nlook: {locale: fr-FR}\n")
    with pytest.raises(ProfileError, match="unknown paper 'A7'") as caught:
        load_profile(str(tmp_path / "mine.yaml"))
    assert caught.value.place == f"{tmp_path / 'base.yaml'}:3"


def test_profiles_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a="extends: b.yaml\n", b="title: B\nextends: a.yaml\n")
    with pytest.raises(ProfileError, match=r"circle: .*a.yaml -> .*b.yaml -> .*a.yaml") as caught:
        load_profile(str(tmp_path / "a.yaml"))
    assert caught.value.place == f"{tmp_path / 'b.yaml'}:2"


def test_a_chain_of_profiles_has_an_end(tmp_path: Path) -> None:
    write(tmp_path, **{f"p{number}": f"extends: p{number + 1}.yaml\n" for number in range(20)})
    with pytest.raises(ProfileError, match="more than 8"):
        load_profile(str(tmp_path / "p0.yaml"))


def test_a_path_is_that_of_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    write(tmp_path / "house", base="look: {logo: crest.png}\ntemplates: parts\n")
    write(tmp_path, mine="extends: house/base.yaml\n")
    profile = load_profile(str(tmp_path / "mine.yaml"))
    assert (profile.look.logo, profile.templates) == (
        str(tmp_path / "house" / "crest.png"),
        str(tmp_path / "house" / "parts"),
    )


def test_the_hash_of_a_profile_covers_the_extended_ones(tmp_path: Path) -> None:
    write(tmp_path, base="title: A\n", mine="extends: base.yaml\n")
    before = load_profile(str(tmp_path / "mine.yaml")).sha256
    write(tmp_path, base="title: B\n")
    assert load_profile(str(tmp_path / "mine.yaml")).sha256 != before


def test_a_profile_may_ask_for_pdf_a(tmp_path: Path) -> None:
    write(tmp_path, mine="extends: standard\npdf: {archival: true}\n", other="pdf: {archive: true}\n")
    assert layout_of(load_profile(str(tmp_path / "mine.yaml"))).archival
    assert not layout_of(load_profile("standard")).archival
    with pytest.raises(ProfileError, match="archival"):
        load_profile(str(tmp_path / "other.yaml"))


def test_a_file_may_extend_its_shipped_namesake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, digest="extends: digest\ntitle: Mine\n")
    assert (load_profile("./digest.yaml").title, load_profile("./digest.yaml").pages) == ("Mine", 1)


@pytest.mark.parametrize("pattern", ["QQQ zzz '", "%d %B", "d MMMM yyyy HH:mm", "X", "", "'x'"])
def test_a_date_format_with_a_clock_is_refused(tmp_path: Path, pattern: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f'title: A\nlook:\n  date_format: "{pattern}"\n')
    with pytest.raises(ProfileError, match="not a date pattern") as caught:
        check_profile(load_profile(str(path)))
    assert caught.value.place == f"{path}:3"


@pytest.mark.parametrize("pattern", ["d MMMM yyyy", "d. MMM y", "d 'de' MMMM 'de' y", "EEEE d MMMM", "dd/MM/yy"])
def test_a_form_of_dates_may_be_any_of_cldr(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "p.yaml").write_text(f'look: {{date_format: "{pattern}"}}\n')
    check_profile(load_profile(str(tmp_path / "p.yaml")))


def test_a_missing_folder_of_templates_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("title: A\ntemplates: nowhere\n")
    with pytest.raises(ProfileError, match="nowhere is not a folder") as caught:
        check_profile(load_profile(str(path)))
    assert caught.value.place == f"{path}:2"


@pytest.mark.parametrize("model", ["no_such_pipeline", "en-core-web", "a.b", "../a", ".a", "''"])
def test_a_missing_language_pipeline_is_named_with_its_line(tmp_path: Path, model: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f"title: A\nlanguage:\n  model: {model}\n")
    with pytest.raises(ProfileError, match="not installed; pip install") as caught:
        check_profile(load_profile(str(path)))
    assert caught.value.place == f"{path}:3"
