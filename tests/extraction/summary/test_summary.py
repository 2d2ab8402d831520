"""The sentences of a summary, and their order."""

import pytest

from briefing.evidence.grounding import first_ungrounded_word
from briefing.extraction.summary.extractor import SummaryExtractor

STRIKE = """Ferry crews in Norland will walk out on Friday after talks on pay collapsed, their union said.

The union wants a rise of 6 percent and rejects the 2 percent that the operator, Nordlink, has offered.

"We are tired of promises," said Marta Lind, who leads the union.

"It is never easy. Nobody likes to stand on the quay. But what else can we do?" she said.

Nordlink carries 40,000 passengers a day between the islands.

The sea was calm on Tuesday.

Norland's transport minister, Erik Dahl, will meet both sides on Thursday to prevent the walkout of the crews.

The last strike of the ferry crews, in 2009, had lasted three weeks."""


def lines(analyse, text, title="Norland ferry crews to strike over pay", published="2024-05-14", **options):
    return [s.text for s in SummaryExtractor(**options)(analyse(text, title=title, published=published))]


def test_the_lead_and_the_outlook_are_in_the_summary(analyse):
    summary = lines(analyse, STRIKE)
    assert summary[0].startswith("Ferry crews in Norland will walk out on Friday")
    assert any("will meet both sides on Thursday" in line for line in summary)


def test_sentences_are_in_the_order_of_the_article(analyse):
    analysis = analyse(STRIKE, title="Norland ferry crews to strike over pay", published="2024-05-14")
    starts = [s.evidence[0].start for s in SummaryExtractor()(analysis)]
    assert starts == sorted(starts)
    assert len(starts) == 3


def test_the_title_is_no_sentence_of_the_summary(analyse):
    assert not any("Norland ferry crews to strike over pay" in line for line in lines(analyse, STRIKE))


def test_questions_and_unattributed_quotations_are_left_out(analyse):
    summary = " ".join(lines(analyse, STRIKE, sentences=6, words=300))
    assert "never easy" not in summary
    assert "Nobody likes" not in summary
    assert "what else" not in summary


@pytest.mark.parametrize("words", [30, 50, 80])
def test_all_sentences_together_keep_to_the_number_of_words(analyse, words):
    assert sum(len(line.split()) for line in lines(analyse, STRIKE, words=words)) <= words


@pytest.mark.parametrize("sentences", [1, 2, 3, 5])
def test_there_are_no_more_sentences_than_asked_for(analyse, sentences):
    assert len(lines(analyse, STRIKE, sentences=sentences, words=200)) == sentences


def test_a_single_sentence_may_exceed_the_word_limit(analyse):
    assert len(lines(analyse, "The council approved the new bridge over the river Aln on Monday.", words=5)) == 1


@pytest.mark.parametrize(
    "text", ["The council approved the bridge.", "The council approved the bridge. It opens in May."]
)
def test_a_short_article_has_a_short_summary(analyse, text):
    assert 1 <= len(lines(analyse, text, title="Bridge approved")) <= 2


@pytest.mark.parametrize("text", ['"We are tired of promises."', "What now?", "He left."])
def test_a_sentence_is_better_than_none(analyse, text):
    assert lines(analyse, text, title="Bridge approved") == [text]


def test_no_sentence_no_summary(analyse):
    assert lines(analyse, " ", title="Bridge approved") == []


def test_a_repeated_statement_appears_once(analyse):
    text = (
        "Parliament in Oravia adopted the pension reform on Monday after a long debate.\n\n"
        "The Oravian parliament on Monday adopted the reform of pensions after a long debate.\n\n"
        "Trade unions in the capital announced a protest against the pension age of 67 for Saturday.\n\n"
        "President Ilona Varga has ten days to sign the reform of pensions or to send it back to parliament."
    )
    assert sum("after a long debate" in line for line in lines(analyse, text, title="Oravia adopts reform")) == 1


@pytest.mark.parametrize(
    "text",
    [
        'He said "this and went home. "That is it. No end',
        "« Nous » — \u202b שלום \u202c 😀 . … !",
        "a" * 20_000,
        "word " * 3_000,
        '"' * 300,
        "Mr. Lee; ( ( ) [x] : , .",
    ],
)
def test_odd_text_makes_no_error(analyse, text):
    for statement in SummaryExtractor()(analyse(text)):
        assert statement.text
        held = [evidence.text for evidence in statement.evidence]
        assert first_ungrounded_word(statement.text, statement.insertions, held) is None


