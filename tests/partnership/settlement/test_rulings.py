"""What a ruling leaves of a bill, when that is due, and what the next bill takes over."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import get_balance
from pol.partnership.agreements.models import AgreementCharge
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, BillLine, BillPayment, Dispute
from pol.partnership.settlement.rules import BillLineKind, BillStatus
from pol.partnership.settlement.rules.bills import LinePaid
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.settlement.goods import happen, sell

NOW = at_local(date(2026, 2, 10), 600)
SOLD, RENT = Rupiah(51_000), Rupiah(20_000)
FINE_BP = 1_000


@pytest.fixture
def p(session: Session) -> Partnership:
    """A partnership with a fine for late money, and a charge that falls once."""
    partnership = make_partnership()
    agreement = type(partnership.agreement)
    mine = db.update(agreement).where(agreement.id == partnership.agreement.id)
    session.execute(mine.values(status="draft"))
    session.execute(mine.values(late_fine_bp=FINE_BP, status="in_force"))
    return partnership


def _rent(p: Partnership) -> None:
    db.session.add(
        AgreementCharge(
            agreement_id=p.agreement.id, kind=ChargeKind.PROMOTION, basis=ChargeBasis.ONCE,
            name="Sewa", amount=RENT, share_bp=0,
        )
    )  # fmt: skip
    db.session.flush()


def _close(p: Partnership, last_day: date, now: datetime = NOW) -> Bill:
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=last_day, actor_id=p.owner.id, now=now
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    if bill.payable > ZERO:
        paying.approve_bill(bill=bill, actor_id=p.owner.id, now=now)
    return bill


def _billed(p: Partnership) -> Bill:
    """Close a period in which four were sold."""
    sell(p.batch, 4, date(2026, 2, 5))
    return _close(p, date(2026, 2, 7))


def _pay(p: Partnership, bill: Bill, amount: Rupiah, at: datetime = NOW) -> BillPayment:
    sending = Sending(f"{bill.id}-{amount}-{at}", amount, business_day(at), "BRI 1")
    return paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=at)


def _dispute(
    p: Partnership, bill: Bill, kind: BillLineKind = BillLineKind.SALE, at: datetime = NOW
) -> Dispute:
    mine = select(BillLine.id).where(BillLine.bill_id == bill.id, BillLine.kind == kind)
    return disputing.open_dispute(
        bill=bill, line_ids=db.session.scalars(mine).all(), by=Bearer.RETAILER, words="Salah",
        actor_id=p.owner.id, now=at,
    )  # fmt: skip


def _rule(p: Partnership, bill: Bill, dispute: Dispute, awarded: Rupiah, at: datetime) -> None:
    by: Any = {"actor_id": p.owner.id, "now": at}
    disputing.settle_dispute(bill=bill, dispute=dispute, awarded=awarded, words="Begitu", **by)


@pytest.mark.parametrize(
    ("awarded", "left", "next_one"),
    [(SOLD, SOLD - RENT, ZERO), (RENT, ZERO, ZERO), (ZERO, ZERO, -RENT)],
)
def test_a_line_is_disputed_though_a_charge_leaves_less_than_it(
    p: Partnership, awarded: Rupiah, left: Rupiah, next_one: Rupiah
) -> None:
    _rent(p)
    bill = _billed(p)
    dispute = _dispute(p, bill)
    assert (bill.payable, bill.held, dispute.held) == (SOLD - RENT,) * 3
    _rule(p, bill, dispute, awarded, NOW)
    assert (bill.payable, bill.held) == (left, ZERO)
    after = _close(p, date(2026, 2, 9))
    assert after.payable == next_one
    assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == left + next_one
    again = _close(p, date(2026, 2, 11), NOW + timedelta(days=2))
    assert again.payable == next_one  # carried on, not ruled once more


def test_a_line_of_a_bill_paid_in_part_holds_what_is_left(p: Partnership) -> None:
    bill = _billed(p)
    _pay(p, bill, Rupiah(41_000))
    dispute = _dispute(p, bill)
    assert (bill.held, paying.standing_of(bill).open) == (Rupiah(10_000), ZERO)
    _rule(p, bill, dispute, ZERO, NOW)
    assert (bill.payable, bill.status) == (Rupiah(41_000), BillStatus.PAID)
    assert _close(p, date(2026, 2, 9)).payable == Rupiah(-41_000)


def test_of_a_bill_that_is_paid_nothing_is_held(p: Partnership) -> None:
    bill = _billed(p)
    _pay(p, bill, SOLD)
    with pytest.raises(LinePaid):
        _dispute(p, bill)


def test_a_bill_that_a_ruling_empties_says_why_and_when(p: Partnership) -> None:
    bill = _billed(p)
    dispute = _dispute(p, bill)
    due_on = bill.due_on
    _rule(p, bill, dispute, ZERO, NOW)
    assert (bill.status, bill.due_on, dispute.due_before) == (BillStatus.NOTHING_DUE, None, due_on)
    assert bill.nothing_because is not None
    assert f"Keputusan sengketa {dispute.number} membatalkan" in bill.nothing_because
    assert "Periode berikutnya sampai 14-02-2026" in bill.nothing_because


@pytest.mark.parametrize(("days_after", "is_fined"), [(5, False), (6, True)])
def test_the_days_until_a_bill_is_due_stand_still_in_a_dispute(
    p: Partnership, days_after: int, *, is_fined: bool
) -> None:
    """Disputed five days before it was due; a month later there are five days again."""
    bill = _billed(p)
    assert bill.due_on is not None
    opened = at_local(bill.due_on - timedelta(days=5), 600)
    ruled, due_on = opened + timedelta(days=30), bill.due_on
    dispute = _dispute(p, bill, at=opened)
    _rule(p, bill, dispute, SOLD, ruled)
    assert (bill.due_on, dispute.due_before) == (due_on + timedelta(days=30), due_on)
    payment = _pay(p, bill, SOLD, ruled + timedelta(days=days_after))
    assert payment.due_on == bill.due_on
    later = ruled + timedelta(days=10)
    fine = _close(p, business_day(later) - timedelta(days=1), later).borne
    assert fine == (SOLD.share(FINE_BP) if is_fined else ZERO)


def test_two_disputes_at_once_stop_the_same_days_once(p: Partnership) -> None:
    happen(p.batch, StockEventKind.LOST, 2, date(2026, 2, 5))
    bill = _billed(p)
    assert bill.due_on is not None
    due_on = bill.due_on
    sale = _dispute(p, bill)
    lost = _dispute(p, bill, BillLineKind.BORNE_LOSS, NOW + timedelta(days=4))
    _rule(p, bill, sale, sale.held, NOW + timedelta(days=10))
    assert bill.due_on == due_on + timedelta(days=10)
    _pay(p, bill, sale.held, NOW + timedelta(days=11))
    _rule(p, bill, lost, lost.held, NOW + timedelta(days=30))
    assert bill.due_on == due_on + timedelta(days=30)


def test_who_owes_the_rest_has_the_old_day_for_all(p: Partnership) -> None:
    _rent(p)
    bill = _billed(p)
    due_on = bill.due_on
    dispute = _dispute(p, bill, BillLineKind.CHARGE)
    _rule(p, bill, dispute, -RENT, NOW + timedelta(days=30))
    assert (bill.due_on, dispute.due_before) == (due_on, None)
