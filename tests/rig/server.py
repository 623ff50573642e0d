"""The real application behind the real server, for tests that need processes or a browser."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.rig import run

PATIENCE_SECONDS = 30


class Server:
    """A running server; its address is `url`."""

    def __init__(
        self,
        database_url: str,
        *,
        workers: int = 1,
        application: str = "wsgi:app",
        **environment: str,
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = os.environ | {
            "DATABASE_URL": database_url,
            **environment,
        }
        self._workers, self._application = workers, application
        self._log = run.folder() / f"server-{self.port}.log"
        self._process = self._start()

    @property
    def log(self) -> str:
        """Return what the server has written so far."""
        return self._log.read_text(errors="replace")

    @property
    def workers(self) -> set[int]:
        """Return the processes that answer."""
        main = self._process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text()
        return {int(child) for child in children.split()}

    def stop(self) -> None:
        """End it the way a deployment does."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self.kill()

    def kill(self) -> None:
        """End it, workers and all, the way a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def restart(self) -> None:
        """Start it again on the same port."""
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                    *("--host", "127.0.0.1", "--port", str(self.port)),
                    *("--workers", str(self._workers), "--workers-kill-timeout", "1"),
                    *("--blocking-threads", "2", self._application),
                ],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(URLError, ConnectionError), urlopen(f"{self.url}/healthz", timeout=5):
                return process
            time.sleep(0.05)
        raise RuntimeError(f"the server does not answer:\n{self.log}")


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
