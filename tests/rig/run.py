"""What the workers of one test run share: a folder that ends with the run."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "POL_TEST_FOLDER"
LEADER = "POL_TEST_LEADER"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
SECRET = "only-for-tests-" + "x" * 32


def begin() -> None:
    """Make the folder, in memory where there is any; workers inherit its name."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    path = tempfile.mkdtemp(prefix="pol-test-", dir=memory)
    os.environ[FOLDER] = path
    os.environ[LEADER] = str(os.getpid())


def settle() -> None:
    """Keep this worker, and the servers it starts, away from the settings of the machine."""
    for name in ("DATABASE_URL", "POL_CONFIG", "POL_PRODUCTION"):
        os.environ.pop(name, None)
    os.environ["POL_INSTANCE"] = str(folder() / WORKER)
    os.environ["POL_PICTURES"] = str(folder() / "pictures")
    os.environ["SECRET_KEY"] = SECRET


def end() -> None:
    """Remove the folder; everything that lives off it ends by itself."""
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


def folder() -> Path:
    return Path(os.environ[FOLDER])


def is_over(shared: Path, leader: int) -> bool:
    """Answer whether the run has ended, also when it was killed."""
    try:
        os.kill(leader, 0)
    except ProcessLookupError:
        return True
    return not shared.exists()


@contextmanager
def locked(name: str) -> Iterator[Path]:
    """Hold a lock among all workers; yield the path of a mark that says it was done before."""
    with (folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder() / f"{name}.done"
