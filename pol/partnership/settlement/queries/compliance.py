"""How each store keeps its promise to local producers, month by month; computed from the facts.

Each day counts as it was, whatever has changed since: a store's shelves and state, a place's width.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import Rupiah, total
from pol.partnership.applications.models import Application
from pol.partnership.consignment.models import SaleLine
from pol.partnership.settlement.models import Bill, BillPayment, SettlementPeriod
from pol.partnership.settlement.queries.overdue import Overdue, map_overdue
from pol.partnership.settlement.rules.ranking import Aged, mean_tenths
from pol.partnership.slots.models import Placement, Retailer, Store
from pol.partnership.slots.queries.past import StorePast, list_store_pasts, list_width_pasts
from pol.partnership.slots.rules import StoreStatus
from pol.partnership.slots.rules.past import Dated, add_up
from pol.regions.models import Region


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    first: date

    @property
    def end(self) -> date:
        """The first day of the next month."""
        return (self.first.replace(day=28) + timedelta(days=4)).replace(day=1)

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    @property
    def before(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))


@dataclass(frozen=True)
class StoreMonth:
    """What a store did in a month.

    `share_ppm` is the part of all its shelf length that stood for local goods, over the days of
    the month; `all_shelves_mm` is that length on its last day. Its sales are its own; days to
    money, charges and what is late are those of its whole retailer: a bill and its payments are
    for all of its stores, and so is an agreement with its charges.
    """

    slug: str
    name: str
    retailer_name: str
    kecamatan: str
    all_shelves_mm: int
    share_ppm: int | None
    products: int
    producers: int
    kecamatan_count: int
    sales: Rupiah
    charges_bp: int | None
    days_to_money_tenths: int | None
    late_payments: int
    overdue: Overdue

    @property
    def late(self) -> int:
        """How much was late: what came after its day, and what had not come as the month ended."""
        return self.late_payments + self.overdue.bills


@dataclass(frozen=True)
class Days:
    """The days of a month that are there already; `end` is exclusive."""

    first: date
    end: date

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)


NO_PAST = StorePast()


@dataclass(frozen=True)
class _Stood:
    """A placement that stood on days of the month."""

    stall_id: int
    sheet_id: int
    kecamatan: str
    mm_days: int


def list_stores(
    month: Month, *, today: date, slug: str | None = None, retailer_id: int | None = None
) -> list[StoreMonth]:
    """Return the stores that were verified as the month ended, of all or one retailer.

    Those with the smallest share come first; a month that still runs ends today.
    """
    span = Days(month.first, min(month.end, today + timedelta(days=1)))
    query = (
        select(
            Store.id,
            Store.slug,
            Store.name,
            Store.retailer_id,
            Retailer.name,
            Region.name,
            Store.all_shelves_mm,
            Store.status,
        )
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(Region, Region.code == Store.kecamatan_code)
    )
    if slug is not None:
        query = query.where(Store.slug == slug)
    if retailer_id is not None:
        query = query.where(Store.retailer_id == retailer_id)
    stood, sales = _stood(span), _sales(month)
    money = {row.retailer_id: row for row in _money(month, span.last)}
    pasts = list_store_pasts(since=month.first)
    rows: Iterable[Any] = db.session.execute(query)
    found = [
        _store(row, stood.get(row[0], []), sales.get(row[0], 0), money.get(row[3]), lengths, span)
        for row, past in ((row, pasts.get(row[0], NO_PAST)) for row in rows)
        if Dated(row[7], past.statuses).on(span.last) is StoreStatus.VERIFIED
        for lengths in (Dated(row[6], past.lengths),)
    ]
    return sorted(found, key=lambda row: (row.share_ppm or 0, row.name))


def _store(
    row: Any,
    stood: list[_Stood],
    sales: int,
    money: "_Money | None",
    lengths: Dated[int],
    span: Days,
) -> StoreMonth:
    _id, slug, name, _retailer_id, retailer, kecamatan, *_now = row
    whole = add_up(lengths, span.first, span.end)
    used = sum(one.mm_days for one in stood)
    return StoreMonth(
        slug=slug,
        name=name,
        retailer_name=retailer,
        kecamatan=kecamatan,
        all_shelves_mm=lengths.on(span.last),
        share_ppm=used * 1_000_000 // whole if whole > 0 else None,
        products=len({one.sheet_id for one in stood}),
        producers=len({one.stall_id for one in stood}),
        kecamatan_count=len({one.kecamatan for one in stood}),
        sales=Rupiah(sales),
        charges_bp=money.charges_bp if money else None,
        days_to_money_tenths=money.tenths if money else None,
        late_payments=money.late if money else 0,
        overdue=money.overdue if money else Overdue(),
    )


def _stood(span: Days) -> dict[int, list[_Stood]]:
    """Return what stood in each store, from the day on which its first goods came."""
    widths = list_width_pasts(since=span.first)
    rows: Iterable[Any] = db.session.execute(
        select(
            Placement.id,
            Placement.store_id,
            Placement.stall_id,
            Placement.sheet_id,
            Application.kecamatan_code,
            Placement.width_mm,
            Placement.from_on,
            Placement.until_on,
            Placement.live_at,
            Placement.ended_at,
        )
        .join(Application, Application.id == Placement.application_id)
        .where(
            Placement.live_at < at_local(span.end, 0),
            Placement.from_on < span.end,
            Placement.until_on > span.first,
        )
    )
    found: dict[int, list[_Stood]] = {}
    for placement_id, store_id, stall_id, sheet_id, kecamatan, width, *days in rows:
        from_on, until_on, live_at, ended_at = days
        first = max(span.first, from_on, business_day(live_at))
        end = min(span.end, until_on, business_day(ended_at) if ended_at else span.end)
        if first < end:
            wide = Dated(width, widths.get(placement_id, ()))
            stood = _Stood(stall_id, sheet_id, kecamatan, add_up(wide, first, end))
            found.setdefault(store_id, []).append(stood)
    return found


def _sales(month: Month) -> dict[int, int]:
    rows: Iterable[Any] = db.session.execute(
        select(SaleLine.store_id, func.sum(SaleLine.gross))
        .where(SaleLine.day >= month.first, SaleLine.day < month.end)
        .group_by(SaleLine.store_id)
    )
    return {store_id: _whole(gross) for store_id, gross in rows}


def _whole(value: Any) -> int:
    return value.amount if isinstance(value, Rupiah) else int(value or 0)


@dataclass(frozen=True)
class _Money:
    """How a retailer paid what fell into a month, and what it had not paid as that ended."""

    retailer_id: int
    charges_bp: int | None
    tenths: int | None
    late: int
    overdue: Overdue


def _money(month: Month, last: date) -> list[_Money]:
    """Return what bills closed in the month charged, how fast its payments came, what is late."""
    bills: Iterable[Any] = db.session.execute(
        select(
            Bill.retailer_id,
            func.sum(Bill.sales),
            func.sum(Bill.charges),
        )
        .join(SettlementPeriod, SettlementPeriod.id == Bill.period_id)
        .where(SettlementPeriod.until_on > month.first, SettlementPeriod.until_on <= month.end)
        .group_by(Bill.retailer_id)
    )
    charges = {
        retailer_id: (_whole(charged) * 10_000 // _whole(sold) if _whole(sold) else None)
        for retailer_id, sold, charged in bills
    }
    paid = {row.retailer_id: row for row in list_speeds(month.first, month.end)}
    overdue = map_overdue(on=last)
    return [
        _Money(
            retailer_id,
            charges.get(retailer_id),
            paid[retailer_id].tenths if retailer_id in paid else None,
            paid[retailer_id].late if retailer_id in paid else 0,
            overdue.get(retailer_id, Overdue()),
        )
        for retailer_id in charges.keys() | paid.keys() | overdue.keys()
    ]


@dataclass(frozen=True)
class SpeedRow:
    """How fast a retailer's money comes: mean days from sale to money, weighted by amount."""

    retailer_id: int
    name: str
    tenths: int
    payments: int
    late: int
    paid: Rupiah


