"""Saved web pages."""

from datetime import datetime as real_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import ReadingError
from briefing.reading.source import Reading, read_bytes
from briefing.reading.web.html import MAX_ELEMENTS, looks_like_html, read_page
from tests.reading.pages import CANONICAL, JSON_LD, MODIFIED, PUBLISHED, TEXT, page

HOME = "https://news.example/"


def read(html: str, name: str = "a.html") -> Reading:
    return read_bytes(html.encode(), name)


def parts(reading: Reading, role: str) -> list[str]:
    article = reading.article
    return [article.text[p.start : p.end] for p in article.paragraphs if p.role == role]


def test_a_page_becomes_an_article_with_its_metadata():
    reading = read(page())
    article = reading.article
    assert article.title == "Harbour talks end without a deal"
    assert article.outlet == "The Portville Echo"
    assert article.url == "https://example.org/2011/02/03/harbour-talks"
    assert article.byline == ("Anna Novak",)
    assert (article.published, article.published_basis) == ("2024-05-17", "metadata")
    assert (article.dateline.place, article.dateline.agency) == ("Portville", "Reuters")
    assert parts(reading, "title") == ["Harbour talks end without a deal"]
    assert parts(reading, "heading") == ["Night work in dispute"]
    body = parts(reading, "body")
    assert body[0].startswith("Negotiators of the port authority and the dockers’ union")
    assert body[1:] == list(TEXT[1:])
    assert reading.notices == ()


@pytest.mark.parametrize("name", ["a.html", "a.txt", "standard input"])
def test_a_page_is_known_by_its_content(name):
    assert read(page(), name).article.outlet == "The Portville Echo"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<!doctype html><p>x", True),
        ("\ufeff\n<!-- saved from a site -->\n<HTML lang=en>", True),
        ('<?xml version="1.0" encoding="utf-8"?><html xmlns="x">', True),
        ("<div><p>One.</p></div>", True),
        ("The <b>talks</b> ended.", False),
        ("a < b and c > d", False),
        ("<Sources> say so.", False),
        ("", False),
    ],
)
def test_html_is_recognised(text, html):
    assert looks_like_html(text) is html


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">SECRET words that nobody should ever see.</p>',
        '<p style="color: red; DISPLAY : NONE !important">SECRET words that nobody should ever see.</p>',
        '<div style="visibility: hidden"><p>SECRET words that nobody should ever see.</p></div>',
        "<p hidden>SECRET words that nobody should ever see.</p>",
        '<p hidden="until-found">SECRET words that nobody should ever see.</p>',
        '<p aria-hidden="true">SECRET words that nobody should ever see.</p>',
        '<p>Words that are seen. <span style="font-size:0">SECRET</span> More words.</p>',
        "<template><p>SECRET words that nobody should ever see.</p></template>",
        "<noscript><p>SECRET words that nobody should ever see.</p></noscript>",
        "<!-- SECRET words that nobody should ever see. -->",
        "<script>document.write('SECRET words that nobody should see.')</script>",
        "<style>p::after { content: 'SECRET words' }</style>",
        "<style>.no, p.x {color:red; display: none}</style><p class='big no'>SECRET words that nobody should see.</p>",
        "<style>/* a */ #no{visibility:hidden}</style><div id=no><p>SECRET words that nobody should see.</p></div>",
        "<dialog><p>SECRET words that nobody should ever see.</p></dialog>",
        "<div popover><p>SECRET words that nobody should ever see.</p></div>",
        "<details><summary>More</summary>SECRET <p>SECRET words that nobody should ever see.</p> SECRET</details>",
        *(
            f"<p {attribute}>SECRET words that nobody should ever see.</p>"
            for attribute in ("class='x sr-only'", "class='Visually-Hidden'", "class='screen-reader-text'")
        ),
    ],
)
def test_hidden_text_never_gets_in(hidden):
    assert "SECRET" not in read(page(inside=hidden)).article.text


