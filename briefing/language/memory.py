"""Caches for the results of functions on the current article.

The language layer and the extractors ask the same questions about one article. A parsed tree and an analysis never
change, so each answer is computed once. A cache is dropped when the next article arrives.
"""

from collections.abc import Callable
from functools import wraps
from typing import Generic, TypeVar
from weakref import ref

from spacy.tokens import Doc, Token

from briefing.language.analysis import Analysis

Found = TypeVar("Found")


def once_per_token(function: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """Cache the results of a function of a token and the tree around it.

    The function must not return a token, because the cache would keep the whole Doc alive.
    """
    cache = _Cache[Found]()

    @wraps(function)
    def cached(token: Token) -> Found:
        known = cache.of(token.doc)
        index = token.i
        if index not in known:
            known[index] = function(token)
        return known[index]

    return cached


def once_per_analysis(function: Callable[[Analysis], Found]) -> Callable[[Analysis], Found]:
    """Cache the result of a function of an analysis.

    The result must not refer to the analysis or its Doc, because the cache would keep them alive.
    """
    cache = _Cache[Found]()

    @wraps(function)
    def cached(analysis: Analysis) -> Found:
        known = cache.of(analysis)
        if 0 not in known:
            known[0] = function(analysis)
        return known[0]

    return cached


class _Cache(Generic[Found]):
    """The results of one function for the last article, by token index."""

    def __init__(self) -> None:
        self._last: tuple[ref[Doc | Analysis], dict[int, Found]] | None = None

    def of(self, subject: Doc | Analysis) -> dict[int, Found]:
        """Return the results for a Doc or analysis; the cache holds only a weak reference to it."""
        last = self._last
        if last is None or last[0]() is not subject:
            last = self._last = (ref(subject), {})
        return last[1]
