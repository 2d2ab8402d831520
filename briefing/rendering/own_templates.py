"""What may stand in a user's folder of templates."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

from briefing.errors import RenderingError

_LARGEST = 1_000_000  # bytes of a template or style sheet
_MOST_FILES = 500


def check_templates(folder: str) -> None:
    """Raise what is wrong with a folder of templates before any page is made.

    Raises:
        RenderingError: It is no folder, holds a file that is too large, or a style sheet that loads something.
    """
    path = Path(folder)
    if not path.is_dir():
        raise RenderingError("templates", f"{folder} is no folder; make it, or start with briefing template eject PART")
    files = sorted(file for file in path.rglob("*") if file.is_file())
    if len(files) > _MOST_FILES:
        raise RenderingError("templates", f"{folder} holds {len(files)} files; name a folder of templates alone")
    for file in files:
        if file.stat().st_size > _LARGEST:
            raise RenderingError("templates", f"{file} is larger than {_LARGEST:,} bytes")
        if file.suffix == ".css":
            line, address = next(loads(file.read_text(encoding="utf-8", errors="replace")), (0, ""))
            if line:
                reason = f"{file}:{line} loads {address!r}; a page loads nothing: write it out as a data: address"
                raise RenderingError("templates", reason)


def loads(css: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the address of all that a style sheet would load, but for what it holds itself."""
    yield from _loads(tinycss2.parse_component_value_list(css))


def _loads(nodes: Iterable[Node]) -> Iterator[tuple[int, str]]:
    importing = False
    for node in nodes:
        if node.type == "at-keyword":
            importing = node.lower_value == "import"
        elif node.type == "string" and importing:
            yield node.source_line, node.value
        elif (address := _address(node)) is not None:
            if not address.lower().startswith("data:") and not address.startswith("#"):
                yield node.source_line, address
        elif node.type == ";":
            importing = False
        else:
            importing = importing and node.type in ("whitespace", "comment")
        for part in ("content", "arguments"):
            yield from _loads(getattr(node, part, None) or ())


def _address(node: Node) -> str | None:
    """Return the address that a value of a style sheet names; None where it names none."""
    if node.type == "url":
        return str(node.value)
    if node.type == "function" and node.lower_name in ("url", "src", "image-set"):
        return next((str(part.value) for part in node.arguments if part.type == "string"), "")
    return None
