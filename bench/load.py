"""A closed-loop HTTP client: a few kept-alive connections, one request on each at a time."""

import multiprocessing
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

CONNECTIONS = 8
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass
class Outcome:
    """``latencies`` in seconds of all requests answered as expected; ``wrong`` is how many were not."""

    latencies: list[float] = field(default_factory=list)
    wrong: int = 0
    seconds: float = 0.0


class Connection:
    """A socket that sends a request and collects the reply."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.started = 0.0

    def send(self, request: bytes) -> None:
        self.received = b""
        self.started = time.perf_counter()
        self.socket.sendall(request)

    def complete(self) -> bool:
        """Read the bytes that have arrived; return whether the reply is complete."""
        self.received += self.socket.recv(65536)
        head, separator, body = self.received.partition(HEAD_END)
        if not separator:
            return False
        lowered = head.lower()
        start = lowered.find(LENGTH) + len(LENGTH)
        return len(body) >= int(lowered[start:].split(b"\r\n", 1)[0])


def drive(port: int, requests: Sequence[bytes], seconds: float, status: bytes, repeat: bool) -> Outcome:
    """Send ``requests`` for ``seconds`` (again from the first one if ``repeat``); return the outcome."""
    outcome, source = Outcome(), _endless(requests) if repeat else iter(requests)
    selector = selectors.DefaultSelector()
    open_count = 0
    for _ in range(CONNECTIONS):
        connection = Connection(port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(next(source))
        open_count += 1
    begun = time.perf_counter()
    while open_count:
        for key, _events in selector.select():
            connection = key.data
            if not connection.complete():
                continue
            now = time.perf_counter()
            if connection.received.split(b" ", 2)[1] == status:
                outcome.latencies.append(now - connection.started)
            else:
                outcome.wrong += 1
            request = next(source, None) if now - begun < seconds else None
            if request is None:
                open_count -= 1
                selector.unregister(connection.socket)
                connection.socket.close()
            else:
                connection.send(request)
    outcome.seconds = time.perf_counter() - begun
    return outcome


def drive_in_process(
    port: int, requests: Sequence[bytes], seconds: float, status: bytes, repeat: bool
) -> Outcome:
    """Run drive() in a process of its own, so that the client does not compete for our interpreter."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(drive, (port, requests, seconds, status, repeat))


def _endless(requests: Sequence[bytes]) -> Iterator[bytes]:
    while True:
        yield from requests
