"""Ringing up sales of one store: first expired goes first, one line per batch, written at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, text

from pol.kernel.bulk import Plain, moment_text, pour
from pol.kernel.db import Base, db, is_postgresql
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.consignment.queries.permits import list_permits
from pol.partnership.consignment.queries.recalls import list_recalls
from pol.partnership.consignment.queries.terms import list_terms
from pol.partnership.consignment.rules import SaleSource, StockEventKind
from pol.partnership.consignment.rules.permits import Permits
from pol.partnership.consignment.rules.returning import Recall
from pol.partnership.consignment.rules.sale import (
    NoAgreementThen,
    Share,
    Terms,
    agreed_price,
    check_day,
    check_quantity,
    share,
    terms_on,
)
from pol.partnership.consignment.rules.stock import Pile, order_of, pick
from pol.partnership.consignment.services.stock import Held
from pol.partnership.slots.rules import CoopForm

EVENTS = ("id", "key", "batch_id", "kind", "quantity", "day", "at", "actor_id")
LINES = (
    *("id", "key", "event_id", "batch_id", "placement_id", "agreement_id", "sheet_id"),
    *("stall_id", "store_id", "retailer_id", "day", "quantity", "price", "margin_bp"),
    *("gross", "margin", "payable", "source", "import_id", "at"),
)


@dataclass(frozen=True)
class Ring:
    """What a till says: some pieces of a product on a day; `key` makes it count once."""

    key: str
    sheet_id: int
    quantity: int
    day: date
    price: Rupiah | None = None


@dataclass(frozen=True)
class Rung:
    """A part of it that one batch gave, with the terms and the money as they are frozen."""

    key: str
    pile: Pile
    terms: Terms
    day: date
    quantity: int
    price: Rupiah
    share: Share


class Till:
    """A held store's goods and terms in memory; nothing is written before `write`.

    With `already_sold` it takes sales that have been made, also of goods that were recalled or lack
    a permit; `recalled` and `unpermitted` say how many of these.
    """

    def __init__(self, held: Held, *, now: datetime, sheet_ids: Iterable[int] | None = None,
                 already_sold: bool = False):  # fmt: skip
        self.held, self.now, self.today = held, now, business_day(now)
        self.already_sold = already_sold
        self.rung: list[Rung] = []
        self.recalled: Counter[Recall] = Counter()
        self.unpermitted: Counter[Permits] = Counter()
        wanted = None if sheet_ids is None else list(sheet_ids)
        self._piles = _piles(held.store_id, wanted)
        self._terms: dict[int, list[Terms]] = defaultdict(list)
        for terms in list_terms(store_id=held.store_id, sheet_ids=wanted):
            self._terms[terms.sheet_id].append(terms)
        known = {*self._piles, *self._terms, *(wanted or ())}
        self.names = _names(known)

    def ring(self, sale: Ring) -> list[Pile]:
        """Take a sale from the shelf in memory, all of it or nothing; return what gave it.

        :raises Refused: the day is closed or has not come, no agreement held, or the goods are
            not there, expired, recalled or without a permit
        """
        check_quantity(sale.quantity)
        check_day(sale.day, today=self.today, closed_until=self.held.closed_until)
        name = self.names.get(sale.sheet_id, "Produk ini")
        known = self._terms[sale.sheet_id]
        piles = self._piles.get(sale.sheet_id, [])
        if not any(terms.hold_on(sale.day) for terms in known) and not _is_bought(piles, known):
            raise NoAgreementThen(name=name, day=f"{sale.day:%d-%m-%Y}")
        parts = pick(piles, name=name, quantity=sale.quantity, day=sale.day,
                     already_sold=self.already_sold)  # fmt: skip
        rung = [
            self._freeze(sale, pile, part, name, number)
            for number, (pile, part) in enumerate(parts)
        ]
        for pile, part in parts:
            pile.left -= part
            if pile.recall and pile.is_recalled_on(sale.day):
                self.recalled[pile.recall] += part
            if pile.permits and pile.lapsed_on(sale.day):
                self.unpermitted[pile.permits] += part
        self.rung += rung
        return [pile for pile, _ in parts]

    def _freeze(self, sale: Ring, pile: Pile, part: int, name: str, number: int) -> Rung:
        terms = terms_on(self._terms[sale.sheet_id], day=sale.day, own=pile.agreement_id)
        if terms is None:
            raise NoAgreementThen(name=name, day=f"{sale.day:%d-%m-%Y}")
        price = agreed_price(terms, sale.price)
        key = sale.key if number == 0 else f"{sale.key}:{number}"
        shared = share(terms, price=price, quantity=part)
        return Rung(key, pile, terms, sale.day, part, price, shared)

    def write(self, *, source: SaleSource, actor_id: int | None,
              import_id: int | None = None) -> int:  # fmt: skip
        """Write what was rung up as events and sale lines; return how many lines."""
        db.session.flush()
        count = len(self.rung)
        event_ids, line_ids = _next_ids(StockEvent, count), _next_ids(SaleLine, count)
        at = moment_text(self.now)
        pour(
            StockEvent,
            EVENTS,
            [
                (event_id, f"sale:{rung.key}", rung.pile.batch_id, StockEventKind.SOLD.value,
                 rung.quantity, rung.day.isoformat(), at, actor_id)
                for event_id, rung in zip(event_ids, self.rung, strict=True)
            ],
        )  # fmt: skip
        tail: tuple[Plain, ...] = (source.value, import_id, at)
        pour(
            SaleLine,
            LINES,
            [
                (line_id, rung.key, event_id, *self._line(rung), *tail)
                for line_id, event_id, rung in zip(line_ids, event_ids, self.rung, strict=True)
            ],
        )
        self.rung = []
        for row in db.session.identity_map.values():
            if isinstance(row, Batch):
                db.session.expire(row)
        return count

    def _line(self, rung: Rung) -> tuple[Plain, ...]:
        terms, pile, money = rung.terms, rung.pile, rung.share
        return (
            *(pile.batch_id, terms.placement_id, terms.agreement_id, pile.sheet_id),
            *(pile.stall_id, self.held.store_id, self.held.retailer_id),
            *(rung.day.isoformat(), rung.quantity, rung.price.amount, money.margin_bp),
            *(money.gross.amount, money.margin.amount, money.payable.amount),
        )


def _is_bought(piles: Iterable[Pile], known: Iterable[Terms]) -> bool:
    """Answer whether some of these goods are the store's own, to be sold whenever it likes."""
    bought = {terms.agreement_id for terms in known if terms.form is CoopForm.OUTRIGHT}
    return any(pile.agreement_id in bought for pile in piles)


