"""I9: whatever happens to a stall's money, in whatever order, no payout exceeds its balance."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger, get_balance
from pol.payments.models import Payout, PayoutBatch
from pol.payments.queries import payouts as queries
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.payments.rules import payout as rules
from pol.payments.services import payouts
from pol.stalls.models import Stall
from tests.factories.orders import make_open_market
from tests.factories.traders import make_person
from tests.payments import till

STALL, AMOUNT = st.integers(0, 1), st.integers(1, 90_000)
STEP = st.one_of(
    st.tuples(st.just("earn"), STALL, AMOUNT),
    st.tuples(st.just("take_cash"), STALL, AMOUNT),
    st.tuples(st.just("give_back"), STALL, AMOUNT),
    st.tuples(st.just("make"), STALL, AMOUNT),
    st.tuples(st.just("approve"), STALL, AMOUNT),
    st.tuples(st.just("approve"), STALL, AMOUNT),
    st.tuples(st.just("drop"), STALL, AMOUNT),
    st.tuples(st.just("paid"), STALL, AMOUNT),
    st.tuples(st.just("failed"), STALL, AMOUNT),
)
Steps = list[tuple[str, int, int]]


class Till:
    """Two stalls of a market, two officers, and every way in which the stalls' money moves."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        market = make_open_market()
        self.stalls = [till.make_paid_stall(market, now=now) for _ in range(2)]
        self.maker, self.checker = make_person(), make_person()
        self.earned = dict.fromkeys((stall.id for stall in self.stalls), 0)

    def do(self, step: str, which: int, amount: int) -> None:
        self.now += timedelta(minutes=1)
        stall = self.stalls[which]
        moves: dict[str, Callable[..., None]] = {
            "earn": till.earn,
            "take_cash": till.take_cash,
            "give_back": till.give_back,
        }
        if step in moves:
            moves[step](stall, amount, now=self.now)
            sign = {"earn": 1, "take_cash": 0, "give_back": -1}[step]
            self.earned[stall.id] += sign * amount
            return
        try:
            with self.session.begin_nested():
                self._officer(step, stall)
        except Refused:
            self.session.expire_all()

    def _officer(self, step: str, stall: Stall) -> None:
        if step == "make":
            till.make(stall, self.maker, now=self.now)
        elif step in {"approve", "drop"}:
            for batch in self.session.scalars(
                select(PayoutBatch).where(PayoutBatch.status == BatchStatus.MADE)
            ):
                self._decide(step, batch)
        else:
            self._bank_answers(step)

    def _decide(self, step: str, batch: PayoutBatch) -> None:
        before = self.free()
        if step == "drop":
            payouts.drop_batch(batch=batch, officer_id=self.maker.id, now=self.now)
            assert self.free() == before
            return
        till.approve(batch, self.checker, now=self.now)
        for part in till.parts_of(batch):
            if part.status is PayoutStatus.PLANNED:
                assert ZERO < part.amount <= before[part.stall_id]

    def _bank_answers(self, step: str) -> None:
        row = next(iter(queries.list_batches(markets=None, limit=1)), None)
        for part in queries.list_payouts(batch_id=row.id) if row else ():
            payout, batch = till.lock(part.number)
            known: dict[str, Any] = {"payout": payout, "batch": batch, "now": self.now}
            if step == "paid":
                payouts.mark_paid(**known, officer_id=self.maker.id)
            else:
                payouts.mark_failed(**known, officer_id=self.maker.id, reason="Salah nomor")

    def free(self) -> dict[int, Rupiah]:
        """Return what each stall may be paid at most: what it is owed less the cash it keeps."""
        return {
            own.id: -get_balance(f"payable:stall:{own.id}") - get_balance(f"cash:stall:{own.id}")
            for own in self.stalls
        }

    def check(self) -> None:
        """Assert that what left and what is left make up what was earned."""
        gone = dict.fromkeys(self.earned, 0)
        rows = self.session.execute(
            select(Payout.stall_id, Payout.amount)
            .join(PayoutBatch, PayoutBatch.id == Payout.batch_id)
            .where(PayoutBatch.status == BatchStatus.APPROVED)
            .where(Payout.status.in_([PayoutStatus.PLANNED, PayoutStatus.PAID]))
        )
        for stall_id, amount in rows:
            gone[stall_id] += amount.amount
        for stall_id, free in self.free().items():
            assert free.amount == self.earned[stall_id] - gone[stall_id]


def assert_steps(session: Session, now: datetime, steps: Steps) -> None:
    """Do the steps in a market of their own and forget it again."""
    savepoint = session.begin_nested()
    try:
        day = Till(session, now)
        for step in steps:
            day.do(*step)
            day.check()
        assert check_ledger().is_sound
    finally:
        savepoint.rollback()
        session.expunge_all()


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_no_payout_exceeds_the_balance(session: Session, now: datetime, steps: Steps) -> None:
    assert_steps(session, now, steps)


ONE_DAY: Steps = [
    ("earn", 0, 60_000),
    ("take_cash", 0, 20_000),
    ("make", 0, 0),
    ("give_back", 0, 15_000),
    ("approve", 0, 0),
    ("failed", 0, 0),
    ("make", 0, 0),
    ("approve", 0, 0),
    ("paid", 0, 0),
    ("give_back", 0, 5_000),
]


def test_a_day_without_a_bug_keeps_the_rule(session: Session, now: datetime) -> None:
    assert_steps(session, now, ONE_DAY)


def send_what_was_planned(
    part: Payout, share: rules.Share, bank: str, checker_id: int, now: datetime
) -> None:
    """Trust the plan instead of the balance."""
    send(part, rules.Share(part.amount, share.netted), bank, checker_id, now)


def forget_cash(standing: rules.Standing, policy: rules.Policy, now: datetime) -> rules.Share:
    """Pay a stall in full that still keeps the operator's cash."""
    return rules.Share(max(standing.owed, ZERO), ZERO)


def keep_silent(part: Payout, step: str, *rest: Any) -> None:
    """Forget to write down that the bank sent the money back."""
    if step != "failed":
        post(part, step, *rest)


send, post = payouts._send, payouts._post  # noqa: SLF001 - the bugs go around them
PLANTS: dict[str, tuple[object, str, object]] = {
    "the plan is trusted": (payouts, "_send", send_what_was_planned),
    "cash is not netted": (rules, "weigh", forget_cash),
    "a failure is not reversed": (payouts, "_post", keep_silent),
}


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    monkeypatch.setattr(*PLANTS[bug])
    with pytest.raises(AssertionError):
        assert_steps(session, now, ONE_DAY)


def test_the_people_of_the_till_are_two(session: Session, now: datetime) -> None:
    day = Till(session, now)
    assert isinstance(day.maker, User)
    assert day.maker.id != day.checker.id
