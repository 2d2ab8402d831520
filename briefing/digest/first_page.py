"""What the first page of a digest tells of a story: that it is new, or what changed in it, each thing once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.digest.ledger import Told, entries, names_of, words_of
from briefing.digest.wording import content, held, undated
from briefing.model.brief import Evidence
from briefing.model.digest import ChangeKind, Contradiction, LineRef, Story, StoryEvent, StoryPosition, StoryStatement

_MOST_OF_A_STORY = 5  # changes of one story on the first page
# What stands on the first page of a story that goes on: lists, and within them kinds of change.
_TELLING = ("contradictions", "events", "agreements", "disagreements", "summary", "actors")
_KINDS = ("contradicted", "updated", "date passed", "new", "confirmed")
_SILENT = frozenset({("actors", "new"), ("actors", "confirmed"), ("summary", "confirmed")})
_TOLD = 0.5  # share of a sentence's words; a line that holds more of them tells the sentence


class _Changed(NamedTuple):
    """A line that changed, and where it stands."""

    record: Told
    kind: ChangeKind
    reference: LineRef


def told_first(story: Story) -> Iterator[LineRef]:
    """Yield what the first page says of a story: that it is new, or what changed in it, the gravest first."""
    if story.change is not None:
        yield LineRef(story=story.id, field="headline")
        return
    changed = [
        _Changed(record, record.change.kind, LineRef(story=story.id, field=field, number=number))
        for field, number, record in entries(story)
        if field in _TELLING and record.change is not None and (field, record.change.kind) not in _SILENT
    ]
    ordered = sorted(changed, key=lambda one: (_KINDS.index(one.kind), _TELLING.index(one.reference.field)))
    yield from (one.reference for one in _once_each(ordered)[:_MOST_OF_A_STORY])


def _once_each(changed: Sequence[_Changed]) -> list[_Changed]:
    """Return the lines that changed without those that another one tells.

    An event, or a point, and a new sentence of the summary may rest on one sentence of an article. The sentence is left
    out where the other tells most of it; where it tells more, it takes the place of the other, if that is new as well.
    """
    sentences = [one for one in changed if isinstance(one.record, StoryStatement) and one.kind == "new"]
    findings = [one for one in changed if isinstance(one.record, StoryEvent | StoryPosition)]
    fuller = [one for one in sentences if not any(_is_of_one(one, other) and _tells(other, one) for other in findings)]
    told: list[_Changed] = []
    for one in changed:
        if one in sentences and one not in fuller:
            continue
        is_replaceable = one in findings and one.kind == "new"
        best = next((other for other in fuller if is_replaceable and _is_of_one(one, other)), one)
        if best not in told:
            told.append(best)
    return told


def _is_of_one(first: _Changed, second: _Changed) -> bool:
    """Whether two lines rest on one sentence."""
    return any(
        one.article == other.article and one.start < other.end and other.start < one.end
        for one in _evidence(first)
        for other in _evidence(second)
    )


def _evidence(one: _Changed) -> tuple[Evidence, ...]:
    return () if isinstance(one.record, Contradiction) else one.record.evidence


def _tells(finding: _Changed, sentence: _Changed) -> bool:
    """Whether an event or a point holds most words of a sentence."""
    place = (finding.record.place or "") if isinstance(finding.record, StoryEvent) else ""
    told = content(" ".join((words_of(finding.record), *names_of(finding.record), place)))
    return held(undated(words_of(sentence.record)), told) > _TOLD
