"""The JSON Schema of a profile's YAML; editors use it for completion."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from briefing.extraction.extractors import extractor_kind
from briefing.jobs.plan import section_names
from briefing.profile.profile import FILLED_IN, Profile
from briefing.rendering.layout import LAYOUT_OPTIONS, SOURCE, Choice
from briefing.rendering.templating.theme_files import theme_names


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a profile's YAML."""
    schema = Profile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    properties = schema["properties"]
    for name in FILLED_IN:
        del properties[name]
    properties["extends"] = {"type": "string", "description": "Name or path of a profile that this one extends."}
    properties["sections"] = {"type": "array", "minItems": 1, "items": {"anyOf": list(map(_section, section_names()))}}
    schema["$defs"].pop("Section", None)
    schema["if"] = {"not": {"anyOf": [{"required": ["templates"]}, {"required": ["extends"]}]}}
    schema["then"] = {"properties": {"look": {"properties": {"theme": {"enum": list(theme_names(None))}}}}}
    return schema


def _section(name: str) -> dict[str, Any]:
    """Return the schema of a section: its name alone, or its name with its options."""
    options = {"type": ["object", "null"], "properties": _options(name), "additionalProperties": False}
    written = {"type": "object", "properties": {name: options}, "required": [name], "additionalProperties": False}
    return {"anyOf": [{"const": name}, written]}


def _options(name: str) -> dict[str, Any]:
    options: dict[str, Any] = {"label": {"type": ["string", "null"], "description": "The heading of the section."}}
    options |= {key: _choice(choice) for key, choice in LAYOUT_OPTIONS.get(name, {}).items()}
    kind = extractor_kind(name) if name != SOURCE else None
    if kind is not None and is_dataclass(kind):
        hints: Mapping[str, Any] = get_type_hints(kind)
        options |= {
            field.name: {**TypeAdapter(hints[field.name]).json_schema(), "default": field.default}
            for field in fields(kind)
        }
    return options


def _choice(choice: Choice) -> dict[str, Any]:
    if not choice.names:
        return {"type": "boolean"}
    names = {"enum": list(choice.names)}
    return {"type": "array", "items": names, "minItems": 1, "uniqueItems": True} if choice.several else names
