"""What a store sold: for its people, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet, StoreCode
from pol.partnership.consignment.models import Batch, SaleLine
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.slots.models import Placement, Store
from pol.stalls.models import Stall

SIZE = 20


@dataclass(frozen=True)
class ProductRow:
    """A product that stands in a store, with what of it may be sold."""

    sheet_id: int
    number: str
    name: str
    stall_name: str
    price: Rupiah
    sound: int


def list_products(*, store_id: int, day: date) -> list[ProductRow]:
    """Return what may be sold in a store on a day, by name."""
    rows: Any = db.session.execute(
        select(
            ProductSheet.id,
            ProductSheet.number,
            ProductSheet.name,
            Stall.name,
            func.max(Agreement.price),
            func.sum(Batch.on_shelf),
        )
        .join(Batch, Batch.sheet_id == ProductSheet.id)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .join(Stall, Stall.id == ProductSheet.stall_id)
        .where(
            Batch.store_id == store_id,
            Batch.on_shelf > 0,
            Batch.received_on <= day,
            (Batch.expires_on.is_(None)) | (Batch.expires_on >= day),
        )
        .group_by(ProductSheet.id, Stall.id)
        .order_by(ProductSheet.name, ProductSheet.id)
    )
    return [ProductRow(*row) for row in rows]


def list_codes(*, store_id: int) -> dict[str, int]:
    """Return every code that means a product with a place in a store, with the product's id.

    A GTIN, our sheet's number, and the in-store numbers of this retailer, not of another.
    """
    placed = select(Placement.sheet_id).where(Placement.store_id == store_id)
    found: dict[str, int] = {}
    sheets = select(ProductSheet.id, ProductSheet.number, ProductSheet.gtin).where(
        ProductSheet.id.in_(placed)
    )
    for sheet_id, number, gtin in db.session.execute(sheets):
        found[number.upper()] = sheet_id
        if gtin:
            found[gtin] = sheet_id
    own = (
        select(StoreCode.code, StoreCode.sheet_id)
        .join(Store, Store.retailer_id == StoreCode.retailer_id)
        .where(Store.id == store_id, StoreCode.sheet_id.in_(placed))
    )
    return found | {row.code: row.sheet_id for row in db.session.execute(own)}


@dataclass(frozen=True)
class SaleRow:
    """A line of a store's sales."""

    id: int
    day: date
    at: datetime
    name: str
    stall_name: str
    quantity: int
    gross: Rupiah
    source: SaleSource
    is_taken_back: bool


def list_sales(
    *, store_id: int, sources: tuple[SaleSource, ...] = (), cursor: str | None = None
) -> Page[SaleRow]:
    """Return the sale lines of a store, newest first; corrections are lines, too."""
    back = aliased(SaleLine)
    asked = (
        select(
            SaleLine.id,
            SaleLine.day,
            SaleLine.at,
            ProductSheet.name,
            Stall.name,
            SaleLine.quantity,
            SaleLine.gross,
            SaleLine.source,
            back.id.is_not(None),
        )
        .join(ProductSheet, ProductSheet.id == SaleLine.sheet_id)
        .join(Stall, Stall.id == SaleLine.stall_id)
        .outerjoin(back, back.corrects_id == SaleLine.id)
        .where(SaleLine.store_id == store_id)
        .order_by(SaleLine.id.desc())
        .limit(SIZE + 1)
    )
    if sources:
        asked = asked.where(SaleLine.source.in_(sources))
    after = decode_cursor(cursor, shape=(int,))
    if after:
        asked = asked.where(SaleLine.id < after[0])
    rows: Any = db.session.execute(asked)
    found = [SaleRow(*row) for row in rows]
    return cut_page(found, size=SIZE, key=lambda row: (row.id,), is_first=after is None)


@dataclass(frozen=True)
class DayRow:
    """What a store sold of a product on a day."""

    name: str
    stall_name: str
    price: Rupiah
    quantity: int
    gross: Rupiah
    margin: Rupiah
    payable: Rupiah


def list_day(*, store_id: int, day: date) -> list[DayRow]:
    """Return a day's recap of a store, by product and price, corrections taken off."""
    rows: Any = db.session.execute(
        select(
            ProductSheet.name,
            Stall.name,
            SaleLine.price,
            func.sum(SaleLine.quantity),
            func.sum(SaleLine.gross),
            func.sum(SaleLine.margin),
            func.sum(SaleLine.payable),
        )
        .join(ProductSheet, ProductSheet.id == SaleLine.sheet_id)
        .join(Stall, Stall.id == SaleLine.stall_id)
        .where(SaleLine.store_id == store_id, SaleLine.day == day)
        .group_by(ProductSheet.id, Stall.id, SaleLine.price)
        .order_by(ProductSheet.name, SaleLine.price)
    )
    return [DayRow(*row) for row in rows]


def lock_sale(*, sale_id: int, reach: Reach) -> SaleLine:
    """Return a sale of a store within reach, to take it back.

    :raises NotFound: there is none, or it is of another store
    """
    asked = select(SaleLine).where(
        SaleLine.id == sale_id, SaleLine.retailer_id == reach.retailer_id
    )
    if reach.store_id is not None:
        asked = asked.where(SaleLine.store_id == reach.store_id)
    line = db.session.scalar(asked)
    if line is None:
        raise NotFound
    return line
