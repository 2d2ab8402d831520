"""What a line leaves out of its sentence, and what it adds in brackets."""

import pytest

from briefing.evidence.grounding import Line, first_ungrounded_word
from briefing.extraction.lines.brackets import Naming
from briefing.extraction.lines.cuts import opening_connective
from briefing.extraction.lines.finish import finished
from briefing.extraction.lines.references import possessive
from briefing.extraction.lines.writer import LineWriter, line_of_sentence


def trimmed(analyse, text, *, number=-1, deep=False, known=()):
    """Return the line of the last sentence, or of that with this index."""
    analysis = analyse(text, published="2024-05-14")
    writer = LineWriter(analysis)
    sentence = analysis.sentences[number]
    light = writer.cuts(sentence)
    line = writer.line(sentence, cuts=writer.deep_cuts(sentence, light) if deep else light, naming=Naming(known))
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
        ("During the meeting, the council rejected the plan.", "The council rejected the plan."),
        ("At the beginning of the talks, the council rejected the plan.", "The council rejected the plan."),
        ("In this context, the council rejected the plan.", "The council rejected the plan."),
        ("During the strike, the council rejected the plan.", "During the strike, the council rejected the plan."),
        ("At the Oslo meeting, the council rejected the plan.", "At the Oslo meeting, the council rejected the plan."),
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
        ("Norway pays for two new ferries; and", "Norway pays for two new ferries."),
        ("Norway pays for two new ferries, or", "Norway pays for two new ferries."),
        ("Norway pays for two new ferries and a pier.", "Norway pays for two new ferries and a pier."),
    ],
)
def test_a_list_item_loses_the_conjunction_at_its_end(analyse, text, line):
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
            "A bus left the road near the town of Varna and hit a tree, police said.",
        ),
        (
            "The sanctions are a crime against the people, Ambassador Jan Holm said.",
            "The sanctions are a crime against the people, Ambassador Jan Holm said.",
        ),
        (
            "Engineers warned the company of cracks in the wall in March, according to a letter.",
            "Engineers warned the company of cracks in the wall in March, according to a letter.",
        ),
    ],
)
def test_the_setting_of_speech_is_cut_and_the_speaker_kept(analyse, text, line):
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
        (
            "The ship, which will leave the port of Riga on Tuesday, carries grain to Egypt.",
            "The ship, which will leave the port of Riga on Tuesday, carries grain to Egypt.",
        ),
        (
            "The plan, which the unions of the port did not accept, closes two yards.",
            "The plan, which the unions of the port did not accept, closes two yards.",
        ),
        (
            "After the appointment of Jan Holm to the board of the bank, Pia Rask, who lost the vote again, left Oslo.",
            "After the appointment of Jan Holm to the board of the bank, Pia Rask left Oslo.",
        ),
        # the rest of a list of people, and what the sentence goes on about
        (
            "The guests were Minister Jan Holm, Envoy Pia Rask, Captain Ole Lund and General Per Dahl.",
            "The guests were Minister Jan Holm, Envoy Pia Rask, Captain Ole Lund and General Per Dahl.",
        ),
        (
            "The uncle of a boy, who is thought to have fallen into a well, said the well was dry.",
            "The uncle of a boy, who is thought to have fallen into a well, said the well was dry.",
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
def test_an_unexplained_pronoun_gets_a_name_in_brackets(analyse, text, line):
    assert trimmed(analyse, text) == line


def test_a_person_known_is_named_by_the_last_name(analyse):
    text = "Ambassador Jan Holm arrived. Holm met the queen. He will leave on Friday."
    holm = next(e.index for e in analyse(text, published="2024-05-14").entities if e.name == "Jan Holm")
    assert trimmed(analyse, text, known={holm}) == "[Holm] will leave on Friday."


def test_a_person_keeps_the_name_that_the_text_uses(analyse):
    text = "Secretary-General Pan Do-hyun arrived. Pan met the queen. He will leave on Friday."
    pan = next(e.index for e in analyse(text, published="2024-05-14").entities if e.name == "Pan Do-hyun")
    assert trimmed(analyse, text, known={pan}) == "[Pan Do-hyun] will leave on Friday."


def test_two_persons_are_both_named_in_full_or_neither(analyse):
    text = "Secretary-General Pan Do-hyun met Jan Holm. Pan and Holm talked. They will leave on Friday."
    analysis = analyse(text, published="2024-05-14")
    named = {e.index for e in analysis.entities if e.kind == "person"}
    assert trimmed(analyse, text, known=named) == "[Pan Do-hyun and Jan Holm] will leave on Friday."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Prime Minister Mara Ilves of Oravia arrived. Oravia's prime minister will leave on Friday.",
            "Oravia's prime minister will leave on Friday.",
        ),
        (
            "President Mara Ilves of Oravia arrived. The President of Oravia will leave on Friday.",
            "The President of Oravia [Mara Ilves] will leave on Friday.",
        ),
        (
            "Minister Jan Holm and Minister Pia Rask met in Oslo. They agreed to open two ports.",
            "[Jan Holm and Pia Rask] agreed to open two ports.",
        ),
        (
            "Ambassador Jan Holm arrived. However, he will leave on Friday.",
            "[Jan Holm] will leave on Friday.",
        ),
        # Within a quotation, and in "he's", nothing can be put in a word's place.
        (
            'Ambassador Jan Holm arrived. "He will leave on Friday," a guard said.',
            '"He will leave on Friday," a guard said.',
        ),
        ("Ambassador Jan Holm arrived. He's leaving on Friday.", "He's leaving on Friday."),
        # Another person, or several, are nearer.
        (
            "Ambassador Jan Holm arrived. The minister stressed that he will leave on Friday.",
            "The minister stressed that he will leave on Friday.",
        ),
    ],
)
def test_uncertain_brackets_are_left_out(analyse, text, line):
    assert trimmed(analyse, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "The old port must be closed before the end of May.\n\nThis was stated by Minister Jan Holm in Oslo.",
            "[Jan Holm:] The old port must be closed before the end of May.",
        ),
        (
            "The old port must be closed before the end of May.\n\nMinister Jan Holm said this on Monday.",
            "[Jan Holm:] The old port must be closed before the end of May.",
        ),
        (
            "Jan Holm wants to close the old port before the end of May.\n\nThis was stated by Jan Holm in Oslo.",
            "Jan Holm wants to close the old port before the end of May.",
        ),
        (
            "The port must be closed, Minister Pia Rask said.\n\nMinister Jan Holm said this on Monday.",
            "The port must be closed, Minister Pia Rask said.",
        ),
    ],
)
def test_the_source_of_a_sentence_is_in_brackets(analyse, text, line):
    assert trimmed(analyse, text, number=0) == line


