"""What each paragraph is for."""

import pytest

from briefing.reading.paragraphs import Block, lay_out

LEAD = "Dockers in Portville walked out on Monday after talks on night work failed for the third time."
SECOND = "The port authority said it would publish its own offer before the weekend."
THIRD = "Both sides meet again on Friday in the town hall of Portville."


def roles(*paragraphs: str, **known: str) -> list[tuple[str, str]]:
    layout = lay_out(tuple(Block(paragraph) for paragraph in paragraphs), **known)
    return [(p.role, layout.text[p.start : p.end]) for p in layout.paragraphs]


def test_title_stand_first_dateline_body_and_heading_are_found():
    assert roles(
        "All news",
        "Updated at:",
        "Dockers walk out in Portville",
        "Union leader Anna Novak calls the offer an insult to everyone who works at night",
        f"PORTVILLE, July 22. /TASS/. {LEAD}",
        "Night work in dispute",
        SECOND,
        "(Reporting by Tom Reed)",
    ) == [
        ("boilerplate", "All news"),
        ("boilerplate", "Updated at:"),
        ("title", "Dockers walk out in Portville"),
        ("subtitle", "Union leader Anna Novak calls the offer an insult to everyone who works at night"),
        ("boilerplate", "PORTVILLE, July 22. /TASS/."),
        ("body", LEAD),
        ("heading", "Night work in dispute"),
        ("body", SECOND),
        ("boilerplate", "(Reporting by Tom Reed)"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Dockers walk out in Portville",
        "Will the dockers walk out?",
        "Dockers: we will walk out",
        "Novak says offer is an 'insult'",
        "Freedonia ships grain to the U.S.",
        "“No deal,” say dockers",
        "LONDON: Mayor to resign",
    ],
)
def test_the_first_line_without_a_stop_is_the_title(title):
    assert roles(title, LEAD, SECOND) == [("title", title), ("body", LEAD), ("body", SECOND)]


@pytest.mark.parametrize(
    "first", [LEAD, f"WASHINGTON (Reuters) - {LEAD}"[:-1], "x" * 260, "- a list item", "Politico writes:"]
)
def test_a_first_paragraph_that_reads_on_is_body(first):
    assert "title" not in [role for role, _ in roles(first, SECOND)]


def test_a_dateline_shows_the_stand_first_before_it():
    stand_first = "The third round of talks on night work has failed, and the union calls the offer an insult."
    assert roles("Dockers walk out", stand_first, f"ROME, July 22 (ANSA) - {LEAD}")[1] == ("subtitle", stand_first)
    assert roles("Dockers walk out", stand_first, LEAD)[1] == ("body", stand_first)


def test_a_known_title_is_found_and_its_repetition_is_boilerplate():
    assert roles("Dockers walk out.", LEAD, title="Dockers walk out") == [
        ("title", "Dockers walk out."),
        ("body", LEAD),
    ]
    assert roles("Dockers walk out", "Dockers walk out.", LEAD)[:2] == [
        ("title", "Dockers walk out"),
        ("boilerplate", "Dockers walk out."),
    ]


def test_the_first_question_of_an_interview_is_no_stand_first():
    question = "Q: What did the two sides agree on?"
    assert roles("Interview with Anna Novak", question, LEAD) == [
        ("title", "Interview with Anna Novak"),
        ("body", question),
        ("body", LEAD),
    ]


def test_lines_above_the_title_are_boilerplate():
    assert roles("Harbour", "Dockers walk out in Portville", LEAD) == [
        ("boilerplate", "Harbour"),
        ("title", "Dockers walk out in Portville"),
        ("body", LEAD),
    ]


def test_a_gallery_of_other_headlines_is_boilerplate():
    gallery = ["The tram conundrum", "Zebra 5 set for Portville return", "Campaign against shark soup"]
    assert [role for role, _ in roles(LEAD, *gallery, SECOND)] == ["body", *["boilerplate"] * 3, "body"]


def test_key_points_without_stops_are_body():
    points = [
        f"Dockers from {city} walked out on Monday after talks on night work failed again" for city in ("A", "B", "C")
    ]
    assert [role for role, _ in roles("Dockers walk out.", *points, SECOND, THIRD, LEAD)] == ["body"] * 7


def test_a_line_above_a_link_is_no_heading():
    assert [role for role, _ in roles(LEAD, "The Echo Channel", "More>>", SECOND)] == [
        "body",
        "boilerplate",
        "boilerplate",
        "body",
    ]
    assert [role for role, _ in roles(LEAD, SECOND, "Echo news desk")] == ["body", "body", "boilerplate"]


def test_a_list_of_links_is_boilerplate_until_a_sentence():
    assert [role for role, _ in roles(LEAD, "Related stories:", "Tram strike ends", "Who pays for it?", SECOND)] == [
        "body",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "body",
    ]
    sources = [
        "Sources",
        '"Strike hits Portville" — Echo, June 5, 2007',
        'Tom Reed "Talks fail" — Herald, June 5, 2007',
    ]
    assert [role for role, _ in roles(LEAD, *sources)] == ["body", *["boilerplate"] * 3]