_HIDING_STYLES = [
    r"dis\play:none",
    r"display:no\6e e",
    "display/**/:/**/none",
    "display:none;display:nonsense(;",
    "display:none;display:nonsense",
    "visibility:hidden;visibility:seen",
    "color:#fff;background:#fff;color:nonsense",
    "opacity:0;opacity:much",
    "content-visibility:hidden",
    "visibility:collapse",
    "opacity:.0",
    "opacity:0.01",
    "opacity:1%",
    "filter:opacity(0)",
    "font-size:0.01px",
    "font-size:.05em",
    "font-size:1%",
    "font:0/0 a",
    "text-indent:-9999px",
    "text-indent:-999em",
    "position:absolute;left:-9999px",
    "position:fixed;top:-100vh",
    "position:absolute;inset:-9999px auto auto 0",
    "margin-left:-10000px",
    "transform:scale(0)",
    "transform:rotate(3deg) scaleY(0.0)",
    "-webkit-transform:translateX(-9999px)",
    "transform:matrix(0,0,0,0,0,0)",
    "scale:0",
    "clip:rect(0,0,0,0)",
    "clip:rect(1px 1px 1px 1px)",
    "clip-path:inset(100%)",
    "-webkit-clip-path:inset(50% 50% 50% 50% round 2px)",
    "clip-path:circle(0)",
    "clip-path:polygon(0 0, 0 0, 0 0)",
    "height:0;overflow:hidden",
    "width:1px;height:1px;overflow:hidden",
    "color:white;background-color:#fff",
    "color:rgb(255,254,255);background:#ffffff none",
    "color:transparent",
    "--a:none;display:var(--a)",
    "--a:var(--b);--b:none;display:var(--a)",
    "display:var(--nothing, none)",
    "--w:#fff;color:var(--w)",
    "--a:0;opacity:var(--a)",
    "-webkit-text-fill-color:transparent",
    "-webkit-text-fill-color:#fff",
    "color:#fff",
    "color:#fefefe",
    "color:rgb(250 250 250)",
    "color:hsl(0 0% 99%)",
    "color:oklch(99% 0 0)",
    "color:rgba(0,0,0,.03)",
    "color:rgb(0 0 0 / 2%)",
    "color:canvas",
    "color:#111;background:#111",
    "color:#000;background:linear-gradient(#000,#000);background:#000",
    "background-color:black",
    "zoom:0",
    "zoom:.01",
    "zoom:1%",
    "transform:scale(.01)",
    "transform:scale3d(0.001,1,1)",
    "transform:rotateY(90deg)",
    "scale:1 0",
    "translate:-9999px",
    "translate:0 -200vh",
    "opacity:calc(0 * 1)",
    "opacity:calc(.5 - .5)",
    "font-size:calc(1px / 4)",
    "font-size:min(0px, 1em)",
    "font-size:1px",
    "font:0 serif",
    "font:1px/20px serif",
    "letter-spacing:-1em",
    "line-height:0;overflow:hidden",
    "max-height:0;overflow-y:hidden",
    "block-size:0;overflow:hidden",
    "margin:0 0 0 -9999px",
    "margin-inline-start:-9999px",
    "position:absolute;inset-inline-start:-9999px",
    "position:absolute;left:calc(-9000px - 999px)",
    "-webkit-mask-image:linear-gradient(transparent, transparent)",
    "clip-path:inset(0 100% 0 0)",
    "color:#fff;text-shadow:0 0 2px transparent",
]


@pytest.mark.parametrize("style", _HIDING_STYLES)
@pytest.mark.parametrize("form", ["<p style='{0}'>{1}</p>", "<style>p.no{{{0}}}</style><div><p class=no>{1}</p></div>"])
def test_text_hidden_by_a_style_is_left_out(style, form):
    text = read(page(inside=form.format(style, "SECRET words that nobody should ever see."))).article.text
    assert "SECRET" not in text
    assert TEXT[3] in text


