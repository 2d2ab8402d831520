"""Fold names for comparison: remove capitals, accents and repeated spaces."""

import unicodedata


def folded(name: str) -> str:
    """Return the folded form that all spellings of a name share: ``"José  Núñez"`` -> ``"jose nunez"``."""
    apart = unicodedata.normalize("NFKD", clean(name).casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def surname(name: str) -> str | None:
    """Return the last word of a name, folded; None if the name has fewer than two words."""
    words = folded(name).split()
    return words[-1] if len(words) > 1 else None


def clean(text: str) -> str:
    """Return a text that SQLite accepts: lone surrogates, which a terminal may pass, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
