"""A line is doubtful for a reason that a person can check."""

from typing import Any

import pytest

from briefing.model.brief import Record, When
from briefing.review.doubts import count_doubts, doubt_of
from tests.fakes.briefs import small_brief

BRIEF = small_brief()
(POINT,), (QUOTE,), (EVENT,) = BRIEF.agreements, BRIEF.quotes, BRIEF.events


@pytest.mark.parametrize(
    ("record", "changes", "doubt"),
    [
        (POINT, {"confidence": 0.5}, ""),
        (POINT, {"confidence": 0.49}, "low confidence"),
        (POINT, {"parties": ("Norway",)}, "fewer than two parties"),
        (QUOTE, {}, ""),
        (QUOTE, {"speaker": None}, "no speaker"),
        (EVENT, {}, ""),
        (EVENT, {"when": When()}, ""),  # the article gives no time
        (EVENT, {"when": When(text="after the thaw")}, "time not understood"),
        (EVENT, {"when": When(text="6 June", value="XXXX-06-06")}, "no year"),
        (BRIEF.summary[0], {}, ""),
        (BRIEF.actors[0], {"role": None}, ""),
    ],
)
def test_a_line_is_doubtful_for_one_reason(record: Record, changes: dict[str, Any], doubt: str) -> None:
    assert doubt_of(record.model_copy(update=changes)) == doubt


def test_each_doubtful_line_counts() -> None:
    doubtful = BRIEF.model_copy(
        update={
            "quotes": (QUOTE.model_copy(update={"speaker": None}),) * 2,
            "agreements": (POINT.model_copy(update={"confidence": 0.1}),),
        }
    )
    assert (count_doubts(BRIEF), count_doubts(doubtful)) == (0, 3)
