"""Trees are walked as they were fitted."""

import numpy as np
import pytest

from briefing.extraction.scoring.trees import Trees, packed, unpacked

# Two trees. In the first, feature 0 up to 0.5 leads to a leaf of -1, above it to one of 1; the second is a leaf of 3.
TREES = Trees(
    {
        "feature": np.array([0, 0, 0, 0], np.int16),
        "threshold": np.array([0.5, 0, 0, 0], np.float32),
        "left": np.array([1, 1, 2, 3], np.int32),
        "right": np.array([2, 1, 2, 3], np.int32),
        "value": np.array([0, -1, 1, 3], np.float32),
        "roots": np.array([0, 3], np.int32),
        "shape": np.array([1, 0.5]),
    }
)


@pytest.mark.parametrize(("value", "logit"), [(0.5, 0.5 - 1 + 3), (0.6, 0.5 + 1 + 3)])
def test_a_probability_is_of_baseline_and_leaves(value: float, logit: float) -> None:
    (likely,) = TREES.likely(np.array([[value]], np.float32))
    assert likely == pytest.approx(1 / (1 + np.exp(-logit)), abs=0.001)


def test_trees_survive_a_file() -> None:
    rows = np.array([[0.2], [0.9]], np.float32)
    (copy,) = unpacked(packed({"one": TREES})).values()
    assert (copy.likely(rows) == TREES.likely(rows)).all()


def test_no_rows_have_no_probabilities() -> None:
    assert len(TREES.likely(np.zeros((0, 1), np.float32))) == 0
