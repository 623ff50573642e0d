"""Whose a numbered paper is: its sides, found by its number alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, literal, null, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.agreements.models import Agreement
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.consignment.models import (
    Batch,
    CountLine,
    DeliveryNote,
    ReturnNote,
    StockCount,
)
from pol.partnership.settlement.models import Bill, BillPayment, Dispute, Renewal, ShelfLetter
from pol.partnership.slots.models import Placement, SlotCall, Store

DATED = {"LK": len("2026-11"), "RK": len("2026-11-20")}
"""Papers of one store and a month or a day, numbered like LK-2026-11-toko-contoh."""

SAME_RECORD = {"BK": "PS", "LN": "PJ", "RP": "PN"}
"""Papers with numbers of their own about one record: minutes of a call, marks of an application,
the report card of a place."""

STOCK_CARD = re.compile(
    r"KS-(?P<sheet>LP[^-]*-[^-]+)-(?P<store>.+)-(?P<month>\d{4}-(0[1-9]|1[0-2]))"
)
"""The number of a stock card names the product, the store and the month."""


@dataclass(frozen=True)
class Paper:
    """A paper's sides, the number of its record, and `within`: what that record belongs to.

    A stock card is about a `month`, like 2026-11.
    """

    kind: str
    number: str
    retailer_id: int
    stall_ids: frozenset[int]
    within: str | None
    month: str | None = None

    @property
    def key(self) -> str:
        """Return what names the record in the addresses of its pages: its number, or its date."""
        length = DATED.get(self.kind)
        return self.number[3 : 3 + length] if length else self.number


def get_paper(number: str, *, store: str | None = None) -> Paper:
    """Return the sides of a paper; a stock card is a product's in one `store`.

    Stock cards printed before they had numbers of their own carry that of their product and name
    the store beside it.

    :raises NotFound: no paper has this number
    """
    if number.startswith("KS"):
        return _stock_card(number)
    kind = next((prefix for prefix in FINDERS if number.startswith(prefix)), None)
    if kind is None:
        raise NotFound
    number = SAME_RECORD.get(kind, kind) + number.removeprefix(kind)
    query = FINDERS[kind](number)
    if kind == "LP":
        query = query.where(Store.slug == store)
    rows: list[Any] = list(db.session.execute(query.distinct()))
    if not rows:
        raise NotFound
    stalls = frozenset(row[1] for row in rows if row[1] is not None)
    return Paper(kind, number, rows[0][0], stalls, rows[0][2])


def stock_card_number(*, sheet: str, store: str, month: date) -> str:
    """Return the number of the stock card of a product in a store in a month."""
    return f"KS-{sheet}-{store}-{month:%Y-%m}"


def _stock_card(number: str) -> Paper:
    named = STOCK_CARD.fullmatch(number)
    if named is None:
        raise NotFound
    card = get_paper(named["sheet"], store=named["store"])
    return replace(card, month=named["month"])


def _call(number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(SlotCall.retailer_id, Application.stall_id, SlotCall.number)
        .outerjoin(Application, Application.call_id == SlotCall.id)
        .where(SlotCall.number == number)
    )


def _application(number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(SlotCall.retailer_id, Application.stall_id, SlotCall.number)
        .join(Application, Application.call_id == SlotCall.id)
        .where(Application.number == number)
    )


def _run(number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(SlotCall.retailer_id, Offer.stall_id, SlotCall.number)
        .join(AllocationRun, AllocationRun.call_id == SlotCall.id)
        .outerjoin(Offer, Offer.run_id == AllocationRun.id)
        .where(AllocationRun.number == number)
    )


def _offer(number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(SlotCall.retailer_id, Offer.stall_id, SlotCall.number)
        .join(AllocationRun, AllocationRun.call_id == SlotCall.id)
        .join(Offer, Offer.run_id == AllocationRun.id)
        .where(Offer.number == number)
    )


def _in_store(model: Any, number: str, stall_id: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Store.retailer_id, stall_id, Store.slug)
        .join(model, model.store_id == Store.id)
        .where(model.number == number)
    )


def _count(number: str) -> Select[*tuple[Any, ...]]:
    return _in_store(StockCount, number, CountLine.stall_id).outerjoin(
        CountLine, CountLine.count_id == StockCount.id
    )


def _sheet(number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(Store.retailer_id, Batch.stall_id, Store.slug)
        .join(Batch, Batch.store_id == Store.id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .where(ProductSheet.number == number)
    )


def _renewal(number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(Store.retailer_id, Placement.stall_id, Placement.number)
        .join(Placement, Placement.store_id == Store.id)
        .join(Renewal, Renewal.placement_id == Placement.id)
        .where(Renewal.number == number)
    )


def _dated(number: str) -> Select[*tuple[Any, ...]]:
    slug = number[4 + DATED[number[:2]] :]
    return select(Store.retailer_id, null(), Store.slug).where(Store.slug == slug)


def _between(model: Any, number: str) -> Select[*tuple[Any, ...]]:
    return select(model.retailer_id, model.stall_id, literal(None)).where(model.number == number)


def _of_bill(model: Any, number: str) -> Select[*tuple[Any, ...]]:
    return (
        select(Bill.retailer_id, Bill.stall_id, Bill.number)
        .join(model, model.bill_id == Bill.id)
        .where(model.number == number)
    )


FINDERS: Mapping[str, Any] = {
    "PKS": lambda number: _between(Agreement, number),
    "PS": _call,
    "BK": _call,
    "PJ": _application,
    "LN": _application,
    "PT": _run,
    "TW": _offer,
    "PN": lambda number: _in_store(Placement, number, Placement.stall_id),
    "RP": lambda number: _in_store(Placement, number, Placement.stall_id),
    "SJ": lambda number: _in_store(DeliveryNote, number, DeliveryNote.stall_id),
    "RT": lambda number: _in_store(ReturnNote, number, ReturnNote.stall_id),
    "SO": _count,
    "LP": _sheet,
    "LK": _dated,
    "RK": _dated,
    "NT": lambda number: _between(Bill, number),
    "BP": lambda number: _of_bill(BillPayment, number),
    "SK": lambda number: _of_bill(Dispute, number),
    "PP": _renewal,
    "SR": lambda number: _between(ShelfLetter, number),
}
"""How a paper is found by the letters that its number begins with."""
