"""The typefaces that an HTML page carries within itself."""

import re
from base64 import b64decode
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from briefing.rendering.fonts import FACES, font_file
from briefing.rendering.html import render_html
from briefing.rendering.layout import Layout
from briefing.rendering.web_fonts import SCRIPTS, web_font_file, web_font_rules
from tests.rendering import briefs

LARGEST = 150_000  # bytes that a page in English may grow by


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_page_has_the_letter_widths_of_the_pdf(face, script):
    ours, whole = TTFont(web_font_file(face, script)), TTFont(font_file(face))
    letters = {letter for first, last in SCRIPTS[script] for letter in range(first, last + 1)} & set(
        whole.getBestCmap()
    )
    assert letters <= set(ours.getBestCmap())
    for letter in letters:
        widths = [font["hmtx"][font.getBestCmap()[letter]][0] for font in (ours, whole)]
        assert widths[0] == widths[1], chr(letter)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_subset_has_its_own_name(face, script):
    names = {number: str(TTFont(web_font_file(face, script))["name"].getName(number, 3, 1)) for number in (1, 4, 13)}
    assert names[1] == face.family
    assert "Source" not in names[4]
    assert "Open Font License" in names[13]


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("Norway and Iceland", 1),
        ("Łódź, Ørsted, “Çelik” – 3 €", 1),
        ("Nguyễn Phú Trọng", 2),
        ("Володимир Зеленський", 2),
        ("Αθήνα and Київ", 3),
        ("北京", 1),
    ],
)
def test_a_page_carries_only_the_scripts_it_uses(text, sets):
    rules = tuple(web_font_rules(text))
    assert len(rules) == sets * len(FACES)
    assert all(len(b64decode(re.search('base64,([^"]+)', rule)[1])) > 1_000 for rule in rules)


def test_a_page_in_english_stays_small():
    assert sum(len(rule) for rule in web_font_rules("A page in English")) < LARGEST


def test_a_browser_finds_the_typefaces_within_the_page():
    weasyprint = pytest.importorskip("weasyprint")
    with pikepdf.open(BytesIO(weasyprint.HTML(string=render_html(briefs.typical(), Layout())).write_pdf())) as pdf:
        used = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert all("Briefing" in name for name in used), used
