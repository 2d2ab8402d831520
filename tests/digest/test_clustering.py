"""Clustering of articles into stories, and its reasons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.clustering import Cluster, EarlierStory, cluster_stories
from briefing.digest.items import Item
from tests.digest.news import (
    CUT,
    FIRE,
    FIRE_AGAIN,
    FIRE_AT_COURT,
    FIRE_ELSEWHERE,
    LONGER,
    OTHER_TALKS,
    OWN,
    ROUND_UP,
    TALKS,
    WIRE,
    item_of,
)

WIRED = item_of(WIRE, outlet="Coast News", date="2024-03-04")
CUT_DOWN = item_of(CUT, outlet="Bergen Herald", date="2024-03-05")
EXTENDED = item_of(LONGER, outlet="Haldvik Post", date="2024-03-05")
REPORTED = item_of(OWN, outlet="Fjord Times", date="2024-03-05")
MILL = item_of(FIRE, outlet="Dansk Post", date="2024-03-05", actors=("Norrebo",))
WAREHOUSE = item_of(FIRE_ELSEWHERE, outlet="Jutland Mail", date="2024-03-05", actors=("Mobelhus",))
MILL_AGAIN = item_of(FIRE_AGAIN, outlet="Jutland Mail", date="2024-03-06", actors=("Norrebo",))
MILL_AT_COURT = item_of(FIRE_AT_COURT, outlet="Zealand Star", date="2024-03-08", actors=("Norrebo",))
CUSTOMS = item_of(TALKS, outlet="North Star", date="2024-03-05")
TIMBER = item_of(OTHER_TALKS, outlet="Quay Gazette", date="2024-03-05")
IN_BRIEF = item_of(ROUND_UP, title="Northern news in brief", outlet="Island Mail", date="2024-03-05")
ALL = (WIRED, CUT_DOWN, EXTENDED, REPORTED, MILL, WAREHOUSE, MILL_AGAIN, MILL_AT_COURT, CUSTOMS, TIMBER, IN_BRIEF)
STORIES = {
    frozenset({WIRED.id, CUT_DOWN.id, EXTENDED.id, REPORTED.id}),
    frozenset({MILL.id, MILL_AGAIN.id, MILL_AT_COURT.id}),
    frozenset({WAREHOUSE.id}),
    frozenset({CUSTOMS.id}),
    frozenset({TIMBER.id}),
    frozenset({IN_BRIEF.id}),
}


def partition(clusters: tuple[Cluster, ...]) -> set[frozenset[str]]:
    return {frozenset(cluster.articles) for cluster in clusters}


def together(*items: Item) -> bool:
    return len(cluster_stories(items)) == 1


def test_articles_are_grouped_by_event():
    assert partition(cluster_stories(ALL)) == STORIES


def test_two_fires_in_one_country_are_two_stories():
    assert not together(MILL, WAREHOUSE)


def test_two_talks_in_one_country_are_two_stories():
    assert not together(CUSTOMS, TIMBER)


def test_a_story_goes_on_where_events_follow_each_other():
    assert together(MILL, MILL_AGAIN, MILL_AT_COURT)


def test_a_follow_up_of_the_same_house_joins_the_story():
    assert together(*(item_of(text, outlet="Dansk Post") for text in (FIRE, FIRE_AGAIN)))


def test_a_batch_of_two_or_three_articles_suffices():
    assert together(MILL, MILL_AGAIN)
    assert together(WIRED, REPORTED)
    assert len(cluster_stories([MILL, TIMBER, CUSTOMS])) == 3


def test_one_title_makes_no_story_of_two_bodies():
    title = "Fire in Danish town: what police know"
    bodies = (FIRE, TALKS)
    assert not together(*(item_of(body, title=title, outlet=f"Paper {n}") for n, body in enumerate(bodies)))


def test_an_article_of_one_word_is_in_no_story():
    title = "Sugar mill in Brandholt burns, mayor Lise Kragh blames Norrebo"
    full = item_of(FIRE, title=title, outlet="Dansk Post")
    empty = item_of("Video", title=title, outlet="Zealand Star")
    assert not together(full, empty)


@pytest.mark.parametrize("title", ["Northern news in brief", "Morning round-up", "Five places, one Tuesday"])
def test_a_round_up_holds_no_stories_together(title):
    in_brief = item_of(ROUND_UP, title=title, outlet="Island Mail")
    clusters = cluster_stories([in_brief, MILL, WIRED, CUSTOMS, TIMBER])
    assert (in_brief.id,) in [cluster.articles for cluster in clusters]
    assert len(clusters) == 5


def test_an_article_made_of_others_holds_no_stories_together():
    whole = item_of(f"{FIRE}\n\n{WIRE}\n\n{TALKS}", outlet="Week")
    assert partition(cluster_stories([whole, MILL, WIRED, CUSTOMS])) == {
        frozenset({item.id}) for item in (whole, MILL, WIRED, CUSTOMS)
    }


def test_the_same_words_a_year_later_are_another_story():
    later = item_of(f"{FIRE}\n\nSo this paper wrote.", outlet="Zealand Star", date="2025-03-05")
    assert not together(MILL, later)


@pytest.mark.parametrize("date", [None, "2024-03-07"])
def test_an_article_without_a_date_joins_its_story(date):
    assert together(MILL, item_of(FIRE_AGAIN, outlet="Jutland Mail", date=date))


@settings(max_examples=20)
@given(st.permutations(ALL))
def test_the_order_of_articles_does_not_matter(items):
    assert cluster_stories(items) == cluster_stories(ALL)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(ALL), max_size=40))
def test_an_article_that_comes_again_changes_nothing(again):
    assert cluster_stories([*ALL, *again]) == cluster_stories(ALL)


def test_forty_copies_change_nothing_for_others():
    copies = [item_of(f"{WIRE}\n\nThis is paper {number}.", outlet=f"Paper {number}") for number in range(40)]
    others = partition(cluster_stories([*ALL, *copies])) - {frozenset()}
    assert {story for story in others if WIRED.id not in story} == {s for s in STORIES if WIRED.id not in s}


def test_todays_articles_join_yesterdays_story_which_keeps_its_id():
    (yesterday,) = cluster_stories([MILL])
    today = cluster_stories([MILL_AGAIN, TIMBER], [EarlierStory(yesterday.id, (MILL,))])
    assert [(story.id == yesterday.id, story.articles) for story in today] == [
        (True, (MILL.id, MILL_AGAIN.id)),
        (False, (TIMBER.id,)),
    ]


def test_a_story_day_by_day_is_the_story_at_once():
    earlier: list[EarlierStory] = []
    by_id = {item.id: item for item in ALL}
    for day in sorted({item.article.published or "" for item in ALL}):
        found = cluster_stories([item for item in ALL if item.article.published == day], earlier)
        grown = {
            story.id: EarlierStory(story.id, tuple(by_id[article] for article in story.articles)) for story in found
        }
        earlier = [story for story in earlier if story.id not in grown] + list(grown.values())
    assert {frozenset(item.id for item in story.items) for story in earlier} == STORIES


def test_earlier_stories_without_new_articles_are_not_returned():
    earlier = [EarlierStory("mill", (MILL,)), EarlierStory("timber", (TIMBER,))]
    assert [story.id for story in cluster_stories([MILL_AGAIN], earlier)] == ["mill"]


def test_earlier_stories_are_never_joined_though_they_are_alike():
    earlier = [EarlierStory("first", (MILL,)), EarlierStory("second", (MILL_AGAIN,))]
    stories = cluster_stories([MILL, MILL_AGAIN, MILL_AT_COURT], earlier)
    assert sorted(story.id for story in stories) == ["first", "second"]
    assert sorted(article for story in stories for article in story.articles) == sorted(
        item.id for item in (MILL, MILL_AGAIN, MILL_AT_COURT)
    )


def test_an_article_of_yesterday_stays_in_its_story():
    (story,) = cluster_stories([MILL], [EarlierStory("mill", (MILL, WAREHOUSE))])
    assert story.articles == tuple(item.id for item in sorted((MILL, WAREHOUSE), key=lambda item: item.order))


def test_a_story_explains_its_ties():
    (story,) = cluster_stories([MILL, MILL_AGAIN, MILL_AT_COURT])
    ties = {tie.kind: tie for tie in story.ties}
    assert ties["actors"].shared == ("Norrebo",)
    actors, words = story.why
    assert actors == "Norrebo"
    assert {"mill", "alarm"} & set(words.split(", "))
    assert len(words.split(", ")) <= 4
    assert {"brandholt", "kragh"} <= set(ties["names"].shared)
    assert "norrebo" not in ties["names"].shared
    assert {"mill", "alarm"} & set(ties["words"].shared)


def test_a_day_that_both_name_is_a_tie():
    first = item_of(FIRE, outlet="Dansk Post", days=("2024-03-05",))
    second = item_of(FIRE_AGAIN, outlet="Zealand Star", date="2024-03-06", days=("2024-03-05TMO", "2024-W10"))
    (story,) = cluster_stories([first, second])
    assert [tie.shared for tie in story.ties if tie.kind == "days"] == [("2024-03-05",)]


def test_an_article_whose_text_is_withheld_is_alone():
    spaces = MILL.article.model_copy(update={"text": " " * len(MILL.article.text), "withheld": True})
    hidden = Item(MILL.brief.model_copy(update={"article": spaces.model_copy(update={"id": "0" * 16})}))
    assert not together(hidden, MILL_AGAIN)


def test_no_articles_are_no_stories():
    assert cluster_stories([]) == ()
    assert cluster_stories([], [EarlierStory("mill", (MILL,))]) == ()
