"""Delivery into a folder: whole files, none overwritten that is not the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import DeliveryError, OutputError
from briefing.model.runs import Output, Parcel, Receipt
from briefing.runtime.outputs import clear_leftovers, obstacle, safe_stem, write_whole


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """Writes what a run made into a folder, which is made where it is missing."""

    folder: Path  # absolute

    @property
    def target(self) -> str:
        """Return the folder's name."""
        return f"folder {self.folder}"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the folder, which alone is served."""
        return (str(self.folder),)

    @property
    def news_only(self) -> bool:
        """Return False: whoever looks there would take a gap for a failure."""
        return False

    def obstacle(self) -> str | None:
        """Return why nothing can be written into the folder; None where something can."""
        return obstacle(self.folder)

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        """Say which files would be written."""
        if parcel is None:
            return (f"write the outputs to {self.folder}",)
        return tuple(
            f"write {_free_path(self.folder, output)} ({len(output.content):,} bytes)"
            for output in parcel.result.outputs
        )

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002 - it serves one
        """Write every output; what stands there already, byte by byte, is left alone.

        Raises:
            DeliveryError: A file cannot be written; those before it are there, and are found again.
        """
        reason = self.obstacle()
        if reason is not None:
            raise DeliveryError(self.target, reason, temporary=True)
        clear_leftovers(self.folder)
        for output in parcel.result.outputs:
            try:
                path = _free_path(self.folder, output)
                if not path.exists():
                    write_whole(path, output.content)
            except OutputError as error:
                raise DeliveryError(self.target, error.reason, temporary=True) from error
            except OSError as error:
                raise DeliveryError(self.target, error.strerror or str(error), temporary=True) from error
        return Receipt()


def _free_path(folder: Path, output: Output) -> Path:
    """Return where an output stands or may be written: its name, with -2, -3, ... where another file has it."""
    name = Path(output.name)
    stem, suffix = safe_stem(name.stem), name.suffix
    number = 1
    path = folder / f"{stem}{suffix}"
    while path.exists() and not _holds(path, output.content):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
