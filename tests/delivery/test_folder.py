"""A folder gets whole files; no file is overwritten, and a repeated output is there once."""

from pathlib import Path

import pytest

from briefing.delivery.folder import FolderChannel
from briefing.errors import DeliveryError
from briefing.model.runs import Output
from tests.fakes.parcels import parcel


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_folder_is_created_for_the_outputs(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "briefs"
    channel = FolderChannel(folder)
    channel.send(parcel(), channel.recipients)
    assert _names(folder) == ["morning-2026-06-01.json", "morning-2026-06-01.pdf"]
    assert (folder / "morning-2026-06-01.pdf").read_bytes() == b"%PDF-1.7 not really"
    assert (channel.target, channel.recipients) == (f"folder {folder}", (str(folder),))


def test_an_existing_output_is_not_written_again(tmp_path: Path) -> None:
    for _ in range(2):
        FolderChannel(tmp_path).send(parcel(), ())
    assert _names(tmp_path) == ["morning-2026-06-01.json", "morning-2026-06-01.pdf"]


def test_another_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "morning-2026-06-01.pdf").write_bytes(b"mine")
    (tmp_path / "morning-2026-06-01-2.pdf").mkdir()
    for _ in range(2):
        FolderChannel(tmp_path).send(parcel(), ())
    assert (tmp_path / "morning-2026-06-01.pdf").read_bytes() == b"mine"
    assert (tmp_path / "morning-2026-06-01-3.pdf").read_bytes() == b"%PDF-1.7 not really"
    assert len(_names(tmp_path)) == 4


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "/etc/passwd.pdf", "..pdf", "a\nb.pdf"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    FolderChannel(folder).send(parcel(outputs=(Output(name, "application/pdf", b"x"),)), ())
    assert len(_names(folder)) == 1
    assert _names(tmp_path) == ["out"]


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(DeliveryError, match=f"cannot deliver to folder {tmp_path}/out: ") as caught:
        FolderChannel(tmp_path / "out").send(parcel(), ())
    assert caught.value.temporary


def test_a_dry_run_names_the_files(tmp_path: Path) -> None:
    (tmp_path / "morning-2026-06-01.pdf").write_bytes(b"mine")
    assert FolderChannel(tmp_path).describe(parcel()) == (
        f"write {tmp_path}/morning-2026-06-01-2.pdf (19 bytes)",
        f"write {tmp_path}/morning-2026-06-01.json (22 bytes)",
    )
    assert FolderChannel(tmp_path).describe() == (f"write the outputs to {tmp_path}",)
