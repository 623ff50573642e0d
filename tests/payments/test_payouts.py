"""From a stall's balance to its bank account through two officers, and back when the bank fails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.notices.models import Notice
from pol.payments.models import Payout, PayoutBatch
from pol.payments.queries import payouts as queries
from pol.payments.queries.standings import preview
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.payments.rules import payout as rules
from pol.payments.rules.payout import USUAL, LeftOut
from pol.payments.services import payouts
from pol.payments.services.bank_accounts import Wanted, set_account
from pol.stalls.models import Stall
from pol.stalls.queries.own import get_owner
from pol.stalls.rules import StallStatus
from tests.factories.orders import make_kept_stall, make_open_market
from tests.factories.traders import make_officer, make_person
from tests.orders.checks import balance_of
from tests.payments import till

HOUR = timedelta(hours=1)


@pytest.fixture
def maker(session: Session) -> User:
    return make_person("Petugas Satu (contoh)")


@pytest.fixture
def checker(session: Session) -> User:
    return make_person("Petugas Dua (contoh)")


def owed(stall: Stall) -> Rupiah:
    return -balance_of(f"payable:stall:{stall.id}")


def test_what_a_stall_is_owed_reaches_its_bank_account(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=150_000)
    batch = till.make(stall, maker, now=now)
    assert owed(stall) == Rupiah(150_000)  # making moves nothing
    till.approve(batch, checker, now=now + HOUR)
    assert owed(stall) == ZERO
    assert balance_of(f"bank:market:{stall.market_id}") == Rupiah(-150_000)
    (part,) = till.parts_of(batch)
    assert (part.bank, part.account, part.holder) == ("Bank Jatim", "0012345678", "Siti Contoh")
    payouts.mark_paid(payout=part, batch=batch, officer_id=maker.id, now=now + 2 * HOUR)
    assert part.status is PayoutStatus.PAID
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("payout.%")))
    assert sorted(actions) == ["payout.batch_approved", "payout.batch_made", "payout.paid"]
    titles = session.scalars(select(Notice.title).order_by(Notice.id)).all()
    assert titles[-2:] == ["Rp150.000 sedang dikirim", "Rp150.000 sudah dikirim"]
    assert check_ledger().is_sound


def test_cash_that_the_stall_keeps_is_taken_off_first(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=100_000)
    till.take_cash(stall, 30_000, now=now - HOUR)
    batch = till.make(stall, maker, now=now)
    till.approve(batch, checker, now=now)
    (part,) = till.parts_of(batch)
    assert part.amount == Rupiah(100_000)
    assert (owed(stall), balance_of(f"cash:stall:{stall.id}")) == (ZERO, ZERO)


def test_whoever_makes_a_batch_does_not_approve_it(
    session: Session, now: datetime, maker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    with pytest.raises(rules.SamePerson):
        till.approve(batch, maker, now=now)
    assert owed(stall) == Rupiah(50_000)


def test_a_batch_is_decided_once(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    till.approve(batch, checker, now=now)
    with pytest.raises(rules.BatchAlreadyDecided):
        till.approve(batch, checker, now=now)
    with pytest.raises(rules.BatchAlreadyDecided):
        payouts.drop_batch(batch=batch, officer_id=maker.id, now=now)
    assert balance_of(f"bank:market:{stall.market_id}") == Rupiah(-50_000)


def test_a_dropped_batch_leaves_the_money_to_the_next(
    session: Session, now: datetime, maker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    with pytest.raises(rules.NothingToPay):  # it waits in a batch already
        till.make(stall, maker, now=now)
    payouts.drop_batch(batch=batch, officer_id=maker.id, now=now)
    (part,) = till.parts_of(batch)
    assert (batch.status, part.status) == (BatchStatus.DROPPED, PayoutStatus.DROPPED)
    assert till.make(stall, maker, now=now).number != batch.number


def test_money_earned_after_the_moment_waits_for_the_next_batch(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    till.earn(stall, 20_000, now=now)
    batch = till.make(stall, maker, now=now)
    till.approve(batch, checker, now=now + HOUR)
    assert (till.parts_of(batch)[0].amount, owed(stall)) == (Rupiah(50_000), Rupiah(20_000))
    with pytest.raises(rules.UntilAhead):
        payouts.make_batch(
            market_id=stall.market_id, until=now + HOUR, policy=USUAL, officer_id=maker.id, now=now
        )


def test_a_refund_before_the_approval_makes_the_payout_smaller(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    till.give_back(stall, 15_000, now=now)
    till.approve(batch, checker, now=now)
    (part,) = till.parts_of(batch)
    assert (part.amount, owed(stall)) == (Rupiah(35_000), ZERO)
    assert "Rp50.000" in (part.reason or "")


def drop_verification(stall: Stall, now: datetime) -> None:
    stall.status = StallStatus.SUSPENDED


def refund_all(stall: Stall, now: datetime) -> None:
    till.give_back(stall, 50_000, now=now)


def refund_most(stall: Stall, now: datetime) -> None:
    till.give_back(stall, 45_000, now=now)


def change_account(stall: Stall, now: datetime) -> None:
    wanted = Wanted("BRI", "987654321", "Orang Lain (contoh)")
    owner = get_owner(stall_id=stall.id).user_id
    set_account(stall=stall, wanted=wanted, policy=USUAL, actor_id=owner, now=now)


def change_account_long_ago(stall: Stall, now: datetime) -> None:
    change_account(stall, now - 2 * USUAL.cool_down)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (drop_verification, LeftOut.NOT_VERIFIED),
        (refund_all, LeftOut.NOTHING_DUE),
        (refund_most, LeftOut.BELOW_MINIMUM),
        (change_account, LeftOut.COOLING),
        (change_account_long_ago, LeftOut.ACCOUNT_CHANGED),
    ],
)
def test_what_happens_before_the_approval_drops_a_payout_with_its_reason(
    session: Session,
    now: datetime,
    maker: User,
    checker: User,
    happens: Callable[[Stall, datetime], None],
    reason: LeftOut,
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    happens(stall, now)
    before = owed(stall)
    till.approve(batch, checker, now=now)
    (part,) = till.parts_of(batch)
    assert (part.status, part.reason) == (PayoutStatus.DROPPED, payouts.WHY_DROPPED[reason])
    assert owed(stall) == before
    assert queries.get_batch(number=batch.number, markets=None).count == 0


def test_money_that_the_bank_sends_back_is_owed_again_once(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    (part,) = till.parts_of(batch)
    failed: dict[str, Any] = {"payout": part, "batch": batch, "officer_id": maker.id, "now": now}
    with pytest.raises(rules.PayoutAlreadyDecided):  # not approved yet
        payouts.mark_failed(**failed, reason="Nomor salah")
    till.approve(batch, checker, now=now)
    with pytest.raises(rules.FailureReasonMissing):
        payouts.mark_failed(**failed, reason=" ")
    payouts.mark_failed(**failed, reason="Nomor rekening salah.")
    with pytest.raises(rules.PayoutAlreadyDecided):
        payouts.mark_failed(**failed, reason="Sekali lagi")
    with pytest.raises(rules.PayoutAlreadyDecided):
        payouts.mark_paid(**failed)
    assert (owed(stall), balance_of(f"bank:market:{stall.market_id}")) == (Rupiah(50_000), ZERO)
    letter = session.scalars(select(Notice.body).order_by(Notice.id.desc()).limit(1)).one()
    assert "Nomor rekening salah." in letter
    assert till.make(stall, maker, now=now).status is BatchStatus.MADE


def test_a_refund_after_the_payout_is_deducted_from_the_next(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    till.approve(till.make(stall, maker, now=now), checker, now=now)
    till.give_back(stall, 20_000, now=now)
    assert owed(stall) == Rupiah(-20_000)
    with pytest.raises(rules.NothingToPay):
        till.make(stall, maker, now=now + HOUR)
    till.earn(stall, 75_000, now=now + HOUR)
    later = now + 2 * HOUR
    batch = till.make(stall, maker, now=later)
    till.approve(batch, checker, now=later)
    assert (till.parts_of(batch)[0].amount, owed(stall)) == (Rupiah(55_000), ZERO)


def test_all_that_is_on_its_way_can_be_marked_as_paid_at_once(
    session: Session, now: datetime, maker: User, checker: User
) -> None:
    market = make_open_market()
    stalls = [till.make_paid_stall(market, now=now, earned=50_000) for _ in range(3)]
    batch = till.make(stalls[0], maker, now=now)
    till.approve(batch, checker, now=now)
    first = till.parts_of(batch)[0]
    payouts.mark_failed(payout=first, batch=batch, reason="x", officer_id=maker.id, now=now)
    assert payouts.mark_all_paid(batch=batch, officer_id=maker.id, now=now) == 2
    row = queries.get_batch(number=batch.number, markets=[market.id])
    assert (row.count, row.amount, row.waiting) == (3, Rupiah(150_000), 0)
    (mine,) = queries.list_payouts_of_stall(stall_id=stalls[1].id)
    assert queries.get_payout(number=mine.number, stall_id=stalls[1].id).status == "paid"
    with pytest.raises(NotFound):
        queries.get_payout(number=mine.number, stall_id=stalls[2].id)


def test_the_preview_says_why_a_stall_is_left_out(session: Session, now: datetime) -> None:
    market = make_open_market()
    till.make_paid_stall(market, now=now)  # owed nothing: not named
    good = till.make_paid_stall(market, now=now, earned=50_000)
    little = till.make_paid_stall(market, now=now, earned=9_999)
    bare, _ = make_kept_stall(market)
    till.earn(bare, 50_000, now=now - HOUR)
    fresh, owner = make_kept_stall(market)
    set_account(stall=fresh, wanted=till.BANK, policy=USUAL, actor_id=owner.id, now=now)
    till.earn(fresh, 50_000, now=now - HOUR)
    closed = till.make_paid_stall(market, now=now, earned=50_000)
    closed.status = StallStatus.SUSPENDED
    cash_only = till.make_paid_stall(market, now=now)
    till.take_cash(cash_only, 50_000, now=now - HOUR)
    seen = preview(market_id=market.id, until=now, policy=USUAL, now=now)
    assert [(one.stall_id, one.holder) for one in seen.paid] == [(good.id, "Siti Contoh")]
    assert seen.amount == Rupiah(50_000)
    assert {one.stall_id: one.share.reason for one in seen.left_out} == {
        little.id: LeftOut.BELOW_MINIMUM,
        bare.id: LeftOut.NO_ACCOUNT,
        fresh.id: LeftOut.COOLING,
        closed.id: LeftOut.NOT_VERIFIED,
        cash_only.id: LeftOut.NOTHING_DUE,
    }


def test_batches_of_another_market_do_not_exist(
    session: Session, now: datetime, maker: User
) -> None:
    stall = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(stall, maker, now=now)
    other = make_open_market()
    assert make_officer(other).id != maker.id
    for get in (queries.get_batch, queries.lock_batch):
        with pytest.raises(NotFound):
            get(number=batch.number, markets=[other.id])
    with pytest.raises(NotFound):
        queries.lock_payout(
            number=f"{batch.number}-1", batch_number=batch.number, markets=[other.id]
        )
    with pytest.raises(NotFound):
        till.lock(f"{batch.number}-2")
    assert queries.count_undecided(markets=[other.id]) == 0
    assert queries.count_undecided(markets=[stall.market_id]) == 1
    assert [row.number for row in queries.list_batches(markets=None)] == [batch.number]
    assert session.scalars(select(Payout.batch_id)).all() == [batch.id]
    assert session.get_one(PayoutBatch, batch.id).made_by_id == maker.id
