"""A brief as JSON text: the contract with other programs."""

from briefing.model import Briefing


def to_json(briefing: Briefing) -> bytes:
    """Return a brief as indented JSON in UTF-8 with a final newline; the same brief gives the same bytes."""
    return (briefing.model_dump_json(indent=1) + "\n").encode("utf-8")
