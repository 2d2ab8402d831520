"""What a sentence of a summary leaves out, and what it adds in brackets."""

import pytest

from briefing.extraction.finished_line import finished
from briefing.extraction.sentence_trimming import SentenceTrimmer
from briefing.grounding import Line, first_ungrounded_word


def trimmed(analyse, text, *, number=-1, deep=False, told=()):
    """Return the line of the last sentence, or of that with this index."""
    analysis = analyse(text, published="2024-05-14")
    trimmer = SentenceTrimmer.of(analysis)
    sentence = analysis.sentences[number]
    light = trimmer.cuts(sentence)
    line = trimmer.line(sentence, cuts=trimmer.deep_cuts(sentence, light) if deep else light, told=told)
    whole = analysis.article.text[sentence.start : sentence.end]
    assert first_ungrounded_word(line.text, line.insertions, [whole]) is None
    return line.text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("However, the council rejected the plan.", "The council rejected the plan."),
        ("In addition, the council rejected the plan.", "The council rejected the plan."),
        ("At the same time, the council rejected the plan.", "The council rejected the plan."),
        ("But the council rejected the plan.", "The council rejected the plan."),
        ("And on Monday the council rejected the plan.", "On Monday the council rejected the plan."),
        ("The council, however, rejected the plan.", "The council, however, rejected the plan."),
        ("Both councils rejected the plan.", "Both councils rejected the plan."),
        ("Still water covered the fields.", "Still water covered the fields."),
        ("The council also rejected the plan.", "The council rejected the plan."),
        (
            "The council not only rejected but also mocked the plan.",
            "The council not only rejected but also mocked the plan.",
        ),
    ],
)
def test_a_connective_goes(analyse, text, line):
    assert trimmed(analyse, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The Senate (the upper house) met on Monday.", "The Senate met on Monday."),
        ("The World Trade Organization (WTO) met on Monday.", "The World Trade Organization (WTO) met on Monday."),
    ],
)
def test_an_aside_in_parentheses_goes_but_an_acronym_stays(analyse, text, line):
    assert trimmed(analyse, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "The two ministers will meet in Oslo on Friday, Ambassador Jan Holm said in an interview with Radio Nord.",
            "The two ministers will meet in Oslo on Friday, Ambassador Jan Holm said.",
        ),
        (
            "A bus left the road near the town of Varna and hit a tree, police said.",
            "A bus left the road near the town of Varna and hit a tree.",
        ),
        (
            "The sanctions are a crime against the people, Ambassador Jan Holm said.",
            "The sanctions are a crime against the people, Ambassador Jan Holm said.",
        ),
    ],
)
def test_the_setting_of_speech_goes_and_a_speaker_with_a_side_stays(analyse, text, line):
    assert trimmed(analyse, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "The ship, which left the port of Riga on Tuesday, carries grain to Egypt.",
            "The ship carries grain to Egypt.",
        ),
        (
            "The minister opened a school in the north, where thousands of families had lost their homes.",
            "The minister opened a school in the north.",
        ),
        (
            "After talks in Geneva, which lasted for two whole days, the envoys signed the plan.",
            "After talks in Geneva, the envoys signed the plan.",
        ),
        ("Speaking at a meeting in Vienna, the minister rejected the plan.", "The minister rejected the plan."),
    ],
)
def test_a_deep_cut_takes_added_clauses(analyse, text, line):
    assert trimmed(analyse, text, deep=True) == line
    assert trimmed(analyse, text) == text


def test_nothing_inside_a_quotation_is_cut(analyse):
    text = '"However, the ship, which left the port (of Riga) on Tuesday, carries grain," Ambassador Jan Holm said.'
    assert trimmed(analyse, text, deep=True) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ambassador Jan Holm arrived. He will leave on Friday.", "[Jan Holm] will leave on Friday."),
        (
            "Ambassador Jan Holm arrived. According to him, the talks were useful.",
            "According to [Jan Holm], the talks were useful.",
        ),
        ("Ambassador Jan Holm arrived. Holm said he will leave on Friday.", "Holm said he will leave on Friday."),
        (
            "Ambassador Jan Holm arrived. Minister Pia Rask said he will leave on Friday.",
            "Minister Pia Rask said he will leave on Friday.",
        ),
        (
            "Norland signed the treaty. It was agreed to continue the talks on the treaty.",
            "It was agreed to continue the talks on the treaty.",
        ),
    ],
)
def test_a_pronoun_that_the_sentence_does_not_explain_becomes_a_name_in_brackets(analyse, text, line):
    assert trimmed(analyse, text) == line


def test_a_person_named_before_is_named_by_the_last_name(analyse):
    text = "Ambassador Jan Holm arrived. He will leave on Friday."
    holm = next(e.index for e in analyse(text, published="2024-05-14").entities if e.name == "Jan Holm")
    assert trimmed(analyse, text, told={holm}) == "[Holm] will leave on Friday."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the plan was signed", "The plan was signed."),
        ("The plan was signed ,", "The plan was signed."),
        (", the plan  was signed .", "The plan was signed."),
        ("“The plan was signed.", "“The plan was signed.”"),
        ('The plan was signed," he said.', '"The plan was signed," he said.'),
        ('He said, "The plan was signed.', 'He said, "The plan was signed."'),
        ('“It is late," he said.', '“It is late," he said.'),
        ("It cost .5 percent.", "It cost .5 percent."),
        ("iPhones sold well!", "IPhones sold well!"),
        ("", "."),
    ],
)
def test_a_finished_line_has_a_capital_a_stop_and_paired_marks(text, line):
    assert finished(Line(text, ())).text == line
