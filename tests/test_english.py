"""The sentences of the code are plain English: phrases over which readers stumbled do not come back."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Points are written anew soon. The others are stored or hashed: a brief names the hash of its profile, and an archive
# holds the text of its tables, comments too. Style sheets are not read, because HTML pages hold their bytes.
EXEMPT = {
    ROOT / name
    for name in (
        "briefing/extraction/points",
        "tests/extraction/points",
        "briefing/profile/shipped",
        "briefing/archive/migrations/0001_articles.sql",
        "tests/archive/dumps",
        "tests/test_english.py",
    )
}
# Comments by kind of file; the data of YAML and the text of templates may be news.
COMMENTS = {
    ".yaml": re.compile(r"(?m)(?:^|\s)#(.*)$"),
    ".sql": re.compile(r"--(.*)"),
    ".j2": re.compile(r"(?s)\{#(.*?)#\}"),
    ".md": re.compile(r"(?s)(.+)"),
}
FOLDERS = ("briefing", "tests", "scripts", "benchmarks", "templates", "docs", "examples/profiles")
FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"] + [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", *COMMENTS} and not {path, *path.parents} & EXEMPT
]
MODULES = [path for path in FILES if path.suffix == ".py"]
# Write "Return True if", "or None", "is listed twice", "because there is no room". "is None" is Python.
PHRASES = re.compile(
    r"\b(?:told|(?<!-)stands?(?!-)|whom|(?-i:is none|none is)|such that|what one|(?-i:Say whether)|and say whether"
    r"|comes? of it|(?:is|are) said of|for want of|acted upon|amiss|bears? the|tells? of)\b",
    re.IGNORECASE,
)
# Quoted words, and the commands and code of a page.
QUOTATIONS = re.compile(r'(?ms)^ *```.*?^ *```|"[^"\n]*"|“[^”]*”|`[^`\n]*`')
# The name of a test is a sentence of ten words at most.
LONGEST = 10
NAMES = re.compile(
    r"(?:^|_)(?:told|whom|tells|bears|is_none|such_that|what_one)(?=_|$)|_stands?(?!_first)(?=_|$)|^stands"
)


def _sentences(path: Path) -> Iterator[str]:
    """Yield the docstrings and comments of a file, and the strings of a module that is no test."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from COMMENTS[path.suffix].findall(text)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ROOT / "tests" not in path.parents:
            yield node.value
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_has_a_banned_phrase(path: Path) -> None:
    sentences = [QUOTATIONS.sub("", sentence) for sentence in _sentences(path)]
    assert [phrase for sentence in sentences for phrase in PHRASES.findall(sentence)] == []


def test_names_have_no_banned_word_and_tests_short_ones() -> None:
    names = {
        node.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    assert [name for name in names if NAMES.search(name)] == []
    assert [name for name in names if name.startswith("test_") and name.count("_") > LONGEST] == []


@pytest.mark.parametrize(
    "sentence",
    ["It is told.", "to whom it goes", "None if there is none.", "What one sees", "As it stands", "n such that n > 1"],
)
def test_a_banned_phrase_is_found(sentence: str) -> None:
    assert PHRASES.search(sentence)
