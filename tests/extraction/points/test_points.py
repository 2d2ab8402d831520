"""Points of agreement and disagreement, on passages of our own that the model did not learn from."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from briefing.evidence.grounding import first_ungrounded_word
from briefing.extraction.points.agreements import AgreementExtractor
from briefing.extraction.points.disagreements import DisagreementExtractor
from briefing.language.analysis import Analysis
from briefing.model.brief import Position
from briefing.profile.profile import load_profile

PASSAGES = yaml.safe_load((Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8"))
EXTRACTORS = {"agreement": AgreementExtractor(), "disagreement": DisagreementExtractor()}
Analyse = Callable[..., Analysis]


def points(analysis: Analysis, kind: str) -> list[Position]:
    """Return the points that a brief prints."""
    cut = load_profile().confidence
    return [point for point in EXTRACTORS[kind](analysis) if point.confidence >= cut]


def read(analyse: Analyse, text: str) -> Analysis:
    title, _, body = text.strip().rpartition("\n\n")
    return analyse(body, title=title, published="2024-05-14")


def is_right(found: Position, parties: list[str]) -> bool:
    """Return True if the parties share at least half of their members with those of a reader."""
    same = sum(any(name in party or party in name for party in found.parties) for name in parties)
    return 2 * same >= len(parties) + len(found.parties) - same


@pytest.mark.xfail(reason="the model finds three of four plain points; it has read few short texts", strict=True)
def test_most_plain_points_are_found_with_their_parties(analyse: Analyse) -> None:
    missed = []
    for passage in PASSAGES["plain"]:
        found = points(read(analyse, passage["text"]), passage["kind"])
        if not any(is_right(point, passage["parties"]) for point in found):
            missed.append((passage["text"], [point.parties for point in found]))
    assert len(missed) <= len(PASSAGES["plain"]) // 10, missed


def test_nearly_all_traps_are_silent(analyse: Analyse) -> None:
    told = []
    for passage in PASSAGES["traps"]:
        analysis = read(analyse, passage["text"])
        told += [(kind, passage["text"]) for kind in EXTRACTORS if points(analysis, kind)]
    assert len(told) <= len(PASSAGES["traps"]) // 20, told


@pytest.mark.parametrize("kind", list(EXTRACTORS))
def test_every_statement_is_grounded_in_its_evidence(analyse: Analyse, kind: str) -> None:
    for passage in PASSAGES["plain"]:
        for point in EXTRACTORS[kind](read(analyse, passage["text"])):
            sources = [piece.text for piece in point.evidence]
            assert first_ungrounded_word(point.statement, point.insertions, sources) is None
            assert len(point.parties) > 1
            assert point.topic


def test_an_article_without_sentences_has_no_points(analyse: Analyse) -> None:
    assert all(extractor(analyse("")) == () for extractor in EXTRACTORS.values())


def test_three_of_four_plain_points_are_found(analyse: Analyse) -> None:
    found = [points(read(analyse, one["text"]), one["kind"]) for one in PASSAGES["plain"]]
    right = [any(is_right(p, one["parties"]) for p in ps) for ps, one in zip(found, PASSAGES["plain"], strict=True)]
    assert sum(right) >= 0.74 * len(right)


def test_the_line_of_a_disagreement_names_most_parties(analyse: Analyse) -> None:
    (point,) = points(
        analyse("They rejected the cod quota. Norway rejects the cod quota that Iceland wants."), "disagreement"
    )
    assert len(point.evidence) == 2
    assert point.statement == "Norway rejects the cod quota that Iceland wants."


def test_a_name_in_a_list_states_no_point(analyse: Analyse) -> None:
    listed = "\n\n".join(f"- {name}." for name in ("European Union", "United States", "Norway and Peru"))
    analysis = analyse(f"Norway and Peru agreed on Friday to cut methane, and so did:\n\n{listed}")
    statements = [point.statement for kind in EXTRACTORS for point in EXTRACTORS[kind](analysis)]
    assert [one for one in statements if "agreed" not in one] == []
