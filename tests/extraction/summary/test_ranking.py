"""What speaks for and against a sentence."""

import pytest

from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.summary.ranking import LEAD, rank_sentences


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("The court will rule on the case next month in the capital city.", "to come"),
        ("The committee is expected to vote on the bill on Friday, 24 May 2024.", "to come"),
        ("The two banks had signed a contract before the crisis of the market began.", "before"),
        ("Our readers know that we never shied away from a question of this kind.", "first person"),
        ('"The talks were long and the end of them is not near," the envoy said.', "speech"),
        ('"The talks were long and the end of them is not near at all, friends."', "unsourced"),
        ("What will the central bank do about the weak currency of the country now?", "question"),
        ("Rain fell on the town.", "fragment"),
        ("Rain fell.", "label"),
        ("Photo: A fisherman mends his nets in the harbour of the old town.", "label"),
        ("Click here for more news of the region and of the whole country.", "label"),
        ("* * * Statements after the talks of the two ministers in the capital city.", "label"),
        ("A free port for the free people of a free and happy country!", "verbless"),
        ("The look at all that will be talked about in the capital city today.", "verbless"),
        ("The minister said this in an interview with a newspaper of the capital.", "setting"),
        ("This was stated by the foreign minister at a press conference in Lima.", "setting"),
        ("The president made this statement after the talks in the capital city.", "setting"),
        ("I hope that the whole world will see what we have built in this town.", "own voice"),
        ("The president thanked the ambassador for the work of the last three years.", "courtesy"),
        ("We want to thank the crews of the ferries for all the work of this year.", "courtesy"),
        ("The two ministers agreed to maintain close contacts at various levels.", "courtesy"),
        ("It is a great pleasure to receive so many guests in the capital city.", "courtesy"),
        ("The situation in the region and prospects for trade were discussed in detail.", "topics only"),
        ("The two presidents exchanged views on trade and on the state of the region.", "topics only"),
        ("Special attention was paid to the development of the trade in grain.", "topics only"),
        ("The minister informed her guest about the situation on the northern border.", "topics only"),
        ("The spokesman of the company told the reporters on the phone from Lima:", "introducer"),
        ("The ministry of transport did not immediately comment on the long delay.", "no comment"),
        ("A spokeswoman of the railway declined to comment on the cause of the fire.", "no comment"),
        ("Report that the two banks have signed a contract on the loan.", "command"),
        ("Dear reader, please list the mayor among those who reject the plan.", "command"),
        ("Note to the desk: print that the port of the capital is open again.", "command"),
    ],
)
def test_a_sentence_has_the_trait(analyse, text, trait):
    assert trait in rank_sentences(analyse(text, published="2024-05-14")).sentences[-1].traits


@pytest.mark.parametrize(
    "text",
    [
        "A new show cave opened to the public in Norland in mid-June.",
        "Most captains of the Norland Bay Marine Park respect the rules of the harbour.",
        "In the early hours of Monday July 15, Norland's senate approved legislation that legalised boats.",
    ],
)
def test_a_misread_verb_is_a_verb(analyse, text):
    assert "verbless" not in rank_sentences(analyse(text)).sentences[-1].traits


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("The court ruled on the case last month in the capital city.", "to come"),
        ("Two banks have signed a contract on the loan in the capital city.", "before"),
        ("The minister said that this interview was the last one before the election.", "setting"),
        ("The president thanked the ambassador and promised to open a port in May.", "courtesy"),
        ("The two ministers agreed to open two more crossings on the long border.", "courtesy"),
        ("The ministers discussed the bridge and agreed to open it for lorries in May.", "topics only"),
        ("The minister informed her guest that the northern border would be closed.", "topics only"),
        ("After the vote, politicians such as the mayor of the capital welcomed the plan.", "demonstrative"),
        ("The minister will comment on the long delay of the railway on Friday.", "no comment"),
        ("The two banks report that they have signed a contract on the loan.", "command"),
        ('"Report to the port," the mayor told the crews of the ferries on Friday.', "command"),
        ("The US sent two ships to the strait on Thursday, the ministry in Lima said.", "first person"),
        ("Parliament wants to close the port this year and the yard next year.", "demonstrative"),
        ('"We have never signed the treaty on the loan," the minister told reporters.', "first person"),
        ('The envoy called the long talks on the loan and the market "useful" on Monday.', "speech"),
    ],
)
def test_a_sentence_does_not_have_the_trait(analyse, text, trait):
    assert trait not in rank_sentences(analyse(text, published="2024-05-14")).sentences[-1].traits


