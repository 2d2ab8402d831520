"""The page of a brief: its lines with all that can be done to them, and what forms of it mean."""

from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.evidence.seal import seal
from briefing.jobs import reviews
from briefing.jobs.reviews import Review, brief_review
from briefing.model.brief import Briefing, Statement, TimeExpression, When
from briefing.profile.approval import Approval
from briefing.review.acts import By
from briefing.room.brief import BriefPage, brief_page, check_undo, offer_of, printed, read_addition, waiting_briefs
from briefing.room.lines import PageLine, Slot, read_correction
from tests.archive.briefs import brief_of, store
from tests.fakes.briefs import TEXT, small_brief

ANN, BEN = By("Ann", "web"), By("Ben", "web")
DAY = TEXT.index("6 June")
BRIEF = small_brief(
    times=(TimeExpression(text="6 June", start=DAY, end=DAY + 6, type="DATE", value="2024-06-06"),),
    extensions={"risks": (Statement(text="The stock may fall.", evidence=small_brief().quotes[0].evidence),)},
)


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    with Archive.open(tmp_path / "briefs.sqlite") as opened:
        store(opened, BRIEF)
        yield opened


def review_of(archive: Archive, number: int = 1) -> Review[Briefing]:
    review = brief_review(archive, number)
    assert review is not None
    return review


def page_of(archive: Archive, person: str = "Ann") -> BriefPage:
    return brief_page(review_of(archive), person)


def line_in(page: BriefPage, name: str) -> PageLine:
    return next(line for section in page.sections for line in section.lines if line.field == name)


def sent(slots: tuple[Slot, ...]) -> dict[str, list[str]]:
    """Return what a browser sends of a form that nobody touched."""
    form: dict[str, list[str]] = {}
    for slot in slots:
        chosen = [choice.value for choice in slot.choices if choice.chosen]
        form[slot.name] = {"one": chosen, "several": ["", *chosen]}.get(slot.form, [slot.value.replace("\n", "\r\n")])
        if slot.free:
            form[f"{slot.name}-other"] = [""]
    return form


def test_the_lines_of_a_brief_are_numbered_throughout(archive: Archive) -> None:
    lines = [line for section in page_of(archive).sections for line in section.lines]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [line.state for line in lines] == ["made"] * len(lines)
    assert len({line.anchor for line in lines}) == len(lines)


def test_every_line_lights_its_evidence_in_the_source(archive: Archive) -> None:
    page = page_of(archive)
    segments = [segment for paragraph in page.paragraphs for segment in paragraph.segments]
    for line in (line for section in page.sections for line in section.lines):
        lit = "".join(segment.text for segment in segments if line.number in segment.lines)
        assert lit == "".join(spot.text for spot in line.evidence)


def test_a_form_that_nobody_touched_changes_nothing(archive: Archive) -> None:
    for section in page_of(archive).sections:
        for line in section.lines:
            review = review_of(archive)
            found = review.reviewed.line(line.digest)
            if found is None:
                assert (section.name, line.slots) == ("extensions.risks", ())
                continue
            new = read_correction(found, sent(line.slots), offer_of(BRIEF))
            reviews.correct(archive, ANN, review, line.digest, new)
    assert review_of(archive).acts == ()


@pytest.mark.parametrize(
    ("field", "form", "values"),
    [
        ("quotes", {"speaker": ["Jon Arnarsson"]}, {"speaker": "Jon Arnarsson"}),
        ("quotes", {"speaker": [""]}, {"speaker": None}),
        ("quotes", {"speaker": ["Ingrid Solheim"], "speaker-other": [" Jon Arnarsson "]}, {"speaker": "Jon Arnarsson"}),
        ("quotes", {}, {}),
        ("quotes", {"text": ["We sail."]}, {}),  # the words of a quote are not corrected
        ("agreements", {"parties": ["", "Norway"]}, {"parties": ["Norway"]}),
        ("agreements", {"parties": [""]}, {"parties": []}),
        (
            "agreements",
            {"parties": ["", "Norway"], "parties-other": ["Denmark\r\nNorway\r\n"]},
            {"parties": ["Norway", "Denmark"]},
        ),
        ("agreements", {"sign": ["disagreement"]}, {"sign": "disagreement"}),
        ("actors", {"role": [""], "kind": ["group"]}, {"role": None, "kind": "group"}),
        ("events", {"when": ["2024-06-06"]}, {"when": {"text": "6 June", "value": "2024-06-06", "precision": "day"}}),
        ("events", {"when-other": ["2024-07"]}, {"when": {"text": None, "value": "2024-07", "precision": "month"}}),
        ("events", {"when": [""]}, {"when": {"text": None, "value": None, "precision": "unknown"}}),
        ("summary", {"text": ["One.\r\nTwo."]}, {"text": "One.\nTwo."}),
    ],
)
def test_a_form_says_what_is_corrected(archive: Archive, field: str, form: Any, values: Any) -> None:
    line = next(line for line in review_of(archive).reviewed.lines if line.field == field)
    assert read_correction(line, form, offer_of(BRIEF)) == values


