"""What stands on shelves now, what sells, what expires, and how each batch came to its numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.consignment.rules.pace import WINDOW, window
from pol.partnership.consignment.rules.stock import effect
from pol.partnership.slots.models import Placement, Store
from pol.stalls.models import Stall

WEEK = timedelta(days=7)
SOON = timedelta(days=14)


@dataclass(frozen=True)
class ShelfRow:
    """A product in a store: pieces there now, of these expired and soon expired, sold in 7 days.

    `sold_lately` are those of the last `days` days, over which its report card reckons, too.
    """

    store_id: int
    store_slug: str
    store_name: str
    sheet_id: int
    sheet_number: str
    name: str
    stall_name: str
    on_shelf: int
    expired: int
    soon: int
    sold_week: int
    sold_lately: int
    days: int

    @property
    def sound(self) -> int:
        """Pieces that may still be sold."""
        return self.on_shelf - self.expired

    @property
    def days_of_supply(self) -> int | None:
        """How many days the sound pieces last at the pace of those days; None without sales."""
        return self.sound * self.days // self.sold_lately if self.sold_lately > 0 else None


def list_shelf_of_stores(store_ids: Sequence[int], *, day: date) -> list[ShelfRow]:
    """Return the products of some stores, by store and name."""
    return _shelf(Batch.store_id.in_(store_ids), SaleLine.store_id.in_(store_ids), day=day)


def list_shelf_of_stall(*, stall_id: int, day: date) -> list[ShelfRow]:
    """Return a producer's products in all stores, by store and name."""
    return _shelf(Batch.stall_id == stall_id, SaleLine.stall_id == stall_id, day=day)


