"""The ids of records: slugs of their names, no two the same."""

import re
import unicodedata

# A run of anything but letters and digits; not "abc".
_GAP = re.compile(r"[^a-z0-9]+")


def slug_of(name: str, otherwise: str, longest: int | None = None) -> str:
    """Return a name as an id: lower-case ASCII letters and digits, hyphens between.

    Args:
        name: In any script; letters lose their accents, and those that have no ASCII letter under them are left out.
        otherwise: The id where nothing of the name remains.
        longest: Characters, at most.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _GAP.sub("-", plain).strip("-")[:longest].strip("-") or otherwise


def take_id(slug: str, taken: set[str]) -> str:
    """Return a slug, with a number where it is taken: "talks", "talks-2"; the answer is added to *taken*."""
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    taken.add(candidate)
    return candidate
