"""The referents of pronouns and definite nominals."""

import pytest

from briefing.language.analyse import analyse as analyse_article
from tests.fakes.articles import article_of


def meant(analysis, word, number=0):
    """Return the names of the referents of the word at position *number*."""
    tokens = [token for token in analysis.doc if token.text == word]
    return [entity.name for entity in analysis.entities_of(tokens[number])]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("President Amos Kiplagat arrived. He spoke first.", "He", ["Amos Kiplagat"]),
        ("Mrs. Ilse Kranz met Mr. Peter Hollis. She thanked him.", "She", ["Ilse Kranz"]),
        ("Mrs. Ilse Kranz met Mr. Peter Hollis. She thanked him.", "him", ["Peter Hollis"]),
        ("Spokeswoman Ilse Kranz met President Amos Kiplagat. He was late.", "He", ["Amos Kiplagat"]),
        ("Kenya signed the pact. It will send two ships.", "It", ["Kenya"]),
        ("Kenya and Peru signed the pact. They will send ships.", "They", ["Kenya", "Peru"]),
        ("Kenya and Peru met. Both sides signed.", "sides", ["Kenya", "Peru"]),
        ("Kenya and Peru met. The two countries signed.", "countries", ["Kenya", "Peru"]),
        ("Talks between Kenya and Peru failed. The sides will meet again.", "sides", ["Kenya", "Peru"]),
        ("President Amos Kiplagat met Chancellor Ilse Kranz. The two leaders signed.", "leaders",
         ["Amos Kiplagat", "Ilse Kranz"]),
        ("Norwegian Ambassador Kari Solberg came. The ambassador said no.", "ambassador", ["Kari Solberg"]),
        ("Spokesman Peter Hollis came. The spokesperson said no.", "spokesperson", ["Peter Hollis"]),
        ("Kenyan President Amos Kiplagat met Peruvian President Rosa Quispe. The Peruvian president left.",
         "president", ["Rosa Quispe"]),
        ("Harbour Commission chief Peter Hollis left. The European Commission met. The commission agreed.",
         "commission", ["European Commission"]),
        ("Acme Motors Inc. cut jobs. The company employs 300 people.", "company", ["Acme Motors Inc."]),
        ("Kenya raised taxes. The country needs money.", "country", ["Kenya"]),
        ("NASA launched a rocket. NASA officials were happy.", "officials", ["NASA"]),
        ("A statement from the European Commission said no.", "statement", ["European Commission"]),
    ],
)  # fmt: skip
def test_the_nearest_compatible_antecedent_is_meant(analyse, text, word, names):
    assert meant(analyse(text), word) == names


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is clear that Kenya signed.", "It"),
        ("Kenya signed. It rained.", "It"),
        ("Kenya and Peru met. The two Korean states were absent.", "states"),
        ("Nobody came. He left.", "He"),
        ("Kenya signed. The court was closed.", "court"),
        ("Deputy Minister Peter Hollis came. The prime minister left.", "minister"),
    ],
)
def test_an_incompatible_antecedent_is_not_meant(analyse, text, word):
    names = {entity.name for entity in analyse(text).entities if entity.territory or entity.name == "Peter Hollis"}
    assert not names & set(meant(analyse(text), word))


def test_a_speaker_is_looked_for_among_speakers(analyse):
    analysis = analyse(
        "“The dam is safe,” Peter Hollis said. Mayor Amos Kiplagat had come to the dam.\n\n“We checked it,” he said."
    )
    assert meant(analysis, "he") == ["Peter Hollis"]


def test_i_is_the_speaker_and_we_the_speakers_side(analyse):
    analysis = analyse("“I told you that we will sign,” Norwegian Foreign Minister Kari Solberg said.")
    assert meant(analysis, "I") == ["Kari Solberg"]
    assert meant(analysis, "we") == ["Norway"]


def test_an_editors_insertion_says_who_is_meant(analyse):
    analysis = analyse("“We [Kenya and Peru] have close views,” Ambassador Kari Solberg said.")
    assert meant(analysis, "We") == ["Kenya", "Peru"]


