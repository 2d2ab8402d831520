"""Who is listed as an actor, and on what evidence."""

import pytest

from briefing.evidence.grounding import holds, words
from briefing.extraction.actors.extractor import ActorExtractor

STORY = """Norwegian Foreign Minister Kari Solberg accused Kenya on Monday of breaking the fishing pact.

"Nairobi has broken its word," Solberg told reporters in Oslo. Kenya rejected the charge. The Kenyan government said \
that it had told the World Fishing Council (WFC) of its plans.

The pact was signed in Lima, the capital of Peru. Amos Kiplagat, a spokesman for the WFC, said the council would meet \
on Friday."""


def actors(analysis, **options):
    return {actor.name: actor for actor in ActorExtractor(**options)(analysis)}


def test_agents_speakers_and_objects_are_listed(analyse):
    listed = actors(analyse(STORY))
    assert {"Kari Solberg", "Kenya", "Amos Kiplagat", "World Fishing Council"} <= set(listed)
    assert "Oslo" not in listed
    assert "Lima" not in listed


def test_an_actor_has_kind_role_affiliation_and_aliases(analyse):
    listed = actors(analyse(STORY))
    solberg = listed["Kari Solberg"]
    assert (solberg.id, solberg.kind) == ("kari-solberg", "person")
    assert (solberg.role, solberg.affiliation) == ("Norwegian Foreign Minister", "Norway")
    assert solberg.aliases == ("Solberg",)
    assert "Nairobi" in listed["Kenya"].aliases


def test_the_evidence_holds_name_and_role(analyse):
    for actor in actors(analyse(STORY)).values():
        held = [" ".join(words(evidence.text)) for evidence in actor.evidence]
        names = (actor.name, *actor.aliases) if actor.kind == "country" else (actor.name,)
        assert any(" ".join(words(name)) in text for name in names for text in held)
        if actor.role:
            assert any(" ".join(words(actor.role)) in text for text in held)


def test_evidence_is_in_reading_order_and_short(analyse):
    for actor in actors(analyse(STORY), evidence=2).values():
        starts = [evidence.start for evidence in actor.evidence]
        assert starts == sorted(set(starts))
        assert len(starts) <= 2


def test_the_best_come_first_and_the_list_ends(analyse):
    listed = list(actors(analyse(STORY), limit=3).values())
    assert len(listed) == 3
    saliences = [actor.salience for actor in listed]
    assert saliences == sorted(saliences, reverse=True)


def test_ids_differ_where_names_do_not(analyse):
    text = "The Zoë Group sued. Zoe Group objected. The ZOE-Group paid."
    ids = [actor.id for actor in actors(analyse(text), least_salience=0.0).values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("text", ["", "It rained.", "🙂"])
def test_nobody_is_listed_where_nobody_acts(analyse, text):
    assert actors(analyse(text)) == {} if text else True


def test_a_country_that_is_only_a_place_is_not_listed(analyse):
    listed = actors(analyse("Kari Solberg was born in Peru. Solberg said no."), least_salience=0.0)
    assert list(listed) == ["Kari Solberg"]


@pytest.mark.parametrize(
    ("title", "text", "listed"),
    [
        ("", "US-led forces reached Kenya on Monday. Peru thanked them.", False),
        ("", "Kenya sent back two boats of US fishermen on Monday.", False),
        ("", "Norway and Peru signed a pact on US waters.", False),
        ("", "A US-based firm sued Peru on Monday. Peru denied the claim.", False),
        ("Peru buys US ships", "Peru paid a million dollars for the ships.", False),
        ("Kenya protests after US-led raid", "Forces crossed the border on Monday. Kenya protested.", False),
        ("", "The US sent forces to Kenya on Monday. Peru thanked them.", True),
        ("", "Kenya thanked the US on Monday.", True),
        ("", "A US-based firm sued Peru on Monday. The US closed a port.", True),
        ("Kenya sues US over levy", "Kenya wants its money back.", True),
        ("Peru thanks US", "Peru got ten ships.", True),
    ],
)
def test_a_state_that_only_describes_is_not_listed(analyse, title, text, listed):
    assert ("United States" in actors(analyse(text, title=title), least_salience=0.0)) is listed


@pytest.mark.parametrize(
    ("text", "name", "listed"),
    [
        ("Kari Solberg opened the clinic on Monday. She wore a dress by Corvane.", "Corvane", False),
        ("The prize is named after Hartmut. Kari Solberg won it on Monday.", "Hartmut", False),
        ("The show in Lima drew fans of Elvora. Kari Solberg opened it.", "Elvora", False),
        ("Villagers thanked the Hollis Choir of Tides for the boats.", "Hollis Choir of Tides", False),
        # the name acts
        ("Kari Solberg wore a dress by Corvane. Corvane sewed it in a week.", "Corvane", True),
        ("The bridge was repaired by Brightgate in a week. Kari Solberg paid.", "Brightgate", True),
        # it is there often
        ("Kari Solberg wrote to Brightgate. She praised Brightgate and paid Brightgate.", "Brightgate", True),
        # an office, a form of address, a surname or a noun shows what it is
        ("Kari Solberg praised the engineer Hartmut on Monday.", "Hartmut", True),
        ("The prize is named after Mr. Hartmut. Kari Solberg won it on Monday.", "Hartmut", True),
        ("The prize is named after Jan Hartmut. Kari Solberg won it on Monday.", "Jan Hartmut", True),
        ("Kari Solberg praised the Halvik Bank on Monday.", "Halvik Bank", True),
    ],
)
def test_a_guessed_name_is_listed_if_it_acts(analyse, text, name, listed):
    assert (name in actors(analyse(text), least_salience=0.0)) is listed


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("The Belmora government said that it would pay. Belmora rejected an offer of Kenya.", {"Belmora"}),
        ("Belmora's government said that it would pay. Kenya sent a ship.", {"Belmora"}),
        ("Belmora's parliament approved the levy. Kenya sent a ship.", {"Belmora", "Belmora's parliament"}),
    ],
)
def test_the_government_of_an_unlisted_state_is_the_state(analyse, text, listed):
    assert set(actors(analyse(text), least_salience=0.0)) - {"Kenya"} == listed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The council met. The Halvik Harbour Council voted no. A council said yes.", "council"),
        ("An official said that the port was shut.", "official"),
        ("Halvik Bank sued the shipyard. The company wants its money back, and firms fear the ruling.", "company"),
        ("Halvik Bank sued the shipyard. The company wants its money back, and firms fear the ruling.", "firms"),
        ("The board met in Lima and dismissed Kari Solberg on Monday.", "board"),
        ("Co-founder and head of the Port Museum Kari Solberg said no.", "founder"),
        ("The Norwegian Times reported that Kenya had left.", "Norwegian Times"),
        ("Kenya had left, Amos Kiplagat told Radio Lima News.", "Radio Lima News"),
    ],
)
def test_outlets_that_only_report_are_no_actors(analyse, text, name):
    assert name not in actors(analyse(text))


