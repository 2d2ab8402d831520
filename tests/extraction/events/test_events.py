"""Upcoming events, on passages of our own that the model did not learn from."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from briefing.evidence.grounding import first_ungrounded_word
from briefing.extraction.events.deeds import is_called_off, is_within_visit
from briefing.extraction.events.extractor import EventExtractor
from briefing.extraction.events.times import when_of_deed
from briefing.language.analyse import analyse as analyse_article
from briefing.language.analysis import Analysis
from briefing.model.brief import UpcomingEvent, When
from tests.fakes.articles import article_of

TUESDAY = "2024-05-14"
PASSAGES = yaml.safe_load((Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8"))
Analyse = Callable[..., Analysis]
Find = Callable[..., tuple[UpcomingEvent, ...]]


@pytest.fixture
def events(analyse: Analyse) -> Find:
    def find(text: str, extractor: EventExtractor | None = None) -> tuple[UpcomingEvent, ...]:
        title, _, body = text.strip().rpartition("\n\n")
        return (extractor or EventExtractor())(analyse(body, title=title, published=TUESDAY))

    return find


def test_most_plain_events_are_found_with_their_time(events: Find) -> None:
    missed = [p["text"] for p in PASSAGES["plain"] if p["when"] not in [e.when.value for e in events(p["text"])]]
    assert len(missed) <= len(PASSAGES["plain"]) // 10, missed


def test_nearly_all_traps_are_silent(events: Find) -> None:
    told = [p["text"] for p in PASSAGES["traps"] if events(p["text"])]
    assert len(told) <= len(PASSAGES["traps"]) // 20, told


def test_titles_name_the_event(events: Find) -> None:
    found = [(p, event) for p in PASSAGES["plain"] for event in events(p["text"])[:1]]
    unnamed = [e.title for p, e in found if not any(word.lower() in e.title.lower() for word in p["what"])]
    assert len(unnamed) <= len(found) // 10, unnamed


def test_statuses_and_places_are_right(events: Find) -> None:
    found = [(p, event) for p in PASSAGES["plain"] for event in events(p["text"])[:1]]
    wrong = [(p["text"], e.status) for p, e in found if p["status"] != e.status]
    assert len(wrong) <= len(found) * 0.2, wrong
    placed = [(p, e) for p, e in found if p["place"]]
    lost = [
        (p["text"], e.place) for p, e in placed if not e.place or not (e.place in p["place"] or p["place"] in e.place)
    ]
    assert len(lost) <= len(placed) * 0.25, lost


def is_same_place(wanted: str, found: str | None) -> bool:
    return bool(found) and (found in wanted or wanted in found)


def test_every_title_is_grounded_in_its_evidence(events: Find) -> None:
    for passage in PASSAGES["plain"]:
        for event in events(passage["text"]):
            sources = [piece.text for piece in event.evidence]
            assert first_ungrounded_word(event.title, event.insertions, sources) is None
            assert event.place is None or any(event.place in source for source in sources)


def test_a_limit_keeps_the_first_events_in_time(events: Find) -> None:
    text = "Norway and Chile will meet in Oslo on 3 June.\n\nThe king will visit Peru on 5 July."
    assert [event.when.value for event in events(text, EventExtractor(limit=1))] == ["2024-06-03"]


def test_a_horizon_leaves_out_what_begins_later(events: Find) -> None:
    text = "Norway and Chile will meet in Oslo on 3 June.\n\nThe king will visit Peru on 5 July."
    assert [event.when.value for event in events(text, EventExtractor(horizon="30d"))] == ["2024-06-03"]


def test_a_horizon_is_a_number_of_days() -> None:
    with pytest.raises(ValueError, match="write a number of days"):
        EventExtractor(horizon="3 months")


def test_two_days_that_follow_each_other_are_one_time(events: Find) -> None:
    found = events("The ministers of Norway and Chile will meet in Oslo on June 3 and June 4.")
    assert [event.when.value for event in found] == ["2024-06-03/2024-06-04"]


def test_six_of_seven_traps_are_silent(events: Find) -> None:
    assert sum(bool(events(p["text"])) for p in PASSAGES["traps"]) <= len(PASSAGES["traps"]) // 7


def test_a_time_may_be_in_the_sentence_after(events: Find) -> None:
    (event, *_) = events(
        "Harvest talks set\n\nThe ministers of Norway and Chile will hold talks on fishing quotas in Oslo. "
        "The meeting is scheduled for 3 June."
    )
    assert event.when.value == "2024-06-03"
    assert any("3 June" in piece.text for piece in event.evidence)


@pytest.mark.parametrize(
    ("text", "outlet", "title"),
    [
        (
            "I will visit Chile from 3 to 5 June.",
            "Prime Minister of Norway",
            "Prime Minister of Norway will visit Chile",
        ),
        ("I will visit Chile from 3 to 5 June.", "Voice of Norway", "I will visit Chile from 3 to 5 June."),
        (
            "I look forward to the summit on fish in Oslo on 3 June.",
            "Prime Minister of Norway",
            "Summit on fish in Oslo",
        ),
        (
            '"I will visit Chile from 3 to 5 June," said Anna Berg.',
            "Prime Minister of Norway",
            "Anna Berg will visit Chile",
        ),
    ],
)
def test_the_issuer_of_a_statement_is_its_i(nlp: Language, text: str, outlet: str, title: str) -> None:
    article = article_of(text, published=TUESDAY).model_copy(update={"outlet": outlet})
    (event,) = EventExtractor()(analyse_article(article, nlp))
    assert event.title == title


def test_one_deed_on_one_day_is_one_event(events: Find) -> None:
    found = events(
        "The ministers of Norway and Chile will meet in Oslo on 3 June.\n\nOfficials prepared papers on quotas.\n\n"
        "When they meet on 3 June, the ministers of Norway and Chile will sign a pact."
    )
    days = [(event.title, event.when.value) for event in found if "meet" in event.title.lower()]
    assert len(days) == 1, days


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Norway and Chile will hold talks in Oslo on Friday.", ["Norway and Chile will hold talks in Oslo"]),
        ("Norway has cancelled the summit on fish in Oslo.", ["Norway has cancelled the summit on fish in Oslo"]),
        (
            "The harbour agency has funded the ferries until December 1, 2024. "
            "Norway and Chile will sign a treaty on fish in Oslo on Friday.",
            [
                "Norway and Chile will sign a treaty on fish in Oslo",
                "The harbour agency has funded the ferries until December 1, 2024.",
            ],
        ),
    ],
)
def test_a_title_says_who_does_what_or_is_the_sentence(events: Find, text: str, titles: list[str]) -> None:
    assert [event.title for event in events(text)] == titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Anna Berg will speak at the summit on ferries in Oslo on Friday.",
            "Anna Berg will speak at the summit on ferries in Oslo",
        ),
        ("The harbour council will host the summit, which opens on Friday.", "Harbour council will host the summit"),
        (
            "Ties will profit from the fish summit in Oslo, which will be held on 3 June.",
            "Fish summit in Oslo",
        ),
        (
            "The harbour council will send a team to Oslo to report on the quays by 3 June.",
            "Harbour council to report on the quays",
        ),
        ("Anna Berg will fly to Oslo on Friday to open talks on fish.", "Anna Berg will fly to Oslo"),
        (
            "The first round of talks on fish will be held in Oslo in June.",
            "First round of talks on fish will be held in Oslo",
        ),
        ("The council waits until 3 June, when the parliament returns to work.", "Parliament returns to work"),
        ("The port is ready for the arrival of the royal ferry next month.", "Arrival of the royal ferry"),
        (
            "Norway and Chile announced a plan to sign a treaty on fish in June.",
            "Norway and Chile to sign a treaty on fish",
        ),
        (
            "Norway said it had cancelled its visit to Chile, planned for June.",
            "Norway had cancelled its visit to Chile",
        ),
    ],
)
def test_a_title_says_what_is_to_come(events: Find, text: str, title: str) -> None:
    assert [event.title for event in events(text)] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested a man on Monday and released him on bail until October.",
        "The harbour agency held a ceremony for the ferries, which are being made ready for their final trip.",
        "The keeper left the pitch on Monday to be examined for a broken arm.",
    ],
)
def test_what_somebody_held_or_aimed_at_is_over(events: Find, text: str) -> None:
    assert events(text) == ()


@pytest.mark.parametrize("deed", ["is scheduled to discuss the price of ferries", "will announce the results"])
def test_a_verb_of_saying_may_be_the_event(events: Find, deed: str) -> None:
    assert [event.when.value for event in events(f"The harbour council {deed} on Tuesday.")] == [TUESDAY]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Norway and Chile will hold a summit on fish in Oslo in the coming weeks.", "in the coming weeks"),
        ("Norway and Chile will soon hold a summit on fish in Oslo.", "soon"),
        ("Norway and Chile will hold a summit on fish in Oslo on 3 June.", "3 June"),
        ("Anna Berg will visit Oslo on 3 June and Bergen on 5 June.", "3 June"),
        ("Norway and Chile will sign a pact on fish by 3 June.", "by 3 June"),
        ("The council waits until 3 June, when the parliament returns to work.", "3 June"),
        ("Anna Berg will meet ferry owners in Oslo on 3 June, prior to talks with Chile the next day.", "3 June"),
    ],
)
def test_a_time_is_said_as_the_text_says_it(events: Find, text: str, when: str) -> None:
    assert events(text)[0].when.text == when


def test_a_title_does_not_repeat_a_time_in_words(events: Find) -> None:
    found = events("Norway and Chile will discuss the price of fish in the next two days.")
    assert [(one.title, one.when.text) for one in found] == [
        ("Norway and Chile will discuss the price of fish", "in the next two days")
    ]


@pytest.mark.parametrize(
    ("text", "deed", "is_over"),
    [
        ("The talks follow a summit on fish held in December 2021.", "summit", True),
        ("Anna Berg took part in the fish summit.", "summit", True),
        ("Holm praised her participation in the summit on 3 May 2021.", "summit", True),
        ("During the summit in Oslo, they discussed cod.", "summit", True),
        ("During the summit in Oslo, they will discuss cod.", "summit", False),
        ("Anna Berg agreed to take part in the summit.", "summit", False),
        ("Anna Berg called for a summit.", "summit", False),
        ("Anna Berg will take part in the summit on 3 June.", "summit", False),
    ],
)
def test_an_occasion_that_was_held_is_over(analyse: Analyse, text: str, deed: str, is_over: bool) -> None:
    analysis = analyse(text, published=TUESDAY)
    token = next(token for token in analysis.doc if token.text == deed)
    assert (when_of_deed(analysis, token, When()) is None) == is_over


@pytest.mark.parametrize(
    ("text", "is_off"),
    [
        ("Norway has cancelled the summit.", True),
        ("Norway put off the summit.", True),
        ("The second bill fell short.", False),
        ("Norway put fish on the table.", False),
    ],
)
def test_what_failed_is_not_called_off(analyse: Analyse, text: str, is_off: bool) -> None:
    assert is_called_off(analyse(text).tokens) == is_off


def test_talks_that_are_refused_are_no_event(events: Find) -> None:
    assert events("Norway is refusing to hold talks with Iceland on fish.") == ()
    assert len(events("Norway is to hold talks with Iceland on fish on 3 June.")) == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Norway and Chile will hold a summit on fish in Bergen, Norway, on 3 June.", "Bergen"),
        ("Anna Berg will visit Oslo, Bergen and Tromso on 3 June.", "Oslo"),
        ("Anna Berg will discuss Sudan with the fishing ministers of Peru on 3 June.", None),
        ("Norway will open the port by 3 June, ten years after the attack on Oslo.", None),
        ("Anna Berg will be replaced by Jon Dahl Holm, the Secretary of Ports for Puerto Rico, on 3 June.", None),
        ("It is hoped the summit will launch talks on a Norway and New Zealand Fishing Agreement on 3 June.", None),
        ("Jon Dahl is set to appear on 3 June in the first play of the season, an Oslo-made drama.", None),
    ],
)
def test_a_place_is_the_first_where_it_happens(events: Find, text: str, place: str | None) -> None:
    assert events(text)[0].place == place


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Anna Berg will visit Oslo on 3 June.", "scheduled"),
        ("Anna Berg is likely to visit Oslo on 3 June.", "expected"),
        ("Anna Berg will probably visit Oslo on 3 June.", "expected"),
        ("The May 30 vote on fish will take place in Oslo.", "scheduled"),
    ],
)
def test_an_act_that_is_only_likely_is_expected(events: Find, text: str, status: str) -> None:
    assert events(text)[0].status == status


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("During his visit, the king will open a fish market.", True),
        ("While in Chile, the king will open a fish market.", True),
        ("The king will open a fish market in Chile.", False),
    ],
)
def test_an_act_may_be_part_of_a_visit(analyse: Analyse, text: str, within: bool) -> None:
    (deed,) = [token for token in analyse(text, published=TUESDAY).tokens if token.text == "open"]
    assert is_within_visit(deed) == within


def test_what_is_under_way_is_not_to_come(events: Find) -> None:
    assert not any("working" in event.title for event in events("Norway is working day and night to hold a summit."))
