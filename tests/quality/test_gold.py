"""The gold files are valid: their verbatim strings are in the article."""

import re

import pytest

from tests.quality.gold import SETS, GoldBrief, level, read_set

GOLD = [pytest.param(gold, id=f"{name}-{gold.name}") for name in SETS for gold in read_set(name)]
TIMEX = re.compile(r"(\d{4}|XXXX)(-(\d\d(-\d\d)?|W\d\d|Q[1-4]|H[12]|SP|SU|FA|WI))?")
STATUSES = {"scheduled", "expected", "proposed", "conditional", "postponed", "cancelled"}


@pytest.mark.parametrize(("name", "least"), [("tuned", 25), ("untouched", 10)])
def test_a_set_has_enough_articles(name: str, least: int) -> None:
    assert len(read_set(name)) >= least


@pytest.mark.parametrize("gold", GOLD)
def test_verbatim_gold_is_in_the_article(gold: GoldBrief) -> None:
    assert [words for words in gold.verbatim if level(words) not in gold.text] == []


@pytest.mark.parametrize("gold", GOLD)
def test_first_words_name_one_sentence(gold: GoldBrief) -> None:
    assert [words for words in gold.verbatim if len(words.split()) < 4 and words not in gold.noise] == []


@pytest.mark.parametrize("gold", GOLD)
def test_actors_have_allowed_kinds_and_tiers_and_differ(gold: GoldBrief) -> None:
    assert {actor.kind for actor in gold.actors} <= {"person", "organisation", "country", "group"}
    assert {actor.tier for actor in gold.actors} <= {1, 2, 3}
    assert len({actor.name for actor in gold.actors}) == len(gold.actors)
    assert any(actor.tier == 1 for actor in gold.actors)


@pytest.mark.parametrize("gold", GOLD)
def test_actors_are_in_the_article(gold: GoldBrief) -> None:
    assert [
        actor.name for actor in gold.actors if not any(level(n).lower() in gold.text.lower() for n in actor.names)
    ] == []


@pytest.mark.parametrize("gold", GOLD)
def test_parties_and_speakers_are_actors(gold: GoldBrief) -> None:
    named = {party for point in (*gold.agreements, *gold.disagreements) for party in point.parties}
    named |= {quote.speaker for quote in gold.quotes}
    assert named <= {actor.name for actor in gold.actors}


@pytest.mark.parametrize("gold", GOLD)
def test_events_have_well_formed_dates_and_statuses(gold: GoldBrief) -> None:
    values = [part for event in gold.events for value in event.when for part in value.split("/")]
    assert [value for value in values if not TIMEX.fullmatch(value)] == []
    assert {status for event in gold.events for status in event.status} <= STATUSES
    assert all(event.what and event.status and event.evidence for event in gold.events)


@pytest.mark.parametrize("gold", GOLD)
def test_no_event_is_before_publication(gold: GoldBrief) -> None:
    ends = [value.split("/")[-1] for event in gold.events for value in event.when]
    days = [end for end in ends if re.fullmatch(r"\d{4}-\d\d-\d\d", end)]
    assert gold.published is None or all(day >= gold.published.isoformat() for day in days)
