"""A page of a user's templates loads nothing and runs nothing."""

from pathlib import Path

import pytest

from briefing.errors import TemplateFillError
from briefing.rendering.email import render_email
from briefing.rendering.html import render_html
from briefing.rendering.layout import Layout
from briefing.rendering.templating.self_contained import foreign_part
from tests.digest.digests import sealed_digest
from tests.rendering import briefs, drawn_briefs
from tests.rendering.drawn_briefs import SECTIONS


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
        "<a href='java\tscript:go()'>text</a>",
        "<a href=' \x01javascript:go()'>text</a>",
        "<a href='&#106;avascript&colon;go()'>text</a>",
        "<a href='jav&Tab;ascript:go()'>text</a>",
        "<a href='JaVaScRiPt:go()'>text</a>",
        "<a href='vbscript:go()'>text</a>",
        "<a href='data:text/html,<script>go()</script>'>text</a>",
        "<a href='file:///etc/passwd'>text</a>",
        "<a href='//a.example/share'>text</a>",
        "<a href='\\\\a.example\\share'>text</a>",
        "<a href='smb://a.example/share'>text</a>",
        "<a href='ms-word:ofe|u|http://a.example/x.doc'>text</a>",
        "<a href='blob:http://a.example/1'>text</a>",
        "<a href='page.html'>text</a>",
        "<a href='https://a.example' ping='https://b.example'>text</a>",
        "<a href='https://a.example' download>text</a>",
        "<button formaction='javascript:go()'>text</button>",
        "<form action='https://a.example'></form>",
        "<form><input type=image src='data:image/png;base64,AA=='></form>",
        "<isindex action='javascript:go()'>",
        "<img src='data:text/html,x'>",
        "<img src='data:image/png;base64,AA==' srcset='http://a.example/x.png 2x'>",
        "<picture><source srcset='http://a.example/x.png'></picture>",
        "<iframe srcdoc='x'></iframe>",
        "<object data='x'></object>",
        "<embed src='x'>",
        "<applet code='x'></applet>",
        "<base href='http://a.example'>",
        "<link rel=prefetch href='https://a.example'>",
        "<META HTTP-EQUIV='Refresh' content='0'>",
        "<meta http-equiv='set-cookie' content='a=b'>",
        "<table background='http://a.example/x.png'></table>",
        "<body background='x.png'>",
        "<svg><a xlink:href='javascript:go()'><text>t</text></a></svg>",
        "<svg><a href='https://a.example'><text>t</text></a></svg>",
        "<svg><use href='http://a.example/x.svg#a'/></svg>",
        "<svg><use xlink:href='data:image/svg+xml,x#a'/></svg>",
        "<svg><set attributeName='href' to='javascript:go()'/></svg>",
        "<svg><animate attributeName='x' values='1'/></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg onload='go()'></svg>",
        "<svg><rect fill='url(http://a.example/x)'/></svg>",
        "<svg><style>@import 'http://a.example/x.css'</style></svg>",
        "<svg><feImage href='http://a.example/x.png'/></svg>",
        "<math href='javascript:go()'>x</math>",
        "<p style='background: u\\72l(http://a.example/x.png)'>text</p>",
        "<p style='background-image: image-set(\"http://a.example/x.png\" 1x)'>text</p>",
        "<style>@import 'http://a.example/x.css';</style>",
        "<!--[if mso]><v:rect href='http://a.example'><![endif]-->",
        "<![if mso]><p>x</p>",
        "<!--><img src=x onerror='go()'>-->",
        "<!-- --!><img src=x onerror='go()'>-->",
        "<title><a title='</title><img src=x onerror=go()>'></title>",
        "<noscript><p title='</noscript><img src=x onerror=go()>'></noscript>",
        "<textarea></textarea><script>go()</script>",
        "<template><img src=x></template>",
        "<p contenteditable autofocus onfocus=go()>text</p>",
        "<p is='x-y'>text</p>",
        "<x-y>text</x-y>",
        "<audio src='x'></audio>",
        "<dialog open>text</dialog>",
        "<portal src='https://a.example'></portal>",
        "<marquee>text</marquee>",
    ],
)
def test_external_or_active_content_is_found(html: str) -> None:
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
        "<a href='mailto:desk@a.example'>text</a>",
        "<a href='https://a.example' rel='noopener' target='_blank' data-x='1' aria-label='x'>text</a>",
        "<!-- a comment -->",
        "<svg viewBox='0 0 1 1' xmlns='http://www.w3.org/2000/svg'><g class='a'><use xlink:href='#b'/></g></svg>",
        "<svg><image href='data:image/png;base64,AA=='/><rect fill='url(#a)' width='1' height='1'/></svg>",
        "<table role='presentation' cellpadding='0'><tr><td align='left' bgcolor='#fff'>x</td></tr></table>",
        "<p style='background: url(data:image/png;base64,AA==)'>text</p>",
    ],
)
def test_links_text_and_embedded_content_are_allowed(html: str) -> None:
    assert foreign_part(html) is None


@pytest.mark.parametrize("brief", [briefs.typical(), briefs.hostile(), drawn_briefs.drawn()])
def test_our_own_pages_pass(brief, tmp_path: Path) -> None:
    layout = Layout(sections=SECTIONS, templates=str(tmp_path))
    assert render_html(brief, layout)
    assert render_email(brief, layout)


def test_our_own_digest_passes(tmp_path: Path) -> None:
    assert render_html(sealed_digest(), Layout(templates=str(tmp_path)))


@pytest.mark.parametrize("part", ["<form action='x'></form>", "<a href='java\tscript:go()'>x</a>", "<base href='x'>"])
def test_an_active_template_is_refused_on_every_page(tmp_path: Path, part: str) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "summary.html.j2").write_text(part)
    layout = Layout(templates=str(tmp_path))
    for render in (render_html, render_email):
        with pytest.raises(TemplateFillError, match="which no page may"):
            render(briefs.typical(), layout)
    with pytest.raises(TemplateFillError, match="which no page may"):
        render_html(sealed_digest(), layout)


def test_a_template_that_loads_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "quotes.html.j2").write_text("<img src='http://a.example/x.png'>")
    with pytest.raises(TemplateFillError, match=r"a.example/x.png.*data:"):
        render_html(briefs.typical(), Layout(templates=str(tmp_path)))
