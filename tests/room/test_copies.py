"""A corrected copy goes once, to exactly those who got the wrong line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.evidence.line_checks import check_digest_lines
from briefing.jobs.digests import DigestMaker
from briefing.jobs.reviews import brief_review, correct, digest_review, reject, undo
from briefing.jobs.verification import check_seal
from briefing.model.digest import Digest
from briefing.model.runs import Receipt, Refusal, Settlement
from briefing.profile.profile import Profile, load_profile
from briefing.review.acts import By
from briefing.room.copies import Copy, copy_of, correct_in_digest, send_copy, wrong_lines
from briefing.schedule.runs import after_receipt
from tests.fakes.reviewing import ARTICLES
from tests.fakes.schedules import moment

ANN = By("ann", "web")
DUE = moment("2031-06-09T06:00")
GOOD, BAD = "email a@example.org, b@example.org, c@example.org", "webhook example.org (1)"


@dataclass
class Office:
    """An archive with a digest that two of three readers got; a webhook did not."""

    archive: Archive
    profile: Profile

    def brief(self) -> Any:
        """Return the review of the brief about the court."""
        for number in (1, 2):
            found = brief_review(self.archive, number)
            assert found is not None
            if found.reviewed.made.article.title == "The court":
                return found
        raise AssertionError

    def digest(self) -> Any:
        return digest_review(self.archive, "morning", DUE)

    def copy(self) -> Copy | None:
        return copy_of(self.archive, "morning", DUE)

    def send(self, copy: Copy) -> bool:
        return send_copy(self.archive, ANN, self.profile, DUE, copy.digest, DUE)

    def runs(self) -> list[Any]:
        return list(self.archive.schedule.of_digest("morning", DUE))

    def deliver(self) -> None:
        """Serve whoever waits."""
        for delivery in self.archive.schedule.to_send(("morning",), DUE):
            begun, _ = self.archive.schedule.begin_delivery(delivery, DUE)
            self.archive.schedule.settle(begun, Settlement("sent"), DUE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an office after the delivery of a digest."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "inbox").mkdir()
    for name, text in ARTICLES.items():
        (folder / "inbox" / f"{name}.txt").write_text(f"---\ntitle: The {name}\ndate: 2031-06-08\n---\n{text}\n")
    file = folder / "morning.yaml"
    file.write_text("extends: digest\noutputs: [json]\ndigest: {sources: [{folder: inbox}]}\n")
    with Archive.open(folder / "a.sqlite", clock=lambda: DUE) as archive:
        archive.schedule.ask_for("morning", DUE, DUE)
        (run,) = archive.schedule.to_run(("morning",))
        profile = load_profile(str(file))
        result = DigestMaker(archive.path, clock=lambda: DUE)(profile, DUE, lambda _stage: None)
        readers = ("a@example.org", "b@example.org", "c@example.org")
        archive.schedule.keep_result(run, result, [(GOOD, readers), (BAD, ("example.org",))], DUE)
        for delivery in archive.schedule.to_send(("morning",), DUE):
            begun, _ = archive.schedule.begin_delivery(delivery, DUE)
            refused = Receipt((Refusal("c@example.org" if delivery.target == GOOD else "example.org", "no", False),))
            archive.schedule.settle(begun, after_receipt(begun, refused, DUE), DUE)
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "a.sqlite"
    path.write_bytes((made / "a.sqlite").read_bytes())
    with Archive.open(path, clock=lambda: DUE) as archive:
        yield Office(archive, load_profile(str(made / "morning.yaml")))


def line(review: Any, field: str) -> str:
    return next(one.digest for one in review.reviewed.lines if one.field.endswith(field))


def test_a_digest_as_it_was_sent_needs_no_copy(office: Office) -> None:
    assert office.copy() is None
    correct(office.archive, ANN, office.digest(), line(office.digest(), "quotes"), {"speaker": "The clerk"})
    undo(office.archive, ANN, office.digest(), 1)
    assert office.copy() is None


def test_a_corrected_copy_goes_once_to_those_served(office: Office) -> None:
    correct(office.archive, ANN, office.digest(), line(office.digest(), "quotes"), {"speaker": "The clerk"})
    copy = office.copy()
    assert copy is not None
    assert copy.targets == ((GOOD, ("a@example.org", "b@example.org")),)
    assert [office.send(copy), office.send(copy)] == [True, False]  # a double click
    (original, _), (sent, (delivery,)) = office.runs()
    assert (delivery.target, delivery.waiting) == (GOOD, ("a@example.org", "b@example.org"))
    parcel = office.archive.schedule.parcel(delivery)
    assert parcel.key(GOOD) != replace(parcel, copy=original.copy).key(GOOD)
    assert (sent.copy, sent.title, sent.mark) == (1, parcel.result.title, "Correction: {title}")
    (file,) = parcel.result.outputs
    assert file.name == "morning-2031-06-09-0600-corrected.json"
    digest = Digest.model_validate_json(file.content)
    assert (list(check_seal(digest)), list(check_digest_lines(digest))) == ([], [])
    assert digest.title.startswith("Correction: ")
    assert digest.notices[0].message == "This copy corrects the digest that was sent for 2031-06-09."
    assert "The clerk" in {quote.speaker for story in digest.stories for quote in story.quotes}
    assert office.archive.reviews.journal()[0].draft.reason == f"corrected copy 1; to {GOOD}"
    office.deliver()
    assert office.copy() is None


def test_each_later_correction_gets_a_copy_of_its_own(office: Office) -> None:
    keys = set()
    for field in ("quotes", "events"):
        reject(office.archive, ANN, office.digest(), line(office.digest(), field))
        copy = office.copy()
        assert copy is not None
        assert office.send(copy)
        (delivery,) = office.runs()[-1][1]
        keys.add(office.archive.schedule.parcel(delivery).key(GOOD))
        office.deliver()
    assert [run.copy for run, _ in office.runs()] == [0, 1, 2]
    assert len(keys) == 2


def test_a_copy_that_nobody_has_seen_is_not_sent(office: Office) -> None:
    reject(office.archive, ANN, office.digest(), line(office.digest(), "quotes"))
    copy = office.copy()
    assert copy is not None
    reject(office.archive, ANN, office.digest(), line(office.digest(), "events"))
    with pytest.raises(ReviewError, match="look at it again"):
        office.send(copy)


def test_a_correction_of_a_brief_leads_to_its_sent_digests(office: Office) -> None:
    quote = line(office.brief(), "quotes")
    assert wrong_lines(office.archive, office.brief(), quote) == ()
    correct(office.archive, ANN, office.brief(), quote, {"speaker": "The clerk"})
    (wrong,) = wrong_lines(office.archive, office.brief(), quote)
    assert (wrong.profile, wrong.due, wrong.new) == ("morning", DUE, {"speaker": "The clerk"})
    assert wrong.targets == ((GOOD, ("a@example.org", "b@example.org")),)
    correct_in_digest(office.archive, ANN, wrong)
    assert wrong_lines(office.archive, office.brief(), quote) == ()
    copy = office.copy()
    assert copy is not None
    assert len(copy.changes) == 1


def test_a_line_rejected_in_a_brief_leads_there_too(office: Office) -> None:
    event = line(office.brief(), "events")
    reject(office.archive, ANN, office.brief(), event)
    (wrong,) = wrong_lines(office.archive, office.brief(), event)
    assert wrong.new is None
    correct_in_digest(office.archive, ANN, wrong)
    assert sum(len(story.events) for story in office.digest().reviewed.record.stories) == 1


def test_a_value_that_is_not_printed_needs_no_copy(office: Office) -> None:
    quote = line(office.brief(), "quotes")
    correct(office.archive, ANN, office.brief(), quote, {"speaker": "The judge"})
    (wrong,) = wrong_lines(office.archive, office.brief(), quote)
    correct(office.archive, ANN, office.digest(), wrong.line, {"speaker": "The clerk"})
    assert wrong_lines(office.archive, office.brief(), quote) == ()
