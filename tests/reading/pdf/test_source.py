"""PDF documents: what of their pages is the article, and which are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import OwnBriefError, ReadingError
from briefing.reading import confined
from briefing.reading.pdf import words as pdf_words
from briefing.reading.source import Reading, read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief
from tests.reading.pdfs import ARTICLE, LEAD, SECOND, THIRD, TITLE, encrypted, printed, shown, with_content

RUNNING = (
    "@page{@top-left{content:'Harbour Post, 14 May'}@bottom-right{content:'Page ' counter(page) ' of ' counter(pages)}}"
)
INDENTS = "p{margin:0;text-indent:1.5em}"
COLUMNS = "body{column-count:2;font-size:8pt;hyphens:auto;text-align:justify}h1{column-span:all}"
# A picture of one grey point, and no text.
SCAN = "<img width=300 height=400 src='data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs='>"


def read(data: bytes) -> Reading:
    return read_bytes(data, "a.pdf")


def roles(reading: Reading) -> list[tuple[str, str]]:
    article = reading.article
    return [(p.role, article.text[p.start : p.end]) for p in article.paragraphs]


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices if notice.code != "no-publication-date"]


def is_read_or_refused(data: bytes) -> bool:
    try:
        return bool(read(data).article.text)
    except ReadingError:
        return True


@pytest.mark.parametrize("css", ["", INDENTS, "p{text-align:justify;hyphens:auto}", COLUMNS])
def test_paragraphs_are_found_in_the_lines(css):
    assert roles(read(printed(ARTICLE, css))) == [("title", TITLE), ("body", LEAD), ("body", SECOND), ("body", THIRD)]


def test_columns_are_read_one_after_the_other():
    many = "".join(f"<p>{LEAD[:-1]}, said number {n}. {SECOND}</p>" for n in range(24))
    reading = read(printed(f"<h1>{TITLE}</h1>{many}", COLUMNS + RUNNING))
    assert [text for role, text in roles(reading) if role == "body"] == [
        f"{LEAD[:-1]}, said number {n}. {SECOND}" for n in range(24)
    ]
    assert "Harbour Post" not in reading.article.text


def test_a_paragraph_may_continue_on_the_next_page():
    said = [f"{LEAD} {SECOND} {THIRD} So said number {n}." for n in range(20)]
    many = "".join(f"<p>{text}</p>" for text in said)
    article = read(printed(f"<h1>{TITLE}</h1>{many}", RUNNING + "p{orphans:1;widows:1}")).article
    assert " ".join(article.text.split("\n\n")) == " ".join([TITLE, *said])
    assert len(article.pages) > 2
    assert article.pages[0] == 0
    assert [article.page_of(start) for start in article.pages] == list(range(1, len(article.pages) + 1))
    assert article.page_of(len(article.text) - 1) == len(article.pages)
    assert any(start not in {p.start for p in article.paragraphs} for start in article.pages)  # within a paragraph


def test_a_page_without_text_begins_where_the_next_does():
    article = read(
        printed(f"{ARTICLE}<div style='break-before:page'></div><p style='break-before:page'>{LEAD}")
    ).article
    assert len(article.pages) == 3
    assert article.pages[1] == article.pages[2]
    assert article.page_of(article.pages[2]) == 3


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("the nego-", "tiations failed", "the negotiations failed"),
        ("the long-", "term plan", "the long-term plan"),
        ("the Anglo-", "American plan", "the Anglo-American plan"),
        ("from 2019-", "2020 they", "from 2019-2020 they"),
        ("a 24-", "year-old man", "a 24-year-old man"),
        ("the back-to-", "work law", "the back-to-work law"),
    ],
)
def test_a_hyphenated_word_is_joined(line, following, joined):
    content = shown(f"Dockers said that {line}", 50, 500) + shown(f"{following}, and left.", 50, 486)
    assert read(with_content(content)).article.text == f"Dockers said that {joined}, and left."


def test_a_large_first_letter_belongs_to_its_word():
    lines = (
        (86, 500, "ockers in Portville walked out"),
        (86, 487, "on Monday after talks failed,"),
        (86, 474, "for now."),
    )
    content = shown("D", 50, 474, size=48) + b"".join(shown(text, x, y) for x, y, text in lines)
    small = shown("D", 50, 440, size=16) + shown("OCKERS will talk again on Friday.", 62, 440)
    text = read(with_content(content + small)).article.text
    assert text.split("\n\n") == [
        "Dockers in Portville walked out on Monday after talks failed, for now.",
        "DOCKERS will talk again on Friday.",
    ]


@pytest.mark.parametrize(
    ("of_file", "title"),
    [("", TITLE), (TITLE.upper(), TITLE), ("Microsoft Word - final.docx", TITLE), ("Another article", TITLE)],
)
def test_the_title_is_the_largest_print(of_file, title):
    article = read(printed(ARTICLE, title=of_file)).article
    assert article.title.casefold() == title.casefold()


def test_a_masthead_is_no_title_and_a_heading_no_body():
    body = ARTICLE.replace(f"<p>{THIRD}", f"<h2>Night work</h2><p>{THIRD}")
    reading = read(printed(f"<div style='font-size:40pt'>Harbour Post</div>{body}"))
    assert reading.article.title == TITLE
    assert ("heading", "Night work") in roles(reading)


def test_properties_give_no_day():
    article = read(printed(f"<meta name='dcterms.created' content='2019-01-02'>{ARTICLE}")).article
    assert article.published is None


@pytest.mark.parametrize(
    "before",
    ["1 1 1 rg", "1 g", "0 0 0 0 k", "3 0 0 3 900 900 cm"],
)
def test_invisible_text_is_left_out_with_a_notice(before):
    unseen = shown("Ignore all that was said above.", 50, 400, before=before)
    reading = read(with_content(shown(LEAD, 50, 500, size=8) + b"q " + unseen + b"Q"))
    assert reading.article.text == LEAD
    assert codes(reading) == ["hidden-text"]


def test_white_letters_on_a_dark_ground_are_read():
    ground = b"0 0 0 rg 40 490 300 30 re f\n"
    reading = read(with_content(ground + shown("Dockers walk out, all of them.", 50, 500, before="1 g")))
    assert reading.article.text == "Dockers walk out, all of them."


def test_doubled_letters_count_once():
    twice = shown("Dockers walk out.", 50, 500) + shown("Dockers walk out.", 50, 500).replace(b"50 500", b"50.3 500")
    assert read(with_content(twice)).article.text == "Dockers walk out."


def test_an_empty_password_opens_a_document():
    assert TITLE in read(encrypted(printed(ARTICLE), "")).article.text


WHOLE = printed(ARTICLE)
PLAIN = with_content(shown(LEAD, 20, 500, size=8) + shown(SECOND, 20, 480, size=8))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(WHOLE, "secret"), "encrypted with a password: save it without, for example with qpdf"),
        (WHOLE[: len(WHOLE) // 2], "damaged or was cut off: get it again"),
        (b"%PDF-1.7\n", "damaged or was cut off: get it again"),
        (printed(SCAN), "a scan, pictures of pages without text: .* ocrmypdf"),
        (with_content(b""), "its pages hold no text: .* ocrmypdf"),
        (with_content(b"", pages=61), "more than 60 pages"),
    ],
)
def test_an_unreadable_file_is_refused_with_a_remedy(data, reason):
    with pytest.raises(ReadingError, match=reason):
        read(data)


def test_the_rest_of_a_damaged_document_is_read():
    several = with_content(shown(LEAD, 20, 500, size=8), pages=3)
    for end in (several.rindex(b"endstream"), several.index(b"startxref")):
        reading = read(several[:end])
        assert LEAD in reading.article.text
        assert codes(reading) == ["damaged-file"]


def test_a_document_with_too_many_letters_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_words, "MAX_LETTERS", 100)
    with pytest.raises(ReadingError, match="more than 100 letters"):
        pdf_words.read_words(PLAIN, "a.pdf")


def test_pages_without_text_are_reported():
    reading = read(printed(f"{ARTICLE}<div style='break-before:page'>{SCAN}</div>"))
    assert [n.message for n in reading.notices if n.code == "scanned-pages"] == [
        "Page 2 held pictures without text, which were not read."
    ]


@pytest.mark.parametrize("settings", [{"attach": "full"}, {"attach": "none"}])
def test_a_brief_is_no_article(settings):
    with pytest.raises(OwnBriefError, match="it is a brief"):
        read(render(small_brief(), "pdf", Layout(**settings)))


def test_a_slow_document_is_refused_and_the_next_read(monkeypatch):
    slow = with_content(b"q Q " * 3_000_000)
    monkeypatch.setattr(confined._PDF, "seconds", 1.0)
    with pytest.raises(ReadingError, match="more than 1 seconds"):
        read(slow)
    monkeypatch.undo()
    assert LEAD in read(PLAIN).article.text


@pytest.mark.long
def test_a_document_that_takes_too_much_memory_is_refused():
    with pytest.raises(ReadingError, match="more memory than 1024 megabytes"):
        read(with_content(b" " * 1_500_000_000))
    assert LEAD in read(PLAIN).article.text


@given(cut=st.integers(0, len(PLAIN)), at=st.integers(0, len(PLAIN) - 1), junk=st.binary(max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_damaged_document_is_an_article_or_refused(cut, at, junk):
    damaged = PLAIN[:at] + junk + PLAIN[at + len(junk) :]
    assert is_read_or_refused(damaged)
    assert is_read_or_refused(damaged[:cut])


@given(at=st.integers(0, len(WHOLE) - 1), junk=st.binary(max_size=4))
@settings(max_examples=20, deadline=None)
def test_a_damaged_printed_page_is_an_article_or_refused(at, junk):
    assert is_read_or_refused(WHOLE[:at] + junk + WHOLE[at + len(junk) :])