def _piles(store_id: int, sheet_ids: list[int] | None) -> dict[int, list[Pile]]:
    asked = select(
        Batch.id,
        Batch.sheet_id,
        Batch.agreement_id,
        Batch.placement_id,
        Batch.stall_id,
        Batch.received_on,
        Batch.expires_on,
        Batch.on_shelf,
    ).where(Batch.store_id == store_id, Batch.on_shelf > 0)
    if sheet_ids is not None:
        asked = asked.where(Batch.sheet_id.in_(sheet_ids))
    found: dict[int, list[Pile]] = defaultdict(list)
    recalls = {recall.batch_id: recall for recall in list_recalls(store_id=store_id)}
    permits = list_permits(store_id=store_id, sheet_ids=sheet_ids)
    for row in db.session.execute(asked):
        needs = permits.get(row.agreement_id)
        found[row.sheet_id].append(Pile(*row, recall=recalls.get(row.id), permits=needs))
    for piles in found.values():
        piles.sort(key=order_of)
    return found


def _names(sheet_ids: Iterable[int]) -> dict[int, str]:
    asked = select(ProductSheet.id, ProductSheet.name).where(ProductSheet.id.in_(list(sheet_ids)))
    return {row.id: row.name for row in db.session.execute(asked)}


def _next_ids(model: type[Base], count: int) -> Sequence[int]:
    """Return ids that nobody else gets; SQLite's only writer is we, and these rows only grow."""
    name = str(model.__table__.name)  # type: ignore[attr-defined]
    if is_postgresql():
        numbers = text(
            "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        )
        return list(db.session.scalars(numbers, {"name": name, "count": count}))
    last = db.session.scalar(select(func.max(model.id))) or 0  # type: ignore[attr-defined]
    return range(last + 1, last + count + 1)