@pytest.mark.parametrize(
    "line",
    [
        "“We will walk out on Friday,” she said",
        "Ships waiting in the bay: 1,040",
        "- higher pay for work at night",
        "Higher pay for those who work at night, and a shorter week for everyone who works in the harbour of Portville",
        "higher pay",
    ],
)
def test_a_line_without_a_stop_may_be_body(line):
    assert ("body", line) in roles(LEAD, line, SECOND)


def test_list_items_and_texts_without_stops_are_body():
    assert ("body", "Higher pay") in roles(LEAD, "The union demands:", "Higher pay", SECOND)
    lines = [f"Line {word} of a text without any stop" for word in ("one", "two", "three", "four", "five", "six")]
    assert [role for role, _ in roles(*lines)].count("body") >= 4


def test_datelines_alone_or_in_the_second_paragraph_are_found():
    layout = lay_out((Block("Dockers walk out"), Block("PORTVILLE, August 13 (Xinhua) --"), Block(LEAD)))
    assert layout.dateline.agency == "Xinhua"
    assert [p.role for p in layout.paragraphs] == ["title", "boilerplate", "body"]
    layout = lay_out((Block("Dockers walk out"), Block(SECOND), Block(f"ROME (AP) — {LEAD}")))
    assert layout.dateline.place == "Rome"


def test_speakers_in_a_transcript_are_no_places():
    layout = lay_out((Block(f"ANNA NOVAK: {LEAD}"), Block(f"TOM REED: {SECOND}"), Block(f"ANNA NOVAK: {THIRD}")))
    assert layout.dateline is None


def test_publication_is_preferred_to_an_update():
    layout = lay_out(
        (Block("Dockers walk out"), Block("Updated: May 19, 2024"), Block("Published: May 17, 2024"), Block(LEAD))
    )
    assert str(layout.stamp) == "2024-05-17"


@pytest.mark.parametrize(
    "line", ["FILE PHOTO: The crane, August 2, 2017", "Photo: Echo, August 2, 2017", "© Echo, August 2, 2017"]
)
def test_the_day_of_a_picture_is_no_day_of_publication(line):
    assert lay_out((Block("Dockers walk out"), Block(line), Block(LEAD))).stamp is None


def test_a_short_sentence_above_a_dateline_is_the_title():
    assert roles("Dockers walk out in Portville.", f"ROME — {LEAD}")[0] == ("title", "Dockers walk out in Portville.")
    assert roles("Dockers walk out in Portville.", LEAD)[0] == ("body", "Dockers walk out in Portville.")


def test_a_source_of_only_boilerplate_keeps_its_text():
    assert roles("Read more") == [("body", "Read more")]


def test_a_break_in_a_line_separates_paragraphs():
    assert roles(f"{LEAD} * * * {SECOND}") == [("body", LEAD), ("boilerplate", "* * *"), ("body", SECOND)]


@pytest.mark.parametrize(
    "pulled",
    ["“after talks on night work failed for the third time”", "Dockers in Portville walked out on Monday after talks"],
)
def test_a_pull_quote_and_its_name_are_boilerplate(pulled):
    assert roles(LEAD, SECOND, pulled, "— Anna Novak", THIRD) == [
        ("body", LEAD),
        ("body", SECOND),
        ("boilerplate", pulled),
        ("boilerplate", "— Anna Novak"),
        ("body", THIRD),
    ]


def test_a_sentence_that_the_text_repeats_is_no_pull_quote():
    refrain = "We will walk out on Monday."
    caption = f"{SECOND[:-1]}, as the crane was taken down"
    speech = [f"{refrain} {LEAD}", refrain, SECOND, caption, THIRD, THIRD]
    assert [("body", text) for text in speech if text != caption] == [r for r in roles(*speech) if r[0] == "body"]


@pytest.mark.parametrize(
    "line",
    [
        "- after talks on night work failed",
        "walked out on Monday after talks on:",
        "The Portville Plan for Work at Night",
    ],
)
def test_entries_and_names_that_repeat_are_no_pull_quotes(line):
    text = f"{LEAD} They walked out on Monday after talks on: pay. The Portville Plan for Work at Night is new."
    assert ("boilerplate", line) not in roles(SECOND, text, line, THIRD)


def test_a_heading_above_boilerplate_only_is_boilerplate():
    blocks = [Block("Night work", "heading"), Block(LEAD), Block("Alerts", "heading"), Block("Sign up for our alerts.")]
    assert [p.role for p in lay_out((Block("Dockers walk out", "title"), *blocks)).paragraphs] == [
        "title",
        "heading",
        "body",
        "boilerplate",
        "boilerplate",
    ]
