"""Points of agreement: who holds what in common, gathered by matter."""

import pytest

from briefing.evidence.grounding import first_ungrounded_word
from briefing.extraction.points.agreements import AgreementExtractor


def agreements(analysis, **options):
    return AgreementExtractor(**options)(analysis)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Norway and Chile share the view that quotas must fall.", {"Norway", "Chile"}),
        ("Norway and Chile have identical positions on fishing.", {"Norway", "Chile"}),
        ("Norway agreed with Chile to open the port.", {"Norway", "Chile"}),
        ("Both Norway and Chile support a ban on whaling.", {"Norway", "Chile"}),
        ("Norway welcomed Chile's decision to open the port.", {"Norway", "Chile"}),
        ("Norway and Chile have no differences over fishing.", {"Norway", "Chile"}),
        ("Norway and Chile resolved their differences over fishing.", {"Norway", "Chile"}),
        ("Norway denied reports of a rift between Oslo and Chile over fishing.", {"Norway", "Chile"}),
        ("Norway stands by Chile in the row over quotas.", {"Norway", "Chile"}),
        ("Norway shares Chile's view of the quota.", {"Norway", "Chile"}),
        ("Norway came out in support of Chile's plan.", {"Norway", "Chile"}),
        ("Norway apologised to Chile for the raid.", {"Norway", "Chile"}),
        ("Chile has invited Norway to talks. Norway voiced support for the invitation.", {"Norway", "Chile"}),
        ("Chile scrapped the levy on Monday. Norway welcomed the move.", {"Norway", "Chile"}),
        ("Norway and Chile are concerned about the strait.", {"Norway", "Chile"}),
        ("Norway joined Chile in condemning the raid.", {"Norway", "Chile"}),
        ("A joint statement by Norway and Chile called for free trade.", {"Norway", "Chile"}),
        ("In a joint statement, Norway and Chile called for free trade.", {"Norway", "Chile"}),
        ("Norway and Chile extended their truce by a week.", {"Norway", "Chile"}),
        ("Norway echoed Chile's call for a truce.", {"Norway", "Chile"}),
        ("Norway is in line with Chile on the quota.", {"Norway", "Chile"}),
        ("Almeida Motors will buy Ruiz Steel for 3 billion dollars.", {"Almeida Motors", "Ruiz Steel"}),
        ("Norway met Chile. The talks dealt with concerns shared by both countries.", {"Norway", "Chile"}),
        ("Almeida Motors agreed to buy Ruiz Steel's battery unit for $3 billion.", {"Almeida Motors", "Ruiz Steel"}),
        ("Representatives of Norway and Chile agreed on a quota.", {"Norway", "Chile"}),
        ("Norwegian and Chilean officials agreed on a quota.", {"Norway", "Chile"}),
        ("Norway and its Nordic allies agreed on a quota.", {"Norway", "Nordic allies"}),
        ("Both Norway and Chile said that the quota would hold.", {"Norway", "Chile"}),
        ("Norway and Chile agreed at a meeting in Oslo on a quota.", {"Norway", "Chile"}),
        ("Peru noted the signing of a treaty between Norway and Chile on quotas.", {"Norway", "Chile"}),
        ("Norway and Chile are committed to a quota.", {"Norway", "Chile"}),
    ],
)
def test_agreement_is_read_from_verbs_views_and_denied_differences(analyse, text, parties):
    points = agreements(analyse(text))
    assert [set(point.parties) for point in points] == [parties]


def test_sentences_on_one_matter_are_one_point_with_all_their_evidence(analyse):
    text = (
        "Norway and Chile agreed on a fishing quota.\n\n"
        "Norway and Chile signed an agreement on the fishing quota, officials in Oslo said."
    )
    (point,) = agreements(analyse(text))
    assert [evidence.sentence for evidence in point.evidence] == [1, 2]


def test_two_matters_are_two_points(analyse):
    text = "Norway and Chile agreed on a fishing quota.\n\nNorway and Chile agreed on visa rules."
    assert {point.topic for point in agreements(analyse(text))} == {"fishing quota", "visa rules"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway thanked Chile for supporting the rescue.",
        "Norway and Chile agreed to strengthen bilateral ties.",
        "Norway warned against signing a deal with Chile.",
        "The minister welcomed Ana Sandoval to Oslo.",
        "Norway and Chile initially agreed on a quota.",
        "If and when a treaty is signed by Norway and Chile, fishing will resume.",
        "Norway and Chile voiced their positions on the quota.",
        "Norwegian and Chilean officials confirmed the storm.",
        "Norway and Chile agreed to maintain contacts at various levels.",
        "Norway accepted Chile's invitation to a fair.",
        "Chile has closed its port. Chile's fishing board welcomed the move.",
        "A Chilean camera will be taken off. Norway welcomed the decision.",
        "Had Norway agreed with Chile on a quota, the ferry would have sailed.",
        "Norway supports a boycott of Chile.",
        "Norway backed the sanctions against Chile.",
        "Norway backed the ban on imports from Chile.",
    ],
)
def test_thanks_courtesies_and_guests_are_no_agreement(analyse, text):
    assert agreements(analyse(text)) == ()


def test_what_was_agreed_long_before_is_background(analyse):
    assert agreements(analyse("In 2003 Norway and Chile agreed on a quota.", published="2024-05-14")) == ()


def test_statements_are_the_words_of_their_evidence(analyse):
    text = "Norway and Chile met in Oslo.\n\nHowever, the two countries agreed on a quota, the envoy Ana Sandoval said."
    for point in agreements(analyse(text)):
        evidence = [piece.text for piece in point.evidence]
        assert first_ungrounded_word(point.statement, point.insertions, evidence) is None
        assert not point.statement.startswith("However")


def test_two_leaders_and_their_states_against_the_same_third_make_one_point(analyse):
    leaders = "Norwegian President Ana Sandoval and Chilean President Luis Rojas"
    text = f"{leaders} share the opinion that Japan overfishes.\n\nNorway and Chile agreed on a ban on fish from Japan."
    (point,) = agreements(analyse(text))
    assert len(point.evidence) == 2


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Norway and Chile agreed at a meeting in Oslo on a quota.", "quota"),
        ("Norway and Chile agreed with regard to the quota.", "quota"),
        ("Norway and Chile see eye to eye on fishing.", "fishing"),
        ("Norway sided with Chile in the row over quotas.", "row over quotas"),
        ("Norway and Chile signed a memorandum of understanding to share boats.", "boats"),
    ],
)
def test_the_topic_is_what_the_point_is_about(analyse, text, topic):
    assert [point.topic for point in agreements(analyse(text))] == [topic]


def test_what_is_denied_is_stated_with_its_denial(analyse):
    for point in agreements(
        analyse("Minister Ana Sandoval of Norway denied that there was any dispute with Chile over cod.")
    ):
        assert "denied" in point.statement
