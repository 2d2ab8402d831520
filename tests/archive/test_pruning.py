"""Pruning removes old records without a trace, and keeps the rest."""

from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.archive.archive import Archive
from briefing.archive.digests import GatheredArticle
from briefing.archive.records import RunItem, Selection
from briefing.reading.feeds.state import FeedState
from tests.archive.briefs import Clock, brief_of, store

YEAR = timedelta(days=365)
EVERY = Selection(every=True)


def bytes_of(path: Path) -> bytes:
    """Return the content of all files of the archive in lower case."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*"))).lower()


def person(number: int) -> str:
    """Return a name that nothing else in an archive looks like: letters for the digits of *number*."""
    return "Zq" + "".join("bcdfghjklm"[int(digit)] for digit in f"{number:04}") + "wx"


def store_person(archive: Archive, number: int) -> int:
    name = person(number)
    brief = brief_of(
        f"The delegate {name} spoke. " + "The stock must not fall. " * (number % 40 * 10),
        title=f"{name} speaks",
        url=f"https://example.org/{name}",
        outlet=f"{name} Post",
        actors=[(f"Eva {name}", f"envoy of {name}", name)],
        events=[(f"{name} returns", "2024-06-06")],
        agreements=[(f"{name} agreed", (f"Eva {name}", "Norway"))],
        summary=[f"Delegate {name} spoke."],
    )
    return store(archive, brief).brief


def test_old_briefs_are_pruned_and_recent_ones_are_kept(archive: Archive, clock: Clock) -> None:
    store_person(archive, 1)
    clock.move(days=200)
    young = store_person(archive, 2)
    clock.move(days=200)
    pruned = archive.prune(YEAR)
    assert (pruned.briefs, pruned.articles) == (1, 1)
    assert [entry.brief for entry in archive.find(EVERY)] == [young]
    assert not archive.actor(f"Eva {person(1)}")
    assert archive.find(Selection(words=person(2)))
    assert (archive.prune(YEAR).briefs, archive.prune(YEAR).articles) == (0, 0)


def test_a_text_stays_while_one_of_its_briefs_does(archive: Archive, clock: Clock) -> None:
    store(archive, brief_of("Talks begin.", profile="red-box"))
    clock.move(days=400)
    store(archive, brief_of("Talks begin."))
    pruned = archive.prune(YEAR)
    assert (pruned.briefs, pruned.articles) == (1, 0)
    assert [entry.profile for entry in archive.find(EVERY)] == ["standard"]


def test_numbers_of_pruned_briefs_are_not_reused(archive: Archive, clock: Clock) -> None:
    gone = store_person(archive, 1)
    clock.move(days=400)
    archive.prune(YEAR)
    assert store_person(archive, 2) > gone


def test_runs_and_feed_entries_are_pruned(archive: Archive, clock: Clock) -> None:
    run = archive.begin_run("make", "a")
    archive.finish_item(run, RunItem(f"{person(1)}.txt", None, "failed"))
    archive.keep_feed(FeedState("https://example.org/feed", entries=frozenset({f"https://example.org/{person(2)}"})))
    clock.move(days=400)
    archive.prune(YEAR)
    assert archive.feed("https://example.org/feed") is not None
    content = bytes_of(archive.path)
    assert person(1).lower().encode() not in content
    assert person(2).lower().encode() not in content


def test_gathered_briefs_are_pruned_even_if_the_text_is_kept(archive: Archive, clock: Clock) -> None:
    gathered = GatheredArticle("inbox/1.txt", "digest", brief_of("Talks begin.", title=person(1)))
    archive.digests("morning").gather(clock(), gathered)
    clock.move(days=400)
    store(archive, brief_of("Talks begin."))
    archive.prune(YEAR)
    (kept,) = archive.digests("morning").gathered(clock() - timedelta(days=400))
    assert kept.brief.article.title == "Untitled"
    assert archive.digests("morning").known() == {("inbox/1.txt", "digest")}


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), min_size=1, max_size=60), st.booleans())
def test_pruning_leaves_no_trace(tmp_path_factory: object, old: list[bool], updated: bool) -> None:
    path = Path(str(tmp_path_factory.mktemp("archive"))) / "a.sqlite"  # type: ignore[attr-defined]
    clock = Clock()
    with Archive.open(path, clock=clock) as archive:
        for number in [number for number, is_old in enumerate(old) if is_old]:
            store_person(archive, number)
            if updated:
                store_person(archive, number)
        clock.move(days=400)
        for number in [number for number, is_old in enumerate(old) if not is_old]:
            store_person(archive, number)
        archive.prune(YEAR)
        content = bytes_of(path)  # the archive is still open: its log counts as well
        for number, is_old in enumerate(old):
            assert (person(number).lower().encode() in content) is not is_old
            assert bool(archive.find(Selection(words=person(number)))) is not is_old
        assert len(archive.find(EVERY)) == old.count(False)
