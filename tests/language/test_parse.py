"""What the parser makes of a text does not depend on the texts that it is parsed with."""

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG

from briefing.language.analyse import analyse, interpret, parse
from tests.fakes.articles import article_of

COLUMNS = [DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG]
TEXTS = (
    "Ana Sol, the foreign minister of Peru, will meet her colleague in Lima on Friday.",
    "“We agree,” said Mr. Kovar.",
    "The two sides did not agree on fishing rights. They will talk again next month, the ministry said. " * 40,
    "Rain.",
    "Shares of Norvik rose 4.5% after the court had dismissed the suit.\n\nThe company welcomed the ruling.",
)


def test_a_text_is_parsed_alike_alone_and_among_others(nlp):
    articles = [article_of(text) for text in TEXTS]
    alone = [parse([article], nlp)[0] for article in articles]
    for order in ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 2, 2, 0, 1]):
        for number, doc in zip(order, parse([articles[n] for n in order], nlp), strict=True):
            assert doc.tensor.tobytes() == alone[number].tensor.tobytes()
            assert (doc.to_array(COLUMNS) == alone[number].to_array(COLUMNS)).all()


def test_an_article_is_analysed_alike_alone_and_among_others(nlp):
    articles = [article_of(text) for text in TEXTS]
    for article, doc in zip(articles, parse(articles, nlp), strict=True):
        one, other = interpret(article, doc), analyse(article, nlp)
        assert (one.sentences, one.entities, one.attributions, one.times) == (
            other.sentences,
            other.entities,
            other.attributions,
            other.times,
        )


def test_no_articles_give_no_parses(nlp):
    assert parse([], nlp) == []
