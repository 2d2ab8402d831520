"""Word lists hold words and numbers, whatever YAML takes them for."""

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

import briefing
from briefing.language.lexicon import read_lexicon, word_set

NAMES = sorted(entry.name.removesuffix(".yaml") for entry in (files("briefing.language") / "data").iterdir())
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(Path(briefing.__file__).parent.rglob("*.py"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_lexicon_holds_words_and_numbers_only(name):
    kinds = set(_kinds(read_lexicon(name)))
    assert kinds <= {str, int, float}


def test_yamls_truth_values_are_words():
    assert "off" in word_set("names", "place_prepositions")


@pytest.mark.parametrize("name", NAMES)
def test_no_list_holds_a_word_twice(name):
    assert [words for words in _word_lists(read_lexicon(name)) if len(words) > len(set(words))] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_read_somewhere(name):
    readers = (f'"{name}"', "points.lists") if name == "positions" else (f'"{name}"',)
    sources = [source for source in SOURCES if any(reader in source for reader in readers)]
    read = "|".join(pattern for source in sources for pattern in _keys(source))
    assert [key for key in read_lexicon(name) if not re.fullmatch(read, key)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_list_has_a_comment(name):
    text = (files("briefing.language") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"\n\s*\n", text) if re.search(r"^\w+:", block, re.MULTILINE)]
    assert [block[:60] for block in blocks if not block.lstrip("\n").startswith("#")] == []


def _word_lists(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _word_lists(inner)
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        yield value


def _keys(source):
    """Yield the strings of a module as patterns: "reports", f"{sex}_nouns"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z]+" for part in node.values]
            if any("_" in part for part in parts):
                yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)


def _kinds(value):
    if isinstance(value, dict):
        yield from map(type, value)
        for inner in value.values():
            yield from _kinds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _kinds(inner)
    else:
        yield type(value)
