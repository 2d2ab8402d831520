"""Make the ids of records: unique slugs of their names."""

import re
import unicodedata

# A run of characters other than letters and digits; not "abc".
_GAP = re.compile(r"[^a-z0-9]+")


def slug_of(name: str, otherwise: str, longest: int | None = None) -> str:
    """Return a name as an id: lower-case ASCII letters and digits, with hyphens between.

    Args:
        name: In any script; letters lose their accents, and letters without an ASCII form are left out.
        otherwise: The id to use if nothing of the name remains.
        longest: Maximum length in characters.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _GAP.sub("-", plain).strip("-")[:longest].strip("-") or otherwise


def take_id(slug: str, taken: set[str]) -> str:
    """Return a slug that is not in *taken*, numbered if necessary ("talks-2"), and add it to *taken*."""
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    taken.add(candidate)
    return candidate
