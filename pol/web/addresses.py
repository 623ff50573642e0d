"""Numbers in addresses are keys of rows; what no column can hold does not exist."""

from typing import Any

from flask import Flask, current_app
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1  # PostgreSQL refuses to compare a 32-bit key with more


class RowNumber(IntegerConverter):
    """A whole number that the database can compare with a key."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST, **kwargs})


def public_address(path: str) -> str:
    """Return a path as it is printed on paper, to be opened from anywhere."""
    return f"{current_app.config['PUBLIC_URL'].rstrip('/')}{path}"


def register(app: Flask) -> None:
    """Read `<int:...>` so; must come before the first route."""
    app.url_map.converters["int"] = RowNumber
