"""A digest in every format."""

import json
import re
from email import policy
from email.parser import BytesParser
from io import BytesIO

import docx
import jsonschema
import lxml.html
import pytest
from icalendar import Calendar

from briefing.evidence.seal import seal
from briefing.model.brief import Notice
from briefing.model.digest import Digest
from briefing.model.formats import FORMATS
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.printable import page_of
from tests.digest.digests import digest_of, marked, sealed_digest, two_articles
from tests.digest.stories import Draft

DIGEST = sealed_digest()
LAYOUT = Layout()


@pytest.mark.parametrize("output", sorted(FORMATS))
@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_the_same_digest_gives_the_same_bytes(output, locale):
    layout = Layout(locale=locale)
    assert render(DIGEST, output, layout) == render(sealed_digest(), output, layout)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def html_text(html: str) -> str:
    return squeezed(lxml.html.fromstring(html).body.text_content())


def test_html_has_the_content_and_order_of_the_page():
    page = page_of(DIGEST, LAYOUT)
    shown = html_text(render(DIGEST, "html", LAYOUT).decode())
    position = 0
    for block in page.blocks():
        wanted = squeezed(block.text)
        found = shown.find(wanted, position)
        assert found >= 0, block.text
        position = found


@pytest.mark.parametrize("participants", [(), ("Norway",)])
def test_an_event_without_participants_names_its_story(participants):
    draft = Draft("Arguments will be heard on 12 June.", title="Court to hear the fishermen")
    draft.event("Arguments will be heard", "12 June", "2031-06-12", *participants)
    page = page_of(seal(digest_of([draft.by("a")])), LAYOUT)
    (row,) = next(section.rows for band in page.bands for section in band.sections if section.name == "agenda")
    assert ("Court to hear the fishermen" in row.details) is not bool(participants)


def test_empty_sections_are_named_in_one_note():
    page = page_of(seal(digest_of([Draft("Norway sent ships.", title="Ships sent").by("a", "Wire")])), LAYOUT)
    assert [section.name for band in page.bands for section in band.sections] == ["headlines"]
    empty = " ".join(LAYOUT.labels(f"empty.{name}") for name in ("first", "agenda"))
    assert page.notes.rows[0].text == empty
    (row,) = page.bands[0].sections[0].rows
    assert (row.details, page.chapters[0].lead) == ("", "Wire")


def test_the_first_page_has_changes_headlines_and_agenda():
    page = page_of(DIGEST, LAYOUT)
    names = [section.name for band in page.bands for section in band.sections]
    assert names == ["changes", "passed", "headlines", "agenda", "failed"]
    assert all(section.rows for band in page.bands for section in band.sections)


def test_known_stories_have_tags_and_old_values():
    texts = [block.text for block in page_of(DIGEST, LAYOUT).blocks()]
    assert any(text.startswith("DATE PASSED") for text in texts)
    assert any("was: At least 12" in text and "UPDATED" in text for text in texts)


def test_contradictions_are_shown_side_by_side():
    page = page_of(DIGEST, LAYOUT)
    rows = [
        row
        for chapter in page.chapters
        for band in chapter.bands
        for section in band.sections
        for row in section.rows
        if section.name == "contradictions"
    ]
    assert {row.kind for row in rows} == {"Different figures", "Different dates"}
    assert {side.value for row in rows for side in row.sides} == {"Fourteen", "Sixteen", "12 June", "13 June"}


def test_each_number_of_evidence_is_given_once_and_cited():
    page = page_of(DIGEST, LAYOUT)
    numbers = [row.number for row in page.evidence.rows if hasattr(row, "number")]
    assert numbers == list(range(1, len(numbers) + 1))
    html = render(DIGEST, "html", LAYOUT).decode()
    for number in numbers:
        assert html.count(f'id="evidence-{number}"') == 1
        assert html.count(f'id="cited-{number}"') == 1


def test_without_evidence_nothing_is_cited():
    sections = (SectionLayout("summary"), SectionLayout("events"))
    page = page_of(DIGEST, Layout(sections=sections))
    assert page.evidence.rows == ()
    assert {section.name for chapter in page.chapters for band in chapter.bands for section in band.sections} <= {
        "summary",
        "events",
        "contradictions",
    }


def test_an_empty_digest_says_so_and_lists_failed_sources():
    failed = Notice(code="source-failed", message="https://example.org/rss cannot be read: the server answers 503")
    digest = seal(digest_of(notices=(failed,)))
    for output in ("html", "md"):
        text = render(digest, output, LAYOUT).decode()
        assert "No article was found for this digest." in text
        assert "503" in text


def test_group_headings_are_in_the_language_of_the_page():
    digest = seal(digest_of(two_articles(), [Draft("Dockers voted.").by("x")], group_by="region"))
    page = page_of(digest, Layout(locale="fr-FR"))
    assert [chapter.group for chapter in page.chapters] == ["Europe", "Autres sujets"]


def test_the_calendar_holds_all_events_under_stable_uids():
    later = marked(digest_of(two_articles(), day="2031-06-11"), None)
    entries = Calendar.from_ical(render(DIGEST, "ics", LAYOUT)).walk("VEVENT")
    events = [event for story in DIGEST.stories for event in story.events]
    assert {str(entry["SUMMARY"]) for entry in entries} == {event.title for event in events if event.when.value}
    own = {str(entry["UID"]) for entry in Calendar.from_ical(render(seal(later), "ics", LAYOUT)).walk("VEVENT")}
    assert own
    known = Calendar.from_ical(render(seal(digest_of(two_articles())), "ics", LAYOUT)).walk("VEVENT")
    assert {str(entry["UID"]) for entry in known} == own


def test_the_message_carries_pdf_json_and_calendar():
    message = BytesParser(policy=policy.default).parsebytes(render(DIGEST, "eml", LAYOUT))
    assert {part.get_filename() for part in message.iter_attachments()} == {"digest.pdf", "digest.json", "events.ics"}
    text = message.get_body(("plain",)).get_content()
    assert "UPDATED" in text
    assert squeezed(DIGEST.stories[1].headline.text) in squeezed(text)


def test_the_document_has_the_content_of_the_page():
    document = docx.Document(BytesIO(render(DIGEST, "docx", LAYOUT)))
    cells = [
        paragraph.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    said = squeezed("".join(paragraph.text for paragraph in document.paragraphs) + "".join(cells))
    for story in DIGEST.stories:
        assert squeezed(story.headline.text) in said
        for line in story.summary:
            assert squeezed(line.text) in said


def test_a_digest_satisfies_its_own_schema():
    schema = Digest.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render(DIGEST, "json", LAYOUT)), schema)
