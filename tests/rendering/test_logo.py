import json
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from briefing.errors import ProfileError, RenderingError
from briefing.jobs.plan import check_profile
from briefing.jobs.verification import check_page
from briefing.profile.profile import load_profile
from briefing.rendering.html import render_html
from briefing.rendering.json_text import layout_from_json
from briefing.rendering.layout import Layout
from briefing.rendering.logo import LARGEST, MOST_PIXELS, read_logo
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.attachments import LAYOUT_ATTACHMENT
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from tests.rendering import briefs

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 20">{}</svg>'
SHAPES = (
    '<defs><path id="p" d="M0 0h30v10z"/></defs><use xlink:href="#p" fill="#123456"/><circle cx="5" cy="15" r="4"/>'
)


def picture(kind, size=(120, 80)):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.png", picture("PNG"), "image/png"),
        ("a.jpeg", picture("JPEG"), "image/jpeg"),
        ("a.txt", picture("JPEG"), "image/jpeg"),
        ("a.svg", SVG.format(SHAPES), "image/svg+xml"),
    ],
)
def test_a_logos_kind_is_recognised_by_content(write, name, content, media):
    assert read_logo(write(name, content)).media == media


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.png", "<html><body>A page</body></html>", "not a PNG, JPEG or SVG"),
        ("a.png", b"", "not a PNG, JPEG or SVG"),
        ("a.png", b"GIF89a" + bytes(50), "not a PNG, JPEG or SVG"),
        ("a.png", picture("PNG")[:60], "damaged"),
        ("a.png", picture("PNG", (8, 8)), "8 x 8 pixels"),
        ("a.png", picture("PNG", (MOST_PIXELS + 1, 20)), "pixels"),
        ("a.svg", "<html><svg/></html>", "not an SVG"),
        ("a.svg", "<svg", "not a valid SVG"),
        ("a.svg", SVG.format("<script>alert(1)</script>"), "'script'"),
        ("a.svg", SVG.format('<path onclick="x()" d="M0 0h1"/>'), "event"),
        ("a.svg", SVG.format("<foreignObject><p>x</p></foreignObject>"), "'foreignObject'"),
        ("a.svg", SVG.format('<image href="http://a.org/x.png"/>'), "'image'"),
        ("a.svg", SVG.format('<image href="data:image/png;base64,AA"/>'), "'image'"),
        ("a.svg", SVG.format('<use xlink:href="http://a.org/x.svg#p"/>'), "outside"),
        ("a.svg", SVG.format('<use href="file:///etc/passwd"/>'), "outside"),
        ("a.svg", SVG.format('<path fill="url(http://a.org/x)" d="M0 0h1"/>'), "outside"),
        ("a.svg", SVG.format("<style>@import 'http://a.org/x.css'</style>"), "outside"),
        ("a.svg", SVG.format("<style>path { fill: u\\72l(http://a.org) }</style>"), "outside"),
        ("a.svg", SVG.format("<style>path { fill: url( 'http://a.org' ) }</style>"), "outside"),
        ("a.svg", SVG.format("<text>Ministry</text>"), "holds text"),
        ("a.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "document type"),
        ("a.svg", '<!DOCTYPE svg SYSTEM "http://a.org/x.dtd">' + SVG.format(""), "document type"),
        ("a.svg", '<?xml-stylesheet href="http://a.org/x.css"?>' + SVG.format(""), "instruction"),
    ],
)
def test_an_unsafe_picture_is_refused(write, name, content, reason):
    with pytest.raises(RenderingError, match=reason):
        read_logo(write(name, content))


