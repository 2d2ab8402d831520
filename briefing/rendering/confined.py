"""Fill in a user's templates in a process of their own, which may take only so long and so much memory.

Jinja2's sandbox keeps a template from reaching anything but the page; it does not keep it from making a gigabyte of
text or looping for an hour.
"""

import json
import pickle
import resource
import select
import struct
import subprocess
import sys
from atexit import register
from threading import Lock
from typing import IO, Any

from briefing.errors import TemplateFillError

SECONDS = 10.0  # a page of ours takes a hundredth of one
MEGABYTES = 1024  # of address space; the interpreter and its libraries take about 200
_LARGEST = 50_000_000  # bytes of a page
_LENGTH = struct.Struct(">Q")
_LOCK = Lock()
_children: list[subprocess.Popen[bytes]] = []


def fill_in_apart(name: str, folder: str, values: dict[str, Any]) -> str:
    """Return a template filled in by the confined process, which is started where there is none.

    Raises:
        TemplateFillError: It cannot be filled in, or takes too long or too much memory.
    """
    with _LOCK:
        child = _child()
        if child.stdin is None or child.stdout is None:
            raise TemplateFillError(name, None, "the process that fills it in has no pipes")
        try:
            _send(child.stdin, pickle.dumps((name, folder, values)))
            ready, _, _ = select.select([child.stdout], [], [], SECONDS)
            answer = _receive(child.stdout) if ready else None
        except (OSError, EOFError):
            answer = b""
        if not answer:
            _end(child)
            took = f"more than {SECONDS:.0f} seconds" if answer is None else f"more memory than {MEGABYTES} megabytes"
            raise TemplateFillError(name, None, f"it takes {took}; look for loops and products in it")
    told = json.loads(answer)
    if "text" not in told:
        raise TemplateFillError(*told["fault"])
    return str(told["text"])


def _child() -> "subprocess.Popen[bytes]":
    if not _children or _children[0].poll() is not None:
        _children[:] = [
            subprocess.Popen(
                [sys.executable, "-m", "briefing.rendering.confined"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        ]
        register(_end, _children[0])
    return _children[0]


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            stream.close()
    if child in _children:
        _children.remove(child)


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """Return one message.

    Raises:
        EOFError: The stream ends before it does.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _serve() -> None:
    """Fill in what comes through standard input until it ends."""
    from briefing.rendering.templating import fill_in_here

    limit = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    while True:
        try:
            name, folder, values = pickle.loads(_receive(sys.stdin.buffer))  # noqa: S301 - from our own parent
        except EOFError:
            return
        try:
            text = fill_in_here(name, folder, values)
            answer: dict[str, Any] = {"text": text}
            if len(text) > _LARGEST:
                answer = {"fault": (name, None, f"its page is larger than {_LARGEST // 1_000_000} megabytes")}
        except TemplateFillError as fault:
            answer = {"fault": (fault.template, fault.line, fault.reason)}
        _send(sys.stdout.buffer, json.dumps(answer).encode())


if __name__ == "__main__":
    _serve()
