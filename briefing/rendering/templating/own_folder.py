"""Check a user's folder of templates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

from briefing.rendering.templating.parts import PART_SUFFIXES, part_names

_LARGEST = 1_000_000  # bytes of a template or style sheet
_MOST_FILES = 500
_NEXT = "next"  # a rule after the user's style sheet; an unclosed bracket or string would swallow it
# A string in a template; it may be the name of another one or begin it: {% include "blocks/" ~ kind ~ ".html.j2" %}.
_STRING = re.compile(r"(['\"])(.*?)\1")


def template_flaws(folder: str, sections: Iterable[str] = ()) -> Iterator[str]:
    """Yield the flaws of a folder of templates, before any page is made.

    Args:
        folder: The folder that the profile's key `templates` names.
        sections: The names of all sections, including those of extensions.
    """
    path = Path(folder)
    if not path.is_dir():
        yield f"{folder} is not a folder; make it, or start with briefing template eject PART"
        return
    files = sorted(file for file in path.rglob("*") if file.is_file())
    if len(files) > _MOST_FILES:
        yield f"{folder} holds {len(files)} files; name a folder with only templates"
        return
    read = {file: _read(file) for file in files}
    yield from (flaw for _, flaw in read.values() if flaw)
    texts = {file: text for file, (text, flaw) in read.items() if not flaw and file.name.endswith(PART_SUFFIXES)}
    for file, text in texts.items():
        for line, flaw in _style_flaws(text) if file.suffix == ".css" else ():
            yield f"{file}:{line} {flaw}"
    yield from _misnamed({file.relative_to(path).as_posix(): text for file, text in texts.items()}, folder, sections)


def read_part_of(file: Path) -> str | None:
    """Return the text of a user's template or style sheet; None if the file has a flaw."""
    text, flaw = _read(file)
    return None if flaw or (file.suffix == ".css" and any(_style_flaws(text))) else text


def _read(file: Path) -> tuple[str, str]:
    """Return the text of a template or style sheet, and its flaw; both may be empty."""
    try:
        if file.stat().st_size > _LARGEST:
            return "", f"{file} is larger than {_LARGEST:,} bytes"
        return file.read_text(encoding="utf-8") if file.name.endswith(PART_SUFFIXES) else "", ""
    except UnicodeDecodeError:
        return "", f"{file} is not UTF-8 text; save it as UTF-8"
    except OSError as error:
        return "", f"{file} cannot be read: {error.strerror or error}"


def _misnamed(texts: Mapping[str, str], folder: str, sections: Iterable[str]) -> Iterator[str]:
    """Yield each file that replaces no part of a page, is not a theme, and is not named by a template."""
    ours = (*part_names(), *(f"parts/{name}.{kind}.j2" for name in sections for kind in ("html", "md")))
    named = {name for text in texts.values() for _, name in _STRING.findall(text)} - {"parts/"}
    for name in texts:
        is_theme = re.fullmatch(r"themes/[^/]+\.css", name)
        if name not in ours and not is_theme and not any(name.startswith(start) for start in named if len(start) > 2):
            nearest = get_close_matches(name, ours, n=1)
            hint = f"did you mean {nearest[0]!r}?" if nearest else "briefing template list names the parts"
            yield f"{Path(folder, name)} replaces no part, and no template names it; {hint}"


def _style_flaws(css: str) -> Iterator[tuple[int, str]]:
    """Yield the line and description of each flaw of a style sheet."""
    for line, address in loads(css):
        yield line, f"loads {address!r}; a page loads nothing: write it out as a data: address"
    *_, last = tinycss2.parse_stylesheet(f"{css}\n@{_NEXT};")
    if getattr(last, "at_keyword", None) != _NEXT:
        yield (
            min(last.source_line, css.count("\n") + 1),
            "leaves something open; close each quotation, comment and bracket",
        )


def loads(css: str) -> Iterator[tuple[int, str]]:
    """Yield the line and address of each file that a style sheet would load; data: addresses are not files."""
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
    """Return the address in a value of a style sheet, or None."""
    if node.type == "url":
        return str(node.value)
    if node.type == "function" and node.lower_name in ("url", "src", "image-set"):
        return next((str(part.value) for part in node.arguments if part.type == "string"), "")
    return None
