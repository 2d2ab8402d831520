"""The independent origins of articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.credits import credit_of
from briefing.digest.origins import Origin, find_origins, origin_ids
from briefing.digest.publishers import Family, fold_name, house_of
from briefing.runtime.lexicon import read_lexicon
from tests.digest.news import CUT, FIRE, FIRE_AGAIN, LONGER, OWN, ROUND_UP, TALKS, WIRE, item_of

# The agency's report without the dateline that credits it.
UNCREDITED = WIRE.replace("HALDVIK, March 4 (Reuters) - ", "")
OUTLETS = ("Haldvik Post", "Bergen Herald", "Fjord Times", "Coast News", "Island Mail", "North Star", "Quay Gazette")


def origins_by_name(*items) -> dict[str, Origin]:
    return {origin.name: origin for origin in find_origins(items)}


def test_ten_reprints_of_an_agency_are_one_origin():
    reprints = [item_of(f"{WIRE}\n\nNumber {number} of this paper.", outlet=f"Paper {number}") for number in range(9)]
    (origin,) = find_origins([*reprints, item_of(WIRE, outlet="Haldvik Post")])
    assert (origin.name, origin.kind) == ("Reuters", "agency")
    assert len(origin.articles) == 10


@pytest.mark.parametrize("reprint", [CUT, LONGER, UNCREDITED, WIRE.replace("Monday", "Tuesday").upper()])
def test_a_changed_reprint_has_the_agencys_origin(reprint):
    (origin,) = find_origins([item_of(WIRE, outlet="Bergen Herald"), item_of(reprint, outlet="Coast News")])
    assert origin.name == "Reuters"


@pytest.mark.parametrize("lines", ["Advertisement\n\n{}", "{}\n\nAll rights reserved.", "By Anna Novak\n\n{}"])
def test_boilerplate_and_marks_make_no_other_text(lines):
    changed = lines.format(UNCREDITED.replace('"', "”").replace("'", "’"))
    (origin,) = find_origins([item_of(UNCREDITED, outlet="Coast News"), item_of(changed, outlet="Fjord Times")])
    assert len(origin.articles) == 2


def test_an_own_report_that_quotes_an_agency_is_separate():
    found = origins_by_name(item_of(WIRE, outlet="Coast News"), item_of(OWN, outlet="Fjord Times"))
    assert set(found) == {"Reuters", "Fjord Times"}


def test_two_reports_of_one_agency_are_one_origin():
    second = item_of(FIRE, outlet="Fjord Times", byline="Reuters")
    (origin,) = find_origins([item_of(WIRE, outlet="Coast News"), second])
    assert len(origin.articles) == 2


def test_editions_of_one_house_are_one_origin():
    editions = [
        item_of(text, outlet=outlet, url=url)
        for text, outlet, url in (
            (FIRE, "The Sun", "https://www.thesun.co.uk/news/1"),
            (FIRE_AGAIN, "The Times", "https://www.thetimes.com/article/1"),
            (TALKS, "The Sunday Times", None),
        )
    ]
    assert [origin.name for origin in find_origins(editions)] == ["News UK"]


def test_an_agency_text_and_an_own_report_are_two_origins():
    found = origins_by_name(item_of(WIRE, outlet="Coast News"), item_of(OWN, outlet="Coast News"))
    assert set(found) == {"Reuters", "Coast News"}


def test_forty_appearances_of_a_text_are_one_article():
    (origin,) = find_origins(item_of(OWN, outlet=f"Paper {number:02}") for number in range(40))
    assert len(origin.articles) == 1


def test_a_copied_text_has_its_first_houses_origin():
    """The house that had the text first is the origin of every copy."""
    first = item_of(OWN, outlet="Fjord Times", date="2024-03-05")
    copy = item_of(f"{OWN}\n\nThe mayor did not answer questions.", outlet="Coast News", date="2024-03-06")
    (origin,) = find_origins([copy, first])
    assert origin.name == "Fjord Times"


def test_a_compilation_does_not_merge_origins():
    whole = item_of(f"{FIRE}\n\n{UNCREDITED}\n\n{TALKS}", outlet="Week")
    parts = [item_of(FIRE, outlet="A Paper"), item_of(UNCREDITED, outlet="B Paper"), item_of(TALKS, outlet="C Paper")]
    assert len(find_origins([whole, *parts])) == 4


def test_an_article_without_an_outlet_is_one_origin():
    first, second = find_origins([item_of(FIRE), item_of(TALKS)])
    assert first.kind == second.kind == "article"
    assert first.id != second.id


def test_each_article_has_one_origin():
    items = [item_of(text, outlet="Fjord Times") for text in (WIRE, CUT, OWN, FIRE)]
    origins = find_origins(items)
    assert set(origin_ids(origins)) == {item.id for item in items}
    assert sum(len(origin.articles) for origin in origins) == len(items)


@given(
    st.permutations(
        [
            item_of(text, outlet=outlet)
            for text, outlet in zip((WIRE, CUT, LONGER, OWN, FIRE, ROUND_UP, TALKS), OUTLETS, strict=True)
        ]
    )
)
def test_origins_do_not_depend_on_the_order_of_articles(items):
    assert find_origins(items) == find_origins(sorted(items, key=lambda item: item.id))


@pytest.mark.parametrize(
    ("text", "matter", "agency", "where"),
    [
        (WIRE, {"outlet": "Coast News"}, "Reuters", "dateline"),
        (WIRE, {}, "Reuters", "outlet"),
        (OWN, {"byline": "Associated Press"}, "AP", "byline"),
        (OWN, {"byline": "Ida Holm, The Associated Press"}, "AP", "byline"),
        (OWN, {"url": "https://www.dailymail.co.uk/wires/afp/article-1/A.html"}, "AFP", "address"),
        (OWN, {"outlet": "Xinhua"}, "Xinhua", "outlet"),
        (f"{OWN}\n\nCopyright 2024 The Associated Press. All rights reserved.", {}, "AP", "credit line"),
        (f"Xinhua | Updated: 2024-03-05 17:52\n\n{OWN}", {}, "Xinhua", "credit line"),
        (f"{OWN}\n\n© AFP", {}, "AFP", "credit line"),
        (f"{OWN} (dpa)", {}, "dpa", "credit line"),
        (f"{OWN}\n\n- AFP", {}, "AFP", "credit line"),
        (f"{OWN} (Ritzau)", {}, "Ritzau", "last words"),
    ],
)
def test_an_agency_is_recognised_where_news_credits_it(text, matter, agency, where):
    credit = credit_of(item_of(text, **matter))
    assert credit is not None
    assert (credit.agency, credit.where) == (agency, where)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        (OWN, {}),
        (OWN, {"byline": "Ida Holm and agencies"}),
        (OWN, {"byline": "Ida Holm"}),
        (f"{OWN}\n\nWith inputs from Reuters", {}),
        (f"{OWN}\n\nThe mayor told Reuters that he had no comment.", {}),
        (f"{OWN}\n\nSource: the municipality of Haldvik", {}),
        (OWN.replace("Since the", "Image copyright Reuters\n\nSince the"), {}),
    ],
)
def test_an_own_article_has_no_agency_credit(text, matter):
    assert credit_of(item_of(text, **matter)) is None


@pytest.mark.parametrize(
    ("outlet", "url", "house"),
    [
        ("The Times", None, "News UK"),
        ("the  sun", None, "News UK"),
        (None, "https://www.thesun.co.uk/news/1/fire", "News UK"),
        (None, "http://usa.chinadaily.com.cn/a/1.html", "China Daily"),
        ("Coast News Europe", "https://europe.coast-news.example.com/1", "Coast News Europe"),
        ("www.dailymail.co.uk", None, "DMG Media"),
        ("Fjord Times", None, "Fjord Times"),
        ("Fjord Times", "https://news.google.com/articles/1", "Fjord Times"),
        ("The Sun", "https://www.msn.com/en-gb/news/1", "News UK"),
        (None, "https://somebody.substack.com/p/1", None),
        (None, "http://127.0.0.1:8000/feed", None),
        (None, None, None),
    ],
)
def test_a_house_is_known_by_outlet_or_address(outlet, url, house):
    found = house_of(outlet, url)
    assert (found.name if found else None) == house


def test_subdomains_of_one_domain_are_one_house():
    first = house_of("Coast News Europe", "https://europe.coast-news.com/1")
    second = house_of("Coast News", "https://www.coast-news.com/2")
    assert first is not None
    assert second is not None
    assert first.id == second.id


def test_an_outlet_without_an_address_is_found_by_name():
    at_home = item_of(FIRE, outlet="Coast News", url="https://www.coast-news.com/1")
    on_paper = item_of(TALKS, outlet="The Coast News")
    (origin,) = find_origins([on_paper, at_home])
    assert origin.name == "Coast News"


def test_a_profiles_family_comes_before_ours():
    family = Family("Fjord Group", outlets=("The Times", "Fjord Times"), domains=("fjord-times.com",))
    assert [house_of(outlet, None, [family]) for outlet in family.outlets] == [("fjord-group", "Fjord Group")] * 2
    found = house_of(None, "https://m.fjord-times.com/1", [family])
    assert found is not None
    assert found.name == "Fjord Group"


@pytest.mark.parametrize("field", ["outlets", "domains"])
def test_no_two_houses_claim_one_outlet_or_domain(field):
    claimed = [
        fold_name(name)
        for house in read_lexicon("briefing.digest.publishers")["houses"].values()
        for name in house[field]
    ]
    assert len(claimed) == len(set(claimed))


def test_no_two_agencies_have_one_name():
    names = [
        fold_name(name)
        for agency in read_lexicon("briefing.digest.credits")["agencies"].values()
        for name in agency["names"]
    ]
    assert len(names) == len(set(names))
