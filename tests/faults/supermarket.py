"""Buyers and clerks of supermarkets: each press is about a retailer of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from pol.identity.models import User
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO
from pol.kernel.transaction import transaction
from pol.ledger.queries import get_balance
from pol.partnership.agreements.models import Agreement
from pol.partnership.consignment.models import Batch, DeliveryLine, SaleLine
from pol.partnership.consignment.services.deliveries import Load, prepare_delivery, send_delivery
from pol.partnership.settlement.models import Bill, BillPayment, SettlementPeriod
from pol.partnership.settlement.services import closing, paying
from pol.partnership.slots.models import Placement, Retailer, Store
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.factories.traders import make_keeper
from tests.faults.press import Effect, Press
from tests.partnership.settlement.goods import sell
from tests.rig.client import open_session
from tests.rig.visitor import Visitor

SOLD, BROUGHT, STOCK = 4, 12, 24
OWED = 51_000
State = tuple[int, ...]


@dataclass(frozen=True)
class Shelf:
    """A product on a shelf, since last month."""

    retailer: Retailer
    owner: User
    store: Store
    agreement: Agreement
    placement: Placement
    batch: Batch
    producer: User

    @property
    def stall_id(self) -> int:
        return self.batch.stall_id


def make_goods() -> Shelf:
    """Put a product on a shelf of a new retailer, with dates around today."""
    today = business_day(clock.now())
    days: dict[str, Any] = {
        "from_on": today - timedelta(days=10),
        "until_on": today + timedelta(days=300),
    }
    retailer = make_retailer()
    owner, store = make_member(retailer), make_store(retailer)
    board = make_shelf(store)
    call = make_call(retailer, shelves=[board], by=owner, **days)
    stall = make_stall(name="UMKM Contoh")
    wish = make_application(call, make_sheet(stall), stores=[store])
    agreement = make_agreement(wish, call)
    place = make_placement(wish, board, agreement=agreement, **days)
    batch = make_batch(
        place, quantity=STOCK, received_on=days["from_on"],
        expires_on=today + timedelta(days=100),
    )  # fmt: skip
    return Shelf(retailer, owner, store, agreement, place, batch, make_keeper(stall))


class Supermarket:
    """What a retailer's people press."""

    def __init__(self, app: Flask, url: str) -> None:
        self._app, self._url = app, url

    @property
    def ways(self) -> dict[str, Callable[[], Press]]:
        """Return every change of a shelf's goods and money."""
        return {
            "period, closed": self.close,
            "bill, paid": self.pay,
            "goods, received": self.receive,
            "sales, written": self.write_sheet,
        }

    def close(self) -> Press:
        """Close a period until yesterday."""
        goods = self._sold()
        return self._press(
            goods, "nota/tutup", lambda: look_at_money(goods),
            (0, 0, 0, 0, 0), (1, 1, OWED, 0, OWED), sampai=_yesterday().isoformat(),
        )  # fmt: skip

    def pay(self) -> Press:
        """Note the payment of a bill."""
        goods = self._sold()
        with transaction():
            by = {"actor_id": goods.owner.id, "now": clock.now()}
            closing.close_period(retailer_id=goods.retailer.id, last_day=_yesterday(), **by)  # type: ignore[arg-type]
            bill = db.session.scalars(
                select(Bill).where(Bill.retailer_id == goods.retailer.id)
            ).one()
            paying.approve_bill(bill=bill, **by)  # type: ignore[arg-type]
        return self._press(
            goods, f"nota/{bill.number}/bayar", lambda: look_at_money(goods),
            (1, 1, OWED, 0, OWED), (1, 1, OWED, 1, 0), key=f"bayar-{bill.number}",
            amount=str(OWED), paid_on=business_day(clock.now()).isoformat(), reference="BRI 1",
        )  # fmt: skip

    def receive(self) -> Press:
        """Take goods in at the door."""
        with transaction():
            goods = make_goods()
            note, line_id = _send(goods)
        return self._press(
            goods, f"barang/terima/{note}", lambda: look_at_goods(goods),
            (1, STOCK, 0), (2, STOCK + BROUGHT, 0), **{f"terima_{line_id}": str(BROUGHT)},
        )  # fmt: skip

    def write_sheet(self) -> Press:
        """Write down what was sold today."""
        with transaction():
            goods = make_goods()
        return self._press(
            goods, f"barang/jual/lembar?toko={goods.store.slug}", lambda: look_at_goods(goods),
            (1, STOCK, 0), (1, STOCK - SOLD, 1), day=business_day(clock.now()).isoformat(),
            key=f"lembar-{goods.store.id:012}", **{f"laku_{goods.batch.sheet_id}": str(SOLD)},
        )  # fmt: skip

    def _sold(self) -> Shelf:
        with transaction():
            goods = make_goods()
            sell(goods.batch, SOLD, _yesterday())
        return goods

    def _press(self, goods: Shelf, path: str, look: Callable[[], object], before: State,
               after: State, **values: str) -> Press:  # fmt: skip
        tab = Visitor(self._app, self._url, sid=open_session(goods.owner))
        form = tab.filled(f"/peritel/{path}", **values)
        return Press("shelf", "peritel", tab, form, effect=Effect(look, before, after))


def _yesterday() -> date:
    return business_day(clock.now()) - timedelta(days=1)


def _send(goods: Shelf) -> tuple[str, int]:
    """Let a producer send goods; return the number of the note and its line."""
    now, today = clock.now(), business_day(clock.now())
    load = Load(goods.placement.id, BROUGHT, "260302", today + timedelta(days=90))
    note = prepare_delivery(
        stall_id=goods.stall_id, store_slug=goods.store.slug, loads=[load],
        key=f"kirim-{goods.store.id:012}", actor_id=goods.producer.id, now=now,
    )  # fmt: skip
    send_delivery(note=note, actor_id=goods.producer.id, now=now)
    line = select(DeliveryLine.id).where(DeliveryLine.note_id == note.id)
    return note.number, db.session.scalars(line).one()


def look_at_money(goods: Shelf) -> State:
    """Return how many periods, bills, how much they come to, payments, and what is owed."""
    mine = Bill.retailer_id == goods.retailer.id
    counted = (
        select(func.count()).where(SettlementPeriod.retailer_id == goods.retailer.id),
        select(func.count()).where(mine),
    )
    periods, bills = (db.session.scalar(asked) or 0 for asked in counted)
    payments = select(func.count()).select_from(BillPayment).join(Bill).where(mine)
    payable = db.session.scalar(select(func.sum(Bill.payable)).where(mine)) or ZERO
    due = get_balance(f"shelf_due:retailer:{goods.retailer.id}").amount
    return periods, bills, payable.amount, db.session.scalar(payments) or 0, due


def look_at_goods(goods: Shelf) -> State:
    """Return how many batches, how many pieces of them on the shelf, and how many sale lines."""
    batches, there = db.session.execute(
        select(func.count(), func.sum(Batch.on_shelf)).where(Batch.store_id == goods.store.id)
    ).one()
    lines = select(func.count()).where(SaleLine.store_id == goods.store.id)
    return int(batches), int(there), db.session.scalar(lines) or 0