def _shelf(batches: ColumnElement[bool], sales: ColumnElement[bool], *,
           day: date) -> list[ShelfRow]:  # fmt: skip
    this_week = case((SaleLine.day > day - WEEK, SaleLine.quantity))
    sold = (
        select(
            *(SaleLine.store_id, SaleLine.sheet_id),
            func.sum(this_week).label("week"),
            func.sum(SaleLine.quantity).label("lately"),
        )
        .where(sales, SaleLine.day > day - WINDOW, SaleLine.day <= day)
        .group_by(SaleLine.store_id, SaleLine.sheet_id)
        .subquery()
    )
    past = func.sum(case((Batch.expires_on < day, Batch.on_shelf), else_=0))
    soon = func.sum(case((Batch.expires_on.between(day, day + SOON), Batch.on_shelf), else_=0))
    rows: Any = db.session.execute(
        select(
            Store.id,
            Store.slug,
            Store.name,
            ProductSheet.id,
            ProductSheet.number,
            ProductSheet.name,
            Stall.name,
            func.sum(Batch.on_shelf),
            past,
            soon,
            func.coalesce(func.max(sold.c.week), 0),
            func.coalesce(func.max(sold.c.lately), 0),
            func.min(Placement.from_on),
        )
        .join(Batch, Batch.store_id == Store.id)
        .join(Placement, Placement.id == Batch.placement_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .join(Stall, Stall.id == Batch.stall_id)
        .outerjoin(sold, and_(sold.c.store_id == Batch.store_id, sold.c.sheet_id == Batch.sheet_id))
        .where(batches, or_(Batch.on_shelf > 0, sold.c.week.is_not(None)))
        .group_by(Store.id, ProductSheet.id, Stall.id)
        .order_by(Store.name, Store.id, ProductSheet.name, ProductSheet.id)
    )
    return [ShelfRow(*[*row[:-1], _days_counted(day, row[-1])]) for row in rows]


def _days_counted(day: date, from_on: date) -> int:
    since, until = window(day, from_on)
    return (until - since).days


@dataclass(frozen=True)
class BatchRow:
    """A batch on a store's shelf."""

    batch_id: int
    code: str
    name: str
    stall_id: int
    stall_name: str
    expires_on: date | None
    on_shelf: int


def list_expiring(*, store_id: int, until: date) -> list[BatchRow]:
    """Return what is on a store's shelves and expires until a day (inclusive), soonest first."""
    return _batches(store_id, Batch.expires_on <= until)


def count_expired(*, store_ids: Sequence[int], day: date) -> Counter[int]:
    """Return, by store, how many batches may no longer be sold on a day, yet stand there."""
    asked = (
        select(Batch.store_id, func.count())
        .where(Batch.store_id.in_(store_ids), Batch.on_shelf > 0, Batch.expires_on < day)
        .group_by(Batch.store_id)
    )
    return Counter({row[0]: row[1] for row in db.session.execute(asked)})


def list_batches(*, store_id: int) -> list[BatchRow]:
    """Return every batch on a store's shelves, what expires soonest first."""
    return _batches(store_id)


def _batches(store_id: int, *conditions: ColumnElement[bool]) -> list[BatchRow]:
    rows: Any = db.session.execute(
        select(
            Batch.id,
            Batch.code,
            ProductSheet.name,
            Batch.stall_id,
            Stall.name,
            Batch.expires_on,
            Batch.on_shelf,
        )
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .join(Stall, Stall.id == Batch.stall_id)
        .where(Batch.store_id == store_id, Batch.on_shelf > 0, *conditions)
        .order_by(Batch.expires_on.is_(None), Batch.expires_on, Batch.id)
    )
    return [BatchRow(*row) for row in rows]


@dataclass(frozen=True)
class CardLine:
    """An event on a stock card, and what was there after it."""

    day: date
    at: datetime
    kind: StockEventKind
    of: StockEventKind | None
    code: str
    change: int
    left: int
    actor: str | None
    reason: str | None


@dataclass(frozen=True)
class StockCard:
    """Every event of a product in a store, oldest first."""

    sheet_number: str
    name: str
    stall_name: str
    store_name: str
    price: Rupiah
    lines: list[CardLine]
    before: int = 0

    @property
    def on_shelf(self) -> int:
        """What is there after the last line."""
        return self.lines[-1].left if self.lines else self.before

    @property
    def months(self) -> list[date]:
        """The first day of each month with events, newest first."""
        return sorted({line.day.replace(day=1) for line in self.lines}, reverse=True)

    def of_month(self, month: date) -> "StockCard":
        """Return the sheet of one month, which begins with what was left before its first line."""
        first = next((at for at, line in enumerate(self.lines) if _month(line) == month), 0)
        before = self.lines[first - 1].left if first else 0
        lines = [line for line in self.lines if _month(line) == month]
        return replace(self, lines=lines, before=before)


def _month(line: CardLine) -> date:
    return line.day.replace(day=1)


def get_card(*, store_id: int, sheet_number: str, stall_id: int | None = None) -> StockCard:
    """Return a product's stock card in a store; with `stall_id` only if it is that stall's.

    :raises NotFound: the product never stood there, or is another's
    """
    head = (
        select(ProductSheet.id, ProductSheet.name, Stall.name, Store.name, Agreement.price)
        .join(Batch, Batch.sheet_id == ProductSheet.id)
        .join(Stall, Stall.id == ProductSheet.stall_id)
        .join(Store, Store.id == Batch.store_id)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .where(ProductSheet.number == sheet_number, Batch.store_id == store_id)
        .order_by(Batch.id.desc())
        .limit(1)
    )
    if stall_id is not None:
        head = head.where(ProductSheet.stall_id == stall_id)
    found = db.session.execute(head).one_or_none()
    if found is None:
        raise NotFound
    sheet_id, name, stall_name, store_name, price = found
    lines = _card_lines(store_id, sheet_id)
    return StockCard(sheet_number, name, stall_name, store_name, price, lines)


def _card_lines(store_id: int, sheet_id: int) -> list[CardLine]:
    rows = db.session.execute(
        select(
            StockEvent.day,
            StockEvent.at,
            StockEvent.kind,
            StockEvent.of,
            Batch.code,
            StockEvent.quantity,
            User.name,
            StockEvent.reason,
        )
        .join(Batch, Batch.id == StockEvent.batch_id)
        .outerjoin(User, User.id == StockEvent.actor_id)
        .where(Batch.store_id == store_id, Batch.sheet_id == sheet_id)
        .order_by(StockEvent.day, StockEvent.id)
    )
    lines, left = [], 0
    for day, at, kind, of, code, quantity, actor, reason in rows:
        moved = effect(kind, of, quantity)
        left += moved
        lines.append(CardLine(day, at, kind, of, code, moved, left, actor, reason))
    return lines
