"""What a worker does: make the briefs of a part, and put them into tables."""

from dataclasses import replace

from briefing.batch.records import Done, Flaw, Part, Row, Task
from briefing.batch.shards import briefs_table, failed_table
from briefing.jobs.production import defects_as_errors, make_each
from briefing.jobs.results import Request, Result
from briefing.sources.records import Skipped, Source

_TOGETHER = 8  # articles that are parsed together


def make_part(task: Task, part: Part) -> Done:
    """Return the tables of a part.

    Raises:
        DefectError: The program has a defect; one that an article meets costs that article only.
    """
    with defects_as_errors(f"brief part {part.number}"):
        return _made(task, part)


def _made(task: Task, part: Part) -> Done:
    made: list[tuple[Row, Result]] = []
    flaws = [item for item in part.items if isinstance(item, Flaw)]
    rows = [item for item in part.items if isinstance(item, Row)]
    request = Request(task.profile, tuple(dict.fromkeys(("json", *task.formats))), published=None, keep=True)
    for start in range(0, len(rows), _TOGETHER):
        together = rows[start : start + _TOGETHER]
        for row, result in zip(together, make_each(request, [_source(row) for row in together]), strict=True):
            reasons = _reasons(result)
            flaws += [Flaw(row.source, row.row, row.id, reason) for reason in reasons]
            if isinstance(result, Result) and any(name == "json" for name, _ in result.outputs):
                made.append((row, result))
    if task.only_try:
        return Done(part)
    order = {(item.source, item.row): place for place, item in enumerate(part.items)}
    flaws.sort(key=lambda one: order[one.source, one.row])
    return Done(
        replace(part, items=()),
        briefs_table(made, task.formats),
        failed_table(flaws),
        len(made),
        len(flaws),
    )


def died(part: Part) -> Done:
    """Return what to report of a part whose process died."""
    return Done(part, has_died=True)


def _source(row: Row) -> Source:
    return Source("the article", content=row.content, known=row.known)


def _reasons(result: object) -> tuple[str, ...]:
    """Return why a row, or one of its formats, failed."""
    if isinstance(result, Result):
        return result.troubles
    if isinstance(result, Skipped):
        return (result.reason or "it is a brief that this program made",)
    return ("it is not an article",)
