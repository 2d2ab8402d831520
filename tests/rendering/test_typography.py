"""What a good printer does with a page: nothing alone, nothing twice, nothing empty, no sheet for three lines."""

from functools import cache
from io import BytesIO

import pikepdf
import pytest

from briefing.jobs.verification import check_page
from briefing.model.brief import Actor, Quote
from briefing.rendering.email import render_email
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf import writer as press
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.wording import capitalised, last_words, names_already
from tests.rendering import briefs

LAYOUT = Layout()


def section_of(brief, name, layout=LAYOUT):
    return next(s for band in lay_out(brief, layout).bands for s in band.sections if s.name == name)


def actors(*fields):
    article = briefs.typical().article
    evidence = briefs.evidence_of(article, 1)
    made = (
        Actor(id=f"a{n}", kind="person", mentions=1, salience=0.5, evidence=evidence, **given)
        for n, given in enumerate(fields)
    )
    return briefs.brief_of(article, actors=tuple(made))


def quoting(text, speaker="Ilse Varga", *, direct=True):
    article = briefs.typical().article
    evidence = briefs.evidence_of(article, 2)
    return briefs.brief_of(
        article, quotes=(Quote(speaker=speaker, text=text, direct=direct, cue="say", evidence=evidence),)
    )


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Telephone conversation with President Xi Jinping", "Xi Jinping"),
        ("Ministers told to ‘duck and cover’ - Mattis", "cover’ - Mattis"),
        ("Talks end", ""),
        ("Strait talks end", ""),
        ("Ministers meet about telecommunications infrastructure", ""),  # together they are half a line
        ("", ""),
    ],
)
def test_the_last_words_of_a_headline_stay_together(title, end):
    assert last_words(title) == end


@pytest.mark.parametrize("theme", ["chancery", "newsroom", "plain"])
@pytest.mark.parametrize("words", range(7, 16))
def test_no_headline_ends_in_a_single_word(theme, words):
    title = f"{' '.join(['Minister'] * words)} ‘duck and cover’ - Mattis"
    article = briefs.typical().article.model_copy(update={"title": title, "outlet": "Courier"})
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(render_pdf(briefs.brief_of(article), Layout(theme=theme)))
    lines = [line.strip() for line in document[0].get_textpage().get_text_range().splitlines()]
    document.close()
    (last,) = [line for line in lines if line.endswith("Mattis")]
    assert last.endswith("cover’ - Mattis")


def test_a_bookmark_is_the_headline_as_it_was_written():
    with pikepdf.open(BytesIO(render_pdf(briefs.typical(), LAYOUT))) as document:
        assert str(document.Root.Outlines.First.Title) == briefs.TITLE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("troops", "Troops"),
        ("the EU envoy", "The EU envoy"),
        ("high-ranking officer", "High-ranking officer"),
        ("émigrés", "Émigrés"),
        ("al-Qaida", "al-Qaida"),
        ("d'Estaing", "d'Estaing"),
        ("iGroup of Kell", "iGroup of Kell"),
        ("5,000 workers", "5,000 workers"),
        ("", ""),
    ],
)
def test_a_cell_begins_with_a_capital(text, shown):
    assert capitalised(text) == shown


@pytest.mark.parametrize(
    ("role", "affiliation", "said"),
    [
        ("President of Ukraine", "Ukraine", True),
        ("Afghan politician", "Afghanistan", True),
        ("Turkish Prime Minister", "Turkey", True),
        ("US Defense Secretary", "United States", True),
        ("U.S. Sen.", "United States", True),
        ("EU High Representative", "European Union", True),
        ("President of the Commission", "Commonwealth", False),
        ("Foreign Minister", "Arland", False),
        ("us envoy", "United States", False),
        ("French envoy", "France", False),  # too little is alike: said twice rather than not at all
        ("envoy", "al-Nur", False),
    ],
)
def test_an_affiliation_in_the_role_is_not_repeated(role, affiliation, said):
    assert names_already(role, affiliation) is said


def test_an_empty_column_is_left_out():
    brief = actors({"name": "Ilse Varga"}, {"name": "Tomas Okoro"})
    asked = Layout(sections=(SectionLayout("actors", options={"columns": ["name", "role", "kind", "mentions"]}),))
    assert [column.name for column in section_of(brief, "actors", asked).columns] == ["name", "kind", "mentions"]
    named = actors({"name": "Ilse Varga", "affiliation": "Arland"}, {"name": "Tomas Okoro"})
    assert [column.name for column in section_of(named, "actors").columns] == ["name", "role"]


def test_names_alone_need_no_table():
    section = section_of(actors({"name": "Ilse Varga"}, {"name": "Tomas Okoro"}), "actors")
    assert section.columns == ()
    assert [[name.text for name in row.names] for row in section.rows] == [["Ilse Varga", "Tomas Okoro"]]


