"""Fill in a user's templates in a child process with limited time and memory.

Jinja2's sandbox lets a template reach only the page. It does not stop a template from writing a gigabyte of text or
looping for an hour.
"""

import json
import pickle
import traceback
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound
from jinja2.exceptions import SecurityError

from briefing.errors import TemplateFillError
from briefing.rendering.templating.environment import environment_of
from briefing.runtime.confinement import Confined, LimitError, serve

_LARGEST = 50_000_000  # bytes of a page
_SUFFIX = ".j2"
# One of our pages takes a hundredth of a second. The interpreter and its libraries take about 200 megabytes.
_PROCESS = Confined("briefing.rendering.templating.confined", seconds=10.0, megabytes=1024)


def fill_in_apart(name: str, folder: str, values: dict[str, Any]) -> str:
    """Fill in a template in the confined process and return its text.

    Raises:
        TemplateFillError: It cannot be filled in, or takes too long or too much memory.
    """
    try:
        answer = json.loads(_PROCESS.ask(pickle.dumps((name, folder, values))))
    except LimitError as error:
        raise TemplateFillError(name, None, f"it takes {error}; look for loops and products in it") from error
    if "text" not in answer:
        raise TemplateFillError(*answer["fault"])
    return str(answer["text"])


def _answer(request: bytes) -> bytes:
    name, folder, values = pickle.loads(request)  # noqa: S301 - from our own parent
    try:
        text = _fill_in(name, folder, values)
        answer: dict[str, Any] = {"text": text}
        if len(text) > _LARGEST:
            answer = {"fault": (name, None, f"its page is larger than {_LARGEST // 1_000_000} megabytes")}
    except TemplateFillError as fault:
        answer = {"fault": (fault.template, fault.line, fault.reason)}
    return json.dumps(answer).encode()


def _fill_in(name: str, folder: str, values: dict[str, Any]) -> str:
    """Fill in a template of a folder in this process and return its text.

    Raises:
        TemplateFillError: It cannot be filled in; the error names template, line and reason.
    """
    try:
        return environment_of(folder).get_template(name).render(**values)
    except TemplateNotFound as error:
        raise TemplateFillError(
            name, None, f"it includes {error.name!r}, which is neither in {folder} nor ours"
        ) from error
    except RecursionError as error:
        raise TemplateFillError(name, None, "it includes itself, or a macro calls itself, without end") from error
    except MemoryError as error:
        raise TemplateFillError(name, None, "it takes more memory than a page may") from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        place, line = _place(error, name)
        raise TemplateFillError(place, line, _reason(error)) from error


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Return the template and the line of an error."""
    if getattr(error, "lineno", None) is not None:
        return str(getattr(error, "name", None) or name), int(error.lineno)  # type: ignore[attr-defined]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(_SUFFIX)]
    return (Path(frames[-1].filename).name, frames[-1].lineno) if frames else (name, None)


def _reason(error: Exception) -> str:
    reason = str(error) or type(error).__name__
    return f"{reason}; a template may only read what the page holds" if isinstance(error, SecurityError) else reason


if __name__ == "__main__":
    serve(_answer)
