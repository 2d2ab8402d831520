from dataclasses import replace

import pytest

from briefing.errors import RenderingError
from briefing.model.brief import Dateline, Edit, Insertion, Notice, Position, Statement, When
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import EPOCH, lay_out
from briefing.rendering.row_view import Run
from briefing.rendering.rows import LONGEST_EVIDENCE
from briefing.rendering.wording import printable, shorten
from tests.rendering import briefs

LAYOUT = Layout()


def section_of(page, name):
    return next(section for band in page.bands for section in band.sections if section.name == name)


def texts(page):
    return [" ".join(block.text.split()) for block in page.blocks()]


def with_fields(brief, **fields):
    return brief.model_copy(update=fields)


def test_evidence_is_numbered_in_the_order_of_its_first_citation():
    page = lay_out(briefs.typical(), LAYOUT)
    cited = [int(number) for block in texts(page) for number in _numbers(block)]
    firsts = list(dict.fromkeys(cited))
    assert firsts == [item.number for item in page.evidence.rows] == list(range(1, len(firsts) + 1))


def _numbers(block):
    return [
        word[1:-1] for word in block.split() if word.startswith("[") and word.endswith("]") and word[1:-1].isdigit()
    ]


def test_one_stretch_of_evidence_has_one_number():
    items = lay_out(briefs.typical(), LAYOUT).evidence.rows
    assert len({item.text for item in items}) == len(items)


def test_evidence_says_where_it_is_in_the_article():
    origins = {item.text: item.origin for item in lay_out(briefs.typical(), LAYOUT).evidence.rows}
    assert origins[briefs.TITLE] == "Title"
    assert origins[briefs.SENTENCES[3]] == "Sentence 4"


def test_a_table_read_as_a_sentence_is_cut():
    brief = briefs.typical()
    table = brief.summary[0].evidence[0].model_copy(update={"text": "Port 12 " * 300})
    statement = brief.summary[0].model_copy(update={"evidence": (table,)})
    passage = lay_out(with_fields(brief, summary=(statement,)), LAYOUT).evidence.rows[0]
    assert len(passage.text) <= LONGEST_EVIDENCE
    assert passage.text.endswith("…")


def test_events_are_in_date_order_with_undated_ones_last():
    rows = section_of(lay_out(briefs.typical(), LAYOUT), "events").rows
    assert [row.when for row in rows] == ["12 June 2031", "By 2031", "“the week after the talks”"]


def test_agreement_and_disagreement_are_side_by_side():
    bands = lay_out(briefs.typical(), LAYOUT).bands
    assert [len(band.sections) for band in bands] == [1, 1, 1, 2, 1, 1]


def test_empty_or_long_lists_are_one_below_the_other():
    brief = briefs.typical()
    long = [brief.disagreements[0].model_copy(update={"statement": "word " * 600})]
    for disagreements in ((), tuple(long)):
        page = lay_out(with_fields(brief, disagreements=disagreements), LAYOUT)
        assert all(not band.side_by_side for band in page.bands)


def test_a_note_names_the_sections_of_which_nothing_was_found():
    page = lay_out(with_fields(briefs.typical(), quotes=(), events=()), LAYOUT)
    assert {"quotes", "events"}.isdisjoint(section.name for band in page.bands for section in band.sections)
    assert "Not found in plain words: Upcoming events · Quotes." in [note.text for note in page.notes.rows]


def test_only_sections_of_the_layout_are_printed():
    layout = Layout(sections=(SectionLayout("actors", "Who is who"),))
    page = lay_out(briefs.typical(), layout)
    assert [section.label for band in page.bands for section in band.sections] == ["Who is who"]
    assert page.evidence.blocks() == ()
    assert not any("[1]" in text for text in texts(page))