@pytest.mark.parametrize("written", ["next week", "6 June", "2024-13-40", "P3D"])
def test_a_date_in_another_form_is_refused(archive: Archive, written: str) -> None:
    line = next(line for line in review_of(archive).reviewed.lines if line.field == "events")
    with pytest.raises(ReviewError, match="2031-06-02"):
        read_correction(line, {"when-other": [written]}, offer_of(BRIEF))


def test_names_places_and_times_of_the_article_are_offered(archive: Archive) -> None:
    page = page_of(archive)
    (speaker,) = line_in(page, "quotes").slots
    assert [choice.value for choice in speaker.choices] == ["Ingrid Solheim", ""]
    event = {slot.name: slot for slot in line_in(page, "events").slots}
    assert [choice.value for choice in event["place"].choices] == ["Bergen"]
    assert "6 June 2024 (“6 June”)" in [choice.label for choice in event["when"].choices]


def test_persons_are_the_first_to_choose_a_speaker_from(archive: Archive) -> None:
    (person,) = BRIEF.actors
    country = person.model_copy(update={"id": "norway", "name": "Norway", "kind": "country", "role": None})
    store(archive, seal(BRIEF.model_copy(update={"actors": (country, person)})))
    (speaker,) = line_in(page_of(archive), "quotes").slots
    assert [choice.value for choice in speaker.choices] == ["Ingrid Solheim", "Norway", ""]
    quote = BRIEF.quotes[0].model_copy(update={"speaker": None})
    assert offer_of(BRIEF.model_copy(update={"quotes": (quote,), "actors": (country, person)})).speakers == (
        "Ingrid Solheim",
        "Norway",
    )


def test_a_corrected_line_says_who_did_it(archive: Archive) -> None:
    digest = line_in(page_of(archive), "summary").digest
    reviews.correct(archive, ANN, review_of(archive), digest, {"text": "Norway and Iceland agreed."})
    line = line_in(page_of(archive), "summary")
    assert (line.state, line.text) == ("corrected", "Norway and Iceland agreed.")
    assert line.before == BRIEF.summary[0].text
    assert line.last is not None
    assert line.last.who == "Ann"
    assert line.last.changes == (("Words", BRIEF.summary[0].text, "Norway and Iceland agreed."),)


def test_a_rejected_line_stays_on_the_page_and_lights_nothing(archive: Archive) -> None:
    digest = line_in(page_of(archive), "events").digest
    reviews.reject(archive, ANN, review_of(archive), digest, "said twice")
    page = page_of(archive)
    line = line_in(page, "events")
    assert (line.state, line.last.reason if line.last else "") == ("rejected", "said twice")
    assert not any(line.number in segment.lines for one in page.paragraphs for segment in one.segments)


def test_undo_takes_back_the_last_own_act(archive: Archive) -> None:
    digest = line_in(page_of(archive), "quotes").digest
    reviews.correct(archive, ANN, review_of(archive), digest, {"speaker": "Jon Arnarsson"})
    reviews.accept(archive, BEN, review_of(archive), line_in(page_of(archive), "summary").digest)
    standing = page_of(archive, "Ann").standing
    assert standing.undo is not None
    reviews.undo(archive, ANN, review_of(archive), standing.undo.number)
    standing = page_of(archive, "Ann").standing
    assert (standing.undo, line_in(page_of(archive), "quotes").state) == (None, "made")
    assert standing.redo is not None
    reviews.undo(archive, ANN, review_of(archive), standing.redo)
    assert line_in(page_of(archive), "quotes").state == "corrected"
    assert line_in(page_of(archive), "quotes").undo == 1


