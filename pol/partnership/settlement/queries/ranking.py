"""Which retailers bring producers their money fastest; who does not pay cannot hide in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, as_rupiah
from pol.partnership.consignment.models import SaleLine
from pol.partnership.settlement.models import Bill, BillLine
from pol.partnership.settlement.queries.bill_lines import map_days_sold
from pol.partnership.settlement.queries.bill_lists import IS_TO_PAY
from pol.partnership.settlement.queries.compliance import SpeedRow, list_speeds
from pol.partnership.settlement.queries.overdue import Owing, map_owing
from pol.partnership.settlement.rules.ranking import Aged, counted_tenths, mean_tenths
from pol.partnership.settlement.rules.sums import days_to_money_tenths
from pol.partnership.slots.models import Retailer, Store


@dataclass(frozen=True)
class RankedRow:
    """A retailer in the ranking.

    `tenths` are the days of what it paid, `open_tenths` those of what is open if it were paid
    today, `counted` those of both together. `place` is missing while there is nothing to judge.
    """

    place: int | None
    name: str
    counted: int | None
    tenths: int | None
    payments: int
    late: int
    paid: Rupiah
    open_tenths: int | None
    owing: Owing


def list_ranking(*, days: int, today: date) -> list[RankedRow]:
    """Return every retailer that has sold for producers, the fastest first.

    Ranked by the days from sale to money, weighted by amount, of what was paid in the last days
    and of all that is open: open money counts as if it were paid today, never as faster than what
    was paid. So at the same paid days whoever has overdue money stands below. Whoever has overdue
    money and paid nothing in those days stands below everybody; whoever has paid nothing because
    nothing was due yet has no place.
    """
    until = today + timedelta(days=1)
    speeds = {row.retailer_id: row for row in list_speeds(until - timedelta(days=days), until)}
    owing, ages = map_owing(today=today), _map_ages(today)
    rows = [
        _row(name, speeds.get(id_), owing.get(id_, Owing()), ages.get(id_, []))
        for id_, name in _list_sellers()
    ]
    judged = sorted((row for row in rows if _is_judged(row)), key=_order)
    others = sorted((row for row in rows if not _is_judged(row)), key=lambda row: row.name)
    return [*(_at(place, row) for place, row in enumerate(judged, 1)), *others]


def _is_judged(row: RankedRow) -> bool:
    return row.tenths is not None or row.owing.late_bills > 0


def _order(row: RankedRow) -> tuple[bool, int, int, str]:
    return row.tenths is None, row.counted or 0, row.owing.days_late, row.name


def _at(place: int, row: RankedRow) -> RankedRow:
    return RankedRow(**{**vars(row), "place": place})


def _row(name: str, speed: SpeedRow | None, owing: Owing, unpaid: list[Aged]) -> RankedRow:
    paid = [Aged(speed.paid, speed.tenths)] if speed else []
    return RankedRow(
        place=None,
        name=name,
        counted=counted_tenths(paid, unpaid),
        tenths=speed.tenths if speed else None,
        payments=speed.payments if speed else 0,
        late=speed.late if speed else 0,
        paid=speed.paid if speed else ZERO,
        open_tenths=mean_tenths(unpaid),
        owing=owing,
    )


def _map_ages(today: date) -> dict[int, list[Aged]]:
    """Return what is open on each retailer's bills, with the days a payment of today would get."""
    sold = map_days_sold(BillLine.bill_id.in_(select(Bill.id).where(IS_TO_PAY)))
    money = Bill.payable - Bill.held - Bill.paid
    found: dict[int, list[Aged]] = {}
    for bill_id, retailer_id, amount in db.session.execute(
        select(Bill.id, Bill.retailer_id, money).where(IS_TO_PAY)
    ):
        tenths = days_to_money_tenths(sold.get(bill_id, ()), paid_on=today)
        if tenths is not None:
            found.setdefault(retailer_id, []).append(Aged(as_rupiah(amount), tenths))
    return found


def _list_sellers() -> list[tuple[int, str]]:
    """Return the retailers that sold goods of producers, or were billed for some."""
    sold = (
        select(SaleLine.id)
        .join(Store, Store.id == SaleLine.store_id)
        .where(Store.retailer_id == Retailer.id)
        .correlate(Retailer)
    )
    billed = select(Bill.id).where(Bill.retailer_id == Retailer.id).correlate(Retailer)
    query = select(Retailer.id, Retailer.name).where(or_(sold.exists(), billed.exists()))
    return [(id_, name) for id_, name in db.session.execute(query)]
