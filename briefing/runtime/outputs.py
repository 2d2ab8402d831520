"""Write outputs: safe file names, and atomic writes."""

import errno
import os
import re
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from briefing.errors import OutputError
from briefing.runtime.terminal import visible

# Characters that a file name may not hold; a run of them becomes one hyphen: "a b/c" -> "a-b-c", "São" stays.
_UNSAFE = re.compile(r"[^\w.+-]+")
STANDARD_OUTPUT = Path("-")
_PART = (".briefing-", ".part")  # prefix and suffix of temporary files
_LEFTOVER_AGE = 3600.0  # seconds; the process that wrote an older temporary file is dead
_ELSEWHERE = "write elsewhere with --output-dir or --output"
_REASONS = {
    errno.EISDIR: "a folder with that name exists; write elsewhere",
    errno.ENOSPC: "the disk is full; make room, or write elsewhere",
    errno.EDQUOT: "your quota on this disk is used up; make room, or write elsewhere",
    errno.EFBIG: "it is larger than ulimit -f or the file system allows; raise the limit, or write elsewhere",
    errno.EROFS: f"the disk is read-only; {_ELSEWHERE}",
    errno.EACCES: f"you may not write there (Permission denied); {_ELSEWHERE}",
    errno.ENAMETOOLONG: "its name is longer than the disk allows; give it a shorter one with --output",
}
_LONGEST_STEM = 100  # bytes in UTF-8, so that a suffix and a number fit every file system


class Namer:
    """Give each brief of a run a unique stem, so that no brief overwrites another or an input."""

    def __init__(self, folder: Path, inputs: frozenset[Path], taken: Iterable[str] = ()) -> None:
        self._folder = folder
        self._inputs = inputs  # resolved paths
        self._taken = {stem.casefold() for stem in taken}  # by earlier briefs

    def stem(self, wanted: str, suffixes: tuple[str, ...]) -> str:
        """Return *wanted* as a safe stem, or the first of wanted-2, wanted-3, ... that is free with every suffix."""
        safe = safe_stem(wanted)
        number = 1
        stem = safe
        while not self._is_free(stem, suffixes):
            number += 1
            stem = f"{safe}-{number}"
        self._taken.add(stem.casefold())
        return stem

    def release(self, stems: Iterable[str]) -> None:
        """Make stems free again."""
        self._taken -= {stem.casefold() for stem in stems}

    def _is_free(self, stem: str, suffixes: tuple[str, ...]) -> bool:
        paths = (real_path(self._folder / f"{stem}.{suffix}") for suffix in suffixes)
        return stem.casefold() not in self._taken and not any(path in self._inputs for path in paths)


def safe_stem(wanted: str) -> str:
    """Return a file name's stem without separators, control characters, or a leading dot or hyphen."""
    stem = _UNSAFE.sub("-", unicodedata.normalize("NFC", wanted)).strip("-._")
    return stem.encode("utf-8")[:_LONGEST_STEM].decode("utf-8", "ignore").strip("-._") or "brief"


def slug(title: str) -> str:
    """Return a title as a short stem: ``"Talks resume, again"`` -> ``"talks-resume-again"``."""
    return safe_stem(title.casefold().replace("'", "").replace("’", ""))[:60].strip("-._") or "brief"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically: write a temporary file, synchronise it, then rename it.

    The path "-" is standard output. A link is followed. A device or a pipe is written directly.

    Raises:
        OutputError: The folder or the file cannot be written; no partial file is left.
    """
    if path == STANDARD_OUTPUT:
        _write_to_standard_output(content)
        return
    temporary: Path | None = None
    try:
        path = real_path(path)
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_PART[0], suffix=_PART[1], dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(str(path), _reason(error, path)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def obstacle(folder: Path) -> str | None:
    """Return why a folder is not writable, or cannot be created; None if it is writable."""
    try:
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(prefix=_PART[0], suffix=_PART[1], dir=nearest):
            return None
    except OSError as error:
        is_file = error.errno in (errno.EEXIST, errno.ENOTDIR)
        cause = f"a file exists where the folder {folder} should be" if is_file else error.strerror or error
        return f"{cause}; make its folder writable, or name another"


def _write_to_standard_output(content: bytes) -> None:
    """Write bytes unchanged to a pipe; to a terminal only text, without control characters.

    Raises:
        OutputError: The content is not text, and standard output is a terminal.
    """
    if sys.stdout.isatty():
        try:
            content = visible(content.decode("utf-8")).encode("utf-8")
        except UnicodeDecodeError as error:
            reason = "it is not text, so a terminal cannot show it: name a file, or add > FILE"
            raise OutputError("to standard output", reason) from error
    rest = memoryview(content)
    while rest:  # an unbuffered stream may write only a part
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def clear_leftovers(folder: Path, clock: Callable[[], float] = time.time) -> None:
    """Remove the temporary files of killed runs that are at least an hour old.

    A file that cannot be removed stays. It is harmless, and the next write reports a problem with the folder.
    """
    with suppress(OSError):
        for leftover in folder.glob(f"{_PART[0]}*{_PART[1]}"):
            if leftover.is_file() and clock() - leftover.stat().st_mtime > _LEFTOVER_AGE:
                leftover.unlink()


def write_new(path: Path, content: bytes) -> None:
    """Write a new file.

    Raises:
        OutputError: The file exists, or cannot be written.
    """
    if path != STANDARD_OUTPUT and path.exists():
        raise OutputError(str(path), "it already exists; name another file")
    write_whole(path, content)


def why_not_written(error: OSError) -> str:
    """Return why a write failed, and what helps."""
    reason = _REASONS.get(error.errno or 0)
    return reason or f"{error.strerror or error}; {_ELSEWHERE}"


def real_path(path: Path) -> Path:
    """Return the path with links resolved; if the links form a circle, the path itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _reason(error: OSError, path: Path) -> str:
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"a file exists where the folder {path.parent} should be; write elsewhere"
    return why_not_written(error)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
