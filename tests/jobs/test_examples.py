"""The examples that the README runs."""

from pathlib import Path

import pytest

from briefing.jobs import briefs as jobs
from briefing.jobs.plan import check_profile
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Briefing
from briefing.profile.profile import load_profile
from briefing.reading.source import read_file
from briefing.sources.inputs import find_articles
from briefing.sources.links import NO_WEB, expand

EXAMPLES = Path(__file__).parents[2] / "examples"
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


@pytest.mark.parametrize(
    ("name", "title", "published", "notices"),
    [
        ("mail.eml", "Lighthouse keepers win back their pensions", "2024-05-16", ["quoted-message"]),
        ("report.pdf", "Museum to return bronze bells to Sarn", "2024-05-15", []),
        ("notes.docx", "Mountain railway gets a second track", "2024-05-17", []),
    ],
)
def test_each_kind_of_file_in_the_inbox_is_an_article(
    name: str, title: str, published: str, notices: list[str]
) -> None:
    reading = read_file(EXAMPLES / "inbox" / name)
    assert (reading.article.title, reading.article.published) == (title, published)
    assert [notice.code for notice in reading.notices] == notices
    bodies = [part for part in reading.article.paragraphs if part.role == "body"]
    assert not any("Harbour Street" in reading.article.text[part.start : part.end] for part in bodies)  # the signature


def test_the_mailbox_in_the_inbox_holds_two_articles() -> None:
    found, missing = find_articles([str(EXAMPLES / "inbox" / "box.mbox")], lambda _limit: b"")
    assert (len(list(expand(found, NO_WEB))), list(missing)) == (2, [])
