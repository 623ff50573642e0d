"""Several processes pay the same stalls: no rupiah leaves twice, and none that is not there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.transaction import transaction
from pol.ledger import services as ledger
from pol.ledger.queries import check_ledger
from pol.payments.models import Payout, PayoutBatch
from pol.payments.queries import payouts as queries
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.payments.rules.payout import USUAL
from pol.payments.services import payouts
from pol.stalls.models import Stall
from tests.factories.orders import make_open_market
from tests.factories.traders import make_person
from tests.orders.checks import balance_of
from tests.payments import till
from tests.races.crew import Crew, Job
from tests.rig.figures import Figure


def make_batch(market_id: int, maker_id: int, now: datetime) -> str:
    """Make a batch as an officer's press does; return its number."""
    with transaction():
        batch = payouts.make_batch(
            market_id=market_id, until=now, policy=USUAL, officer_id=maker_id, now=now
        )
    return batch.number


def approve(number: str, checker_id: int, now: datetime) -> None:
    """Approve a batch as another officer's press does."""
    with transaction():
        batch = queries.lock_batch(number=number, markets=None)
        payouts.approve_batch(batch=batch, policy=USUAL, checker_id=checker_id, now=now)


def approve_naively(number: str, checker_id: int, now: datetime) -> None:
    """Approve without holding the accounts: look first, then post what was planned."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "hold", lambda codes: None)
        approve(number, checker_id, now)


def fail(number: str, officer_id: int, now: datetime) -> None:
    """Note that the bank sent a payout back."""
    with transaction():
        payout, batch = till.lock(number)
        payouts.mark_failed(
            payout=payout, batch=batch, reason="Salah", officer_id=officer_id, now=now
        )


def refund(stall_id: int, amount: int, key: str, now: datetime) -> None:
    """Take something off a stall's balance, as a refund to a customer does."""
    lines = [(f"payable:stall:{stall_id}", Rupiah(amount)), ("refund:due", Rupiah(-amount))]
    with transaction():
        ledger.post(key=key, at=now, reference=key, memo="Pengembalian", lines=lines)


def twin(batch: PayoutBatch, maker_id: int) -> str:
    """Plan the same money a second time, as two officers could before they queued up."""
    columns = {"market_id": batch.market_id, "until": batch.until, "made_at": batch.made_at}
    second = PayoutBatch(
        number=f"{batch.number}-kembar", status=BatchStatus.MADE, made_by_id=maker_id, **columns
    )
    db.session.add(second)
    db.session.flush()
    for at, part in enumerate(till.parts_of(batch)):
        same: dict[str, Any] = {
            name: getattr(part, name)
            for name in ("stall_id", "amount", "bank", "account", "holder", "status")
        }
        db.session.add(Payout(number=f"{second.number}-{at}", batch_id=second.id, **same))
    db.session.commit()
    return second.number


def paid_out(session: Session, stall: Stall) -> Rupiah:
    return total(
        session.scalars(
            select(Payout.amount)
            .join(PayoutBatch, PayoutBatch.id == Payout.batch_id)
            .where(Payout.stall_id == stall.id, PayoutBatch.status == BatchStatus.APPROVED)
            .where(Payout.status == PayoutStatus.PLANNED)
        )
    )


def test_officers_who_press_at_once_make_one_batch(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    officers = [make_person().id for _ in range(3)]
    for _ in range(rounds(8, 100)):
        stall = till.make_paid_stall(now=now, earned=50_000)
        session.commit()
        outcomes = crew.together(
            [(make_batch, (stall.market_id, officer, now)) for officer in officers]
        )
        assert sorted(one.refusal or "" for one in outcomes) == ["", "NothingToPay", "NothingToPay"]


def test_two_batches_and_a_refund_never_pay_the_same_money_twice(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    maker, checker, turns = make_person(), make_person(), rounds(12, 300)
    for turn in range(turns):
        market = make_open_market()
        stalls = [till.make_paid_stall(market, now=now, earned=50_000) for _ in range(3)]
        batch = till.make(stalls[0], maker, now=now)
        second = twin(batch, maker.id)
        jobs: list[Job] = [
            (approve, (batch.number, checker.id, now)),
            (approve, (second, checker.id, now)),
            (refund, (stalls[0].id, 20_000, f"refund:{turn}", now)),
        ]
        outcomes = crew.together(jobs)
        assert {one.refusal for one in outcomes} == {None}
        session.rollback()  # ends the snapshot
        assert paid_out(session, stalls[0]) in {Rupiah(50_000), Rupiah(30_000)}
        for stall in stalls[1:]:
            assert paid_out(session, stall) == Rupiah(50_000)
            assert balance_of(f"payable:stall:{stall.id}") == ZERO
    assert check_ledger().is_sound
    figure("payouts: two batches and a refund at once", turns=turns, doubled=0)


@pytest.mark.engines("postgresql")  # on SQLite all writers queue up, whatever they hold
def test_without_holding_the_accounts_the_same_money_leaves_twice(
    session: Session, crew: Crew, now: datetime
) -> None:
    maker, checker, doubled = make_person(), make_person(), 0
    for _ in range(40):
        market = make_open_market()
        stalls = [till.make_paid_stall(market, now=now, earned=50_000) for _ in range(6)]
        batch = till.make(stalls[0], maker, now=now)
        second = twin(batch, maker.id)
        crew.together(
            [
                (approve_naively, (batch.number, checker.id, now)),
                (approve_naively, (second, checker.id, now)),
                (refund, (stalls[0].id, 0, "nothing", now)),
            ]
        )
        session.rollback()  # ends the snapshot
        doubled += sum(paid_out(session, stall) > Rupiah(50_000) for stall in stalls)
        if doubled:
            break
    assert doubled


def test_money_that_three_officers_call_back_comes_back_once(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    maker, checker = make_person(), make_person()
    for _ in range(rounds(6, 100)):
        stall = till.make_paid_stall(now=now, earned=50_000)
        batch = till.make(stall, maker, now=now)
        till.approve(batch, checker, now=now)
        session.commit()
        later = now + timedelta(hours=1)
        outcomes = crew.together([(fail, (f"{batch.number}-1", maker.id, later))] * 3)
        refusals = sorted(one.refusal or "" for one in outcomes)
        assert refusals == ["", "PayoutAlreadyDecided", "PayoutAlreadyDecided"]
        session.rollback()  # ends the snapshot
        assert balance_of(f"payable:stall:{stall.id}") == Rupiah(-50_000)
