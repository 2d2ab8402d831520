import json

import pytest
from markdown_it import MarkdownIt

from briefing.errors import ModelError, RenderingError
from briefing.model.formats import FORMATS
from briefing.rendering.formats import render
from briefing.rendering.json_text import layout_from_json
from briefing.rendering.layout import Layout
from briefing.rendering.templating.environment import emphasise_markdown, escape_markdown
from tests.fakes.processes import output_of
from tests.rendering import briefs

LAYOUT = Layout()


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("make", [briefs.typical, briefs.empty, briefs.hostile])
def test_every_format_prints_every_brief_twice_the_same(output, make):
    assert render(make(), output, LAYOUT) == render(make(), output, LAYOUT)


# Prints the digests of every format but PDF, on another day than today where it is asked to.
PRINT = """
import datetime, hashlib, sys, time
if sys.argv[1:]:
    time.time = lambda: float(sys.argv[1])
    class Moment(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)
        today = utcnow = now
    datetime.datetime = Moment
from briefing.model.formats import FORMATS
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.rendering import briefs
for output in FORMATS:
    for make in (briefs.typical, briefs.scripts, briefs.empty):
        print(output, hashlib.sha256(render(make(), output, Layout(marking="For you"))).hexdigest())
"""


def test_day_zone_locale_and_hash_seed_do_not_matter():
    one = output_of(PRINT, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C", LANG="C")
    other = output_of(
        PRINT, "1930000000.0", PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8", LANG="fr_FR.UTF-8"
    )
    assert one == other
    assert len(one.splitlines()) == 3 * len(FORMATS)


def test_an_unknown_format_is_refused_by_name():
    with pytest.raises(RenderingError, match="cannot make rtf: no such format"):
        render(briefs.empty(), "rtf", LAYOUT)


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
def test_an_invalid_layout_is_refused(written):
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
def test_markdown_shows_the_exact_characters(text):
    (block,) = [
        token for token in MarkdownIt().enable("strikethrough").parse(escape_markdown(text)) if token.type == "inline"
    ]
    assert {token.type for token in block.children} <= {"text", "text_special"}
    assert "".join(token.content for token in block.children) == text
    assert MarkdownIt().render(escape_markdown(text)).startswith("<p>")


def test_emphasis_leaves_white_space_outside():
    assert emphasise_markdown(" [in *Kell*] ") == " *\\[in \\*Kell\\*\\]* "
    assert emphasise_markdown(" ") == " "


def test_markdown_of_a_hostile_brief_holds_no_markup():
    html = MarkdownIt().enable("table").render(render(briefs.hostile(), "md", LAYOUT).decode())
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html
    assert html.count("<td") == 2
