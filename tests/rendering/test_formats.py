import json

import pytest
from markdown_it import MarkdownIt

from briefing.errors import ModelError, RenderingError
from briefing.rendering.formats import RENDERERS, render
from briefing.rendering.json_text import layout_from_json
from briefing.rendering.layout import Layout
from briefing.rendering.templating import emphasise_markdown, escape_markdown
from tests.rendering import briefs

LAYOUT = Layout()


@pytest.mark.parametrize("output", RENDERERS)
@pytest.mark.parametrize("make", [briefs.typical, briefs.empty, briefs.hostile])
def test_every_format_prints_every_brief_twice_the_same(output, make):
    assert render(make(), output, LAYOUT) == render(make(), output, LAYOUT)


def test_an_unknown_format_is_refused_by_name():
    with pytest.raises(RenderingError, match="cannot make docx: no such format"):
        render(briefs.empty(), "docx", LAYOUT)


def test_json_is_utf8_with_a_final_newline():
    made = render(briefs.scripts(), "json", LAYOUT)
    assert "محمد".encode() in made
    assert made.endswith(b"}\n")
    assert json.loads(made)["article"]["id"] == briefs.scripts().article.id


@pytest.mark.parametrize(
    "written",
    [
        '{"sections": 3}',
        "[]",
        '{"locale": "zz-ZZ"}',
        '{"locale": ""}',
        '{"paper": "A4 } body { display: none"}',
        '{"paper": "Napkin"}',
        '{"sections": [{"name": "../gossip"}]}',
        '{"sections": [{"name": "quotes"}, {"name": "quotes"}]}',
        '{"sections": [{"name": "quotes", "options": {"limit": 3}}]}',
        '{"sections": [{"name": "source", "options": {"show": ["none"]}}]}',
    ],
)
def test_what_is_no_layout_is_refused(written):
    with pytest.raises(ModelError, match=r"x\.pdf is not a brief: its layout"):
        layout_from_json(written.encode(), "x.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('1')</script> & &amp; [a](http://b) ![i](j) `c` *d* _e_ ~~f~~ | g \\ h",
        "# no heading",
        "- no item",
        "+ no item",
        "12. no item",
        "3) no item",
        "> no quotation",
        "=== no underline",
        "3.5 per cent",
        "a_b_c __d__",
        "@someone",
    ],
)
def test_markdown_shows_the_very_characters(text):
    (block,) = [
        token for token in MarkdownIt().enable("strikethrough").parse(escape_markdown(text)) if token.type == "inline"
    ]
    assert {token.type for token in block.children} <= {"text", "text_special"}
    assert "".join(token.content for token in block.children) == text
    assert MarkdownIt().render(escape_markdown(text)).startswith("<p>")


def test_emphasis_leaves_white_space_outside():
    assert emphasise_markdown(" [in *Kell*] ") == " *\\[in \\*Kell\\*\\]* "
    assert emphasise_markdown(" ") == " "


def test_markdown_of_a_hostile_brief_holds_no_markup_of_the_article():
    html = MarkdownIt().enable("table").render(render(briefs.hostile(), "md", LAYOUT).decode())
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html
    assert html.count("<td") == 4
