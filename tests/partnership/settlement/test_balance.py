"""Nothing that two sides owe each other is forgotten with a place, or billed twice."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import StillOwed
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, BillLine, BillPayment
from pol.partnership.settlement.queries.renewals import sum_balance
from pol.partnership.settlement.rules import BillLineKind, RenewalKind
from pol.partnership.settlement.rules.sums import Late, new_fines
from pol.partnership.settlement.services import paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind, CoopForm
from tests.factories.partnership import Partnership
from tests.partnership.settlement.goods import count_goods, happen, sell
from tests.partnership.settlement.of_form import close, partnership_of

RENT = (ChargeKind.RENT, ChargeBasis.PER_PERIOD, 50_000, 0)
FINED = 200


def _free(p: Partnership, at: datetime) -> None:
    wish = Wish(RenewalKind.FREE, "Ganti produk")
    asked = renewing.ask(
        placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id, now=at
    )
    count_goods(p, at)
    renewing.agree(
        renewal=asked, placement=p.placement, by=Bearer.PRODUCER, actor_id=p.owner.id, now=at
    )


def _pay(p: Partnership, bill: Bill, at: datetime, amount: Rupiah | None = None) -> BillPayment:
    if bill.payable > ZERO and bill.approved_at is None:
        paying.approve_bill(bill=bill, actor_id=p.owner.id, now=at)
    standing = paying.standing_of(bill)
    amount = amount or standing.open or standing.owed_back
    sending = Sending(f"{bill.number}-{at}", amount, business_day(at), "BRI 1")
    return paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=at)


def test_a_rent_that_fell_is_paid_before_the_place_is_given_back_and_ends_with_it(
    session: Session,
) -> None:
    p = partnership_of(CoopForm.RENT, charges=(RENT,), margin_bp=0, settle_every_days=30)
    first = p.agreement.from_on
    happen(p.batch, StockEventKind.RETURNED, 24, first + timedelta(days=2))
    _pay(p, bill := close(p, first + timedelta(days=9), at_local(first + timedelta(days=10), 600)),
         at_local(first + timedelta(days=10), 600))  # fmt: skip
    assert bill.charges == Rupiah(50_000)
    second = first + timedelta(days=31)
    assert sum_balance(p.placement, today=first + timedelta(days=30)) == ZERO
    assert sum_balance(p.placement, today=second) == Rupiah(50_000)
    with pytest.raises(StillOwed), session.begin_nested():
        _free(p, at_local(second, 600))
    _pay(p, close(p, first + timedelta(days=30), at_local(second, 700)), at_local(second, 700))
    _free(p, at_local(second, 800))
    assert p.agreement.status is AgreementStatus.TERMINATED
    later = close(p, first + timedelta(days=200), at_local(first + timedelta(days=201), 600))
    assert later.charges == ZERO


def test_money_that_was_fined_and_never_came_is_not_fined_again(session: Session) -> None:
    p = partnership_of(CoopForm.CONSIGNMENT, late_fine_bp=FINED)
    sell(p.batch, 4, date(2026, 2, 5))
    bill = close(p, date(2026, 2, 7), at_local(date(2026, 2, 8), 600))
    late = at_local(date(2026, 4, 1), 600)
    payment = _pay(p, bill, late)
    fine = close(p, date(2026, 3, 31), late).borne
    assert fine == bill.payable.share(FINED)
    paying.deny_payment(
        bill=bill, number=payment.number, reason="Belum masuk", actor_id=p.owner.id, now=late
    )
    _pay(p, bill, late + timedelta(days=3))
    close(p, date(2026, 4, 3), late + timedelta(days=3))
    lines = select(BillLine.amount).where(BillLine.kind == BillLineKind.FINE)
    assert list(db.session.scalars(lines)) == [fine]


def _late(number: str, fine: int, charged: int | None, *, is_void: bool = False) -> Late:
    amount = None if charged is None else Rupiah(charged)
    return Late(number, Rupiah(fine), amount, is_void=is_void)


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        ([], []),
        ([_late("a", 10, None)], [("a", 10)]),
        ([_late("a", 10, 10)], []),
        ([_late("a", 10, None, is_void=True)], []),
        ([_late("a", 10, 10, is_void=True), _late("b", 10, None)], []),
        ([_late("a", 10, 10, is_void=True), _late("b", 12, None)], [("b", 2)]),
        ([_late("a", 10, 10, is_void=True), _late("b", 6, None), _late("c", 6, None)], [("c", 2)]),
        ([_late("a", 10, 10), _late("b", 6, None), _late("c", 6, None)], [("b", 6), ("c", 6)]),
    ],
)
def test_what_a_fine_has_cost_counts_for_the_next(
    payments: list[Late], expected: list[tuple[str, int]]
) -> None:
    assert [(number, amount.amount) for number, amount in new_fines(payments)] == expected
