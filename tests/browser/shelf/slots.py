"""Pages of slots in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.slots.models import RetailMember, Store


def _stores(visitor: Any) -> list[dict[str, Any]]:
    """Return a store of each status, of those that a person works for."""
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    rows = db.session.execute(select(Store.status, Store.slug).where(Store.retailer_id.in_(mine)))
    return [{"slug": slug} for slug in {row[0]: row[1] for row in rows}.values()]


def _all_stores(_visitor: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(select(Store.status, Store.slug))
    return [{"slug": slug} for slug in {row[0]: row[1] for row in rows}.values()]


SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    "retailer_stores.show": _stores,
    "retailer_stores.edit": lambda visitor: _stores(visitor)[:1],
    "dinas_stores.show": _all_stores,
    "admin_terms.show": lambda _visitor: [{"code": "PMD23-7-PUSAT"}, {"code": "PMD23-11-BIAYA"}],
}
NOT_PAGES: frozenset[str] = frozenset()
