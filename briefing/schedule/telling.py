"""What a schedule says of what it does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A line for the log."""

    text: str
    trouble: bool = False