@pytest.mark.parametrize(
    ("section", "option", "value", "said"),
    [
        ("source", "show", "all", r"'all' \(allowed: none, cited, full\)"),
        ("source", "show", "ful", r"'ful'; did you mean 'full'\? \(allowed: none, cited, full\)"),
        ("actors", "columns", ["name", "rôle"], "did you mean 'role'"),
        ("actors", "columns", ["name", "name"], "allowed: name, role"),
        ("actors", "columns", [], "allowed: name, role"),
        ("actors", "columns", [["name"]], "allowed: name, role"),
        ("events", "timeline", "yes", "allowed: true, false"),
    ],
)
def test_options_of_a_section_must_be_known(section, option, value, said):
    with pytest.raises(RenderingError, match=said):
        lay_out(briefs.typical(), Layout(sections=(SectionLayout(section, options={option: value}),)))


def test_our_words_are_separate_runs_and_explained():
    page = lay_out(briefs.typical(), LAYOUT)
    runs = section_of(page, "summary").rows[2].line.runs
    assert runs[:2] == (Run("Mr Okoro ", ours=False), Run("[Belmora]", ours=True))
    assert any("are ours" in text for text in texts(page))


def test_white_space_around_an_insertion_is_kept_once():
    brief = briefs.typical()
    text = " Talks \n [in the  port] \t resume "
    insertion = Insertion(start=8, end=23)
    statement = Statement(text=text, evidence=brief.summary[0].evidence, insertions=(insertion,))
    page = lay_out(with_fields(brief, summary=(statement,)), LAYOUT)
    assert section_of(page, "summary").rows[0].line.text == "Talks [in the port] resume"


def test_edits_by_hand_are_marked_and_counted():
    edits = (
        Edit(where="summary[0]", change="changed"),
        Edit(where="events[0]", change="added"),
        Edit(where="quotes[7]", change="removed"),
        Edit(where="article", change="changed"),
    )
    page = lay_out(with_fields(briefs.typical(), edits=edits), LAYOUT)
    assert section_of(page, "summary").rows[0].line.mark == "edited by hand"
    assert [row.title.mark for row in section_of(page, "events").rows] == ["", "added by hand", ""]
    assert page.title_mark == "edited by hand"
    assert "This brief was edited by hand: 2 changed, 1 added, 1 removed." in texts(page)


def test_an_unknown_date_has_a_fixed_stamp():
    page = lay_out(briefs.empty(), LAYOUT)
    assert page.origin == "date unknown"
    assert page.stamp == EPOCH


def test_a_dateline_without_a_year_is_no_date_of_publication():
    brief = briefs.empty()
    article = brief.article.model_copy(update={"dateline": Dateline(place="Kell", date="XXXX-06-09", agency=None)})
    page = lay_out(with_fields(brief, article=article), LAYOUT)
    assert page.origin == "9 June, year unknown (from the dateline) · Kell"


@pytest.mark.parametrize(
    ("message", "where", "printed"),
    [
        ("Two are left out.", "events", "Upcoming events: Two are left out."),
        ("Two are left out.", "events[3]", "Upcoming events: Two are left out."),
        ("Two upcoming events are left out.", "events", "Two upcoming events are left out."),
        ("It is long.", None, "It is long."),
        ("It is long.", "folder/a.txt", "It is long."),
        ("\u200b", None, "odd"),
    ],
)
def test_a_notice_names_its_section_once(message, where, printed):
    notices = (Notice(code="odd", message=message, where=where),)
    page = lay_out(with_fields(briefs.empty(), notices=notices), LAYOUT)
    assert [note.text for note in page.notes.rows][1:] == [printed]


@pytest.mark.parametrize(
    ("topic", "source", "details"),
    [
        ("the cod share", "Tomas Okoro", "On the cod share · Belmora and Norway · according to Tomas Okoro"),
        ("The quota of 40,000 tonnes", "Tomas Okoro", "Belmora and Norway · according to Tomas Okoro"),
        ("the cod share", "Arland", "On the cod share · Belmora and Norway"),
        ("", None, "Belmora and Norway"),
    ],
)
def test_a_point_says_what_its_line_does_not_name(topic, source, details):
    brief = briefs.typical()
    changes = {"topic": topic, "attributed_to": source, "parties": ("Belmora", "Norway")}
    point = brief.disagreements[0].model_copy(update=changes)
    (row,) = section_of(lay_out(with_fields(brief, summary=(), disagreements=(point,)), LAYOUT), "disagreements").rows
    assert row.details == details


