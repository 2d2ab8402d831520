"""The functions of the Python API: any input gives a brief that `verify` accepts, or an error of ours."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import briefing
from briefing import brief
from briefing.errors import BriefingError, DayError, DefectError, ProfileError, ReadingError, RenderingError
from briefing.jobs.assembly import brief_of
from briefing.jobs.briefs import brief_reading
from briefing.jobs.production import defects_as_errors
from briefing.jobs.verification import verify_bytes
from briefing.language.analyse import analyse
from briefing.language.analysis import Role
from briefing.model.brief import Briefing
from briefing.model.formats import FORMATS, FormatKind
from briefing.profile.profile import load_profile
from briefing.reading.source import read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief

TEXT = "Norway and Iceland agreed on mackerel quotas on Tuesday, minister Ingrid Solheim said."


def briefed_with(nlp: Language, changes: dict[str, Any]) -> Briefing:
    """Return the brief of a text whose first entity was read wrongly."""
    reading = read_bytes(TEXT.encode(), "the text", published=date(2024, 5, 14))
    analysis = analyse(reading.article, nlp)
    first, *rest = analysis.entities
    misread = replace(analysis, entities=(replace(first, **changes), *rest))
    return brief_of(reading, misread, load_profile(), nlp)


@pytest.mark.parametrize(
    "changes",
    [{"name": "Greta Dahl"}, {"aliases": ("the Dane",)}, {"roles": (Role("king of the sea", 0, 4),)}],
)
def test_a_line_that_verify_refuses_is_reported_and_omitted(nlp: Language, changes: dict[str, Any]) -> None:
    made, sound = briefed_with(nlp, changes), briefed_with(nlp, {})
    assert verify_bytes(render(made, "json", Layout()), "the brief").failures == ()
    (notice,) = [notice for notice in made.notices if notice not in sound.notices]
    assert (notice.code, notice.where, notice.message[:13]) == ("unproven", "actors", "1 left out: t")
    assert len(made.actors) == len(sound.actors) - 1


ODD = {
    "empty": "",
    "white space": " \n\t\u2003 ",
    "no text": b"",
    "NULs": "\x00" * 50,
    "NULs in text": "The minis\x00ter of Norway\x00 left.",
    "half characters": "Norway \ud800 and \udfff Iceland agreed.",
    "bytes that are no text": bytes(range(256)) * 20,
    "one letter": "a" * 100_000,
    "letters": "a " * 9_000 + "\n\n" + "b " * 9_000,
    "a huge word": f"The {'x' * 5_000} left.",
    "a long word": f"The {'x' * 900} left. It will sail on {'9' * 900}.",
    "opened marks": "“ The ship " * 1_500,
    "nested marks": f"{'“ ‘ ' * 2_000} We left, {'’ ” ' * 2_000} said Berg.",
    "nested brackets": f"{'( [ ' * 2_000} The ship left {'] ) ' * 2_000}.",
    "elements": "<div>" * 3_000 + "The ship left.",
    "emoji": "👩‍👩‍👧🇳🇴 " * 500 + "Norway left.",
    "combining marks": "No" + "\u0301" * 800 + "rway left.",
    "right to left": "\u202eNorway left\u202c. שלום Norway مرحبا left.",
    "digits of many scripts": "On ٣ May, ² June and ½ Ⅷ ① 𝟚 at ５ p.m. they meet. In ٢٠٢٤ they met.",
    "years": "In 0000, 9999 and 99999 they met; in 9999 they will meet, next year, in 900 decades and 99999999 days.",
    "a number": 5,
    "nothing": None,
    "a path": Path("no-such-file\x00"),
    "a folder": Path("/"),
}


@pytest.mark.parametrize("given", ODD.values(), ids=ODD)
@pytest.mark.parametrize("day", [None, "0001-01-01", "9999-12-31"])
def test_any_input_gives_a_brief_or_our_error(given: Any, day: str | None) -> None:
    try:
        made = brief(given, date=day)
    except DefectError:
        raise
    except BriefingError:
        return
    assert verify_bytes(render(made, "json", Layout()), "the brief").failures == ()
    assert not [notice for notice in made.notices if notice.code in ("extractor-failed", "unproven")]


def changed(**values: Any) -> Briefing:
    """Return a small brief with a few fields of its article changed."""
    said = small_brief().model_dump()
    return Briefing.model_validate({**said, "article": {**said["article"], **values}})


@pytest.mark.parametrize("output", [name for name in FORMATS if name not in ("pdf", "eml")])
@pytest.mark.parametrize(
    "values",
    [
        {"outlet": "Northern\x00 \x1b[31mWire\uffff"},
        {"outlet": "x" * 3_000},
        {"title": "\x00"},
        {"language": "\x00"},
        {"published": "0000-99-99", "published_basis": "given"},
        {"published": "9999-12-31", "published_basis": "given"},
    ],
)
def test_any_valid_brief_is_printed(output: str, values: dict[str, Any]) -> None:
    assert briefing.render(changed(**values), output)


def test_a_long_version_is_printed_in_word() -> None:
    made = small_brief()
    versions = made.provenance.model_copy(update={"briefing": "1" * 3_000})
    assert briefing.render(made.model_copy(update={"provenance": versions}), "docx")


@pytest.mark.parametrize("output", FORMATS)
def test_a_brief_with_half_a_character_is_refused(output: str) -> None:
    with pytest.raises(RenderingError, match=f"cannot make {output}: the brief holds half a character"):
        briefing.render(changed(outlet="Northern \ud800 Wire"), output)


@pytest.mark.parametrize("day", ["\u0662\u0660\u0662\u0664-05-14", "2024-05-1\u0664"])
def test_a_day_is_written_in_ascii(day: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the form YYYY-MM-DD"):
        changed(published=day, published_basis="given")


@pytest.mark.parametrize("output", ["", "PDF", "\x00", None, 5, [], ("pdf",)])
def test_an_unknown_format_is_refused(output: Any) -> None:
    with pytest.raises(RenderingError, match="no such format"):
        briefing.render(small_brief(), output)


@pytest.mark.parametrize("given", [None, 5, "a brief", {}, Briefing])
def test_only_a_brief_is_printed(given: Any) -> None:
    with pytest.raises(RenderingError, match="it is made of a Briefing"):
        briefing.render(given, "json")


@pytest.mark.parametrize("name", ["", "\x00", "a" * 5_000, "/dev/zero", "..", "\ud800", None, 5, b"standard", []])
def test_an_invalid_profile_is_refused(name: Any) -> None:
    with pytest.raises(ProfileError):
        briefing.render(small_brief(), "json", profile=name)
    with pytest.raises(ProfileError):
        brief(TEXT, profile=name)


def test_a_profile_may_be_named_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "morning.yaml"
    path.write_text("title: Note\n")
    assert b"Note" in briefing.render(brief(TEXT, profile=path), "md", profile=path)


def test_a_defect_in_a_renderer_becomes_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "json", FormatKind("application/json", "operator:truediv"))
    with pytest.raises(DefectError, match="cannot make json: a defect of briefing, please report it: TypeError"):
        briefing.render(small_brief(), "json")


@pytest.mark.parametrize("day", ["", "2024", "2024-02-30", "tomorrow", "\x00", "٢٠٢٤-٠١-٠١", 5, b"2024-01-01"])
def test_an_invalid_day_is_refused(day: Any) -> None:
    with pytest.raises(DayError, match="is not a day; write it as YYYY-MM-DD"):
        brief(TEXT, date=day)


@pytest.mark.parametrize("day", ["2024-05-14", date(2024, 5, 14), datetime(2024, 5, 14, 23, 59)])  # noqa: DTZ001
def test_a_day_may_be_text_a_date_or_an_instant(day: Any) -> None:
    assert brief(TEXT, date=day).article.published == "2024-05-14"


def test_bytes_are_read_as_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    assert (
        brief(TEXT.encode())
        == brief(path)
        == brief(TEXT)
        == brief_reading(read_bytes(TEXT.encode(), "a"), load_profile())
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (IndexError("7"), "cannot brief a.txt: a defect of briefing, please report it: IndexError: 7"),
        (MemoryError(), "cannot brief a.txt: it needs more memory than there is"),
    ],
)
def test_a_defect_becomes_an_error_of_ours(error: Exception, said: str) -> None:
    with pytest.raises(DefectError) as caught, defects_as_errors("brief a.txt"):
        raise error
    assert (str(caught.value), caught.value.__cause__) == (said, error)


def test_our_errors_are_not_wrapped() -> None:
    with pytest.raises(ReadingError), defects_as_errors("brief a.txt"):
        raise ReadingError("a.txt", "it is empty")
