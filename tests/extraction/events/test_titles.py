"""The title of an event, written from the word that says what happens."""

from collections.abc import Callable

import pytest

from briefing.extraction.events.times import time_tokens
from briefing.extraction.events.titles import title_of
from briefing.language.analysis import Analysis

Title = Callable[..., str | None]


@pytest.fixture
def title(analyse: Callable[..., Analysis]) -> Title:
    def write(text: str, deed: str, *names: str) -> str | None:
        analysis = analyse(text, published="2024-05-14")
        token = [token for token in analysis.tokens if token.text == deed][-1]
        titled = title_of(analysis, [token], time_tokens(analysis), names)
        return None if titled is None else titled[0].text

    return write


@pytest.mark.parametrize(
    ("text", "deed", "wanted"),
    [
        ("The king will visit Oslo on Friday.", "visit", "King will visit Oslo"),
        ('"We will open an office in Kyiv next week," the minister said.', "open", None),
        ("The yard plans to start building a ferry in June.", "building", "Yard to start building a ferry"),
        ("The yard will build the first of those in June.", "build", None),
        ("Norway said the king would visit Oslo on Friday.", "visit", "King to visit Oslo"),
        ("Norway plans to send two ships to the gulf in June.", "send", "Norway to send two ships to the gulf"),
        (
            'Envoys will discuss fish at a "three-plus-three" meeting of fisheries ministers due to be held in June.',
            "meeting",
            '"Three-plus-three" meeting of fisheries ministers',
        ),
        ("The upcoming harvest festival will focus on apples.", "festival", "Harvest festival"),
        ("The airline said it would report earnings on May 30.", "report", "Airline to report earnings"),
        (
            "The former mayor will stand trial over fraud in June.",
            "stand",
            "Former mayor will stand trial over fraud",
        ),
        ("The king, whose visit to Oslo is expected in June, spoke.", "visit", "Visit to Oslo"),
        (
            "The Harbour Agency has offices. The agency extended its deadline until Friday.",
            "deadline",
            "Harbour Agency's deadline",
        ),
        (
            "Norway will face Chile in the quarter-finals on Saturday.",
            "face",
            "Norway will face Chile in the quarter-finals",
        ),
        (
            "The top court will rule on Monday whether the ban stands.",
            "rule",
            "Top court will rule whether the ban stands",
        ),
        (
            "Our very able deputy secretary of trade, Jon Dahl, will assume the office of secretary on 1 June.",
            "assume",
            "Jon Dahl will assume the office of secretary",
        ),
        ("We are putting new tariffs on steel on Monday.", "putting", None),
        (
            "Norway's plan to withdraw half its ships by 1 June drew protest.",
            "withdraw",
            "Norway to withdraw half its ships",
        ),
        ("The port will begin work by 1 June, the 20th anniversary of the flood.", "begin", "Port will begin work"),
        ("The results are due on Friday.", "results", None),
        ("Bergen will host Euro 2026.", "host", "Bergen will host Euro 2026"),
        (
            "The two sides will hold the next round of planned fish talks in June.",
            "talks",
            "Next round of planned fish talks",
        ),
        ("The city plans to open and run a school in June.", "open", "City to open and run a school"),
        (
            "Chile will ship copper to Oslo in June, despite warnings from its unions.",
            "ship",
            "Chile will ship copper to Oslo",
        ),
        (
            "President Anna Berg spoke on Monday. The President will visit Oslo on Friday.",
            "visit",
            "Anna Berg will visit Oslo",
        ),
        (
            "Anna Berg and Jon Dahl are pilots. They will fly to Oslo on Friday.",
            "fly",
            "Anna Berg and Jon Dahl will fly to Oslo",
        ),
        ("The navy has two ships and will sell them in July.", "sell", "Navy will sell two ships"),
        ("Berg met Dahl. It will be decided on Friday.", "decided", None),
        ("The rule will allow ferries to dock from Friday.", "allow", "Rule will allow ferries to dock"),
        ("The rule means that ferries will dock on Friday.", "means", None),
        (
            "Anna Berg spoke. Her farewell concert in Oslo is on Friday.",
            "concert",
            "Anna Berg's farewell concert in Oslo",
        ),
        ("There are no plans to close the harbour in June.", "close", None),
        ("The agency will not close the harbour in June.", "close", "Agency will not close the harbour"),
        ("The agency said they plan to sell two ships in June.", "sell", "Agency to sell two ships"),
        ("The vote on the harbour is scheduled for Friday.", "scheduled", "Vote on the harbour"),
        ("The treaty will be signed and ratified by both isles.", "ratified", "Treaty will be ratified by both isles"),
        ("The council will vote in a session Friday.", "vote", "Council will vote in a session"),
        (
            "President Ana Sol and Premier Jon Dahl will meet as soon as the storm has passed.",
            "meet",
            "President Ana Sol and Premier Jon Dahl will meet",
        ),
        (
            "The minister will open an inquiry into the conduct of the former head of the harbour agency of Norway.",
            "open",
            "Minister will open an inquiry",
        ),
    ],
)
def test_a_title_reads_well_alone(title: Title, text: str, deed: str, wanted: str | None) -> None:
    assert title(text, deed) == wanted


@pytest.mark.parametrize(
    ("text", "deed", "names", "wanted"),
    [
        (
            '"We will open an office in Kyiv on Monday," he said.',
            "open",
            ("Norway",),
            "Norway will open an office in Kyiv",
        ),
        (
            '"We will meet in Kyiv on Monday," he said.',
            "meet",
            ("Norway", "Chile"),
            "Norway and Chile will meet in Kyiv",
        ),
        ('"We will open an office in Kyiv on Monday," he said.', "open", ("Norway", "Chile", "Peru"), None),
        ('"We will open our office on Monday," he said.', "open", ("Norway",), None),
        ('"We will travel to Norway on Monday," he said.', "travel", ("Norway",), None),
        ("Anna Berg is a pilot. She will fly to Oslo on Friday.", "fly", ("Oslo",), "Anna Berg will fly to Oslo"),
    ],
)
def test_a_clause_without_subject_is_theirs_who_take_part(
    title: Title, text: str, deed: str, names: tuple[str, ...], wanted: str | None
) -> None:
    assert title(text, deed, *names) == wanted


@pytest.mark.parametrize(
    ("text", "deed", "wanted"),
    [
        ("Her Majesty will visit Oslo on Friday.", "visit", "Her Majesty will visit Oslo"),
        ("The Royal couple will visit Oslo on Friday.", "visit", "Royal couple will visit Oslo"),
        ("Her ministers will visit Oslo on Friday.", "visit", "Ministers will visit Oslo"),
        ("His visit to the port will depend on the outcome of the talks on Friday.", "depend", None),
        ("Norway will open the port as soon as possible.", "open", "Norway will open the port"),
        ("Anna Berg will meet Jon Dahl. Talks with him will open on Friday.", "Talks", "Talks with Jon Dahl"),
    ],
)
def test_a_title_is_not_cut_and_names_pronouns(title: Title, text: str, deed: str, wanted: str | None) -> None:
    assert title(text, deed) == wanted
