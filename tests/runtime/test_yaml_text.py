"""YAML means what the core schema of YAML 1.2 says, within limits; whatever is wrong is one error with its line."""

import math
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.errors import ProfileError, ReadingError
from briefing.jobs.plan import check_profile
from briefing.profile.profile import Profile, load_profile
from briefing.reading.front_matter import split_front_matter
from briefing.runtime.yaml_text import read_yaml, read_yaml_file, write_yaml

BILLION = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
# Pieces of odd YAML.
PIECES = (
    *"[]{}:,-?!&*#|>'\"%@`~\n \t\\.0",
    *("!!int ", "!!bool ", "!!timestamp ", "!!binary ", "!<tag:x> ", "&a ", "*a", "<<: ", "---\n", "...\n", "? ", "- "),
    *("\\ud800", "\\0", "\\UFFFFFFFF", "%YAML 1.1\n", "no", "12:30", "0x1f", "1e999", "a: ", "é", "\x00", "\ufeff"),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("+7", 7),
        ("1e3", 1000.0),
        ("1.10", 1.1),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.2.3", "1.2.3"),
        ("1e999", math.inf),
        ("-.inf", -math.inf),
        ("2024-05-17", "2024-05-17"),
        ("2024-05-17T10:00:00Z", "2024-05-17T10:00:00Z"),
        ("~", None),
        ("", None),
        ("null", None),
        ('"null"', "null"),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("!!int 1", 1),
        ("!!float 1", 1.0),
        ("!!null ~", None),
        ("=", "="),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("no: 1", {"no": 1}),
        ("1: 1", {"1": 1}),
        ("null: 1", {"null": 1}),
        ("{a: 1, a: 2}", {"a": 2}),
        ("[a, [b, {c: d}]]", ["a", ["b", {"c": "d"}]]),
        ("# nothing", None),
        ("---\n", None),
    ],
)
def test_a_value_means_what_the_core_schema_says(text: str, value: object) -> None:
    found = read_yaml(text, "a.yaml").value
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: !!bool 3", 2, "'3' is not of type bool"),
        ('a: !!int ""', 1, "'' is not of type int"),
        ("a: !!timestamp x", 1, "timestamp' is unknown; leave it out"),
        ("a: !!binary aGk=", 1, "is unknown"),
        ("a: !!python/object/apply:os.system [x]", 1, "is unknown"),
        ("a: !!set {x}", 1, "is unknown"),
        ("a: !!map [x]", 1, "a seq, but its tag demands a map"),
        ("!!str {a: 1}", 1, "a map, but its tag demands a str"),
        ("a: !!seq x", 1, "'x' is not of type seq"),
        ("a:\n- " + "9" * 6000, 2, "a number of more than 100 digits"),
        ("a: 0x" + "f" * 6000, 1, "a number of more than 100 digits"),
        ("a: " + "1" * 6000 + ".5", 1, "a number of more than 100 digits"),
        ("[" * 100_000, 1, "nested lists and mappings"),
        ("{a: " * 1_000, 1, "nested lists and mappings"),
        ("- " * 1_000, 1, "nested lists and mappings"),
        ("[" + "1," * 60_000 + "]", 1, "more than 50,000 values"),
        (BILLION, 2, "anchors and aliases are not allowed"),
        ("a: &a [*a]", 1, "anchors and aliases are not allowed"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("? [a]\n: 1", 1, "a key must be a word or a text"),
        ("? {a: b}\n: 1", 1, "a key must be a word or a text"),
        ("!!bool x: 1", 1, "'x' is not of type bool"),
        ("a: 1\nb: [", 3, "invalid YAML"),
        ("a: 1\n b: 2", 2, "invalid YAML"),
        ("\ta: 1", 1, "invalid YAML"),
        ("a: *b", 1, "anchors and aliases"),
        ("a: !x!y z", 1, "invalid YAML"),
        ('a: "\\UFFFFFFFF"', 1, "invalid YAML"),
        ('a: "\\ud800"', 1, "invalid YAML"),
        ('a: 1\nb: "\\0"', 2, "invalid YAML"),
        ("a: 1\nb: \0", 2, "U+0000 is not allowed"),
        (b"a: 1\nb: \xff", 2, "invalid YAML"),
        (b"\xff\xfea", 1, "invalid YAML"),
        ("%YAML 3.0\n--- a", None, "invalid YAML"),
        ("x" * 1_000_001, 1, "larger than 1,000,000 bytes"),
    ],
)
def test_an_error_has_the_expected_kind_and_line(text: str | bytes, line: int | None, said: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_yaml(text, "a.yaml", ProfileError)
    assert said in caught.value.reason
    assert line is None or caught.value.place == f"a.yaml:{line}"


@pytest.mark.parametrize("texts", [False, True])
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example(text="!!float 0x1f")
@example(text='"\\x"')
def test_any_text_is_read_or_is_one_error(text: str, texts: bool) -> None:
    try:
        read_yaml(text, "a.yaml", texts=texts)
    except ReadingError as error:
        assert error.source.startswith("a.yaml:")  # noqa: PT017 - most texts are fine


@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_are_one_error(content: bytes) -> None:
    try:
        read_yaml(content, "a.yaml")
    except ReadingError as error:
        assert error.source.startswith("a.yaml:")  # noqa: PT017


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    | st.sampled_from(["no", "12:30", "0o17", "1e3", "010", "1_000", "2024-05-17", "~", "=", "<<", "+.inf", "0x1f"])
)


