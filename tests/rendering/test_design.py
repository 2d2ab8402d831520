"""Every theme on every paper: what is printed, on how many pages, and what it looks like.

The pictures in tests/rendering/pictures are small and compared with a tolerance. Look at the pages, then renew them:

    python -m tests.rendering.test_design
"""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from briefing.jobs.verification import check_page
from briefing.rendering.colours import ENOUGH, contrast, legible
from briefing.rendering.html import render_html, style_sheet
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.templating.environment import templates_folder
from briefing.rendering.templating.theme_files import theme_names
from tests.rendering import briefs

PICTURES = Path(__file__).parent / "pictures"
DOTS = 30  # per inch
COARSE = (62, 88)  # pixels that pictures are compared by
TOLERANCE = 4.0  # of 255, mean difference; another line break in a long text makes about 6, another theme 20

THEMES = theme_names(None)
PAPERS = ("A4", "Letter")
FIXTURES = ("typical", "empty", "scripts", "crowded", "hostile", "twins")
OF_OUR_FONTS = ("typical", "empty", "crowded", "hostile")  # the others show what fonts the machine has
LONGEST = "CONFIDENTIAL – NOT FOR ONWARD TRANSMISSION – W W W W W W W W"[:60]

# The colours of text, and of the backgrounds that it may have.
TEXT, GROUNDS = ("--ink", "--quiet", "--accent", "--hand"), ("--paper", "--tint")
VARIABLE = re.compile(r"(--[a-z-]+):\s*(#[0-9a-f]{3,6})")


@cache
def pdf_of(theme, paper, fixture):
    return render_pdf(getattr(briefs, fixture)(), Layout(theme=theme, paper=paper))


def page_count(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def first_page(pdf):
    """Return the first page as a small grey picture."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=DOTS / 72).to_pil().convert("L")
    finally:
        document.close()


def difference(one, other):
    small = (picture.resize(COARSE, Image.Resampling.BOX) for picture in (one, other))
    return ImageStat.Stat(ImageChops.difference(*small)).mean[0]


@pytest.mark.parametrize("fixture", FIXTURES)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_prints_every_brief_whole_and_within_the_paper(theme, paper, fixture):
    layout = Layout(theme=theme, paper=paper)
    pdf = pdf_of(theme, paper, fixture)
    assert list(check_page(printed(pdf), lay_out(getattr(briefs, fixture)(), layout))) == []
    if fixture != "crowded":
        assert page_count(pdf) <= 2


@pytest.mark.parametrize("fixture", OF_OUR_FONTS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_looks_as_it_did(theme, paper, fixture):
    seen = first_page(pdf_of(theme, paper, fixture))
    with Image.open(PICTURES / f"{theme}-{paper}-{fixture}.png") as kept:
        before = kept.convert("L")
        assert before.size == seen.size
        assert difference(before, seen) < TOLERANCE


def test_themes_look_different_from_each_other():
    pages = [first_page(pdf_of(theme, "A4", "typical")) for theme in THEMES]
    assert all(difference(one, other) > TOLERANCE for n, one in enumerate(pages) for other in pages[:n])


def test_the_newsroom_holds_more_on_a_page():
    newsroom, chancery = (page_count(pdf_of(theme, "A4", "crowded")) for theme in ("newsroom", "chancery"))
    assert newsroom <= 0.8 * chancery


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_longest_marking_meets_neither_title_nor_imprint(theme, paper):
    layout = Layout(theme=theme, paper=paper, marking=LONGEST, title="T" * 70, distribution=("Ambassador",) * 50)
    brief = briefs.crowded(events=6)
    brief = brief.model_copy(update={"provenance": brief.provenance.model_copy(update={"profile": "p" * 80})})
    pdf = render_pdf(brief, layout)
    assert list(check_page(printed(pdf), lay_out(brief, layout))) == []
    assert margin_lines_apart(pdf)


def margin_lines_apart(pdf):
    """Whether the lines in the margins of the second page have heights of their own."""
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[1]
        content = page.Contents.read_bytes()
        height = float(page.mediabox[3])
    ups = [float(match[1]) * 0.75 for match in re.finditer(rb"1 0 0 -1 \S+ (\S+) Tm", content)]
    head = sorted({round(up) for up in ups if up < 50})
    foot = sorted({round(height - up) for up in ups if up > height - 50})
    return all(len(lines) >= 2 and lines[1] - lines[0] >= 8 for lines in (head, foot))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_has_the_contrast_of_level_aa(theme, dark):
    light, _, night = (templates_folder() / "themes" / f"{theme}.css").read_text().partition("@media screen")
    colours = dict(VARIABLE.findall(night if dark else light))
    full = {name: "#" + "".join(c * 2 for c in code[1:]) if len(code) == 4 else code for name, code in colours.items()}
    for ground in GROUNDS:
        for text in TEXT:
            assert contrast(full[text], full[ground]) >= ENOUGH, (text, ground)


@pytest.mark.parametrize("accent", ["#1b3a57", "#ffff00", "#ffffff", "#000000", "#7a1420", "#808080"])
def test_an_accent_of_any_colour_can_be_read(accent):
    assert contrast(legible(accent, dark=False), "#ffffff") >= ENOUGH
    assert contrast(legible(accent, dark=True), "#15181b") >= ENOUGH
    assert (
        list(
            check_page(
                printed(render_pdf(briefs.typical(), Layout(accent=accent))),
                lay_out(briefs.typical(), Layout(accent=accent)),
            )
        )
        == []
    )


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert legible("#7a1420", dark=False) == "#7a1420"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_head_of_a_table_repeats_on_each_page():
    columns = SectionLayout("actors", options={"columns": ["name", "kind"]})
    crowded = render_pdf(briefs.crowded(), Layout(sections=(columns,)))
    with pikepdf.open(BytesIO(crowded)) as document:
        heads = [
            element
            for element in document.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/THead"
        ]
    assert len(heads) > 1


def test_a_marking_cannot_smuggle_css():
    css = style_sheet(lay_out(briefs.empty(), Layout(marking='"} body{display:none} </style>')))
    assert "body{display" not in css
    assert "</style" not in css


def test_a_marking_is_at_both_ends_of_a_screen():
    html = render_html(briefs.empty(), Layout(marking="TLP:AMBER"))
    assert html.count('<p class="marking">TLP:AMBER</p>') == 2


def test_the_article_has_its_own_language_mark():
    html = render_html(briefs.typical(), Layout(locale="fr-FR"))
    assert '<html lang="fr">' in html
    assert f'<span lang="en">{briefs.SENTENCES[2]}</span>' in html
    assert "<span lang" not in render_html(briefs.typical(), Layout())


def test_a_screen_needs_no_script_and_no_request():
    html = render_html(briefs.typical(), Layout(theme="newsroom"))
    assert "<script" not in html
    assert set(re.findall(r"url\(.{6}", html)) == {'url("data:'}
    assert "<main>" in html
    assert html.count("aria-label=") == html.count("<section")


def renew():
    """Make the pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    for theme in THEMES:
        for paper in PAPERS:
            for fixture in OF_OUR_FONTS:
                first_page(pdf_of(theme, paper, fixture)).quantize(8).save(
                    PICTURES / f"{theme}-{paper}-{fixture}.png", optimize=True
                )


if __name__ == "__main__":
    renew()
