"""Front matter above an article."""

from datetime import date

import pytest

from briefing.reading.front_matter import MAX_CHARACTERS, FrontMatter, split_front_matter

BODY = "The talks went on in Portville.\n"


def test_every_known_key_is_read():
    text = (
        '---\ntitle: Talks go on\ndate: 2024-05-17\noutlet: "The Portville Echo"\nurl: https://example.org/a\n'
        "byline: [Anna Novak, Tom Reed]\n---\n" + BODY
    )
    matter, body, notices = split_front_matter(text)
    assert matter == FrontMatter(
        title="Talks go on",
        published=date(2024, 5, 17),
        outlet="The Portville Echo",
        url="https://example.org/a",
        byline=("Anna Novak", "Tom Reed"),
    )
    assert body == BODY
    assert notices == ()


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "---\n\n" + BODY + "\n---\n",
        "---\n" + BODY + "---\n",
        "---\nNote: this is text\n---\n" + BODY,
        "---\ntitle: no end",
        "----\ntitle: X\n----\n",
        "---\n- title\n- date\n---\n" + BODY,
        "---\ntitle: " + "x" * MAX_CHARACTERS + "\n---\n" + BODY,
        "---\n" + "[" * 9000 + "\n---\n" + BODY,
    ],
)
def test_rules_that_enclose_no_front_matter_are_text(text):
    assert split_front_matter(text) == (FrontMatter(), text, ())


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("date: 2024-13-45", "invalid-date"),
        ("date: last Friday", "invalid-date"),
        ("date: 20240517", "invalid-date"),
        ("date: [2024]", "invalid-date"),
        ("title: X\nauthor: Y", "unknown-front-matter"),
        ("title: Talks: day two", "invalid-front-matter"),
        ("title: &a [x]\nbyline: [*a, *a]", "invalid-front-matter"),
        ("title: !!python/object:os.system x", "invalid-front-matter"),
        ("url: javascript:alert(1)", "invalid-url"),
    ],
)
def test_a_flaw_of_the_front_matter_is_a_notice(block, code):
    _, body, notices = split_front_matter(f"---\n{block}\n---\n{BODY}")
    assert body == BODY
    assert [notice.code for notice in notices] == [code]


def test_a_title_with_a_colon_is_kept_whole():
    matter, _, _ = split_front_matter("---\ntitle: Talks: day two\ndate: 2024-05-17\n---\n" + BODY)
    assert (matter.title, matter.published) == ("Talks: day two", date(2024, 5, 17))


@pytest.mark.parametrize(
    "written", ["2024-05-17", "2024-05-17T09:00:00Z", "17 May 2024", "May 17, 2024", '"2024-05-17"']
)
def test_a_date_may_be_written_in_several_ways(written):
    matter, _, _ = split_front_matter(f"---\ndate: {written}\n---\n{BODY}")
    assert matter.published == date(2024, 5, 17)


def test_half_and_invisible_characters_are_left_out():
    text = '---\ntitle: "A\\ud800 pact"\noutlet: "The\\u200b Echo\\u202e"\nbyline: ["\\udfff"]\n---\n' + BODY
    matter, _, _ = split_front_matter(text)
    assert matter == FrontMatter(title="A pact", outlet="The Echo")
