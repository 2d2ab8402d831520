"""The marks of changes since the last digest."""

from datetime import date

import pytest

from briefing.digest.changes import mark_changes
from briefing.digest.ledger import ledger_of
from briefing.model.digest import Digest
from tests.digest.digests import MEETING, after, digest_of, marked, two_articles
from tests.digest.stories import Draft


def one(draft, origin="a"):
    return digest_of([draft.by(origin)])


def day(number, draft, origin="a", stories=()):
    return digest_of([draft.by(origin)], *stories, day=f"2031-06-{number:02}")


def change_of(digest, field, number=0):
    change = getattr(digest.stories[0], field)[number].change
    return (change.kind, change.was) if change is not None else None


def test_a_first_digest_has_nothing_to_compare_with():
    digest = marked(one(Draft("Norway sent ships.").summary("Norway sent ships.")), None)
    assert (digest.compared, digest.changes) == (None, ())
    assert change_of(digest, "summary") is None


def test_a_new_story_is_on_the_first_page_once():
    dockers = Draft("Dockers voted.").summary("Dockers voted.")
    draft = Draft("Norway sent ships.", title="Ships sent").summary("Norway sent ships.")
    digest = marked(digest_of([dockers.by("a")], [draft.by("b")]), after(day(9, dockers)))
    assert [story.change and story.change.kind for story in digest.stories] == [None, "new"]
    assert [(reference.field, reference.story) for reference in digest.changes] == [("headline", "s2")]


@pytest.mark.parametrize(
    ("before", "now", "mark"),
    [
        ("At least 12 people were killed.", "Fourteen people were killed.", ("updated", "At least 12")),
        ("14 people were killed.", "12 people were killed.", ("contradicted", "14")),
        ("14 people were killed.", "14 people were killed, police said.", None),
        ("Norway sent ships.", "Iceland closed its ports.", ("new", None)),
        ("Norway sent ships to the closed zone.", "Norway sent no ships to the closed zone.", ("contradicted", None)),
    ],
)
def test_a_summary_sentence_is_compared_by_numbers_and_negation(before, now, mark):
    earlier = after(day(9, Draft(before).summary(before)))
    digest = marked(day(10, Draft(now).summary(now)), earlier)
    found = change_of(digest, "summary")
    if mark == ("contradicted", None):
        mark = ("contradicted", before)
    assert found == mark


@pytest.mark.parametrize(
    ("said", "value", "mark"),
    [
        ("12 June", "2031-06-12", None),
        ("19 June", "2031-06-19", ("updated", "12 June")),
    ],
)
def test_a_moved_event_is_updated_and_keeps_its_id(said, value, mark):
    first = day(9, Draft(f"{MEETING} on 12 June.").event(MEETING, "12 June", "2031-06-12", "Norway", "Iceland"))
    earlier = after(first)
    text = f"{MEETING} on {said}, the ministry wrote."
    digest = marked(day(10, Draft(text).event(MEETING, said, value, "Norway", "Iceland")), earlier)
    assert change_of(digest, "events") == mark
    assert digest.stories[0].events[0].id == first.stories[0].events[0].id


def test_a_cancelled_event_is_updated():
    earlier = after(day(9, Draft(f"{MEETING} on 12 June.").event(MEETING, "12 June", "2031-06-12")))
    draft = Draft(f"{MEETING} on 12 June no more.").event(MEETING, "12 June", "2031-06-12", status="cancelled")
    assert change_of(marked(day(10, draft), earlier), "events") == ("updated", "scheduled")


def test_a_line_of_more_origins_is_confirmed():
    text = "Iceland rejects the quota of 40,000 tonnes"
    first = Draft(f"{text}.").point("disagreements", text, "quota", "Iceland", "Norway")
    earlier = after(digest_of([first.by("a")], day="2031-06-09"))
    again = Draft(f"{text}, its minister said.").point("disagreements", text, "quota", "Iceland", "Norway")
    assert change_of(marked(digest_of([first.by("a"), again.by("b")]), earlier), "disagreements") == ("confirmed", None)
    assert change_of(marked(digest_of([first.by("a"), again.by("a")]), earlier), "disagreements") is None


def test_an_agreement_after_a_disagreement_is_contradicted():
    before = "Norway and Iceland disagree on the quota"
    now = "Norway and Iceland agreed on the quota"
    first = Draft(f"{before}.").point("disagreements", before, "quota", "Norway", "Iceland")
    second = Draft(f"{now}.").point("agreements", now, "quota", "Norway", "Iceland")
    digest = marked(day(10, second), after(day(9, first)))
    assert change_of(digest, "agreements") == ("contradicted", before)


