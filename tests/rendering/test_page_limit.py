"""A brief that must not exceed so many pages loses its least salient lines, and says so."""

import pytest

from briefing.errors import RenderingError
from briefing.evidence.seal import find_edits, seal
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Briefing, Edit
from briefing.model.formats import format_kind
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.page_limit import drop_order, fit, overlong, without
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import page_count, render_pdf
from briefing.rendering.repetition import repeated
from briefing.rendering.row_view import Note
from tests.fakes.briefs import small_brief
from tests.rendering import briefs

LAYOUT = Layout()
BARE = Layout(sections=(*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "none"})))


def long_brief() -> Briefing:
    """Return a brief of some pages: the same quotation and event over and over."""
    brief = briefs.typical()
    quotes = [brief.quotes[0].model_copy(update={"salience": number / 40}) for number in range(5)]
    events = [brief.events[0].model_copy(update={"id": f"event-{number}"}) for number in range(120)]
    actors = tuple(actor for actor in brief.actors if actor.salience > 0.8)
    return seal(brief.model_copy(update={"quotes": tuple(quotes), "events": tuple(events), "actors": actors}))


def dropped(layout: Layout, field: str) -> list[str]:
    return [place for place in layout.left_out if place.startswith(f"{field}[")]


@pytest.mark.parametrize("pages", [1, 2])
def test_a_long_brief_is_cut_to_fill_its_pages(pages: int) -> None:
    brief = long_brief()
    assert page_count(brief, LAYOUT) > pages
    fitted = fit(brief, LAYOUT, pages)
    assert page_count(brief, fitted) == pages
    fewer = list(drop_order(brief, LAYOUT))[: len(fitted.left_out) - 1]
    assert page_count(brief, without(LAYOUT, fewer)) > pages


def test_even_a_brief_of_hundreds_of_lines_fits_one_page() -> None:
    brief = seal(briefs.crowded())
    assert page_count(brief, fit(brief, BARE, 1)) == 1


def test_lines_without_room_are_counted_in_a_note() -> None:
    brief = long_brief()
    fitted = fit(brief, LAYOUT, 1)
    note = lay_out(brief, fitted).notes.rows[0]
    assert isinstance(note, Note)
    assert f"Upcoming events ({len(dropped(fitted, 'events'))})" in note.text


def test_the_whole_brief_is_attached_to_the_cut_page() -> None:
    small = small_brief()
    many = seal(small.model_copy(update={"events": small.events * 60}))
    content = render_pdf(many, fit(many, LAYOUT, 1))
    assert verify_bytes(content, "a.pdf").failures == ()
    assert overlong(content, 1) == ""
    assert Briefing.model_validate_json(printed(content).attachments[BRIEF_ATTACHMENT]) == many


def test_a_brief_that_fits_is_left_unchanged() -> None:
    assert fit(small_brief(), LAYOUT, 1) == LAYOUT
    assert fit(long_brief(), LAYOUT, None) == LAYOUT


def test_a_page_has_at_most_eight_actors_and_five_quotes() -> None:
    small = small_brief()
    quotes = [small.quotes[0].model_copy(update={"text": f"a{n} b{n} c{n}"}) for n in range(9)]
    crowd = seal(small.model_copy(update={"quotes": tuple(quotes), "actors": small.actors * 20}))
    fitted = fit(crowd, LAYOUT, 1)
    assert (9 - len(dropped(fitted, "quotes")), 20 - len(dropped(fitted, "actors"))) == (5, 8)


@pytest.mark.parametrize(
    ("name", "salience", "printed"),
    [("Ana Sol", 0.5, True), ("Ana Sol", 0.49, False), ("police", 0.7, True), ("police", 0.69, False)],
)
def test_a_page_leaves_out_actors_in_passing(name: str, salience: float, printed: bool) -> None:
    small = small_brief()
    last = small.actors[0].model_copy(update={"id": "last", "name": name, "salience": salience})
    brief = seal(small.model_copy(update={"actors": (small.actors[0].model_copy(update={"salience": 1.0}), last)}))
    assert (dropped(fit(brief, LAYOUT, 1), "actors") == []) is printed


def test_an_added_actor_is_never_in_passing() -> None:
    small = small_brief()
    last = small.actors[0].model_copy(update={"id": "last", "salience": 0.1})
    actors = (small.actors[0].model_copy(update={"salience": 1.0}), last)
    brief = seal(small.model_copy(update={"actors": actors, "edits": (Edit(where="actors[1]", change="added"),)}))
    assert dropped(fit(brief, LAYOUT, 1), "actors") == []


