"""The tokens and words beside a token; None or empty beyond the ends of the text.

A Doc itself reads index -1 as its last token and raises past its end.
"""

from spacy.tokens import Token


def token_before(token: Token, steps: int = 1) -> Token | None:
    """Return the token *steps* before a token; None before the start of the text."""
    index = token.i - steps
    return token.doc[index] if index >= 0 else None


def token_after(token: Token, steps: int = 1) -> Token | None:
    """Return the token *steps* after a token; None after the end of the text."""
    index = token.i + steps
    return token.doc[index] if index < len(token.doc) else None


def word_before(token: Token, steps: int = 1) -> str:
    """Return the word *steps* before a token in lower case, or an empty string."""
    before = token_before(token, steps)
    return before.lower_ if before is not None else ""


def word_after(token: Token, steps: int = 1) -> str:
    """Return the word *steps* after a token in lower case, or an empty string."""
    after = token_after(token, steps)
    return after.lower_ if after is not None else ""
