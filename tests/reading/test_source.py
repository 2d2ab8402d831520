"""Sources of any kind in, articles out."""

import hashlib
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.errors import ReadingError
from briefing.model.brief import Article
from briefing.reading.contents import MAX_CHARACTERS
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief

LEAD = "Dockers in Portville walked out on Monday after talks on night work failed for the third time."
ARTICLE = f"""\
All news
Updated at:

Dockers walk out in Portville

Union leader Anna Novak calls the offer an insult to everyone who works at night

PORTVILLE, July 22. /TASS/. {LEAD}

The port authority said it would publish its own offer before the weekend.
"""


def read(text: str, **options: date) -> Reading:
    return read_bytes(text.encode(), "a.txt", **options)


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


def test_a_text_becomes_an_article():
    reading = read(ARTICLE)
    article = reading.article
    assert article.title == "Dockers walk out in Portville"
    assert article.subtitle.startswith("Union leader Anna Novak")
    assert article.outlet == "TASS"
    assert article.dateline.model_dump() == {"place": "Portville", "date": "XXXX-07-22", "agency": "TASS"}
    assert (article.published, article.published_basis, article.sentences) == (None, "unknown", ())
    assert codes(reading) == ["no-publication-date"]
    assert reading.source_sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert article.text[article.paragraphs[4].end + 1 : article.paragraphs[5].end] == LEAD


@pytest.mark.parametrize(
    ("text", "given_day", "published", "basis", "dateline"),
    [
        (ARTICLE, None, None, "unknown", "XXXX-07-22"),
        (ARTICLE, date(2018, 7, 23), "2018-07-23", "given", "2018-07-22"),
        ("---\ndate: 2018-07-23\n---\n" + ARTICLE, None, "2018-07-23", "front matter", "2018-07-22"),
        ("---\ndate: 2018-07-23\n---\n" + ARTICLE, date(2019, 1, 2), "2019-01-02", "given", "2018-07-22"),
        ("---\ndate: someday\n---\n" + ARTICLE, None, None, "unknown", "XXXX-07-22"),
        (ARTICLE.replace("July 22.", "July 22, 2018."), None, "2018-07-22", "dateline", "2018-07-22"),
        (f"Dockers walk out\n\nAugust 12, 2005\n\n{LEAD}", None, "2005-08-12", "dateline", "2005-08-12"),
        (f"Dockers walk out\n\nFriday, August 12, 2005\n\n{LEAD}", None, "2005-08-12", "dateline", "2005-08-12"),
        (f"Dockers walk out\n\nPublished: 12 August 2005\n\n{LEAD}", None, "2005-08-12", "dateline", "2005-08-12"),
        (f"Dockers walk out\n\nAugust 12\n\n{LEAD} In 2004 they had won.", None, None, "unknown", "XXXX-08-12"),
        (f"Dockers walk out\n\n{LEAD}\n\n© 2005 Echo", None, None, "unknown", None),
        (f"---\nurl: https://example.org/2011/02/03/x\n---\n{LEAD} It was 2011.", None, None, "unknown", None),
    ],
)
def test_the_best_basis_dates_publication_and_the_dateline(text, given_day, published, basis, dateline):
    reading = read(text, published=given_day)
    article = reading.article
    assert (article.published, article.published_basis) == (published, basis)
    assert (article.dateline.date if article.dateline else None) == dateline
    assert ("no-publication-date" in codes(reading)) is (published is None)


def test_a_dateline_at_new_year_takes_the_closest_year():
    text = f"ROME, Dec 31 (ANSA) - {LEAD}"
    assert read(text, published=date(2020, 1, 1)).article.dateline.date == "2019-12-31"


