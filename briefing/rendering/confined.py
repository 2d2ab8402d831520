"""Fill in a user's templates in a process of their own, which may take only so long and so much memory.

Jinja2's sandbox keeps a template from reaching anything but the page; it does not keep it from making a gigabyte of
text or looping for an hour.
"""

import json
import pickle
from typing import Any

from briefing.confinement import Confined, DeadlineError, DeathError, serve
from briefing.errors import TemplateFillError

SECONDS = 10.0  # a page of ours takes a hundredth of one
MEGABYTES = 1024  # of address space; the interpreter and its libraries take about 200
_LARGEST = 50_000_000  # bytes of a page
_PROCESS = Confined("briefing.rendering.confined")


def fill_in_apart(name: str, folder: str, values: dict[str, Any]) -> str:
    """Return a template filled in by the confined process.

    Raises:
        TemplateFillError: It cannot be filled in, or takes too long or too much memory.
    """
    try:
        told = json.loads(_PROCESS.ask(pickle.dumps((name, folder, values)), SECONDS))
    except (DeadlineError, DeathError) as error:
        late = isinstance(error, DeadlineError)
        took = f"more than {SECONDS:.0f} seconds" if late else f"more memory than {MEGABYTES} megabytes"
        raise TemplateFillError(name, None, f"it takes {took}; look for loops and products in it") from error
    if "text" not in told:
        raise TemplateFillError(*told["fault"])
    return str(told["text"])


def _answer(request: bytes) -> bytes:
    from briefing.rendering.templating import fill_in_here

    name, folder, values = pickle.loads(request)  # noqa: S301 - from our own parent
    try:
        text = fill_in_here(name, folder, values)
        told: dict[str, Any] = {"text": text}
        if len(text) > _LARGEST:
            told = {"fault": (name, None, f"its page is larger than {_LARGEST // 1_000_000} megabytes")}
    except TemplateFillError as fault:
        told = {"fault": (fault.template, fault.line, fault.reason)}
    return json.dumps(told).encode()


if __name__ == "__main__":
    serve(_answer, megabytes=MEGABYTES)
