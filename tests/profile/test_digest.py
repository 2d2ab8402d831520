"""What a profile says of its digests."""

from pathlib import Path

import pytest

from briefing.digest.merging import MOST
from briefing.errors import ProfileError
from briefing.jobs.plan import digest_options
from briefing.profile.digest import STORY_LISTS
from briefing.profile.profile import load_profile


def loaded(tmp_path: Path, content: str):
    path = tmp_path / "p.yaml"
    path.write_text(content)
    return load_profile(str(path))


def test_a_profile_sets_the_content_of_a_digest(tmp_path):
    profile = loaded(
        tmp_path,
        "digest:\n  title: Morning\n  watch: {actors: [Norway], topics: [mackerel]}\n  group_by: region\n"
        "  agenda: 7\n  stories: 12\n  lines: {quotes: 0}\n",
    )
    options = digest_options(profile)
    assert (options.title, options.actors, options.topics) == ("Morning", ("Norway",), ("mackerel",))
    assert (options.group_by, options.horizon, options.stories) == ("region", 7, 12)
    assert options.most == {**MOST, "quotes": 0}


def test_paths_of_sources_are_those_beside_the_profile(tmp_path):
    profile = loaded(tmp_path, "digest:\n  sources: [{folder: inbox}, {feed: 'https://example.org/rss', weight: 2}]\n")
    folder, feed = profile.digest.sources
    assert (folder.where, folder.weight) == (str(tmp_path / "inbox"), 1.0)
    assert (feed.where, feed.weight) == ("https://example.org/rss", 2.0)


def test_every_list_of_a_story_may_be_limited():
    assert set(STORY_LISTS) == set(MOST)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("digest:\n  group_by: regoin\n", 2, "did you mean 'region'"),
        ("digest:\n  wach: {}\n", 2, "did you mean 'watch'"),
        ("digest:\n  sources:\n    - {outlet: Wire}\n", 3, "one of feed, url, file and folder"),
        ("digest:\n  sources:\n    - {feed: inbox}\n", 3, "not a web address"),
        (
            "digest:\n  sources:\n    - {file: a, folder: b}\n",
            3,
            "one of feed, url, file and folder",
        ),
        ("digest:\n  sources:\n    - {folder: a, weight: 0}\n", 3, "greater than 0"),
        ("digest:\n  lines: {qoutes: 1}\n", 2, "no list 'qoutes'"),
        ("digest:\n  stories: 0\n", 2, "0 is below 1"),
    ],
)
def test_an_invalid_value_is_reported_with_its_line(tmp_path, content, line, said):
    with pytest.raises(ProfileError, match=said) as caught:
        loaded(tmp_path, content)
    assert caught.value.place == f"{tmp_path / 'p.yaml'}:{line}"
