"""Keyset paging: a page starts after a remembered row, so page 92 costs what page 1 costs."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Row = TypeVar("Row")
Key = tuple[int | str, ...]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next, if there is one."""

    rows: Sequence[Row]
    next_cursor: str | None
    is_first: bool = True

    @property
    def is_whole(self) -> bool:
        """Answer whether there are no other pages."""
        return self.is_first and self.next_cursor is None


def encode_cursor(key: Key) -> str:
    """Return a key as letters that fit into an address."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, *, shape: tuple[type, ...]) -> Key | None:
    """Return the key behind a cursor; a cursor that nobody handed out starts at the beginning."""
    if not cursor or len(cursor) > 200:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        return None
    if not isinstance(key, list) or len(key) != len(shape):
        return None
    if not all(type(part) is kind for part, kind in zip(key, shape, strict=True)):
        return None
    if not all(map(_can_be_kept, key)):
        return None
    return tuple(key)


def decode_day_cursor(cursor: str | None) -> tuple[date, int] | None:
    """Return the day and the row behind a cursor of a list that is sorted by day, as above."""
    key = decode_cursor(cursor, shape=(str, int))
    try:
        return (date.fromisoformat(str(key[0])), int(key[1])) if key else None
    except ValueError:
        return None


def _can_be_kept(part: int | str) -> bool:
    """Answer whether both engines take this as a number or as a text."""
    return part.isprintable() if isinstance(part, str) else abs(part) < 2**63


def cut_page(
    rows: Sequence[Row], *, size: int, key: Callable[[Row], Key], is_first: bool = True
) -> Page[Row]:
    """Make a page out of up to `size + 1` rows; the extra row only says that more follow."""
    shown = rows[:size]
    more = len(rows) > size
    return Page(shown, encode_cursor(key(shown[-1])) if more else None, is_first)
