import logging

from briefing.rendering.glyphs import SCRIPTS, lacking_scripts, missing_glyphs
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.writer import render_pdf
from tests.rendering import briefs


def test_a_page_in_our_own_fonts_lacks_nothing():
    with missing_glyphs() as missing:
        render_pdf(briefs.typical(), Layout())
    assert missing.remark() == ""


def test_a_missing_glyph_is_named_once_with_the_remedy():
    article = briefs.article_with("Private \ue000 and \ue000 use", "Nothing happened.")
    with missing_glyphs() as missing:
        render_pdf(briefs.brief_of(article), Layout())
    assert missing.remark().startswith("no installed font has \ue000 (U+E000): ")
    assert "briefing doctor" in missing.remark()


def test_a_page_does_not_depend_on_the_log():
    with missing_glyphs():
        watched = render_pdf(briefs.twins(), Layout())
    assert watched == render_pdf(briefs.twins(), Layout())


def test_other_warnings_are_no_missing_glyphs():
    with missing_glyphs() as missing:
        logging.getLogger("weasyprint").warning("Ignored something")
    assert missing.remark() == ""


def test_scripts_are_asked_for_by_one_of_their_letters(tmp_path, monkeypatch):
    font_list = tmp_path / "fc-list"
    font_list.write_text("#!/bin/sh\n[ $1 = :charset=e01 ] || echo Sans\n")
    font_list.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [script.name for script in lacking_scripts()] == ["Thai"]
    assert all(len(script.letter) == 1 for script in SCRIPTS)


def test_without_the_list_of_fonts_nothing_is_claimed(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert lacking_scripts() is None
