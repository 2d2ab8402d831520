"""The chain of acts: it names what was altered, removed or put in, and holds when old values are removed."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from briefing.errors import ConflictError
from briefing.review.acts import By, Draft
from tests.archive.briefs import Clock, brief_of, store
from tests.fakes.briefs import small_brief
from tests.fakes.reviewing import NEW, lines_of

ANN, BEN = By("Ann Zqdw", "web"), By("Ben Zqfx", "command line")
BRIEF = small_brief()
LINES = dict(lines_of(BRIEF))


def act(archive: Archive, field: str = "quotes", by: By = ANN, after: int | None = None, reason: str = "") -> None:
    draft = Draft("corrected", field, LINES[field], new=NEW[field], reason=reason)
    archive.act(by, BRIEF, (draft,), after=after)


def five_acts(folder: Path) -> Path:
    """Return an archive with five acts, each on a line of its own."""
    path = folder / "a.sqlite"
    with Archive.open(path, clock=Clock()) as archive:
        store(archive, BRIEF)
        for field in ("quotes", "actors", "events", "summary", "agreements"):
            act(archive, field)
    return path


def altered(path: Path, *statements: str) -> tuple[str, ...]:
    """Change an archive behind our back; return what the check then says."""
    with closing(sqlite3.connect(path)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, trigger in triggers:
            db.execute(trigger)
        db.commit()
    with Archive.open(path) as archive:
        return archive.reviews.check()[2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts SET kind = 'accepted'",
        "DELETE FROM acts",
        "UPDATE act_values SET json = '{}'",
        "DELETE FROM act_values",
    ],
)
def test_an_act_can_be_neither_changed_nor_removed(tmp_path: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(five_acts(tmp_path))) as db,
        pytest.raises(sqlite3.IntegrityError, match=r"an act is never|stays as long as the brief"),
    ):
        db.execute(statement)


def test_an_untouched_chain_holds(tmp_path: Path) -> None:
    with Archive.open(five_acts(tmp_path)) as archive:
        count, last, found = archive.reviews.check()
        assert (count, len(last), found) == (5, 64, ())


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE acts SET kind = 'rejected' WHERE number = 3", ["act 3 was altered"]),
        ("UPDATE acts SET line = x'00ff' WHERE number = 3", ["act 3 was altered"]),
        ("UPDATE acts SET hash = previous WHERE number = 5", ["act 5 was altered"]),
        ("UPDATE act_values SET json = replace(json, 'Ann', 'Ben') WHERE number = 2", ["what act 2 says was altered"]),
        ("UPDATE act_values SET salt = x'00' WHERE number = 2", ["what act 2 says was altered"]),
        (
            "DELETE FROM act_values WHERE number = 4",
            ["what act 4 says was removed, although its brief is still there"],
        ),
        ("DELETE FROM acts WHERE number = 3", ["acts 3 to 3 were removed", "1 contents belong to no act"]),
        ("DELETE FROM acts WHERE number < 3", ["acts 1 to 2 were removed", "2 contents belong to no act"]),
        (
            "INSERT INTO acts SELECT 6, at, way, subject, profile, key, kind, field, line, undoes, state, content,"
            " hash, hash FROM acts WHERE number = 5",
            ["act 6 was altered", "what act 6 says was removed, although its brief is still there"],
        ),
        (
            "INSERT INTO acts SELECT 6, at, way, subject, profile, key, kind, field, line, undoes, state, content,"
            " previous, hash FROM acts WHERE number = 5",
            [
                "act 6 does not follow act 5",
                "act 6 was altered",
                "what act 6 says was removed, although its brief is still there",
            ],
        ),
    ],
)
def test_what_was_done_to_the_chain_is_named(tmp_path: Path, statement: str, named: list[str]) -> None:
    assert list(altered(five_acts(tmp_path), statement)) == named


def test_a_missing_trigger_is_named(tmp_path: Path) -> None:
    path = five_acts(tmp_path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER acts_stay")
    with Archive.open(path) as archive:
        assert archive.reviews.check()[2] == ("the trigger acts_stay was removed",)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, 5), column=st.sampled_from(["at", "way", "profile", "key", "field", "state", "content"]))
def test_a_change_of_any_column_is_named(tmp_path_factory: pytest.TempPathFactory, number: int, column: str) -> None:
    path = five_acts(tmp_path_factory.mktemp("chain"))
    value = "schedule" if column == "way" else "x"
    found = altered(path, f"UPDATE acts SET {column} = '{value}' WHERE number = {number}")  # noqa: S608 - of a test
    assert f"act {number} was altered" in found


def test_two_people_on_one_line_lose_nothing(archive: Archive) -> None:
    store(archive, BRIEF)
    act(archive, after=0)
    with pytest.raises(ConflictError, match="cannot save quotes: Ann Zqdw corrected it meanwhile") as caught:
        archive.act(BEN, BRIEF, (Draft("corrected", "quotes", LINES["quotes"], new={"speaker": "Ben"}),), after=0)
    assert (caught.value.theirs, caught.value.mine) == (NEW["quotes"], {"speaker": "Ben"})
    act(archive, "actors", BEN, after=0)  # another line
    assert [one.by.who for one in archive.reviews.journal()] == ["Ben Zqfx", "Ann Zqdw"]


def test_the_journal_lists_the_latest_acts_of_a_person(archive: Archive) -> None:
    store(archive, BRIEF)
    for field, by in [("quotes", ANN), ("actors", BEN), ("events", ANN)]:
        act(archive, field, by)
    journal = archive.reviews.journal
    assert [one.number for one in journal(most=2)] == [3, 2]
    assert [one.number for one in journal(before=3)] == [2, 1]
    assert [one.draft.field for one in journal(who="Ann Zqdw")] == ["events", "quotes"]


def test_searches_and_actors_show_the_corrected_brief(archive: Archive) -> None:
    number = store(archive, BRIEF).brief
    act(archive, "actors")
    act(archive, "events")
    brief = archive.brief(number)
    assert brief is not None
    assert (brief.actors[0].role, brief.events[0].place) == (None, "Oslo")
    assert archive.brief_as_made(number) == BRIEF
    (solheim,) = archive.actor("Ingrid Solheim")
    assert solheim.roles == ()
    assert archive.find(Selection(words="Oslo"))
    store(archive, BRIEF)  # made anew
    assert archive.find(Selection(words="Oslo"))


def test_pruning_removes_what_people_wrote_and_the_chain_holds(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "a.sqlite"
    with Archive.open(path, clock=clock) as archive:
        store(archive, BRIEF)
        act(archive, reason="Zqjk said so")
        clock.move(days=300)
        kept = brief_of("Talks begin.", summary=["Talks begin."])
        store(archive, kept)
        draft = Draft("rejected", "summary", lines_of(kept)[0][1], reason="dull")
        archive.act(BEN, kept, (draft,), after=None)
        clock.move(days=100)
        before = archive.reviews.check()
        archive.prune(timedelta(days=365))
        assert archive.reviews.check() == before
        content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert [text in content for text in (b"Zqdw", b"Zqjk", b"Arnarsson", b"Zqfx", b"dull")] == [False] * 3 + [
            True
        ] * 2
        newest, oldest = archive.reviews.journal()
        assert (oldest.blanked, oldest.by.who, oldest.draft.new) == (True, "", None)
        assert (newest.blanked, newest.by.who) == (False, "Ben Zqfx")
