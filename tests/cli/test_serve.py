"""One command makes what is missing and serves; what it started ends with it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.rig.server import free_port

PATIENCE_SECONDS = 20


@contextmanager
def served(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | {"POL_INSTANCE": str(home)})
    try:
        assert is_ready(port)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def is_ready(port: int) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(URLError, ConnectionError), urlopen(f"http://127.0.0.1:{port}/readyz"):
            return True
        time.sleep(0.05)
    return False


def children(pid: int) -> set[int]:
    """Return the processes that this one has started (Linux)."""
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def commands(pids: set[int]) -> str:
    return " ".join(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in pids)


def test_an_empty_folder_becomes_a_market_with_its_worker(tmp_path: Path) -> None:
    with served(tmp_path, free_port()) as process:
        started = children(process.pid)
        assert "jobs run" in commands(started)
        assert (tmp_path / "pol.sqlite3").exists()
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    port = free_port()
    with served(tmp_path, port):
        second = subprocess.run(
            [sys.executable, "-m", "flask", "serve", "--port", str(port)],
            capture_output=True,
            text=True,
        )
    assert second.returncode == 1
    assert second.stderr == f"Error: port {port} is taken, try another PORT\n"
