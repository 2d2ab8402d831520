"""Points of disagreement: who opposes whom over what."""

import pytest

from briefing.extraction.points.disagreements import DisagreementExtractor


def disagreements(analysis):
    return DisagreementExtractor()(analysis)


@pytest.mark.parametrize(
    "text",
    [
        "Norway condemned Chile's ban on salmon.",
        "Chile's ban on salmon was condemned by Norway.",
        "Norway and Chile are at odds over salmon.",
        "Norway suspended its trade treaty with Chile.",
        "Norway called for sanctions against Chile.",
        pytest.param(
            "Norway called Chile's ban unacceptable.",
            marks=pytest.mark.xfail(strict=True, reason="the parser makes the ban a modifier of unacceptable"),
        ),
        "Norway demanded that Chile lift the ban on salmon.",
        "Norway refused to lift the ban on Chilean salmon.",
        "Norway failed to reach an agreement with Chile on salmon.",
        "Norway is against Chile's plan.",
        "Norway is opposed to Chile's plan.",
        "Norway does not recognise Chile's claim to the island.",
        "Norway challenged Chile's claim to the island.",
        "Norway will not lift the ban on Chile until the quota falls.",
        "Norway said it would not join the alliance proposed by Chile.",
        "Norway refused to provide aid to Chile.",
        "Norway scrapped its fishing deal with Chile.",
        "Norway has cancelled a planned visit to Chile.",
        "Norway banned imports of Chilean salmon.",
        "Norway walked out of the talks with Chile.",
        "Norway came under fire from Chile over its whaling.",
        "Norway faces criticism from Chile over its whaling.",
        "Talks between Norway and Chile broke down over salmon.",
        "Norway wants a ban on whaling, whereas Chile prefers a quota.",
        "Norway and Chile failed to bridge their differences on fishing.",
        "Norway said Chile was to blame for the leak.",
        "The summit between Norway and Chile failed to reach agreement on salmon.",
        "Norway called for new tariffs on goods from Chile.",
        "Norway cut ties with Chile.",
        "Norway said Chile's plan would be a mistake.",
        "Norway warned that Chile's plan will be a disgrace.",
        "Norway urged Chile not to sign the treaty.",
        "Norway called on Chile to refrain from testing rockets.",
        "Norway said it was not going to lift the ban on Chilean salmon.",
        "Norway has no plans to lift the ban on Chilean salmon.",
        "Norway has no intention of lifting the ban on Chilean salmon.",
        "Norway will not take part in the summit until Chile withdraws.",
        "Norway turned down an invitation to meet with Chile.",
        "Norway expressed concern about Chile's launch of a rocket.",
        "Norway has fired rockets at Chile.",
        "Chile wants to close the strait, but Norway is against it.",
        "Relations between Norway and Chile have soured over salmon.",
        "Norway's ties with Chile have been strained by the ban.",
        "The visit eased the strained relations between Norway and Chile.",
        "Talks between Norway and Chile ended without agreement.",
        "Norway blocked a resolution by Chile.",
        "Norway opened an investigation into Chile.",
        "Norway filed a case against Chile.",
        "Norway won a court battle against Chile.",
        "A rift has emerged between Norway and Chile.",
        "Norway told Chile that the raid was unacceptable.",
        "Norway warned that Chile was derailing the talks.",
        "Norway said that Chile must withdraw its troops.",
        "Norway lodged a formal protest with Chile.",
        "Norway ignored Chile's warnings.",
        "Norwegian forces exchanged fire with Chilean troops.",
        "Norway barred Chilean officials from the port.",
        "Norway's decision drew a rebuke from Chile.",
        "A dispute over salmon has soured relations between Norway and Chile.",
    ],
)
def test_both_sides_are_found_whatever_the_grammar(analyse, text):
    points = disagreements(analyse(text))
    assert [set(point.parties) for point in points] == [{"Norway", "Chile"}]


