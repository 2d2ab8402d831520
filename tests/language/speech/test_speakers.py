"""Whom the source of an attribution refers to."""

import pytest


def _speakers(analyse, text):
    """Return the name of who speaks each direct quotation, None where nobody is known."""
    analysis = analyse(text)
    return [
        None if attribution.speaker is None else analysis.entities[attribution.speaker].name
        for attribution in analysis.attributions
        if attribution.direct
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Mayor Anna Berg met Karl Weiss, the head of the port, in Lund. "
            '"We will rebuild the old bridge together," she said.',
            ["Anna Berg"],
        ),
        (
            "Anna Berg said the bridge would be rebuilt. The council spoke of the plans of Karl Weiss.\n\n"
            '"We will rebuild it by June," she said.',
            ["Anna Berg"],
        ),
        (
            '"We will rebuild the old bridge," Anna Berg said.\n\n"Karl Weiss never wanted a bridge," she added.',
            ["Anna Berg", "Anna Berg"],
        ),
        (
            '"We will build," Anna Berg said. Her deputy, Karl Weiss, nodded. "She is right, as always," he said.',
            ["Anna Berg", "Karl Weiss"],
        ),
        (
            'Anna Berg opened the bridge in Lund. "This is the bridge of Anna Berg and of nobody else," she said.',
            ["Anna Berg"],
        ),
    ],
)
def test_a_pronoun_means_whom_the_sentence_before_is_about_or_who_spoke_last(analyse, text, speakers):
    assert _speakers(analyse, text) == speakers


@pytest.mark.parametrize(
    "text",
    [
        'In a statement, the Harbour Workers\' Union said it would strike. "We have waited long enough," it reads.',
        "In a statement, the Harbour Workers' Union said it would strike. "
        '"We have waited long enough," the statement said.',
        "The Harbour Workers' Union sent a letter to the mayor on Friday. "
        '"We have waited long enough," the letter said.',
        '"We have waited long enough," a statement from the Harbour Workers\' Union said.',
        'The Harbour Workers\' Union issued a statement calling the plan "a shameful attack on all who work here".',
    ],
)
def test_a_document_speaks_for_whoever_issued_it(analyse, text):
    assert _speakers(analyse, text) == ["Harbour Workers' Union"]


def test_a_document_that_nobody_issued_has_no_speaker(analyse):
    assert _speakers(analyse, 'A leaflet lay on the table. "Trains will run all summer," the letter said.') == [None]


@pytest.mark.parametrize(
    "text",
    [
        'Anna Berg, who studies bridges, was not surprised. "Iron rusts in salt water," Berg said.\n\n'
        '"Nobody wanted to pay for paint," the engineer added.',
        '"Iron rusts in salt water," said Anna Berg.\n\n"Nobody wanted to pay for paint," the Ohio Democrat said.',
    ],
)
def test_a_calling_or_a_party_means_the_person_who_has_just_spoken(analyse, text):
    assert _speakers(analyse, text) == ["Anna Berg", "Anna Berg"]


def test_the_official_goes_on_meaning_an_official(analyse):
    speakers = _speakers(
        analyse,
        "A Finnish official who would not be named said the talks were off. The mayor, Karl Weiss, disagreed.\n\n"
        '"We found that the young people are leaving," the official said.',
    )
    assert speakers == ["Finnish official"]