@pytest.mark.parametrize(
    "rule",
    [
        "article .x{display:none}",
        "article p.x.y{display:none}",
        "p:not(.z):is(.x, .w){display:none}",
        "[class~=x]{display:none}",
        "h2, .w, article > .x ~ .y, .x{display:none}",
        "article{.x{display:none}}",
        "p{&.x{display:none}}",
        "@layer a{.x{display:none}}",
        "@supports (display:grid){.x{display:none}}",
        "@media screen{.x{display:none}}",
        "@media all, print{.x{display:none}}",
        r".\78{display:none}",
        ".x{display:none!important} p.x{display:block}",
        "#y .x{display:none} .x{display:block}",
        "@charset 'x'; @import 'y'; <!-- .x{display:none} -->",
        ":has(> .x) .x{display:none}",
        ".x{display:none",
        "@media (min-width:0){.x{display:none}}",
        "@media screen and (min-width:1px){.x{display:none}}",
        "@media (width >= 1px) and (color){.x{display:none}}",
        "@scope (article){.x{display:none}}",
        "@scope (h6){.z{display:none}} .x{display:none}",
        ":root{--a:none} .x{display:var(--a)}",
        "@property --a{syntax:'*';inherits:true;initial-value:none} .x{display:var(--a)}",
        "article{font-size:.2em} .x{font-size:.3em}",
        "article h1, .y{opacity:.2} .x{opacity:.04}",
        "body{background:#222;color:#eee} .x{color:#222}",
        "body{color:#fff;background:#fff} .x{color:#fff}",
        ":is(.x){color:#fff!important}",
        ".x{color:inherit} div, body{color:#fefefe} article{color:#fff}",
    ],
)
def test_a_style_sheet_hides_by_any_selector(rule):
    hidden = "<div id=y><p class='x y'>SECRET words that nobody should ever see.</p></div>"
    hidden += "<p class='x y'>SECRET words that nobody should ever see.</p>"
    text = read(page(inside=f"<style>{rule}</style>{hidden}")).article.text
    assert text.count("SECRET") == (1 if rule.startswith("#y") else 0)


@pytest.mark.parametrize(
    "rule",
    [
        "@media print{.x{display:none}}",
        "@media (max-width:40em){.x{display:none}}",
        "@supports not (display:grid){.x{display:none}}",
        ".x{display:none} p.x{display:block}",
        ".x{display:block!important} p.x{display:none}",
        ".x:hover{display:none}",
        ".x::before{display:none}",
        ".y .x{display:none}",
        "p > .x{display:none}",
        ".x{opacity:0.5;font-size:80%;text-indent:2em}",
        "div{font-size:0;visibility:hidden} div .x{font-size:16px;visibility:visible}",
        ".x{color:#fff;background-color:#000}",
        ".x{color:#fff;background:#fff url(a.png)}",
        ".x{position:relative;left:-50%;top:-1px}",
        ".x{left:-9999px}",
        ".x{transform:scale(0.9) translate(-50%,-50%) matrix(1,0,0,1,0,0)}",
        ".x{clip-path:inset(5% 50% 0 0);clip:rect(0,200px,100px,0)}",
        ".x{font:bold 10px/1.5 Serif;margin-left:-100%}",
        ".x{height:0}",
        ".x{content:'display:none'}",
        "/* .x{display:none} */",
        "} .x{display:none}",
        ".x{display:var(--nothing)}",
        ".x{--a:none;display:var(--a, block)} .x{--a:block}",
        ".x{opacity:var(--a)}",
        "body{background:#111} .x{color:#fff}",
        "html{background-color:rgb(20 20 20)} body{color:#eee} .x{color:#fefefe}",
        "div{background:#123 none} .x{color:#fff}",
        "div{background-image:url(a.png)} .x{color:#fff}",
        "div{background:linear-gradient(#000,#333)} .x{color:#fff}",
        "div{background:var(--dark)} .x{color:#fff}",
        ":root{--dark:#000} div{background:var(--dark)} .x{color:#fff}",
        "div{background:rgba(0,0,0,.7)} .x{color:#fff}",
        "@import url(dark.css); body{color-scheme:dark} .x{color:#fff}",
        ".x{-webkit-text-fill-color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text}",
        ".x{color:transparent;background:linear-gradient(red,blue) text}",
        ".x{color:transparent;-webkit-text-stroke:1px black}",
        ".x{color:transparent;text-shadow:0 0 0 #222}",
        ".x{color:#777} .x{color:rgb(90% 90% 20%)}",
        ".x{color:#ccc}",
        ".x{color:#fff;-webkit-text-fill-color:#222}",
        ".x{zoom:.9;scale:1.1;translate:-50% 10px;transform:rotate(4deg) scale(-1,1)}",
        ".x{font-size:calc(1rem + .2vw);letter-spacing:-.02em;line-height:0}",
        "div{font-size:0} .x{font-size:1rem}",
        ".x{font:700 16px/0 Serif}",
        ".x{margin:0 auto -10px -1.5rem}",
        "@media (max-width:400px){.x{color:#fff}}",
        "@media (prefers-color-scheme:dark){.x{color:#fff}}",
        ".x{mask-image:linear-gradient(black, transparent)}",
    ],
)
def test_text_that_a_style_sheet_shows_is_kept(rule):
    seen = "<div><p class=x>The widely known words of the two sides are seen.</p></div>"
    assert "widely known words" in read(page(inside=f"<style>{rule}</style>{seen}")).article.text


