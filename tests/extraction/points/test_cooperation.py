"""What parties do together or give one another, votes of one mind, and the language of read-outs."""

import pytest

from briefing.extraction.points.disagreements import DisagreementExtractor
from tests.extraction.points.pairs import MET, PAIR, parties


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile launched a joint satellite on Monday.",
        "Norway and Chile are holding joint naval exercises in the Pacific.",
        "Norway launched a joint survey of salmon with Chile on Monday.",
        "Norway and Chile set up a working group on salmon.",
        "Norway and Chile exchanged prisoners on Monday.",
        "Norway and Chile stepped in to guarantee the deposits of the bank.",
        "The governments of Norway and Chile sponsored the resolution on salmon.",
        "Norway joined Chile's lunar programme on Monday.",
        "Norway sold its salmon farm to Chile for 2 billion dollars.",
    ],
)
def test_what_two_do_together_or_give_one_another_is_agreed(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile held a joint press conference.",
        "Norway and Chile have a joint border and a common language.",
        "Norway and Chile exchanged fire on Monday.",
        "Norway and Chile may launch a joint satellite.",
        "The company launched a new phone in Norway and Chile.",
        "Ola Berg joined Arlen Corp. as a director on Monday.",
        "Norway agreed to continue talks with Chile.",
    ],
)
def test_company_kept_or_hoped_for_is_no_agreement(analyse, text):
    assert parties(analyse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Oslo Council voted unanimously to raise the levy on salmon.",
        "The levy on salmon was unanimously adopted by the Oslo Council.",
        "The Oslo Council adopted the resolution on salmon by consensus.",
        "The Oslo Council passed a resolution on salmon on Monday.",
    ],
)
def test_a_body_that_resolves_as_the_news_agrees(analyse, text):
    assert parties(analyse(text)) == [{"Oslo Council"}]


@pytest.mark.parametrize(
    "text",
    [
        "Fishers left the hall after the Oslo Council voted to raise the levy.",
        "A bill passed by the Oslo Council was sent to committees.",
        "The Oslo Council voted against the levy.",
        "Fish is dear. So is bread. The Oslo Council passed a resolution on salmon on Monday.",
    ],
)
def test_a_decision_told_beside_the_news_is_none(analyse, text):
    assert parties(analyse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        MET + "The interlocutors noted the need to protect the salmon.",
        MET + "They paid special attention to the importance of a salmon quota.",
        MET + "The leaders discussed salmon and spoke in favour of lifting the levy.",
        MET + '"We agreed to start negotiations on a salmon quota," Berg said.',
        MET + "The two presidents attended the signing of an agreement on salmon.",
    ],
)
def test_a_read_out_speaks_of_those_who_met(analyse, text):
    [found] = parties(analyse(text))
    assert found in (PAIR, {"Ola Berg", "Ana Rios"})


@pytest.mark.parametrize(
    "text",
    [
        "The document highlights the common interest of Norway and Chile in safe shipping.",
        "Norway and Chile have concluded negotiations on a salmon agreement.",
        "Talks between Norway and Chile ended with an agreement on salmon quotas.",
        "The agreement between Norway and Chile provides for a salmon quota.",
        "Under the agreement, Norway will return the paintings to Chile.",
        "Norway won Chile's backing for the plan.",
        "Norway opposes the levy on salmon, as does Chile.",
        "Norway agrees that the levy must stay, and so does Chile.",
        "Neither Norway nor Chile supports the levy on salmon.",
    ],
)
def test_an_accord_or_a_stand_has_the_parties_that_its_words_give(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile condemned the explosion.",
        "The foreign ministers of Norway and Chile criticised the explosion in a statement.",
        "Norway and Chile called for an immediate halt to the fishing.",
    ],
)
def test_states_that_condemn_what_is_nobodys_stand_together(analyse, text):
    analysis = analyse(text)
    assert parties(analysis) == [PAIR]
    assert DisagreementExtractor()(analysis) == ()


def test_who_calls_somebody_right_agrees(analyse):
    text = '"Mike Stone is right, the levy must go," said Joe Miller.'
    assert parties(analyse(text)) == [{"Joe Miller", "Mike Stone"}]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile presented a joint plan for salmon.",
        "The agreement, signed by Norway and Chile on Friday, sets a salmon quota.",
        "Norway and Chile have found common ground on salmon.",
        "Norway secured a commitment from Chile on salmon.",
        "Norway shares the same goal as Chile on salmon.",
        "Norway is allocating 20 million dollars for joint salmon projects with Chile.",
        "Norway's plan for salmon won the backing of Chile.",
        "There is no daylight between Norway and Chile on salmon.",
        "The signing of the Norwegian-Chilean agreement on salmon was delayed by rain.",
    ],
)
def test_accords_are_told_by_nouns_and_participles_too(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (MET + "They signed a package of bilateral documents.", [PAIR]),
        (MET + "They signed a package of old documents.", []),
        ("Senators Joe Miller and Mike Stone introduced a bill on salmon.", [{"Joe Miller", "Mike Stone"}]),
        ("Joe Miller said that he would support the bill proposed by Mike Stone.", [{"Joe Miller", "Mike Stone"}]),
        ("Joe Miller voted for the first time on Monday with his son Mike Stone.", []),
        ('"Mike Stone shares this view of the levy," said Joe Miller.', [{"Mike Stone", "Joe Miller"}]),
        ("Joe Miller is glad that Norway has agreed to buy salmon.", [{"Joe Miller", "Norway"}]),
        ("Joe Miller is glad that Norway has long summers.", []),
        ("Farmers and hoteliers support the plan for a salmon market.", [{"Farmers", "hoteliers"}]),
        (
            "Minister Joe Miller lifted the levy on Monday. Mike Stone welcomed the decision.",
            [{"Joe Miller", "Mike Stone"}],
        ),
    ],
)
def test_who_takes_whose_side(analyse, text, found):
    assert parties(analyse(text)) == found
