"""The application behind a server whose clock stands where a test has put it."""

import os
from datetime import datetime
from pathlib import Path

from pol.kernel import clock
from wsgi import app

__all__ = ["app"]
MOMENT = Path(os.environ["POL_TEST_MOMENT"])
"""The file that holds the moment; see `Calendar` among the journeys of the shelves."""


def read_moment() -> datetime:
    """Return the moment that the test wants it to be."""
    return datetime.fromisoformat(MOMENT.read_text())


clock.now = read_moment
