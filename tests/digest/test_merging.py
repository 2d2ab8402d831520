"""Points, quotes, background and summary appear once, with all their origins."""

from dataclasses import replace

import pytest

from briefing.digest.actors import merge_actors
from briefing.digest.corroboration import Corroboration
from briefing.digest.members import in_order
from briefing.digest.merging import merge_story
from briefing.digest.points import merge_background, merge_points, merge_quotes
from briefing.digest.summaries import summarise
from briefing.digest.superseding import current_figures
from tests.digest.stories import Draft

QUOTA = "Iceland rejects the quota of 40,000 tonnes"


def points_of(*members, field="disagreements"):
    ordered = in_order(members)
    return merge_points(ordered, merge_actors(ordered)[1], Corroboration(ordered), lambda brief: getattr(brief, field))


def quota(statement, origin, *parties, topic="quota", text=None):
    draft = Draft(text or f"{statement}, {origin} wrote.")
    return draft.point("disagreements", statement, topic, *parties).by(origin)


@pytest.mark.parametrize(
    ("statement", "parties", "count"),
    [
        ("Iceland rejects the quota of 40,000 tonnes that Norway set", ("Iceland", "Norway"), 1),
        ("Iceland rejects Norway's quota of 40,000 tonnes", ("Iceland", "Norway"), 1),
        ("Iceland rejects the quota of 50,000 tonnes", ("Iceland", "Norway"), 2),
        ("Iceland wants inspections at sea", ("Iceland", "Norway"), 2),
        ("Greenland rejects the quota set by unions", ("Greenland", "Norway"), 2),
    ],
)
def test_a_point_is_matched_by_subject_and_parties(statement, parties, count):
    found = points_of(quota(QUOTA, "a", "Iceland", "Norway"), quota(statement, "b", *parties))
    assert len(found) == count
    assert found[0].origins == (2 if count == 1 else 1)


def test_a_point_and_its_denial_are_two():
    one = quota("Norway and Iceland agreed on the quota", "a", "Norway", "Iceland")
    other = quota("Norway and Iceland never agreed on the quota", "b", "Norway", "Iceland")
    assert [point.origins for point in points_of(one, other)] == [1, 1]


def test_a_sentence_of_another_origin_corroborates_a_point():
    one = quota(QUOTA, "a", "Iceland", "Norway")
    other = Draft("According to a statement, Iceland rejects the quota of 40,000 tonnes.").by("b")
    (point,) = points_of(one, other)
    assert point.origins == 2
    assert [piece.article for piece in point.evidence] == [one.id, other.id]


@pytest.mark.parametrize(
    "sentence",
    [
        "Iceland rejects the quota of 50,000 tonnes.",
        "Iceland may reject the quota of 40,000 tonnes.",
        "Iceland accepts the quota of 40,000 tonnes.",
        "The quota was 40,000 tonnes.",
    ],
)
def test_a_shorter_or_different_sentence_does_not_corroborate(sentence):
    (point,) = points_of(quota(QUOTA, "a", "Iceland", "Norway"), Draft(sentence).by("b"))
    assert point.origins == 1


def quotes_of(*members):
    ordered = in_order(members)
    return merge_quotes(ordered, merge_actors(ordered)[1])


def said(text, origin, speaker="Jon Arnarsson", **fields):
    return Draft(f"“{text}” {speaker} said to {origin}.").quote(speaker, text, **fields).by(origin)


def test_a_quote_appears_once_in_its_longest_form():
    short = said("The quota is a wall across the sea", "a")
    long = said("The quota is a wall across the sea, and we will climb it", "b")
    (quote,) = quotes_of(short, long)
    assert (quote.text, quote.origins) == ("The quota is a wall across the sea, and we will climb it", 2)


def test_the_same_words_of_two_speakers_are_two_quotes():
    text = "The quota is a wall across the sea"
    assert len(quotes_of(said(text, "a"), said(text, "b", speaker="Ilse Varga"))) == 2


def test_many_same_words_of_two_speakers_are_one_quote():
    text = "The quota is a wall across the sea, and we will climb it together"
    (quote,) = quotes_of(said(text, "a"), said(text, "b", speaker="The ministry"))
    assert quote.origins == 2


def test_two_parts_of_a_quote_are_not_printed_beside_it():
    whole = said("The quota is a wall across the sea, and we will climb it in the end", "a")
    parts = [said("The quota is a wall across the sea", "b"), said("we will climb it in the end", "c")]
    assert [quote.text for quote in quotes_of(whole, *parts)] == [whole.brief.quotes[0].text]


def test_reported_speech_is_merged_with_the_direct_quote():
    direct = said("The quota is a wall across the sea", "a")
    text = "the quota was a wall across the sea"
    other = Draft(f"Jon Arnarsson said that {text}.").quote("Jon Arnarsson", text, direct=False).by("b")
    (quote,) = quotes_of(direct, other)
    assert (quote.direct, quote.origins) == (True, 2)


