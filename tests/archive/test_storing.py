"""An article is stored once, even if it is read again, updated or found at another address."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from briefing.errors import ArchiveError
from tests.archive.briefs import Clock, brief_of, store
from tests.fakes.briefs import small_brief

EVERY = Selection(every=True)


def test_a_stored_brief_is_returned_unchanged(archive: Archive) -> None:
    brief = small_brief()
    kept = store(archive, brief)
    assert archive.brief(kept.brief) == brief
    assert archive.brief(kept.brief + 1) is None


def test_the_same_brief_again_is_the_same_entry(archive: Archive, clock: Clock) -> None:
    first = store(archive, small_brief())
    clock.move(hours=1)
    again = store(archive, small_brief())
    assert again == first
    assert [entry.made for entry in archive.find(EVERY)] == [clock.moment]


def test_an_updated_article_is_a_new_version(archive: Archive) -> None:
    first = store(archive, brief_of("Talks begin.", url="https://example.org/talks"))
    second = store(archive, brief_of("Talks end.", url="https://example.org/talks?utm_source=mail#top"))
    assert first.item == second.item
    assert first.version != second.version
    assert [entry.addresses for entry in archive.find()] == [("https://example.org/talks",)] * 2


def test_the_same_text_is_stored_once_with_both_addresses(archive: Archive, clock: Clock) -> None:
    first = store(archive, brief_of("Talks begin.", url="https://example.org/a", outlet="Northern Wire"))
    clock.move(minutes=1)
    second = store(archive, brief_of("Talks begin.", url="https://example.net/b", outlet="Harbour Post"))
    assert (second.brief, second.version) == (first.brief, first.version)
    (entry,) = archive.find(EVERY)
    assert entry.addresses == ("https://example.org/a", "https://example.net/b")
    assert entry.outlet == "Northern Wire"
    assert archive.find(Selection(outlet="harbour post")) == (entry,)


def test_an_address_with_the_text_of_another_merges_their_items(archive: Archive) -> None:
    one = store(archive, brief_of("Talks begin.", url="https://example.org/a"))
    other = store(archive, brief_of("Talks end.", url="https://example.org/b"))
    assert one.item != other.item
    joined = store(archive, brief_of("Talks end.", url="https://example.org/a"))
    assert joined.item == one.item
    assert {entry.item for entry in archive.find()} == {one.item}


@pytest.mark.parametrize("url", ["https://example.org/", "https://example.org", "unknown", "mailto:a@example.org"])
def test_an_ambiguous_address_merges_no_items(archive: Archive, url: str) -> None:
    one, other = store(archive, brief_of("Talks begin.", url=url)), store(archive, brief_of("Talks end.", url=url))
    assert one.item != other.item
    assert [entry.addresses for entry in archive.find()] == [(), ()]


def test_an_address_that_is_known_later_is_stored(archive: Archive) -> None:
    store(archive, brief_of("Talks begin."))
    kept = store(archive, brief_of("Talks begin.", url="https://example.org/a"))
    stored = archive.brief(kept.brief)
    assert stored is not None
    assert stored.article.url == "https://example.org/a"


def test_profiles_and_programs_have_their_own_briefs(archive: Archive, clock: Clock) -> None:
    for profile, program in (("standard", "0.1.0"), ("red-box", "0.1.0"), ("standard", "0.2.0")):
        clock.move(minutes=1)
        store(archive, brief_of("Talks begin.", profile=profile, program=program))
    assert [(entry.profile, entry.program) for entry in archive.find()] == [("standard", "0.2.0")]
    assert len(archive.find(EVERY)) == 3


def test_half_a_character_is_refused_and_nothing_is_stored(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="half a character"):
        store(archive, brief_of("Talks begin.", outlet="\ud800"))
    assert archive.find() == ()


URLS = st.none() | st.sampled_from([f"https://example.org/{name}" for name in "abcd"])
TEXTS = st.sampled_from([f"Talks number {number} begin." for number in range(5)])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(URLS, TEXTS), max_size=12))
def test_no_text_is_lost_or_duplicated(tmp_path_factory: object, pairs: list[tuple[str | None, str]]) -> None:
    folder = Path(str(tmp_path_factory.mktemp("archive")))  # type: ignore[attr-defined]
    with Archive.open(folder / "a.sqlite", clock=Clock()) as archive:
        for url, text in pairs:
            store(archive, brief_of(text, url=url))
        entries = archive.find(EVERY)
        stored = {entry.brief: archive.brief(entry.brief) for entry in entries}
    texts = [brief.article.text for brief in stored.values() if brief is not None]
    assert sorted(texts) == sorted({text for _, text in pairs})
    by_text = {stored[entry.brief].article.text: entry for entry in entries}  # type: ignore[union-attr]
    for text, entry in by_text.items():
        assert set(entry.addresses) == {url for url, other in pairs if other == text and url}
    assert _partition({text: entry.item for text, entry in by_text.items()}) == _joined(pairs)


def _partition(items: dict[str, int]) -> set[frozenset[str]]:
    return {frozenset(text for text, item in items.items() if item == one) for one in items.values()}


def _joined(pairs: list[tuple[str | None, str]]) -> set[frozenset[str]]:
    """Return the texts that addresses tie to one another, worked out by joining sets."""
    groups = [{text} for text in {text for _, text in pairs}]
    for url in {url for url, _ in pairs if url}:
        tied = {text for other, text in pairs if other == url}
        touched = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied] + [set().union(*touched)]
    return {frozenset(group) for group in groups}
