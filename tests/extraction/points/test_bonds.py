"""Accords that a noun phrase tells of by itself, texts that several sign, and what several are for or against."""

import pytest

from tests.extraction.points.pairs import MET, PAIR, parties


@pytest.mark.parametrize(
    "text",
    [
        "The new trade deal between Norway and Chile is awaiting approval by the Storting.",
        "Norway's new salmon agreement with Chile has pleased the growers.",
        "The sailors were freed as part of a deal between Norway and Chile.",
        "The release of the sailors is the outcome of negotiations between Norway and Chile.",
        "The sailors were freed after successful negotiations between Norway and Chile.",
        "The sailors will be freed thanks to an agreement that Norway signed with Chile.",
        "Norway negotiated a rewrite of the fishing deal with Chile.",
        "Norway has completed the renewal of the fishing pact with Chile.",
    ],
)
def test_an_accord_that_its_own_words_tell_of_as_made_binds_its_parties(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway wants a new trade deal with Chile.",
        "Talks on a possible deal between Norway and Chile continue.",
        "The trade deal between Norway and Chile is in doubt.",
        "The talks may produce a revision of the fishing deal with Chile.",
        "The ministers negotiated the extension of the fishing deal between the two sides.",
        "Any deal that Norway reaches with Chile would need a vote.",
        "It depends on the results of the talks between Norway and Chile.",
    ],
)
def test_an_accord_that_is_sought_or_doubted_binds_nobody(analyse, text):
    assert parties(analyse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The letter, signed by Norway and Chile, urges the council to cut the quota.",
        "The statement on salmon, which was signed by members of the parliaments of Norway and Chile, came on Monday.",
        "The president praised the signing today in Oslo of a joint statement by the speakers of Norway and Chile.",
    ],
)
def test_a_text_binds_those_who_sign_it(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "The plan drew praise from Norway and Chile.",
        "The plan faces overwhelming opposition from Norway and Chile.",
        "Supporters of the salmon plan include Norway and Chile.",
        "The plan to build salmon farms was promoted by Norway and Chile.",
        "Norway and Chile are ready for talks on salmon.",
        "Norway and Chile have come together to build a salmon farm.",
        "Norway withdrew its envoy on Monday, with Chile following suit on Tuesday.",
        MET + "The participants in the consultations agreed that the salmon quota was too high.",
    ],
)
def test_what_several_are_for_or_against_they_hold_together(analyse, text):
    assert PAIR in parties(analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "Neither Norway nor Chile is ready for talks on salmon.",
        "The world has come together to build a salmon farm in Chile.",
        "Ola Berg is a supporter of Ana Rios.",
        "Ola Berg advocates for the residents of Oslo.",
    ],
)
def test_those_who_are_not_named_together_hold_nothing_together(analyse, text):
    assert parties(analyse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ola Berg is a key supporter of Chile's plan to build salmon farms.",
        "Ola Berg advocated for Chile's plan to build salmon farms.",
    ],
)
def test_a_supporter_is_of_one_mind_with_whose_plan_it_is(analyse, text):
    assert parties(analyse(text)) == [{"Ola Berg", "Chile"}]


@pytest.mark.parametrize(
    "text",
    [
        "The minister told of the work of Chile together with the Norwegian government to protect the salmon.",
        "Norway, together with Chile, protects the salmon.",
        "Norway shared evidence with Chile over the killing of a sailor.",
        "Norway and Chile began a new round of joint naval exercises in the Pacific.",
        "The minister listed the cuts that Norway and Chile have agreed to.",
    ],
)
def test_what_two_do_as_one_is_agreed(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Ola Berg, together with his wife, visited Chile.",
        "Ola Berg shared a photo with his fans in Chile.",
        "Norway shares a border with Chile.",
        "The sailor was arrested in Norway for collaborating with Chile.",
        "Ana Rios said that Norway was siding with Peru against the quota.",
        "The navy sailed with the approval of Norway and Chile.",
        "The ban was seen as retaliation after Norway came out in support of Chile's claim.",
    ],
)
def test_company_charges_and_another_s_reading_are_no_agreement(analyse, text):
    assert parties(analyse(text)) == []
