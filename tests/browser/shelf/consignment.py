"""Pages of consignment in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import (
    Batch,
    CountLine,
    DeliveryNote,
    ReturnNote,
    SaleImport,
    StockCount,
)
from pol.partnership.consignment.rules import CountStatus, DeliveryStatus, ImportStatus
from pol.partnership.slots.models import Placement, RetailMember, Store
from pol.partnership.slots.rules import PlacementStatus

Fillings = list[dict[str, Any]]


def _of_each(kind: Any, number: Any, *where: Any) -> Fillings:
    """Return one number of each kind."""
    rows = db.session.execute(select(kind, number).where(*where))
    return [{"number": number} for number in {row[0]: row[1] for row in rows}.values()]


def _stores(visitor: Any) -> Any:
    """Return the stores that a person works in."""
    mine = RetailMember.user_id == visitor.user_id
    seats = select(RetailMember.retailer_id, RetailMember.store_id).where(mine).subquery()
    return (
        select(Store.id)
        .join(seats, seats.c.retailer_id == Store.retailer_id)
        .where((seats.c.store_id.is_(None)) | (seats.c.store_id == Store.id))
    )


def _cards(*where: Any) -> Fillings:
    rows = db.session.execute(
        select(Store.slug, ProductSheet.number)
        .join(Batch, Batch.store_id == Store.id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .where(*where)
        .limit(1)
    )
    return [{"slug": slug, "number": number} for slug, number in rows]


def _a_store(visitor: Any) -> Fillings:
    slugs = select(Store.slug).where(Store.id.in_(_stores(visitor))).limit(1)
    return [{"slug": slug} for slug in db.session.scalars(slugs)]


def _recaps(visitor: Any) -> Fillings:
    return [store | {"day": "2026-03-02"} for store in _a_store(visitor)]


def _ways_to_a_store(visitor: Any) -> Fillings:
    rows = db.session.scalars(
        select(Store.slug)
        .join(Placement, Placement.store_id == Store.id)
        .where(
            Placement.stall_id.in_(visitor.stalls),
            Placement.status == PlacementStatus.LIVE,
            Placement.agreement_id.is_not(None),
        )
        .limit(1)
    )
    return [{"slug": slug} for slug in rows]


def _counted(visitor: Any) -> Fillings:
    own = select(CountLine.count_id).where(
        CountLine.stall_id.in_(visitor.stalls), CountLine.counted.is_not(None)
    )
    done = StockCount.status != CountStatus.OPEN
    return _of_each(StockCount.status, StockCount.number, done, StockCount.id.in_(own))


HIDDEN = (DeliveryStatus.PREPARED, DeliveryStatus.DROPPED)
SOURCES: Mapping[str, Callable[[Any], Fillings]] = {
    "retailer_goods.card": lambda visitor: _cards(Batch.store_id.in_(_stores(visitor))),
    "retailer_receiving.show": lambda visitor: _of_each(
        DeliveryNote.status,
        DeliveryNote.number,
        DeliveryNote.store_id.in_(_stores(visitor)),
        DeliveryNote.status.not_in(HIDDEN),
    ),
    "retailer_sales.recap": _recaps,
    "retailer_sale_files.show": lambda visitor: _of_each(
        SaleImport.status,
        SaleImport.number,
        SaleImport.store_id.in_(_stores(visitor)),
        SaleImport.status != ImportStatus.WAITING,  # leads to its columns first
    ),
    "retailer_sale_files.columns": lambda visitor: _of_each(
        SaleImport.store_id, SaleImport.number, SaleImport.store_id.in_(_stores(visitor))
    )[:1],
    "retailer_till_keys.show": _a_store,
    "retailer_returns.show": lambda visitor: _of_each(
        ReturnNote.status, ReturnNote.number, ReturnNote.store_id.in_(_stores(visitor))
    ),
    "retailer_counts.show": lambda visitor: _of_each(
        StockCount.status, StockCount.number, StockCount.store_id.in_(_stores(visitor))
    ),
    "producer_deliveries.new": _ways_to_a_store,
    "producer_deliveries.show": lambda visitor: _of_each(
        DeliveryNote.status, DeliveryNote.number, DeliveryNote.stall_id.in_(visitor.stalls)
    ),
    "producer_shelf_stock.card": lambda visitor: _cards(Batch.stall_id.in_(visitor.stalls)),
    "producer_returns.show": lambda visitor: _of_each(
        ReturnNote.status, ReturnNote.number, ReturnNote.stall_id.in_(visitor.stalls)
    ),
    "producer_counts.show": _counted,
}
NOT_PAGES: frozenset[str] = frozenset(
    {
        "retailer_receiving.find",
        "retailer_sale_files.errors",
        "retailer_till_list.listed",
        "retailer_till_list.workbook",
    }
)
