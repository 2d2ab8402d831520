"""A brief and its layout as JSON text; the JSON of a brief is a public interface."""

from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter, ValidationError

from briefing.errors import ModelError, RenderingError
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.rendering.layout import Layout
from briefing.rendering.templating.theme_files import our_theme

_OWN_TEMPLATES = "own"  # replaces the path of a user's templates in an attached layout


def to_json(record: Briefing | Digest) -> bytes:
    """Return a brief or digest as indented JSON in UTF-8; the same record gives the same bytes."""
    return (record.model_dump_json(indent=1) + "\n").encode("utf-8")


def render_json(record: Briefing | Digest, _layout: Layout) -> bytes:
    """Return a brief or digest as JSON; the layout has no effect."""
    return to_json(record)


def layout_to_json(layout: Layout) -> bytes:
    """Return a layout as JSON for an attachment.

    With the brief, it defines the whole page, except for a user's templates and theme. The path of the templates is
    left out.
    """
    templates = None if layout.templates is None else _OWN_TEMPLATES
    attached = replace(layout, templates=templates, theme=our_theme(layout.theme))
    return _layouts().dump_json(attached, indent=1) + b"\n"


def layout_from_json(content: bytes, source: str) -> Layout:
    """Read a layout; errors name *source*.

    Raises:
        ModelError: It is not a layout, or no page can be made with it.
    """
    try:
        return _layouts().validate_json(content)
    except ValidationError as error:
        raise ModelError(source, f"its layout cannot be read: {error.errors()[0]['msg']}") from error
    except RenderingError as error:
        raise ModelError(source, f"its layout cannot be used: {error.reason}") from error


@cache
def _layouts() -> TypeAdapter[Layout]:
    return TypeAdapter(Layout)
