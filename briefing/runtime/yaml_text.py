"""Read and write YAML: the core schema of YAML 1.2, within limits, with line numbers in errors.

PyYAML only splits the text into events. It reads "no" as false, 12:30 as 750 and 010 as 8 (YAML 1.1), and its
constructors raise any Python error. So this module interprets the scalars.
"""

import codecs
import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

import yaml

from briefing.errors import BriefingError, ReadingError

Where = tuple[int | str, ...]  # keys and indexes from the top: ("look", "paper"), ("sections", 2)
Refusal = Callable[[str, str], BriefingError]  # takes a place, "morning.yaml:4", and a reason

_LARGEST = 1_000_000  # bytes of a file
_DEEPEST = 40  # levels of nested lists and mappings
_MOST_NODES = 50_000  # values and keys
_MOST_DIGITS = 100  # of a number
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE = "tag:yaml.org,2002:"
_NULL = re.compile("null|Null|NULL|~|")
_BOOL = re.compile("(true|True|TRUE)|false|False|FALSE")
_INT = re.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
# A decimal number such as 1.5, 3e2 and -.inf; not 1_000 and 1:30.
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_FORMS = {"null": _NULL, "bool": _BOOL, "int": _INT, "float": _FLOAT}  # patterns of scalars, by tag
# Characters that no YAML text may hold (chapter 5.1), and those that no escape in a value may mean.
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNUSABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a YAML text; keys of mappings are text, and the last of repeated keys wins."""

    value: Any = None
    lines: Mapping[Where, int] = field(default_factory=dict)  # from 1; a mapping's value has the line of its key
    repeated: tuple[Where, ...] = ()  # keys that occur twice in one mapping


def read_yaml(content: bytes | str, name: str, refusal: Refusal = ReadingError, *, texts: bool = False) -> Document:
    """Parse a YAML text.

    Args:
        content: The text; bytes are UTF-8, or UTF-16 with a byte order mark.
        name: The name of the text in errors, such as the path of its file.
        refusal: Makes the error to raise.
        texts: Whether to return every scalar except null as text. It may then hold lone surrogates, which the parser
            in C refuses.

    Raises:
        BriefingError: The text is not YAML, holds a value outside the core schema, or exceeds a limit. *refusal* makes
            the error.
    """
    return _Builder(name, refusal, texts).document(content)


def read_yaml_file(path: Path) -> bytes:
    """Return the bytes of a YAML file.

    Raises:
        OSError: The file cannot be read, is not a regular file, or is too large.
    """
    try:
        with open(path, "rb", opener=_open_without_blocking) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(path))
            content = file.read(_LARGEST + 1)
    except ValueError as error:
        raise OSError(errno.EINVAL, "no file can have that name", str(path)) from error
    if len(content) > _LARGEST:
        raise OSError(errno.EFBIG, f"larger than {_LARGEST:,} bytes", str(path))
    return content


@cache
def read_data(package: str, name: str) -> Mapping[str, Any]:
    """Return the content of ``<name>.yaml`` in a package of briefing; callers must not change it."""
    source = files(package) / f"{name}.yaml"
    content: Mapping[str, Any] = read_yaml(source.read_bytes(), str(source)).value
    return content


def write_yaml(value: Any) -> str:
    """Return a value as YAML that reads the same in YAML 1.1 and 1.2."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True)


class _Dumper(yaml.SafeDumper):
    """Quote every text that either version of YAML would read as another type."""


_Dumper.add_implicit_resolver(f"{_CORE}float", re.compile(f"(?:{_FLOAT.pattern})$"), list("-+.0123456789"))
_Dumper.add_implicit_resolver(f"{_CORE}int", re.compile(f"(?:{_INT.pattern})$"), list("-+0123456789"))


