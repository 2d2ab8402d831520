"""How a predicate is presented, by its own words and by what governs it."""

import pytest

from briefing.language.factuality import factuality


def read(nlp, text, word):
    token = next(token for token in nlp(text) if token.text == word)
    return factuality(token)


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("Japan signed the treaty.", "signed", False),
        ("Japan did not sign the treaty.", "sign", True),
        ("Japan has never signed the treaty.", "signed", True),
        ("The bank no longer opposes the merger.", "opposes", True),
        ("Nobody accepted the offer.", "accepted", True),
        ("Neither side signed the accord.", "signed", True),
        ("No agreement was reached.", "agreement", True),
        ("No agreement was reached.", "reached", True),
        ("They reached no agreement.", "agreement", True),
        ("There is no disagreement between the two.", "disagreement", True),
        ("Japan failed to sign the treaty.", "sign", True),
        ("Japan refused to sign the treaty.", "sign", True),
        ("The minister declined to comment.", "comment", True),
        ("Japan was unable to sign the treaty.", "sign", True),
        ("The lack of agreement worries Paris.", "agreement", True),
        ("They left without signing the accord.", "signing", True),
        ("The minister denied that the two had agreed.", "agreed", True),
        ("He ruled out a meeting with the rebels.", "meeting", True),
        ("The sides did not sign or ratify the treaty.", "ratify", True),
        ("They agreed to meet but did not sign.", "meet", False),
        ("They agreed to meet but did not sign.", "sign", True),
        ("He is unlikely to sign it.", "sign", True),
        ("They have yet to agree.", "agree", True),
        ("Paris has neither confirmed nor denied the talks.", "denied", True),
        ("Neither Paris nor Berlin supports it.", "supports", True),
        ("Not all members backed the plan.", "backed", True),
        ("Few members supported the bill.", "supported", True),
        ("A few members supported the bill.", "supported", False),
        ("The unions are not opposed to the plan.", "opposed", True),
        ("The union dropped its opposition to the plan.", "opposition", True),
        ("They were negotiating in May.", "negotiating", False),
        ("The plan is not only costly but wrong.", "costly", False),
        ("The bank did not just reject the offer.", "reject", False),
        ("The union not merely opposes the plan.", "opposes", False),
    ],
)
def test_a_denied_clause_is_negated(nlp, text, word, negated):
    assert read(nlp, text, word).negated is negated


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They did not refuse to meet.", "meet"),
        ("He did not deny that the two had agreed.", "agreed"),
        ("They did not fail to sign.", "sign"),
        ("There is no lack of agreement.", "agreement"),
        ("Russia does not rule out a meeting.", "meeting"),
        ("He refused to rule out sanctions.", "sanctions"),
    ],
)
def test_two_negations_cancel(nlp, text, word):
    assert read(nlp, text, word).negated is False


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("The ministers signed the deal.", "signed", "actual"),
        ("They managed to sign the deal.", "sign", "actual"),
        ("The ministers will sign the deal.", "sign", "future"),
        ("The minister is to sign the deal on Friday.", "sign", "future"),
        ("She is going to resign.", "resign", "future"),
        ("Ministers to discuss security issues", "discuss", "future"),
        ("They agreed to meet.", "meet", "future"),
        ("The chancellor is expected to visit Rome.", "visit", "future"),
        ("The union threatened to strike.", "strike", "future"),
        ("He said the minister would visit Rome.", "visit", "future"),
        ("He told reporters that he would resign.", "resign", "future"),
        ("He told the envoy to resign.", "resign", "wished"),
        ("The bank announced plans to close branches.", "close", "future"),
        ("The ministers may sign the deal.", "sign", "possible"),
        ("They could meet in May.", "meet", "possible"),
        ("The company must recall the cars.", "recall", "necessary"),
        ("The company has to recall the cars.", "recall", "necessary"),
        ("He hopes to sign it.", "sign", "wished"),
        ("France urged them to agree.", "agree", "wished"),
        ("Tehran called for talks on sanctions.", "talks", "wished"),
        ("The aim is to sign a treaty.", "sign", "wished"),
        ("It is important to sign a treaty.", "sign", "necessary"),
        ("Voters went to the polls to elect a mayor.", "elect", "wished"),
        ("They would like to sign.", "sign", "wished"),
        ("He may want to sign it.", "sign", "wished"),
        ("They were to have met in May.", "met", "possible"),
        ("They talked for hours to resolve the dispute.", "resolve", "wished"),
        ("Lawmakers voted to reject the bill.", "reject", "actual"),
        ("They persuaded Japan to sign.", "sign", "actual"),
        ("Germany proposed that the two meet.", "meet", "wished"),
        ("The minister plans a visit to Rome.", "visit", "future"),
        ("The envoy hopes for a deal.", "deal", "wished"),
        ("He is considering a visit.", "visit", "possible"),
        ("The two sides agreed a deal.", "deal", "actual"),
        ("Will they sign the deal?", "sign", "possible"),
    ],
)
def test_the_least_certain_governor_gives_the_modality(nlp, text, word, modality):
    assert read(nlp, text, word).modality == modality


@pytest.mark.parametrize(
    ("text", "word", "conditional"),
    [
        ("If they agree, talks will resume.", "agree", True),
        ("If they agree, talks will resume.", "resume", True),
        ("They would sign if Paris agreed.", "sign", True),
        ("Talks will not resume unless Paris agrees.", "resume", True),
        ("Should Paris agree, the talks would resume.", "resume", True),
        ("They signed when Paris agreed.", "signed", False),
        ("The talks will resume on Monday.", "resume", False),
    ],
)
def test_a_condition_holds_for_both_its_clauses(nlp, text, word, conditional):
    assert read(nlp, text, word).conditional is conditional


@pytest.mark.parametrize(
    ("text", "word", "tense"),
    [
        ("Japan signed the treaty.", "signed", "past"),
        ("Japan has signed the treaty.", "signed", "past"),
        ("Japan opposes the treaty.", "opposes", "present"),
        ("Japan is signing the treaty.", "signing", "present"),
        ("Japan will sign the treaty.", "sign", "future"),
        ("Japan managed to sign the treaty.", "sign", "past"),
        ("He said that Japan would sign the treaty.", "sign", "future"),
        ("Japan could have signed the treaty.", "signed", "past"),
        ("Japan may sign the treaty.", "sign", "none"),
        ("Japan vowed not to sign the treaty.", "sign", "future"),
        ("They were to have met in May.", "met", "past"),
        ("They had to set the prices.", "set", "past"),
        ("They wanted to set the prices.", "set", "none"),
        ("They oppose and condemn the tests.", "condemn", "present"),
        ("Talks", "Talks", "none"),
    ],
)
def test_the_tense_is_that_of_the_finite_verb(nlp, text, word, tense):
    assert read(nlp, text, word).tense == tense


def test_long_chains_of_governors_are_cut(nlp):
    text = "They said " + "that he hoped " * 3000 + "to sign."
    assert factuality(nlp(text)[-2]).conditional is False
