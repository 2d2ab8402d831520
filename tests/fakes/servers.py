"""Servers on loopback that behave badly, and a network of our own that leads to them."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpcore

PUBLIC = "93.184.216.34"  # an address that may be fetched from; nothing here ever connects to it
OTHER_PUBLIC = "151.101.1.69"

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

Answer = Callable[[str, socket.socket], None]  # the path that was asked for, and where to answer


@dataclass
class FakeClock:
    """Seconds that pass only while somebody sleeps."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@dataclass
class FakeNames:
    """A name service: each look-up of a name takes its next answer, the last one for ever."""

    answers: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        answers = self.answers.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Loopback(httpcore.NetworkBackend):
    """A network in which every address leads to a port of this machine; it remembers who was called."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.called: list[tuple[str, int]] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - part of the interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - part of the interface
    ) -> httpcore.NetworkStream:
        self.called.append((host, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port, timeout=timeout)


@contextmanager
def raw_server(
    answer: Answer, wrap: Callable[[socket.socket], socket.socket] = lambda plain: plain, robots: bytes = NOT_FOUND
) -> Iterator[int]:
    """Serve on a port of loopback: each connection's request goes to *answer*, but robots.txt, which is as given."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def handle(plain: socket.socket) -> None:
        with suppress(OSError), plain, wrap(plain) as connection:
            connection.settimeout(5)
            path = _asked_path(connection)
            if path == "/robots.txt":
                connection.sendall(robots)
            else:
                answer(path, connection)

    def accept() -> None:
        with suppress(OSError):
            while not stopped.is_set():
                connection, _ = listener.accept()
                threading.Thread(target=handle, args=(connection,), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(timeout=5)


@contextmanager
def proxy_to(
    port: int, answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n"
) -> Iterator[tuple[int, list[str]]]:
    """Run a proxy that tunnels to a port of this machine; yield its own port, and the heads of what it is asked."""
    heads: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def handle(client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", port)) as target:
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(1)
            heads.append(head.decode())
            client.sendall(answer)
            back = threading.Thread(target=pump, args=(target, client), daemon=True)
            back.start()
            pump(client, target)
            back.join(timeout=5)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=handle, args=(client,), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield listener.getsockname()[1], heads
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(timeout=5)


def _asked_path(connection: socket.socket) -> str:
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(4096)
        if not more:
            raise ConnectionResetError
        head += more
    return head.split(b" ", 2)[1].decode()
