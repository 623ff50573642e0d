"""A small client: a few open connections, each asks again as soon as it has its answer."""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

CONNECTIONS = 8


@dataclass(frozen=True)
class Figures:
    """What a run of requests showed; times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    bytes: int
    refused: int


class Line:
    """One open connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.got = b""

    def send(self, request: bytes) -> None:
        self.got, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bytes | None:
        """Return the whole answer when the last of it has come."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server hung up")
        self.got += part
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end:
            return None
        if b" 304 " in head[:16]:
            return self.got
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        return self.got if len(body) >= length else None


def request_for(path: str, **headers: str) -> bytes:
    """Return a GET as a browser without cookies sends it."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode()


def run(port: int, requests: Sequence[bytes], seconds: float) -> Figures:
    """Send the requests over and over, and return what it was like."""
    queue = cycle(requests)
    times: list[float] = []
    size = refused = 0
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            line = Line(port)
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(next(queue))
        began = time.perf_counter()
        while (now := time.perf_counter()) < began + seconds or not times:
            for key, _ in selector.select(1):
                answer = key.data.read()
                if answer is None:
                    continue
                times.append(time.perf_counter() - key.data.sent_at)
                size += len(answer)
                refused += answer[9:12] not in {b"200", b"304"}
                key.data.send(next(queue))
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    times.sort()
    p50, p95, p99 = (times[int(len(times) * part)] * 1_000 for part in (0.5, 0.95, 0.99))
    return Figures(len(times) / (now - began), p50, p95, p99, size // len(times), refused)
