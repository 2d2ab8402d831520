"""A sentence is printed once on a page: summary first, then points, quotes and background."""

import pytest

from briefing.model.brief import BackgroundFact, Edit, Insertion, Position, Quote, Statement
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.repetition import repeated
from tests.fakes.briefs import TEXT, evidence_of, small_brief

QUOTED = "The stock must not fall below the level of 2019"
SPOKEN = TEXT.split("\n\n")[1].partition(" The ministers")[0]
EVIDENCE = (evidence_of(TEXT, SPOKEN, 2),)
AGREED = (evidence_of(TEXT, TEXT.split("\n\n")[0], 1),)


def statement(text=SPOKEN):
    return Statement(text=text, evidence=EVIDENCE)


def point(text=SPOKEN, evidence=EVIDENCE, insertions=()):
    return Position(
        id="stock",
        statement=text,
        topic="",
        parties=("Norway", "Iceland"),
        confidence=0.9,
        evidence=evidence,
        insertions=insertions,
    )


QUOTE = Quote(speaker="Ingrid Solheim", text=QUOTED, direct=True, cue="say", evidence=EVIDENCE)
FACT = BackgroundFact(text=SPOKEN, evidence=EVIDENCE)
NOTHING = {"summary": (), "agreements": (), "disagreements": (), "quotes": (), "background": ()}


@pytest.mark.parametrize(
    ("lines", "again"),
    [
        ({"summary": (statement(),), "quotes": (QUOTE,)}, {"quotes[0]"}),
        ({"summary": (statement(),), "agreements": (point(),)}, {"agreements[0]"}),
        ({"summary": (statement(QUOTED),), "agreements": (point(),)}, {"agreements[0]"}),
        ({"disagreements": (point(),), "quotes": (QUOTE,)}, {"quotes[0]"}),
        ({"disagreements": (point(),), "background": (FACT,)}, {"background[0]"}),
        ({"quotes": (QUOTE, QUOTE)}, {"quotes[1]"}),
        ({"agreements": (point(),), "disagreements": (point(),)}, set()),  # each says whose view it is
        ({"summary": (statement("Ingrid Solheim spoke."),), "quotes": (QUOTE,)}, set()),  # other words
        ({"summary": (statement(),), "agreements": (point(evidence=AGREED),)}, set()),  # another sentence
    ],
)
def test_a_line_repeats_the_words_of_one_before_it(lines, again):
    assert repeated(small_brief(**(NOTHING | lines)), Layout()) == again


def test_words_of_ours_do_not_hide_a_repetition():
    text = f"[Ingrid Solheim of Norway, on the talks:] {QUOTED}"
    inserted = (Insertion(start=0, end=text.index(QUOTED) - 1),)
    brief = small_brief(**(NOTHING | {"summary": (statement(),), "agreements": (point(text, insertions=inserted),)}))
    assert repeated(brief, Layout()) == {"agreements[0]"}


def test_what_is_not_on_the_page_is_not_repeated():
    brief = small_brief(**(NOTHING | {"summary": (statement(),), "quotes": (QUOTE,)}))
    assert repeated(brief, Layout(sections=(SectionLayout("quotes"),))) == set()
    assert repeated(brief, Layout(left_out=("summary[0]",))) == set()


@pytest.mark.parametrize("change", ["changed", "added"])
def test_what_a_person_wrote_is_printed(change):
    brief = small_brief(**(NOTHING | {"summary": (statement(),), "quotes": (QUOTE,)}))
    edited = brief.model_copy(update={"edits": (Edit(where="quotes[0]", change=change),)})
    assert repeated(edited, Layout()) == set()


@pytest.mark.parametrize(
    ("topic", "line"), [("mackerel", "Norway and Iceland: mackerel [1]"), ("", "Norway and Iceland: see Summary [1]")]
)
def test_a_point_of_the_summary_says_who_and_on_what(topic, line):
    agreed = point().model_copy(update={"topic": topic})
    brief = small_brief(**(NOTHING | {"summary": (statement(),), "agreements": (agreed,), "quotes": (QUOTE,)}))
    page = lay_out(brief, Layout())
    sections = {section.name: section for band in page.bands for section in band.sections}
    (row,) = sections["agreements"].rows
    assert row.statement.printed().split() == line.split()
    assert "Norway" not in row.details
    assert "quotes" not in sections
    assert not any("Quotes" in note.text for note in page.notes.rows)
