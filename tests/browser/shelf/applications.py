"""Pages of applications in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.applications.models import ProductSheet


def _sheets(visitor: Any) -> list[dict[str, Any]]:
    own = select(ProductSheet.number).where(ProductSheet.stall_id.in_(visitor.stalls))
    return [{"number": number} for number in db.session.scalars(own.order_by(ProductSheet.id))]


SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    "producer_sheets.show": _sheets,
    "producer_sheets.edit": lambda visitor: _sheets(visitor)[:1],
}
NOT_PAGES: frozenset[str] = frozenset()