def test_only_who_approved_takes_an_approval_back(archive: Archive) -> None:
    review = review_of(archive)
    reviews.decide(archive, ANN, review, "approved", Approval(), seen=review.reviewed.digest)
    check_undo(review_of(archive), 1, "Ann")
    with pytest.raises(ReviewError, match="only Ann"):
        check_undo(review_of(archive), 1, "Ben")
    reviews.undo(archive, ANN, review_of(archive), 1)
    with pytest.raises(ReviewError, match="only Ann"):  # nor brings it back
        check_undo(review_of(archive), 2, "Ben")


def test_acts_on_lines_that_are_gone_are_shown(archive: Archive) -> None:
    reviews.reject(archive, ANN, review_of(archive), line_in(page_of(archive), "events").digest, "no news")
    store(archive, seal(BRIEF.model_copy(update={"events": ()})))
    (again,) = page_of(archive).look_again
    assert (again.label, again.words) == ("Upcoming events", "The ministers will meet in Bergen")
    assert (again.deed.kind, again.deed.reason) == ("rejected", "no news")


QUOTED = TEXT.index('"The stock'), TEXT.index(" Solheim said. The")
SENTENCES = [(one.start, one.end) for one in BRIEF.article.sentences]


@pytest.mark.parametrize(
    ("form", "values", "spans"),
    [
        ({"list": ["summary"], "sentence": ["1", "3"]}, {}, [SENTENCES[0], SENTENCES[2]]),
        ({"list": ["actors"], "sentence": ["1"], "words": ["Norway"]}, {"name": "Norway"}, [SENTENCES[0]]),
        ({"list": ["actors"], "start": ["0"], "end": ["6"]}, {"name": "Norway"}, [(0, 6)]),
        (
            {"list": ["quotes"], "start": [str(QUOTED[0])], "end": [str(QUOTED[1])]},
            {"text": "The stock must not fall below the level of 2019,", "direct": True, "speaker": ""},
            [QUOTED],
        ),
        (
            {"list": ["quotes"], "sentence": ["3"], "speaker": [" Solheim "]},
            {"direct": False, "speaker": "Solheim"},
            [SENTENCES[2]],
        ),
        ({"list": ["background"], "start": [""], "end": [""]}, {}, []),
    ],
)
def test_a_form_says_what_is_added(archive: Archive, form: Any, values: Any, spans: Any) -> None:
    assert read_addition(review_of(archive), form) == (values, spans)


@pytest.mark.parametrize(
    "form",
    [
        {"sentence": ["9"]},
        {"sentence": ["x"]},
        {"start": ["1"]},
        {"start": ["-1"], "end": ["4"]},
        {"start": ["²"], "end": ["4"]},
    ],
)
def test_a_form_without_evidence_is_refused(archive: Archive, form: Any) -> None:
    with pytest.raises(ReviewError):
        read_addition(review_of(archive), {"list": ["summary"], **form})


def test_the_next_brief_is_the_next_that_waits(archive: Archive) -> None:
    for number in range(3):
        store(archive, brief_of(f"The ferry {number} sails.", title=f"Ferry {number}"))
    waiting = waiting_briefs(archive, None)
    assert sorted(waiting) == [1, 2, 3, 4]
    for place, number in enumerate(waiting):
        page = brief_page(review_of(archive, number), "Ann", waiting)
        assert page.previous == waiting[place - 1]
        assert page.next == waiting[(place + 1) % 4]


def test_what_is_printed_is_the_corrected_brief(archive: Archive) -> None:
    digest = line_in(page_of(archive), "quotes").digest
    reviews.correct(archive, ANN, review_of(archive), digest, {"speaker": "Jon Arnarsson"})
    content = printed(review_of(archive), "md", None).decode("utf-8")
    assert "Jon Arnarsson" in content


def test_a_time_without_date_is_kept_as_it_is_written(archive: Archive) -> None:
    event = BRIEF.events[0].model_copy(update={"when": When(text="in a while")})
    store(archive, seal(small_brief(events=(event,))))
    review = review_of(archive)
    line = next(line for line in review.reviewed.lines if line.field == "events")
    shown = line_in(page_of(archive), "events")
    assert ("Date", "“in a while”") in [(detail.label, detail.text) for detail in shown.details]
    assert shown.doubt == "time not understood"
    assert "when" not in read_correction(line, sent(shown.slots), offer_of(BRIEF))
