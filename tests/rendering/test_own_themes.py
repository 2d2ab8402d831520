"""A theme of the user's may set a text in any way that leaves it what it is: `verify` still passes."""

from pathlib import Path

import pytest

from briefing.evidence.seal import seal
from briefing.jobs.verification import check_page, verify_bytes
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.printable import page_of
from tests.rendering import drawn_briefs
from tests.rendering.drawn_briefs import SECTIONS


def failures_with(theme: str, folder: Path) -> tuple[str, ...]:
    (folder / "themes").mkdir()
    (folder / "themes" / "chancery.css").write_text(theme)
    layout = Layout(sections=SECTIONS, templates=str(folder), marking="Internal")
    return verify_bytes(render_pdf(seal(drawn_briefs.drawn()), layout), "a.pdf").failures


@pytest.mark.parametrize(
    "theme",
    [
        "h1, h2 { text-transform: uppercase }",
        "body { text-transform: lowercase }",
        "td, th, .kicker { text-transform: capitalize }",
        "@page { @top-left { text-transform: uppercase } @bottom-left { text-transform: uppercase } }",
        "h2 { font-variant-caps: small-caps; letter-spacing: .12em }",
        "h2 { font-variant-caps: all-small-caps }",
        "p { text-align: justify; letter-spacing: -.01em; word-spacing: .1em }",
        "p { font-variant-ligatures: none; font-variant-numeric: oldstyle-nums }",
        "h2 { text-decoration: none; color: #444; background: #eef2f4 }",
        "h1 { font-size: 30pt; line-height: 1.1 } p { font-size: 8pt }",
        "section { margin-bottom: 5mm } table { margin-left: 3mm }",
    ],
)
def test_a_theme_may_change_letters_spaces_sizes_and_light_grounds(theme: str, tmp_path: Path) -> None:
    assert failures_with(theme, tmp_path) == ()


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ("h2::before { content: 'Approved: ' }", "the page has"),
        ("h2::after { content: ' (draft)' }", "the page has"),
        (".events { display: none }", "the page has"),
        ("h2 { color: #fff }", "as pale as the paper"),
        ("h2 { background: #111 }", "shown over dark paint"),
        ("h2 { opacity: .3 }", "a picture is painted"),
        ("h2 { transform: rotate(180deg) }", "turned"),
        ("p { font-size: 2pt }", "too small"),
    ],
)
def test_a_theme_that_changes_text_is_reported(theme: str, said: str, tmp_path: Path) -> None:
    found = failures_with(theme, tmp_path)
    assert [failure for failure in found if said in failure], found


def test_capitals_are_checked_in_our_own_templates() -> None:
    brief = seal(drawn_briefs.drawn())
    made = render_pdf(brief, Layout(sections=SECTIONS))
    page = page_of(brief, Layout(sections=SECTIONS, title="BRIEF"))
    assert any("the page has" in failure for failure in check_page(printed(made), page))
