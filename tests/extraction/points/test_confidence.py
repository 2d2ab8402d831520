"""How sure a point is depends on signs that a reader sees too."""

import pytest

from briefing.extraction.points.confidence import WEIGHTS, Signs, confidence
from briefing.extraction.points.positions import find_positions

PLAIN = Signs(guessed=False, unnamed=False, quoted=False, judging=False, names_party=False, early=False)
FAR = "The weather was fine. " * 4


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Norway and Chile agreed on a fishing quota.", "early"),
        (FAR + "Norway and Chile met in Oslo. They agreed on a fishing quota.", "unnamed"),
        (FAR + 'Norway accused Chile of "plundering" the sea.', "quoted"),
    ],
)
def test_a_sign_is_seen_where_it_stands(analyse, text, sign):
    (point,) = find_positions(analyse(text))
    assert getattr(point.signs, sign)


def test_a_point_told_plainly_by_its_parties_names_has_no_sign_against_it(analyse):
    (point,) = find_positions(analyse(FAR + "Norway and Chile agreed on a fishing quota."))
    assert point.signs == PLAIN
    assert point.position.confidence == confidence(PLAIN)


@pytest.mark.parametrize("sign", WEIGHTS)
def test_each_sign_moves_the_confidence_its_own_way(sign):
    moved = confidence(PLAIN._replace(**{sign: True}))
    assert (moved > confidence(PLAIN)) == (WEIGHTS[sign] > 0)
    assert 0 < moved < 1


def test_every_sign_has_a_weight():
    assert set(WEIGHTS) == set(Signs._fields)