def test_an_article_without_a_title_takes_opening_words():
    article = read(LEAD + " " + LEAD).article
    assert (
        article.title == "Dockers in Portville walked out on Monday after talks on night work failed for the third time"
    )
    assert "title" not in [p.role for p in article.paragraphs]


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        (
            "Dockers in Portville walked out on Oct. 3 after talks failed.",
            "Dockers in Portville walked out on Oct. 3 after talks failed",
        ),
        (
            "Dockers in the old harbour of Portville walked out on Monday after their long talks with the new owner, "
            "Maria Helena Novak, failed for the third time.",
            "Dockers in the old harbour of Portville walked out on Monday after their long talks with the new owner…",
        ),
        (
            "“We will not work at night in the old harbour until there is an offer that is good for those who work in "
            "the harbour,” Novak said.",
            "We will not work at night in the old harbour until there is an offer that is good for those who work…",
        ),
    ],
)
def test_opening_words_are_cut_between_phrases(lead, title):
    assert read(lead + "\n\n" + LEAD).article.title == title


@pytest.mark.parametrize("stamp", ["Updated: 2016-07-15 13:14 By Agencies", "8:15 AM ET Tue, 6 Mar 2018 | 01:25"])
def test_a_title_is_printed_without_the_hour_behind_it(stamp):
    assert read(f"Dockers walk out in Portville {stamp}\n\n{LEAD}").article.title == "Dockers walk out in Portville"


def test_a_headline_alone_is_an_article_with_a_notice():
    reading = read("Dockers walk out in Portville\n")
    assert reading.article.title == "Dockers walk out in Portville"
    assert [p.role for p in reading.article.paragraphs] == ["title"]
    assert "only-headline" in codes(reading)


def test_the_front_matters_title_replaces_a_missing_one():
    article = read(f"---\ntitle: Walk-out\nbyline: Anna Novak\n---\n{LEAD}").article
    assert (article.title, article.byline) == ("Walk-out", ("Anna Novak",))
    assert article.text == LEAD


def test_a_byline_in_the_text_names_the_reporters():
    assert read(f"Dockers walk out\nBy Anna Novak and Tom Reed\n\n{LEAD}").article.byline == ("Anna Novak", "Tom Reed")


def test_invisible_characters_are_one_notice():
    reading = read(LEAD.replace("o", "\u200bo\xad") + "\x00")
    assert reading.article.text == LEAD
    assert codes(reading).count("hidden-characters") == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "no words"),
        (b"--- 123 ---", "no words"),
        (b"%PDF-1.7", "PDF"),
        ((LEAD + "\n\n").encode() * 1250, "has 1[0-9]{2},[0-9]{3} characters, more than 100,000: cut it"),
        (b"word " * 100_000, "has 500,000 characters, more than 100,000: cut it"),
        (b' {"title": "Dockers walk out", "text": "The talks ended on Friday."}', "JSON; briefing render"),
        ('{"text": "The talks ended on Friday."}'.encode("utf-16"), "JSON"),
        (b'\xef\xbb\xbf["The talks ended on Friday."]\n', "JSON"),
        ((LEAD + " ").encode() * 300, "break it up"),
        (f"{LEAD}\n\ndata:image/png;base64,{'QUJD' * 300}".encode(), "word of 1,222 characters"),
        (b"Le ministre a dit que les dockers ne sont pas d'accord avec la direction du port.", "French"),
        ("Der Minister sagte, dass die Hafenarbeiter mit der Behörde nicht einig sind.".encode(), "German"),
        ("Министр сказал, что докеры не согласны с администрацией порта.".encode(), "Russian"),
    ],
)
def test_an_unusable_source_is_refused_with_the_reason(data, reason):
    with pytest.raises(ReadingError, match=reason):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "x" * MAX_CHARACTERS,
        ("word " * 19_000)[:-1],
        "The talks ended. " * 5_500,
        "(" * 90_000 + "a",
        "&amp;" * 19_000 + "a",
        "MOSCOW " * 50 + "talks " * 16_000,
        "a\n" * 30_000,
        "\u200ba" * 30_000,
        "By A" * 24_000,
        "a@" * 49_000,
        "Novak A-" * 12_000,
        "A-" * 49_000 + " :",
        "Why?\n" * 7_000 + "The talks ended on Friday. " * 2_200,
        '."' * 49_000 + "a",
    ],
)
def test_a_huge_text_is_read_or_refused(text):
    try:
        _check(read(text))
    except ReadingError:
        return


