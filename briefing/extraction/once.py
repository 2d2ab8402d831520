"""Work that several extractors need, done once for an article."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from briefing.language.analysis import Analysis

Result = TypeVar("Result")


def once_an_article(function: Callable[[Analysis], Result]) -> Callable[[Analysis], Result]:
    """Keep the last result of a function of an analysis, as long as it is asked about the same analysis.

    The extractors of one article follow upon each other; the result must not refer to the analysis or its Doc.
    """
    last: tuple[ref[Analysis], Result] | None = None

    @wraps(function)
    def kept(analysis: Analysis) -> Result:
        nonlocal last
        known = last
        if known is None or known[0]() is not analysis:
            known = last = (ref(analysis), function(analysis))
        return known[1]

    return kept
