"""The sentences of the code are plain English: phrases over which readers stumbled do not come back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Written anew soon.
POINTS = [ROOT / name for name in ("briefing/extraction/points", "tests/extraction/points")]
EVENTS = [ROOT / name for name in ("briefing/extraction/events", "tests/extraction/test_events.py")]
MODULES = [
    path
    for folder in ("briefing", "tests", "scripts", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != Path(__file__) and not {path, *path.parents} & {*POINTS, *EVENTS}
]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
# Write "Return True if", "or None", "is listed twice", "because there is no room".
PHRASES = re.compile(
    r"\b(?:Say whether|such that|what one|comes? of it|(?:is|are) said of|stands? (?:there|twice)|if there is none"
    r"|none is|for want of|acted upon|amiss|bears? the|tells? of|is told to|whom the)\b"
)
# The name of a test is a sentence of ten words at most.
LONGEST = 10
NAMES = re.compile(r"_(?:told|whom|stands?(?!_first)|tells|bears|is_none|such_that|what_one)(?=_|$)")


def _sentences(module: Path) -> Iterator[str]:
    """Yield the docstrings and comments of a module; its strings may quote the news."""
    text = module.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
    yield from re.findall(r"(?m)(?:^|  )\s*# (.*)$", text)


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_has_a_banned_phrase(path: Path) -> None:
    sentences = _sentences(path) if path.suffix == ".py" else [path.read_text(encoding="utf-8")]
    assert [phrase for sentence in sentences for phrase in PHRASES.findall(sentence)] == []


def test_tests_have_short_names() -> None:
    names = {
        node.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert [name for name in names if name.count("_") > LONGEST or NAMES.search(name)] == []
