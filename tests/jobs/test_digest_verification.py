"""Verification finds every change in a finished digest."""

import json
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from briefing.evidence.seal import seal
from briefing.jobs.verification import verify_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.attachments import DIGEST_ATTACHMENT, attachments
from tests.digest.digests import digest_of, sealed_digest

DIGEST = sealed_digest()
RAW = json.loads(DIGEST.model_dump_json())


def as_json(digest: Any) -> bytes:
    return digest.model_dump_json().encode()


def test_a_digest_as_it_was_made_passes():
    report = verify_bytes(as_json(DIGEST), "d.json")
    assert report.failures == ()
    assert f"of {len(DIGEST.articles)} articles" in report.verdict


def words_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every string in a JSON value that holds a letter."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in words_of(item, (*path, key))]
    if isinstance(value, list):
        return [found for key, item in enumerate(value) for found in words_of(item, (*path, key))]
    return [path] if isinstance(value, str) and any(map(str.isalpha, value)) else []


def test_one_altered_word_of_the_json_is_caught():
    for path in words_of(RAW):
        raw = json.loads(json.dumps(RAW))
        holder = raw
        for step in path[:-1]:
            holder = holder[step]
        letter = next(c for c in holder[path[-1]] if c.isalpha())
        holder[path[-1]] = holder[path[-1]].replace(letter, "q" if letter != "q" else "z", 1)
        assert verify_bytes(json.dumps(raw).encode(), "d.json").failures, path


@pytest.mark.parametrize(
    ("field", "changes", "said"),
    [
        ("summary", {"text": "Eighteen people were killed in the collision."}, "'eighteen' is not"),
        ("actors", {"name": "Bjorn Borg"}, "names no 'Bjorn Borg'"),
        ("events", {"place": "Oslo"}, "does not hold 'Oslo'"),
        ("disagreements", {"statement": "Iceland rejects whale quota"}, "'whale' is not"),
        ("quotes", {"text": "The quota is a hill"}, "does not hold the words quoted"),
        ("contradictions", {"slot": "whales killed"}, "'whales' is in the evidence of no side"),
    ],
)
def test_a_sealed_line_without_evidence_is_caught(field, changes, said):
    number = next(n for n, story in enumerate(DIGEST.stories) if getattr(story, field))
    story = DIGEST.stories[number]
    first, *rest = getattr(story, field)
    forged = story.model_copy(update={field: (first.model_copy(update=changes), *rest)})
    stories = (*DIGEST.stories[:number], forged, *DIGEST.stories[number + 1 :])
    failures = verify_bytes(as_json(seal(DIGEST.model_copy(update={"stories": stories}))), "d.json").failures
    assert any(said in failure and failure.startswith(f"stories[{number}].{field}[0]") for failure in failures)


def test_a_side_of_a_contradiction_is_checked():
    raw = json.loads(json.dumps(RAW))
    story = next(story for story in raw["stories"] if story["contradictions"])
    story["contradictions"][0]["sides"][0]["value"] = "Seventy"
    failures = verify_bytes(json.dumps(raw).encode(), "d.json").failures
    assert any("'seventy' is not" in failure for failure in failures)


def test_more_origins_than_the_evidence_has_are_refused():
    raw = json.loads(json.dumps(RAW))
    raw["stories"][0]["summary"][0]["origins"] += 1
    (failure,) = verify_bytes(json.dumps(raw).encode(), "d.json").failures
    assert "origins, but its evidence has" in failure


@pytest.mark.parametrize("attach", ["full", "brief"])
def test_a_pdf_as_it_was_made_passes(attach):
    report = verify_bytes(render(DIGEST, "pdf", Layout(attach=attach)), "d.pdf")
    assert report.failures == ()


def test_a_cited_article_is_stored_with_the_rest_withheld():
    content = attachments(DIGEST, Layout(attach="brief"))[DIGEST_ATTACHMENT]
    assert verify_bytes(content, "d.json").failures == ()
    assert all(item["article"]["withheld"] for item in json.loads(content)["articles"])


def test_an_altered_print_is_caught():
    story = DIGEST.stories[0]
    shown = DIGEST.model_copy(update={"title": "Another day"})
    assert story
    with (
        pikepdf.open(BytesIO(render(shown, "pdf", Layout()))) as pdf,
        pikepdf.open(BytesIO(render(DIGEST, "pdf", Layout()))) as other,
    ):
        for name, file in other.attachments.items():
            pdf.attachments[name].obj.EF.F.write(file.get_file().read_bytes())
        out = BytesIO()
        pdf.save(out)
    (failure, *_) = verify_bytes(out.getvalue(), "d.pdf").failures
    assert "Another" in failure


def test_a_declared_edit_passes_and_is_reported():
    raw = json.loads(json.dumps(RAW))
    raw["stories"][0]["summary"][0]["text"] = "A pact at last."
    raw["edits"] = [{"where": "stories[0].summary[0]", "change": "changed"}]
    report = verify_bytes(json.dumps(raw).encode(), "d.json")
    assert report.failures == ()
    assert "edited by hand: stories[0].summary[0] changed" in report.verdict


def test_the_source_of_one_article_does_not_verify_a_digest(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("Norway sent ships.")
    (failure,) = verify_bytes(as_json(DIGEST), "d.json", source).failures
    assert failure == f"{source}: a digest is made from many articles; --source is for the brief of one"
    (failure,) = verify_bytes(as_json(DIGEST), "d.json", source.read_bytes()).failures
    assert failure == "standard input: a digest is made from many articles; --source is for the brief of one"


def test_an_empty_digest_passes():
    report = verify_bytes(render(seal(digest_of()), "pdf", Layout()), "d.pdf")
    assert report.failures == ()


def test_a_link_that_leads_to_another_story_is_caught():
    out = BytesIO()
    with pikepdf.open(BytesIO(render(DIGEST, "pdf", Layout()))) as pdf:
        names = pdf.Root.Names.Dests.Names
        places = {str(names[at]): at + 1 for at in range(0, len(names), 2)}
        names[places["story-1"]] = pikepdf.Array(list(names[places["cited-1"]]))
        pdf.save(out, fix_metadata_version=False)
    assert "what leads to story-1 leads elsewhere" in verify_bytes(out.getvalue(), "d.pdf").failures