@pytest.mark.parametrize(
    "page_of",
    [
        "<div bgcolor='#000000'><p style='color:#fff'>{}</p></div>",
        "<table bgcolor='black'><tr><td style='color:white'>{}</td></tr></table>",
        "<div style='background-color:#024'><section><p><font color='#ffffff'>{}</font></p></section></div>",
        "<div style='position:relative'><img src='a.jpg'><p style='position:absolute;color:#fff'>{}</p></div>",
        "<p style='color:#fff'><a href='https://a.example'>{}</a></p>",
        "<link rel=stylesheet href=dark.css><p style='color:#fff'>{}</p>",
        "<p style='color:#fff'><span style='color:#333'>{}</span></p>",
    ],
)
def test_pale_letters_on_a_dark_background_are_kept(page_of):
    words = page_of.format("The widely known words of the two sides are seen.")
    assert "widely known words" in read(page(inside=words)).article.text


@pytest.mark.parametrize(
    "hidden",
    [
        "<font color='#ffffff'>{}</font>",
        "<div bgcolor='black'><p>{}</p></div>",
        "<div style='color:#fff'><p><b>{}</b></p></div>",
        "<div style='background:#fff'><p style='color:#fdfdfd'>{}</p></div>",
        "<div style='background:#000'><div style='background:#fff'><p style='color:#fff'>{}</p></div></div>",
        "<div style='--a:none'><p style='display:var(--a)'>{}</p></div>",
    ],
)
def test_letters_in_the_background_colour_are_left_out(hidden):
    reading = read(page(inside=f"<div>{hidden.format('SECRET words that nobody should ever see.')}</div>"))
    assert "SECRET" not in reading.article.text
    assert "hidden-text" in [notice.code for notice in reading.notices]


def test_a_closed_part_shows_only_its_summary():
    words = "<details {}><summary>What both sides said</summary><p>The widely known words of both.</p></details>"
    assert "widely known" in read(page(inside=words.format("open"))).article.text
    assert "widely known" not in read(page(inside=words.format(""))).article.text


