"""Hypothesis plays a day at the counter: the ledger must always say what the model says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.ledger.queries import get_balances
from pol.payments.queries.deposits import find_waiting_shift, lock_shift_of_markets
from pol.payments.rules.cash import Count
from pol.payments.services import cash, shifts
from pol.payments.services.cash import Handing
from pol.stalls.models import Market, Stall
from tests.factories.catalogue import make_stall
from tests.factories.orders import make_open_market
from tests.factories.traders import make_officer, make_person
from tests.payments.counter import give_cash

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
AMOUNTS = st.sampled_from([1, 499, 500, 1_000, 2_500, 10_000, 10_001])
AROUND = st.sampled_from([-10_000, -1, 0, 1, 10_000])
STALLS = st.integers(0, 1)
_numbers = count(1)


@dataclass(frozen=True)
class Stage:
    """A market with two stalls, a courier and an officer."""

    market_id: int
    stall_ids: tuple[int, int]
    courier_id: int
    officer_id: int


@dataclass
class Books:
    """What the day should have come to; whole rupiah."""

    debts: list[int] = field(default_factory=lambda: [0, 0])
    bag: int = 0
    waiting: tuple[int, int] | None = None
    till: int = 0
    bank: int = 0
    loss: int = 0
    surplus: int = 0
    papers: dict[str, tuple[int, int]] = field(default_factory=dict)


def build() -> Stage:
    """Set the stage."""
    market = make_open_market()
    stalls = make_stall(market).id, make_stall(market).id
    return Stage(market.id, stalls, make_person().id, make_officer(market).id)


def attempt(do: Callable[[], object]) -> str:
    """Do something whole or not at all; return the name of the refusal, "" when it was done."""
    try:
        with db.session.begin_nested():
            do()
    except Refused as refusal:
        return type(refusal).__name__
    finally:
        db.session.expunge_all()
    return ""


class CounterDay(RuleBasedStateMachine):
    """One run."""

    def __init__(self, on: Stage) -> None:
        super().__init__()
        self.on, self.books = on, Books()

    @rule(which=STALLS, amount=AMOUNTS)
    def a_stall_keeps_cash(self, which: int, amount: int) -> None:
        give_cash(f"cash:stall:{self.on.stall_ids[which]}", amount, now=NOW)
        self.books.debts[which] += amount

    @rule(amount=AMOUNTS)
    def a_customer_pays_the_courier(self, amount: int) -> None:
        give_cash(f"cash:courier:{self.on.courier_id}", amount, now=NOW)
        self.books.bag += amount

    def _receive(self, which: int, press: Handing) -> str:
        return attempt(
            lambda: cash.receive_from_stall(
                stall=db.session.get_one(Stall, self.on.stall_ids[which]),
                handing=press,
                officer_id=self.on.officer_id,
                now=NOW,
            )
        )

    @rule(which=STALLS, more=AROUND, stale=st.sampled_from([0, 0, 0, 500]))
    def a_stall_pays(self, which: int, more: int, stale: int) -> None:
        debt = self.books.debts[which]
        amount, key = debt + more, f"setoran-{next(_numbers):016}"
        said = self._receive(which, Handing(key, Rupiah(amount), Rupiah(debt + stale)))
        if amount <= 0:
            assert said == "AmountMissing"
        elif amount > debt:
            assert said == "MoreThanDebt"
        elif stale:
            assert said == "DebtChanged"
        else:
            assert said == ""
            self.books.debts[which] -= amount
            self.books.till += amount
            self.books.papers[key] = which, amount

    @rule(pick=st.integers(0, 50), other=st.booleans(), more=st.sampled_from([0, 0, 1]))
    def a_press_is_repeated(self, pick: int, other: bool, more: int) -> None:  # noqa: FBT001
        if not self.books.papers:
            return
        key = sorted(self.books.papers)[pick % len(self.books.papers)]
        which, amount = self.books.papers[key]
        press = Handing(key, Rupiah(amount + more), Rupiah(self.books.debts[which]))
        said = self._receive((which + other) % 2, press)
        assert said == ("FormAlreadyUsed" if other or more else "")

    @rule(off=st.sampled_from([0, 0, -500, -10_000, 700]), why=st.booleans())
    def the_courier_counts(self, off: int, why: bool) -> None:  # noqa: FBT001
        expected = self.books.bag
        whole = max(expected + off, 0)
        note = "Beda" if why else ""
        counted = Count(Rupiah(whole), Rupiah(expected), note)
        said = attempt(
            lambda: shifts.count_shift(
                courier_id=self.on.courier_id,
                market_id=self.on.market_id,
                count=counted,
                now=NOW,
            )
        )
        if not expected and not whole:
            assert said == "BagEmpty"
        elif whole != expected and not why:
            assert said == "ReasonOfDifference"
        else:
            assert said == ""
            self.books.waiting = expected, whole

    @rule(forgive=st.booleans())
    def the_officer_takes_the_bag(self, forgive: bool) -> None:  # noqa: FBT001
        waiting = find_waiting_shift(self.on.courier_id)
        assert (waiting is None) is (self.books.waiting is None)
        if waiting is None or self.books.waiting is None:
            return
        expected, whole = self.books.waiting
        said = attempt(
            lambda: shifts.accept_shift(
                shift=lock_shift_of_markets(waiting.number, market_ids=[self.on.market_id]),
                seen=waiting.counted,
                forgive=forgive,
                officer_id=self.on.officer_id,
                now=NOW,
            )
        )
        if expected != self.books.bag:
            assert said == "CountOutdated"
            return
        assert said == ""
        self.books.waiting = None
        self.books.till += whole
        self.books.surplus += max(whole - expected, 0)
        missing = max(expected - whole, 0)
        self.books.bag = 0 if forgive else missing
        self.books.loss += missing if forgive else 0

    @rule(more=AROUND)
    def the_till_goes_to_the_bank(self, more: int) -> None:
        amount, key = self.books.till + more, f"bank-{next(_numbers):016}"
        said = attempt(
            lambda: cash.bring_to_bank(
                market=db.session.get_one(Market, self.on.market_id),
                key=key,
                amount=Rupiah(amount),
                reference="BRI",
                officer_id=self.on.officer_id,
                now=NOW,
            )
        )
        if amount <= 0:
            assert said == "AmountMissing"
        elif amount > self.books.till:
            assert said == "MoreThanTill"
        else:
            assert said == ""
            self.books.till -= amount
            self.books.bank += amount

    @invariant()
    def the_ledger_says_what_the_model_says(self) -> None:
        books, on = self.books, self.on
        expected = {
            f"cash:stall:{on.stall_ids[0]}": books.debts[0],
            f"cash:stall:{on.stall_ids[1]}": books.debts[1],
            f"cash:courier:{on.courier_id}": books.bag,
            f"cash:market:{on.market_id}": books.till,
            f"bank:market:{on.market_id}": books.bank,
            f"expense:cash_shortage:{on.market_id}": books.loss,
            f"income:cash_overage:{on.market_id}": -books.surplus,
        }
        held = get_balances(expected)
        assert {code: amount.amount for code, amount in held.items()} == expected
        assert min(books.debts) >= 0


def assert_one_day(on: Stage) -> None:
    """Play one day by hand, in which everything happens that a planted bug could spoil."""
    day = CounterDay(on)
    steps: list[Callable[[], None]] = [
        lambda: day.a_stall_keeps_cash(0, 10_000),
        lambda: day.a_stall_pays(0, 1, 0),
        lambda: day.a_stall_pays(0, -1, 500),
        lambda: day.a_stall_pays(0, -1, 0),
        lambda: day.a_press_is_repeated(0, other=False, more=0),
        lambda: day.a_press_is_repeated(0, other=True, more=0),
        lambda: day.the_till_goes_to_the_bank(1),
        lambda: day.the_till_goes_to_the_bank(0),
        lambda: day.a_customer_pays_the_courier(2_500),
        lambda: day.the_courier_counts(-500, why=False),
        lambda: day.the_courier_counts(0, why=True),
        lambda: day.the_courier_counts(-500, why=True),
        lambda: day.the_officer_takes_the_bag(forgive=False),
        lambda: day.a_customer_pays_the_courier(1_000),
        lambda: day.the_courier_counts(-500, why=True),
        lambda: day.the_officer_takes_the_bag(forgive=True),
    ]
    for step in steps:
        step()
        day.the_ledger_says_what_the_model_says()


def play(on: Stage, *, runs: int, steps: int) -> None:
    """Play so many days, each undone afterwards."""

    class Undone(CounterDay):
        def __init__(self) -> None:
            self.undo = db.session.begin_nested()
            super().__init__(on)

        def teardown(self) -> None:
            self.undo.rollback()
            db.session.expunge_all()

    kept: Any = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Undone, settings=kept)
