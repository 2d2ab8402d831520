"""What is sent of a digest that needs approval: what people approved and corrected, or what the profile says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.archive.scheduling import THE_SCHEDULE, Release
from briefing.evidence.line_checks import check_digest_lines
from briefing.jobs.digests import DigestMaker
from briefing.jobs.releasing import Held, ToSend
from briefing.jobs.reviews import brief_review, correct, decide, digest_review, reject
from briefing.jobs.verification import check_seal
from briefing.model.digest import Digest
from briefing.model.runs import Parcel, RunResult
from briefing.profile.profile import Profile, load_profile
from briefing.review.acts import By, Draft
from briefing.schedule.channels import subject_of
from tests.fakes.reviewing import ARTICLES
from tests.fakes.schedules import moment

ANN = By("ann", "web")
DUE, NEXT = moment("2031-06-09T06:00"), moment("2031-06-10T06:00")


@dataclass
class Desk:
    """A folder with two articles, an archive, and the digest of a morning that waits."""

    folder: Path
    archive: Archive
    profile: Profile

    @property
    def maker(self) -> DigestMaker:
        return DigestMaker(self.archive.path, clock=lambda: DUE)

    def prepare(self, due: datetime = DUE) -> RunResult:
        self.archive.schedule.ask_for("morning", due, due)
        (run,) = self.archive.schedule.to_run(("morning",))
        result = self.maker.prepare(self.profile, due, lambda _stage: None)
        self.archive.schedule.wait(run, result, due)
        return result

    def release(self, due: datetime = DUE) -> tuple[RunResult, ToSend] | Held:
        return self.maker.release(self.profile, due)

    def sent(self, due: datetime = DUE) -> tuple[RunResult, Digest]:
        """Release the digest, and store it as the schedule does."""
        released = self.release(due)
        assert not isinstance(released, Held)
        result, sent = released
        (run,) = self.archive.schedule.waiting(("morning",))
        release = Release(THE_SCHEDULE, Draft("sent", state=sent.state, reason=sent.why), sent.acts, sent.final)
        self.archive.schedule.keep_result(run, result, (), due, release)
        digest = Digest.model_validate_json(result.outputs[0].content)
        assert (list(check_seal(digest)), list(check_digest_lines(digest))) == ([], [])
        return result, digest

    def digest(self) -> Any:
        found = digest_review(self.archive, "morning", DUE)
        assert found is not None
        return found

    def approve(self, *briefs: int) -> None:
        """Approve briefs by their numbers; without numbers, the digest."""
        for found in [brief_review(self.archive, number) for number in briefs] or [self.digest()]:
            assert found is not None
            decide(self.archive, ANN, found, "approved", self.profile.approval, seen=found.reviewed.digest)


OpenDesk = Callable[..., Desk]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    (tmp_path / "inbox").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "inbox" / f"{name}.txt").write_text(f"---\ntitle: The {name}\ndate: 2031-06-08\n---\n{text}\n")
    with Archive.open(tmp_path / "a.sqlite", clock=lambda: DUE) as archive:

        def opened(approval: str) -> Desk:
            file = tmp_path / "morning.yaml"
            file.write_text(
                f"extends: digest\noutputs: [json]\ndigest: {{sources: [{{folder: inbox}}]}}\napproval: {approval}\n"
            )
            return Desk(tmp_path, archive, load_profile(str(file)))

        yield opened


def line(review: Any, field: str) -> str:
    return next(one.digest for one in review.reviewed.lines if one.field.endswith(field))


def subject(result: RunResult) -> str:
    assert result.email is not None
    return str(message_from_bytes(result.email, policy=default)["Subject"])


def test_an_approved_digest_is_sent_as_people_corrected_it(desk: OpenDesk) -> None:
    ours = desk("{need: digest}")
    made = ours.prepare()
    assert (made.outputs, made.email) == ((), None)
    assert ours.release() == Held("nobody has approved it")
    quote = line(ours.digest(), "quotes")
    speaker = ours.digest().reviewed.line(quote).now.speaker
    correct(ours.archive, ANN, ours.digest(), quote, {"speaker": f"Judge {speaker}"})
    reject(ours.archive, ANN, ours.digest(), line(ours.digest(), "events"))
    ours.approve()
    result, digest = ours.sent()
    speakers = {one.speaker for story in digest.stories for one in story.quotes}
    assert f"Judge {speaker}" in speakers
    assert sum(len(story.events) for story in digest.stories) == 1
    assert {edit.change for edit in digest.edits} >= {"changed", "removed"}
    assert [notice.code for notice in digest.notices if notice.code == "not-approved"] == []
    assert result.mark == ""
    assert ours.archive.reviews.journal()[0].draft.reason == "approved by ann"


def test_an_edit_after_the_approval_holds_the_digest(desk: OpenDesk) -> None:
    ours = desk("{need: digest}")
    ours.prepare()
    ours.approve()
    reject(ours.archive, ANN, ours.digest(), line(ours.digest(), "quotes"))
    assert ours.release() == Held("nobody has approved it")


@pytest.mark.parametrize("at_deadline", ["hold", "send-marked"])
def test_a_withdrawn_digest_is_held_in_any_case(desk: OpenDesk, at_deadline: str) -> None:
    ours = desk(f"{{need: digest, at_deadline: {at_deadline}}}")
    ours.prepare()
    found = ours.digest()
    decide(ours.archive, ANN, found, "withdrawn", ours.profile.approval, seen=found.reviewed.digest)
    assert ours.release() == Held("ann withdrew it")


def test_a_digest_that_nobody_approved_is_marked_everywhere(desk: OpenDesk) -> None:
    ours = desk("{need: digest, at_deadline: send-marked}")
    ours.prepare()
    result, digest = ours.sent()
    assert digest.title.startswith("Not approved: ")
    assert digest.notices[0].message == "Nobody had approved this digest when it was sent."
    assert digest.edits == ()
    assert subject(result) == result.title == digest.title
    parcel = Parcel("morning", DUE, result)
    assert subject_of(parcel, "{profile}, {time}", ours.profile) == "Not approved: morning, 06:00"
    assert subject_of(parcel, "{title}", ours.profile) == digest.title


def test_a_digest_of_approved_briefs_waits_for_the_last_one(desk: OpenDesk) -> None:
    ours = desk("{need: every-brief}")
    ours.prepare()
    assert ours.release() == Held("2 of 2 briefs not approved")
    ours.approve(1)
    assert ours.release() == Held("1 of 2 briefs not approved")
    ours.approve(2)
    made = ours.digest().reviewed.made
    _, digest = ours.sent()
    assert digest == made  # nothing was corrected


def test_a_waiting_digest_takes_later_corrections_of_its_briefs(desk: OpenDesk) -> None:
    ours = desk("{need: every-brief, at_deadline: send-marked}")
    ours.prepare()
    brief = brief_review(ours.archive, 1)
    assert brief is not None
    correct(ours.archive, ANN, brief, line(brief, "quotes"), {"speaker": "The clerk"})
    ours.approve(1, 2)
    _, digest = ours.sent()
    assert "The clerk" in {quote.speaker for story in digest.stories for quote in story.quotes}
    assert not digest.title.startswith("Not approved")


def test_what_was_not_approved_is_in_the_next_digest(desk: OpenDesk) -> None:
    ours = desk("{need: every-brief, at_deadline: approved-only}")
    ours.prepare()
    ours.approve(2)
    _, first = ours.sent()
    assert len(first.articles) == len(first.stories) == 1
    assert [notice.message for notice in first.notices if notice.code == "not-approved"] == [
        "1 article was left out because nobody approved its brief."
    ]
    ours.prepare(NEXT)
    ours.approve(1)
    _, second = ours.sent(NEXT)
    assert second.compared == first.at
    titles = [{one.article.title for one in digest.articles} for digest in (first, second)]
    assert titles in ([{"The court"}, {"The ferry"}], [{"The ferry"}, {"The court"}])


def test_a_digest_with_nothing_in_it_needs_no_approval(desk: OpenDesk) -> None:
    ours = desk("{need: digest}")
    for file in (ours.folder / "inbox").iterdir():
        file.unlink()
    assert ours.prepare().empty
    result, _ = ours.sent()
    assert result.empty
