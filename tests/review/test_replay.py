"""Acts applied to a brief: nothing else changes, undoing restores the bytes, and a remade brief keeps what fits."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.evidence.seal import find_edits
from briefing.model.brief import Briefing
from briefing.review.acts import Draft
from briefing.review.replay import replay
from tests.fakes.briefs import small_brief
from tests.fakes.reviewing import NEW, added_quote, edits, lines_of, stored, undoing

BRIEF = small_brief()


def text_of(brief: Briefing) -> str:
    return brief.model_dump_json()


def line(field: str) -> str:
    return next(digest for name, digest in lines_of(BRIEF) if name == field)


def on(field: str, kind: Any, **rest: Any) -> Draft:
    return Draft(kind, field, line(field), **rest)


@given(edits(BRIEF), st.randoms(use_true_random=False))
def test_undoing_all_acts_in_any_order_restores_the_bytes(drafts: list[Draft], dice: Any) -> None:
    numbers = list(range(1, len(drafts) + 1))
    dice.shuffle(numbers)
    undone = [*drafts, *(undoing(drafts, number) for number in numbers)]
    reviewed = replay(BRIEF, stored(BRIEF, undone))
    assert text_of(reviewed.record) == text_of(BRIEF)
    assert reviewed.look_again == ()


@given(edits(BRIEF))
def test_an_undone_undoing_counts_as_never_done(drafts: list[Draft]) -> None:
    if not drafts:
        return
    twice = [*drafts, undoing(drafts, 1)]
    twice.append(undoing(twice, len(twice)))
    assert text_of(replay(BRIEF, stored(BRIEF, twice)).record) == text_of(replay(BRIEF, stored(BRIEF, drafts)).record)


@given(edits(BRIEF))
def test_edits_name_exactly_what_people_changed(drafts: list[Draft]) -> None:
    reviewed = replay(BRIEF, stored(BRIEF, drafts))
    assert reviewed.record.edits == find_edits(reviewed.record)
    touched = [line for line in reviewed.lines if line.state not in ("made", "accepted")]
    assert bool(reviewed.record.edits) is any(line.state != "removed" for line in touched)
    assert reviewed.record.article == BRIEF.article


@given(edits(BRIEF))
def test_a_brief_made_anew_keeps_acts_on_equal_records(drafts: list[Draft]) -> None:
    """Its quote differs, so that acts on the quote are listed for somebody to look again."""
    (quote,) = BRIEF.quotes
    remade = BRIEF.model_copy(
        update={"quotes": (quote.model_copy(update={"cue": "tell"}),), "actors": BRIEF.actors[:1]}
    )
    reviewed = replay(remade, stored(BRIEF, drafts))
    here = {digest for _, digest in lines_of(remade)} | {added_quote(BRIEF).line}
    assert [act.draft for act in reviewed.look_again] == [draft for draft in drafts if draft.line not in here]
    before = {one.digest: (one.now, one.state) for one in replay(BRIEF, stored(BRIEF, drafts)).lines}
    for one in reviewed.lines:
        if one.digest in before:
            assert (one.now, one.state) == before[one.digest]


@pytest.mark.parametrize(
    ("drafts", "state", "is_printed"),
    [
        ([], "made", True),
        ([on("quotes", "accepted")], "accepted", True),
        ([on("quotes", "rejected")], "rejected", False),
        ([on("quotes", "rejected"), on("quotes", "accepted")], "accepted", True),
        ([on("quotes", "rejected"), on("quotes", "corrected", new=NEW["quotes"])], "corrected", True),
        ([on("quotes", "corrected", new=NEW["quotes"]), on("quotes", "accepted")], "corrected", True),
        ([on("quotes", "corrected", new=NEW["quotes"]), on("quotes", "rejected")], "rejected", False),
        ([on("quotes", "corrected", new={"speaker": BRIEF.quotes[0].speaker})], "made", True),
    ],
)
def test_the_last_act_on_a_line_decides(drafts: list[Draft], state: str, is_printed: bool) -> None:
    reviewed = replay(BRIEF, stored(BRIEF, drafts))
    found = reviewed.line(line("quotes"))
    assert found is not None
    assert (found.state, found.is_printed) == (state, is_printed)
    assert len(reviewed.record.quotes) == int(is_printed)


def test_a_removed_addition_stays_removed_whatever_is_done_to_it() -> None:
    added = added_quote(BRIEF)
    drafts = [
        added,
        Draft("corrected", "quotes", added.line, new=NEW["quotes"]),
        Draft("undone", "quotes", added.line, undoes=1),
    ]
    assert text_of(replay(BRIEF, stored(BRIEF, drafts)).record) == text_of(BRIEF)


def test_a_point_that_changed_its_sign_can_be_corrected_again() -> None:
    moved = on("agreements", "corrected", new={"sign": "disagreement"})
    # Whoever sees it now sees it among the disagreements.
    again = Draft("corrected", "disagreements", line("agreements"), new={"topic": "quotas"})
    reviewed = replay(BRIEF, stored(BRIEF, [moved, again]))
    assert reviewed.record.agreements == ()
    assert [point.topic for point in reviewed.record.disagreements][:1] == ["quotas"]
    assert reviewed.look_again == ()


def test_a_removed_value_of_an_old_act_is_listed() -> None:
    reviewed = replay(BRIEF, stored(BRIEF, [on("quotes", "corrected")]))
    assert len(reviewed.look_again) == 1
    assert text_of(reviewed.record) == text_of(BRIEF)
