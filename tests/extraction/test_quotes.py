"""The quotes of a brief."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extraction.quotes.extractor import QuoteExtractor

_ARTICLE = """Mayor Anna Berg defended the new bridge on Friday in Lund.

"We will rebuild the bridge by June," she said. "The school comes next, I promise you that."

The opposition leader, Karl Weiss, said that the plan was "far too costly for a town like ours".

A leaflet of the railway, which nobody signed, said: "Trains will run as before all summer."
"""


def test_quotes_come_in_reading_order_with_their_speakers(analyse):
    quotes = QuoteExtractor()(analyse(_ARTICLE))
    assert [(quote.speaker, quote.text, quote.cue) for quote in quotes] == [
        ("Anna Berg", "We will rebuild the bridge by June,", "say"),
        ("Anna Berg", "The school comes next, I promise you that.", "say"),
        ("Karl Weiss", "far too costly for a town like ours", "say"),
        ("A leaflet of the railway", "Trains will run as before all summer.", "say"),
    ]


def test_evidence_holds_the_quotation_and_then_its_cue(analyse):
    analysis = analyse(_ARTICLE)
    for quote in QuoteExtractor()(analysis):
        assert quote.text in quote.evidence[0].text
    second = QuoteExtractor()(analysis)[1]
    assert [evidence.text for evidence in second.evidence] == [
        '"The school comes next, I promise you that."',
        '"We will rebuild the bridge by June," she said.',
    ]


def test_the_limit_keeps_the_most_salient_in_reading_order(analyse):
    analysis = analyse(_ARTICLE)
    every, two = QuoteExtractor()(analysis), QuoteExtractor(limit=2)(analysis)
    assert len(two) == 2
    assert sorted(two, key=every.index) == list(two)
    assert min(q.salience for q in two) >= max(q.salience for q in every if q not in two)
    assert QuoteExtractor(limit=0)(analysis) == ()


def test_short_quotations_are_kept_where_asked(analyse):
    text = 'Anna Berg called the plan "a mistake," and left.'
    assert QuoteExtractor()(analyse(text)) == ()
    assert [quote.text for quote in QuoteExtractor(min_words=2)(analyse(text))] == ["a mistake,"]


def test_reported_speech_is_kept_where_asked(analyse):
    text = "Anna Berg said that the bridge would be rebuilt by June."
    assert QuoteExtractor()(analyse(text)) == ()
    (quote,) = QuoteExtractor(indirect=True)(analyse(text))
    assert (quote.speaker, quote.text, quote.direct) == ("Anna Berg", "the bridge would be rebuilt by June", False)


def test_an_unnamed_speaker_is_no_speaker(analyse):
    (quote,) = QuoteExtractor()(analyse('"Nobody knows how the fire began that night."'))
    assert quote.speaker is None


def test_a_headline_is_no_quote(analyse):
    assert QuoteExtractor()(analyse("The mayor spoke.", title='Berg: "We will rebuild the bridge by June"')) == ()


def test_a_turn_of_a_transcript_is_no_quotation(analyse):
    text = "Anna Berg: We had no choice but to wait.\n\nKarl Weiss: So we did, for a year.\n\nAnna Berg: Then we left."
    assert QuoteExtractor()(analyse(text)) == ()


@pytest.mark.parametrize("text", ["", " ", "\x00", "“" * 50, '"' * 51, "🙂 «», ‘’"])
def test_odd_texts_have_no_quotes(analyse, text):
    assert QuoteExtractor()(analyse(text)) == ()


_PIECES = [
    "He ",
    "said",
    " Anna Berg ",
    "the talks failed in the end",
    ", ",
    ". ",
    ": ",
    '"',
    "“",
    "”",
    "'",
    "«",
    "\n\n",
    "🙂",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=30))
def test_every_quote_is_verbatim_in_its_first_evidence(analyse, pieces):
    analysis = analyse("".join(pieces))
    for quote in QuoteExtractor(min_words=1, indirect=True)(analysis):
        first = quote.evidence[0]
        assert analysis.article.text[first.start : first.end] == first.text
        assert quote.text in first.text


def test_a_things_content_is_attributed_to_its_reporter(analyse):
    analysis = analyse(
        'Ambassador Lena Brandt said that the visit reflects "the steady and growing trust between our peoples".'
    )
    assert [quote.speaker for quote in QuoteExtractor()(analysis)] == ["Lena Brandt"]


def test_a_repeated_quotation_is_one_with_all_evidence(analyse):
    analysis = analyse(
        'Ambassador Lena Brandt said: "We will never give up the northern route."\n\n'
        'She added that rail mattered too. "We will never give up the northern route," Brandt said again.'
    )
    (quote,) = QuoteExtractor()(analysis)
    assert len(quote.evidence) == 2


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            '"We will never give up the northern route," Mayor Lena Brandt and opposition leader Karl Weiss said.',
            "Lena Brandt and Karl Weiss",
        ),
        (
            'Lena Brandt and Karl Weiss met in Lund. "We will never give up the northern route," they said.',
            "Lena Brandt and Karl Weiss",
        ),
        ('"We will never give up the northern route," Lena Brandt or her deputy said.', "Lena Brandt"),
    ],
)
def test_joint_speakers_are_both_named(analyse, text, speaker):
    assert [quote.speaker for quote in QuoteExtractor()(analyse(text))] == [speaker]


@pytest.mark.parametrize("official", ["a senior Finnish official", "the senior administration official"])
def test_an_official_is_not_named_after_the_state(analyse, official):
    text = f'Finland held on. "We will never give up the northern route," {official} said.'
    (quote,) = QuoteExtractor()(analyse(text))
    assert quote.speaker is not None
    assert quote.speaker.endswith("official")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We will never give up the old route," a puppeteer wrote.', "a puppeteer"),
        ('"We will never give up the old route," the zoo said.', "the zoo"),
        ('"We will never give up the old route," the school newspaper wrote.', "the school newspaper"),
        ('The fog over the port continued: "We will never see the old route again."', None),
        ('A number of the goats said "we will never see the old route again".', None),
        ('The goats were in the yard, and "a team of ten people gave them water".', None),
        ('Lena Brandt met Karl Weiss. "We will never give up the old route," the 46-year-old said.', None),
        ('Lena Brandt and Karl Weiss met. "We will never give up the old route," the director said.', None),
    ],
)
def test_only_those_who_can_speak_are_named_as_speakers(analyse, text, speaker):
    assert [quote.speaker for quote in QuoteExtractor()(analyse(text))] == [speaker]


def test_a_phrase_set_apart_is_no_quote(analyse):
    assert QuoteExtractor()(analyse('Anna Berg will make the choice "in the next few days" and go.')) == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # of a document, who issued it
        (
            'Peru\'s Prime Minister issued a brief statement saying he had "no quarrel at all with the neighbours".',
            "Peru's Prime Minister",
        ),
        (
            'A statement from the office of the harbour master said that ships could "help us to feed the whole town".',
            "the office of the harbour master",
        ),
        ('A statement said that ships could "help us to feed the whole town".', None),
        # a dash and a name under it
        ('"We will build this bridge again."\n\n—Anna Vale, mayor, on Monday', "Anna Vale"),
        # a thing that carries words
        ('One Roads Department sign read, "Trust your brakes, but always buckle up."', "One Roads Department sign"),
        # a name before what it is
        ('"The soldiers came at night and left," the Post quoted Amaq, a website.', "Amaq"),
        # several who are no person who spoke before
        (
            "Anna Vale is against it, she said. The authors of the paper think otherwise, stating that they "
            '"never saw a safer bridge than this one".',
            "authors of the paper",
        ),
        # a rank cut short, and written out
        (
            "Sen. Anna Vale spoke on Monday. In her speech the tired senator called the bridge "
            '"a burden that nobody in town will bear".',
            "Anna Vale",
        ),
        # those who spoke last
        (
            'Mayor Odd Berg and Governor Anna Vale wrote: "The bridge is a danger to us all." The bridge fell in 2019. '
            'They vowed that the town would "build it anew with every means we have".',
            "Odd Berg and Anna Vale",
        ),
        (
            'The teachers wrote to the mayor. "We will not teach in the cold," the teachers said. The school is old. '
            '"The next mayor could close it with one stroke of a pen," they wrote.',
            "teachers",
        ),
    ],
)
def test_a_last_speaker_is_the_person_its_source_means(analyse, text, speaker):
    assert QuoteExtractor()(analyse(text))[-1].speaker == speaker


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("``", "''"), ("``", '"'), (",,", "''"), ("„", "“")]
)
def test_any_quotation_marks_are_recognised(analyse, opening, closing):
    text = f"{opening}We will rebuild the bridge by June,{closing} Mayor Anna Berg said in Lund on Friday."
    (quote,) = QuoteExtractor()(analyse(text))
    assert (quote.speaker, quote.text) == ("Anna Berg", "We will rebuild the bridge by June,")
    assert quote.evidence[0].text == text
