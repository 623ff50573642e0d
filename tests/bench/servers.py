"""PostgreSQL with a filled catalogue, and the two programs behind the same server."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

from tests.bench.fill import fill
from tests.rig.databases import migrate
from tests.rig.postgres import Cluster

URL = "POL_BENCH_PG_URL"
WORKERS, THREADS = 2, 1
PYTHON = Path(sys.prefix) / "deployed" / "bin" / "python"
"""Has what a deployment has and no more: libraries load tools of developers where there are any."""
PATIENCE_SECONDS = 30
SEARCH_INDEX = "CREATE INDEX bench_words ON product USING gin (to_tsvector('simple', name))"
"""What the bare program searches by; ours has its own index."""


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL server: the one that is named, or one of our own."""
    if given := os.environ.get(URL):
        yield given
        return
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="pol-bench-")))
    try:
        cluster.create()
        cluster.start(shared_buffers="256MB")
        yield cluster.url
    finally:
        cluster.stop()


def catalogue(server: str, products: int) -> str:
    """Make a database with so many products; return its address."""
    name = f"pol_bench_{products}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    parts = urlsplit(server)
    url = urlunsplit(parts._replace(path=f"/{name}"))
    if not parts.netloc:
        url = url.replace("postgresql:/", "postgresql:///", 1)
    migrate(url)
    fill(url, products)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SEARCH_INDEX)
    analyze(url)
    return url


def analyze(url: str) -> None:
    """Let PostgreSQL look at its tables before somebody measures, not meanwhile."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


class Program:
    """A program behind granian; ask it at `port`."""

    def __init__(self, command: Sequence[str], url: str, **environment: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="pol-bench-app-")
        self.port = _free_port()
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [PYTHON, "-m", *command, "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            env=os.environ
            | {"DATABASE_URL": url, "POL_INSTANCE": self.folder, "SECRET_KEY": "bench" * 8}
            | environment,
        )
        self._wait("/healthz")
        self.started_in = time.perf_counter() - began

    def mebibytes(self) -> float:
        """Return the memory that only the workers hold, with their share of what is shared."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        workers = [int(child) for child in children.read_text().split() if self._is_fork(child)]
        return sum(_proportional(worker) for worker in workers) / 1024

    def _is_fork(self, child: str) -> bool:
        """Tell a worker from the jobs worker, which is a program of its own."""
        return _words(child) == _words(str(self._process.pid))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self, path: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with (
                suppress(URLError, ConnectionError),
                urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5),
            ):
                return
            time.sleep(0.01)
        raise RuntimeError("the server does not answer")


@contextmanager
def running(target: str, url: str, **environment: str) -> Iterator[Program]:
    """Give a running program and end it."""
    server = ("granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning")
    size = ("--workers", str(WORKERS), "--blocking-threads", str(THREADS))
    with _ended(Program((*server, *size, target), url, **environment)) as program:
        yield program


@contextmanager
def serving(url: str, **environment: str) -> Iterator[Program]:
    """Give the shop as `flask serve` runs it and end it."""
    command = ("flask", "--app", "wsgi", "serve", "--workers", str(WORKERS))
    with _ended(Program(command, url, **environment)) as program:
        yield program


@contextmanager
def _ended(program: Program) -> Iterator[Program]:
    try:
        yield program
    finally:
        program.stop()


def _proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _words(pid: str) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
