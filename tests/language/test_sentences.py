"""Where sentences begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language.sentences import mark_sentence_starts, split_sentences
from tests.fakes.articles import article_of


def _sentences(analyse, text, **options):
    analysis = analyse(text, **options)
    return [analysis.article.text[sentence.start : sentence.end] for sentence in analysis.sentences]


@pytest.mark.parametrize(
    "sentence",
    [
        "Gen. Ada Brook met St. Mary's council on Jan. 5 with Sen. Cole.",
        "Police Insp. Roy Dale found item No. 7 on Oct. 12.",
        "John F. Lambert left the U.S. Senate early.",
        "The U.S. Navy and the U.K. Treasury agreed.",
        'He said "never" to Lt. Col. Iris Wood.',
        "She called it (in her words) a start.",
        "Talks on item 4.5 ended at 5 p.m. on Friday.",
        "The firm rose 1.2 percent; its rival fell.",
    ],
)
def test_an_abbreviation_ends_no_sentence(analyse, sentence):
    assert _sentences(analyse, sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They left the U.S. The talks failed.", ["They left the U.S.", "The talks failed."]),
        ("He left at 5 p.m. They stayed.", ["He left at 5 p.m.", "They stayed."]),
        ("It is Plan B. The council chose it.", ["It is Plan B.", "The council chose it."]),
        ("He ended it.Then he left.", ["He ended it.", "Then he left."]),
        ('"We won." They cheered.', ['"We won."', "They cheered."]),
        ("“We won.”They cheered.", ["“We won.”", "They cheered."]),
        ('He called it "a bad day for Peru. " It rained.', ['He called it "a bad day for Peru. "', "It rained."]),
        ('"We won. " " They lost." It rained.', ['"We won. "', '" They lost."', "It rained."]),
        ('He left. " We won," she said.', ["He left.", '" We won," she said.']),
        ('"Did we win?" he asked. "Yes."', ['"Did we win?" he asked.', '"Yes."']),
        ("First line\n\nSecond line", ["First line", "Second line"]),
        ("He left (at last.) She stayed.", ["He left (at last.)", "She stayed."]),
        ("Lund Harbour The port is closed.", ["Lund Harbour", "The port is closed."]),
        ("In 2003 The Lund Gallery was closed.", ["In 2003 The Lund Gallery was closed."]),
        ("In Lund, The Queen was ill.", ["In Lund, The Queen was ill."]),
    ],
)
def test_a_full_stop_ends_a_sentence(analyse, text, sentences):
    assert _sentences(analyse, text) == sentences


def test_titles_have_no_number_and_never_run_on(analyse):
    analysis = analyse("The talks began. They went well.", title="Talks begin in Lund")
    assert [sentence.number for sentence in analysis.sentences] == [None, 1, 2]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Gen.",
                "U.S.",
                "He",
                "said",
                ".",
                '"',
                "”",
                "“",
                "?",
                "\n\n",
                " ",
                "No.",
                "5",
                "A.",
                ")",
                "\u200f",
                "🙂",
                "\x00",
            ]
        )
    )
)
def test_sentences_are_in_order_and_cover_their_paragraphs(nlp, pieces):
    text = "".join(piece + " " if piece.isalnum() else piece for piece in pieces) or "x"
    article = article_of(text)
    doc = nlp.make_doc(text)
    mark_sentence_starts(doc, article)
    sentences = split_sentences(nlp(doc), article)
    assert doc.text == text
    last = 0
    for sentence in sentences:
        paragraph = article.paragraphs[sentence.paragraph]
        assert last <= sentence.start < sentence.end
        assert paragraph.start <= sentence.start
        assert sentence.end <= paragraph.end
        last = sentence.end
    covered = "".join(text[s.start : s.end] for s in sentences)
    assert "".join(covered.split()) == "".join("".join(text[p.start : p.end] for p in article.paragraphs).split())


@pytest.mark.parametrize("unit", ["and ", "Norway, Iceland; ", ") ", "“ word ", "U.S. ", "no. "])
def test_no_sentence_is_longer_than_any_may_be(nlp, unit):
    article = article_of((unit * 1000).strip())
    doc = nlp.make_doc(article.text)
    mark_sentence_starts(doc, article)
    sentences = split_sentences(nlp(doc), article)
    assert max(sentence.last - sentence.first for sentence in sentences) <= 300
