"""The canonical text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.canonical import clean, split_paragraphs


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("one\u2029two", "one\n\ntwo"),
        ("Anna&rsquo;s &quot;deal&quot; &mdash; AT&amp;T&nbsp;paid &#8364;3", 'Anna’s "deal" — AT&T\xa0paid €3'),
        ("&amp;mdash; twice encoded", "— twice encoded"),
        ("he said #8220;We';re leaving Peru’;s coast#8221;", "he said “We're leaving Peru’s coast”"),
        ("rules '8'; and 'no'; item #8220 stay", "rules '8'; and 'no'; item #8220 stay"),
        ("AT&T; &copy 2024 &nosuchthing;", "AT&T; &copy 2024 &nosuchthing;"),
        ("5 &lt; 6 but &lt;b&gt; is text", "5 < 6 but &lt;b> is text"),
        ("Cafe\u0301", "Café"),
        ("“Quoted” – ‘so’ «too» `` and ''", "“Quoted” – ‘so’ «too» `` and ''"),
    ],
)
def test_characters_are_normalised_and_quotation_marks_kept(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u202e", "\xad", "\ufeff", "\x00", "\x1b", "\x9f", "\u2066", "\U000e0041", "&shy;"]
)
def test_invisible_characters_are_left_out_and_counted(sign):
    assert clean(f"har{sign}bour").text == "harbour"
    assert clean(f"har{sign}bour").removed == 1


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\n\n  Two.\t \n \n", ("One.", "Two.")),
        ("One  word\xa0more\u2003here.", ("One word more here.",)),
        (
            "The port authority and the union met for two days.\nThey will meet again on Monday in the town hall.",
            ("The port authority and the union met for two days.", "They will meet again on Monday in the town hall."),
        ),
        (
            "The port authority and the union met for two days without finding\na deal on night work, and they will"
            " meet again on Monday in\nthe town hall of Portville.",
            (
                "The port authority and the union met for two days without finding a deal on night work, and they"
                " will meet again on Monday in the town hall of Portville.",
            ),
        ),
        (
            "Dockers in Portville walked out on Monday after talks with the\nPort Authority failed.",
            ("Dockers in Portville walked out on Monday after talks with the Port Authority failed.",),
        ),
        (
            "The captain could not say where the other ships that had left the bay were\nThe pilot was asked too",
            (
                "The captain could not say where the other ships that had left the bay were",
                "The pilot was asked too",
            ),
        ),
        (
            "Demands of the union:\n- higher pay\n- shorter shifts",
            ("Demands of the union:", "- higher pay", "- shorter shifts"),
        ),
    ],
)
def test_paragraphs_differ_from_wrapped_lines(text, paragraphs):
    assert split_paragraphs(text) == paragraphs


WRAPPED = """\
PORTVILLE, Freedonia (AP) _ Dockers walked out on Monday after talks
on night work failed for the third time in a month, leaving forty
ships waiting in the bay.
{indent}The port authority said it would publish its own offer before the
weekend. Anna Novak, who leads the union, called that a long-
overdue step.
{indent}Both sides meet again on Friday."""


@pytest.mark.parametrize("indent", ["", "   ", "\t"])
def test_wrapped_paragraphs_end_at_indents_or_short_lines(indent):
    paragraphs = split_paragraphs(WRAPPED.format(indent=indent))
    assert [paragraph.split()[0] for paragraph in paragraphs] == ["PORTVILLE,", "The", "Both"]
    assert "a long-overdue step." in paragraphs[1]


def test_a_headline_is_not_joined_to_wrapped_text():
    paragraphs = split_paragraphs("Dockers walk out in Portville\n" + WRAPPED.format(indent=""))
    assert paragraphs[0] == "Dockers walk out in Portville"
    assert len(paragraphs) == 4


_PIECES = st.sampled_from(
    [
        "&amp;",
        "&",
        "amp;",
        "lt;",
        "&lt;",
        "&shy;",
        "\u200b",
        "\n",
        "\n\n",
        " ",
        "\t",
        "\xa0",
        "a",
        "The talks",
        ".",
        "-",
        "e\u0301",
        "\u037e",
        "#38;",
        "---",
        "<",
        "b>",
        "\r",
        "“",
        "MOSCOW -- ",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=40).map("".join)))
def test_the_canonical_text_is_a_fixed_point(raw):
    text = "\n\n".join(split_paragraphs(clean(raw).text))
    again = clean(text)
    assert again.text == text
    assert again.removed == 0
    assert "\n\n".join(split_paragraphs(again.text)) == text
