"""Every alteration of a finished brief is caught, and declared edits are reported."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefing.evidence.seal import find_edits, seal
from briefing.jobs.briefs import brief
from briefing.jobs.verification import verify_bytes, verify_file
from briefing.model.brief import Briefing, Edit
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import TEXT, small_brief

# A glyph shown by its number in a content stream: "<0012> Tj", or one of several in an array of TJ.
SHOWN_GLYPH = re.compile(rb"<([0-9a-fA-F]{4})")


def as_json(brief: Briefing) -> bytes:
    return brief.model_dump_json().encode()


def test_a_brief_as_it_was_made_passes() -> None:
    report = verify_bytes(as_json(small_brief()), "a.json")
    assert (report.failures, report.verdict) == ((), "5 lines rest on their evidence")


def words_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every string in a JSON value that holds a letter."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in words_of(item, (*path, key))]
    if isinstance(value, list):
        return [found for key, item in enumerate(value) for found in words_of(item, (*path, key))]
    return [path] if isinstance(value, str) and any(map(str.isalpha, value)) else []


RAW = json.loads(as_json(small_brief()))


@pytest.mark.parametrize("path", words_of(RAW), ids=lambda path: ".".join(map(str, path)))
def test_one_altered_word_of_the_json_is_caught(path: tuple[Any, ...]) -> None:
    raw = json.loads(json.dumps(RAW))
    holder = raw
    for step in path[:-1]:
        holder = holder[step]
    letter = next(c for c in holder[path[-1]] if c.isalpha())
    holder[path[-1]] = holder[path[-1]].replace(letter, "q" if letter != "q" else "z", 1)
    assert verify_bytes(json.dumps(raw).encode(), "a.json").failures


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"summary": {"text": "Norway and Iceland agreed on salmon quotas."}}, "'salmon' is not"),
        ({"summary": {"text": "Iceland and Norway agreed."}}, "'and' is not"),
        ({"actors": {"name": "Bjorn Borg"}}, "names no 'Bjorn Borg'"),
        ({"actors": {"role": "prime minister"}}, "the role 'prime minister'"),
        ({"actors": {"aliases": ("Sol",)}}, "the alias 'Sol'"),
        ({"events": {"title": "Ministers met"}}, "'met' is not"),
        ({"events": {"place": "Oslo"}}, "does not hold 'Oslo'"),
        ({"agreements": {"topic": "whale quotas"}}, "'whale' is not"),
        ({"agreements": {"statement": "Norway agreed on herring"}}, "'herring' is not"),
        ({"quotes": {"text": "The stock must not fall below the level of 2018,"}}, "does not hold the words quoted"),
    ],
)
def test_a_sealed_line_without_evidence_is_caught(changes, said) -> None:
    brief = small_brief()
    ((field, change),) = changes.items()
    record = getattr(brief, field)[0].model_copy(update=change)
    forged = seal(brief.model_copy(update={field: (record,)}))
    (failure,) = verify_bytes(as_json(forged), "a.json").failures
    assert said in failure
    assert failure.startswith(f"{field}[0]")


def test_a_declared_edit_passes_and_is_reported() -> None:
    brief = small_brief()
    record = brief.summary[0].model_copy(update={"text": "A pact at last."})
    edited = brief.model_copy(update={"summary": (record,)})
    edited = edited.model_copy(update={"edits": find_edits(edited)})
    report = verify_bytes(as_json(edited), "a.json")
    assert report.failures == ()
    assert "edited by hand: summary[0] changed" in report.verdict
    assert report.verdict.startswith("4 lines rest on their evidence")


def test_an_edit_that_was_not_made_is_caught() -> None:
    brief = small_brief().model_copy(update={"edits": (Edit(where="quotes[0]", change="changed"),)})
    (failure,) = verify_bytes(as_json(brief), "a.json").failures
    assert "quotes[0] is declared as changed by hand" in failure


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"[1]", "no schema_version"),
        (b"\xff\xfe", "not JSON"),
        (b'{"schema_version": "7"}', "reads '1'"),
        (b'{"schema_version": "1"}', "article"),
        (b"%PDF-1.7 and no more", "PDF"),
        (b"[" * 100_000, "not JSON"),
        (b'{"schema_version": "1", "summary": 5}', "not a brief"),
        (b'{"schema_version": "1", "summary": [{"insertions": [{"start": 0, "end": "x"}]}]}', "not a brief"),
        (b'{"schema_version": "1", "summary": [{"insertions": null}]}', "not a brief"),
        (b'{"schema_version": ' + b"1" * 5000 + b"}", "not JSON"),
    ],
)
def test_a_file_without_a_brief_is_reported(content: bytes, said: str) -> None:
    (failure,) = verify_bytes(content, "a.json").failures
    assert said in failure


def test_a_missing_file_fails(tmp_path: Path) -> None:
    (failure,) = verify_file(tmp_path / "none.pdf").failures
    assert "cannot be read" in failure


def test_a_pdf_as_it_was_made_passes() -> None:
    report = verify_bytes(render(small_brief(), "pdf", Layout()), "a.pdf")
    assert report.failures == ()
    assert "printed lines are the attached brief's" in report.verdict


def with_attachments_of(shown: bytes, attached: bytes) -> bytes:
    """Return a PDF that prints what *shown* prints and carries what *attached* carries."""
    with pikepdf.open(BytesIO(shown)) as pdf, pikepdf.open(BytesIO(attached)) as other:
        for name, file in other.attachments.items():
            pdf.attachments[name].obj.EF.F.write(file.get_file().read_bytes())
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("summary", "Norway and Iceland agreed", "Norway and Ireland agreed"),
        ("summary", "mackerel quotas on Tuesday", "mackerel quotas on Tuesdav"),
        ("actors", '"minister"', '"ministers"'),
        ("events", "2024-06-06", "2024-06-07"),
        ("agreements", '"confidence":0.9', '"confidence":0.2'),
        ("agreements", '"Norway","Iceland"', '"Norway","Ireland"'),
        ("quotes", "level of 2019", "level of 2018"),
        ("article", "2024-05-14", "2024-05-15"),
    ],
)
def test_one_altered_printed_word_or_digit_is_caught(field: str, old: str, new: str) -> None:
    brief = small_brief()
    part = brief.model_copy(update={})
    record = getattr(part, field)
    single = record[0] if isinstance(record, tuple) else record
    text = single.model_dump_json()
    assert old in text
    altered = type(single).model_validate_json(text.replace(old, new))
    shown = brief.model_copy(update={field: (altered,) if isinstance(record, tuple) else altered})
    forged = with_attachments_of(render(shown, "pdf", Layout()), render(brief, "pdf", Layout()))
    (failure, *_) = verify_bytes(forged, "a.pdf").failures
    assert "the brief has" in failure or "the attached brief has" in failure


def test_every_printed_digit_is_guarded() -> None:
    made = render(small_brief(), "pdf", Layout())
    with pikepdf.open(BytesIO(made)) as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
    shows = [(page, match) for page, content in enumerate(contents) for match in SHOWN_GLYPH.finditer(content)]
    assert len(shows) > 100
    for page, match in shows[:: len(shows) // 40]:
        glyph = match.group(1)
        other = b"%04x" % (int(glyph, 16) - 1 or 2)
        with pikepdf.open(BytesIO(made)) as pdf:
            altered = contents[page][: match.start(1)] + other + contents[page][match.end(1) :]
            pdf.pages[page].Contents.write(altered)
            out = BytesIO()
            pdf.save(out)
        assert verify_bytes(out.getvalue(), "a.pdf").failures, (page, match)


def test_paint_over_a_line_is_caught() -> None:
    with pikepdf.open(BytesIO(render(small_brief(), "pdf", Layout()))) as pdf:
        contents = pdf.pages[0].Contents
        contents.write(contents.read_bytes() + b"\nq 1 1 1 rg 0 0 595 400 re f Q\n")
        out = BytesIO()
        pdf.save(out)
    assert verify_bytes(out.getvalue(), "a.pdf").failures


def test_a_pdf_without_an_attached_brief_fails() -> None:
    with pikepdf.open(BytesIO(render(small_brief(), "pdf", Layout()))) as pdf:
        del pdf.attachments["briefing.json"]
        out = BytesIO()
        pdf.save(out)
    (failure,) = verify_bytes(out.getvalue(), "a.pdf").failures
    assert "no briefing.json is attached" in failure


@pytest.mark.parametrize(
    ("before", "after"),
    [("Norway", "Norwai"), ("2019", "2018"), ("Tuesday,", "Tuesday"), ("\n\n", "\n\n\n\n"), ("TEXT", "TEST")],
)
def test_one_altered_character_of_the_source_is_caught(tmp_path: Path, before: str, after: str) -> None:
    source = tmp_path / "a.txt"
    source.write_text(f"---\ndate: 2024-05-14\noutlet: TEXT\n---\n{TEXT}\n")
    made = brief(source)
    assert verify_bytes(as_json(made), "a.json", source).failures == ()
    source.write_text(source.read_text().replace(before, after, 1))
    (failure,) = verify_bytes(as_json(made), "a.json", source).failures
    assert "a.txt" in failure