def test_a_mutual_disagreement_takes_up_the_matter_of_the_sentence_before(analyse):
    text = "Norway and Chile have a dispute over salmon quotas.\n\nOn salmon quotas, the positions do differ."
    (point,) = disagreements(analyse(text))
    assert len(point.evidence) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Norway criticised the weather.",
        "Norway declined to comment on Chile.",
        "Norway might reject Chile's proposal.",
        "Norway would oppose Chile's bid if it were made.",
        "Norway joined the fight against poverty.",
        "Norway did not sue Chile.",
        "Norway declined to give details of its talks with Chile.",
        "Norway initially rejected Chile's plan.",
        "Norway denied reports of a rift with Chile.",
        "Norway rejected reports that it had refused Chile's request.",
        "Norway refused to condemn Chile.",
        "Norway can fish there without being at war with Chile.",
        "Norwegian threats against Chile will only delay the talks.",
        "The envoy will stay neutral in settling the conflict between Norway and Chile.",
        "Peru called on Norway to show that it opposes Chile's plan.",
        "The quota is not to blame for Chile's losses, Norway said.",
        "Norway would not lift the ban on Chile if it fell.",
    ],
)
def test_what_opposes_nobody_or_is_not_told_as_fact_is_no_disagreement(analyse, text):
    assert disagreements(analyse(text)) == ()


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Chile has closed the strait to ships.", "Norway condemned the closure."),
        ("Chile imposed a levy on steel.", "Norway condemned the move."),
    ],
)
def test_who_did_what_is_judged_is_told_before(analyse, before, text):
    points = disagreements(analyse(f"{before} {text}"))
    assert {"Norway", "Chile"} in [set(point.parties) for point in points if text in point.evidence[-1].text]


@pytest.mark.parametrize(
    "text",
    [
        "Norway voiced concern about Chile's economy.",
        "Norway voiced concern about the safety of Chile.",
        "Leaving the treaty with Chile would be a mistake, Norway said.",
        "Chile is derailing the talks.",
        "A judge threw out Chile's decree.",
        "Norway urged hundreds of drivers not to panic.",
        "Norway did not say that Chile was derailing the talks.",
    ],
)
def test_worry_for_another_and_a_fault_of_nobody_oppose_nobody(analyse, text):
    assert disagreements(analyse(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Drivers at Acadia Northern Railway walked off the job on Monday.",
        "Drivers of Acadia Northern Railway went on strike for better pay.",
    ],
)
def test_a_strike_is_against_whom_the_strikers_work_for(analyse, text):
    (point,) = disagreements(analyse(text))
    assert set(point.parties) == {"Drivers", "Acadia Northern Railway"}


def test_a_denial_answers_nobody_within_what_is_denied(analyse):
    assert disagreements(analyse("Norway has denied that it supports Chile.")) == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Norway accused Chile of overfishing the strait.", "strait"),
        ("Norway accused Chile of stepping up its own raids on the port.", "raids"),
        ("Norway voiced doubt over Chile's plan.", "Chile's plan"),
        ("Norway found Chile liable for poisoning the strait.", "poisoning the strait"),
        ("Norway will not take part in the summit until Chile withdraws.", "summit"),
        ("Norway summoned the Chilean envoy concerning the raid.", "raid"),
        ("Norway called for the resignation of Chile's minister.", "resignation of Chile's minister"),
    ],
)
def test_the_topic_is_what_is_opposed(analyse, text, topic):
    assert [point.topic for point in disagreements(analyse(text))] == [topic]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("As it often has, Norway rejected Chile's plan.", "As it often has, Norway rejected Chile's plan."),
        ("Norway said Chile was derailing the talks.", "Norway said Chile was derailing the talks."),
        ("Later in the day Norway rejected Chile's plan.", "Later in the day Norway rejected Chile's plan."),
        ("However, Norway rejected Chile's plan for the strait.", "Norway rejected Chile's plan for the strait."),
        (
            "“We reject Chile's plan for the strait,” said Norway's minister, Ana Sandoval.",
            "We [Norway] reject Chile's plan for the strait",
        ),
    ],
)
def test_a_statement_reads_well_alone(analyse, text, statement):
    assert disagreements(analyse(text))[0].statement == statement


def test_who_is_jointly_opposed_to_a_third_agrees(analyse):
    from briefing.extraction.points.agreements import AgreementExtractor

    analysis = analyse("Both Norway and Chile rejected Peru's proposal on quotas.")
    assert [set(point.parties) for point in disagreements(analysis)] == [{"Norway", "Chile", "Peru"}]
    assert [set(point.parties) for point in AgreementExtractor()(analysis)] == [{"Norway", "Chile"}]


