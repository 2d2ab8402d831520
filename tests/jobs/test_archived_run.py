"""`briefing make --archive` keeps briefs and goes on where it was broken off; faults cost the keeping only."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner
from typer.testing import Result as CommandResult

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from briefing.cli import app
from briefing.jobs.archived_run import kept_run
from briefing.jobs.briefs import make_briefs
from briefing.jobs.results import Destination, Request, Result
from briefing.model.brief import Briefing
from briefing.profile.profile import load_profile
from briefing.sources.records import Outcome, Source
from tests.archive.briefs import brief_of, store

ARTICLES = {
    "cod.txt": "Norway and Iceland agreed on cod quotas on Tuesday, minister Ingrid Solheim said.\n",
    "herring.txt": "Norway and Denmark agreed on herring quotas on Monday, minister Ingrid Solheim said.\n",
    "port.txt": "The port of Halvik was closed for a week, harbour master Jon Berg said on Friday.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, text in ARTICLES.items():
        (inbox / name).write_text(text)
    return tmp_path


def briefing(*arguments: str) -> CommandResult:
    return CliRunner().invoke(app, list(arguments))


def titles(path: Path) -> list[str]:
    with Archive.open_to_read(path) as archive:
        return sorted(entry.title for entry in archive.find(Selection(every=True)))


def briefs(path: Path) -> list[Briefing | None]:
    with Archive.open_to_read(path) as archive:
        return [archive.brief(entry.brief) for entry in archive.find()]


def broken_off(after: int, archive: Path = Path("a.sqlite")) -> list[Outcome]:
    """Begin a run over the articles and leave it after some of them, as a process that is killed does."""
    found = [Source(f"inbox/{name}", Path("inbox") / name) for name in sorted(ARTICLES)]
    outcomes = make_briefs(found, load_profile(), ("json",), Destination(Path("out")), archive=archive)
    return [next(outcomes) for _ in range(after)]


PAGE, SHARED_MEMORY = 4096, 32768  # of SQLite, in bytes
MAKE = ("make", "inbox", "-f", "json", "--output-dir", "out", "--archive", "a.sqlite")


def test_a_repeated_brief_is_stored_once(folder: Path) -> None:
    first = briefing(*MAKE)
    assert (first.exit_code, first.stderr) == (0, "")
    kept = titles(folder / "a.sqlite")
    assert len(kept) == len(ARTICLES)
    again = briefing(*MAKE)
    assert (again.exit_code, again.stdout, again.stderr) == (0, first.stdout, "")
    assert titles(folder / "a.sqlite") == kept


def test_an_interrupted_run_is_resumed(folder: Path) -> None:
    broken_off(2)
    before = {name: (folder / "out" / name).stat().st_mtime_ns for name in ("cod.json", "herring.json")}
    done = briefing(*MAKE)
    assert (done.exit_code, done.stdout) == (0, "out/cod.json\nout/herring.json\nout/port.json\n")
    assert done.stderr == "a.sqlite: resumed a run; 2 articles had been made before it was interrupted\n"
    assert {name: (folder / "out" / name).stat().st_mtime_ns for name in before} == before
    assert len(titles(folder / "a.sqlite")) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Path("inbox/cod.txt").write_text(ARTICLES["cod.txt"].replace("Tuesday", "Thursday")),
        lambda: Path("out/cod.json").unlink(),
    ],
    ids=["the source changed", "an output is gone"],
)
def test_a_missing_or_changed_output_is_made_again(folder: Path, spoil: Callable[[], object]) -> None:
    broken_off(2)
    spoil()
    done = briefing(*MAKE)
    assert "resumed a run; 1 article had been made" in done.stderr
    assert (folder / "out" / "cod.json").exists()


@pytest.mark.parametrize(
    "other",
    [
        ("make", "inbox", "-f", "json,md", "--output-dir", "out"),
        ("make", "inbox", "-f", "json", "--output-dir", "out2"),
        ("make", "inbox", "-f", "json", "--output-dir", "out", "--profile", "full"),
        ("make", "inbox", "-f", "json", "--output-dir", "out", "--date", "2024-05-14"),
        ("make", "inbox", "-f", "json", "--output-dir", "out", "--explain"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_another_command_makes_everything(other: tuple[str, ...]) -> None:
    broken_off(2)
    done = briefing(*other, "--archive", "a.sqlite")
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_resumed_run_gives_outputs_the_same_names(folder: Path) -> None:
    (folder / "inbox" / "north").mkdir()
    (folder / "inbox" / "north" / "cod.txt").write_text(ARTICLES["cod.txt"].replace("cod", "haddock"))
    whole = briefing("make", "inbox", "-f", "json", "--output-dir", "whole", "--archive", "whole.sqlite")
    found = sorted(path for path in Path("inbox").rglob("*.txt"))
    sources = [Source(str(path), path) for path in found]
    destination = Destination(Path("out"))
    outcomes = make_briefs(sources, load_profile(), ("json",), destination, archive=Path("a.sqlite"))
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    done = briefing(*MAKE)
    assert "1 article had" in done.stderr
    assert sorted(done.stdout.replace("out/", "").split()) == sorted(whole.stdout.replace("whole/", "").split())
    for path in (folder / "whole").iterdir():
        assert (folder / "out" / path.name).read_bytes() == path.read_bytes()


def test_a_repeated_source_is_made_twice_and_stored_once(folder: Path) -> None:
    sources = [Source("inbox/cod.txt", Path("inbox/cod.txt"))] * 2
    for _ in range(2):  # the second time goes on with the first
        outcomes = make_briefs(sources, load_profile(), ("json",), Destination(Path("out")), archive=Path("a.sqlite"))
        assert [next(outcomes).written for _ in sources] == [(Path("out/cod.json"),), (Path("out/cod-2.json"),)]
    assert len(titles(folder / "a.sqlite")) == 1


@pytest.mark.long
def test_several_processes_store_the_same_as_one(folder: Path) -> None:
    assert briefing(*MAKE).exit_code == 0
    assert briefing(*MAKE[:-1], "b.sqlite", "--jobs", "2").exit_code == 0
    assert briefs(folder / "a.sqlite") == briefs(folder / "b.sqlite")


def test_standard_output_is_written_each_time(folder: Path) -> None:
    arguments = ("make", "inbox/cod.txt", "-f", "json", "-o", "-", "--archive", "a.sqlite")
    found = [Source("inbox/cod.txt", Path("inbox/cod.txt"))]
    next(make_briefs(found, load_profile(), ("json",), Destination(file=Path("-")), archive=Path("a.sqlite")))
    assert '"schema_version"' in briefing(*arguments).stdout
    assert len(titles(folder / "a.sqlite")) == 1


def test_an_unreadable_source_is_retried_and_fails_alone(folder: Path) -> None:
    (folder / "inbox" / "a.txt").write_bytes(b"\x00\x01\x02" * 500)
    done = briefing(*MAKE)
    assert done.exit_code == 1
    assert len(titles(folder / "a.sqlite")) == 3


def test_a_file_name_that_is_not_utf_8_is_stored(folder: Path) -> None:
    name = os.fsdecode(b"inbox/\xe9.txt")
    (folder / name).write_text(ARTICLES["cod.txt"].replace("cod", "haddock"))
    found = [Source(name, Path(name)), Source("inbox/port.txt", Path("inbox/port.txt"))]
    for taken in (1, 2):  # the second time goes on with the first
        outcomes = make_briefs(found, load_profile(), ("json",), Destination(Path("out")), archive=Path("a.sqlite"))
        written = [next(outcomes) for _ in range(taken)]
        assert all(path.exists() for outcome in written for path in outcome.written)
    assert [outcome.remarks for outcome in outcomes] == [
        ("a.sqlite: resumed a run; 1 article had been made before it was interrupted",)
    ]
    assert len(titles(folder / "a.sqlite")) == 2


def test_half_a_character_in_front_matter_is_harmless(folder: Path) -> None:
    (folder / "inbox" / "a.txt").write_text('---\noutlet: "A\\ud800"\n---\n' + ARTICLES["cod.txt"])
    done = briefing("make", "inbox", "-f", "json", "--output-dir", "out", "--archive", "a.sqlite")
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_brief_that_cannot_be_stored_fails_alone(folder: Path) -> None:
    request = Request(load_profile("standard"), ("json",), None, keep=True)
    sources = [Source("a.txt", content=b"a"), Source("b.txt", content=b"b")]
    briefs = [brief_of("Talks begin.", outlet="\ud800"), brief_of("Talks end.")]
    with kept_run(folder / "a.sqlite", request, Destination(folder / "out"), sources) as run:
        left = [item for item in run.skip_finished(sources) if isinstance(item, Source)]
        written = [run.write(Result(source, "", brief=brief)) for source, brief in zip(left, briefs, strict=True)]
    assert ["the brief of a.txt was not stored" in " ".join(outcome.troubles) for outcome in written] == [True, False]
    assert len(titles(folder / "a.sqlite")) == 1


def test_the_profile_sets_the_archive_and_its_retention(folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "house" / "p.yaml").write_text("archive: briefs.sqlite\nretention: 52w\noutputs: [json]\n")
    path = folder / "house" / "briefs.sqlite"
    long_ago = datetime.now(UTC) - timedelta(days=365)
    assert briefing("make", "inbox/cod.txt", "--profile", "house/p.yaml").stderr == ""
    with Archive.open(path, clock=lambda: long_ago) as archive:
        (entry,) = archive.find()
        brief = archive.brief(entry.brief)
        assert brief is not None
        store(archive, brief)  # as if it had been made then
    done = briefing("make", "inbox/port.txt", "--profile", "house/p.yaml")
    assert (done.exit_code, done.stdout) == (0, "port.json\n")
    assert done.stderr == f"{path}: removed 1 brief made more than 52w ago\n"
    assert len(titles(path)) == 1


def spoil_with_text(path: Path) -> None:
    path.write_text("Buy herring. " * 100)


def spoil_with_newer(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.database.connection.execute("INSERT INTO migrations VALUES (9001, 'later', '2031')")


@pytest.mark.parametrize(
    ("spoil", "said"), [(spoil_with_text, "a file of another kind"), (spoil_with_newer, "newer version")]
)
def test_without_a_valid_archive_briefs_are_made_with_status(
    folder: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(folder / "a.sqlite")
    content = (folder / "a.sqlite").read_bytes()
    done = briefing(*MAKE)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [f"out/{Path(name).stem}.json" for name in sorted(ARTICLES)]
    assert said in done.stderr
    assert done.stderr.endswith("Briefs are made, but not stored\n")
    assert len(done.stderr.splitlines()) == 1
    assert (folder / "a.sqlite").read_bytes() == content


def test_the_same_command_resumes_after_a_full_disk(folder: Path, small_disk: Callable[[str], Path]) -> None:
    path = small_disk("size=4m") / "a.sqlite"
    with Archive.open(path):
        pass
    small_disk(f"remount,size={path.stat().st_blocks * 512 + SHARED_MEMORY + 10 * PAGE}")
    make = ("make", "inbox", "-f", "json", "--output-dir", "out", "--archive", str(path))
    full = briefing(*make)
    assert full.exit_code == 1
    assert sorted(file.name for file in (folder / "out").iterdir()) == ["cod.json", "herring.json", "port.json"]
    assert "the disk is full; make room" in full.stderr
    assert len(full.stderr.splitlines()) == 1
    small_disk("remount,size=4m")
    mended = briefing(*make)
    assert mended.exit_code == 0
    assert len(titles(path)) == 3


def test_briefs_are_made_despite_an_unwritable_archive(folder: Path, small_disk: Callable[[str], Path]) -> None:
    path = small_disk("size=4m") / "a.sqlite"
    with Archive.open(path):
        pass
    small_disk("remount,ro")
    done = briefing("make", "inbox", "-f", "json", "--output-dir", "out", "--archive", str(path))
    assert done.exit_code == 1
    assert len(list((folder / "out").iterdir())) == 3
    assert "--archive" in done.stderr
