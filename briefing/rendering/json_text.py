"""A brief and its layout as JSON text: the brief is the contract with other programs."""

from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter, ValidationError

from briefing.errors import ModelError, RenderingError
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.rendering.layout import Layout
from briefing.rendering.templating.theme_files import our_theme

OWN_TEMPLATES = "own"  # stands for the folder of a user's templates in a layout that travels


def to_json(record: Briefing | Digest) -> bytes:
    """Return a brief or digest as indented JSON in UTF-8 with a final newline; the same one gives the same bytes."""
    return (record.model_dump_json(indent=1) + "\n").encode("utf-8")


def render_json(record: Briefing | Digest, _layout: Layout) -> bytes:
    """Return a brief or digest as JSON, which no layout changes."""
    return to_json(record)


def layout_to_json(layout: Layout) -> bytes:
    """Return a layout as JSON; with the brief it is all of a page, but for a user's templates and theme.

    Of a user's templates it says that there are some, not where they are.
    """
    templates = None if layout.templates is None else OWN_TEMPLATES
    travelling = replace(layout, templates=templates, theme=our_theme(layout.theme))
    return _layouts().dump_json(travelling, indent=1) + b"\n"


def layout_from_json(content: bytes, source: str) -> Layout:
    """Read a layout; *source* is for the error.

    Raises:
        ModelError: It is none, or one by which no page can be laid out.
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
