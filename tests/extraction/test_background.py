"""What counts as background, and when it was."""

import pytest

from briefing.evidence.grounding import first_ungrounded_word
from briefing.extraction.background import BackgroundExtractor
from briefing.extraction.summary.extractor import SummaryExtractor

LEAD = "Envoys of Oravia and Norland resumed talks on fishing rights in Geneva on Monday."


def facts(analyse, *sentences, published="2024-05-14", **options):
    text = "\n\n".join((LEAD, *sentences))
    return BackgroundExtractor(**options)(analyse(text, title="Fishing talks resume", published=published))


@pytest.mark.parametrize(
    "text",
    [
        "The two states signed a treaty on fishing rights in 1974.",
        "Norland has banned foreign boats from its waters since 2011.",
        "The talks had been suspended in March 2019 after a collision of two trawlers.",
        "The previous agreement was signed ten years ago.",
        "Norland previously refused to negotiate on the matter.",
        "Siri Moe is a former captain who joined the ministry in July 2017.",
        "Norland closed its waters to all boats last year.",
        "The harbour board had closed its gates after a similar quarrel.",
        "Norland has fished in these waters for forty years.",
    ],
)
def test_what_was_before_the_news_is_background(analyse, text):
    assert [fact.text for fact in facts(analyse, text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The envoys will meet again in June.",
        'The envoy of Norland, Siri Moe, said: "We agreed in 2011 that nobody would fish there."',
        "The talks began on Monday with a speech by the host.",
        '"The waters have belonged to nobody since the treaty of 1948," Siri Moe said.',
        '"These boats are the best!!!" Siri Moe wrote in a letter of March 2019 to her captains.',
        "We have never seen so many boats here.",
        "I was in Oravia ten years ago and saw the boats.",
        "They had been suspended in March 2019.",
        "The first was signed in March 2019.",
        "The envoys welcomed the ambassador on the anniversary of the treaty.",
        "The envoys thanked Lima for the talks that it had held in March 2019.",
        "The last boat left the harbour with a cargo of fish.",
        "Norland wants to carry out the accord of 2019.",
        "The envoy is silent, since the captains vote for whom they like.",
        "The envoys spoke at the Norland History Society.",
        "The captain believes that the boats belong to a firm previously known as the Salt Company.",
        "The situation of small harbours was discussed in detail by the two envoys.",
        "Two captains were injured, according to a senior officer.",
        "A captain has been ordered to repay the aid in two years.",
    ],
)
def test_news_plans_and_speech_are_no_background(analyse, text):
    assert facts(analyse, text) == ()


def test_the_first_sentence_is_the_news(analyse):
    text = "The court in Lima annulled the sentence that was passed in 1998."
    assert BackgroundExtractor()(analyse(text, published="2024-05-14")) == ()


@pytest.mark.parametrize(
    ("text", "published", "when"),
    [
        ("The talks began in 2003 but were suspended in 2008.", "2024-05-14", "2003/2008"),
        ("The talks were suspended in 2008, though they had begun in 2003.", "2024-05-14", "2003/2008"),
        ("The talks began in 2003 but were suspended in 2008.", None, "2003/2008"),
        ("The treaty was signed on 3 June 1974.", "2024-05-14", "1974-06-03"),
        ("The treaty was signed at midnight on 3 June 1974.", "2024-05-14", "1974-06-03"),
        ("The treaty was signed on the night of 3 June 1974.", "2024-05-14", "1974-06-03"),
        ("Norland had previously refused to negotiate.", "2024-05-14", None),
        ("It was signed in 1974, changed in 1985 and dropped in 1999.", "2024-05-14", "1974/1999"),
    ],
)
def test_the_past_times_that_it_names_are_its_time(analyse, text, published, when):
    assert [fact.when for fact in facts(analyse, text, published=published)] == [when]


def test_facts_are_in_reading_order_within_the_limit(analyse):
    history = [f"The fleet was enlarged in {year} by three boats." for year in (2001, 1995, 2008, 1980, 2012)]
    found = facts(analyse, *history, limit=3)
    starts = [fact.evidence[0].start for fact in found]
    assert len(found) == 3
    assert starts == sorted(starts)


def test_older_history_goes_before_the_weeks_before_the_news(analyse):
    past = [
        "The fleet was enlarged in 1995 by three boats.",
        "A boat of the fleet was seized on 29 April in Oravia.",
    ]
    assert [fact.text for fact in facts(analyse, *past, limit=1)] == past[:1]


@pytest.mark.parametrize("text", ["", "In 1999 .", "😀 in 1999 \u202e", '"in 1999', "1999 " * 500])
def test_odd_text_makes_no_error(analyse, text):
    for fact in facts(analyse, text):
        assert first_ungrounded_word(fact.text, fact.insertions, [e.text for e in fact.evidence]) is None


def test_a_summary_sentence_is_background_with_an_earlier_time(analyse):
    history = (
        "Oravia was barred from the fishing grounds of the Norland bank after the talks with its trawlers.",
        "The fishing grounds of the Norland bank and the harbours were closed to Oravian trawlers in 2019.",
    )
    analysis = analyse("\n\n".join((LEAD, *history)), title="Fishing talks resume", published="2024-05-14")
    assert len(SummaryExtractor()(analysis)) == 3
    assert [fact.text for fact in BackgroundExtractor()(analysis)] == [history[1]]
    assert [fact.text for fact in BackgroundExtractor(in_summary=1.5)(analysis)] == list(history)
