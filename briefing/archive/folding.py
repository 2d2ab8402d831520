"""Names as they are compared: without capitals, accents and doubled spaces."""

import unicodedata


def folded(name: str) -> str:
    """Return a name such that two spellings of it are equal: ``"José  Núñez"`` -> ``"jose nunez"``."""
    apart = unicodedata.normalize("NFKD", clean(name).casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def surname(name: str) -> str | None:
    """Return the last word of a name, folded; None where the name is one word or none."""
    words = folded(name).split()
    return words[-1] if len(words) > 1 else None


def clean(text: str) -> str:
    """Return a text that SQLite takes: half characters, which a terminal may hand over, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
