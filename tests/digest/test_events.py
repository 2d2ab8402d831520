"""Lines on the same event are merged."""

import pytest

from briefing.digest.events import merge_events
from briefing.digest.members import in_order
from tests.digest.stories import Draft


def events_of(*members):
    return [happening.event for happening in merge_events(in_order(members), {})]


def announced(title, said, value, *parties, origin, day="2031-06-09", text=None, **fields):
    sentence = text or f"{title} on {said} in {fields.get('place') or 'town'}, {origin} wrote."
    return Draft(sentence, published=day).event(title, said, value, *parties, **fields).by(origin)


TALKS = ("Talks will be held in Geneva", "Friday", "2031-06-13")


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (("A meeting between Norway and Iceland will take place", "June 13", "2031-06-13", "Norway", "Iceland"), 1),
        (("A summit of the two countries", "13 June", "2031-06-13"), 1),
        (("A meeting between Norway and Iceland will take place", "June 20", "2031-06-20", "Norway", "Iceland"), 2),
        (("Fishermen will strike", "June 13", "2031-06-13"), 2),
    ],
)
def test_an_event_is_matched_by_kind_and_day(other, count):
    assert len(events_of(announced(*TALKS, origin="a"), announced(*other, origin="b"))) == count


def test_an_event_has_place_and_participants_of_all_articles():
    one = announced(*TALKS, origin="a", place="Geneva")
    other = announced("A meeting of Norway and Iceland", "June 13", "2031-06-13", "Norway", "Iceland", origin="b")
    (event,) = events_of(one, other)
    assert (event.place, event.participants, event.origins) == ("Geneva", ("Norway", "Iceland"), 2)


@pytest.mark.parametrize(
    ("places", "parties", "count"),
    [
        (("Geneva", "Geneva"), (("Norway",), ("Norway", "Iceland")), 1),
        (("Geneva", "Oslo"), (("Norway",), ("Norway",)), 2),
        (("Geneva", "Geneva"), (("Norway",), ("Iceland",)), 2),
    ],
)
def test_other_places_or_people_are_another_event(places, parties, count):
    members = [
        announced(f"Talks number {n}", "Friday", "2031-06-13", *names, origin=f"o{n}", place=place)
        for n, (place, names) in enumerate(zip(places, parties, strict=True))
    ]
    assert len(events_of(*members)) == count


def test_an_event_may_name_its_people_differently():
    one = announced("Ministers will meet again", "Friday", "2031-06-13", "energy ministers", origin="a", place="Oslo")
    two = announced(
        "Ministers will meet again", "Friday", "2031-06-13", "Eva Lund", "Jan Holm", origin="b", place="Oslo"
    )
    (event,) = events_of(one, two)
    assert event.participants == ("Eva Lund", "Jan Holm", "energy ministers")


def test_two_events_of_one_article_stay_two():
    text = "Talks will be held on Friday. More talks will be held on Friday evening."
    draft = Draft(text).event("Talks will be held", "Friday", "2031-06-13")
    draft.event("More talks will be held", "Friday evening", "2031-06-13")
    assert len(events_of(draft.by("a"))) == 2


def test_a_heading_and_its_sentence_are_one_event():
    """A heading and the sentence below it announce the same."""
    draft = Draft("Public hearing in June. The port plans a public hearing in June.", title="Port to listen")
    draft.event("Public hearing", "June", "2031-06", "Port").event("Public hearing", "June", "2031-06")
    (event,) = events_of(draft.by("a"))
    assert event.origins == 1


def test_one_title_on_one_day_is_one_event():
    one = announced("Three days of mourning", "Friday", "2031-06-13", "Norway", origin="a", place="Norway")
    other = announced("Three days of mourning", "Friday", "2031-06-13", "Ingrid Solheim", origin="b")
    (event,) = events_of(one, other)
    assert event.participants == ("Norway", "Ingrid Solheim")


def test_the_most_exact_day_is_printed():
    one = announced("The fund's board will meet", "June", "2031-06", origin="a")
    other = announced("The fund's board will meet", "12 June", "2031-06-12", origin="b")
    (event,) = events_of(one, other)
    assert event.when.value == "2031-06-12"


MOVED = "The ministers of Norway and Iceland will meet"


def test_a_day_that_a_later_article_moves_is_updated():
    one = announced(MOVED, "12 June", "2031-06-12", "Norway", "Iceland", origin="a", day="2031-06-09")
    text = f"{MOVED} on 19 June, for the talks were postponed."
    two = announced(MOVED, "19 June", "2031-06-19", "Norway", "Iceland", origin="b", day="2031-06-10", text=text)
    (happening,) = merge_events(in_order((one, two)), {})
    assert happening.event.when.value == "2031-06-19"
    assert happening.event.change is not None
    assert (happening.event.change.kind, happening.event.change.was) == ("updated", "12 June")
    assert happening.dates == ()


def test_a_moved_event_may_name_fewer_participants():
    title = "Pilots will go on strike"
    one = announced(title, "Friday", "2031-06-13", "pilots", "Nordavia", origin="a")
    text = f"{title} on 20 June, a week later than planned."
    two = announced(title, "20 June", "2031-06-20", "pilots", origin="b", day="2031-06-10", text=text)
    (event,) = events_of(one, two)
    assert (event.when.value, event.change and event.change.was) == ("2031-06-20", "Friday")


def test_a_day_that_one_origin_corrects_is_updated():
    one = announced(MOVED, "12 June", "2031-06-12", "Norway", "Iceland", origin="a", day="2031-06-09")
    two = announced(MOVED, "13 June", "2031-06-13", "Norway", "Iceland", origin="a", day="2031-06-10")
    (event,) = events_of(one, two)
    assert (event.when.value, event.change and event.change.was) == ("2031-06-13", "12 June")


def test_different_days_of_two_origins_are_kept_for_contradiction():
    one = announced(MOVED, "12 June", "2031-06-12", "Norway", "Iceland", origin="a")
    two = announced(MOVED, "13 June", "2031-06-13", "Norway", "Iceland", origin="b")
    (happening,) = merge_events(in_order((one, two)), {})
    assert [group[0].line.when.text for group in happening.dates] == ["12 June", "13 June"]
    assert happening.event.change is None


def test_the_status_comes_from_the_latest_article():
    one = announced(MOVED, "12 June", "2031-06-12", "Norway", "Iceland", origin="a", place="Bergen")
    two = announced(
        MOVED,
        "12 June",
        "2031-06-12",
        "Norway",
        origin="b",
        day="2031-06-10",
        status="cancelled",
        text=f"{MOVED} on 12 June no more.",
    )
    (event,) = events_of(one, two)
    assert event.status == "cancelled"
