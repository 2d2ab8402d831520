"""Choose what the first page of a digest shows of a story: that it is new, or its main changes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.digest.ledger import StoryRecord, entries, names_of, words_of
from briefing.digest.wording import containment, content, undated
from briefing.model.brief import Evidence
from briefing.model.digest import ChangeKind, Contradiction, LineRef, Story, StoryEvent, StoryPosition, StoryStatement

_MOST_CHANGES = 5  # of one story on the first page
_MOST_SENTENCES = 2  # new sentences of a summary among them; more of them tell the same again, or details
# What the first page shows of a known story: these kinds of change, and within them these lists.
_LISTS = ("contradictions", "events", "agreements", "disagreements", "summary", "actors")
_KINDS = ("contradicted", "updated", "date passed", "new", "confirmed")
_OMITTED = frozenset({("actors", "new"), ("actors", "confirmed"), ("summary", "confirmed")})
_COVERED = 0.5  # share of the words of a sentence; a line that holds more of them covers the sentence


class _Changed(NamedTuple):
    """A changed line and its place."""

    record: StoryRecord
    kind: ChangeKind
    reference: LineRef


def first_page_lines(story: Story) -> Iterator[LineRef]:
    """Yield references to the headline of a new story, or to the most important changes of a known one."""
    if story.change is not None:
        yield LineRef(story=story.id, field="headline")
        return
    changed = [
        _Changed(record, record.change.kind, LineRef(story=story.id, field=field, number=number))
        for field, number, record in entries(story)
        if field in _LISTS and record.change is not None and (field, record.change.kind) not in _OMITTED
    ]
    ordered = sorted(changed, key=lambda one: (_KINDS.index(one.kind), _LISTS.index(one.reference.field)))
    yield from (one.reference for one in _without_duplicates(ordered)[:_MOST_CHANGES])


def _without_duplicates(changed: Sequence[_Changed]) -> list[_Changed]:
    """Return the changed lines without duplicates.

    A new sentence of the summary may rest on the same sentence of an article as an event or a point. If the event or
    point covers most of the summary's sentence, that sentence is omitted. Otherwise it replaces the event or point, if
    that is new as well.
    """
    sentences = [one for one in changed if isinstance(one.record, StoryStatement) and one.kind == "new"]
    findings = [one for one in changed if isinstance(one.record, StoryEvent | StoryPosition)]
    fuller = [
        one for one in sentences if not any(_share_evidence(one, other) and _covers(other, one) for other in findings)
    ]
    chosen: list[_Changed] = []
    for one in changed:
        if one in sentences and one not in fuller:
            continue
        is_replaceable = one in findings and one.kind == "new"
        best = next((other for other in fuller if is_replaceable and _share_evidence(one, other)), one)
        if best not in chosen:
            chosen.append(best)
    mere = [one for one in chosen if one in fuller and not any(_share_evidence(one, other) for other in findings)]
    return [one for one in chosen if one not in mere[_MOST_SENTENCES:]]


def _share_evidence(first: _Changed, second: _Changed) -> bool:
    """Return True if two lines rest on the same sentence."""
    return any(
        one.article == other.article and one.start < other.end and other.start < one.end
        for one in _evidence(first)
        for other in _evidence(second)
    )


def _evidence(one: _Changed) -> tuple[Evidence, ...]:
    return () if isinstance(one.record, Contradiction) else one.record.evidence


def _covers(finding: _Changed, sentence: _Changed) -> bool:
    """Return True if an event or a point holds most words of a sentence."""
    place = (finding.record.place or "") if isinstance(finding.record, StoryEvent) else ""
    found = content(" ".join((words_of(finding.record), *names_of(finding.record), place)))
    return containment(undated(words_of(sentence.record)), found) > _COVERED