@given(
    value=st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("abno1", min_size=1), inner))
)
def test_written_yaml_reads_the_same_in_1_1(value: Any) -> None:
    """Readers of YAML 1.1 and our own reader return the value that was written."""
    text = write_yaml(value)
    assert read_yaml(text, "a.yaml").value == value
    assert yaml.safe_load(text.replace("? ''\n:", "'':")) == value


def test_lines_and_repeated_keys_are_recorded() -> None:
    document = read_yaml("a: 1\nb:\n- x\n- c: 2\n  c: 3\n", "a.yaml")
    assert document.lines == {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 5}
    assert document.repeated == (("b", 1, "c"),)


def test_utf_16_with_its_mark_is_read() -> None:
    assert read_yaml("a: é".encode("utf-16"), "a.yaml").value == {"a": "é"}


@pytest.mark.parametrize("kind", ["/dev/zero", "pipe", "folder", "huge", "nul", "/proc/self/mem"])
def test_a_directory_or_device_is_no_profile(tmp_path: Path, kind: str) -> None:
    """Neither is a huge file, and none of them can be extended."""
    path = Path(kind) if kind.startswith("/") else tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(10**12)
    named = "a\\0b" if kind == "nul" else str(path)
    mine = tmp_path / "mine.yaml"
    mine.write_text(f'title: A\nextends: "{named}"\n')
    start = time.monotonic()
    with pytest.raises(ProfileError) as caught:
        load_profile(str(mine))
    assert caught.value.place == f"{mine}:2"
    if kind != "nul":
        with pytest.raises(OSError, match=r".") as read:
            read_yaml_file(path)
        assert read.value.strerror in str(caught.value)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("!!bool 3", "!!bool 3"),
        ('!!int ""', "!!int"),
        ("!!timestamp x", "!!timestamp x"),
        ("9" * 6000, "9" * 500),
        ("1.10", "1.10"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("true", "true"),
        ("~", None),
    ],
)
def test_a_title_in_front_matter_is_kept_literally(written: str, title: str | None) -> None:
    matter, body, _ = split_front_matter(f"---\ntitle: {written}\noutlet: Echo\n---\nThe talks went on.\n")
    assert (matter.title, matter.outlet, body) == (title, "Echo", "The talks went on.\n")


# Pieces of profiles, and values that have no place in them.
KEYS = (
    "title",
    "look",
    "theme",
    "logo",
    "paper",
    "sections",
    "deliver",
    "email",
    "digest",
    "lines",
    "fetch",
    "pages",
    "1",
)
VALUES = (
    "no",
    "[]",
    "{}",
    "[summary]",
    "!!bool 3",
    ".nan",
    "-.inf",
    "1e999",
    "~",
    "{1: 2}",
    "[[a]]",
    '"\\0"',
    "12:30",
    "9" * 99,
)
FUZZED = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        )
    ),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(tuple(Profile.model_fields)), FUZZED, max_size=4))
@example(values={"confidence": ".nan"})
@example(values={"templates": '"\\0"', "look": '{logo: "a"}'})
@example(values={"sections": "[{1: {2: 3}}]"})
@example(values={"sections": "[{actors: {limit: .nan}}]"})
def test_any_profile_can_be_used_or_is_one_error(tmp_path: Path, values: dict[str, str]) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in values.items()))
    with suppress(ProfileError):
        check_profile(load_profile(str(path)))
