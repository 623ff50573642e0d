"""The shelf partnership's part of the tour: where the values in its addresses come from.

A part has `SOURCES` (visitor to fillings, as in the tour) and `NOT_PAGES` (files and pictures).
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.browser.shelf import agreements, allocation, applications, consignment, settlement, slots

PARTS = (slots, applications, allocation, agreements, consignment, settlement)
SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    name: source for part in PARTS for name, source in part.SOURCES.items()
}
NOT_PAGES: frozenset[str] = frozenset().union(*(part.NOT_PAGES for part in PARTS))
