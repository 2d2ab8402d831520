"""Ending on SIGTERM or SIGINT: the first asks, the second ends at once."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal:
    """Whether a signal asked to end; a sleep that it cuts short."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        self._asked = False

    def asked(self) -> bool:
        """Tell whether to end."""
        return self._asked

    def sleep(self, seconds: float) -> None:
        """Sleep until the time is over or a signal asks to end; a signal that came before counts, too."""
        select.select([self._reader], [], [], seconds)

    def ask(self) -> None:
        """Ask to end."""
        self._asked = True
        os.write(self._writer, b"!")

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._reader)
        os.close(self._writer)


@contextmanager
def stop_signal() -> Iterator[StopSignal]:
    """Have SIGTERM and SIGINT ask to end, once; they then do again what they did before."""
    stop = StopSignal()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def ask(_number: int, _frame: FrameType | None) -> None:
        restore()
        stop.ask()

    for number in _SIGNALS:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        restore()
        stop.close()