def test_the_nouns_of_a_role_mean_its_holder(analyse):
    analysis = analyse("The harbour board’s spokesman, Peter Hollis, said the port would close.")
    assert meant(analysis, "spokesman") == ["Peter Hollis"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Kenyan foreign minister told reporters that talks had failed.", "Kenyan foreign minister", "person"),
        ("The foreign ministers of Kenya and Peru will discuss fishing. The ministers meet on Monday.",
         "foreign ministers of Kenya and Peru", "group"),
        ("Residents blocked the road. The residents want a school.", "Residents", "group"),
        ("The following farmers signed. An estimated three thousand farmers marched. Farmers want a road.", "farmers",
         "group"),
        ("Many dock workers said no. All dock workers struck.", "dock workers", "group"),
        ("The whole council resigned. The council said so.", "council", "organisation"),
        ("Defenders of the town, who ran the port, fought. Defenders said they would stay.", "Defenders of the town",
         "group"),
        ("A spokesman for the harbour said the port would close.", "spokesman for the harbour", "person"),
        ("In the north, hikers found the wreck on Monday.", "hikers", "group"),
        ("Thousands of coast residents fled.", "coast residents", "group"),
        ("The police were searching the harbour.", "police", "organisation"),
        ("A tall boy fell into the shaft. Divers looked for the boy.", "tall boy", "person"),
        ("A 9-year-old girl fell into the shaft. Divers looked for the girl.", "9-year-old girl", "person"),
        ("The ferry gunman fled. Nobody knows the attacker.", "ferry gunman", "person"),
        ("The Prime Minister and the unions signed the pact on Monday.", "Prime Minister", "person"),
        ("A Minister may sign such pacts.", "Minister", None),
        ("Every harbour secretary signed the letter. Every secretary said no.", "harbour secretary", "group"),
    ],
)  # fmt: skip
def test_unnamed_actors_go_by_their_description(analyse, text, name, kind):
    found = {entity.name: entity.kind for entity in analyse(text).entities}
    assert found.get(name) == kind


def test_a_body_of_another_day_is_no_actor(analyse):
    analysis = analyse("The last council left. The next council will decide. The next council may pay.")
    assert not [entity.name for entity in analysis.entities if "council" in entity.name]


def test_a_shorter_phrase_means_the_same_office_holder(analyse):
    analysis = analyse("A harbour board spokesman said no. The port is full, the spokesman said.")
    assert [entity.name for entity in analysis.entities if entity.kind] == ["harbour board spokesman"]


@pytest.mark.parametrize(
    "text",
    [
        "Hikers may find the wreck.",  # what could be
        "Hikers like the coast.",  # a habit
        "“Hikers found the wreck,” Peter Hollis said.",
        "The Halvik Museum volunteers found the wreck.",  # part of a body that is named
        "The ministry found the wreck.",  # part of a state
        "A boy sang. A woman sang.",  # each mentioned once
    ],
)
def test_a_single_mention_needs_its_own_deed(analyse, text):
    assert not [entity for entity in analyse(text).entities if entity.kind and entity.name.islower()]


def test_an_office_in_the_title_means_its_only_holder(nlp):
    article = article_of("Lima Gov. Rosa Quispe backed it on Monday.", title="Lima governor backs the levy")
    assert meant(analyse_article(article, nlp), "governor") == ["Rosa Quispe"]


def test_inactive_nouns_are_no_unnamed_actors(analyse):
    analysis = analyse("A law on ministers was printed. Books about residents sell well.")
    assert not [entity for entity in analysis.entities if entity.kind]


def test_a_referent_is_an_entity_of_the_analysis(analyse):
    analysis = analyse("Kenya and Peru met. They signed. He left. The minister of Kenya said so.")
    indices = {index for found in analysis.referents.values() for index in found}
    assert indices <= set(range(len(analysis.entities)))
    for entity in analysis.entities:
        for mention in entity.mentions:
            assert entity.index in analysis.referents[mention.head]


def test_a_person_given_by_age_is_the_focus(analyse):
    analysis = analyse("Rower Oskar Lind won on Sunday. The 24-year-old Briton said he was tired.")
    assert meant(analysis, "Briton") == ["Oskar Lind"]


def test_the_government_of_an_office_holder_is_the_state(analyse):
    analysis = analyse("Danish Foreign Minister Lars Holm spoke on Monday. Holm said his government opposed the levy.")
    assert meant(analysis, "government") == ["Denmark"]


def test_a_possessive_means_the_only_one_with_a_role(analyse):
    analysis = analyse("Singer Vera Lund was freed. Her lawyer spoke. Her lawyer Simon Thackeray then left.")
    assert meant(analysis, "lawyer") == ["Simon Thackeray"]


def test_another_persons_spokesman_is_not_meant(analyse):
    analysis = analyse(
        "Kenyan President Amos Kiplagat met Peruvian President Rosa Quispe. His spokesman Paul Otieno said no. "
        "Her spokesman did not comment."
    )
    assert "Paul Otieno" not in meant(analysis, "spokesman", 1)


def test_a_new_person_given_by_age_is_another(analyse):
    analysis = analyse("Rower Oskar Lind won on Sunday. A 24-year-old Briton was second.")
    assert "Oskar Lind" not in meant(analysis, "Briton")


