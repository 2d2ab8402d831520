"""Files and folders that fsspec reaches: on this machine, in an object store, in memory."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from briefing.errors import BatchError
from briefing.runtime.outputs import write_whole

_LOCAL = ("file", "local")


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder: a path, or an address such as s3://bucket/name."""

    files: Any  # fsspec.AbstractFileSystem
    path: str

    @classmethod
    def of(cls, address: str) -> "Place":
        """Return the place with an address.

        Raises:
            BatchError: No installed package reaches such an address.
        """
        import fsspec

        try:
            files, path = fsspec.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise BatchError(f"cannot reach {address}", f"{error}") from error
        return cls(files, path)

    def __truediv__(self, name: str) -> "Place":
        return Place(self.files, f"{self.path.rstrip('/')}/{name}")

    def __str__(self) -> str:
        return self.path if self._is_local() else str(self.files.unstrip_protocol(self.path))

    def _is_local(self) -> bool:
        protocol = self.files.protocol
        return any(name in _LOCAL for name in ((protocol,) if isinstance(protocol, str) else protocol))

    def found(self, suffixes: Sequence[str]) -> list["Place"]:
        """Return the files that this place names, sorted: itself, those of a pattern, or those of a folder.

        Args:
            suffixes: A file of a folder must have one of them.
        """
        try:
            if any(mark in self.path for mark in "*?["):
                paths = [path for path in self.files.glob(self.path) if self.files.isfile(path)]
            elif self.files.isdir(self.path):
                paths = [path for path in self.files.find(self.path) if path.lower().endswith(tuple(suffixes))]
            else:
                paths = [self.path] if self.files.exists(self.path) else []
        except OSError as error:
            raise BatchError(f"cannot read {self}", str(error)) from error
        return [Place(self.files, path) for path in sorted(paths)]

    def names(self) -> list[str]:
        """Return the names in a folder, sorted; none if there is no such folder."""
        try:
            self.files.invalidate_cache()
            return sorted(str(path).rsplit("/", 1)[-1] for path in self.files.ls(self.path, detail=False))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise BatchError(f"cannot read {self}", str(error)) from error

    def is_file(self) -> bool:
        """Return True if this is a file, False for a folder, or if there is nothing."""
        try:
            return bool(self.files.isfile(self.path))
        except OSError as error:
            raise BatchError(f"cannot read {self}", str(error)) from error

    def sha256(self) -> str:
        """Return the SHA-256 of a file as it is stored, in hexadecimal digits."""
        with self.files.open(self.path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def remove(self) -> None:
        """Remove a file, if there is one.

        Raises:
            BatchError: It cannot be removed.
        """
        try:
            self.files.rm_file(self.path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise BatchError(f"cannot remove {self}", str(error)) from error

    def open(self) -> IO[bytes]:
        """Open a file to read; its suffix says how it is compressed (.gz, .bz2, .xz, .zst)."""
        import fsspec

        if self.path.lower().endswith(".zst"):  # fsspec wants one more package for it, pyarrow none
            from pyarrow import CompressedInputStream

            return io.BufferedReader(CompressedInputStream(self.files.open(self.path), "zstd"))
        stream: IO[bytes] = fsspec.core.OpenFile(
            self.files, self.path, compression=fsspec.utils.infer_compression(self.path)
        ).open()
        return stream

    def read(self) -> bytes | None:
        """Return the content of a file; None if there is no such file."""
        try:
            return bytes(self.files.cat_file(self.path))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BatchError(f"cannot read {self}", str(error)) from error

    def write(self, content: bytes) -> None:
        """Write a whole file, or nothing.

        An object store shows an object only when all of it is there; on this machine a temporary file is renamed.

        Raises:
            OutputError, BatchError: It cannot be written.
        """
        if self._is_local():
            write_whole(Path(self.path), content)
            return
        try:
            self.files.makedirs(self.path.rsplit("/", 1)[0], exist_ok=True)
            self.files.pipe_file(self.path, content)
        except OSError as error:
            raise BatchError(f"cannot write {self}", str(error)) from error
