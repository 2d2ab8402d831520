"""Who speaks a whole text, as its title says."""

import pytest

from briefing.evidence.grounding import Line
from briefing.extraction.summary.author import author_in, signed
from briefing.extraction.summary.extractor import SummaryExtractor
from briefing.model.brief import Insertion


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Statement by Minister Ana Sol on the Strike", "Minister Ana Sol"),
        ("Statement from the Mayor of Aln Marking Harbour Day", "Mayor of Aln"),
        ("A Message from President Ilona Varga", "President Ilona Varga"),
        ("Letter from Erik Dahl, Jr. to the Council", "Erik Dahl, Jr."),
        ("STATEMENT BY MINISTER SOL ON TRADE", "MINISTER SOL"),
        ("Visit by Minister Ana Sol to Lima", None),
        ("Joint Statement by the Ministers", None),
        ("Statement by the ministry", None),
        ("Statement on the Strike", None),
        ("Message from on", None),
        ("", None),
    ],
)
def test_the_title_of_a_statement_names_its_author(title, author):
    assert author_in(title) == author


def test_insertions_move_behind_the_author():
    line = signed(Line("Rain fell on [Aln].", (Insertion(start=13, end=18),)), "Ana Sol")
    assert [line.text[one.start : one.end] for one in line.insertions] == ["[Ana Sol:] ", "[Aln]"]


def test_the_author_precedes_the_first_line_and_the_first_person(analyse):
    text = """I welcome the decision of the council of Aln to open the port to all ferries in May 2024.

The port of Aln will employ 300 people from June and 500 people from the spring of 2025.

We will pay 40 million crowns for the wall that keeps any storm out of the harbour of Brekke."""
    statements = SummaryExtractor()(analyse(text, title="Statement by Minister Ana Sol on the Port of Aln"))
    assert [one.text.startswith("[Minister Ana Sol:] ") for one in statements] == [True, False, True]
    assert not any("[" in one.text for one in SummaryExtractor()(analyse(text, title="The port of Aln")))


def test_an_account_in_the_third_person_is_not_signed(analyse):
    text = "Minister Ana Sol opened the port of Aln on Monday and met the crews of two ferries."
    (line,) = SummaryExtractor()(analyse(text, title="Statement by Spokesman Jan Holm on the Port of Aln"))
    assert line.text == text
