"""Points of disagreement by the classes of conflict: reproach, threat, sanction, anger, reception, votes, charges."""

import pytest

from briefing.extraction.points.disagreements import DisagreementExtractor


def disagreements(analysis):
    return DisagreementExtractor()(analysis)


@pytest.mark.parametrize(
    "text",
    [
        # what is said of another
        'Norway said that "Chile is throwing money away."',
        "Norway said that Chile may have violated the law.",
        "Norway said that Chile is lying about the quota.",
        "Norway says Chile is using the strike as a weapon.",
        "Norway said Chile was complicit in the killing.",
        "Norway said that Chile has failed to protect its fishermen.",
        "Norway said Chile had fired on its ships.",
        "Norway said that Chile is not a threat to Peru but that Chile has broken its promise.",
        "Norway held Chile responsible for the attack.",
        "Norway described Chile's move as a provocation.",
        "Norway cannot understand why Chile did not stop the ships.",
        "Norway questioned why Chile had sent troops.",
        "Norway does not trust Chile.",
        # blows and what one is threatened with
        "Norway isolated Chile in the council.",
        "Norway has repeatedly gone after Chile for its subsidies.",
        "Norway pressured Chile to withdraw.",
        "Norway approved a new round of sanctions on Chile.",
        "Norway approved sanctions targeting Chile's steel exports.",
        "Norway seized a Chilean ship.",
        "Norway banned Chilean ships from its ports.",
        "Norway expelled diplomats from Chile.",
        "Norway closed its border with Chile.",
        "Norway pulled out of the talks with Chile.",
        "Norway used its veto to block Chile's resolution.",
        "If Chile does not withdraw, Norway will impose sanctions.",
        "Norway will not lift the embargo unless Chile withdraws.",
        "Norway demanded an apology from Chile.",
        "Norway gave Chile a deadline to remove the troops.",
        "Norway gave Chile until Friday to withdraw.",
        # how it is taken
        "Chile's missile test has angered Norway.",
        "Norway was angered by Chile's missile test.",
        "Chile resumed its whaling, infuriating Norway.",
        "Norway reacted angrily to Chile's decision.",
        "Norway was furious over Chile's decision.",
        "Chile's plan has sparked outrage in Norway.",
        "Chile's request was met with skepticism by Norway.",
        "Chile's plan has met with resistance from Norway.",
        "Norway has lost patience with Chile.",
        "Norway initially came under fire from Chile over whaling.",
        "Norway accused Chile and Chile accused Norway of overfishing.",
        "Norway and Chile accused each other of overfishing.",
        "The dispute pits Norway against Chile.",
        "Norway is trying to isolate Chile.",
        "Norway said that Chile is using the courts to silence its fishermen.",
        "Norway said Chile has no right to the strait.",
        "Norway said that this is the wrong move by Chile.",
        "Norway has vowed not to let Chile close the strait.",
        "Norway came in for sharp criticism from Chile over the budget.",
        "Norway was fined 5 million euros by Chile for overfishing.",
        "Norway is pushing for the removal of Chile's minister.",
        "Norway will appeal the decision by Chile.",
        "Norway refused to respond to a request from Chile for its records.",
        "Norway will not end the siege before the Chilean troops have left and the port is cleared.",
        "Norway has voiced allegations that Chile hides rockets.",
        "Norway warned that Chile's plan would cost lives.",
        "Norway called off talks with Chile.",
        "Norway has launched a military operation against Chile.",
        "Norway said Chile was treating its fishermen like slaves.",
        "Norway threatened to attack any Chilean ships in the strait.",
        # where a side stands elsewhere
        "Norway denounced a spate of arrests in Chile.",
        "Norway condemned the killing of fishermen during the Chilean raids.",
        "Norway said it will not lift the embargo until it is sure that Chile has withdrawn.",
        "Norway will not lift the embargo it has laid on the island if Chile does not withdraw.",
        "Norway has sent a letter to Chile threatening to cut off its funding.",
        "Norwegian inspectors have been expelled from Chile.",
        "Norway sent ships to the strait to counter threats from Chile.",
        "Norway said that Chile is not serious about peace.",
        # nouns
        "Norway is a fierce critic of Chile.",
        "Norway left after accusations that it made against Chile.",
        "Norway spoke of a violation by Chile of the ceasefire.",
        "Norway reported violations of the ceasefire by Chile.",
        "Relations between Norway and Chile are tense.",
    ],
)
def test_each_class_of_conflict_is_found_with_its_source_and_target(analyse, text):
    points = disagreements(analyse(text))
    assert {frozenset(point.parties) for point in points} == {frozenset({"Norway", "Chile"})}


