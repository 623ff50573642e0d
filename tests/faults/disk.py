"""A disk that forgets: what SQLite writes is recorded, and a power cut keeps what was synced.

Of everything else each write is kept, dropped, or torn at sectors of 512 bytes, each on its own:
a disk with a cache promises no order between two syncs. The index of the log (`-shm`) is memory
that nobody syncs; after a cut it is gone, and SQLite makes it anew.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import apsw

NAME, SECTOR = "market.sqlite", 512
FileName = str | apsw.URIFilename | None


class Step(NamedTuple):
    """One thing that happened to a file, or the word to the customer that all is well."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """A file system that does what it is told and keeps a record of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.name = name
        self.steps: list[Step] = []

    def xOpen(self, name: FileName, flags: list[int]) -> "RecordedFile":  # noqa: N802 - SQLite's
        return RecordedFile(self.steps, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001 - SQLite's
        self.steps.append(Step("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


class RecordedFile(apsw.VFSFile):
    """One of the database's files."""

    def __init__(self, steps: list[Step], name: FileName, flags: list[int]) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._steps, self._name = steps, Path(path or "").name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._steps.append(Step("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._steps.append(Step("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._steps.append(Step("sync", self._name))
        super().xSync(flags)


Files = dict[str, bytearray]


class Disk:
    """What lies on the platter for certain, and what may or may not."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._certain: Files = {name: bytearray(data) for name, data in files.items()}
        self._pending: list[Step] = []

    def take(self, step: Step) -> None:
        """Go one step on."""
        if step.kind == "sync":
            _apply(self._certain, [p for p in self._pending if p.file == step.file])
            self._certain.setdefault(step.file, bytearray())
            self._pending = [p for p in self._pending if p.file != step.file]
        elif step.kind != "acknowledged":
            self._pending.append(step)

    def cut(self, chance: Random) -> Files:
        """Return the files as the next start finds them."""
        files = {name: bytearray(data) for name, data in self._certain.items()}
        _apply(files, _survivors(self._pending, chance))
        return files


def _survivors(pending: Iterable[Step], chance: Random) -> Iterator[Step]:
    for step in pending:
        fate = chance.choice(("kept", "dropped", "torn"))
        if fate == "kept" or (fate == "torn" and step.kind != "write"):
            yield step
        elif fate == "torn":
            yield from _torn(step, chance)


def _torn(step: Step, chance: Random) -> Iterator[Step]:
    """Give some of the sectors of a write; sectors lie where the disk has them."""
    begin = 0
    while begin < len(step.data):
        end = min(len(step.data), begin + SECTOR - (step.at + begin) % SECTOR)
        if chance.random() < 0.5:
            yield step._replace(at=step.at + begin, data=step.data[begin:end])
        begin = end


def _apply(files: Files, steps: Iterable[Step]) -> None:
    for step in steps:
        if step.kind == "delete":
            files.pop(step.file, None)
            continue
        file = files.setdefault(step.file, bytearray())
        if step.kind == "truncate":
            del file[step.at :]
            continue
        if len(file) < step.at:
            file.extend(bytes(step.at - len(file)))
        file[step.at : step.at + len(step.data)] = step.data
