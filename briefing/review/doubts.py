"""Which lines of a brief a person should look at first.

A line is doubtful if

- it is a point that is rather wrong than right (its confidence is the probability that it is right), or one that has
  fewer than two parties;
- it is a quote without speaker;
- it is an event whose article gives a time in words that could not be read as a date, or a date without a year.

A line that a person accepted, corrected or added is not doubtful.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from briefing.model.brief import Briefing, Position, Quote, Record, UpcomingEvent
from briefing.review.replay import Reviewed

Doubt = Literal["", "low confidence", "fewer than two parties", "no speaker", "time not understood", "no year"]

_SURE: Final = 0.5
_NO_YEAR: Final = "XXXX"


def doubt_of(record: Record) -> Doubt:
    """Return why a line is doubtful; an empty string if it is not."""
    match record:
        case Position(confidence=confidence) if confidence < _SURE:
            return "low confidence"
        case Position(parties=parties) if len(parties) < 2:
            return "fewer than two parties"
        case Quote(speaker=None):
            return "no speaker"
        case UpcomingEvent(when=when) if when.text is not None and when.value is None:
            return "time not understood"
        case UpcomingEvent(when=when) if (when.value or "").startswith(_NO_YEAR):
            return "no year"
        case _:
            return ""


def count_doubts(reviewed: Briefing | Reviewed[Briefing]) -> int:
    """Return how many lines of a brief are doubtful; of a brief as it was made, no line was looked at."""
    return sum(1 for record in _unseen(reviewed) if doubt_of(record))


def _unseen(reviewed: Briefing | Reviewed[Briefing]) -> Iterator[Record]:
    if isinstance(reviewed, Briefing):
        lines: Iterable[tuple[Record, ...]] = (records for _, records in reviewed.lines())
        yield from (record for records in lines for record in records)
    else:
        yield from (line.now for line in reviewed.lines if line.state == "made")
