"""The examples that the README runs."""

from pathlib import Path

import pytest

from briefing import jobs
from briefing.model import Briefing
from briefing.plan import check_profile
from briefing.profile import load_profile
from briefing.verification import verify_bytes

EXAMPLES = Path(__file__).parent.parent / "examples"
PROFILES = sorted((EXAMPLES / "profiles").glob("*.yaml"))


@pytest.fixture(scope="module")
def brief() -> Briefing:
    return jobs.brief(EXAMPLES / "articles" / "fisheries-talks.txt")


def test_there_are_five_profiles() -> None:
    assert len(PROFILES) >= 5


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_each_profile_prints_a_page_that_can_be_checked(path: Path, brief: Briefing) -> None:
    check_profile(load_profile(str(path)))
    assert verify_bytes(jobs.render(brief, "pdf", profile=str(path)), path.name).failures == ()
    for output in ("html", "md"):
        assert jobs.render(brief, output, profile=str(path))
