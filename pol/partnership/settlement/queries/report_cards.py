"""The report card of a place: what happened there, and the place itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah, as_rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent
from pol.partnership.settlement.rules.report_card import Card, Moved, Sold, add_up
from pol.partnership.slots.models import Fixture, Placement, Retailer, Shelf, Store
from pol.partnership.slots.rules import PlacementStatus
from pol.stalls.models import Stall

Mine = ColumnElement[bool]
"""Whose places: what `of_stall` or `of_stores` returns."""


@dataclass(frozen=True)
class PlaceHead:
    """A place with its parties; `until_on` is exclusive."""

    id: int
    number: str
    product: str
    sheet_number: str
    stall_name: str
    store_name: str
    store_slug: str
    retailer_name: str
    fixture_code: str
    fixture_name: str
    shelf_number: int
    x_mm: int
    width_mm: int
    facings: int
    from_on: date
    until_on: date
    status: PlacementStatus
    ended_at: datetime | None
    agreement_number: str | None
    price: Rupiah | None


def of_stall(stall_id: int) -> Mine:
    """Return the condition that a place is this producer's."""
    return Placement.stall_id == stall_id


def of_stores(retailer_id: int, store_id: int | None) -> Mine:
    """Return the condition that a place is in these stores: one for a clerk, else all."""
    stores = select(Store.id).where(Store.retailer_id == retailer_id)
    if store_id is not None:
        stores = stores.where(Store.id == store_id)
    return Placement.store_id.in_(stores)


def get_place(mine: Mine, number: str) -> PlaceHead:
    """Return one of these places.

    :raises NotFound: none of these
    """
    row: Any = db.session.execute(
        select(
            Placement.id,
            Placement.number,
            ProductSheet.name,
            ProductSheet.number,
            Stall.name,
            Store.name,
            Store.slug,
            Retailer.name,
            Fixture.code,
            Fixture.name,
            Shelf.number,
            Placement.x_mm,
            Placement.width_mm,
            Placement.facings,
            Placement.from_on,
            Placement.until_on,
            Placement.status,
            Placement.ended_at,
            Agreement.number,
            Agreement.price,
        )
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Stall, Stall.id == Placement.stall_id)
        .join(Store, Store.id == Placement.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(Shelf, Shelf.id == Placement.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .outerjoin(Agreement, Agreement.id == Placement.agreement_id)
        .where(mine, Placement.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound
    return PlaceHead(*row)


def get_card(place: PlaceHead, *, today: date) -> Card:
    """Return the figures of a place, computed from its events and sales."""
    ended = business_day(place.ended_at) if place.ended_at else today
    return add_up(
        _list_moves(place.id),
        _list_sales(place.id),
        facings=place.facings,
        from_on=place.from_on,
        last=min(today, ended, place.until_on - timedelta(days=1)),
        sound=_sum_sound(place.id, today),
    )


def _list_moves(placement_id: int) -> list[Moved]:
    rows: Any = db.session.execute(
        select(StockEvent.day, StockEvent.kind, StockEvent.of, func.sum(StockEvent.quantity))
        .join(Batch, Batch.id == StockEvent.batch_id)
        .where(Batch.placement_id == placement_id)
        .group_by(StockEvent.day, StockEvent.kind, StockEvent.of)
        .order_by(StockEvent.day)
    )
    return [Moved(day, kind, of, int(quantity)) for day, kind, of, quantity in rows]


def _list_sales(placement_id: int) -> list[Sold]:
    rows: Any = db.session.execute(
        select(
            SaleLine.day,
            func.sum(SaleLine.quantity),
            func.sum(SaleLine.gross),
            func.sum(SaleLine.payable),
            Bill.sale_to_money_tenths,
        )
        .outerjoin(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .outerjoin(BillLine, BillLine.id == SettledEvent.line_id)
        .outerjoin(Bill, Bill.id == BillLine.bill_id)
        .where(SaleLine.placement_id == placement_id)
        .group_by(SaleLine.day, Bill.sale_to_money_tenths)
        .order_by(SaleLine.day)
    )
    return [
        Sold(day, int(quantity), as_rupiah(gross), as_rupiah(payable), tenths)
        for day, quantity, gross, payable, tenths in rows
    ]


def _sum_sound(placement_id: int, today: date) -> int:
    query = select(func.sum(Batch.on_shelf)).where(
        Batch.placement_id == placement_id,
        or_(Batch.expires_on.is_(None), Batch.expires_on >= today),
    )
    return int(db.session.scalar(query) or 0)


def list_latest_places(mine: Mine) -> dict[tuple[str, str], str]:
    """Return the newest of these places by store and product, for links from the stock."""
    rows: Any = db.session.execute(
        select(Store.slug, ProductSheet.number, Placement.number)
        .join(Store, Store.id == Placement.store_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .where(mine)
        .order_by(Placement.id)
    )
    return {(store, sheet): number for store, sheet, number in rows}