def test_a_role_equal_to_the_name_is_not_repeated():
    office = {"name": "foreign minister of Arland", "role": "Foreign minister of Arland"}
    table = section_of(actors(office, {"name": "Ilse Varga", "role": "envoy"}), "actors")
    envoy, bare = table.rows
    assert envoy.cells[1] == "Envoy"
    assert [name.text for name in bare.names] == ["Foreign minister of Arland"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The strait stays open,", "“The strait stays open”"),
        ("The strait stays open.", "“The strait stays open.”"),
        ("Will it, will it not?", "“Will it, will it not?”"),
        (",", "“,”"),
    ],
)
def test_a_quotation_leaves_its_comma_to_the_sentence(text, shown):
    (row,) = section_of(quoting(text), "quotes").rows
    assert [quote.text for quote in row.quotes] == [shown]


def test_reported_speech_is_printed_unchanged():
    (row,) = section_of(quoting("they would strike,", direct=False), "quotes").rows
    assert [quote.text for quote in row.quotes] == ["they would strike,"]


@pytest.mark.parametrize(("points", "beside"), [(1, True), (4, True), (80, False)])
def test_agreements_are_beside_disagreements_unless_they_are_long(points, beside):
    brief = briefs.typical()
    many = tuple(
        brief.agreements[0].model_copy(update={"id": f"p{number}", "topic": f"matter {number}"})
        for number in range(points)
    )
    bands = lay_out(brief.model_copy(update={"agreements": many}), LAYOUT).bands
    assert any(band.side_by_side for band in bands) is beside


def facts(count):
    """Return a brief whose annex takes one line for each of *count* sentences, and its body none of them."""
    sentences = [
        f"Kell's harbour master counted {number} trawlers on day {number} of the strike." for number in range(count)
    ]
    article = briefs.article_with("Trawlers counted in the Strait of Kell", *sentences)
    record = briefs.typical().summary[0]
    summary = tuple(
        record.model_copy(
            update={"text": "Trawlers.", "insertions": (), "evidence": briefs.evidence_of(article, number)}
        )
        for number in range(1, count + 1)
    )
    return briefs.brief_of(article, summary=summary)


@cache
def most_of_one_page():
    """Return how many sentences a brief of one page may cite."""
    few, many = 1, 128
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (middle, many) if sheets(facts(middle)) == 1 else (few, middle)
    return few


def set_pages(brief, layout=LAYOUT):
    """Return the pages of a brief, its annex included."""
    with press._LOCK:
        page = lay_out(brief, layout)
        return press._document(page, press.render_page(page, inline_css=False)).pages


def sheets(brief, layout=LAYOUT):
    return len(set_pages(brief, layout))


def test_no_sheet_starts_for_the_end_of_the_annex():
    """Closer lines take in the few words that would start another sheet."""
    fits = most_of_one_page()
    loose = set_pages(facts(fits + 1))[-1].anchors
    assert len(loose) > press._REMNANT  # whatever is fewer was taken in
    closed = render_pdf(facts(fits), LAYOUT)
    assert list(check_page(printed(closed), lay_out(facts(fits), LAYOUT))) == []


def test_a_users_folder_sets_the_closer_lines(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "closer.css").write_text("p { line-height: 3 }")
    layout = Layout(templates=str(tmp_path))
    assert sheets(facts(most_of_one_page()), layout) == 2


def test_lines_that_are_not_closed_up_take_another_sheet(monkeypatch):
    fits = most_of_one_page()
    monkeypatch.setattr(press, "_REMNANT", 0)
    assert sheets(facts(fits)) == 2


@pytest.mark.parametrize("theme", ["chancery", "newsroom", "plain"])
def test_no_point_is_cut_by_the_end_of_a_page(theme):
    pypdfium2 = pytest.importorskip("pypdfium2")
    point = briefs.typical().disagreements[0]
    points = tuple(
        point.model_copy(update={"id": f"p{n}", "statement": f"Begin{n} {'words and words ' * 20} end{n}."})
        for n in range(36)
    )
    brief = briefs.brief_of(briefs.typical().article, disagreements=points)
    document = pypdfium2.PdfDocument(render_pdf(brief, Layout(theme=theme)))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 2
    for n in range(36):
        assert any(f"Begin{n} " in page and f"end{n}." in page for page in pages), n


def test_an_e_mail_sets_its_own_background():
    mail = render_email(briefs.typical(), Layout(locale="fr-FR")).decode().replace("=\r\n", "")
    assert 'name=3D"color-scheme" content=3D"light"' in mail
    assert '<html lang=3D"fr">' in mail
    tables = [part.split(">")[0] for part in mail.split('<table class=3D"')[1:]]
    assert [("background-color: #ffffff" in table) for table in tables if table.startswith(("frame", "sheet"))] == [
        True,
        True,
    ]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("theme", "margins"), [("chancery", 74), ("newsroom", 59), ("plain", 36)])
def test_a_picture_is_as_wide_as_the_lines_beside_it(theme, paper, margins):
    sections = (SectionLayout("events", options={"timeline": True}),)
    picture = section_of(briefs.typical(), "events", Layout(theme=theme, paper=paper, sections=sections)).picture
    room = ({"A4": 210, "Letter": 215.9}[paper] - margins) * 72 / 25.4
    assert room - 4 < picture.width <= room
