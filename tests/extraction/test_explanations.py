"""Every finding names the rule, the cue and the mentions that led to it, at their places in the article."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from briefing.extraction.actors.extractor import ActorExtractor
from briefing.extraction.background import BackgroundExtractor
from briefing.extraction.events.extractor import EventExtractor
from briefing.extraction.explanation import Reason
from briefing.extraction.points.agreements import AgreementExtractor
from briefing.extraction.points.disagreements import DisagreementExtractor
from briefing.extraction.quotes.extractor import QuoteExtractor
from briefing.extraction.summary.extractor import SummaryExtractor
from briefing.language.analyse import analyse as analyse_article
from briefing.language.analysis import Analysis
from briefing.model.brief import Position
from briefing.reading.source import read_file
from tests.quality.gold import read_set

Analyse = Callable[..., Analysis]
EXTRACTORS = (
    SummaryExtractor(),
    ActorExtractor(),
    EventExtractor(),
    AgreementExtractor(),
    DisagreementExtractor(),
    QuoteExtractor(),
    BackgroundExtractor(),
)
Extractor = (
    SummaryExtractor
    | ActorExtractor
    | EventExtractor
    | AgreementExtractor
    | DisagreementExtractor
    | QuoteExtractor
    | BackgroundExtractor
)
# What a reason is, words that it says, and the words of the article that it points at.
Shown = tuple[str, str, str | None]


def shown(reason: Reason, analysis: Analysis) -> Shown:
    pointed = analysis.article.text[reason.start : reason.end] if reason.start is not None else None
    return reason.what, reason.said, pointed


def check(extractor: Extractor, analysis: Analysis, wanted: list[Shown]) -> None:
    (finding, *_) = extractor.explain(analysis)
    found = [shown(reason, analysis) for reason in finding.reasons]
    missing = [w for w in wanted if not any(w[0] == f[0] and w[1] in f[1] and w[2] == f[2] for f in found)]
    assert not missing, found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Danish fisheries minister Ingrid Solheim arrived. She will speak.",
            [
                ("rule", "takes part: it is the subject of “arrived”", "Ingrid Solheim"),
                ("kind", "person: 1 of 1 mentions", None),
                ("role", "before the name, of Denmark", "Danish fisheries minister"),
                ("mentions", "2: 1 by name, 1 by pronoun", None),
                ("pronoun", "", "She"),
                ("salience", "role 1.00 × +1.57", None),
            ],
        ),
        (
            "Ingrid Solheim, the mayor of Tromsbu, resigned.",
            [("role", "in apposition after the name", "mayor of Tromsbu")],
        ),
        ("Oslo rejected the plan.", [("kind", "the list of states", None), ("metonym", "", "Oslo")]),
        (
            "The Ullevik Fishing Company sued the town.",
            [("kind", "its last word names a body", None), ("name", "", "Ullevik Fishing Company")],
        ),
    ],
)
def test_actors(analyse: Analyse, text: str, wanted: list[Shown]) -> None:
    check(ActorExtractor(), analyse(text), wanted)


def test_an_event_gives_its_scores_and_words(analyse: Analyse) -> None:
    text = "The foreign ministers of Norway and Iceland will meet in Bergen on 6 June, the ministry said."
    analysis = analyse(text, published="2024-05-14")
    (finding,) = EventExtractor().explain(analysis)
    found = [shown(reason, analysis) for reason in finding.reasons]
    assert any(what == "score" and pointed == text for what, _, pointed in found)
    for what, pointed in [("time", "6 June"), ("place", "Bergen")]:
        assert any((what, pointed) == (one[0], one[2]) for one in found), found
    for what, said in [("date", "2024-06-06"), ("status", "scheduled"), ("participant", "Norway"), ("confidence", "")]:
        assert any(what == one[0] and said in one[1] for one in found), found


def test_a_point_gives_its_scores_parties_and_words(analyse: Analyse) -> None:
    text = "Norway rejected Iceland's demand for a closed season on herring, minister Ingrid Solheim said on Monday."
    analysis = analyse(f"{text}\n\nThe season opens in August. Denmark has no herring fleet.", title="Herring season")
    (finding, *_) = DisagreementExtractor().explain(analysis)
    found = [shown(reason, analysis) for reason in finding.reasons]
    assert any(what == "words" and "rejected" in (pointed or "") for what, _, pointed in found), found
    for what, said in [
        ("score", "states a point of disagreement"),
        ("party", "Norway"),
        ("party", "Iceland"),
        ("matter", ""),
        ("attributed", "to Ingrid Solheim"),
        ("confidence", "that the point is right"),
    ]:
        assert any(what == one[0] and said in one[1] for one in found), found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            'Ingrid Solheim spoke. "We will not sign this treaty," she said.',
            [
                ("rule", "within quotation marks", "We will not sign this treaty,"),
                ("cue", "say", "said"),
                ("source", "a cue beside it", "she"),
                ("speaker", "Ingrid Solheim: the pronoun fits", None),
                ("mention", "Ingrid Solheim is", "Ingrid Solheim"),
                ("salience", "0.4 × place", None),
            ],
        ),
        (
            'Minister Ingrid Solheim said: "We will not sign this treaty."',
            [("speaker", "the source is a name", None), ("source", "a cue beside it", "Minister Ingrid Solheim")],
        ),
        (
            '"We will not sign this bad treaty," was written on the wall.',
            [("cue", "none", None), ("speaker", "without a name", None)],
        ),
    ],
)
def test_quotes(analyse: Analyse, text: str, wanted: list[Shown]) -> None:
    check(QuoteExtractor(), analyse(text), wanted)


def test_a_quote_of_a_speaker_who_goes_on_says_so(analyse: Analyse) -> None:
    analysis = analyse('"We will not sign it," Ingrid Solheim said. "They know that very well."')
    again = QuoteExtractor().explain(analysis)[1].reasons
    assert ("source", "the speaker of the last quotation continues:", "Ingrid Solheim") in [
        shown(reason, analysis) for reason in again
    ]


def test_the_summary_gives_scores_cuts_and_brackets(analyse: Analyse) -> None:
    analysis = analyse(
        "Minister Ingrid Solheim opened the new harbour of Ullevik on Tuesday.\n\n"
        "However, she will close the old harbour of Ullevik (the smaller one) in the winter of next year."
    )
    first, second = SummaryExtractor().explain(analysis)
    assert any(reason.what == "rule" and "place +10.0" in reason.said for reason in first.reasons)
    found = [shown(reason, analysis) for reason in second.reasons]
    assert ("cut", "left out, as always:", "However,") in found
    assert ("cut", "left out, as always:", " (the smaller one)") in found
    assert ("bracket", "[Ingrid Solheim] for the pronoun", "she") in found
    assert any(what == "rule" and "to come +8.0" in said for what, said, _ in found)
    assert any(
        what == "concept" and pointed == "harbour"
        for what, _, pointed in (*found, *(shown(reason, analysis) for reason in first.reasons))
    )


@pytest.mark.parametrize(
    ("fact", "wanted"),
    [
        ("The two towns built the first quay in 1931.", ("cue", "past time", "1931")),
        ("The two towns have quarrelled over it since the war.", ("cue", "since", "since")),
        ("The quay was previously closed for repairs.", ("cue", "earlier", "previously")),
    ],
)
def test_background_names_its_clues_of_an_earlier_time(analyse: Analyse, fact: str, wanted: Shown) -> None:
    news = "Ullevik will close its harbour to trawlers in June, the mayor said on Tuesday."
    analysis = analyse(f"{news}\n\nFishermen rejected the plan in a letter.\n\n{fact}", published="2024-05-14")
    check(BackgroundExtractor(), analysis, [wanted, ("rule", "its clues score", None)])


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: type(extractor).__name__)
def test_an_article_without_findings_has_nothing_to_explain(analyse: Analyse, extractor: Extractor) -> None:
    assert extractor.explain(analyse("")) == ()


def test_every_finding_is_explained_by_rule_or_score(nlp: Language) -> None:
    for gold in read_set("untouched"):
        analysis = analyse_article(read_file(gold.source).article, nlp)
        for extractor in EXTRACTORS:
            findings = extractor.explain(analysis)
            assert tuple(finding.record for finding in findings) == extractor(analysis)
            for finding in findings:
                whats = {reason.what for reason in finding.reasons}
                pointed = [reason for reason in finding.reasons if reason.start is not None]
                assert whats & {"rule", "cue", "score"}, finding
                assert pointed, finding
                for reason in pointed:
                    assert reason.start is not None
                    assert reason.end is not None
                    assert 0 <= reason.start < reason.end <= len(analysis.article.text), reason
                    assert analysis.article.text[reason.start : reason.end].strip(), reason
                if isinstance(finding.record, Position):
                    parties = [reason.said for reason in finding.reasons if reason.what == "party"]
                    assert len(parties) == len(finding.record.parties)
                    assert all(any(party in said for said in parties) for party in finding.record.parties)
