"""Whatever is altered in a finished brief is caught; what a person declared is said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Briefing, Edit
from briefing.rendering.formats import render
from briefing.rendering.page import Layout
from briefing.sealing import find_edits, seal
from briefing.verification import verify_bytes, verify_file
from tests.briefs import small_brief


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
def test_a_line_that_its_evidence_does_not_hold_is_caught_though_it_is_sealed(changes, said) -> None:
    brief = small_brief()
    ((field, change),) = changes.items()
    record = getattr(brief, field)[0].model_copy(update=change)
    forged = seal(brief.model_copy(update={field: (record,)}))
    (failure,) = verify_bytes(as_json(forged), "a.json").failures
    assert said in failure
    assert failure.startswith(f"{field}[0]")


def test_an_edit_that_is_declared_passes_and_is_said() -> None:
    brief = small_brief()
    record = brief.summary[0].model_copy(update={"text": "A pact at last."})
    edited = brief.model_copy(update={"summary": (record,)})
    edited = edited.model_copy(update={"edits": find_edits(edited)})
    report = verify_bytes(as_json(edited), "a.json")
    assert report.failures == ()
    assert "edited by hand: summary[0] changed" in report.verdict


def test_an_edit_that_was_not_made_is_caught() -> None:
    brief = small_brief().model_copy(update={"edits": (Edit(where="quotes[0]", change="changed"),)})
    (failure,) = verify_bytes(as_json(brief), "a.json").failures
    assert "quotes[0] is said to be changed by hand" in failure


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no JSON"),
        (b"[1]", "no schema_version"),
        (b"\xff\xfe", "no JSON"),
        (b'{"schema_version": "7"}', "reads '1'"),
        (b'{"schema_version": "1"}', "article"),
        (b"%PDF-1.7 and no more", "PDF"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_brief_is_said_to_be_none(content: bytes, said: str) -> None:
    (failure,) = verify_bytes(content, "a.json").failures
    assert said in failure


def test_a_file_that_is_not_there_fails(tmp_path: Path) -> None:
    (failure,) = verify_file(tmp_path / "none.pdf").failures
    assert "cannot be read" in failure


@pytest.fixture(scope="module")
def forge() -> Callable[[Briefing, Briefing], bytes]:
    """Return a PDF that prints one brief and carries another."""

    def run(shown: Briefing, attached: Briefing) -> bytes:
        from briefing.rendering.pdf import write_pdf

        return write_pdf(shown, attached, Layout())

    return run


def test_a_pdf_as_it_was_made_passes() -> None:
    report = verify_bytes(render(small_brief(), "pdf", Layout()), "a.pdf")
    assert report.failures == ()
    assert "printed lines are the attached brief's" in report.verdict
