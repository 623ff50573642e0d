"""Each form of cooperation: whose the goods are, who pays whom and when, and what stays at last."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger, get_balance
from pol.notices.models import Notice
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.consignment.models import CountLine
from pol.partnership.consignment.rules import (
    CountStatus,
    ReturnReason,
    SaleSource,
    StockEventKind,
)
from pol.partnership.consignment.rules.returning import BoughtStays, Piece
from pol.partnership.consignment.rules.sale import NoAgreementThen
from pol.partnership.consignment.services import counts, returns
from pol.partnership.consignment.services.sales import Sale, sell
from pol.partnership.settlement.models import Bill, SettledEvent
from pol.partnership.settlement.queries.bills import get_bill, of_stall
from pol.partnership.settlement.queries.renewals import sum_balance
from pol.partnership.settlement.queries.unbilled import list_unbilled
from pol.partnership.settlement.rules import BillLineKind, BillStatus
from pol.partnership.settlement.rules.bills import CarriedOn, PaymentTooHigh
from pol.partnership.settlement.services import paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import ChargeBasis, ChargeKind, CoopForm
from tests.factories.partnership import Partnership, make_application, make_call, make_placement
from tests.factories.shelves import make_agreement
from tests.factories.traders import make_keeper
from tests.partnership.settlement.goods import happen
from tests.partnership.settlement.of_form import close, lines_of, partnership_of

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)
SATURDAY = date(2026, 2, 7)
RENT = (ChargeKind.RENT, ChargeBasis.PER_PERIOD, 50_000, 0)
SHARE = (ChargeKind.PROMOTION, ChargeBasis.SHARE_OF_SALES, 0, 200)


def _sell(p: Partnership, quantity: int, day: date = SATURDAY, now: datetime = NOW) -> None:
    sale = Sale(p.store.id, p.sheet.id, quantity, day, f"{p.sheet.id}-{day}-{quantity}",
                source=SaleSource.SHEET)  # fmt: skip
    sell(sale, actor_id=p.owner.id, now=now)


def _pay(p: Partnership, bill: Bill, amount: int, now: datetime = NOW) -> None:
    sending = Sending(f"{bill.number}-{amount}", Rupiah(amount), now.date(), "BRI 1")
    paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=now)


def _owed(p: Partnership) -> Rupiah:
    """Return what the books say that the producer gets, the same on both accounts."""
    owed = get_balance(f"shelf_due:retailer:{p.retailer.id}")
    assert get_balance(f"shelf_payable:stall:{p.stall.id}") == -owed
    assert check_ledger().is_sound
    return owed


@pytest.mark.parametrize(("days", "due"), [(14, date(2026, 2, 16)), (3, date(2026, 2, 10))])
def test_a_store_owes_what_it_bought_from_the_day_it_came(
    session: Session, days: int, due: date
) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10, payment_days=days)
    assert [row.whole for row in list_unbilled(stall_id=p.stall.id)] == [Rupiah(127_500)]
    bill = close(p, SATURDAY, NOW)
    assert (bill.payable, bill.due_on) == (Rupiah(127_500), due)
    assert list_unbilled(stall_id=p.stall.id) == []
    assert _owed(p) == Rupiah(127_500)
    paying.approve_bill(bill=bill, actor_id=p.owner.id, now=NOW)
    _pay(p, bill, 127_500)
    assert bill.sale_to_money_tenths == 80
    assert _owed(p) == ZERO


def test_bought_goods_are_paid_once_whether_they_are_sold_or_not(session: Session) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10, charges=(SHARE,))
    _sell(p, 4)
    happen(p.batch, StockEventKind.LOST, 1, SATURDAY)
    bill = close(p, SATURDAY, NOW)
    amounts = {line.kind: line.amount.amount for line in lines_of(bill)}
    assert amounts == {"sale": 0, "purchase": 127_500, "charge": -3_000}
    assert (bill.sales, bill.margin) == (Rupiah(150_000), Rupiah(22_500))
    settled = select(func.count()).select_from(SettledEvent)
    assert db.session.scalar(settled) == 2
    _sell(p, 5, SATURDAY + timedelta(days=1), NOW)
    later = close(p, SATURDAY + timedelta(days=1), NOW)
    assert (later.payable, later.status) == (ZERO, BillStatus.NOTHING_DUE)
    assert "dibeli toko" in str(later.nothing_because)


def test_bought_goods_are_counted_without_their_producer(session: Session) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10)
    make_keeper(p.stall)
    count = counts.open_count(store_id=p.store.id, actor_id=p.owner.id, now=NOW)
    counts.enter_count(count=count, counted={p.batch.id: 8}, actor_id=p.owner.id, now=NOW)
    line = db.session.scalars(select(CountLine)).one()
    db.session.refresh(p.batch)
    assert (count.status, bool(line.agreed_at)) == (CountStatus.AGREED, True)
    assert (p.batch.on_shelf, p.batch.lost) == (8, 2)
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 0
    assert close(p, date(2026, 2, 9), NOW).payable == Rupiah(127_500)


def test_bought_goods_stay_but_for_what_their_producer_recalls(session: Session) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10)
    for reason in (ReturnReason.UNSOLD, ReturnReason.EXPIRED, ReturnReason.DAMAGED):
        note = returns.ask_return(store_id=p.store.id, pieces=[Piece(p.batch.id, 2)],
                                  reason=reason, key=reason.value, actor_id=p.owner.id,
                                  now=NOW)  # fmt: skip
        with pytest.raises(BoughtStays):
            returns.pick_up(note=note, actor_id=p.owner.id, now=NOW)
    returns.destroy(note=note, actor_id=p.owner.id, now=NOW)
    recall = returns.ask_return(store_id=p.store.id, pieces=[Piece(p.batch.id, 3)],
                                reason=ReturnReason.RECALL, key="tarik", actor_id=p.owner.id,
                                now=NOW)  # fmt: skip
    returns.pick_up(note=recall, actor_id=p.owner.id, now=NOW)
    bill = close(p, date(2026, 2, 10), NOW + timedelta(days=1))
    amounts = {line.kind: line.amount.amount for line in lines_of(bill)}
    assert amounts == {BillLineKind.PURCHASE: 127_500, BillLineKind.RETURN: -38_250}


def _end(agreement: Agreement) -> None:
    db.session.execute(
        update(Agreement)
        .where(Agreement.id == agreement.id)
        .values(status=AgreementStatus.ENDED, ended_at=datetime(2026, 2, 4, 17, tzinfo=UTC))
    )
    db.session.refresh(agreement)


def test_a_store_sells_what_it_bought_also_after_the_agreement(session: Session) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10)
    _end(p.agreement)
    _sell(p, 4)
    _follow(p, CoopForm.CONSIGNMENT)
    _sell(p, 6)
    bill = close(p, SATURDAY, NOW)
    assert bill.payable == Rupiah(127_500)


def test_consigned_goods_never_become_bought_ones(session: Session) -> None:
    p = partnership_of(CoopForm.CONSIGNMENT, quantity=10)
    _end(p.agreement)
    _follow(p, CoopForm.OUTRIGHT)
    with pytest.raises(NoAgreementThen):
        _sell(p, 4)


def _follow(p: Partnership, form: CoopForm) -> None:
    """Add another agreement about the same product in the same store."""
    call = make_call(p.retailer, by=p.owner, form=form)
    again = make_application(call, p.sheet, stores=[p.store])
    make_placement(again, p.shelf, agreement=make_agreement(again, call), x_mm=400)


def test_a_renter_gets_its_takings_without_the_rent(session: Session) -> None:
    p = partnership_of(CoopForm.RENT, charges=(RENT,), margin_bp=0, settle_every_days=30)
    _sell(p, 10)
    bill = close(p, SATURDAY, NOW)
    # Its own periods began on 1 and 31 January.
    assert (bill.sales, bill.margin, bill.charges) == (Rupiah(150_000), ZERO, Rupiah(100_000))
    assert (bill.payable, bill.due_on) == (Rupiah(50_000), date(2026, 2, 24))
    assert [line.quantity for line in lines_of(bill)] == [10, 2]
    assert _owed(p) == Rupiah(50_000)


def test_a_renter_pays_the_store_what_its_takings_do_not_cover(session: Session) -> None:
    p = partnership_of(CoopForm.RENT, charges=(RENT,), margin_bp=0, settle_every_days=30)
    keeper = make_keeper(p.stall)
    _sell(p, 2)
    bill = close(p, SATURDAY, NOW)
    row = get_bill(of_stall(p.stall.id), bill.number)
    assert (bill.payable, row.owed_back, row.open) == (Rupiah(-70_000), Rupiah(70_000), ZERO)
    assert "Produsen membayar Rp70.000 ke toko paling lambat 24-02-2026" in str(row.nothing_because)
    told = db.session.scalars(select(Notice.title).where(Notice.user_id == keeper.id)).all()
    assert told == ["Anda membayar Rp70.000 ke toko"]
    assert (_owed(p), sum_balance(p.placement, today=NOW.date())) == (
        Rupiah(-70_000),
        Rupiah(70_000),
    )
    with pytest.raises(PaymentTooHigh):
        _pay(p, bill, 70_001)
    _pay(p, bill, 30_000)
    assert (bill.paid, _owed(p)) == (Rupiah(30_000), Rupiah(-40_000))
    _sell(p, 4, SATURDAY + timedelta(days=1))
    later = close(p, SATURDAY + timedelta(days=2), NOW)
    assert (later.carried, later.payable) == (Rupiah(-40_000), Rupiah(20_000))
    assert get_bill(of_stall(p.stall.id), bill.number).owed_back == ZERO
    with pytest.raises(CarriedOn):
        _pay(p, bill, 40_000)
    paying.approve_bill(bill=later, actor_id=p.owner.id, now=NOW)
    _pay(p, later, 20_000)
    assert (_owed(p), sum_balance(p.placement, today=NOW.date())) == (ZERO, ZERO)


def test_a_place_of_a_programme_is_free_and_paid_as_its_call_says(session: Session) -> None:
    p = partnership_of(CoopForm.PROGRAMME, margin_bp=1_000, payment_days=5)
    _sell(p, 2)
    happen(p.batch, StockEventKind.LOST, 1, SATURDAY)
    bill = close(p, SATURDAY, NOW)
    assert (bill.sales, bill.margin, bill.charges) == (Rupiah(30_000), Rupiah(3_000), ZERO)
    assert (bill.payable, bill.due_on) == (Rupiah(40_500), date(2026, 2, 15))
    assert _owed(p) == Rupiah(40_500)


def test_a_renewed_agreement_does_not_ask_for_the_entrance_again(session: Session) -> None:
    once = (ChargeKind.LISTING_FEE, ChargeBasis.ONCE, 25_000, 0)
    p = partnership_of(CoopForm.CONSIGNMENT, charges=(once,))
    assert close(p, date(2026, 2, 3), NOW).charges == Rupiah(25_000)
    first = make_agreement(p.application, p.call, status=AgreementStatus.DRAFT)
    db.session.execute(
        update(Agreement).where(Agreement.id == p.agreement.id).values(follows_id=first.id)
    )
    assert close(p, SATURDAY, NOW).charges == ZERO
