"""Who says "I" and "we" in an official statement, and how lines name them."""

import pytest

from briefing.extraction.background import BackgroundExtractor
from briefing.extraction.events.extractor import EventExtractor
from briefing.extraction.lines.brackets import Naming
from briefing.extraction.lines.statements import statement_speakers
from briefing.extraction.lines.writer import LineWriter, line_of_sentence
from briefing.extraction.summary.extractor import SummaryExtractor
from briefing.extraction.summary.ranking import rank_sentences
from briefing.language.analyse import analyse as analyse_article
from tests.fakes.articles import article_of

BODY = "Norland opened two harbours in May. Today I signed a treaty on herring. We will build a third harbour."
WE = "Norland opened two harbours in May. We will build a third harbour."


@pytest.fixture
def stated(nlp):
    """Analyse a text with a title, a source and reporters."""

    def run(text, title="Herring", outlet=None, byline=()):
        article = article_of(text, title=title, published="2024-05-14")
        return analyse_article(article.model_copy(update={"outlet": outlet, "byline": byline}), nlp)

    return run


def speakers(analysis):
    """Return the distinct names of the speakers, and None for a body sentence without one."""
    found = statement_speakers(analysis)
    body = [sentence for sentence in analysis.sentences if sentence.role == "body"]
    return [found[s.first].name if s.first in found else None for s in body]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Statement by President Ana Sol on the Herring Treaty", "President Ana Sol"),
        ("STATEMENT FROM President Ana Sol", "President Ana Sol"),
        ("Statement by President Joseph A. Lind, Jr. on the Herring Treaty", "President Joseph A. Lind"),
        ("Opening remarks by Foreign Minister Jan Holm at the Harbour Forum", "Foreign Minister Jan Holm"),
        ("Message of the President of the Republic for Sea Day", "The President of the Republic"),
        ("Full text: Speech by King Olav", "King Olav"),
        ("Statement from Mayor Pia Rask Welcoming the Treaty", "Mayor Pia Rask"),
        ("Statement by Jan Holm, Director of the Harbour Office, on Herring", "Jan Holm"),
        ("Statement by the Government of Norland on Herring", "The Government of Norland"),
    ],
)
def test_a_title_names_the_speaker_of_a_statement(stated, title, name):
    assert speakers(stated(BODY, title)) == [None, name, name]


@pytest.mark.parametrize(
    "title",
    [
        "Joint Statement by President Ana Sol and Prime Minister Jan Holm",
        "Statement by President Ana Sol and Prime Minister Jan Holm",
        "Statement by President Ana Sol, Prime Minister Jan Holm and Mayor Pia Rask on Herring",
        "Statement by the Foreign Ministers of Norland and Sundmark on Herring",
        "G9 Leaders' Statement on Herring",
        "Statement by Press Secretary Pia Rask on Herring",
        "Statement on Herring",
        "Statement of Intent on Herring",
        "Letter from Oslo",
        "Message from the Deep Sea",
        "Statement by President Ana Sol angers unions",
        "Unions reject statement by President Ana Sol",
        "President Sol's statement on herring",
        "Transcript of remarks by President Ana Sol",
        "Statement by Minister",
        "Statement from Deputy Minister for Ports and Deputy Head of the Sea Office Ana Sol on Herring",
    ],
)
def test_other_titles_name_no_speaker(stated, title):
    assert set(speakers(stated(BODY, title))) == {None}


@pytest.mark.parametrize(
    ("origin", "title", "text", "name"),
    [
        ({"outlet": "Prime Minister of Norland"}, "Visit to Oslo", BODY, "Prime Minister of Norland"),
        ({"outlet": "Prime Minister of Norland"}, "Visit by the President of Peru", BODY, "Prime Minister of Norland"),
        ({"byline": ("President Ana Sol",)}, "Herring is our future", BODY, "President Ana Sol"),
        ({"outlet": "The Green House"}, "Herring", WE, None),
        ({"outlet": "The White House"}, "Readout of President Sol's Call", WE, "The White House"),
        ({"outlet": "The White House"}, "Statement by Press Secretary Pia Rask on Herring", WE, "The White House"),
        # a body says no "I"; who says it is not named
        ({"outlet": "The White House"}, "Statement by Press Secretary Pia Rask on Herring", BODY, None),
        ({"outlet": "The White House"}, "Letter to the Senate", WE, None),
        ({"outlet": "The White House"}, "Harbour Partnership", WE, None),
        (
            {"outlet": "Prime Minister of Norland"},
            "President Sol's statement on herring",
            BODY,
            "Prime Minister of Norland",
        ),
        # an office without "I" may speak for several, or of its holder
        ({"outlet": "Prime Minister of Norland"}, "Herring treaty", WE, None),
        ({"outlet": "The White House"}, "Fact sheet: Herring", f"We, the mayors of Norland, met. {WE}", None),
        # several speak
        ({"outlet": "Prime Minister of Norland"}, "Joint Media Release on Herring", BODY, None),
        ({"outlet": "Prime Minister of Norland"}, "Radio interview on Herring", BODY, None),
        ({"outlet": "Prime Minister of Norland"}, "Prime Minister Minister for Fisheries New Harbours", BODY, None),
        ({"byline": ("President Ana Sol", "Mayor Pia Rask")}, "Herring is our future", BODY, None),
        # reporters
        ({"outlet": "Premier League"}, "Herring is our future", BODY, None),
        ({"outlet": "Norland Observer", "byline": ("Pia Rask",)}, "Herring is our future", BODY, None),
        ({"outlet": "Norland Observer"}, "Herring is our future", BODY, None),
    ],
)
def test_an_office_or_body_speaks_in_its_own_text(stated, origin, title, text, name):
    assert {*speakers(stated(text, title, **origin))} == ({None, name})


