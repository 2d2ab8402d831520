"""Fill in templates: ours here, a user's in a process of their own."""

from typing import Any

from briefing.rendering.templating.confined import fill_in_apart
from briefing.rendering.templating.environment import our_environment


def fill_in(name: str, folder: str | None = None, **values: Any) -> str:
    """Return a template filled in; what stands in *folder* under the same name stands in for ours.

    A folder's templates come from a stranger: they are filled in by a process of their own, with limits.

    Raises:
        TemplateFillError: A template of the folder cannot be filled in, or takes too long or too much memory.
        RenderingError: Our templates are missing.
    """
    if folder is None:
        return our_environment().get_template(name).render(**values)
    return fill_in_apart(name, folder, values)
