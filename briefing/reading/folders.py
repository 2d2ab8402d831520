"""Find the articles in a folder and its subfolders."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from briefing.errors import ReadingError
from briefing.reading.contents import MAX_DOCUMENT
from briefing.reading.kinds import HEAD, Kind, kind_of
from briefing.reading.own_briefs import MARKED, is_brief

SUFFIXES = (
    ".txt",
    ".text",
    ".md",
    ".html",
    ".htm",
    ".xhtml",
    ".mhtml",
    ".mht",
    ".eml",
    ".mbox",
    ".mbx",
    ".pdf",
    ".docx",
    "",
)
# With other suffixes: kinds that are certain from their content. Foreign documents are listed to report why they fail.
_UNMISTAKABLE: frozenset[Kind] = frozenset({"eml", "mbox", "pdf", "docx"})
_FOREIGN_SUFFIXES = (".doc", ".rtf", ".odt", ".msg")
_FOREIGN_NAME = "winmail.dat"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Globs that select the files of a folder; a glob without a slash matches a name at any depth.

    A file is selected if *include* is empty or matches it, and *exclude* matches neither the file nor a folder above
    it. Case is ignored; ``*`` matches slashes, too.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def want(self, path: PurePath) -> bool:
        """Return True if a file is selected; *path* is relative to the folder."""
        above = (path, *path.parents[:-1])
        if any(_matches(one, pattern) for one in above for pattern in self.exclude):
            return False
        return not self.include or any(_matches(path, pattern) for pattern in self.include)


@dataclass(frozen=True, slots=True)
class Found:
    """The sorted files to read in a folder, and errors for parts of it that could not be opened."""

    files: tuple[Path, ...]
    unreadable: tuple[ReadingError, ...] = ()


def find_sources(path: Path, patterns: Patterns | None = None) -> Found:
    """Return the readable files of a folder and its subfolders; skip hidden files and briefs.

    Files are selected by suffix or content; a file that *patterns* include is taken whatever its kind. Links to
    folders and to files outside the folder are not followed. A subfolder or file that cannot be opened is skipped and
    reported.

    Raises:
        ReadingError: The folder does not exist or cannot be opened.
    """
    wanted = patterns or Patterns()
    try:
        if not path.is_dir():
            raise ReadingError(str(path), "there is no such folder: check the name")
        waiting = list(path.iterdir())
        root = path.resolve()
    except OSError as error:
        raise _unreadable(path, error) from error
    files: list[Path] = []
    unreadable: list[ReadingError] = []
    while waiting:
        entry = waiting.pop()
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                waiting += () if entry.is_symlink() else entry.iterdir()
            elif _is_within(entry, root) and wanted.want(entry.relative_to(path)) and _is_article(entry, wanted):
                files.append(entry)
        except OSError as error:
            unreadable.append(_unreadable(entry, error))
    return Found(tuple(sorted(files)), tuple(sorted(unreadable, key=lambda error: error.source)))


def _is_within(entry: Path, root: Path) -> bool:
    """Return True if an entry is a file inside the folder; a link may lead out of it."""
    return entry.is_file() and (not entry.is_symlink() or entry.resolve().is_relative_to(root))


def _is_article(entry: Path, patterns: Patterns) -> bool:
    head, end = _head_and_end(entry)
    if is_brief(head) or is_brief(end):
        return False
    suffix = entry.suffix.lower()
    named = bool(patterns.include) or suffix in (*SUFFIXES, *_FOREIGN_SUFFIXES) or entry.name.lower() == _FOREIGN_NAME
    return named or kind_of(head) in _UNMISTAKABLE or (head.startswith(b"PK\x03\x04") and _is_document(entry))


def _head_and_end(path: Path) -> tuple[bytes, bytes]:
    """Return the first and last bytes of a file; empty if it cannot be opened: reading it will report why."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(max(0, path.stat().st_size - MARKED))
            return head, file.read(MARKED)
    except OSError:
        return b"", b""


def _is_document(path: Path) -> bool:
    return path.stat().st_size <= MAX_DOCUMENT and kind_of(path.read_bytes()) == "docx"


def _matches(path: PurePath, pattern: str) -> bool:
    written = pattern.replace("\\", "/").removeprefix("./").rstrip("/").casefold()
    text = path.as_posix() if "/" in written else path.name
    return any(fnmatchcase(text.casefold(), form) for form in _forms(written))


def _forms(pattern: str) -> Iterator[str]:
    """Yield a pattern, and its forms in which "**/" matches no folder."""
    yield pattern
    if pattern.startswith("**/"):
        yield pattern.removeprefix("**/")
    if "/**/" in pattern:
        yield pattern.replace("/**/", "/")


def _unreadable(path: Path, error: OSError) -> ReadingError:
    reason = f"it could not be opened ({error.strerror or error}): check its name and permissions"
    return ReadingError(str(path), reason)
