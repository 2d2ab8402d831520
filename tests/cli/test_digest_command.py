"""briefing digest: one digest by hand, with and without an archive, and its reports of what it cannot do."""

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from briefing.archive.archive import Archive
from briefing.cli import app
from briefing.jobs.digests import DigestMaker
from briefing.jobs.verification import verify_bytes
from briefing.model.digest import Digest
from briefing.profile.profile import load_profile
from tests.fakes.newsroom import Newsstand
from tests.fakes.replaying import newsstand
from tests.fakes.schedules import moment

TALKS = """\
Ministers to meet in Bergen

BERGEN, June 8, 2031 (Northern Wire) - The fisheries ministers of Norway and Iceland will meet in Bergen on 12 June to \
discuss the western zone, Norway's Fisheries Ministry said on Sunday.

Iceland rejects the quota of 40,000 tonnes that Norway set in March, Iceland's Fisheries Minister Jon Arnarsson said."""
COURT = """\
Court to rule on tannery

LINDAU, June 9, 2031 (Harbour Post) - A court in Lindau will rule on 10 June on the closure of the town's tannery, its \
president, Klara Senn, said on Monday. The tannery employs 340 people.

Its owner, Lederwerk, denies that it knew of the leak."""
AT = "2031-06-09T18:00+00:00"
NEXT = "2031-06-10T18:00+00:00"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "talks.txt").write_text(TALKS)
    (inbox / "court.txt").write_text(COURT)
    (tmp_path / "quick.yaml").write_text("extends: digest\noutputs: [json]\nfetch: {delay: 0}\n")
    return tmp_path


@pytest.fixture
def web() -> Iterator[str]:
    with newsstand(Newsstand(lambda: moment("2031-06-10T12:00"))) as address:
        yield address


def digest(*arguments: str, profile: str = "quick.yaml") -> Result:
    return CliRunner().invoke(app, ["digest", "--profile", profile, *arguments])


def made(result: Result) -> Digest:
    assert (result.exit_code, result.stderr) == (0, "")
    return Digest.model_validate_json(Path(result.stdout.splitlines()[-1]).read_bytes())


def titles(one: Digest) -> list[str]:
    return sorted(item.article.title for item in one.articles)


@pytest.mark.parametrize(
    ("since", "kept", "left_out"),
    [
        ("yesterday", ["Court to rule on tannery", "Ministers to meet in Bergen"], 0),
        ("2031-06-08", ["Court to rule on tannery", "Ministers to meet in Bergen"], 0),
        ("today", ["Court to rule on tannery"], 1),
        ("7d", ["Court to rule on tannery", "Ministers to meet in Bergen"], 0),
    ],
)
def test_articles_from_before_since_are_left_out_and_counted(since: str, kept: list[str], left_out: int) -> None:
    edition = made(digest("inbox", "--since", since, "--at", AT))
    assert titles(edition) == kept
    assert [notice.message.split(":")[0] for notice in edition.notices] == ["1 article was left out"] * left_out


def test_articles_from_after_the_instant_are_left_out_and_counted(folder: Path) -> None:
    for file in (folder / "inbox").iterdir():
        file.write_text(file.read_text().replace("2031", "2024"))
    edition = made(digest("inbox", "--at", "2024-06-08T18:00"))
    assert titles(edition) == ["Ministers to meet in Bergen"]
    assert [notice.code for notice in edition.notices] == ["too-new"]


def test_without_an_archive_nothing_is_remembered() -> None:
    first, second = made(digest("inbox", "--at", AT)), made(digest("inbox", "--at", AT))
    assert first.compared is second.compared is None
    assert titles(second) == titles(first)


def test_with_an_archive_a_folder_read_again_has_nothing_new(folder: Path) -> None:
    made(digest("inbox", "--at", AT, "--archive", "a.sqlite"))
    second = made(digest("inbox", "--at", NEXT, "--archive", "a.sqlite"))
    assert second.compared == "2031-06-09T18:00:00+00:00"
    assert (second.stories, second.passed) == ((), ())
    (folder / "inbox" / "more.txt").write_text(COURT.replace("340", "350"))
    third = made(digest("inbox", "--at", "2031-06-11T06:00+00:00", "--archive", "a.sqlite"))
    # The new one, the one before of its story, and what an earlier digest announced.
    assert titles(third) == [*["Court to rule on tannery"] * 2, "Ministers to meet in Bergen"]
    assert [event.title for event in third.announced] == ["Ministers to meet in Bergen"]
    assert len(third.stories[0].events) == 1
    assert third.stories[0].events[0].change is not None
    assert third.stories[0].events[0].change.kind == "date passed"


