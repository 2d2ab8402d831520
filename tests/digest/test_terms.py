"""The terms of an article and their weights."""

import pytest

from briefing.digest.items import Item, unique_items
from briefing.digest.likeness import Likeness, Trait
from briefing.digest.round_ups import is_round_up
from briefing.digest.terms import Terms, passages_of, terms_of
from briefing.digest.weights import product, weigh
from briefing.runtime.lexicon import read_lexicon
from tests.digest.news import FIRE, FIRE_AGAIN, FIRE_ELSEWHERE, OTHER_TALKS, OWN, ROUND_UP, TALKS, WIRE, item_of


def terms(item: Item) -> Terms:
    return terms_of(item, passages_of(item.article))


def trait(item: Item, *others: Item, house: str | None = None) -> Trait:
    """Return what an article is compared by, in a batch with others."""
    batch = [terms(one) for one in (item, *others)]
    return Trait(
        batch[0].actors, batch[0].days, weigh(batch, [[n] for n in range(len(batch))])[0], item.published, house
    )


def test_names_words_and_numbers_are_separate():
    found = terms(
        item_of("The 212 sailors of Havfolk struck. Ferries of the Fjordlink's line stayed in port, Havfolk said.")
    )
    assert set(found.names) == {"havfolk", "fjordlink"}
    assert {"sailor", "ferry", "line", "port"} <= set(found.words)
    assert set(found.numbers) == {"212"}


def test_a_capital_after_a_stop_or_mark_makes_no_name():
    found = terms(item_of('Crews struck. "Nights are long," crews said. Ferries stopped.'))
    assert found.names == {}


def test_titles_count_beside_a_body_only():
    titled = item_of("Crews struck for weeks in the harbour of the small town.", title="Havfolk against Fjordlink")
    assert "havfolk" in {**terms(titled).names, **terms(titled).words}
    assert terms_of(titled, ()) == Terms({}, {}, {}, (), frozenset())


def test_actors_weigh_more_by_their_salience():
    plain, salient = terms(item_of(FIRE)), terms(item_of(FIRE, actors=("Norrebo",)))
    assert salient.names["norrebo"] == pytest.approx(plain.names["norrebo"] * 1.8)


def test_a_small_batch_weighs_terms_as_a_large_one_does():
    small = weigh([terms(item_of(FIRE)), terms(item_of(FIRE_AGAIN))], [[0], [1]])
    texts = (FIRE, FIRE_AGAIN, WIRE, OWN, TALKS, OTHER_TALKS)
    large = weigh([terms(item_of(text)) for text in texts], [[n] for n in range(len(texts))])
    first, second = (product(batch[0].words, batch[1].words) for batch in (small, large))
    assert first == pytest.approx(second, rel=0.1)


def test_reprints_of_one_text_make_no_word_common():
    alone = weigh([terms(item_of(FIRE)), terms(item_of(FIRE_AGAIN))], [[0], [1]])
    copied = weigh([terms(item_of(FIRE))] * 40 + [terms(item_of(FIRE_AGAIN))], [range(40), [40]])
    assert product(copied[0].words, copied[40].words) == pytest.approx(product(alone[0].words, alone[1].words))


def test_names_alone_and_words_alone_make_no_likeness():
    fire = item_of(FIRE)
    names_only = item_of(
        "Brandholt, Lise Kragh, Norrebo, Bo Thrane: the four of them, so Norrebo and Lise Kragh of Brandholt."
    )
    words_only = item_of(FIRE.lower())
    for other in (names_only, words_only):
        assert Likeness()(trait(fire, other), trait(other, fire)) < 0.3


@pytest.mark.parametrize(
    ("changes", "house"),
    [({"date": "2024-03-20"}, None), ({"date": "2024-05-20"}, None), ({}, "dansk-post")],
)
def test_distance_in_time_and_one_house_lower_likeness(changes, house):
    first, second = item_of(FIRE), item_of(FIRE_AGAIN)
    other = item_of(FIRE_AGAIN, **changes)
    near = Likeness()(trait(first, house="dansk-post"), trait(second, house="zealand-star"))
    assert Likeness()(trait(first, house="dansk-post"), trait(other, house=house)) < near


def test_likeness_ends_with_the_window():
    first, later = item_of(FIRE), item_of(FIRE_AGAIN, date="2024-07-05")
    assert Likeness()(trait(first), trait(later)) == 0.0
    assert Likeness(window=200)(trait(first), trait(later)) > 0.0


@pytest.mark.parametrize("text", [WIRE, OWN, FIRE, FIRE_AGAIN, FIRE_ELSEWHERE, TALKS, OTHER_TALKS])
@pytest.mark.parametrize("title", ["", "Denmark: three things to know"])
def test_an_article_on_one_matter_is_no_round_up(text, title):
    assert not is_round_up(title, passages_of(item_of(text).article))


@pytest.mark.parametrize("title", ["", "Europe in brief"])
def test_an_article_on_several_matters_is_a_round_up(title):
    assert is_round_up(title, passages_of(item_of(ROUND_UP).article))


def test_no_word_is_in_two_lists():
    lists = (*read_lexicon("briefing.digest.terms").values(), *read_lexicon("briefing.digest.weights").values())
    words = [word for lines in lists for word in set(" ".join(lines).split())]
    assert sorted(words) == sorted(set(words))


def test_one_article_of_each_text_is_kept():
    items = [item_of(FIRE, outlet=outlet) for outlet in ("Zealand Star", "Dansk Post")]
    assert unique_items(items) == unique_items(reversed(items))
    assert [item.appeared_in for item in unique_items(items)] == ["Dansk Post"]
