"""Word lists hold words and numbers, whatever YAML takes them for, and only one module reads each list."""

import ast
import re
from pathlib import Path

import pytest

import briefing
from briefing.runtime.lexicon import word_set
from briefing.runtime.yaml_text import read_yaml

ROOT = Path(briefing.__file__).parent
OTHERS = (ROOT / "model/catalogues", ROOT / "profile/shipped")  # YAML files without word lists
LISTS = sorted(path for path in ROOT.rglob("*.yaml") if path.parent not in OTHERS)
MODULES = sorted(ROOT.rglob("*.py"))
READERS = ("read_lexicon", "word_set", "first_words", "ordered_words", "word_pattern")
LOADERS = ("runtime/yaml_text.py", "runtime/lexicon.py", "model/wording.py")  # all that read YAML of the package

each_file = pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(ROOT)))


@each_file
def test_a_lexicon_holds_words_and_numbers_only(path):
    assert set(_kinds(_document(path).value)) <= {str, int, float}


def test_yamls_truth_values_are_words():
    assert "off" in word_set("briefing.language.names.clusters", "place_prepositions")


@each_file
def test_no_word_and_no_list_occurs_twice(path):
    document = _document(path)
    assert document.repeated == ()
    assert [words for words in _word_lists(document.value) if len(words) > len(set(words))] == []


@each_file
def test_every_list_is_read_by_the_module_beside_it(path):
    modules = [path.with_suffix(".py")]
    read = "|".join(pattern for module in modules for pattern in _keys(module.read_text(encoding="utf-8")))
    assert [name for name in _document(path).value if not re.fullmatch(read, name)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_reads_no_lists_but_its_own(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    modules = {ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) in READERS}
    allowed = {"__name__"}
    assert modules <= allowed or path.name == "lexicon.py"
    loads = any(ast.unparse(call.func) == "read_data" for call in calls)
    assert not loads or path.relative_to(ROOT).as_posix() in LOADERS


@each_file
def test_every_list_has_a_comment(path):
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    lists = [block for block in blocks if re.search(r"^\w+:", block, re.MULTILINE)]
    assert [block[:60] for block in lists if not block.lstrip("\n").startswith("#")] == []


def _document(path):
    return read_yaml(path.read_bytes(), path.name)


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
