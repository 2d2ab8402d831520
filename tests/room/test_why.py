"""Why a line is there: its own reasons, or why there are none."""

from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.jobs import reviews
from briefing.jobs.briefs import brief
from briefing.jobs.reviews import Review, brief_review
from briefing.model.brief import Briefing
from briefing.profile.profile import load_profile
from briefing.review.acts import By
from briefing.room.why import Explainer, by_line
from tests.archive.briefs import store
from tests.fakes.briefs import small_brief

TEXT = (
    "The ferry line will close for a month, the harbour master Ilse Varga said on Monday.\n\n"
    '"We must repair both piers before the winter storms begin," Varga told reporters in Tromsø.'
)


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    with Archive.open(tmp_path / "briefs.sqlite") as opened:
        store(opened, brief(TEXT, date="2031-06-10"))
        store(opened, small_brief())
        yield opened


def review_of(archive: Archive, number: int) -> Review[Briefing]:
    review = brief_review(archive, number)
    assert review is not None
    return review


def test_reasons_are_those_of_the_line() -> None:
    said = ["quotes 1: A", "    rule        one", "quotes 2: B", "    cue         two", "    no explanation offered"]
    said += ["quotes, left out: C", "    rule        three", "events: none"]
    assert by_line(said) == {
        ("quotes", 0): ("rule        one",),
        ("quotes", 1): ("cue         two", "no explanation offered"),
    }


def test_a_line_is_explained_by_its_rule_and_its_words(archive: Archive) -> None:
    review = review_of(archive, 1)
    line = next(line for line in review.reviewed.lines if line.field == "quotes")
    why = Explainer().why(review, line.digest, None)
    assert why.words == line.now.text  # type: ignore[union-attr]
    assert "rule" in dict(why.reasons)
    assert any("sentence 2" in said for _, said in why.reasons)
    assert why.remark == ""


def test_what_cannot_be_explained_says_why(archive: Archive) -> None:
    explainer, review = Explainer(), review_of(archive, 1)
    digest = reviews.add(archive, By("Ann", "web"), review, "summary", {}, [(0, 20)])
    with pytest.raises(ReviewError, match="a person added it"):
        explainer.why(review_of(archive, 1), digest, None)
    with pytest.raises(ReviewError, match="no longer has it"):
        explainer.why(review, "0" * 16, None)
    other = review_of(archive, 2)  # its profile has the same name, and another hash
    with pytest.raises(ReviewError, match="--profile standard"):
        explainer.why(other, other.reviewed.lines[0].digest, load_profile("standard"))
