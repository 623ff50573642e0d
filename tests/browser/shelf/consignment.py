"""Pages of consignment in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {}
NOT_PAGES: frozenset[str] = frozenset()
