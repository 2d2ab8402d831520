"""Pictures are made of the records alone, hold what is legible, and say the rest in words."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from babel import Locale

from briefing.model.brief import LINE_FIELDS
from briefing.rendering.charts.axis import ticks
from briefing.rendering.charts.drawing import TEXT_SIZE, drawable, fit_text, text_width, wrap_text
from briefing.rendering.charts.matrix import MOST_MATTERS, MOST_PARTIES
from briefing.rendering.charts.spans import Span, span_of
from briefing.rendering.charts.timeline import MOST_EVENTS
from briefing.rendering.html import render_html
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from tests.rendering import briefs, drawn_briefs

OPTIONS = {"events": {"timeline": True}, "agreements": {"matrix": True}, "disagreements": {"matrix": True}}
SECTIONS = tuple(SectionLayout(name, options=OPTIONS.get(name, {})) for name in (*LINE_FIELDS, "source"))
LAYOUT = Layout(sections=SECTIONS)
BRIEFS = [drawn_briefs.drawn, drawn_briefs.full_sheet, drawn_briefs.years, drawn_briefs.foreign, briefs.typical]


def pictures(brief, layout=LAYOUT):
    return {s.name: s.picture for band in lay_out(brief, layout).bands for s in band.sections if s.picture}


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2031-06-12", Span(date(2031, 6, 12), date(2031, 6, 12), "day")),
        ("2031-06-12T14:00", Span(date(2031, 6, 12), date(2031, 6, 12), "day")),
        ("2031-W25-3", Span(date(2031, 6, 18), date(2031, 6, 18), "day")),
        ("2031-W25", Span(date(2031, 6, 16), date(2031, 6, 22), "week")),
        ("2031-W25-WE", Span(date(2031, 6, 21), date(2031, 6, 22), "week")),
        ("2032-02", Span(date(2032, 2, 1), date(2032, 2, 29), "month")),
        ("2031-Q4", Span(date(2031, 10, 1), date(2031, 12, 31), "period")),
        ("2031-H1", Span(date(2031, 1, 1), date(2031, 6, 30), "period")),
        ("2031-SU", Span(date(2031, 6, 1), date(2031, 8, 31), "period")),
        ("2031-WI", Span(date(2031, 12, 1), date(2032, 2, 29), "period")),
        ("2031", Span(date(2031, 1, 1), date(2031, 12, 31), "period")),
        ("2031-06-12/2031-06-14", Span(date(2031, 6, 12), date(2031, 6, 14), "range")),
        ("2031-06-12/2031-06-12", Span(date(2031, 6, 12), date(2031, 6, 12), "day")),
        ("2031-06/2031-08", Span(date(2031, 6, 1), date(2031, 8, 31), "range")),
    ],
)
def test_a_value_covers_its_days(value, span):
    assert span_of(value) == span


@pytest.mark.parametrize(
    "value",
    [None, "", "XXXX-06-12", "2031-06-31", "2031-13", "2031-W54", "0000", "203X", "P3D", "2031-06-14/2031-06-12"],
)
def test_an_event_without_a_known_year_is_not_drawn(value):
    assert span_of(value) is None


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_cancelled_event_says_so_whatever_its_title(status):
    brief = briefs.typical()
    meeting = brief.events[1]
    long = meeting.model_copy(update={"id": "long", "title": "Meeting on the Strait " * 9, "status": status})
    picture = pictures(brief.model_copy(update={"events": (meeting, long)}))["events"]
    assert any(text.endswith(f"… ({status})") for text in picture.texts)
    assert not any(status in text for text in picture.texts if not text.startswith("Meeting"))


@pytest.mark.parametrize(
    ("first", "after", "labels"),
    [
        (date(2031, 6, 9), date(2031, 6, 14), ["9 Jun", "10 Jun", "11 Jun", "12 Jun", "13 Jun"]),
        (date(2031, 6, 1), date(2031, 7, 1), ["2 Jun", "9 Jun", "16 Jun", "23 Jun", "30 Jun"]),
        (date(2031, 6, 12), date(2031, 10, 2), ["Jul", "Aug", "Sept", "Oct"]),
        (date(2031, 11, 5), date(2032, 4, 1), ["Dec", "2032", "Feb", "Mar"]),
        (date(2031, 1, 1), date(2032, 1, 1), ["Jan", "Mar", "May", "Jul", "Sept", "Nov"]),
        (date(2031, 11, 5), date(2041, 12, 31), ["2032", "2034", "2036", "2038", "2040"]),
    ],
)
def test_an_axis_has_ticks_for_its_room(first, after, labels):
    assert [tick.label for tick in ticks(first, after, 200.0, Locale.parse("en_GB"))] == labels


def test_each_precision_has_a_sign_of_its_own():
    svg = ElementTree.fromstring(pictures(drawn_briefs.drawn())["events"].svg)  # noqa: S314 - our own
    texts = [element.text for element in svg.iter() if element.tag.endswith("text")]
    assert texts[-5:] == ["day", "week", "month", "from – to", "longer period"]


def test_omitted_records_are_reported():
    timeline = pictures(drawn_briefs.drawn())["events"]
    assert timeline.alternative.startswith("Timeline of upcoming events. 12 June 2031: Finance ministers of the Kell")
    assert timeline.alternative.endswith(
        "Not drawn, because no day or year is known: Anniversary of the first treaty; A date that nobody named."
    )
    assert "Summit of the neighbours (postponed)" in timeline.alternative
    assert not any("Anniversary" in text for text in timeline.texts)


def test_a_full_picture_counts_what_it_omits():
    drawn = pictures(drawn_briefs.full_sheet())
    timeline, matrix = drawn["events"], drawn["agreements"]
    assert sum(text.startswith("Round") for text in timeline.texts) == MOST_EVENTS
    assert sum(f"Round {n} of" in timeline.alternative for n in range(20)) == 20
    assert sum(text.startswith("Matter") for text in matrix.texts) == MOST_MATTERS
    assert sum(f"matter {n} of" in matrix.alternative for n in range(12)) == 12
    assert "Province of Upper Kell 7" in matrix.alternative
    assert len(matrix.texts) == MOST_MATTERS + MOST_PARTIES + 3  # signs of the legend


def test_a_matrix_says_who_agrees_disagrees_and_is_silent():
    matrix = pictures(drawn_briefs.drawn())["agreements"]
    assert matrix.alternative.split("; ")[1] == (
        "the patrol-free zone: agreement: Arland, disagreement: Fishermen’s unions, both: Belmora, "
        "not named: European Union"
    )


def test_one_matrix_is_in_the_first_section_that_asks():
    assert list(pictures(drawn_briefs.drawn())) == ["events", "agreements"]
    assert list(pictures(drawn_briefs.years())) == ["events", "disagreements"]
    turned = replace(LAYOUT, sections=(SECTIONS[4], SECTIONS[3]))
    assert list(pictures(drawn_briefs.drawn(), turned)) == ["disagreements"]


def test_a_matrix_shows_no_list_that_is_not_printed():
    layout = replace(LAYOUT, sections=(SECTIONS[4],))
    assert "rescue at sea" not in pictures(drawn_briefs.drawn(), layout)["disagreements"].alternative


def test_too_few_records_are_not_drawn():
    assert pictures(drawn_briefs.drawn(), Layout()) == {}
    assert pictures(briefs.empty()) == {}
    one = drawn_briefs.drawn()
    assert "events" not in pictures(one.model_copy(update={"events": one.events[:1]}))
    lonely = [one.agreements[0].model_copy(update={"parties": ("Arland",)})]
    assert "agreements" not in pictures(one.model_copy(update={"agreements": lonely, "disagreements": ()}))


def test_unprintable_names_are_only_in_the_lists():
    assert list(pictures(drawn_briefs.foreign())) == ["events"]
    assert drawable("Čapek 王小明 Ёлкина") == "Čapek 王小明 Ёлкина"
    assert [drawable(text) for text in ("محمد", "דוד", "अनिता", "สมชาย ใจดี", "😀")] == [None] * 5


@pytest.mark.parametrize("paper", ["A6", "A5"])
def test_small_paper_has_small_pictures_or_none(paper):
    drawn = pictures(drawn_briefs.drawn(), replace(LAYOUT, paper=paper))
    assert drawn == {} or all(picture.width < 250 for picture in drawn.values())


@pytest.mark.parametrize("make", BRIEFS)
@pytest.mark.parametrize("locale", ["en-GB", "fr-FR", "de-DE", "es-ES", "ja-JP"])
def test_all_is_drawn_within_the_sheet_and_legible(make, locale):
    for picture in pictures(make(), replace(LAYOUT, locale=locale)).values():
        for shape in picture.shapes:
            assert -0.1 <= shape.left <= shape.right <= picture.width + 0.1
            assert -0.1 <= shape.top <= shape.bottom <= picture.height + 0.1
        for element in ElementTree.fromstring(picture.svg).iter():  # noqa: S314 - our own
            if element.tag.endswith("text"):
                assert float(element.get("font-size")) >= TEXT_SIZE
                if "transform" not in element.attrib:
                    assert float(element.get("x")) + text_width(element.text) <= picture.width + 12
            assert all(re.fullmatch(r"-?\d+\.\d\d", element.get(key, "0.00")) for key in ("x", "y", "x1", "cx", "r"))


def test_dates_and_signs_of_a_row_do_not_overlap():
    for picture in (pictures(make())["events"] for make in BRIEFS if "events" in pictures(make())):
        rows = {}
        for element in ElementTree.fromstring(picture.svg).iter():  # noqa: S314 - our own
            if element.tag.endswith("text"):
                left = float(element.get("x"))
                rows.setdefault(element.get("y"), []).append((left, left + text_width(element.text)))
        for spans in rows.values():
            ordered = sorted(spans)
            assert all(end <= start for (_, end), (start, _) in pairwise(ordered))


def test_the_same_brief_is_drawn_the_same():
    assert pictures(drawn_briefs.drawn()) == pictures(drawn_briefs.drawn())


def test_hostile_words_are_escaped_in_a_picture():
    svg = pictures(drawn_briefs.foreign())["events"].svg
    assert "Čapek &amp; &lt;Sons&gt;" in svg
    assert "<Sons>" not in svg


@pytest.mark.parametrize("theme", ["chancery", "newsroom", "plain"])
def test_paper_has_the_themes_colours_and_a_screen_its_own(theme):
    html = render_html(drawn_briefs.drawn(), replace(LAYOUT, theme=theme, accent="#123456"))
    assert 'class="fill-accent" fill="#123456"' in html
    assert ".picture .fill-accent { fill: var(--accent); }" in html


def test_long_texts_end_in_an_ellipsis_within_their_room():
    long = "A very long name of a committee of the whole world"
    for width in (20.0, 60.0, 120.0):
        short = fit_text(long, width)
        assert short.endswith("…")
        assert text_width(short) <= width
    assert fit_text("Short", 60.0) == "Short"
    assert wrap_text("Fishermen's unions", 60.0, 2) == ("Fishermen's", "unions")
    assert wrap_text("One two three four five six", 40.0, 2)[-1].endswith("…")


def test_sections_with_a_picture_take_the_whole_width():
    page = lay_out(briefs.typical(), LAYOUT)
    assert not any(band.side_by_side for band in page.bands)
