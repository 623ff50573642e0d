"""Where the files of pictures lie: a local folder, open and closed ones apart."""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folder:
    """Files by name; a file appears whole or not at all."""

    root: Path

    def write(self, name: str, data: bytes) -> None:
        """Keep a file under a name like "open/ab/ab12-320.webp"."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.write_bytes(data)
        unfinished.replace(path)

    def link(self, name: str, other: str) -> None:
        """Let a file be found under another name, too; both share its bytes where they can."""
        path = self.root / other
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.hardlink_to(self.root / name)
        except OSError:  # a store without links
            shutil.copyfile(self.root / name, path)

    def find(self, name: str) -> Path | None:
        """Return the path of a file, or nothing."""
        path = self.root / name
        return path if path.is_file() else None


_folder: list[Folder] = []


def use_folder(root: str | Path) -> None:
    """Say, once per application, where files are kept."""
    _folder[:] = [Folder(Path(root))]


def folder() -> Folder:
    """Return the place in use."""
    return _folder[0]


def name_of(key: str, width: int, suffix: str, *, public: bool) -> str:
    """Return the name under which one derivative of a picture is kept."""
    return f"{'open' if public else 'closed'}/{key[:2]}/{key}-{width}.{suffix}"
