"""Run work on untrusted input in a separate process, with a limit of time and memory.

The process starts with the first request, answers one request after the other, and ends with this process. Requests
and answers are bytes, each after its length. The process gets two pipes and no other open file. It gets only the
environment variables that Python itself reads. It imports nothing from the current folder, which may hold untrusted
files.
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
# What Python needs to find its library, its packages and the encoding of file names; none of them is a secret.
_NEEDED = ("PYTHONHOME", "PYTHONPATH", "PYTHONUSERBASE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL")
_GRACE = 5.0  # seconds


class LimitError(Exception):
    """The process took too much; the text says of what: "more than 30 seconds"."""


class Confined:
    """A confined process, which runs a module that calls ``serve``."""

    def __init__(self, module: str, *, seconds: float, megabytes: int, requests: int | None = None) -> None:
        """Set the limits of the process.

        Args:
            module: The module that it runs.
            seconds: The most time for a request.
            megabytes: The most address space, with that of the interpreter and the libraries.
            requests: How many it answers before it is restarted, because some libraries never free memory.
        """
        self.seconds = seconds
        self._module = module
        self._megabytes = megabytes
        self._requests = requests
        self._served = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def ask(self, request: bytes) -> bytes:
        """Return the answer to a request.

        Raises:
            LimitError: The answer takes too long, or the process runs out of memory or crashes.
        """
        with self._lock:
            if self._requests is not None and self._served >= self._requests:
                self._end()
            while True:
                fresh = self._served == 0
                answer = self._try_answer(request)
                if answer is not None:
                    return answer
                if fresh:  # else earlier requests may have used up the memory: retry in a fresh process
                    raise LimitError(f"more memory than {self._megabytes} megabytes")

    def _try_answer(self, request: bytes) -> bytes | None:
        child = self._running_child()
        try:
            if child.stdin is None or child.stdout is None:
                return None
            _send(child.stdin, request)
            ready, _, _ = select.select([child.stdout], [], [], self.seconds)
            if ready:
                answer = _receive(child.stdout)
                self._served += 1
                return answer
        except (OSError, EOFError):
            self._end()
            return None
        self._end()
        raise LimitError(f"more than {self.seconds:.0f} seconds")

    def _running_child(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(  # noqa: S603 - runs Python with our own module
                [sys.executable, "-P", "-m", self._module, str(self._megabytes), str(self.seconds)],
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


def serve(answer: Callable[[bytes], bytes]) -> None:
    """Answer the requests on standard input until it ends, with the limits that the command line gives.

    The parent kills this process when its time is over. If the parent is dead, a signal of the system does so a little
    later; no loop and no library can delay that signal.
    """
    megabytes, seconds = int(sys.argv[1]), float(sys.argv[2])
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
    """Read one message.

    Raises:
        EOFError: The stream ends before the message does.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
