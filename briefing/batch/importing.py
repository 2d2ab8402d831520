"""Bring the briefs of a batch run into an archive, each once, whatever is repeated."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.archive.archive import Archive
from briefing.batch.places import Place
from briefing.batch.run import BRIEFS
from briefing.errors import BatchError, ModelError
from briefing.evidence.line_checks import check_lines
from briefing.evidence.seal import find_edits
from briefing.model.brief import Briefing
from briefing.model.files import read_brief


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the briefs of one table."""

    table: str
    new: int = 0
    known: int = 0
    refused: tuple[str, ...] = ()  # "row 7 of news.parquet: its evidence ..."


def import_briefs(folder: Place, archive: Archive) -> Iterator[Imported]:
    """Store the briefs of each table in a transaction of its own; yield what became of them.

    A brief whose lines do not rest on their evidence, or were changed after it was made, is refused.

    Raises:
        BatchError: The folder holds no tables of briefs, or one cannot be read.
        ArchiveError: The archive cannot be written. What was imported before stays.
    """
    names = [name for name in (folder / BRIEFS).names() if name.endswith(".parquet")]
    if not names:
        raise BatchError(f"cannot import {folder}", f"it has no tables in {BRIEFS}/; name the folder of a batch run")
    for name in names:
        table, briefs, refused = folder / BRIEFS / name, list[Briefing](), list[str]()
        for where, written in _rows(table):
            try:
                briefs.append(_checked(read_brief(written.encode(), where)))
            except ModelError as error:
                refused.append(f"{where}: {error.reason}")
        new = archive.keep_all(briefs)
        yield Imported(str(table), new, len(briefs) - new, tuple(refused))


def _rows(table: Place) -> list[tuple[str, str]]:
    """Return each brief of a table as JSON, with the name of its row."""
    from pyarrow.parquet import read_table

    try:
        rows = read_table(io.BytesIO(table.read() or b""), columns=["source", "row", "brief"], use_threads=False)
        return [(f"row {row['row']} of {row['source']}", row["brief"] or "") for row in rows.to_pylist()]
    except Exception as error:  # pyarrow has errors of many kinds for a damaged file
        raise BatchError(f"cannot read {table}", f"it is no table of briefs: {error}") from error


def _checked(brief: Briefing) -> Briefing:
    """Return a brief whose lines all rest on their evidence, as they were made; raise an error for another one."""
    flaws = [*check_lines(brief), *(f"{edit.where} was {edit.change} after it was made" for edit in find_edits(brief))]
    if flaws:
        raise ModelError("a brief", flaws[0])
    return brief