@pytest.mark.parametrize(
    "text",
    [
        "Norway said that Chile would be fishing again.",
        "Norway did not say that Chile had lied about the quota.",
        "Norway said that Chile might lie about the quota.",
        "Norway said that its own navy had attacked by mistake.",
        "Norway understands why Chile did not stop the ships.",
        "Norway asked Chile for advice.",
        "Norway trusts Chile.",
        "Norway approved a new round of loans to Chile.",
        "Norway might give Chile a deadline.",
        "Norway gave Chile a loan until the end of the year.",
        "Chile's plan was met with applause by Norway.",
        "Norway reacted calmly to Chile's decision.",
        "Norway is a rival.",
        "Norway reported that Chile had kept the ceasefire.",
        "Relations between Norway and Chile are warm.",
        "Norway will sign the treaty if Chile does.",
        "Norwegian police arrested a man near Chile's embassy.",
        "Norway said it had failed to sell its cod to Chile.",
        "Norway denounced the weather in Chile.",
        "Norway said Chile has no airport.",
        "Norway warned that a storm would cost lives in Chile.",
        "Norway called off a party for Chile.",
        "Norway denies talks with Chile.",
        "The Oslo Times reported that Chile had failed to protect its fishermen.",
        "Norway and Peru asked Chile to de-escalate the tension in the strait.",
        "Norway struck a warm tone on Chile.",
        "Norway reports that a Chilean is fighting for his life.",
        "Norway refused to respond to a request from Chile for comment.",
        "The final pits Norway against Chile.",
        "Norway tried not to anger Chile.",
        "Norway said that this is the best move by Chile.",
        "Norway and Chile saw each other at the summit.",
        "Norway appealed for help from Chile.",
        "Norwegian guests have come from Chile.",
        "Norway and Peru both want Chile to pay for the port.",
    ],
)
def test_what_only_looks_like_conflict_is_no_disagreement(analyse, text):
    assert disagreements(analyse(text)) == ()


def test_who_stops_a_text_does_not_speak_in_it(analyse):
    points = disagreements(analyse("Norway vetoed a resolution by Chile demanding that Peru free the strait."))
    assert {"Norway", "Peru"} not in [set(point.parties) for point in points]


def test_what_two_have_in_common_against_a_third_is_one_matter(analyse):
    text = "Norway and Chile condemned the raids by Peru on Bolivia. Norway and Chile have imposed sanctions on Peru."
    (point,) = disagreements(analyse(text))
    assert set(point.parties) == {"Norway", "Chile", "Peru"}


