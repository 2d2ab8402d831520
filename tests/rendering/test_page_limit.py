"""A brief that must not exceed so many pages loses its least salient lines, and says so."""

import pytest

from briefing.evidence.seal import find_edits, seal
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Briefing, Edit
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page_limit import drop_order, fit, overlong, without
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import page_count, render_pdf
from tests.fakes.briefs import small_brief
from tests.rendering import briefs

LAYOUT = Layout()
BARE = Layout(sections=(*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "none"})))


def long_brief() -> Briefing:
    """Return a brief of some pages: the same quotation and event over and over."""
    brief = briefs.typical()
    quotes = [brief.quotes[0].model_copy(update={"salience": number / 40}) for number in range(5)]
    events = [brief.events[0].model_copy(update={"id": f"event-{number}"}) for number in range(120)]
    return seal(brief.model_copy(update={"quotes": tuple(quotes), "events": tuple(events)}))


def lines(brief: Briefing) -> int:
    return sum(len(records) for _, records in brief.lines())


@pytest.mark.parametrize("pages", [1, 2])
def test_a_long_brief_is_cut_to_fill_its_pages(pages: int) -> None:
    brief = long_brief()
    assert page_count(brief, LAYOUT) > pages
    fitted = fit(brief, LAYOUT, pages)
    assert page_count(fitted, LAYOUT) == pages
    order = list(drop_order(brief))
    dropped = lines(brief) - lines(fitted)
    assert page_count(without(brief, order[: dropped - 1]), LAYOUT) > pages


def test_even_a_brief_of_hundreds_of_lines_fits_one_page() -> None:
    assert page_count(fit(seal(briefs.crowded()), BARE, 1), BARE) == 1


def test_dropped_lines_are_counted_in_a_notice() -> None:
    brief = long_brief()
    fitted = fit(brief, LAYOUT, 1)
    (notice,) = [notice for notice in fitted.notices if notice.code == "left-out"]
    assert f"{len(brief.events) - len(fitted.events)} of events" in notice.message
    assert (find_edits(fitted), fitted.edits) == ((), ())


def test_the_printed_brief_is_attached() -> None:
    small = small_brief()
    fitted = fit(seal(small.model_copy(update={"quotes": small.quotes * 60})), LAYOUT, 1)
    content = render_pdf(fitted, LAYOUT)
    assert verify_bytes(content, "a.pdf").failures == ()
    assert len(printed(content).furniture) == 1
    assert Briefing.model_validate_json(printed(content).attachments[BRIEF_ATTACHMENT]) == fitted


def test_a_brief_that_fits_is_left_unchanged() -> None:
    assert fit(small_brief(), LAYOUT, 1) == small_brief()
    assert fit(long_brief(), LAYOUT, None) == long_brief()


def test_a_page_has_at_most_eight_actors() -> None:
    small = small_brief()
    fitted = fit(seal(small.model_copy(update={"quotes": small.quotes * 9, "actors": small.actors * 20})), LAYOUT, 1)
    assert (len(fitted.quotes), len(fitted.actors)) == (5, 8)
    (notice,) = [notice for notice in fitted.notices if notice.code == "left-out"]
    assert "quotes" in notice.message


def test_the_least_salient_lines_go_first() -> None:
    """The best line of each section goes last, and changed lines never go."""
    brief = briefs.typical()
    edited = brief.model_copy(update={"edits": (Edit(where="quotes[1]", change="changed"),)})
    order = list(drop_order(edited))
    assert ("quotes", 1) not in order
    last = order[-sum(1 for field, records in brief.lines() if records) :]
    assert sorted({field for field, _ in last}) == sorted({field for field, _ in order})
    actors = [brief.actors[number].salience for field, number in order if field == "actors"]
    assert actors == sorted(actors)


def test_an_edit_is_reported_after_lines_were_dropped() -> None:
    brief = long_brief()
    first = brief.summary[0].model_copy(update={"text": brief.summary[0].text.split()[0]})
    changed = brief.model_copy(update={"summary": (first, *brief.summary[1:])})
    changed = changed.model_copy(update={"edits": find_edits(changed)})
    assert fit(changed, LAYOUT, 1).edits == (Edit(where="summary[0]", change="changed"),)


def test_added_lines_go_last_and_still_fit_one_page() -> None:
    brief = seal(briefs.typical())
    added = [brief.events[0].model_copy(update={"id": f"event-{number}"}) for number in range(100)]
    longer = brief.model_copy(update={"events": (*brief.events, *added)})
    longer = longer.model_copy(update={"edits": find_edits(longer)})
    order = list(drop_order(longer))
    first_added = next(n for n, (field, number) in enumerate(order) if field == "events" and number >= 3)
    assert all(field == "events" and number >= 3 for field, number in order[first_added:])
    fitted = fit(longer, LAYOUT, 1)
    assert page_count(fitted, LAYOUT) == 1
    assert {edit.change for edit in fitted.edits} <= {"added"}


def test_nothing_is_dropped_if_that_does_not_help() -> None:
    brief = small_brief()
    text = " ".join(["words"] * 2000)
    changed = brief.model_copy(update={"edits": (Edit(where="summary[0]", change="changed"),)})
    changed = changed.model_copy(update={"summary": (brief.summary[0].model_copy(update={"text": text}),)})
    assert fit(changed, LAYOUT, 1) == changed
    pdf = render_pdf(changed, LAYOUT)
    assert "pages, but the limit is 1" in overlong(pdf, 1)
    assert (overlong(pdf, None), overlong(pdf, 100)) == ("", "")