def test_a_newspaper_mentioned_often_is_an_actor(analyse):
    text = "The Norwegian Times reported it. The Norwegian Times said so. The levy is dear, the Norwegian Times wrote."
    assert "Norwegian Times" in actors(analyse(text))


def test_a_newspaper_that_acts_is_an_actor(analyse):
    assert "Norwegian Times" in actors(analyse("The Norwegian Times sued Kenya. The Norwegian Times fired ten people."))


@pytest.mark.parametrize(
    ("story", "country"),
    [
        (
            "The two sides expressed their delight at the opening of the railway.\n\n"
            "The Lao prime minister, Bounmy Keola, met the Vietnamese president on Monday. Vietnam and the Lao side "
            "agreed to build a bridge. The Lao government praised it.",
            "Laos",
        ),
        (
            "Both countries hailed the pact.\n\n"
            "Peruvian Foreign Minister Ana Sol met Chile's president in Santiago. Chile and the Peruvian side will "
            "open two crossings. Peruvian officials praised it.",
            "Peru",
        ),
    ],
)
def test_a_country_is_cited_by_any_of_its_forms(analyse, story, country):
    actor = actors(analyse(story))[country]
    assert country not in story.split()
    assert any(holds(evidence.text, form) for form in actor.aliases for evidence in actor.evidence)


def test_a_common_noun_of_a_named_body_is_no_actor(analyse):
    text = "The Church of the Lanterns sued Kenya on Monday. The Church told reporters in Lima that it would appeal."
    listed = actors(analyse(text))
    assert "Church of the Lanterns" in listed
    assert "Church" not in listed


@pytest.mark.parametrize(
    ("title", "text", "listed"),
    [
        ("", "Nurses arrived at the harbour. Kenya rejected the charge on Monday.", False),
        (
            "Kenyan nurses close harbour",
            "Kenya rejected the charge on Monday. It said that the harbour was open.",
            True,
        ),
        ("", "Nurses said that the harbour was closed. Kenya rejected the charge on Monday.", True),
        ("", "Nurses closed the harbour. Kenya rejected the charge. Nurses blocked the road to Lima.", True),
        ("", "Striking harbour nurses closed the harbour. Kenya rejected the charge on Monday.", True),
    ],
)
def test_a_bare_plural_needs_more_than_one_silent_mention(analyse, title, text, listed):
    found = {name.casefold() for name in actors(analyse(text, title=title))}
    assert any("nurses" in name for name in found) == listed


def test_a_role_says_whose_it_is(analyse):
    listed = {
        actor.name: actor.role for actor in ActorExtractor()(analyse("Kari Solberg thanked her successor, Ana Sol."))
    }
    assert listed == {"Kari Solberg": None, "Ana Sol": None}
