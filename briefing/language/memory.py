"""What is found out about a token, kept with its Doc: a tree does not change once it is parsed."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from spacy.tokens import Token

Found = TypeVar("Found")


def once_per_token(function: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """Have a function of a token and the tree around it work each token out once.

    What it returns must hold no token, which would keep its Doc alive.
    """
    key = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(token: Token) -> Found:
        tables = token.doc.user_data
        known: dict[int, Found] | None = tables.get(key)
        if known is None:
            known = tables[key] = {}
        index = token.i
        if index not in known:
            known[index] = function(token)
        return known[index]

    return remembered