def tree_of_uses(levels, fan):
    """Return an SVG of two kilobytes whose last part draws *fan* times the part before it, and so on."""
    uses = (f'<g id="p{level}">' + f'<use href="#p{level - 1}"/>' * fan + "</g>" for level in range(1, levels))
    return SVG.format('<defs><path id="p0" d="M0 0h1v1z"/>' + "".join(uses) + f'</defs><use href="#p{levels - 1}"/>')


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (tree_of_uses(12, 10), "each element counted as often"),
        (tree_of_uses(25, 2), "each element counted as often"),
        (tree_of_uses(80, 1), "more than 60 nested"),
        (SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "refers to itself"),
        (SVG.format('<g id="a"><use xlink:href=" #a"/></g>'), "refers to itself"),
        (SVG.format('<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask>'), "refers to itself"),
        (SVG.format("<g>" * 200 + "</g>" * 200), "more than 60 nested"),
        (SVG.format("<g>" * 5000 + "</g>" * 5000), "more than 60 nested"),
        (SVG.format("<g/>" * 40_000), "each element counted as often"),
        (SVG.format("<style>" + ".a{fill:red}" * 2000 + "</style>" + "<g/>" * 2000), "style sheet that is too long"),
        (
            SVG.format('<style>*{mask:url(#m)}</style><mask id="m"><rect width="9" height="9"/></mask>'),
            "refers to an element",
        ),
        (SVG.format('<filter id="f"><feTurbulence numOctaves="9999999"/></filter>'), "'filter'"),
        (SVG.replace("viewBox", 'width="nan" viewBox').format(SHAPES), "not a number"),
        (SVG.replace("viewBox", 'height="inf" viewBox').format(SHAPES), "not a number"),
        (SVG.replace("viewBox", 'height="-Infinity" viewBox').format(SHAPES), "not a number"),
        (SVG.replace("viewBox", 'height="-5" viewBox').format(SHAPES), "not a valid size"),
        (SVG.replace("viewBox", 'width="1e309" viewBox').format(SHAPES), "too large"),
        (SVG.replace("viewBox", 'width="1000000001%" viewBox').format(SHAPES), "too large"),
        (SVG.replace("0 0 30 20", "0 0 1e30 1e30").format(SHAPES), "too large"),
        (SVG.replace("0 0 30 20", "0 0 30").format(SHAPES), "not a valid size"),
        (SVG.replace("0 0 30 20", "0 0 NaN 20").format(SHAPES), "not a number"),
        (SVG.format('<path d="M0 0L1e400 5"/>'), "too large"),
        (SVG.format('<svg width="nan"/>'), "not a number"),
        (SVG.format('<rect style="width: nan" height="9"/>'), "not a number"),
        (SVG.format("<style>rect { width: 1e999 }</style><rect height='9'/>"), "too large"),
        (SVG.format('<marker id="m"/><path marker-mid="url(#m)" d="M0 0h1h1"/>'), "marker-mid"),
        (SVG.format('<marker id="m"/><g style="marker: url(#m)"><path d="M0 0h1h1"/></g>'), "marker"),
        (
            SVG.format(
                f'<clipPath id="p"><path d="M0 0{"h1" * 5000}"/></clipPath><g clip-path="url(#p)">{"<rect/>" * 400}</g>'
            ),
            "draws more",
        ),
        (SVG.format('<path d="M0 0h9999" stroke="red" stroke-dasharray="0.000001"/>'), "too fine"),
        (SVG.format('<g transform="scale(1e99)"/>'), "too large"),
    ],
)
def test_an_svg_beyond_the_supported_parts_is_refused(write, content, reason):
    with pytest.raises(RenderingError, match=reason):
        read_logo(write("a.svg", content))


