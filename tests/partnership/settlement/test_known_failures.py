"""What other tools of this kind got wrong about money, and what ours once did, as tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger.queries import get_balance
from pol.partnership.agreements.models import AgreementCharge
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import StillOwed
from pol.partnership.consignment.models import SaleLine
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent, SettlementPeriod
from pol.partnership.settlement.rules import BillLineKind, RenewalKind
from pol.partnership.settlement.rules.bills import PaymentTooHigh
from pol.partnership.settlement.rules.periods import PeriodBackwards
from pol.partnership.settlement.services import closing, disputing, paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind, PlacementStatus
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_batch,
    make_partnership,
    make_placement,
)
from tests.partnership.settlement.goods import count_goods, happen, sell

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
FREE = Wish(RenewalKind.FREE, "Ganti produk")


def _close(p: Partnership, last_day: date, now: datetime = NOW) -> Bill:
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=last_day, actor_id=p.owner.id, now=now
    )
    return db.session.scalars(
        select(Bill).where(Bill.period_id == period.id, Bill.stall_id == p.stall.id)
    ).one()


def _pay(p: Partnership, bill: Bill, amount: Rupiah, now: datetime = NOW) -> None:
    if bill.approved_at is None:
        paying.approve_bill(bill=bill, actor_id=p.owner.id, now=now)
    sending = Sending(f"uji-{bill.id}-{amount.amount}", amount, now.date(), "BRI")
    paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=now)


def test_overlapping_periods_count_a_day_twice(session: Session) -> None:
    """Whatever days people choose to close, each day is in one period and each sale in one bill."""
    p = make_partnership()
    for day in range(1, 11):
        sell(p.batch, 1, date(2026, 2, day))
    for last in (4, 4, 3, 7, 5, 10):
        try:
            _close(p, date(2026, 2, last))
        except PeriodBackwards:
            assert last in {3, 5}
    sold = total(session.scalars(select(SaleLine.payable)))
    assert total(session.scalars(select(Bill.payable))) == sold == Rupiah(127_500)
    assert session.scalar(select(func.count()).select_from(SettledEvent)) == 10
    overlapping = {"from_on": date(2026, 2, 10), "until_on": date(2026, 2, 20), "closed_at": NOW}
    session.add(SettlementPeriod(number="PR-X", retailer_id=p.retailer.id, **overlapping))
    with pytest.raises(DBAPIError):
        session.flush()


def test_over_payment_after_a_price_change(session: Session) -> None:
    """A bill keeps the price of its sales; what follows is dearer, and moves neither of them."""
    p = make_partnership()
    sell(p.batch, 4, date(2026, 2, 5))
    bill = _close(p, date(2026, 2, 7))
    p.agreement.status, p.placement.until_on = AgreementStatus.ENDED, date(2026, 2, 8)
    p.sheet.price = Rupiah(99_000)
    dearer = make_agreement(p.application, p.call, price=Rupiah(20_000), from_on=date(2026, 2, 8))
    place = make_placement(p.application, p.shelf, agreement=dearer, from_on=date(2026, 2, 8))
    sell(make_batch(place, received_on=date(2026, 2, 8)), 1, date(2026, 2, 9))
    with pytest.raises(PaymentTooHigh):
        _pay(p, bill, Rupiah(51_001))
    _pay(p, bill, Rupiah(51_000))
    with pytest.raises(Refused):
        _pay(p, bill, Rupiah(1))
    assert (bill.payable, bill.paid) == (Rupiah(51_000), Rupiah(51_000))
    assert _close(p, date(2026, 2, 10)).payable == Rupiah(17_000)


def test_a_place_given_back_before_a_loss_was_billed(session: Session) -> None:
    """The store lost the last piece and owes it, although no bill says so yet (I14)."""
    p = make_partnership(quantity=1)
    happen(p.batch, StockEventKind.LOST, 1, date(2026, 3, 1))
    renewal = renewing.ask(
        placement=p.placement, wish=FREE, by=Bearer.RETAILER, actor_id=p.owner.id, now=NOW
    )
    with pytest.raises(StillOwed):
        renewing.agree(
            renewal=renewal, placement=p.placement, by=Bearer.PRODUCER, actor_id=p.owner.id,
            now=NOW,
        )  # fmt: skip
    assert p.placement.status is PlacementStatus.LIVE


def test_a_place_that_nobody_could_give_back_after_its_end(session: Session) -> None:
    """The last bill is made and paid after the last day; the place is given back then."""
    p = make_partnership(quantity=1)
    sell(p.batch, 1, date(2026, 12, 30))
    later = datetime(2027, 1, 20, 3, tzinfo=UTC)
    _pay(p, _close(p, date(2026, 12, 31), later), Rupiah(12_750), later)
    renewal = renewing.ask(
        placement=p.placement, wish=FREE, by=Bearer.RETAILER, actor_id=p.owner.id, now=later
    )
    count_goods(p, later)
    answered = {"by": Bearer.PRODUCER, "actor_id": p.owner.id, "now": later + timedelta(days=14)}
    renewing.agree(renewal=renewal, placement=p.placement, **answered)  # type: ignore[arg-type]
    assert p.placement.status is PlacementStatus.ENDED


def test_a_ruling_that_pays_a_carried_shortage_twice(session: Session) -> None:
    """A charge made the bill negative and was carried on; the ruling comes with the next bill."""
    p = make_partnership()
    session.add(
        AgreementCharge(
            agreement_id=p.agreement.id, kind=ChargeKind.PROMOTION, basis=ChargeBasis.ONCE,
            name="Promosi", amount=Rupiah(20_000), share_bp=0,
        )
    )  # fmt: skip
    sell(p.batch, 1, date(2026, 2, 5))
    bill = _close(p, date(2026, 2, 7))
    charge = select(BillLine.id).where(BillLine.kind == BillLineKind.CHARGE)
    by: Any = {"actor_id": p.owner.id, "now": NOW}
    dispute = disputing.open_dispute(
        bill=bill, line_ids=session.scalars(charge).all(), by=Bearer.PRODUCER, words="Salah", **by
    )
    sell(p.batch, 4, date(2026, 2, 9))
    second = _close(p, date(2026, 2, 10))
    disputing.settle_dispute(bill=bill, dispute=dispute, awarded=ZERO, words="Batal", **by)
    third, fourth = _close(p, date(2026, 2, 12)), _close(p, date(2026, 2, 14))
    assert [row.payable for row in (bill, second, third, fourth)] == [
        Rupiah(-7_250),
        Rupiah(43_750),
        Rupiah(20_000),
        ZERO,
    ]
    assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == Rupiah(5 * 12_750)