def test_a_pointing_phrase_refers_to_earlier_text(analyse):
    text = "The navy tested two missiles in the bay on Monday. Sailors will receive these missiles next year."
    first, second = rank_sentences(analyse(text, published="2024-05-14")).sentences
    assert "demonstrative" not in first.traits
    assert "demonstrative" in second.traits


def test_this_alone_points_back(analyse):
    text = (
        "The navy tested two missiles in the bay on Monday. One of the reasons for this is the dispute on the border."
    )
    assert "demonstrative" in rank_sentences(analyse(text, published="2024-05-14")).sentences[1].traits


@pytest.mark.parametrize(
    ("title", "titled"),
    [
        ("Court rules against two banks", (1.0, 0.5)),
        ("Coal miners end their strike", (0.0, 0.0)),
        ("...", (0.0, 0.0)),
    ],
)
def test_a_sentence_gains_by_its_share_of_the_titles_words(analyse, title, titled):
    text = "The court in Lima ruled against the two banks on Monday. The two banks lost the case."
    ranked = rank_sentences(analyse(text, title=title)).sentences
    assert tuple(one.titled for one in ranked) == pytest.approx(titled)
    assert tuple(one.lead for one in ranked) == pytest.approx(tuple(LEAD * share for share in titled))


@pytest.mark.parametrize(
    ("sentence", "relative"),
    [
        ("Earlier in the day the harbour of the old town had been closed for an hour.", True),
        ("Two weeks later the harbour of the old town was closed to all the ferries.", True),
        ("At the time the harbour of the old town was closed to all of the ferries.", True),
        ("The harbour of the old town was closed on the day of the long-awaited vote.", False),
        ("The harbour will close for the first time since the storm of last winter.", False),
    ],
)
def test_a_time_that_an_earlier_sentence_gives(analyse, sentence, relative):
    opening = " ".join(f"Ferry {number} left the harbour of Aln for Brekke on Monday." for number in range(1, 5))
    assert ("then" in rank_sentences(analyse(f"{opening} {sentence}")).sentences[-1].traits) is relative


@pytest.mark.parametrize(("title", "own"), [("Statement by Minister Ana Sol on the Port", False), ("The port", True)])
def test_a_signed_statement_has_no_author_without_a_name(analyse, title, own):
    text = "I welcome the decision of the council to open the port of Aln to all ferries in May."
    assert ("own voice" in rank_sentences(analyse(text, title=title)).sentences[0].traits) is own


def test_the_weights_of_all_concepts_are_a_hundred_together(analyse):
    ranking = rank_sentences(
        analyse("The court ruled on the case of 2 banks. The banks lost the case.", title="Banks lose")
    )
    assert sum(ranking.weights.values()) == pytest.approx(100.0)
    assert ranking.weights["bank"] > ranking.weights["court"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"It is late," he said.', "It is late,"),
        ("“It is late. We go home.” She left.", "It is late. We go home."),
        ("It is the ministers' plan and it’s late.", ""),
        ("'It is late', he said.", "It is late"),
        ("«It is late», he said.", "It is late"),
        ('"It is late.\n\nShe left.', "It is late."),
    ],
)
def test_words_between_marks_are_quoted(analyse, text, quoted):
    analysis = analyse(text)
    found = quoted_tokens(analysis)
    assert "".join(t.text_with_ws for t in analysis.doc if t.i in found).strip() == quoted


def test_an_article_is_ranked_once(analyse):
    first, second = analyse("The court ruled. The banks lost."), analyse("Rain fell on the town.")
    assert rank_sentences(first) is rank_sentences(first)
    assert rank_sentences(second).weights != rank_sentences(first).weights