def test_the_digest_of_the_same_instant_is_the_same(folder: Path) -> None:
    first = made(digest("inbox", "--at", AT, "--archive", "a.sqlite"))
    (folder / "inbox" / "talks.txt").unlink()
    assert made(digest("inbox", "--at", AT, "--archive", "a.sqlite")) == first


def test_a_digest_includes_the_articles_of_an_interrupted_one(folder: Path) -> None:
    class Broken(BaseException):
        pass

    def break_off(stage: str) -> None:
        if stage == "briefed":
            raise Broken

    (folder / "m.yaml").write_text("extends: quick.yaml\ndigest: {sources: [{folder: inbox}]}\n")
    with pytest.raises(Broken):
        DigestMaker(folder / "a.sqlite")(load_profile("m.yaml"), moment("2031-06-09T18:00"), break_off)
    edition = made(digest("--at", "2031-06-09T18:05+00:00", "--archive", "a.sqlite", profile="m.yaml"))
    assert titles(edition) == ["Court to rule on tannery", "Ministers to meet in Bergen"]


def test_forty_copies_are_one_article_with_all_places(folder: Path) -> None:
    for number in range(40):
        (folder / "inbox" / f"copy-{number}.txt").write_text(TALKS)
    edition = made(digest("inbox", "--at", AT))
    assert titles(edition) == ["Court to rule on tannery", "Ministers to meet in Bergen"]
    assert sorted(story.origins for story in edition.stories) == [1, 1]
    assert {line.origins for _, line in edition.all_lines()} == {1}


def test_since_defaults_to_the_day_before_the_last_digest(folder: Path) -> None:
    made(digest("inbox", "--at", "2031-06-09T18:00", "--archive", "a.sqlite"))
    (folder / "inbox" / "late.txt").write_text(TALKS.replace("12 June", "30 June").replace("June 8", "June 12"))
    edition = made(digest("inbox", "--at", "2031-06-20T18:00", "--archive", "a.sqlite"))
    assert edition.since == "2031-06-08"
    assert "2031-06-12" in {item.article.published for item in edition.articles}


def test_two_profiles_both_get_the_articles_of_a_feed(folder: Path, web: str) -> None:
    (folder / "other.yaml").write_text("extends: quick.yaml\n")
    arguments = (f"{web}/northern-wire/feed", "--at", AT, "--archive", "a.sqlite", "--allow-private")
    (one, other) = (made(digest(*arguments, profile=profile)) for profile in ("quick.yaml", "other.yaml"))
    assert titles(one) == titles(other) != []


def test_an_article_that_several_feeds_carry_is_fetched_once() -> None:
    stand = Newsstand(lambda: moment("2031-06-10T12:00"))
    with newsstand(stand) as web:
        feed = f"{web}/northern-wire/feed"
        edition = made(digest(feed, f"{feed}?edition=2", "--at", AT, "--allow-private"))
    assert len(edition.articles) == 1
    assert len([path for path in stand.asked if "ministers-to-meet" in path]) == 1


def test_a_dead_feed_is_reported_and_the_digest_is_made(web: str) -> None:
    feeds = [f"{web}/{outlet}/feed" for outlet in ("northern-wire", "harbour-post")]
    result = digest(*feeds, "http://127.0.0.1:9/feed", "--at", AT, "--allow-private")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/feed" in result.stderr
    edition = Digest.model_validate_json(Path(result.stdout.strip()).read_bytes())
    assert [notice.code for notice in edition.notices] == ["source-failed"]
    assert {item.outlet for item in edition.articles} == {"Northern Wire", "Harbour Post"}


def test_an_empty_inbox_has_nothing_new(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "quick.yaml").write_text(
        "extends: digest\noutputs: [json]\ndigest: {sources: [{folder: empty}, {folder: inbox}]}\n"
    )
    one = made(digest("--at", AT))
    assert (titles(one), one.notices) == (["Court to rule on tannery", "Ministers to meet in Bergen"], ())
    nothing = made(digest("empty", "--at", AT))
    assert (nothing.stories, nothing.notices) == ((), ())


