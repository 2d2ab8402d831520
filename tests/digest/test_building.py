"""The order of stories in a digest, its agenda, and its limits."""

import pytest

from briefing.digest.members import Member
from briefing.evidence.seal import find_edits, seal
from briefing.model.brief import Notice, When
from briefing.model.digest import Copy, Digest
from tests.digest.digests import digest_of, two_articles
from tests.digest.stories import Draft


def story(text, *origins, **fields):
    return [Draft(f"{text} {origin} wrote so.", title=text, **fields).summary(text).by(origin) for origin in origins]


def titles(digest):
    return [one.headline.text for one in digest.stories]


SMALL, LARGE = story("Dockers voted.", "a"), story("Norway sent ships.", "a", "b", "c")


def test_stories_of_more_origins_come_first():
    assert titles(digest_of(SMALL, LARGE)) == ["Norway sent ships.", "Dockers voted."]


def test_reprints_do_not_make_a_story_greater():
    reprints = [Draft(f"Dockers voted on day {n}.", title="Dockers voted.").by("wire") for n in range(9)]
    digest = digest_of(reprints, LARGE)
    assert titles(digest)[0] == "Norway sent ships."
    assert [one.origins for one in digest.stories] == [3, 1]


def test_a_source_of_more_weight_makes_a_story_greater():
    heavy = [Draft("Dockers voted.", title="Dockers voted.").by("a", weight=5.0)]
    assert titles(digest_of(heavy, LARGE))[0] == "Dockers voted."


@pytest.mark.parametrize(
    ("options", "watched"), [({"topics": ("dockers",)}, ("dockers",)), ({"actors": ("Ida Lund",)}, ("Ida Lund",))]
)
def test_stories_on_the_watch_list_come_first(options, watched):
    small = [Draft("Dockers voted. Ida Lund came.", title="Dockers voted.").actor("Ida Lund").by("a")]
    digest = digest_of(LARGE, small, **options)
    assert titles(digest)[0] == "Dockers voted."
    assert [one.watched for one in digest.stories] == [watched, ()]


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [("none", [None, None]), ("outlet", ["C", "A"]), ("topic", [None, "dockers"]), ("region", ["Europe", None])],
)
def test_stories_are_grouped(group_by, groups):
    large = [
        Draft(f"Norway sent ships, {origin} wrote.", title="Ships").actor("Norway", kind="country").by(origin)
        for origin in "abc"
    ]
    digest = digest_of(SMALL, large, group_by=group_by, topics=("dockers",) if group_by == "topic" else ())
    found = {one.headline.text: one.group for one in digest.stories}
    expected = dict(zip(("Ships", "Dockers voted."), groups, strict=True))
    if group_by == "outlet":
        assert found["Ships"] in {"A", "B", "C"}
        expected["Ships"] = found["Ships"]
    assert found == expected


def test_stories_beyond_the_limit_are_left_out_and_named():
    digest = digest_of(SMALL, LARGE, stories=1)
    assert titles(digest) == ["Norway sent ships."]
    assert {item.article.title for item in digest.articles} == {"Norway sent ships."}
    (notice,) = digest.notices
    assert (notice.code, "Dockers voted." in notice.message) == ("stories-left-out", True)


def test_lines_that_are_left_out_are_counted():
    digest = digest_of(two_articles(), most={"actors": 1})
    assert any("of actors" in notice.message for notice in digest.notices if notice.code == "left-out")


def event(title, value, origin="a", **fields):
    return Draft(f"{title} on {value}.").event(title, value, value, **fields).by(origin)


def test_the_agenda_holds_the_coming_days_of_all_stories():
    digest = digest_of(
        [event("Dockers will vote", "2031-06-14")],
        [event("Norway will send ships", "2031-06-11", origin="b")],
        [event("The old board met", "2031-06-01", origin="c")],
    )
    found = [digest.find(reference) for reference in digest.agenda]
    assert [record.title for _, record in found] == ["Norway will send ships", "Dockers will vote"]
    far = digest_of([event("Dockers will vote", "2031-06-14")], horizon=3)
    assert far.agenda == ()


@pytest.mark.parametrize(
    ("when", "value", "precision", "listed"),
    [
        ("2031", "2031", "year", False),
        ("the summer", "2031-SU", "season", False),
        ("June", "2031-06", "month", True),
        ("next week", "2031-W25", "week", True),
    ],
)
def test_a_long_period_is_no_date_of_the_agenda(when, value, precision, listed):
    draft = Draft(f"Dockers will vote on the deal in {when}.")
    moment = When(text=when, value=value, precision=precision)
    draft.event("Dockers will vote on the deal", when, value, when=moment)
    assert bool(digest_of([draft.by("a")]).agenda) is listed


def test_an_event_of_two_stories_is_on_the_agenda_once():
    one, other = event("Dockers will vote", "2031-06-14"), event("Dockers will vote in town", "2031-06-14", origin="b")
    assert len(digest_of([one], [other]).agenda) == 1


def test_forty_copies_are_one_article_with_all_places():
    brief = Draft("Dockers voted.", title="Dockers voted.").summary("Dockers voted.").brief()
    members = [Member(brief, "wire", f"Paper {n:02}") for n in range(40)]
    digest = digest_of(members)
    (item,) = digest.articles
    assert len(item.copies) == 39
    assert Copy(outlet="Paper 39") in item.copies
    assert digest.stories[0].summary[0].origins == 1


def test_flaws_of_articles_are_reported_once_for_each_kind():
    notice = Notice(code="hidden-text", message="Hidden text was left out.")
    members = []
    for n in range(3):
        draft = Draft(f"Dockers voted on day {n}.", title=f"Vote {n}")
        members.append(Member(draft.brief().model_copy(update={"notices": (notice,)}), f"o{n}"))
    (found,) = digest_of(members).notices
    assert found.message.endswith("Hidden text was left out. (and 2 more articles)")


def test_no_articles_are_a_digest_too():
    digest = digest_of(notices=(Notice(code="source-failed", message="all feeds are dead"),))
    assert (digest.stories, digest.articles, len(digest.notices)) == ((), (), 1)
    assert Digest.model_validate_json(seal(digest).model_dump_json()) == seal(digest)


def test_a_sealed_digest_reveals_changes():
    digest = seal(digest_of(two_articles(), LARGE))
    assert find_edits(digest) == ()
    first, second = digest.stories
    altered = digest.model_copy(
        update={"stories": (first, second.model_copy(update={"summary": (), "id": "x"})), "title": "Mine"}
    )
    places = {(edit.where, edit.change) for edit in find_edits(altered)}
    assert {("frame", "changed"), ("stories[1].frame", "changed")} <= places
    assert any(where.startswith("stories[1].summary") and change == "removed" for where, change in places)


def test_only_the_first_stories_are_in_full():
    def long(name):
        draft = Draft(f"{name} rose. {name} fell. {name} came. Ida Lund left {name}. Talks open in {name}.", title=name)
        draft.summary(f"{name} rose.").summary(f"{name} fell.").summary(f"{name} came.").actor("Ida Lund")
        return draft.event(f"Talks open in {name}", None, None)

    first = [long("Bergen").by(origin) for origin in "ab"]
    digest = digest_of(first, [long("Narvik").by("c")], in_full=1)
    assert titles(digest) == ["Bergen", "Narvik"]
    assert [(len(one.summary), len(one.actors), len(one.events)) for one in digest.stories] == [(3, 1, 1), (2, 0, 1)]
    (left,) = [notice.message for notice in digest.notices if notice.code == "left-out"]
    assert "1 of summary" in left
    assert "1 of actors" in left
