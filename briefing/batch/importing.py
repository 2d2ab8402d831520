"""Bring the briefs of a batch run into an archive, each once, whatever is repeated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.archive.archive import Archive
from briefing.batch.places import Place
from briefing.batch.run import BRIEFS
from briefing.batch.shards import briefs_in
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


def tables_of(folder: Place) -> list[Place]:
    """Return the tables of briefs of a batch run.

    Raises:
        BatchError: There are none.
    """
    names = () if folder.is_file() else (folder / BRIEFS).names()
    tables = [folder / BRIEFS / name for name in names if name.endswith(".parquet")]
    if not tables:
        raise BatchError(f"cannot import {folder}", f"it has no tables in {BRIEFS}/; name the folder of a batch run")
    return tables


def import_briefs(tables: Iterable[Place], archive: Archive) -> Iterator[Imported]:
    """Store the briefs of each table in a transaction of its own; yield what became of them.

    A brief whose lines do not rest on their evidence, or were changed after it was made, is refused.

    Raises:
        BatchError: A table cannot be read.
        ArchiveError: The archive cannot be written. What was imported before stays.
    """
    for table in tables:
        briefs, refused = list[Briefing](), list[str]()
        for where, written in briefs_in(table):
            try:
                briefs.append(_checked(read_brief(written.encode(), where)))
            except ModelError as error:
                refused.append(f"{where}: {error.reason}")
        new = archive.keep_all(briefs)
        yield Imported(str(table), new, len(briefs) - new, tuple(refused))


def _checked(brief: Briefing) -> Briefing:
    """Return a brief whose lines all rest on their evidence, as they were made; raise an error for another one."""
    flaws = [*check_lines(brief), *(f"{edit.where} was {edit.change} after it was made" for edit in find_edits(brief))]
    if flaws:
        raise ModelError("a brief", flaws[0])
    return brief