def test_a_quote_goes_with_the_point_that_printed_it() -> None:
    small = small_brief()
    words = [f"a{n} b{n} c{n} " * 12 for n in range(60)]
    quotes = [small.quotes[0].model_copy(update={"text": text}) for text in words]
    points = [
        small.agreements[0].model_copy(update={"id": f"p{n}", "statement": text, "evidence": small.quotes[0].evidence})
        for n, text in enumerate(words)
    ]
    long = seal(small.model_copy(update={"quotes": tuple(quotes), "agreements": tuple(points)}))
    assert len(repeated(long, LAYOUT)) >= 60
    fitted = fit(long, LAYOUT, 1)
    assert 0 < len(dropped(fitted, "agreements")) < 60
    shown = [n for n in range(60) if f"quotes[{n}]" not in {*fitted.left_out, *repeated(long, fitted)}]
    assert len(shown) <= 5


def test_what_is_returned_fits_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if a line that is printed elsewhere, and so need not be named as left out, makes the difference."""
    small = small_brief()
    quotes = [small.quotes[0].model_copy(update={"text": f"a{n} b{n} c{n}"}) for n in range(9)]
    points = [
        small.agreements[0].model_copy(update={"id": f"p{n}", "statement": one.text, "evidence": one.evidence})
        for n, one in enumerate(quotes)
    ]
    crowd = seal(small.model_copy(update={"quotes": tuple(quotes), "agreements": tuple(points)}))

    def fits(_: object, layout: Layout, pages: int) -> bool:
        return len(layout.left_out) >= 12 * pages

    monkeypatch.setattr("briefing.rendering.page_limit._fits", fits)
    assert len(repeated(crowd, LAYOUT)) >= 9
    assert fits(crowd, fit(crowd, LAYOUT, 1), 1)


def test_without_pango_only_the_surplus_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> int:
        raise RenderingError("pdf", "a library is missing")

    monkeypatch.setattr("briefing.rendering.pdf.writer.page_count", missing)
    fitted = fit(long_brief(), LAYOUT, 1)
    assert (dropped(fitted, "events"), dropped(fitted, "summary")) == ([], [])


def test_the_least_salient_lines_go_first() -> None:
    """The best line of each section goes last, and changed lines never go."""
    brief = briefs.typical()
    edited = brief.model_copy(update={"edits": (Edit(where="quotes[1]", change="changed"),)})
    order = list(drop_order(edited, LAYOUT))
    assert "quotes[1]" not in order
    fields = [place.partition("[")[0] for place in order]
    last = fields[-len(set(fields)) :]
    assert sorted(last) == sorted(set(fields))
    actors = [brief.actors[int(place[7:-1])].salience for place in order if place.startswith("actors")]
    assert actors == sorted(actors)


def test_a_changed_line_stays_and_its_mark_is_printed() -> None:
    brief = long_brief()
    first = brief.summary[0].model_copy(update={"text": brief.summary[0].text.split()[0]})
    changed = brief.model_copy(update={"summary": (first, *brief.summary[1:])})
    changed = changed.model_copy(update={"edits": find_edits(changed)})
    page = lay_out(changed, fit(changed, LAYOUT, 1))
    assert "edited by hand" in page.bands[0].sections[0].blocks()[1].text


def test_added_lines_go_last_and_still_fit_one_page() -> None:
    brief = seal(briefs.typical())
    added = [brief.events[0].model_copy(update={"id": f"event-{number}"}) for number in range(100)]
    longer = brief.model_copy(update={"events": (*brief.events, *added)})
    longer = longer.model_copy(update={"edits": find_edits(longer)})
    order = list(drop_order(longer, LAYOUT))
    ours = {f"events[{number}]" for number in range(3)}
    by_hand = [place.startswith("events") and place not in ours for place in order]
    assert sum(by_hand) == 100
    assert by_hand == sorted(by_hand)
    assert page_count(longer, fit(longer, LAYOUT, 1)) == 1


def test_nothing_is_dropped_if_that_does_not_help() -> None:
    brief = small_brief()
    text = " ".join(["words"] * 2000)
    changed = brief.model_copy(update={"edits": (Edit(where="summary[0]", change="changed"),)})
    changed = changed.model_copy(update={"summary": (brief.summary[0].model_copy(update={"text": text}),)})
    assert fit(changed, LAYOUT, 1) == LAYOUT
    pdf = render_pdf(changed, LAYOUT)
    assert "pages, but the limit is 1" in overlong(pdf, 1)
    assert (overlong(pdf, None), overlong(pdf, 100)) == ("", "")


@pytest.mark.parametrize("output", ["html", "md", "docx"])
def test_every_format_prints_the_same_page(output: str) -> None:
    assert format_kind(output).paged