@pytest.mark.parametrize(
    ("text", "word", "number", "names"),
    [
        ("President Amos Kiplagat left on Monday. The mayor of Lund stressed that he was tired.", "he", 0, []),
        ("President Amos Kiplagat left after Mrs. Ilse Kranz’s letter made clear her doubts about Peru.", "her", 0,
         ["Ilse Kranz"]),
        ("President Amos Kiplagat spoke after Peter Hollis’ letter made clear his doubts.", "his", 0,
         ["Peter Hollis"]),
        ("Peter Hollis met Amos Kiplagat. “He tried to silence me,” Peter Hollis said.", "He", 0, ["Amos Kiplagat"]),
        ("Peter Hollis met Amos Kiplagat. “He tried to silence me,” the reporter said.", "He", 0, []),
        ("Peter Hollis arrived. “Amos Kiplagat was late,” he said.", "he", 0, ["Peter Hollis"]),
        ("Kenyan President Amos Kiplagat met Peter Hollis. The head of state said that he would stay.", "he", 0,
         ["Amos Kiplagat"]),
        ("Omar Diallo thanked spokeswoman Ilse Kranz. Omar Diallo left. Her horse won.", "Her", 0, ["Ilse Kranz"]),
    ],
)  # fmt: skip
def test_a_pronoun_that_likely_means_another_is_unresolved(analyse, text, word, number, names):
    assert meant(analyse(text), word, number) == names


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Officials of the U.N. warned of African crises. They want more money.", "They", []),
        ("Kenya and Peru fired two Zelan and Fath missiles. Kenya said the Danes had left their harbour.", "their",
         ["Denmark"]),
        ("Rebels shelled Kenya. The presidents of Norway and Chile met. They signed a pact.", "They",
         ["Norway", "Chile"]),
        ("Kenya met Peru. Norway threatens both its neighbours and the bank.", "both", []),
        ("The envoys spoke about Kenya at the UN and the G7. They agreed to meet again.", "They", []),
        ("Mayor Peter Hollis told his audience they would vote.", "they", []),
        ("Peter Hollis and Ilse Kranz have many topics. They include trade.", "They", []),
    ],
)  # fmt: skip
def test_they_means_the_plural_subject_not_another_list(analyse, text, word, names):
    assert meant(analyse(text), word) == names


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Norwegian President Kari Solberg met with Chilean President Pablo Ruiz. The parties agreed on a tunnel.",
         "parties", ["Norway", "Chile"]),
        ("Norwegian President Kari Solberg held talks with Chilean President Pablo Ruiz. The leaders agreed.",
         "leaders", ["Kari Solberg", "Pablo Ruiz"]),
        ("Peter Hollis noted that Norway sells fish and Chile buys ships. He called on both countries to pay.",
         "countries", ["Norway", "Chile"]),
        ("Amos Kiplagat met Ilse Kranz.\n\nThey left. It rained. It snowed. Chile and Norway said the two leaders "
         "agreed to meet.", "leaders", []),
    ],
)  # fmt: skip
def test_the_sides_and_the_leaders_are_those_who_met(analyse, text, word, names):
    assert meant(analyse(text), word) == names


def test_we_is_unresolved_without_a_known_side(analyse):
    analysis = analyse("“We told you,” Peter Hollis said. “Our countries are friends,” Norway’s Kari Solberg said.")
    assert meant(analysis, "We") == []
    assert meant(analysis, "Our") == []


def test_a_head_of_state_is_of_the_state_named(analyse):
    text = "President of Kenya Amos Kiplagat met President of Peru Ilse Kranz. The Kenyan Head of State left."
    assert meant(analyse(text), "Head") == ["Amos Kiplagat"]


def test_a_bare_title_belongs_to_the_main_state(analyse):
    analysis = analyse(
        "Chile’s President Pablo Ruiz spoke. Chile is calm. Chile grows. Chile exports fruit to Chileans. President "
        "Omar Diallo listened in Chile. Norway was told. The Norwegian president laughed."
    )
    assert "Omar Diallo" not in meant(analysis, "president")


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Acme Motors Inc. cut jobs. The software giant employs 300 people.", "giant", ["Acme Motors Inc."]),
        ("Acme Motors Inc. sued Belgrave Bank. The software giant employs 300 people.", "giant", []),
        ("Norwegian envoy Kari Solberg met Chilean envoy Pablo Ruiz. The delegations agreed on a tunnel.",
         "delegations", ["Norway", "Chile"]),
        ("Norwegian envoy Kari Solberg met Peter Hollis. The interlocutors agreed on a tunnel.", "interlocutors",
         ["Kari Solberg", "Peter Hollis"]),
    ],
)  # fmt: skip
def test_synonyms_mean_the_body_or_those_who_met(analyse, text, word, names):
    assert meant(analyse(text), word) == names
