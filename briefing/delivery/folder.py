"""Delivery into a folder: files are complete, and existing files are never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import DeliveryError, OutputError
from briefing.model.runs import Output, Parcel, Receipt
from briefing.runtime.outputs import clear_leftovers, obstacle, safe_stem, write_whole


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """Write the outputs of a run into a folder; a missing folder is created."""

    folder: Path  # absolute

    @property
    def target(self) -> str:
        """Return the name of the folder."""
        return f"folder {self.folder}"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the folder, the only recipient."""
        return (str(self.folder),)

    @property
    def news_only(self) -> bool:
        """Return False: a missing file would look like a failure."""
        return False

    def obstacle(self) -> str | None:
        """Return why the folder is not writable; None if it is."""
        return obstacle(self.folder)

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        """Return one line for each file to write."""
        if parcel is None:
            return (f"write the outputs to {self.folder}",)
        return tuple(
            f"write {_output_path(self.folder, output)} ({len(output.content):,} bytes)"
            for output in parcel.result.outputs
        )

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002 - there is one recipient
        """Write every output; a file that is already there with the same bytes is kept.

        Raises:
            DeliveryError: A file cannot be written. A retry finds the files before it and keeps them.
        """
        reason = self.obstacle()
        if reason is not None:
            raise DeliveryError(self.target, reason, temporary=True)
        clear_leftovers(self.folder)
        for output in parcel.result.outputs:
            try:
                path = _output_path(self.folder, output)
                if not path.exists():
                    write_whole(path, output.content)
            except OutputError as error:
                raise DeliveryError(self.target, error.reason, temporary=True) from error
            except OSError as error:
                raise DeliveryError(self.target, error.strerror or str(error), temporary=True) from error
        return Receipt()


def _output_path(folder: Path, output: Output) -> Path:
    """Return the path of an output: its name, with -2, -3, ... if a different file has that name."""
    name = Path(output.name)
    stem, suffix = safe_stem(name.stem), name.suffix
    number = 1
    path = folder / f"{stem}{suffix}"
    while path.exists() and not _has_content(path, output.content):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _has_content(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
