"""The attribute ruler finds the same matches, in the same order, as with the matcher that spaCy gives it."""

from pathlib import Path

import pytest
import spacy
from spacy.pipeline import AttributeRuler

from briefing.language.pipeline import DEFAULT_MODEL
from briefing.language.remembered_rules import remember_rules
from briefing.reading.folders import find_sources
from briefing.reading.source import read_file

ARTICLES = find_sources(Path(__file__).parents[2] / "examples" / "articles").files
TEXTS = (
    "Ain't they gonna come? I gotta go, y'all; let's go, c'mon.",
    "There's something that I didn't know: it'd been doin' nuthin' to 'em.",
    "He wo n't, she'll; ’nuff said… But\tthat \n\n was all but over \u2003 .",
    "IT GAVE YOU THE ONE THAT HAD GOT TA GO. It gets me.",
    "",
    " ",
)


@pytest.fixture(scope="module")
def docs():
    """Return texts as they are when the ruler gets them, and the ruler as it is installed."""
    nlp = spacy.load(DEFAULT_MODEL)
    texts = [*TEXTS, *(read_file(file).article.text for file in ARTICLES)]
    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        return list(nlp.pipe(texts)), nlp.get_pipe("attribute_ruler")


def test_the_matches_are_those_of_the_matcher_that_tries_all(docs):
    parsed, ruler = docs
    expected = [ruler.match(doc) for doc in parsed]
    remember_rules(ruler)
    for _ in ("as they are met", "as they are remembered"):
        assert [ruler.match(doc) for doc in parsed] == expected


@pytest.mark.parametrize(
    "pattern",
    [
        [{"LOWER": "rain"}],
        [{"LOWER": {"IN": ["rain", "fog"]}, "TAG": "NN"}],
        [{"LOWER": {"NOT_IN": ["rain"]}}],
        [{"LOWER": {"REGEX": "^r"}}],
        [{"LOWER": {"REGEX": "^r"}, "TAG": "NN"}],
        [{"LOWER": {"REGEX": "^[rs]", "NOT_IN": ["said"]}}],
        [{"LOWER": {"REGEX": "^f"}}, {"LOWER": {"REGEX": "^on"}}],
        [{"TEXT": "Rain", "OP": "?"}, {"LOWER": {"REGEX": "^[mr]a"}}],
        [{"LOWER": "the", "OP": "?"}, {"LOWER": "rain"}],
        [{"LOWER": "hail", "OP": "*"}, {"TEXT": "Rain"}],
        [{"TEXT": "Rain"}],
        [{"TAG": "NN", "OP": "+"}],
        [{}],
        [{"LOWER": "rain"}, {"LOWER": "fell"}],
    ],
)
def test_any_pattern_is_matched_alike(nlp, pattern):
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([pattern, [{"LOWER": "fell"}]], {"LEMMA": "x"}, 0)
    doc = nlp("Rain fell. The RAIN fell on rain and fog, said the rain maker.")
    expected = ruler.match(doc)
    remember_rules(ruler)
    assert ruler.match(doc) == ruler.match(doc) == expected