@pytest.mark.parametrize(
    "text",
    [
        "In 1903 Norway accused Chile of moving the fence.",  # no day is known: old enough whenever it was written
        "Norway and Chile met. While the council members agree that the quota must fall, they disagree on the date.",
    ],
)
def test_the_past_of_an_undated_text_and_a_group_of_many_are_no_dispute_of_two(analyse, text):
    assert disagreements(analyse(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The president of Chile stressed the importance of strengthening sanctions against Peru.",
        "It is necessary to introduce sanctions against Peru, the Chilean president said.",
        "The Chilean government said the sanctions on Peru must be tightened.",
        "Chile noted Peru's aggression in the strait.",
        "Chile's minister discussed measures to counter threats from Peru.",
        "Chile informed reporters about the crimes committed by the Peruvian army.",
        "The Chilean minister called for the creation of a tribunal for Peru's aggression.",
        "Attention was paid to the Peruvian blockade of Chilean ports.",
        "The talks focused on the Peruvian occupation of Chilean islands.",
    ],
)
def test_whoever_names_a_hostile_deed_or_wants_measures_opposes_whose_it_is(analyse, text):
    assert {"Chile", "Peru"} in [set(point.parties) for point in disagreements(analyse(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Chile stressed the importance of lifting sanctions against Peru.",
        "Chile spoke of possible Peruvian aggression.",
        "Prices rose in Chile after the Peruvian invasion of Bolivia.",
        "Chile discussed terror attacks with Peru.",
        "Chile reported a rise in crime in Peru.",
        "Chile spoke of the effects of the Peruvian invasion.",
    ],
)
def test_a_deed_that_is_only_feared_or_a_cause_and_measures_to_be_lifted_oppose_nobody(analyse, text):
    assert {"Chile", "Peru"} not in [set(point.parties) for point in disagreements(analyse(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Norway will shut down the pipeline unless Chile pays.",
        "Norway threatened at a meeting with Chilean ministers to shut down the port over the levy.",
        "Norway's president is furious that Chile is not paying for the port.",
        "Norway was frustrated that Chilean ships had crossed the line.",
        "Norway was disappointed that Chile did not sign.",
        "Norway is unhappy that Chile left the talks.",
        "Norway is worried that Chile will close the port.",
        "Norwegian lawmakers raised concerns that Chile would hide the cost.",
        "Norway voiced fears that Chile could attack its ships.",
        "Norway regrets that Chile has left the pact.",
        "Norway announced that Chilean ships were banned from its ports.",
        "Norway ordered that Chilean diplomats be expelled.",
        "Norway said Chile had done nothing to stop the fire.",
        "Norway threatened the citizens of Chile in a tape.",
        "Norway is uninterested in Chile's plan.",
        "Norway doubts Chile's claim.",
    ],
)
def test_displeasure_at_what_another_does_and_threats_are_disagreements(analyse, text):
    assert {"Norway", "Chile"} in [set(point.parties) for point in disagreements(analyse(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Norway is worried that Chile has suffered a drought.",
        "Norway was sad that Chile lost the match.",
        "Norway fears that a storm will hit Chile.",
        "Norway is happy that Chile signed.",
        "Norway is worried that it will lose Chile's trade.",
        "Norway is not concerned that Chile will leave.",
        "Norway regrets the loss of life in Chile.",
        "Norway decided that Chile would not be banned.",
    ],
)
def test_pity_worry_for_oneself_and_pleasure_oppose_nobody(analyse, text):
    assert disagreements(analyse(text)) == ()


def test_the_two_of_a_case_in_court_are_at_odds(analyse):
    (point,) = disagreements(analyse("The case between Norsk Hydro and Codelco continues in the Supreme Court."))
    assert set(point.parties) == {"Norsk Hydro", "Codelco"}


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian minister mentioned the crew, whom the Chilean army has taken hostage.",
        "Norway's president noted that Peru had not mentioned that Chile had sabotaged the pact.",
        "Norway's minister cited the treaty, which Chile has violated.",
        "Chile to release secret files\n\nThe files will be put on the web in May. Norway condemned the release.",
        "Chile to leak secret files\n\nThe files will be put on the web in May. Norway is worried about the leak.",
    ],
)
def test_a_wrong_told_aside_and_a_deed_that_is_the_news_have_their_doer(analyse, text):
    assert {"Norway", "Chile"} in [set(point.parties) for point in disagreements(analyse(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Norway's minister responded to the Chilean speech, rejecting its claims.",
        "Norway's envoy commented on the Chilean plan, dismissing the figures.",
        "Norway fumed at the Chilean plan.",
        "Norway grumbled about Chile's ban.",
    ],
)
def test_who_is_answered_or_grumbled_at_is_the_other_side(analyse, text):
    assert {"Norway", "Chile"} in [set(point.parties) for point in disagreements(analyse(text))]


def test_who_is_met_is_not_whom_a_refusal_beside_is_aimed_at(analyse):
    assert disagreements(analyse("Norway met Chile in Oslo, rejecting calls for a ban.")) == ()
