"""The actors to which sources of attributions refer."""

import pytest


def _speakers(analyse, text):
    """Return the speaker of each direct quotation; None if unknown."""
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
        (
            'Senator Weiss had lost his seat. "We have no bridge at all," Weiss said.\n\n'
            'He was joined by Eva Holm, head of the port. She said Weiss "has done nothing for the old bridge".',
            ["Weiss", "Eva Holm"],
        ),
    ],
)
def test_a_pronoun_means_the_focus_or_the_last_speaker(analyse, text, speakers):
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
def test_a_calling_or_party_means_the_last_speaker(analyse, text):
    assert _speakers(analyse, text) == ["Anna Berg", "Anna Berg"]


def test_the_official_goes_on_meaning_an_official(analyse):
    speakers = _speakers(
        analyse,
        "A Finnish official who would not be named said the talks were off. The mayor, Karl Weiss, disagreed.\n\n"
        '"We found that the young people are leaving," the official said.',
    )
    assert speakers == ["Finnish official"]


_FLOOR = (
    "Senator Carla Reyes spoke in Miami, after Governor Tom Hale had left the town.\n\n"
    '"We will win this race," Reyes said.\n\nThe crowd cheered for minutes.\n\n'
    '"I have waited long enough," {} said.'
)


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [
        ("the presidential hopeful", "Carla Reyes"),
        ("the Mexican-born journalist", "Carla Reyes"),
        ("the retired general", "Carla Reyes"),
        ("the former prosecutor", "Carla Reyes"),
        ("the ex-minister", "Carla Reyes"),
        ("the 43-year-old", "Carla Reyes"),
        ("the mother of two", "Carla Reyes"),
        ("the Republican front-runner", "Carla Reyes"),
        ("the mother", None),
        ("a presidential hopeful", None),
        ("a supporter of the candidate", None),
        ("Hale's rival", None),
    ],
)
def test_a_description_of_a_life_means_the_current_speaker(analyse, phrase, speaker):
    assert _speakers(analyse, _FLOOR.format(phrase))[-1] == speaker


def test_a_phrase_on_a_woman_means_no_man(analyse):
    text = _FLOOR.replace("Carla", "Carlos").format("the businesswoman")
    assert _speakers(analyse, text)[-1] != "Carlos Reyes"


def test_an_unnamed_person_is_not_a_named_one(analyse):
    text = "A retired general had called the plan mad.\n\n" + _FLOOR.format("the retired general")
    assert _speakers(analyse, text)[-1] != "Carla Reyes"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Press Secretary of the President of Ukraine Pavlo Hrin spoke. {} said the President's Press Secretary.",
            "Pavlo Hrin",
        ),
        (
            "Ukraine's President Carla Reyes and Poland's President Pavel Dvor met. {} the Polish leader said.",
            "Pavel Dvor",
        ),
        ("Ukraine PM Yuri Berg and Moldova's President Anna Lind met. {} noted the PM of Ukraine.", "Yuri Berg"),
        (
            "Karl Weiss, chief executive of Norvo Bank, met Anna Lind, a minister. {} the bank's boss said.",
            "Karl Weiss",
        ),
        (
            "Karl Weiss, chief executive of Norvo Bank, met Anna Lind, a minister. {} the Norvo chief said.",
            "Karl Weiss",
        ),
        ("Rose Berg, mayor of Lund, met her deputy, Karl Weiss. {} Lund's mayor wrote.", "Rose Berg"),
        ("Chair of the Naftogaz Board Karl Weiss met Anna Lind. {} the Naftogaz Chair said.", "Karl Weiss"),
        ("Karl Weiss, deputy head of Norvo Bank, met Anna Lind, a minister. {} the Norvo chief said.", "Norvo chief"),
    ],
)
def test_an_office_means_its_holder_in_whatever_words(analyse, text, speaker):
    assert _speakers(analyse, text.format('"We will stay as long as we are needed,"')) == [speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Erik Nord, who decided to open the gates, came too.\n\n"
            'Mayor Karl Weiss summed up the mood. "The past is alive here in Lund," he said.',
            ["Karl Weiss"],
        ),
        (
            "Erik Nord was answering a message from his aide Wendy Lind, reporting that the plane had left. "
            '"Wheels up a few minutes ago," she wrote.',
            ["Wendy Lind"],
        ),
        ('Anna Berg met her husband, Karl Berg, in Lund. "We have waited far too long," Mrs Berg said.', ["Anna Berg"]),
        (
            "The study came out. Karl Weiss has stated that the survey shows that reform "
            '"would not be the change that many had feared".',
            ["Karl Weiss"],
        ),
        ('"The soldiers carried out the attack at night," the Lund Post quoted Karl Weiss.', ["Karl Weiss"]),
        ('"It was so sad to read the news," one reader named Karl Weiss wrote.', ["Karl Weiss"]),
        ('"There might be many more of them," said co-founder Anna Berg of the Lund Society.', ["Anna Berg"]),
        (
            'Anna Berg said: "The goal is not to close the whole port." Few firms will be hit, reports the Lund Post. '
            '"The goal is to change how we work here."',
            ["Anna Berg", "Anna Berg"],
        ),
        (
            "President Erik Nord won the vote, the board said. The board counted for two days. "
            'The board\'s president, Judge Karl Weiss, dismissed this. "Seven observers sat in that room," he said.',
            ["Karl Weiss"],
        ),
        ('In the words of Anna Berg, "the bridge is a gift to the whole town".', ["Anna Berg"]),
        ('For Anna Berg, the bridge is "a gift to every child in the town".', ["Anna Berg"]),
    ],
)
def test_a_person_made_to_speak_is_the_speaker(analyse, text, speakers):
    assert _speakers(analyse, text) == speakers