def test_a_speaker_has_the_name_of_the_story():
    long = Draft("Minister Jon Arnarsson came. “We will wait,” Jon Arnarsson said.").actor("Jon Arnarsson")
    short = Draft("“We will wait and see what comes,” Arnarsson said.").actor("Arnarsson")
    long.quote("Jon Arnarsson", "We will wait,")
    short.quote("Arnarsson", "We will wait and see what comes,")
    assert {quote.speaker for quote in quotes_of(long.by("a"), short.by("b"))} == {"Jon Arnarsson"}


def test_background_appears_once_and_repeats_no_line():
    first = "The two neighbours signed their first fisheries treaty in 2019, and have quarrelled since."
    members = [
        Draft(first).fact(first).by("a"),
        Draft("The two countries signed their first fisheries treaty in 2019.")
        .fact("The two countries signed their first fisheries treaty in 2019.")
        .by("b"),
        Draft("The port was closed in 2020.").fact("The port was closed in 2020.").by("c"),
    ]
    facts = merge_background(in_order(members), Corroboration(in_order(members)), ["The port was closed in 2020."])
    assert [(fact.text, fact.origins) for fact in facts] == [(first, 2)]


def summary_of(*members, most=4):
    ordered = in_order(members)
    return summarise(ordered, current_figures(ordered), Corroboration(ordered), most)


def test_the_summary_does_not_repeat_itself():
    lead = "The ministers of Norway and Iceland will meet in Bergen on 12 June."
    one = Draft(f"{lead} The union is against it.").summary(lead).summary("The union is against it.").by("a")
    again = "Ministers of Norway and Iceland will meet in Bergen."
    other = Draft(again).summary(again).by("b")
    assert [line.text for line in summary_of(one, other)] in (
        [lead, "The union is against it."],
        [again, "The union is against it."],
    )


def test_a_cited_sentence_is_not_in_the_summary():
    """A longer report of the same is cited, not printed below."""
    lead = "Norway fined five captains of trawlers."
    fuller = (
        "Norway fined five captains of trawlers, among them the owner of a yard, and seized nets, radios and catch."
    )
    short, long = Draft(lead).summary(lead), Draft(fuller).summary(fuller)
    (line,) = summary_of(short.by("a"), long.by("b"))
    assert line.origins == (2 if line.text == lead else 1)


def test_the_summary_has_no_more_sentences_than_it_may():
    texts = ("Norway sent ships.", "Iceland sent a note.", "The union called a strike.")
    draft = Draft(" ".join(texts))
    for text in texts:
        draft.summary(text)
    assert len(summary_of(draft.by("a"), most=2)) == 2


def test_a_superseded_number_is_shown_as_the_old_value():
    old = Draft("At least 12 people were killed.", published="2031-06-09")
    new = Draft("Fourteen people were killed in the collision.", published="2031-06-10")
    lines = summary_of(
        old.summary("At least 12 people were killed.").by("a"),
        new.summary("Fourteen people were killed in the collision.").by("b"),
    )
    assert [line.text for line in lines] == ["Fourteen people were killed in the collision."]
    change = lines[0].change
    assert change is not None
    assert (change.kind, change.was, change.since) == ("updated", "At least 12", "2031-06-09")


def test_the_headline_is_the_title_closest_to_the_summary():
    one = Draft("Norway and Iceland will meet in Bergen.", title="Strait in doubt")
    one.summary("Norway and Iceland will meet in Bergen.")
    other = Draft("They will meet soon.", title="Norway and Iceland to meet in Bergen")
    story = merge_story([one.by("a"), other.by("b")], "s").story
    assert story.headline.text == "Norway and Iceland to meet in Bergen"


def test_opening_words_in_place_of_a_title_are_no_headline():
    draft = Draft("Norway sent ships to the western zone. Iceland sent a note.").summary("Iceland sent a note.")
    member = draft.by("a")
    article = member.brief.article.model_copy(update={"title": "Norway sent ships to the"})
    untitled = replace(member, brief=member.brief.model_copy(update={"article": article}))
    assert merge_story([untitled], "s").story.headline.text == "Iceland sent a note."
    titled = Draft("Ships were sent.", title="Ships for the zone").by("b")
    assert merge_story([untitled, titled], "s").story.headline.text == "Ships for the zone"


def test_lines_over_the_limit_are_counted():
    draft = Draft("Anna Holt came. Olav Brekke came. Ida Lund came.")
    for name in ("Anna Holt", "Olav Brekke", "Ida Lund"):
        draft.actor(name)
    merged = merge_story([draft.by("a")], "s", most={"actors": 2})
    assert (len(merged.story.actors), merged.left_out) == (2, {"actors": 1})


def test_a_story_needs_an_article():
    with pytest.raises(ValueError, match="has no article"):
        merge_story([], "s")


def test_a_part_of_a_line_does_not_corroborate_it():
    whole = "The zone was closed in 2020, for the stock had shrunk by half, and was opened again after long talks."
    members = [
        Draft(whole).fact(whole).by("a"),
        Draft("The zone was closed in 2020.").fact("The zone was closed in 2020.").by("b"),
    ]
    ordered = in_order(members)
    assert [(fact.text, fact.origins) for fact in merge_background(ordered, Corroboration(ordered), [])] == [(whole, 1)]
    long = said("The quota is a wall across the sea, and we will climb it before the autumn storms", "a")
    (quote,) = quotes_of(long, said("The quota is a wall", "b"))
    assert quote.origins == 1