def test_hidden_passages_are_reported_and_later_text_kept():
    reading = read(page(inside="<p>Both <span hidden>SECRET words that nobody sees</span>sides said so on Friday.</p>"))
    assert "Both sides said so on Friday." in reading.article.text
    assert [(notice.code, notice.message) for notice in reading.notices] == [
        ("hidden-text", "1 hidden passage of the page was left out.")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Talks end</h1><div>{0}</div><div>{1}</div>",
        "<div><h1>Talks end</h1>{0}<br><br>{1}</div>",
        "<h1>Talks end</h1><p>{0}</p><blockquote>{1}</blockquote>",
        "<h1>Talks end</h1><p>{0}<br>{1}</p>",
        "<h1>Talks\n end</h1>\n<p>\n{0}\n</p>\n<p>\n{1}\n</p>",
        "<table><tr><td><h1>Talks end</h1><p>{0}</p><p>{1}</p></td></tr></table>",
    ],
)
def test_paragraphs_are_found_whatever_marks_them(body):
    texts = (TEXT[1].replace(". ", ".\n"), f"The <b>authority</b> <a href='/a'>said</a> so.{TEXT[3]}")
    html = f"<html><head><title>Talks end | Echo</title></head><body>{body.format(*texts)}</body></html>"
    assert parts(read(html), "body") == [TEXT[1], f"The authority said so.{TEXT[3]}"]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (PUBLISHED, "2024-05-17"),
        (MODIFIED + PUBLISHED, "2024-05-17"),
        (JSON_LD, "2024-05-17"),
        ('<meta name="date" content="2024-05-17">', "2024-05-17"),
        ('<meta itemprop="datePublished" content="2024-05-17">', "2024-05-17"),
        ('<meta property="article:published_time" content="2087-05-17T10:00:00Z">', "2087-05-17"),
        ("", None),
        ('<meta property="og:image" content="https://example.org/2012/03/04/crane.jpg">', None),
        ('<meta property="article:published_time" content="soon">', None),
    ],
)
def test_the_day_of_publication_is_what_the_metadata_states(head, published):
    article = read(page(head=head)).article
    assert article.published == published


def test_a_time_element_counts_without_metadata():
    time = '<p><time datetime="2024-05-17T10:00:00Z">a week ago</time></p>'
    other = '<aside><time datetime="2010-01-01">then</time></aside>'
    assert read(page(head="", inside=time, after=other)).article.published == "2024-05-17"


def test_a_day_in_text_or_address_is_no_basis():
    reading = read(
        page(head="", inside="<p>The first strike began on March 3, 2009 and the second on 4 April 2011.</p>")
    )
    assert reading.article.published_basis == "unknown"
    assert "no-publication-date" in [notice.code for notice in reading.notices]