def list_speeds(since: date, until: date) -> list[SpeedRow]:
    """Return the retailers that paid between two days, the fastest first."""
    rows: Iterable[Any] = db.session.execute(
        select(
            Retailer.id,
            Retailer.name,
            BillPayment.amount,
            BillPayment.sale_to_money_tenths,
            BillPayment.paid_on > BillPayment.due_on,
        )
        .select_from(BillPayment)
        .join(Bill, Bill.id == BillPayment.bill_id)
        .join(Retailer, Retailer.id == Bill.retailer_id)
        .where(
            BillPayment.paid_on >= since,
            BillPayment.paid_on < until,
            BillPayment.voided_at.is_(None),
            BillPayment.sale_to_money_tenths.is_not(None),
        )
    )
    by_retailer: dict[tuple[int, str], list[tuple[Aged, bool]]] = {}
    for retailer_id, name, amount, tenths, is_late in rows:
        one = (Aged(amount, tenths), bool(is_late))
        by_retailer.setdefault((retailer_id, name), []).append(one)
    found = [_speed(*key, payments) for key, payments in by_retailer.items()]
    return sorted(found, key=lambda row: (row.tenths, row.name))


def _speed(retailer_id: int, name: str, payments: list[tuple[Aged, bool]]) -> SpeedRow:
    money = [one for one, _ in payments]
    return SpeedRow(
        retailer_id=retailer_id,
        name=name,
        tenths=mean_tenths(money) or 0,
        payments=len(payments),
        late=sum(is_late for _, is_late in payments),
        paid=total(one.amount for one in money),
    )
