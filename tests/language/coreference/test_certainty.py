"""A reference is certain, so that a line may print the name for it, only if no other antecedent competes."""

import pytest


def certain(analysis, word):
    """Return the names of those that the last such word certainly means."""
    last = [token for token in analysis.doc if token.text == word][-1].i
    return {e.name for e in analysis.entities for m in e.mentions if m.head == last and m.certain}


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Kari Solberg opened the bridge. She praised the builders.", "She", {"Kari Solberg"}),
        ("Kari Solberg met Rosa Quispe at the bridge. She praised the builders.", "She", {"Kari Solberg"}),
        ("Peter Hollis closed the harbour. In a letter to the staff, he praised the crew.", "he", {"Peter Hollis"}),
        ("Peter Hollis painted the hills near the town. His pictures were sold.", "His", {"Peter Hollis"}),
        ("“Peter Hollis closed the harbour. He has left us,” Kari Solberg said.", "He", {"Peter Hollis"}),
        ("The European Commission rejected the plan. It said the costs were high.", "It", {"European Commission"}),
        ("Kenya and Peru signed a treaty. They will open embassies.", "They", {"Kenya", "Peru"}),
        ("Kenya and Peru held talks. The two countries will open embassies.", "countries", {"Kenya", "Peru"}),
        ("Peter Hollis and Amos Kiplagat rebuilt the pumps. They replaced a valve.", "They",
         {"Peter Hollis", "Amos Kiplagat"}),
        ("Senator Peter Hollis spoke on Monday. The senator left early.", "senator", {"Peter Hollis"}),
        ("Kenyan Prime Minister Amos Kiplagat came. The Prime Minister met the crew.", "Minister", {"Amos Kiplagat"}),
    ],
)  # fmt: skip
def test_a_reference_without_a_rival_is_certain(analyse, text, word, names):
    assert certain(analyse(text), word) == names


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kari Solberg opened the bridge after Rosa Quispe left. She praised the builders.", "She"),
        ("Kari Solberg opened the bridge. A mayor came later. She praised the builders.", "She"),
        ("Kari Solberg opened the bridge. Rain fell on it. The wind was cold. She praised the builders.", "She"),
        ("Peter Hollis closed the harbour. In a letter to his staff, Amos Kiplagat praised the crew.", "his"),
        ("Peter Hollis painted the hills near the town. His Royal Highness would know the place.", "His"),
        ("Peter Hollis closed the harbour. “He has left us,” Kari Solberg said.", "He"),
        ("“Amos Kiplagat built the bridge well,” Peter Hollis said. He had worked on it for years.", "He"),
        ("Kenya bought the ship from Peru. It sank the next day.", "It"),
        ("The European Commission rejected the plan. It was too expensive.", "It"),
        ("Kenya and Peru signed a treaty. Miners protested in the streets. They will open embassies.", "They"),
        ("Senator Peter Hollis spoke on Monday to Senator Amos Kiplagat. The senator left early.", "senator"),
    ],
)  # fmt: skip
def test_a_reference_with_a_rival_is_uncertain(analyse, text, word):
    assert certain(analyse(text), word) == set()


def test_an_office_is_not_certain_before_its_holder_is_named(analyse):
    analysis = analyse(
        "The Prime Minister will visit the port. Kenyan Prime Minister Amos Kiplagat will meet the crew."
    )
    bare = next(token.i for token in analysis.doc if token.text == "Minister")
    assert not any(m.certain for e in analysis.entities for m in e.mentions if m.head == bare)


def test_they_may_mean_machines(analyse):
    assert not certain(analyse("The pumps were built by Peter Hollis and Amos Kiplagat. They failed a test."), "They")