def test_the_same_article_gives_the_same_summary(analyse):
    assert lines(analyse, STRIKE) == lines(analyse, STRIKE)


@pytest.mark.parametrize("words", [30, 55, 80, 200])
def test_no_sentence_of_a_summary_points_back(analyse, words):
    text = "\n\n".join(
        (
            "Parliament in Oravia raised the pension age to 67 on Monday, a step that the unions oppose.",
            "This will save the state 2 billion crowns a year from January, the finance ministry says.",
            "The unions of Oravia will strike against the pension age on Friday, 17 May, their leader Ana Petri said.",
        )
    )
    assert not any(line.startswith("This") for line in lines(analyse, text, title="Pension age raised", words=words))


@pytest.mark.parametrize(
    ("opening", "chosen"), [("A storm has closed the harbour of Aln, the mayor said.", True), ("Aln was wet.", False)]
)
def test_a_full_first_sentence_opens_the_summary(analyse, opening, chosen):
    others = """

Mayor Marta Lind will ask the ministry on Thursday for 40 million crowns for a wall that keeps any storm out of the
harbour of Aln.

Forecasters expect a second storm with waves of six metres on Friday, and fishermen will move 30 boats from the harbour
of Aln to Brekke.

Nordlink will send its ferries to Brekke until June, where buses will carry 2,000 passengers a day to the trains."""
    assert (opening in lines(analyse, opening + others, title="Storm at sea")) is chosen


@pytest.mark.parametrize(("title", "news"), [("Aln bans lorries from its bridge", 1), ("Rain over Aln", 0)])
def test_the_news_of_the_title_opens_the_summary(analyse, title, news):
    opening = [
        "Rain fell over the hills and over the long valley of Aln for most of the week.",
        "The council of Aln on Monday banned all lorries from the old bridge of the town.",
    ]
    text = " ".join(opening) + "\n\nFerries of Nordlink will carry 2,000 passengers to Brekke on Friday, 17 May 2024."
    assert lines(analyse, text, title=title, sentences=1) == [opening[news]]


def test_long_news_of_this_morning_leaves_room_for_more(analyse):
    news = (
        "This morning, Marta Lind, the mayor of Aln, Erik Dahl, the transport minister of Norland, and Ana Petri, who "
        "leads the union of the ferry crews, signed a contract in the town hall that raises pay by 6 percent, shortens "
        "the week to 36 hours, gives all crews five more days of leave a year, and ends a strike of nine days in the "
        "harbours of Aln, Brekke and Ullevik."
    )
    more = "Nordlink will pay 40 million crowns a year for the contract, its director said."
    assert len(news.split()) + len(more.split()) > 80
    assert lines(analyse, f"{news}\n\n{more}", title="Contract ends ferry strike") == [news, more]


def test_no_clause_is_cut_where_there_is_room(analyse):
    text = "The storm led to a warning for the harbour of Aln, which was later cancelled."
    assert lines(analyse, text, title="Storm over Aln") == [text]


def test_the_first_sentence_needs_no_sentence_before_it(analyse):
    news = "Mayor Marta Lind of Aln spoke on Monday with minister Erik Dahl about the plan they laid out in March."
    text = f"{news}\n\nThe sea was calm on Tuesday, and the ferries carried 2,000 passengers to the islands."
    assert lines(analyse, text, title="Mayor speaks with minister", sentences=1) == [news]


STATEMENT = """The port of Aln has waited for its wall for thirty years, and the city has paid for the delay.

I welcome the decision of the council of Aln to open the port to all ferries in May 2024.

We will pay 40 million crowns for the wall that keeps any storm out of the harbour of Brekke."""


def test_who_speaks_in_a_statement_precedes_its_claims(analyse):
    summary = lines(analyse, STATEMENT, title="Statement by Minister Ana Sol on the Port of Aln")
    assert [line.startswith("[Minister Ana Sol:] ") for line in summary] == [True, True, True]
    account = STATEMENT.replace("I welcome", "Sol welcomed")
    assert not any("[" in line for line in lines(analyse, account, title="Port of Aln"))


def test_an_account_in_the_third_person_is_not_signed(analyse):
    text = "Minister Ana Sol opened the port of Aln on Monday and met the crews of two ferries."
    assert lines(analyse, text, title="Statement by Spokesman Jan Holm on the Port of Aln") == [text]
