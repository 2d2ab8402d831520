"""A seal shows which records a person changed, added or removed."""

import pytest

from briefing.evidence.seal import find_edits
from briefing.model.brief import Briefing, Edit
from tests.fakes.briefs import small_brief


def test_a_brief_as_it_was_made_has_no_edits() -> None:
    assert find_edits(small_brief()) == ()


def test_a_brief_read_back_from_json_has_no_edits() -> None:
    assert find_edits(Briefing.model_validate_json(small_brief().model_dump_json())) == ()


@pytest.mark.parametrize(
    ("field", "change", "edit"),
    [
        (
            "summary",
            lambda r: (r[0].model_copy(update={"text": "Shorter."}),),
            Edit(where="summary[0]", change="changed"),
        ),
        ("actors", lambda r: (r[0].model_copy(update={"role": None}),), Edit(where="actors[0]", change="changed")),
        ("quotes", lambda _: (), Edit(where="quotes[0]", change="removed")),
        ("events", lambda r: (r[0], r[0]), Edit(where="events[1]", change="added")),
        ("article", lambda a: a.model_copy(update={"outlet": "Echo"}), Edit(where="article", change="changed")),
        (
            "provenance",
            lambda p: p.model_copy(update={"source_sha256": "2" * 64}),
            Edit(where="provenance", change="changed"),
        ),
    ],
)
def test_each_change_is_found_where_it_is(field, change, edit) -> None:
    brief = small_brief()
    altered = brief.model_copy(update={field: change(getattr(brief, field))})
    assert find_edits(altered) == (edit,)


def test_an_inserted_record_does_not_mark_later_ones() -> None:
    brief = small_brief()
    first = brief.summary[0].model_copy(update={"text": "Norway agreed"})
    assert find_edits(brief.model_copy(update={"summary": (first, *brief.summary)})) == (
        Edit(where="summary[0]", change="added"),
    )
