"""Outputs get names that hurt nobody, and are whole or not there."""

import errno
import io
import os
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import OutputError
from briefing.runtime.outputs import STANDARD_OUTPUT, Namer, clear_leftovers, safe_stem, slug, write_whole
from tests.fakes.processes import output_of


@pytest.mark.parametrize(
    ("wanted", "stem"),
    [
        ("report", "report"),
        ("a b/c", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("São Paulo", "São-Paulo"),
        ("…", "brief"),
        ("x\x00y\nz", "x-y-z"),
        ("ы" * 300, "ы" * 50),
    ],
)
def test_a_stem_is_safe_in_every_folder(wanted: str, stem: str) -> None:
    assert safe_stem(wanted) == stem


@given(st.text())
def test_no_stem_leaves_its_folder(wanted: str) -> None:
    stem = safe_stem(wanted)
    assert stem
    assert (Path("/folder") / f"{stem}.pdf").parent == Path("/folder")
    assert not stem.startswith((".", "-"))
    assert len(f"{stem}-100.json".encode()) < 200


def test_a_slug_is_made_of_the_title() -> None:
    assert slug("Japan's ministers: talks, again!") == "japans-ministers-talks-again"


def test_equal_names_are_numbered_and_inputs_are_spared(tmp_path: Path) -> None:
    namer = Namer(tmp_path, frozenset({(tmp_path / "b.html").resolve()}))
    assert [namer.stem("a", ("pdf",)) for _ in range(3)] == ["a", "a-2", "a-3"]
    assert namer.stem("A", ("pdf",)) == "A-4"
    assert namer.stem("b", ("html", "pdf")) == "b-2"


def test_a_file_is_replaced_atomically(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_is_followed_and_a_device_written_directly(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "there.json")
    write_whole(tmp_path / "link.json", b"one")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "there.json").read_bytes() == b"one"
    device = Path(os.devnull)
    write_whole(device, b"one")
    assert device.is_char_device()


def test_circular_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "b.json")
    (tmp_path / "b.json").symlink_to(tmp_path / "a.json")
    write_whole(tmp_path / "a.json", b"one")
    assert (tmp_path / "a.json").read_bytes() == b"one"


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file"):
        write_whole(tmp_path / "file" / "a.json", b"one")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_nothing_half_written_is_left_beside_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(OutputError, match=r"a\.json"):
        write_whole(tmp_path / "a.json", b"one")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(_descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", dies)
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # the process is gone before it can tidy up
        with pytest.raises(KeyboardInterrupt):
            write_whole(tmp_path / "a.json", b"one")
    (tmp_path / ".own.part").write_text("somebody else's")
    (left,) = tmp_path.glob(".briefing-*")
    written = left.stat().st_mtime
    clear_leftovers(tmp_path, clock=lambda: written + 3_599)
    assert left.exists()
    clear_leftovers(tmp_path, clock=lambda: written + 3_601)
    assert [path.name for path in tmp_path.iterdir()] == [".own.part"]


def test_a_missing_folder_has_no_leftovers(tmp_path: Path) -> None:
    clear_leftovers(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EFBIG, "larger than ulimit -f or the file system allows"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "you may not write there"),
        (errno.ENAMETOOLONG, "its name is longer than the disk allows"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_the_reason_of_a_failed_write_is_reported(tmp_path, monkeypatch, number, said) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OutputError, match=said) as caught:
        write_whole(tmp_path / "a.json", b"one")
    assert "a.json" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="its name is longer"):
        write_whole(tmp_path / ("a" * 300 + ".json"), b"one")


def test_a_file_at_the_size_limit_is_reported_and_removed(tmp_path: Path) -> None:
    program = (
        "import resource\n"
        "from pathlib import Path\n"
        "from briefing.errors import OutputError\n"
        "from briefing.runtime.outputs import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        f"    write_whole(Path({str(tmp_path / 'a.json')!r}), bytes(100_000))\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    assert "ulimit -f" in output_of(program)
    assert list(tmp_path.iterdir()) == []


def test_slow_standard_output_gets_everything() -> None:
    class Slow(io.BytesIO):
        def write(self, content: Any) -> int:
            return super().write(bytes(content)[:3])

    output = io.TextIOWrapper(held := Slow())
    with redirect_stdout(output):
        write_whole(STANDARD_OUTPUT, b"Norway and Iceland")
    assert held.getvalue() == b"Norway and Iceland"


def test_a_temporary_folder_too_small_for_fonts_is_reported() -> None:
    program = (
        "import resource\n"
        "from briefing.errors import RenderingError\n"
        "from briefing.rendering.layout import Layout\n"
        "from briefing.rendering.pdf.writer import render_pdf\n"
        "from tests.fakes.briefs import small_brief\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    render_pdf(small_brief(), Layout())\n"
        "except RenderingError as error:\n"
        "    print(error)\n"
    )
    assert "its fonts cannot be put into" in output_of(program)