class _Builder:
    """Build the value of one text from its events."""

    def __init__(self, name: str, refusal: Refusal, texts: bool) -> None:
        self._name = name
        self._refusal = refusal
        self._texts = texts
        self._nodes = 0
        self._lines: dict[Where, int] = {}
        self._repeated: list[Where] = []

    def document(self, content: bytes | str) -> Document:
        text = self._text(content)
        try:
            events = iter(yaml.parse(text, Loader=yaml.BaseLoader if self._texts else _LOADER))
            documents = [self._node(next(events), events, ()) for event in events if self._begins(event)]
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self._refuse(line, f"invalid YAML: {error.problem}", error)
        except (
            yaml.YAMLError,
            ValueError,
            OverflowError,
        ) as error:  # the Python parser raises these on escapes and versions
            self._refuse(1, f"invalid YAML: {error}", error)
        return Document(documents[0] if documents else None, self._lines, tuple(self._repeated))

    def _text(self, content: bytes | str) -> str:
        if len(content) > _LARGEST:
            self._refuse(1, f"larger than {_LARGEST:,} bytes")
        if isinstance(content, bytes):
            wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            try:
                content = content.decode("utf-16" if wide else "utf-8-sig")
            except UnicodeDecodeError as error:
                self._refuse(error.object[: error.start].count(b"\n") + 1, f"invalid YAML: no {error.encoding}", error)
        odd = _UNPRINTABLE.search(content)
        if odd is not None:
            line = content.count("\n", 0, odd.start()) + 1
            self._refuse(line, f"invalid YAML: the character U+{ord(odd[0]):04X} is not allowed")
        return content

    def _begins(self, event: yaml.Event) -> bool:
        """Return True if an event begins the document; refuse a second document."""
        if not isinstance(event, yaml.DocumentStartEvent):
            return False
        if self._nodes:
            self._refuse(_line(event), "a second document begins; write one")
        return True

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], where: Where) -> Any:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            self._refuse(_line(event), f"more than {_MOST_NODES:,} values")
        if len(where) > _DEEPEST:
            self._refuse(_line(event), f"more than {_DEEPEST} nested lists and mappings")
        if isinstance(event, yaml.AliasEvent):
            self._refuse(_line(event), "anchors and aliases are not allowed; write the value out")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            self._check_tag(event, "map")
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            self._check_tag(event, "seq")
            return self._sequence(events, where)
        raise AssertionError(f"no value begins with {event}")

    def _sequence(self, events: Iterator[yaml.Event], where: Where) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            here = (*where, len(found))
            self._lines[here] = _line(event)
            found.append(self._node(event, events, here))
        return found

    def _mapping(self, events: Iterator[yaml.Event], where: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(_line(event), "a key must be a word or a text")
            self._scalar(event)  # its tag and its characters are checked
            self._nodes += 1
            here = (*where, event.value)
            if event.value in found:
                self._repeated.append(here)
            self._lines[here] = _line(event)
            found[event.value] = self._node(next(events), events, here)
        return found

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text = event.value
        if not self._texts and _UNUSABLE.search(text):
            self._refuse(_line(event), "invalid YAML: a character that no text holds is written as an escape")
        tag = None if event.tag in (None, "!") else self._tag(event)
        if tag == "str" or (tag is None and not event.implicit[0]):
            return text
        if tag is None:
            if _NULL.fullmatch(text):
                return None
            return text if self._texts else self._plain_value(event, text)
        if tag not in _FORMS or not _FORMS[tag].fullmatch(text):
            self._refuse(_line(event), f"{_shortened(text)} is not of type {tag}, as its tag demands")
        value = None if tag == "null" else self._plain_value(event, text)
        return float(value) if tag == "float" and isinstance(value, int) else value

    def _plain_value(self, event: yaml.ScalarEvent, text: str) -> bool | int | float | str:
        if (found := _BOOL.fullmatch(text)) is not None:
            return found[1] is not None
        is_whole = _INT.fullmatch(text) is not None
        if not is_whole and not _FLOAT.fullmatch(text):
            return str(text)
        if len(text) > _MOST_DIGITS:
            self._refuse(_line(event), f"a number of more than {_MOST_DIGITS} digits; put it in quotation marks")
        if is_whole:
            return int(text, 0) if text.startswith(("0o", "0x")) else int(text)
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))

    def _check_tag(self, event: yaml.CollectionStartEvent, kind: str) -> None:
        if event.tag not in (None, "!") and self._tag(event) != kind:
            self._refuse(_line(event), f"this value is a {kind}, but its tag demands a {self._tag(event)}")

    def _tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> str:
        """Return the tag of a value without the prefix of the core schema."""
        name = str(event.tag).removeprefix(_CORE)
        if name not in ("null", "bool", "int", "float", "str", "map", "seq"):
            self._refuse(_line(event), f"the tag {_shortened(str(event.tag))} is unknown; leave it out")
        return name

    def _refuse(self, line: int, reason: str, cause: Exception | None = None) -> NoReturn:
        raise self._refusal(f"{self._name}:{line}", reason) from cause


def _open_without_blocking(path: str, flags: int) -> int:
    """Open a file without blocking: a pipe would wait for a writer."""
    return os.open(path, flags | os.O_NONBLOCK)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
