"""What `make` writes, `verify` accepts."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from briefing import brief
from briefing.errors import BriefingError, DayError, DefectError, ReadingError
from briefing.jobs import brief_reading
from briefing.language.analyse import analyse
from briefing.language.analysis import Role
from briefing.making import brief_of
from briefing.model import Briefing
from briefing.production import defects_told
from briefing.profile import load_profile
from briefing.reading.source import read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from briefing.verification import verify_bytes

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
def test_a_line_that_verify_would_refuse_is_left_out_and_that_is_said(nlp: Language, changes: dict[str, Any]) -> None:
    made, sound = briefed_with(nlp, changes), briefed_with(nlp, {})
    assert verify_bytes(render(made, "json", Layout()), "the brief").failures == ()
    (notice,) = [notice for notice in made.notices if notice not in sound.notices]
    assert (notice.code, notice.where, notice.message[:13]) == ("unproven", "actors", "1 left out: n")
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
def test_whatever_is_given_there_is_a_brief_or_an_error_of_ours(given: Any, day: str | None) -> None:
    try:
        made = brief(given, date=day)
    except DefectError:
        raise
    except BriefingError:
        return
    assert verify_bytes(render(made, "json", Layout()), "the brief").failures == ()
    assert not [notice for notice in made.notices if notice.code in ("extractor-failed", "unproven")]


@pytest.mark.parametrize("day", ["", "2024", "2024-02-30", "tomorrow", "\x00", "٢٠٢٤-٠١-٠١", 5, b"2024-01-01"])
def test_what_is_no_day_is_refused(day: Any) -> None:
    with pytest.raises(DayError, match="is no day; write it as YYYY-MM-DD"):
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
    with pytest.raises(DefectError) as caught, defects_told("a.txt"):
        raise error
    assert (str(caught.value), caught.value.__cause__) == (said, error)


def test_an_error_of_ours_stays_what_it_is() -> None:
    with pytest.raises(ReadingError), defects_told("a.txt"):
        raise ReadingError("a.txt", "it is empty")
