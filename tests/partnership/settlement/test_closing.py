"""Closing a period: every sale in exactly one bill, to the rupiah, however often it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import get_balance
from pol.partnership.agreements.models import AgreementCharge
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent, SettlementPeriod
from pol.partnership.settlement.queries import bill_lines as queries
from pol.partnership.settlement.rules import BillLineKind, BillStatus
from pol.partnership.settlement.rules.periods import (
    NothingToSettle,
    PeriodBackwards,
    PeriodNotOver,
    PeriodTooLong,
    last_day_by_hand,
)
from pol.partnership.settlement.services import closing
from pol.partnership.slots.rules import ChargeBasis, ChargeKind, CoopForm
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_partnership,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
)
from tests.partnership.settlement.goods import happen, sell

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)
LAST = date(2026, 2, 7)


def _close(p: Partnership, last_day: date = LAST, now: datetime = NOW) -> SettlementPeriod:
    return closing.close_period(
        retailer_id=p.retailer.id, last_day=last_day, actor_id=p.owner.id, now=now
    )


def _bill(period: SettlementPeriod) -> Bill:
    return db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()


def _charge(p: Partnership, basis: ChargeBasis, *, amount: int = 0, share_bp: int = 0) -> None:
    db.session.add(
        AgreementCharge(
            agreement_id=p.agreement.id,
            kind=ChargeKind.PROMOTION,
            basis=basis,
            name=f"Promosi {basis.value}",
            amount=Rupiah(amount),
            share_bp=share_bp,
        )
    )
    db.session.flush()


def test_a_bill_pays_sales_without_the_margin(session: Session) -> None:
    p = make_partnership()
    sell(p.batch, 3, date(2026, 2, 1))
    sell(p.batch, 1, LAST)
    bill = _bill(_close(p))
    assert (bill.sales, bill.margin, bill.payable) == (
        Rupiah(60_000),
        Rupiah(9_000),
        Rupiah(51_000),
    )
    assert (bill.status, bill.due_on) == (BillStatus.BILLED, date(2026, 2, 24))
    assert get_balance(f"shelf_payable:stall:{p.stall.id}") == Rupiah(-51_000)
    assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == Rupiah(51_000)


def test_each_line_opens_down_to_its_sales(session: Session) -> None:
    p = make_partnership()
    for day in (1, 3, 5):
        sell(p.batch, day, date(2026, 2, day))
    bill = _bill(_close(p))
    (line,) = queries.list_lines(bill_id=bill.id)
    sales = queries.list_sales_of_line(bill_id=bill.id, line_id=line.id)
    assert [row.quantity for row in sales] == [1, 3, 5]
    assert sum(row.payable.amount for row in sales) == line.amount.amount


def test_closing_twice_gives_the_same_bills(session: Session) -> None:
    p = make_partnership()
    sell(p.batch, 2, date(2026, 2, 1))
    first, again = _close(p), _close(p)
    assert first.id == again.id
    assert db.session.scalar(select(func.count()).select_from(Bill)) == 1
    assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == Rupiah(25_500)


def test_the_next_period_begins_where_the_last_one_ended(session: Session) -> None:
    p = make_partnership()
    sell(p.batch, 2, LAST)
    _close(p)
    sell(p.batch, 1, date(2026, 2, 8))
    second = _close(p, date(2026, 2, 9))
    assert (second.from_on, second.until_on) == (date(2026, 2, 8), date(2026, 2, 10))
    assert _bill(second).sales == Rupiah(15_000)


def test_a_day_that_two_periods_share_would_be_counted_twice(session: Session) -> None:
    """A known failure elsewhere: overlapping periods count a day twice. Here none can overlap."""
    p = make_partnership()
    sell(p.batch, 2, LAST)
    period = _close(p)
    with pytest.raises(PeriodBackwards):
        _close(p, date(2026, 2, 6))
    overlapping = SettlementPeriod(
        number="PR-X",
        retailer_id=p.retailer.id,
        from_on=LAST,
        until_on=date(2026, 2, 10),
        closed_at=NOW,
    )
    db.session.add(overlapping)
    with pytest.raises(DBAPIError):
        db.session.flush()
    assert period.until_on == date(2026, 2, 8)


def test_a_sale_is_settled_once(session: Session) -> None:
    p = make_partnership()
    sale = sell(p.batch, 2, LAST)
    bill = _bill(_close(p))
    line = db.session.scalars(select(BillLine).where(BillLine.bill_id == bill.id)).one()
    db.session.add(SettledEvent(event_id=sale.event_id, line_id=line.id))
    with pytest.raises(DBAPIError):
        db.session.flush()


def test_takings_that_were_taken_back_are_off_the_bill(session: Session) -> None:
    p = make_partnership()
    sale = sell(p.batch, 5, date(2026, 2, 1))
    sell(p.batch, 5, date(2026, 2, 2), corrects=sale)
    sell(p.batch, 1, date(2026, 2, 2))
    assert _bill(_close(p)).payable == Rupiah(12_750)


def test_what_a_retailer_lost_it_pays(session: Session) -> None:
    p = make_partnership()
    happen(p.batch, StockEventKind.LOST, 3, date(2026, 2, 1))
    happen(p.batch, StockEventKind.FOUND, 1, date(2026, 2, 2))
    happen(p.batch, StockEventKind.DESTROYED, 1, date(2026, 2, 3))
    bill = _bill(_close(p))
    assert (bill.sales, bill.borne, bill.payable) == (ZERO, Rupiah(38_250), Rupiah(38_250))


def test_what_its_producer_bears_costs_the_retailer_nothing(session: Session) -> None:
    p = make_partnership()
    happen(p.batch, StockEventKind.RETURNED, 3, date(2026, 2, 1))
    bill = _bill(_close(p))
    assert (bill.payable, bill.status) == (ZERO, BillStatus.NOTHING_DUE)
    assert "01-01-2026" in str(bill.nothing_because)


def test_nothing_due_says_when_something_will_be(session: Session) -> None:
    """Seven days on, three days for late till files, fourteen to pay."""
    p = make_partnership()
    period = _close(p)
    last, closes = (period.until_on + timedelta(days=days) for days in (6, 10))
    assert (
        f"Periode berikutnya sampai {last:%d-%m-%Y} ditutup paling lambat {closes:%d-%m-%Y}. "
        f"Uang dari situ jatuh tempo paling lambat {closes + timedelta(days=14):%d-%m-%Y}."
    ) in str(_bill(period).nothing_because)


def test_nothing_due_at_the_end_says_that_nothing_will_be(session: Session) -> None:
    p = make_partnership()
    p.agreement.ended_at = at_local(LAST, 600)
    assert "Sesudah itu tidak ada perjanjian yang berlaku" in str(_bill(_close(p)).nothing_because)


def test_charges_fall_as_they_were_agreed(session: Session) -> None:
    p = make_partnership(quantity=100)
    _charge(p, ChargeBasis.ONCE, amount=10_000)
    _charge(p, ChargeBasis.PER_PERIOD, amount=5_000)
    _charge(p, ChargeBasis.SHARE_OF_SALES, share_bp=200)
    sell(p.batch, 10, LAST)
    first = _bill(_close(p))
    sell(p.batch, 10, date(2026, 2, 8))
    second = _bill(_close(p, date(2026, 2, 19), NOW + timedelta(days=20)))
    # Six of the agreement's own weeks began until 7 February, two more until the 19th.
    assert (first.charges, second.charges) == (Rupiah(10_000 + 30_000 + 3_000), Rupiah(13_000))
    assert first.payable == Rupiah(127_500 - 43_000)
    assert [row.reference for row in _lines_of(first)][1:] == [
        f"charge:{charge.id}" for charge in _charges(p)
    ]


def test_closing_more_often_costs_nobody_more(session: Session) -> None:
    p = make_partnership()
    _charge(p, ChargeBasis.PER_PERIOD, amount=5_000)
    days = (date(2026, 1, 3), date(2026, 1, 6), date(2026, 1, 7), date(2026, 1, 8), LAST)
    bills = [_bill(_close(p, day)) for day in days]
    assert [bill.charges.amount for bill in bills] == [5_000, 0, 0, 5_000, 20_000]


def _lines_of(bill: Bill) -> list[BillLine]:
    rows = select(BillLine).where(BillLine.bill_id == bill.id).order_by(BillLine.id)
    return list(db.session.scalars(rows))


def _charges(p: Partnership) -> list[AgreementCharge]:
    rows = select(AgreementCharge).where(AgreementCharge.agreement_id == p.agreement.id)
    return list(db.session.scalars(rows.order_by(AgreementCharge.id)))


def test_charges_above_the_sales_are_carried_into_the_next_bill(session: Session) -> None:
    p = make_partnership()
    _charge(p, ChargeBasis.ONCE, amount=20_000)
    sell(p.batch, 1, LAST)
    first = _bill(_close(p))
    sell(p.batch, 4, date(2026, 2, 8))
    second = _bill(_close(p, date(2026, 2, 9)))
    assert (first.payable, first.status) == (Rupiah(-7_250), BillStatus.NOTHING_DUE)
    assert (second.carried, second.payable) == (Rupiah(-7_250), Rupiah(43_750))
    assert get_balance(f"shelf_payable:stall:{p.stall.id}") == Rupiah(-43_750)


def _outright() -> Partnership:
    base = make_partnership()
    call = make_call(base.retailer, by=base.owner, form=CoopForm.OUTRIGHT)
    sheet = make_sheet(base.stall)
    application = make_application(call, sheet, stores=[base.store])
    agreement = make_agreement(application, call)
    shelf = make_shelf(base.store)
    placement = make_placement(application, shelf, agreement=agreement)
    batch = make_batch(placement, quantity=10, received_on=date(2026, 2, 2))
    return Partnership(
        *(base.retailer, base.owner, base.store, shelf, call, base.stall, sheet),
        *(application, agreement, placement, batch),
    )


def test_outright_goods_are_paid_when_they_come(session: Session) -> None:
    p = _outright()
    happen(p.batch, StockEventKind.LOST, 2, date(2026, 2, 3))
    happen(p.batch, StockEventKind.RETURNED, 1, date(2026, 2, 4))
    bill = _bill(_close(p))
    lines = {row.kind: row.amount for row in queries.list_lines(bill_id=bill.id)}
    assert lines == {
        BillLineKind.PURCHASE: Rupiah(127_500),
        BillLineKind.RETURN: Rupiah(-12_750),
    }
    assert bill.payable == Rupiah(114_750)


def test_nothing_to_close_without_an_agreement(session: Session) -> None:
    with pytest.raises(NothingToSettle):
        closing.close_period(retailer_id=make_retailer().id, last_day=LAST, actor_id=None, now=NOW)


def test_today_is_not_closed(session: Session) -> None:
    with pytest.raises(PeriodNotOver):
        _close(make_partnership(), date(2026, 2, 10))


def test_a_period_is_not_longer_than_a_year(session: Session) -> None:
    with pytest.raises(PeriodTooLong):
        _close(make_partnership(), date(2027, 6, 1), datetime(2028, 1, 1, tzinfo=UTC))


def test_the_clock_closes_what_is_over(session: Session) -> None:
    p = make_partnership()
    sell(p.batch, 1, date(2026, 1, 12))
    assert closing.close_due_periods(now=NOW) == 1
    assert closing.close_due_periods(now=NOW) == 1
    ends = select(SettlementPeriod.until_on).order_by(SettlementPeriod.id)
    assert list(db.session.scalars(ends)) == [date(2026, 1, 8), date(2026, 1, 15)]
    assert p.retailer.id


def test_the_clock_waits_for_till_files_that_come_late(session: Session) -> None:
    """A store that uploads Wednesday's sales on Thursday must still find the period open."""
    p = make_partnership()
    over = datetime(2026, 1, 10, 3, tzinfo=UTC)  # the week ended on the 7th
    assert closing.close_due_periods(now=over) == 0
    sell(p.batch, 1, date(2026, 1, 7))
    assert closing.close_due_periods(now=over + timedelta(days=1)) == 1
    bill = db.session.scalars(select(Bill)).one()
    assert bill.payable == Rupiah(12_750)


@pytest.mark.parametrize(
    ("today", "last_day"),
    [(9, None), (10, 9), (15, 14), (16, 15), (17, 15), (30, 15)],
)
def test_a_buyer_closes_by_the_rhythm_or_up_to_yesterday(today: int, last_day: int | None) -> None:
    found = last_day_by_hand(from_on=date(2026, 3, 9), every_days=7, today=date(2026, 3, today))
    assert found == (last_day and date(2026, 3, last_day))