@pytest.mark.parametrize(
    "text",
    [
        "Norland opened two harbours in May.",
        'Mayor Pia Rask said: "We will build a third harbour."',
        "The ships sailed in World War I.",
        "The US has no herring fleet.",
    ],
)
def test_words_in_quotation_marks_and_of_no_speaker_stay_without(stated, text):
    assert speakers(stated(text, "Statement by President Ana Sol")) == [None]


def test_a_source_in_the_sentence_speaks_for_itself(stated):
    text = "Mayor Pia Rask said that we would need a third harbour. I will build it."
    assert speakers(stated(text, "Visit to Oslo", outlet="Prime Minister of Norland")) == [
        None,
        "Prime Minister of Norland",
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I will visit Oslo on 3 June 2024.", "President Ana Sol will visit Oslo"),
        (
            "Minister Holm and I will visit Oslo on 3 June 2024.",
            "[President Ana Sol:] Minister Holm and I will visit Oslo on 3 June 2024.",
        ),
        (
            "I will send my envoy to Oslo on 3 June 2024.",
            "[President Ana Sol:] I will send my envoy to Oslo on 3 June 2024.",
        ),
    ],
)
def test_the_speaker_opens_the_title_of_an_event(stated, text, title):
    analysis = stated(f"Norland has two harbours. {text}", "Statement by President Ana Sol")
    assert [event.title for event in EventExtractor()(analysis)] == [title]


def test_a_report_of_a_statement_is_no_statement(stated):
    text = "Mayor Pia Rask said in Oslo that the harbour would close. We asked the crews."
    assert not statement_speakers(stated(text, "Message from Mayor Pia Rask to the crews"))


def test_a_transcript_keeps_the_speakers_of_its_turns(stated):
    turns = ("Pia Rask: Will you sign it?", "President Sol: I will sign it.", "Pia Rask: We thank you.")
    assert not statement_speakers(stated("\n\n".join(turns), "Remarks by President Ana Sol"))


def lines(analysis, **naming):
    writer = LineWriter(analysis)
    return [writer.line(s, naming=Naming(**naming)).text for s in analysis.sentences if s.role == "body"]


def test_lines_open_with_the_speaker(stated):
    analysis = stated(BODY, "Statement by President Ana Sol")
    plain, first, second = lines(analysis)
    assert plain == "Norland opened two harbours in May."
    assert first == "[President Ana Sol:] Today I signed a treaty on herring."
    assert second == "[President Ana Sol:] We will build a third harbour."
    assert line_of_sentence(analysis, analysis.sentences[-1]).text == second
    assert lines(analysis, thorough=True, front=True) == [plain, first, second]


def test_a_sentence_that_names_its_speaker_needs_no_other_name(stated):
    analysis = stated("President Sol opened our third harbour.", "Statement by President Ana Sol")
    assert lines(analysis) == ["President Sol opened our third harbour."]


def test_a_speaker_named_in_the_text_gets_the_last_name(stated):
    analysis = stated("Ana Sol leads Norland. Sol is 60. We will build a harbour.", "Statement by President Ana Sol")
    index = statement_speakers(analysis)[analysis.sentences[-1].first].index
    assert lines(analysis, known={index})[-1] == "[Sol:] We will build a harbour."


def test_all_sections_name_the_speaker(stated):
    text = (
        "I am pleased to announce a treaty on herring between Norland and Sundmark.\n\n"
        "I will travel to Oslo on 3 June 2024 for talks with Prime Minister Jan Holm.\n\n"
        "We signed a treaty on cod with Sundmark in 1998, after the war."
    )
    analysis = stated(text, "Statement by President Ana Sol on the Herring Treaty")
    summary = SummaryExtractor()(analysis)
    assert summary
    assert all(line.text.startswith("[President Ana Sol:]") for line in summary)
    assert [fact.text for fact in BackgroundExtractor()(analysis)] == [
        "[President Ana Sol:] We signed a treaty on cod with Sundmark in 1998, after the war."
    ]
    assert [event.title for event in EventExtractor()(analysis)] == [
        "President Ana Sol will travel to Oslo for talks with Prime Minister Jan Holm"
    ]


@pytest.mark.parametrize(
    ("title", "held"), [("Statement by President Ana Sol", set()), ("Herring", {"first person", "own voice"})]
)
def test_only_an_unknown_speaker_speaks_against_a_sentence(stated, title, held):
    traits = rank_sentences(stated(BODY, title)).sentences[1].traits
    assert {"first person", "own voice"} & set(traits) == held


def test_a_body_speaks_only_in_its_first_person(stated):
    text = "President Ana Sol met Mayor Jan Holm of Aln on Monday.\n\nThey opened our wall for the port of Aln."
    summary = SummaryExtractor()(stated(text, "Readout of the Meeting in Aln", outlet="The White House"))
    assert [line.text.startswith("[The White House:] ") for line in summary] == [False, True]
