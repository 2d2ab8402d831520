"""A process of its own for work on what strangers sent, which may take only so long and so much memory.

It starts when it is first asked, answers one request after the other, and ends with this process. Requests and answers
are bytes, each with its length before it. It gets no open file of ours but its two pipes, no environment variable but
those that Python itself reads, and imports nothing from the current folder, which may hold what strangers sent.
"""

import os
import resource
import select
import signal
import struct
import subprocess
import sys
from atexit import register
from collections.abc import Callable
from threading import Lock
from typing import IO

_LENGTH = struct.Struct(">Q")
# What a Python needs to find its library, its packages and the encoding of file names: no secrets are among them.
_NEEDED = ("PYTHONHOME", "PYTHONPATH", "PYTHONUSERBASE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL")
_GRACE = 5.0  # seconds


class DeadlineError(Exception):
    """The process took too long, and was ended."""


class DeathError(Exception):
    """The process ended without an answer: it wanted more memory than it may have, or crashed."""


class Confined:
    """The process that runs a module, which calls ``serve``."""

    def __init__(self, module: str, *, requests: int | None = None) -> None:
        """Say which module; after so many *requests* it starts anew, for some libraries never give memory back."""
        self._module = module
        self._requests = requests
        self._served = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Return the answer to a request.

        Raises:
            DeadlineError: It takes more than *seconds*.
            DeathError: It takes more memory than there is for it, or crashes.
        """
        with self._lock:
            if self._requests is not None and self._served >= self._requests:
                self._end()
            while True:
                fresh = self._served == 0
                answer = self._answer(request, seconds)
                if answer is not None:
                    return answer
                if fresh:  # what earlier requests left in memory is no reason
                    raise DeathError

    def _answer(self, request: bytes, seconds: float) -> bytes | None:
        child = self._started()
        try:
            if child.stdin is None or child.stdout is None:
                return None
            _send(child.stdin, request)
            ready, _, _ = select.select([child.stdout], [], [], seconds)
            if ready:
                answer = _receive(child.stdout)
                self._served += 1
                return answer
        except (OSError, EOFError):
            self._end()
            return None
        self._end()
        raise DeadlineError

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(  # noqa: S603 - Python, and a module of ours
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            )
            register(self._end)
        return self._child

    def _end(self) -> None:
        child, self._child, self._served = self._child, None, 0
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def serve(answer: Callable[[bytes], bytes], *, megabytes: int, seconds: float) -> None:
    """Answer what comes through standard input until it ends, within so much address space.

    Whoever asks ends this process at the deadline of *seconds*. Where it was ended itself, the system does so a little
    later, by a signal that no loop and no library can hold up.
    """
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    while True:
        try:
            request = _receive(sys.stdin.buffer)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        _send(sys.stdout.buffer, answer(request))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
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