def test_parties_that_the_line_names_are_not_printed_again():
    brief = with_fields(briefs.typical(), summary=())
    (row,) = section_of(lay_out(brief, LAYOUT), "disagreements").rows
    assert row.details == "according to Tomas Okoro"


@pytest.mark.parametrize(("confidence", "details"), [(0.2, "doubtful"), (0.34, "doubtful"), (0.35, ""), (0.9, "")])
def test_a_point_says_in_a_word_that_it_is_doubtful(confidence, details):
    brief = briefs.typical()
    point = Position(
        id="p", statement="It stays.", topic="", parties=(), confidence=confidence, evidence=brief.summary[0].evidence
    )
    (row,) = section_of(lay_out(with_fields(brief, agreements=(point,)), LAYOUT), "agreements").rows
    assert row.details == details


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (("[Ana Sol:] We agree.", "[Sol:] We leave."), ["[Ana Sol:] We agree.", "We leave."]),
        (("[Sol:] We agree.", "[Jan Holm:] We do not."), ["[Sol:] We agree.", "[Jan Holm:] We do not."]),
        (("[Sol:] We agree.", "[Ursol:] We do not."), ["[Sol:] We agree.", "[Ursol:] We do not."]),
        (
            ("[Sol:] We agree.", "Talks began.", "[Sol:] We leave."),
            ["[Sol:] We agree.", "Talks began.", "[Sol:] We leave."],
        ),
        (("[Sol:] We agree.", "[Sol:] and leave."), ["[Sol:] We agree.", "[Sol:] and leave."]),
        (("[Sol] agrees.", "[Sol] leaves."), ["[Sol] agrees.", "[Sol] leaves."]),
    ],
)
def test_a_speaker_precedes_only_the_first_of_his_sentences(lines, printed):
    brief = briefs.typical()
    summary = tuple(
        Statement(
            text=line,
            evidence=brief.summary[0].evidence,
            insertions=(Insertion(start=0, end=line.index("]") + 1 + (":]" in line)),) if line[0] == "[" else (),
        )
        for line in lines
    )
    page = lay_out(with_fields(brief, summary=summary), LAYOUT)
    assert [row.line.text for row in section_of(page, "summary").rows] == printed


def test_the_quotes_of_a_speaker_are_below_his_name():
    brief = briefs.typical()
    first = brief.quotes[0]
    others = [
        first.model_copy(update={"text": text, "speaker": who})
        for text, who in (("No boats at all", "Nobody"), ("We shall see", first.speaker))
    ]
    rows = section_of(
        lay_out(with_fields(brief, quotes=(first, *others), summary=(), agreements=()), LAYOUT), "quotes"
    ).rows
    assert [(row.speaker, len(row.quotes)) for row in rows] == [(first.speaker, 2), ("Nobody", 1)]


def test_actors_without_a_role_share_a_line():
    brief = briefs.typical()
    bare = [actor.model_copy(update={"role": None, "affiliation": None}) for actor in brief.actors[:2]]
    rows = section_of(lay_out(with_fields(brief, actors=(*bare, *brief.actors[2:])), LAYOUT), "actors").rows
    *_, names = rows
    assert [name.text for name in names.names][:2] == [actor.name for actor in bare]
    assert all(row.cells[1] for row in rows[:-1])


def test_the_header_is_on_later_pages_only():
    page = lay_out(briefs.typical(), LAYOUT)
    assert page.furniture(1, 2) == (page.imprint, "Page 1 of 2")
    assert page.furniture(2, 2) == (briefs.TITLE, page.imprint, "Page 2 of 2")


