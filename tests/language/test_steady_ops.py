"""Rows of a matrix product do not depend on how many rows there are, and are those of thinc's own product."""

import os
import subprocess
import sys

import numpy as np
import pytest
from thinc.api import NumpyOps

from briefing.language.pipeline import one_thread
from briefing.language.steady_ops import SteadyOps, are_steady

RANDOM = np.random.default_rng(7)
LEFT = RANDOM.standard_normal((300, 96)).astype("float32")
RIGHT = RANDOM.standard_normal((96, 50)).astype("float32")
SHAPES = [(576, 288), (288, 288), (96, 50), (96, 64), (64, 1024), (384, 288), (64, 384)]  # of the pipeline's networks


@pytest.fixture(scope="module")
def steady():
    with one_thread():
        if not are_steady(SteadyOps()):
            pytest.skip("this machine's BLAS rounds a row by its place, and is not used")


@pytest.mark.usefixtures("steady")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("first", "rows"), [(0, 0), (18, 1), (5, 2), (27, 15), (7, 64), (1, 500), (1000, 2100)])
def test_rows_are_alike_among_few_and_among_many(first, rows, shape):
    left = RANDOM.standard_normal((4000, shape[0])).astype("float32")
    right = RANDOM.standard_normal(shape[::-1]).astype("float32")
    with one_thread():
        few, many = (SteadyOps().gemm(given, right, trans2=True) for given in (left[first : first + rows], left))
    assert few.tobytes() == many[first : first + rows].tobytes()


@pytest.mark.parametrize("rows", [1, 200])
@pytest.mark.parametrize(("trans1", "trans2"), [(False, False), (False, True), (True, False), (True, True)])
def test_the_product_is_thincs(rows, trans1, trans2):
    left, right = LEFT[:rows], RIGHT
    given = (left.T.copy() if trans1 else left, right.T.copy() if trans2 else right)
    expected = NumpyOps().gemm(*given, trans1=trans1, trans2=trans2)
    out = np.full((rows, 50), np.nan, dtype="float32")
    assert SteadyOps().gemm(*given, out=out, trans1=trans1, trans2=trans2) is out
    assert np.allclose(out, expected, atol=1e-4)
    assert np.allclose(SteadyOps().gemm(*given, trans1=trans1, trans2=trans2), expected, atol=1e-4)


def test_products_that_depend_on_the_row_are_detected():
    class Unsteady(SteadyOps):
        def gemm(self, x, y, **arguments):
            product = super().gemm(x, y, **arguments)
            product[13] = np.nextafter(product[13], np.float32(np.inf))
            return product

    assert not are_steady(Unsteady())


@pytest.mark.usefixtures("steady")
def test_only_our_pipeline_multiplies_so(nlp):
    import spacy

    def products(pipeline):
        models = [component.model for _, component in pipeline.pipeline if hasattr(component, "model")]
        return {type(node.ops) for model in models if hasattr(model, "walk") for node in model.walk()}

    assert products(nlp) == {SteadyOps}
    assert products(spacy.load(nlp.meta["lang"] + "_" + nlp.meta["name"])) == {NumpyOps}


def test_threads_are_as_before_after_the_block():
    from threadpoolctl import ThreadpoolController

    def threads():
        return [pool["num_threads"] for pool in ThreadpoolController().info() if pool["user_api"] == "blas"]

    before = threads()
    with one_thread():
        assert set(threads()) == {1}
    assert threads() == before


@pytest.mark.long
@pytest.mark.parametrize("processor", ["Haswell", "Zen", "SkylakeX", "Nehalem"])
def test_a_parse_is_the_same_on_every_processor(processor, request):
    environment = os.environ | {
        "OPENBLAS_CORETYPE": processor
    }  # one that this machine lacks is passed over by OpenBLAS
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/language/test_parse.py"]
    finished = subprocess.run(command, env=environment, cwd=request.config.rootpath, capture_output=True, check=False)  # noqa: S603
    assert finished.returncode == 0, finished.stdout.decode()
