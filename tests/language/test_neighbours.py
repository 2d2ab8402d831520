"""A rule that looks beside a token finds nothing beyond the ends of the text, where a Doc wraps or raises."""

import re
from pathlib import Path

import pytest
from spacy.language import Language

import briefing
from briefing.jobs.briefs import brief
from briefing.language.neighbours import token_after, token_before, word_after, word_before

PACKAGE = Path(briefing.__file__).parent


def test_neighbours_outside_the_text_are_empty(nlp: Language) -> None:
    doc = nlp.make_doc("Oslo Talks Resume")
    assert [token_before(token) for token in doc] == [None, doc[0], doc[1]]
    assert [token_after(token) for token in doc] == [doc[1], doc[2], None]
    assert [word_before(token) for token in doc] == ["", "oslo", "talks"]
    assert [word_after(token) for token in doc] == ["talks", "resume", ""]
    assert (token_before(doc[1], 2), token_after(doc[1], 2)) == (None, None)
    assert (word_before(doc[2], 2), word_after(doc[0], 2)) == ("oslo", "resume")


def test_no_rule_steps_to_a_neighbour_by_itself() -> None:
    modules = [*(PACKAGE / "language").rglob("*.py"), *(PACKAGE / "extraction").rglob("*.py")]
    assert [path.name for path in modules if re.search(r"\.nbor\(", path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister met reporters on Monday. “We will not sign it…,” said Ingrid Solheim",
        "The visit was praised on Monday by Odd Berg, minister",
        "The pact, which the two sides signed in Bergen last year after long talks,",
        "Sen",
        "involved",
        "also",
        "But",
        "“We",
    ],
)
def test_no_rule_fails_at_the_end_of_a_text(text: str) -> None:
    assert not [notice for notice in brief(text).notices if notice.code == "extractor-failed"]
