"""What stands beside a token of a text; there is nothing before the first one and after the last one.

A Doc itself takes -1 for its last token and raises past its end.
"""

from spacy.tokens import Token


def token_before(token: Token, steps: int = 1) -> Token | None:
    """Return the token that many steps before a token; None where the text begins after it."""
    index = token.i - steps
    return token.doc[index] if index >= 0 else None


def token_after(token: Token, steps: int = 1) -> Token | None:
    """Return the token that many steps after a token; None where the text ends before it."""
    index = token.i + steps
    return token.doc[index] if index < len(token.doc) else None


def word_before(token: Token, steps: int = 1) -> str:
    """Return the word that many steps before a token in small letters; empty where there is none."""
    before = token_before(token, steps)
    return before.lower_ if before is not None else ""


def word_after(token: Token, steps: int = 1) -> str:
    """Return the word that many steps after a token in small letters; empty where there is none."""
    after = token_after(token, steps)
    return after.lower_ if after is not None else ""