def test_a_missing_folder_is_a_failed_source(folder: Path) -> None:
    (folder / "quick.yaml").write_text(
        "extends: digest\noutputs: [json]\ndigest: {sources: [{folder: outbox}, {folder: inbox}]}\n"
    )
    done = digest("--at", AT)
    assert done.exit_code == 1
    assert "outbox: there is no such file" in done.stderr
    one = Digest.model_validate_json(Path(done.stdout.splitlines()[-1]).read_bytes())
    assert [notice.code for notice in one.notices] == ["source-failed"]
    assert len(one.articles) == 2


def test_old_digests_are_removed(folder: Path) -> None:
    (folder / "short.yaml").write_text("extends: quick.yaml\nretention: 1d\narchive: a.sqlite\n")
    made(digest("inbox", "--at", AT, profile="short.yaml"))
    with Archive.open(folder / "a.sqlite", clock=lambda: moment("2041-06-01T00:00")) as archive:
        assert archive.digests("short").digest(moment("2031-06-09T18:00")) is not None
        archive.prune(moment("2041-06-01T00:00") - moment("2041-05-01T00:00"))
        assert archive.digests("short").digest(moment("2031-06-09T18:00")) is None
        assert archive.digests("short").known() == frozenset()


def test_the_digest_is_made_despite_a_failed_prune(folder: Path) -> None:
    text = "extends: quick.yaml\nretention: 1d\ndigest: {sources: [{folder: inbox}]}\n"
    (folder / "short.yaml").write_text(text)
    with Archive.open(folder / "a.sqlite"):
        pass
    reader = sqlite3.connect(folder / "a.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM gathered").fetchone()
    try:
        maker = DigestMaker(folder / "a.sqlite", open_archive=partial(Archive.open, timeout=0.1))
        result = maker(load_profile("short.yaml"), moment("2031-06-09T18:00"), lambda _stage: None)
    finally:
        reader.close()
    assert "its log still holds the removed briefs" in result.notices[0]
    assert [output.name for output in result.outputs] == ["short-2031-06-09-1800.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("inbox", "--at", "noon"), "'noon' is not an instant; write it as 2024-05-14T06:00"),
        (("inbox", "--since", "lately"), "'lately' is not a day; write YYYY-MM-DD, today, yesterday"),
        (("inbox", "--since", "2031-02-30"), "'2031-02-30' is not a day"),
        ((), "no sources: name some"),
        (("inbox", "--format", "json,md", "--output", "x"), "--output takes one format"),
    ],
)
def test_a_wrong_option_is_reported_at_once(arguments: tuple[str, ...], said: str) -> None:
    result = digest(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(Path().glob("*.json"))


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"x" * 2000])
def test_a_file_of_another_kind_is_refused_as_archive(folder: Path, content: bytes) -> None:
    (folder / "a.sqlite").write_bytes(content)
    result = digest("inbox", "--archive", "a.sqlite")
    assert result.exit_code == 2
    assert "a.sqlite" in result.stderr
    assert (folder / "a.sqlite").read_bytes() == content
    assert not list(folder.glob("*.json"))


def test_a_digest_is_printed_again_from_its_json(folder: Path) -> None:
    made(digest("inbox", "--at", AT))
    (file,) = folder.glob("*.json")
    result = CliRunner().invoke(app, ["render", str(file), "--profile", "quick.yaml", "--format", "html,json,md"])
    assert (result.exit_code, result.stderr) == (0, "")
    again = [line for line in result.stdout.splitlines() if line.endswith(".json")]
    assert again == [f"{file.stem}-2.json"]
    assert Digest.model_validate_json(Path(again[0]).read_bytes()).edits == ()
    assert verify_bytes(Path(again[0]).read_bytes(), again[0]).failures == ()


def test_changes_by_hand_are_marked(folder: Path) -> None:
    made(digest("inbox", "--at", AT))
    (file,) = folder.glob("*.json")
    file.write_text(file.read_text().replace('"Court to rule on tannery"', '"Judges to rule on tannery"', 1))
    result = CliRunner().invoke(
        app, ["render", str(file), "--profile", "quick.yaml", "--format", "json", "-o", "x.json"]
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert Digest.model_validate_json((folder / "x.json").read_bytes()).edits != ()


def test_the_schema_of_a_digest_is_that_of_its_json(folder: Path) -> None:
    made(digest("inbox", "--at", AT))
    (file,) = folder.glob("*.json")
    schema = json.loads(CliRunner().invoke(app, ["schema", "--digest"]).stdout)
    jsonschema.validate(json.loads(file.read_text()), schema)