def test_unprintable_characters_are_left_out():
    assert printable("a\u200bb\x00c\u202ed\ufffe \n\u00a0e\u00ad") == "abcd e"


def test_a_long_text_is_cut_at_a_word():
    assert shorten("one two three", 13) == "one two three"
    assert shorten("one two, three", 12) == "one two…"
    assert shorten("x" * 20, 10) == "x" * 9 + "…"


def test_a_date_in_words_starts_with_a_capital():
    when = When(text="the week after the talks", value="2031-W25", precision="week")
    event = briefs.typical().events[2].model_copy(update={"when": when})
    page = lay_out(with_fields(briefs.typical(), events=(event,)), LAYOUT)
    assert section_of(page, "events").rows[0].when == "Week of 16 June 2031"


@pytest.mark.parametrize(
    ("title", "details"),
    [
        ("Ministers will meet", ["Port Sellin", "with Arland and Belmora", "scheduled"]),
        ("Arland will meet Mr Holm", ["Port Sellin", "with Arland and Belmora", "scheduled"]),
        ("Arland will meet Belmora", ["Port Sellin", "scheduled"]),
        ("Arland will meet Belmora in Port Sellin", ["scheduled"]),
    ],
)
def test_an_event_says_what_its_title_does_not_name(title, details):
    event = briefs.typical().events[1].model_copy(update={"title": title})
    page = lay_out(with_fields(briefs.typical(), events=(event,)), LAYOUT)
    assert [detail.text for detail in section_of(page, "events").rows[0].about] == details


@pytest.mark.parametrize("where", ["quotes", "events, quotes"])
def test_a_section_emptied_by_the_checks_is_not_named(where):
    notice = Notice(code="left-out", message="Some are left out.", where=where)
    page = lay_out(with_fields(briefs.typical(), quotes=(), background=(), notices=(notice,)), LAYOUT)
    assert next(note.text for note in page.notes.rows) == "Not found in plain words: Background."


def test_a_notice_on_an_unprinted_section_is_not_printed():
    notice = Notice(code="low-confidence", message="2 left out.", where="quotes")
    page = lay_out(with_fields(briefs.typical(), notices=(notice,)), Layout(sections=(SectionLayout("summary"),)))
    assert not any("2 left out." in text for text in texts(page))


def test_a_section_without_room_is_not_called_empty():
    page = lay_out(briefs.typical(), replace(LAYOUT, left_out=("background[0]", "background[1]")))
    assert all(section.name != "background" for band in page.bands for section in band.sections)
    assert not any("Not found" in note.text for note in page.notes.rows)


def test_what_has_no_room_is_counted_or_in_the_annex():
    left_out = replace(LAYOUT, left_out=("actors[3]", "actors[4]", "quotes[1]"))
    page = lay_out(with_fields(briefs.typical(), summary=(), agreements=()), left_out)
    assert page.notes.rows[0].text == "Also in the JSON of this brief: Key actors (2)."
    (further,) = page.further.rows
    assert further.quotes[0].text not in [line.text for row in section_of(page, "quotes").rows for line in row.quotes]
    assert {citation.number for line in further.quotes for citation in line.citations} <= {
        item.number for item in page.evidence.rows
    }
    assert page.appendices == (page.evidence, page.further, page.notes)


@pytest.mark.parametrize(("attach", "said"), [("full", "which its PDF carries."), ("none", "JSON of this brief.")])
def test_a_page_without_annex_says_where_its_evidence_is(attach, said):
    bare = (*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "none"}))
    page = lay_out(briefs.typical(), Layout(sections=bare, attach=attach, left_out=("quotes[1]",)))
    notes = [note.text for note in page.notes.rows]
    assert page.further.rows == page.evidence.rows == ()
    assert "Also in the JSON of this brief: Quotes (1)." in notes
    assert any(note.startswith("The evidence of each line is in the") and note.endswith(said) for note in notes)
