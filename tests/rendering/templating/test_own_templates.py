"""A user's templates replace ours part by part, and can neither reach nor exhaust anything."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.errors import RenderingError, TemplateFillError
from briefing.jobs.verification import verify_bytes
from briefing.rendering.html import render_html
from briefing.rendering.json_text import layout_to_json
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.markdown import render_markdown
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.templating import confined
from tests.fakes.briefs import small_brief
from tests.rendering import briefs, drawn_briefs


def own(folder: Path, **parts: str) -> Layout:
    (folder / "parts").mkdir(exist_ok=True)
    for name, text in parts.items():
        (folder / "parts" / f"{name}.html.j2").write_text(text)
    return Layout(templates=str(folder))


def test_a_users_part_replaces_ours_alone(tmp_path: Path) -> None:
    layout = own(tmp_path, quotes="<p>{{ section.rows | length }} quotes, left out here</p>")
    html = render_html(briefs.typical(), layout)
    assert "1 quotes, left out here" in html
    assert html.count("<section") == render_html(briefs.typical(), Layout()).count("<section")


def test_a_users_page_may_show_or_omit_pictures(tmp_path: Path) -> None:
    sections = (SectionLayout("events", options={"timeline": True}),)
    drawn = drawn_briefs.drawn()
    assert render_html(drawn, replace(own(tmp_path), sections=sections)).count("<svg") == 1
    loop = "{% for band in page.bands %}<h2>{{ band.sections[0].label }}</h2>{% endfor %}"
    (tmp_path / "brief.html.j2").write_text(loop)
    assert render_html(drawn, replace(own(tmp_path), sections=sections)) == "<h2>Upcoming events</h2>"
    (tmp_path / "brief.html.j2").write_text("{% for picture in page.pictures %}{{ picture.alternative }}{% endfor %}")
    assert "Summit of the neighbours" in render_html(drawn, replace(own(tmp_path), sections=sections))


def test_a_users_style_sheet_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "chancery.css").write_text(":root { --accent: #123456 }")
    assert "--accent: #123456" in render_html(briefs.typical(), Layout(templates=str(tmp_path)))


def test_a_folder_without_templates_gives_our_page(tmp_path: Path) -> None:
    layout = Layout(templates=str(tmp_path))
    for render in (render_html, render_markdown):
        assert render(briefs.typical(), layout) == render(briefs.typical(), Layout())
    assert verify_bytes(render_pdf(small_brief(), layout), "a.pdf").failures == ()


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("<p>\n{{ section.rwos }}</p>", 2, "rwos"),
        ("{{ nobody }}", 1, "'nobody' is undefined"),
        ("{% for row in section.rows %}\n", 1, "endfor"),
        ("\n\n{{ ''.__class__.__mro__ }}", 3, "__class__"),
        ("{{ section.rows.__class__.__mro__ }}", 1, "may only read"),
        ("{% for n in range(10 ** 9) %}{% endfor %}", 1, "[Rr]ange"),
        ("{% include 'parts/none.html.j2' %}", None, "parts/none.html.j2"),
        ("{% include 'parts/quotes.html.j2' %}", None, "without end"),
        ("{% include '../../../etc/passwd' %}", None, "neither in"),
        ("{{ 1 / 0 }}", 1, "division"),
    ],
)
def test_a_flaw_of_a_template_is_reported_with_its_line(
    tmp_path: Path, template: str, line: int | None, said: str
) -> None:
    with pytest.raises(TemplateFillError, match=said) as caught:
        render_html(briefs.typical(), own(tmp_path, quotes=template))
    assert caught.value.line == line


_DOUBLING = "{% set ns = namespace(a='aaaaaaaa') %}{% for n in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ 'a' * 10 ** 10 }}", "memory"),
        (_DOUBLING, "memory|seconds"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "seconds"),
    ],
)
def test_a_template_that_takes_too_much_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, said: str
) -> None:
    monkeypatch.setattr(confined._PROCESS, "seconds", 3.0)
    with pytest.raises(TemplateFillError, match=said):
        render_html(briefs.typical(), own(tmp_path, quotes=template))
    monkeypatch.undo()
    assert "fine again" in render_html(briefs.typical(), own(tmp_path, actors="<p>fine again</p>", quotes=""))


def test_the_page_does_not_name_its_templates_folder() -> None:
    assert b"my-templates" not in layout_to_json(Layout(templates="/home/anna/my-templates"))


def test_a_users_theme_may_omit_values(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "chancery.css").write_text("body { color: red }")
    assert render_pdf(small_brief(), Layout(templates=str(tmp_path))).startswith(b"%PDF")


def test_an_invalid_style_sheet_is_an_error_naming_the_folder(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "brief.css").write_text("h2 { width: calc(1mm + var(--none)) }")
    with pytest.raises(RenderingError, match=f"{tmp_path.name} cannot be laid out"):
        render_pdf(small_brief(), Layout(templates=str(tmp_path)))