@pytest.mark.parametrize("year", [1999, 2024, 2150])
def test_a_page_reads_the_same_on_any_day(monkeypatch, year):
    class Clock(real_datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(year, 1, 1, tzinfo=tz)

    expected = [read(page(head=head)).article for head in (PUBLISHED + MODIFIED, JSON_LD, "", CANONICAL)]
    for module in ("htmldate.validators", "htmldate.core", "htmldate.extractors", "trafilatura.settings"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    assert [read(page(head=head)).article for head in (PUBLISHED + MODIFIED, JSON_LD, "", CANONICAL)] == expected


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><head><title>Echo</title></head><body></body></html>",
        "<html><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav></body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(html):
    with pytest.raises(ReadingError, match="no article"):
        read(html)


@pytest.mark.parametrize(
    ("link", "source", "named"),
    [
        ('rel="alternate" type="application/rss+xml" href="/news.xml"', HOME, "https://news.example/news.xml"),
        ('rel="Alternate home" type="application/atom+xml" href="https://a.example/f"', "home.html", "a.example/f"),
        ('rel="alternate" type="application/rss+xml" href="/news.xml"', "home.html", None),  # whose is not known
        ('rel="alternate" type="application/rss+xml" href="javascript:alert(1)"', HOME, None),
        ('rel="alternate" type="application/rss+xml" href="https://[/"', HOME, None),
        ('rel="alternate" type="text/html" hreflang="de" href="/de"', HOME, None),
        ('rel="stylesheet" type="application/rss+xml" href="/news.xml"', HOME, None),
    ],
)
def test_a_page_with_only_a_feed_suggests_its_address(link, source, named):
    with pytest.raises(ReadingError) as refused:
        read_page(f"<html><head><title>Echo</title><link {link}></head><body></body></html>", source)
    assert ("names a feed" in str(refused.value)) == (named is not None)
    assert named is None or f"{named}: brief that" in str(refused.value)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 20_000 + "The talks ended." + "</div>" * 20_000,
        "<html><body>" + "<b>" * 20_000,
        f'<html><body><p class="{"a" * 500_000}">The talks of the two sides ended on Friday.</p></body></html>',
        "<html " + "a=b " * 50_000 + "><p>The talks of the two sides ended.",
        "<html>" + "<!--" * 20_000,
        "<html><body><p>" + "x" * 250_000,
        "<html><style>" + "@a{b{}" * 30_000 + "x" * 100_000 + "</style><p>The talks of the two sides ended on Friday.",
        "<html><body>" + "<br>" * (MAX_ELEMENTS + 1),
        *(
            f"<html><style>{sheet}</style>{'<div class=a>' * 200}<p class=a>The talks of the two sides ended on Friday."
            for sheet in (
                "a{" * 60_000,
                "{([" * 60_000,
                "@media{" * 40_000,
                ":not(" * 40_000 + "{display:none}",
                ".a " * 3_000 + "{display:none}",
                ".a " * 12 + "b .a{display:none}",
                "* ~ " * 12 + "b .a{display:none}",
                ":has(* * * *:nth-last-child(2n+1 of .b)) .a{display:none}",
                "*{display:none;}" * 30_000,
                "& & &{" * 30 + "display:none",
                "x{color:" + "rgb(" * 100_000,
                "\\" * 200_000,
                ".a{clip-path:inset();clip:rect();opacity:;font:;text-indent: ;scale:;color:;background:}",
            )
        ),
        "<html><body>" + "<p class=a>The talks ended.</p>" * 14_000 + "<style>" + "p:last-of-type a,*~b{top:0}" * 900,
        "<html><details>" + "<p>The talks of the two sides ended.</p>" * 14_000,
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><p>&b; and the talks of both sides ended.</p>',
        "<html>\x00<body><p>The talks\x00 of the two sides ended on Friday.</p>",
    ],
)
def test_hostile_pages_are_read_or_refused(html):
    try:
        assert read(html).article.text
    except ReadingError:
        return


_TAGS = [
    "<p>",
    "</p>",
    "<div hidden>",
    "</article>",
    "<script>",
    "<!--",
    "-->",
    "<svg>",
    "&#0;",
    "<br>",
    "<html>",
    "<table>",
]
_TAGS += [
    "<",
    ">",
    "\x00",
    '"',
    "<![CDATA[",
    "<?xml",
    '<link rel=canonical href="http://[">',
    '<time datetime="x">',
    "<pre>",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2500), st.sampled_from(_TAGS)), max_size=12))
def test_any_damaged_page_is_read_or_refused(damages):
    html = page()
    for place, damage in damages:
        html = html[:place] + damage + html[place:]
    try:
        article = read(html).article
    except ReadingError:
        return
    assert article.text


def test_addresses_outside_the_web_are_left_out():
    html = page().replace("https://example.org/2011/02/03/harbour-talks", "javascript:alert(1)")
    assert read(html).article.url is None


def test_front_matter_above_a_page_outranks_its_metadata():
    article = read("---\ndate: 2020-01-02\noutlet: Herald\n---\n" + page()).article
    assert (article.published, article.published_basis, article.outlet) == ("2020-01-02", "front matter", "Herald")


@pytest.mark.parametrize("odd", ["\x0b", "\x1f", "\ufffe", "&#11;", "&#x1;", "&#8", "&#xFFFE;", "&#65535;", "&#0;"])
def test_characters_that_xml_does_not_have_are_spaces(odd):
    lead = "Dockers in Portville walked out on Monday after talks on night work failed."
    head = f"<html><head><title>Dockers{odd}</title></head><body><h1>Dockers{odd}</h1>"
    article = read_bytes(f"{head}<p>{lead}{odd}{lead}</p></body></html>".encode(), "a.html").article
    assert article.text.count(lead) == 2