def test_a_reading_does_not_depend_on_where_the_file_lies(tmp_path):
    readings = []
    for name in ("a.txt", "folder/b.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ndate: someday\nfoo: 1\n---\n" + ARTICLE + "\u200b", encoding="utf-8")
        readings.append(read_file(path))
    assert readings[0] == readings[1]


def test_a_missing_file_is_reported(tmp_path):
    (tmp_path / "b.txt").write_text(LEAD, encoding="utf-8")
    assert read_file(tmp_path / "b.txt").article.text == LEAD
    for path, reason in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "folder"),
        (tmp_path / ("x" * 300), "opened"),
    ):
        with pytest.raises(ReadingError, match=reason) as caught:
            read_file(path)
        assert caught.value.source == str(path)


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_brief_is_no_article(tmp_path, form):
    brief = render(small_brief(), form, Layout())
    (tmp_path / f"brief.{form}").write_bytes(brief)
    with pytest.raises(ReadingError, match="it is a brief, not an article"):
        read_file(tmp_path / f"brief.{form}")


@pytest.mark.parametrize(
    "text",
    [
        "[Portville] {} The talks ended on Friday, officials said.",
        "[1] The talks ended on Friday, officials said.",
        "The page said: <meta name='generator' content='briefing'> and the talks ended on Friday.",
        "A briefing 0.1.0 · profile standard · source 3d63c10e was given before the talks ended on Friday.",
    ],
)
def test_an_article_that_looks_like_json_is_read(text):
    assert read(text).article.text == text


def test_plain_text_is_read_without_the_heavy_packages():
    program = (
        "import sys; from briefing.reading.source import read_bytes;"
        f"read_bytes({ARTICLE!r}.encode(), 'a');"
        "heavy = ('trafilatura', 'htmldate', 'lxml', 'charset_normalizer', 'tinycss2', 'spacy');"
        "print([m for m in heavy if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert result.stdout == "[]\n"


def _check(reading: Reading) -> None:
    """Demand what every reading promises; the model itself checks the ranges."""
    article = reading.article
    assert Article.model_validate(article.model_dump()) == article
    assert article.title.strip()
    covered = [article.text[p.start : p.end] for p in article.paragraphs]
    assert all(part == part.strip() for part in covered)
    assert "".join("".join(covered).split()) == "".join(article.text.split())
    assert not any(sign in article.text for sign in ("\x00", "\u200b", "\xad", "\t", "\r", "\n\n\n", "  "))
    again = read_bytes(article.text.encode(), "again").article
    assert again.text == article.text


_WORDS = st.sampled_from(
    [
        "MOSCOW, July 22. /TASS/. ",
        "talks ",
        "The union said. ",
        "\n",
        "\n\n",
        "By Anna Novak\n",
        "Sources\n",
        "(Reuters)",
        "“",
        '"',
        "Read more\n",
        "© 2020 ",
        "&mdash;",
        "\u200b",
        "- item\n",
        "May 5, 2020\n",
        "Novak AnnaPresident of X: ",
        "🎉",
        "שלום ",
        "---\n",
        "title: x\n",
        "date: 2020-01-01\n",
        "<",
        "Why?\n",
        "U.S.\n",
        "--",
        " (Reporting by X)",
        "\x00",
        "\x85",
        "e\u0301",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(_WORDS, max_size=40).map("".join)))
@example("---\n---\n---\n")
@example("a" * 91)
def test_any_text_is_an_article_or_refused(text):
    try:
        reading = read(text)
    except ReadingError:
        return
    _check(reading)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_refused(data):
    try:
        reading = read_bytes(data, "a.bin")
    except ReadingError:
        return
    _check(reading)