@pytest.mark.parametrize(
    "text", ["", "“", "Norway\0rejected Chile", "😀 🇳🇴 rejected 🇨🇱 !", "Norway rejected Chile's plan. " * 300]
)
def test_no_text_is_too_odd(analyse, text):
    disagreements(analyse(text))


def test_the_same_article_gives_the_same_points(analyse):
    text = "Norway rejected Chile's plan. Chile accused Norway of greed. Peru and Norway agreed on quotas."
    assert disagreements(analyse(text)) == disagreements(analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "Norway wants the herring quota cut by half. Chile wants it left where it is.",
        "Norway put the number of dead at 12. Chile put it at 40.",
        "Norway says the reform will come before summer. Chile says it will do nothing of the kind.",
        "Norway said the levy would hit only the rich. Chile hit back, saying that teachers would pay it too.",
        "Norway called the offer an insult. Chile had put forward a rise of 2 percent.",
        "Norway maintains that the island is its own. Chile maintains that the island was only leased.",
        "Norway said Chile hid its catches from the inspectors. Chile said every catch was reported.",
        "Norway wants the statue returned. Chile will not part with it.",
        "Norway says that its boats stayed in port. Chile disputes that.",
        "Norway wants a label on every fish. Chile says this would cost too much.",
        "Norway wants the new port on its side of the river. Chile argues that the port belongs on the other.",
        "Norway wants the bridge closed. Chile sees no reason for that.",
        "Norway said that it must close four mines. Chile says that not one mine needs to go.",
    ],
)
def test_two_who_speak_in_turn_against_each_other_disagree(analyse, text):
    points = disagreements(analyse(text))
    assert any(set(point.parties) == {"Norway", "Chile"} for point in points)


def test_an_exchange_rests_on_both_sentences(analyse):
    (point,) = disagreements(analyse("Norway wants the herring quota cut by half. Chile wants it left where it is."))
    assert [piece.text[:6] for piece in point.evidence] == ["Norway", "Chile "]
    assert "quota" in point.topic


@pytest.mark.parametrize(
    "text",
    [
        "Norway wants more tourists. Chile wants a new airport.",
        "Norway wants the quota cut. Chile wants it cut, too.",
        "Norway raised its forecast to 3 percent. Chile puts growth at 3 percent too.",
        "Norway says its new hall will open in May. Chile says its pool will open in June.",
        "Norway said that wolves are shy. Chile said that the winter was mild.",
        "Norway might want the statue returned. Chile has not heard of it.",
        "Norway believes that talks will begin soon. Chile says that it is ready.",
        "Norway called the raid a crime. Chile called the raid an outrage.",
        "Norway said the levy would hit only the rich. Chile did not hit back.",
        "Norway said the levy would hit only the rich. Chile has made no decision on such a tax.",
    ],
)
def test_two_who_only_speak_one_after_the_other_do_not_disagree(analyse, text):
    assert disagreements(analyse(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Norway brushed aside a call by Chile to open its ports.",
        "Norway poured scorn on Chile's tax.",
        "Norway shrugged off a warning by Chile.",
        "Norway spoke out against Chile's law.",
        "Norway voted down a plan by Chile to fish in the strait.",
        "Norway has had enough of Chile's plans.",
        "Norway has dragged Chile before a court over a patent.",
        "Norway would not hear of the quota proposed by Chile.",
        "Norway cannot live with the limit that Chile decreed.",
        "Norway ruled out an inquiry into the spill that Chile had asked for.",
        "Norway dismissed Chile's claim as nonsense.",
    ],
)
def test_set_phrases_tell_of_opposition(analyse, text):
    points = disagreements(analyse(text))
    assert any(set(point.parties) == {"Norway", "Chile"} for point in points)


def test_a_body_is_a_party_by_a_common_noun_with_words_of_its_own(analyse):
    (point,) = disagreements(analyse("The fishermen's cooperative is suing Chile over a cable."))
    assert set(point.parties) == {"fishermen's cooperative", "Chile"}
