"""Boosted trees, applied: training fits them with scikit-learn, here NumPy walks them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.extraction.scoring.scores import DECIMALS

PARTS = ("feature", "threshold", "left", "right", "value")  # of a node


class Trees:
    """A sum of trees, as arrays of nodes.

    A leaf leads to itself, so that all trees are walked the same number of steps.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the parts of all nodes, the ``roots``, and as ``shape`` the depth and baseline."""
        self._arrays = dict(arrays)
        self._nodes = {part: arrays[part] for part in (*PARTS, "roots")}
        depth, baseline = arrays["shape"].tolist()
        self._depth, self._baseline = int(depth), float(baseline)

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return the arrays that the trees were made from."""
        return self._arrays

    def likely(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability for each row of features, rounded."""
        nodes, flat = self._nodes, rows.ravel()
        at = np.broadcast_to(nodes["roots"], (len(rows), len(nodes["roots"])))
        begins = np.arange(len(rows))[:, None] * rows.shape[1]  # of each row in the flat ones
        for _ in range(self._depth):
            values = flat[begins + nodes["feature"][at]]
            at = np.where(values <= nodes["threshold"][at], nodes["left"][at], nodes["right"][at])
        logits = self._baseline + nodes["value"][at].astype(np.float64).sum(axis=1)
        rounded: NDArray[np.float64] = np.round(1 / (1 + np.exp(-logits)), DECIMALS)
        return rounded


def packed(trees: Mapping[str, Trees]) -> dict[str, NDArray[Any]]:
    """Return trees as the arrays of one file."""
    return {f"{name}/{part}": array for name, one in trees.items() for part, array in one.arrays().items()}


def unpacked(stored: Mapping[str, NDArray[Any]]) -> dict[str, Trees]:
    """Return trees from the arrays of a file."""
    parts: dict[str, dict[str, NDArray[Any]]] = {}
    for key in stored:
        name, _, part = key.partition("/")
        parts.setdefault(name, {})[part] = stored[key]
    return {name: Trees(arrays) for name, arrays in parts.items()}