@pytest.mark.parametrize(
    ("role", "mark"),
    [
        ("Fisheries Minister", None),
        ("Norwegian Fisheries Minister", None),
        ("party leader", ("updated", "Fisheries Minister")),
    ],
)
def test_an_actor_is_updated_when_the_role_is_another(role, mark):
    first = Draft("Fisheries Minister Ingrid Solheim spoke.").actor("Ingrid Solheim", "Fisheries Minister")
    second = Draft(f"{role} Ingrid Solheim spoke.").actor("Ingrid Solheim", role)
    assert change_of(marked(day(10, second), after(day(9, first))), "actors") == mark


def test_a_role_that_is_still_given_is_not_updated():
    first = Draft("Party leader Ingrid Solheim spoke.").actor("Ingrid Solheim", "Party leader")
    members = [first.by("a")]
    for origin in "bc":
        other = Draft(f"Fisheries Minister Ingrid Solheim met {origin}.").actor("Ingrid Solheim", "Fisheries Minister")
        members.append(other.by(origin))
    digest = marked(digest_of(members), after(day(9, first)))
    (actor,) = digest.stories[0].actors
    assert actor.role == "Fisheries Minister"
    assert actor.change is None or actor.change.kind != "updated"


def test_the_first_page_has_two_new_sentences():
    before = Draft("Norway sent ships.").summary("Norway sent ships.")
    texts = ["Iceland closed its ports.", "Dockers voted on wages.", "Trawlers turned south.", "Prices of cod rose."]
    now = Draft(" ".join(texts))
    for text in texts:
        now.summary(text)
    digest = marked(day(10, now), after(day(9, before)))
    assert [reference.field for reference in digest.changes] == ["summary", "summary"]


def test_a_contradiction_is_new_then_known_then_updated():
    def said(first, second):
        return [
            Draft(f"{n} people were killed, {who} said.").by(who)
            for n, who in ((first, "police"), (second, "rescuers"))
        ]

    earlier = after(digest_of([Draft("A ferry sank.").summary("A ferry sank.").by("a")], day="2031-06-08"))
    first = marked(digest_of(said(12, 15), day="2031-06-09"), earlier)
    assert change_of(first, "contradictions") == ("new", None)
    earlier = ledger_of(first, earlier)
    assert change_of(marked(digest_of(said(12, 15)), earlier), "contradictions") is None
    kind, was = change_of(marked(digest_of(said(13, 15)), earlier), "contradictions")
    assert (kind, set(was.split(" / "))) == ("updated", {"12", "15"})


STRIKE = "Pilots of the airline Nordavia will go on strike on 24 June, a week later than planned."
FALL = "The government fell on Monday after eleven months, and its members will vote on 24 June."


def changes_of(text, *tell):
    """Return the fields of the first page's lines about a story with *text* as the second day's news."""
    earlier = after(day(9, Draft("Dockers voted.", title="Dockers vote").summary("Dockers voted.")))
    draft = Draft(f"Dockers voted. {text}", title="Dockers vote").summary("Dockers voted.").summary(text)
    for one in tell:
        one(draft)
    digest = marked(day(10, draft), earlier)
    return [reference.field for reference in digest.changes]


def strikes(draft):
    draft.event("Pilots of the airline Nordavia will go on strike", "24 June", "2031-06-24")


def votes(draft):
    draft.event("its members will vote", "24 June", "2031-06-24")


def disagrees(draft):
    draft.point("disagreements", "Iceland rejects the quota of 40,000 tonnes", "quota", "Iceland", "Norway")


@pytest.mark.parametrize(
    ("text", "tell", "fields"),
    [
        (STRIKE, (strikes,), ["events"]),  # the event states most of the sentence, with its day
        (FALL, (votes,), ["summary"]),  # the sentence states the event, and more
        (STRIKE, (), ["summary"]),
        ("Iceland rejects the quota of 40,000 tonnes, it said.", (disagrees,), ["disagreements"]),
    ],
)
def test_a_finding_and_its_sentence_appear_once(text, tell, fields):
    assert changes_of(text, *tell) == fields


def test_changes_of_two_sentences_are_both_shown():
    earlier = after(day(9, Draft("Dockers voted.", title="Dockers vote").summary("Dockers voted.")))
    draft = Draft(f"{STRIKE} {FALL}", title="Dockers vote").summary(FALL)
    strikes(draft)
    digest = marked(day(10, draft), earlier)
    assert [reference.field for reference in digest.changes] == ["events", "summary"]


def test_a_moved_event_and_a_fuller_sentence_are_both_shown():
    first = Draft("The government fell on Monday, and its members will vote on 20 June.", title="Government falls")
    first.event("its members will vote", "20 June", "2031-06-20")
    second = Draft(FALL, title="Government falls").summary(FALL)
    votes(second)
    digest = marked(day(10, second), after(day(9, first)))
    assert [(reference.field, change_of(digest, reference.field)) for reference in digest.changes] == [
        ("events", ("updated", "20 June")),
        ("summary", ("new", None)),
    ]