def test_a_turn_names_its_speaker_if_others_may_speak(analyse):
    text = "President Mara Ilves: The two ports stay open. We will build a third. Jan Holm: I agree. Work begins soon."
    assert trimmed(analyse, text, number=1) == "[Mara Ilves:] We will build a third."
    assert trimmed(analyse, text, number=3) == "Work begins soon."


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("This came as a surprise to most people in the town.", True),
        ("There were long talks in the town.", False),
        ("Some residents of the town want the port to pay.", False),
        ("Some want the port to pay.", True),
        ("Both Oravia and Norland rejected the plan.", False),
        ("Both rejected the plan.", True),
        ("Both ministers rejected the plan.", False),
        ("Because the port is closed.", True),
        ('"The port of the town stays closed," he said.', True),
        ("It was agreed to close the port.", False),
        ("It closed the port.", True),
        ("Therefore the port, the yard and the town rely on it.", False),
        ("Moreover, the port relies on it.", False),
        ("But they rely on the port.", True),
        ("After a long day, they closed the port.", True),
        ("When she arrived, Minister Pia Rask closed the port.", False),
        ("Minister Pia Rask said she would close the port.", False),
        ("It is raining in the town.", False),
        ("The later it opens the lock, the dearer the repair becomes for it.", True),
        ("The longer the port waits, the more it will pay.", False),
        ("On Monday his words were clear to all.", True),
        ("After his party had won the vote, Minister Jan Holm closed the port.", False),
        ("Rather, the town will pay for the port.", False),
        ("Its workers want more pay.", True),
        ("The first is to close the port.", True),
        ("The first of the two ports is closed.", False),
        ("The mayor noted the importance of their visit to the town.", True),
        ("The two mayors noted the importance of their visit to the town.", False),
    ],
)
def test_a_line_may_need_the_sentence_before(analyse, text, loose):
    analysis = analyse(text)
    assert LineWriter(analysis).needs_context(analysis.sentences[0]) is loose


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
        ("iPhones sold well!", "iPhones sold well!"),
        ("5 men left.", "5 men left."),
        ("", "."),
    ],
)
def test_a_finished_line_has_capital_stop_and_paired_marks(text, line):
    assert finished(Line(text, ())).text == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the “plan was signed", "The plan was signed"),
        ('"the plan" was signed.', '"The plan" was signed.'),
        ("the plan (of May was signed", "The plan of May was signed"),
    ],
)
def test_a_phrase_loses_lone_marks(text, line):
    assert finished(Line(text, ()), whole=False).text == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "However, the port stays closed, Minister Jan Holm said on Friday.",
            "The port stays closed, Minister Jan Holm said on Friday.",
        ),
        ("The port took bribes, Minister Jan Holm alleged.", "The port took bribes, Minister Jan Holm alleged."),
        ("Minister Jan Holm said that the port stays closed.", "Minister Jan Holm said that the port stays closed."),
        ('"We will close the port," Minister Jan Holm said.', '"We will close the port," Minister Jan Holm said.'),
        (
            '"I want to close the port because I pay for it," Minister Jan Holm said.',
            '"I want to close the port because I pay for it," Minister Jan Holm said.',
        ),
        ('Minister Jan Holm left. "We will close the port."', '[Jan Holm:] "We will close the port."'),
        ("Minister Jan Holm arrived. The crowd greeted him.", "The crowd greeted [Jan Holm]."),
        ("Minister Jan Holm arrived. The crowd praised his plan.", "The crowd praised [Jan Holm’s] plan."),
        ("Minister Jan Holm arrived. When he spoke, Holm rejected the plan.", "When he spoke, Holm rejected the plan."),
        (
            "Norway and Japan signed a treaty. The two countries will open a port.",
            "[Norway and Japan] will open a port.",
        ),
        ("President Mara Ilves: The talks end. Today I close the port.", "Today I [Mara Ilves] close the port."),
        (
            "Nordlink will pay. The trade is growing because it opened a port.",
            "The trade is growing because it opened a port.",
        ),
    ],
)
def test_a_sentence_alone_names_all_its_references(analyse, text, line):
    analysis = analyse(text, published="2024-05-14")
    written = line_of_sentence(analysis, analysis.sentences[-1])
    assert written.text == line
    assert all(written.text[one.start] == "[" and written.text[one.end - 1] == "]" for one in written.insertions)


@pytest.mark.parametrize(("opening", "goes"), [("Earlier,", True), ("In fact,", False), ("And", True)])
def test_a_caller_may_bring_its_own_openings(analyse, opening, goes):
    analysis = analyse(f"{opening} the council rejected the plan.", published="2024-05-14")
    cut = opening_connective(analysis, analysis.sentences[0], {"earlier", "later"})
    assert (cut is not None) == goes


def test_a_name_in_s_takes_no_second_s():
    assert (possessive("Peru"), possessive("Reuters", "’")) == ("Peru's", "Reuters’")
