"""What people corrected, counted by field and by the rule or score that a line came from."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from briefing.archive.archive import Archive
from briefing.jobs.reviews import brief_review
from briefing.model.brief import Actor, BackgroundFact, Position, Quote, Record, UpcomingEvent
from briefing.review.replay import ReviewedLine


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How often a field of a list was corrected."""

    list: str  # "quotes"
    field: str  # "speaker"
    corrected: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What people did to the lines of a list that came from one rule or have about one score."""

    list: str
    rule: str  # "direct, cue say", "score 0.6 to 0.7"
    accepted: int
    corrected: int
    rejected: int

    @property
    def wrong(self) -> float:
        """Return the share of the lines that somebody decided about and that were not right."""
        return (self.corrected + self.rejected) / (self.accepted + self.corrected + self.rejected)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that people corrected in the briefs of an archive."""

    briefs: int  # with acts
    added: tuple[FieldCount, ...]  # lines that the program had not found
    fields: tuple[FieldCount, ...]  # the most often corrected first
    rules: tuple[RuleCount, ...]  # those with most wrong lines first


def count_corrections(archive: Archive) -> Corrections:
    """Count the corrections of all briefs; of a line that was made anew, those that still fit it."""
    numbers = archive.reviews.briefs()
    added: Counter[str] = Counter()
    fields: Counter[tuple[str, str]] = Counter()
    rules: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for number in numbers:
        review = brief_review(archive, number)
        for line in review.reviewed.lines if review is not None else ():
            if line.state == "added":
                added[line.was_in] += 1
            elif line.state != "removed":
                fields.update((line.was_in, name) for name in _changed(line))
                rules[line.was_in, rule_of(line.made)][line.state] += 1
    counts = (
        RuleCount(*key, states["accepted"], states["corrected"], states["rejected"])
        for key, states in rules.items()
        if states["accepted"] + states["corrected"] + states["rejected"]
    )
    return Corrections(
        len(numbers),
        tuple(FieldCount(name, "", count) for name, count in sorted(added.items())),
        tuple(FieldCount(*key, count) for key, count in sorted(fields.items(), key=lambda one: (-one[1], one[0]))),
        tuple(sorted(counts, key=lambda one: (-one.corrected - one.rejected, one.list, one.rule))),
    )


def rule_of(record: Record) -> str:
    """Return the rule that a line came from or the score that it has, as far as its record says so."""
    match record:
        case Quote():
            return f"{'direct' if record.direct else 'indirect'}, cue {record.cue or 'none'}"
        case Position():
            tenth = min(int(record.confidence * 10), 9)
            return f"score {tenth / 10} to {(tenth + 1) / 10}"
        case UpcomingEvent():
            return f"{record.status}, {record.when.precision}"
        case Actor():
            return f"{record.kind}, {'with' if record.role else 'without'} a role"
        case BackgroundFact():
            return "dated" if record.when else "undated"
        case _:
            return "sentence"


def _changed(line: ReviewedLine) -> list[str]:
    """Return the fields of a line that differ from those that it was made with."""
    if line.verdict == "rejected":
        return []
    before, now = _values(line.made), _values(line.now)
    sign = ["sign"] if line.field != line.was_in else []
    return [*sign, *(name for name in before if before[name] != now[name] and name != "insertions")]


def _values(record: Any) -> dict[str, Any]:
    values: dict[str, Any] = record.model_dump()
    return values