@pytest.mark.parametrize(
    "content",
    [
        SVG.format("<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop offset='0'/></linearGradient>"),
        SVG.format('<svg x="1" width="5" height="5"><circle r="3"/></svg>'),
        SVG.format('<defs><marker id="m"/></defs><circle r="3" style="marker:none"/>'),
        SVG.replace("viewBox", 'width="100%" height="2em" viewBox').format(SHAPES),
        SVG.format('<g id="a"><path d="M0 0h1"/></g>' + '<use href="#a"/>' * 500),
        SVG.format('<path d="M0 0' + "l.1-.1 1e-3 2" * 30_000 + '"/>'),
    ],
)
def test_an_svg_of_usual_parts_is_taken(write, content):
    assert read_logo(write("a.svg", content)).media == "image/svg+xml"


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "a.png"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    with pytest.raises(RenderingError, match=f"40,000,000 bytes; at most {LARGEST:,}"):
        read_logo(str(path))


@pytest.mark.parametrize("name", ["missing.png", "."])
def test_an_unreadable_logo_is_refused(tmp_path, name):
    with pytest.raises(RenderingError, match="cannot be read"):
        read_logo(str(tmp_path / name))


def test_the_error_names_the_line_of_the_profile(write):
    profile = write("house.yaml", "title: Brief\nlook:\n  logo: crest.png\n")
    write("crest.png", "<html>")
    with pytest.raises(ProfileError, match=r"house\.yaml:3: logo: .*crest\.png is not a PNG, JPEG or SVG"):
        check_profile(load_profile(profile))


@pytest.mark.parametrize("theme", ["chancery", "newsroom", "plain"])
@pytest.mark.parametrize("content", [picture("PNG", (400, 40)), picture("JPEG", (40, 400)), SVG.format(SHAPES)])
def test_a_page_verifies_only_with_its_logo(write, theme, content):
    layout = Layout(theme=theme, logo=read_logo(write("logo", content)))
    pdf = render_pdf(briefs.typical(), layout)
    attached = layout_from_json(printed(pdf).attachments[LAYOUT_ATTACHMENT], "a.pdf")
    assert list(check_page(printed(pdf), lay_out(briefs.typical(), attached))) == []
    plain = lay_out(briefs.typical(), Layout(theme=theme))
    assert "a logo is painted, but the attached layout has none" in list(check_page(printed(pdf), plain))
    bare = printed(render_pdf(briefs.typical(), Layout(theme=theme)))
    assert "the logo is missing" in list(check_page(bare, lay_out(briefs.typical(), attached)))


def moved(pdf, old, new):
    with pikepdf.open(BytesIO(pdf)) as document:
        contents = document.pages[0].Contents
        assert old in contents.read_bytes()
        contents.write(contents.read_bytes().replace(old, new, 1))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def test_a_logo_moved_over_text_is_caught(write):
    layout = Layout(logo=read_logo(write("logo.png", picture("PNG"))))
    pdf = render_pdf(briefs.typical(), layout)
    with pikepdf.open(BytesIO(pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
    frame = content[: content.index(b"/Figure")].rpartition(b" re")[0].rpartition(b"\n")[2]
    left = frame.split()[0]
    over = moved(pdf, frame + b" re", frame.replace(left, b"260", 1) + b" re")
    assert "page 1: a picture is painted over text" in printed(over).oddities


def test_text_within_a_logo_is_caught(write):
    layout = Layout(logo=read_logo(write("logo.png", picture("PNG"))))
    changed = moved(render_pdf(briefs.typical(), layout), b" Do", b" Do BT ET")
    assert "page 1: text is shown in the logo" in printed(changed).oddities


def test_the_attached_layout_names_the_logo_without_repeating_it(write):
    logo = read_logo(write("logo.png", picture("PNG")))
    attached = json.loads(printed(render_pdf(briefs.empty(), Layout(logo=logo))).attachments[LAYOUT_ATTACHMENT])
    assert attached["logo"] == {"media": "image/png", "size": logo.size, "sha256": logo.sha256}


def test_a_screen_has_the_logo_within_the_file(write):
    html = render_html(briefs.empty(), Layout(logo=read_logo(write("logo.svg", SVG.format(SHAPES)))))
    assert '<img class="logo" src="data:image/svg+xml;base64,' in html
    assert 'alt="Logo"' in html
