"""A page of a user's templates loads nothing and runs nothing."""

from pathlib import Path

import pytest

from briefing.errors import TemplateFillError
from briefing.rendering.html import render_html
from briefing.rendering.layout import Layout
from briefing.rendering.self_contained import foreign_part
from tests.rendering import briefs


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src='http://a.example/x.png'>",
        "<img src=x.png>",
        "<IMG SRC='//a.example/x.png'>",
        "<p onclick='go()'>text</p>",
        "<iframe></iframe>",
        "<link rel=stylesheet href='https://a.example/x.css'>",
        "<svg><image xlink:href='http://a.example/x.png'/></svg>",
        "<p style='background: url(http://a.example/x.png)'>text</p>",
        "<style>p { background: url(x.png) }</style>",
        "<meta http-equiv=refresh content='0; url=http://a.example'>",
        "<a href='javascript:go()'>text</a>",
        "<video poster='x.png'></video>",
    ],
)
def test_what_would_be_loaded_or_run_is_found(html: str) -> None:
    assert foreign_part(f"<p>before</p>{html}<p>after</p>") is not None


@pytest.mark.parametrize(
    "html",
    [
        "<a href='https://a.example'>text</a>",
        "<a href='#evidence-1'>[1]</a>",
        "<img src='data:image/png;base64,AA=='>",
        "<p>src='http://a.example' and &lt;script&gt;</p>",
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">",
        "<style>p { color: red }</style>",
    ],
)
def test_links_text_and_what_the_page_holds_itself_are_fine(html: str) -> None:
    assert foreign_part(html) is None


@pytest.mark.parametrize("brief", [briefs.typical(), briefs.hostile()], ids=["typical", "hostile"])
def test_our_own_page_is_fine(brief) -> None:
    assert foreign_part(render_html(brief, Layout())) is None


def test_a_template_that_brings_something_in_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "quotes.html.j2").write_text("<img src='http://a.example/x.png'>")
    with pytest.raises(TemplateFillError, match=r"a.example/x.png.*data:"):
        render_html(briefs.typical(), Layout(templates=str(tmp_path)))