def test_a_sentence_that_replaces_an_event_is_kept():
    titles = [f"Port {name} will close" for name in ("Ask", "Bro", "Dal", "Elv", "Fur", "Gul")]
    said = " ".join(f"{title} on {number} July." for number, title in enumerate(titles, start=1))

    def close(draft):
        for number, title in enumerate(titles, start=1):
            draft.event(title, f"{number} July", f"2031-07-0{number}")

    earlier = after(day(9, Draft("Dockers voted.", title="Dockers vote").summary("Dockers voted.")))
    draft = Draft(f"{FALL} {said}", title="Dockers vote").summary(FALL)
    votes(draft)
    close(draft)
    digest = marked(day(10, draft), earlier)
    assert [reference.field for reference in digest.changes] == ["summary", *["events"] * 4]


DUE = ("The fund's board will meet", "11 June", "2031-06-11")


def board(text="The fund's board will meet on 11 June."):
    return Draft(text).event(*DUE)


@pytest.mark.parametrize(("today", "passed"), [(11, 0), (12, 1), (13, 0)])
def test_a_passed_event_is_shown_once(today, passed):
    other = Draft("Norway sent ships.", title="Ships").summary("Norway sent ships.")
    ledger = after(digest_of([other.by("a")], [board().by("b")], day="2031-06-10"))
    for number in range(11, today):
        digest = marked(day(number, other), ledger)
        ledger = ledger_of(digest, ledger)
    digest = marked(day(today, other), ledger)
    assert len(digest.passed) == passed
    assert Digest.model_validate_json(digest.model_dump_json()) == digest
    for event in digest.passed:
        assert event.change is not None
        assert event.change.kind == "date passed"
        (cited,) = [item for item in digest.articles if item.article.id == event.evidence[0].article]
        assert cited.article.withheld


def test_a_passed_event_in_an_article_is_marked_itself():
    earlier = after(digest_of([board().by("a")], day="2031-06-10"))
    digest = marked(
        digest_of([board("The fund's board will meet on 11 June in town.").by("a")], day="2031-06-12"), earlier
    )
    assert change_of(digest, "events") == ("date passed", None)
    assert digest.passed == ()


def test_a_story_with_another_id_is_matched_by_its_headline():
    draft = Draft("Norway sent ships.", title="Norway sends ships to the zone").summary("Norway sent ships.")
    earlier = after(digest_of([draft.by("a")], day="2031-06-09", ids=("old",)))
    stories = ([Draft("Dockers met.", title="Dockers meet").by("b")], [draft.by("a")])
    digest = marked(digest_of(*stories, ids=("dockers", "fresh")), earlier)
    assert {story.id: story.change for story in digest.stories}.keys() == {"dockers", "old"}


def test_a_ledger_drops_lines_after_two_weeks():
    draft = Draft("Norway sent ships.").summary("Norway sent ships.")
    other = Draft("Dockers voted.").summary("Dockers voted.")
    ledger = after(day(1, draft))
    for number in (9, 14):
        ledger = ledger_of(marked(digest_of([], [other.by("b")], day=f"2031-06-{number:02}"), ledger), ledger)
    assert any(line.text == "Norway sent ships." for line in ledger.lines)
    ledger = ledger_of(marked(digest_of([], [other.by("b")], day="2031-06-16"), ledger), ledger)
    assert not any(line.text == "Norway sent ships." for line in ledger.lines)


def test_a_digest_against_itself_has_no_marks():
    digest = digest_of(two_articles())
    again = marked(digest, ledger_of(digest))
    assert again.changes == ()
    for _, line in again.all_lines():
        assert line.change is None
    assert all(found.change is None for story in again.stories for found in story.contradictions)


def test_marking_twice_is_marking_once():
    earlier = after(digest_of(two_articles()[:1], day="2031-06-09"))
    digest = mark_changes(digest_of(two_articles()), earlier, date(2031, 6, 10))
    assert mark_changes(digest, earlier, date(2031, 6, 10)) == digest


@pytest.mark.parametrize(
    ("today", "announced"),
    [("2031-06-11", 1), ("2031-06-12", 0), ("2031-05-27", 0)],  # its day; the day after; beyond the agenda
)
def test_an_announced_event_stays_on_the_agenda_until_its_day(today, announced):
    other = Draft("Norway sent ships.", title="Ships").summary("Norway sent ships.")
    earlier = after(digest_of([other.by("a")], [board().by("b")], day="2031-05-26"))
    digest = marked(digest_of([other.by("a")], day=today), earlier)
    assert [event.title for event in digest.announced] == [DUE[0]] * announced
    assert Digest.model_validate_json(digest.model_dump_json()) == digest


def test_a_repeated_event_is_announced_once():
    earlier = after(digest_of([board().by("a")], day="2031-06-09"))
    digest = marked(digest_of([board().by("a")]), earlier)
    assert (digest.announced, len(digest.stories[0].events)) == ((), 1)
