"""What every page needs and hardly ever changes, kept in this process for a moment.

Kept values are forgotten after their seconds, or as soon as any process changes the catalogue:
each such change touches one small file that all workers of this machine look at.
"""

import os
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app

P = ParamSpec("P")
R = TypeVar("R")
LIMIT = 1_000


def stamp_of(path: str) -> int:
    """Return a number that changes whenever the catalogue does."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - pathlib takes four times as long
    except FileNotFoundError:
        return 0


def kept(*, seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember the answers of a query, one for each set of (hashable) arguments."""

    def decorate(read: Callable[P, R]) -> Callable[P, R]:
        @wraps(read)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            shelf: dict[Any, tuple[int, float, R]] = current_app.extensions.setdefault("kept", {})
            key = (read, args, *kwargs.items())
            stamp, now = stamp_of(current_app.config["CACHE_STAMP"]), time.monotonic()
            found = shelf.get(key)
            if found and found[0] == stamp and now < found[1]:
                return found[2]
            if len(shelf) >= LIMIT:
                shelf.clear()
            answer = read(*args, **kwargs)
            shelf[key] = (stamp, now + seconds, answer)
            return answer

        return wrapper

    return decorate
