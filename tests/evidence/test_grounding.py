"""A line's words are in its evidence, in order, outside its insertions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.evidence.grounding import Inserted, compose, first_ungrounded_word, holds


@pytest.mark.parametrize(
    ("line", "evidence", "missing"),
    [
        ("Norway will sign.", ["On Friday, Norway will sign the pact."], None),
        ("norway WILL sign", ["Norway will sign."], None),
        ("Norway sign will", ["Norway will sign."], "will"),
        ("Norway will not sign", ["Norway will sign."], "not"),
        ("31 July", ["on July 31"], "july"),
        ("Norway and Iceland", ["Norway spoke.", "So did Iceland and others."], "iceland"),
        ("Norway Iceland", ["Norway spoke.", "So did Iceland."], None),
        ("the ﬁsh", ["the fish"], None),
        ("", ["anything"], None),
        ("word", [], "word"),
    ],
)
def test_words_are_looked_for_in_order(line: str, evidence: list[str], missing: str | None) -> None:
    assert first_ungrounded_word(line, (), evidence) == missing


@pytest.mark.parametrize(
    ("text", "phrase", "held"),
    [
        ("The Brazilian vote", "Brazil", False),
        ("Talks in New York.", "new york", True),
        ("New talks in York", "New York", False),
        ("Japan's envoy", "Japan", True),
    ],
)
def test_a_phrase_is_held_by_whole_words(text: str, phrase: str, held: bool) -> None:
    assert holds(text, phrase) is held


def test_words_of_ours_are_passed_over() -> None:
    line = compose([Inserted("[Solheim]"), " said so"])
    assert line.text == "[Solheim] said so"
    assert first_ungrounded_word(line.text, line.insertions, ["She said so."]) is None


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        (["``We agree,'' said Berg."], "“We agree,” said Berg."),
        (["Berg said ", "``", "we ", "agree", ".", "''"], "Berg said “we agree.”"),
        (["''We agree,'' said Berg."], "“We agree,” said Berg."),
        (["(``we agree'')"], "(“we agree”)"),
        (["``He said `no.'''"], "“He said `no.'”"),
        ([",,Wir gehen,'' said Berg."], "„Wir gehen,” said Berg."),
        (["The door is 5'10'' high."], "The door is 5'10'' high."),
        (["Boats,,nets"], "Boats,,nets"),
        ([Inserted("``Berg''"), " said ``no''"], "``Berg'' said “no”"),
    ],
)
def test_typed_quotation_marks_become_curly_in_a_line(pieces: list[str], line: str) -> None:
    assert compose(pieces).text == line


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="`',"), max_size=8), st.booleans()), max_size=8))
def test_insertions_mark_exactly_the_words_of_ours(pieces: list[tuple[str, bool]]) -> None:
    line = compose([Inserted(text) if ours else text for text, ours in pieces])
    assert line.text == "".join(text for text, _ in pieces)
    assert [line.text[i.start : i.end] for i in line.insertions] == [text for text, ours in pieces if ours and text]


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_every_run_of_whole_words_is_grounded(text: str, a: int, b: int) -> None:
    parts = text.split()
    a, b = sorted((a % (len(parts) + 1), b % (len(parts) + 1)))
    assert first_ungrounded_word(" ".join(parts[a:b]), (), [" ".join(parts)]) is None
