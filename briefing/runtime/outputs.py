"""Where outputs go: names that hurt nobody, and files that are whole or not there."""

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

# What may stand in a file name; a run of anything else becomes one hyphen: "a b/c" -> "a-b-c", "São" stays.
_UNSAFE = re.compile(r"[^\w.+-]+")
STANDARD_OUTPUT = Path("-")
_PART = (".briefing-", ".part")  # how the name of a file begins and ends that is not whole yet
_LEFT_OVER = 3600.0  # seconds after which whoever wrote such a file is dead
_ELSEWHERE = "write elsewhere with --output-dir or --output"
_REASONS = {
    errno.EISDIR: "a folder of that name stands there; write elsewhere",
    errno.ENOSPC: "the disk is full; make room, or write elsewhere",
    errno.EDQUOT: "you may keep no more on this disk (quota); make room, or write elsewhere",
    errno.EFBIG: "it is larger than a file may be, by ulimit -f or the file system; raise that, or write elsewhere",
    errno.EROFS: f"the disk may only be read; {_ELSEWHERE}",
    errno.EACCES: f"you may not write there (Permission denied); {_ELSEWHERE}",
    errno.ENAMETOOLONG: "its name is longer than the disk allows; give it a shorter one with --output",
}
_LONGEST_STEM = 100  # bytes in UTF-8, so that a suffix and a number fit every file system


class Namer:
    """Gives each brief of one run a stem that no other brief, and no input, has in the output folder."""

    def __init__(self, folder: Path, inputs: frozenset[Path], taken: Iterable[str] = ()) -> None:
        self._folder = folder
        self._inputs = inputs  # resolved paths
        self._taken = {stem.casefold() for stem in taken}  # by briefs that were written before

    def stem(self, wanted: str, suffixes: tuple[str, ...]) -> str:
        """Return *wanted*, made safe, or the first of wanted-2, wanted-3, ... that is free with every suffix."""
        safe = safe_stem(wanted)
        number = 1
        stem = safe
        while not self._is_free(stem, suffixes):
            number += 1
            stem = f"{safe}-{number}"
        self._taken.add(stem.casefold())
        return stem

    def release(self, stems: Iterable[str]) -> None:
        """Let stems that were taken be given again."""
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
    """Write a file such that readers see all of it or none: a temporary file, synchronised, then renamed.

    The path "-" is standard output. A link is followed; what is no regular file (a device, a pipe) is written straight.

    Raises:
        OutputError: The folder or the file cannot be written; nothing half-written is left.
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
    """Return why no file can be written into a folder, or into one that would be made; None where one can."""
    try:
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(prefix=_PART[0], suffix=_PART[1], dir=nearest):
            return None
    except OSError as error:
        is_file = error.errno in (errno.EEXIST, errno.ENOTDIR)
        cause = f"a file stands where the folder {folder} should be" if is_file else error.strerror or error
        return f"{cause}; let its folder be writable, or name another"


def _write_to_standard_output(content: bytes) -> None:
    """Write as it is what a program reads; on a terminal, text alone, and nothing that the terminal obeys.

    Raises:
        OutputError: It is no text, and standard output is a terminal.
    """
    if sys.stdout.isatty():
        try:
            content = visible(content.decode("utf-8")).encode("utf-8")
        except UnicodeDecodeError as error:
            reason = "it is no text that a terminal shows: name a file, or add > FILE"
            raise OutputError("to standard output", reason) from error
    rest = memoryview(content)
    while rest:  # an unbuffered stream may take less than it is given
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def clear_leftovers(folder: Path, clock: Callable[[], float] = time.time) -> None:
    """Remove from a folder what runs that were killed an hour ago or more had half written.

    What cannot be removed stays: it hurts nobody, and the run that writes there says what is wrong with the folder.
    """
    with suppress(OSError):
        for left in folder.glob(f"{_PART[0]}*{_PART[1]}"):
            if left.is_file() and clock() - left.stat().st_mtime > _LEFT_OVER:
                left.unlink()


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        OutputError: It is there, or cannot be written.
    """
    if path != STANDARD_OUTPUT and path.exists():
        raise OutputError(str(path), "it is there already; name another file")
    write_whole(path, content)


def why_not_written(error: OSError) -> str:
    """Say why something could not be written, and what helps."""
    reason = _REASONS.get(error.errno or 0)
    return reason or f"{error.strerror or error}; {_ELSEWHERE}"


def real_path(path: Path) -> Path:
    """Return the path that links lead to; where they lead in a circle, the path itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _reason(error: OSError, path: Path) -> str:
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"a file stands where the folder {path.parent} should be; write elsewhere"
    return why_not_written(error)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
