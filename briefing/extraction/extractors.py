"""Find extractors by name: ours, and those of other packages through the entry points ``briefing.extractors``."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from briefing.errors import ExtractorError, unknown_name
from briefing.messages import reason_of
from briefing.model.brief import Record

if TYPE_CHECKING:
    from briefing.language.analysis import Analysis

GROUP = "briefing.extractors"
Extractor = Callable[["Analysis"], tuple[Record, ...]]


def make_extractor(name: str, options: Mapping[str, Any]) -> Extractor:
    """Return the extractor with this name, with its fields set from the options.

    Raises:
        ExtractorError: It does not exist, cannot be imported, or does not know an option.
    """
    kind = extractor_kind(name)
    known: list[str] = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    for option, value in options.items():
        if option not in known:
            raise ExtractorError(name, unknown_name("option", option, tuple(known)))
        if isinstance(value, int | float) and value < 0:
            raise ExtractorError(name, f"{option} is {value}, which is below 0")
        try:
            TypeAdapter(get_type_hints(kind)[option]).validate_python(value, strict=True)
        except ValidationError as error:
            raise ExtractorError(name, reason_of({**error.errors()[0], "loc": (option,)})) from error
    try:
        return kind(**options)
    except ValueError as error:
        raise ExtractorError(name, str(error)) from error


@cache
def extractor_kind(name: str) -> Callable[..., Extractor]:
    """Return the class of the extractor with this name: a dataclass whose fields are its options.

    Raises:
        ExtractorError: It does not exist or cannot be imported.
    """
    try:
        kind: Callable[..., Extractor] = _found()[name].load()
    except KeyError:
        raise ExtractorError(name, f"it does not exist (there are: {', '.join(extractor_names()) or 'none'})") from None
    except ImportError as error:
        raise ExtractorError(name, f"it cannot be imported: {error}") from error
    return kind


def extractor_names() -> tuple[str, ...]:
    """Return the names of all extractors, sorted."""
    return tuple(sorted(_found()))


@cache
def _found() -> Mapping[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
