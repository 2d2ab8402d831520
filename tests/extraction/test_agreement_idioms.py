"""Agreements told without the word: idioms of accord and of consent, and what looks like them."""

import pytest

from briefing.extraction.agreements import AgreementExtractor

PAIR = {"Norway", "Chile"}


def parties(analysis):
    return [set(point.parties) for point in AgreementExtractor()(analysis)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile shook hands on a salmon quota.",
        "Norway and Chile met halfway over the salmon quota.",
        "Norway and Chile made peace over the salmon quota.",
        "Norway and Chile came down on the same side in the quarrel about salmon.",
        "The ministers of Norway and Chile put their names to a plan for salmon.",
        "Norway and Chile settled for a compromise on salmon.",
        "Norway and Chile have consented to open the salmon market.",
        "Norway pledged with Chile to protect the salmon.",
        "Norway and Chile came to terms on the salmon quota.",
        "Norway reached terms with Chile on the salmon quota.",
        "Norway and Chile struck a bargain on salmon.",
        "Negotiators from Norway and Chile hammered out a formula for salmon.",
        "Lawmakers from Norway and Chile lined up behind a plan for salmon.",
        "Norway and Chile have set aside their differences over salmon.",
        "Norway joined Chile in calling for a salmon quota.",
    ],
)
def test_idioms_of_accord_set_the_parties_side_by_side(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway threw its weight behind Chile's plan for salmon.",
        "Norway went along with Chile's request for a salmon quota.",
        "Norway granted Chile's request for a salmon quota.",
        "Norway gave its blessing to Chile's plan for salmon.",
        "Norway met Chile's demand for a salmon quota.",
    ],
)
def test_idioms_of_consent_bind_who_yields_and_who_asked(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile may shake hands on a salmon quota.",
        "Norway would go along with Chile's request if the levy fell.",
        "The envoy of Norway shook hands with a guest.",
        "Norway settled for second place in the race.",
        "Norway was unable to reach terms with Chile.",
        "Norway did not come to terms with Chile on salmon.",
    ],
)
def test_idioms_that_are_possible_denied_or_of_one_alone_are_no_agreement(analyse, text):
    assert parties(analyse(text)) == []
