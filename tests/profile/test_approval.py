"""What a profile may say of approval."""

from typing import Any

import pytest
from pydantic import ValidationError

from briefing.profile.approval import Approval


def test_nothing_needs_approval_unless_a_profile_says_so() -> None:
    assert Approval().need == "none"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ({"need": "digest", "at_deadline": "approved-only"}, "approved-only needs need: every-brief"),
        ({"need": "digest", "by": ["Ines", "editor"]}, "a person with the role editor may not approve"),
        ({"need": "digest", "ready": 0}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_work_is_refused(written: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Approval.model_validate(written)
