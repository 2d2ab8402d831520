"""What is found out about the article at hand is found out once.

The parts of the language layer and the extractors ask the same of one article, one after the other; neither a parsed
tree nor an analysis ever changes. What was found out about the article before is forgotten.
"""

from collections.abc import Callable
from functools import wraps
from typing import Generic, TypeVar
from weakref import ref

from spacy.tokens import Doc, Token

from briefing.language.analysis import Analysis

Found = TypeVar("Found")


def once_per_token(function: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """Have a function of a token and the tree around it work each token out once; it must not return a token."""
    findings = _Findings[Found]()

    @wraps(function)
    def remembered(token: Token) -> Found:
        known = findings.about(token.doc)
        index = token.i
        if index not in known:
            known[index] = function(token)
        return known[index]

    return remembered


def once_per_analysis(function: Callable[[Analysis], Found]) -> Callable[[Analysis], Found]:
    """Have a function of an analysis work each out once; what it returns must not refer to the analysis or its Doc."""
    findings = _Findings[Found]()

    @wraps(function)
    def remembered(analysis: Analysis) -> Found:
        known = findings.about(analysis)
        if 0 not in known:
            known[0] = function(analysis)
        return known[0]

    return remembered


class _Findings(Generic[Found]):
    """What one function found out about the article that it was asked about last, by place."""

    def __init__(self) -> None:
        self._last: tuple[ref[Doc | Analysis], dict[int, Found]] | None = None

    def about(self, subject: Doc | Analysis) -> dict[int, Found]:
        """Return the findings about a subject, which are not what keeps it alive."""
        last = self._last
        if last is None or last[0]() is not subject:
            last = self._last = (ref(subject), {})
        return last[1]
