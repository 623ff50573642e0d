"""Problems: one at a time, answered once, decided once, and the money follows the word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.notices.models import Notice
from pol.orders.models import Order, OrderEvent, OrderGroup, Problem, ProblemPicture
from pol.orders.queries import problems as queries
from pol.orders.rules import problems as rules
from pol.orders.rules.life import ActorKind, ProblemStatus
from pol.orders.rules.refunding import NoAccountForCredit, RefundTooMuch
from pol.orders.services import problems, refunds
from pol.orders.services.problems import Decision, Saying
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, Method
from pol.payments.services.credit import balance_of as credit_of
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of, check_group

KEYS = ("a" * 20, "b" * 20, "c" * 20)
DAY = timedelta(hours=24)


@dataclass
class Sold:
    """Rp30.000 of fish at 5 % commission, in the customer's hands since now."""

    group: OrderGroup
    order: Order
    trader: User
    customer: User
    now: datetime

    @property
    def market_id(self) -> int:
        return self.order.shipment.market_id

    def report(self, wanted: int = 10_000, after: timedelta = timedelta(hours=1)) -> Problem:
        return problems.report(
            order=self.order,
            saying=Saying("Layu semua", KEYS[:2]),
            wanted=Rupiah(wanted),
            customer_id=self.customer.id,
            now=self.now + after,
        )

    def answer(self, problem: Problem, text: str = "Tadi segar") -> None:
        problems.answer(
            order=self.order,
            problem=problem,
            saying=Saying(text, KEYS[2:]),
            trader_id=self.trader.id,
            now=self.now + 2 * timedelta(hours=1),
        )

    def agree(self, problem: Problem) -> None:
        problems.agree(
            order=self.order,
            problem=problem,
            saying=Saying("Maaf, Bu"),
            trader_id=self.trader.id,
            now=self.now + 2 * timedelta(hours=1),
        )

    def decide(
        self,
        problem: Problem,
        amount: int,
        *,
        channel: Channel = Channel.CREDIT,
        reason: str = "Foto jelas",
        officer: User | None = None,
    ) -> None:
        problems.decide(
            order=self.order,
            problem=problem,
            decision=Decision(Rupiah(amount), channel, reason),
            officer_id=(officer or make_person("Petugas")).id,
            now=self.now + DAY,
        )


@pytest.fixture
def sold(session: Session, now: datetime) -> Sold:
    market, customer = make_open_market(), make_person()
    stall, trader = make_kept_stall(market)
    wishes = [(make_product(stall, price=30_000), 1_000)]
    group = place(wishes, now=now, method=Method.TRANSFER, user=customer)
    pay(group, officer=make_person(), now=now)
    (order,) = orders_of(group)
    order.commission_bp, order.commission = 500, Rupiah(1_500)
    bring_to_customer(order, trader=trader, courier=make_person(), now=now)
    return Sold(group, order, trader, customer, now)


def titles(person: User) -> list[str]:
    found = select(Notice.title).where(Notice.user_id == person.id).order_by(Notice.id)
    return list(db.session.scalars(found))


def test_a_report_tells_the_stall_and_stands_in_history_and_trail(sold: Sold) -> None:
    problem = sold.report()
    assert titles(sold.trader)[-1] == "Pembeli melaporkan masalah"
    events = select(OrderEvent).where(OrderEvent.order_id == sold.order.id)
    last = db.session.scalars(events.order_by(OrderEvent.id)).all()[-1]
    assert (last.actor_kind, last.actor_id) == (ActorKind.CUSTOMER, sold.customer.id)
    assert "Layu semua" in (last.reason or "")
    (view,) = queries.list_of_orders([sold.order.id])[sold.order.id]
    assert (view.wanted, view.left) == (Rupiah(10_000), Rupiah(30_000))
    assert list(view.by_customer) == list(KEYS[:2])
    trail = select(AuditEntry.action).where(AuditEntry.subject == f"problem:{problem.id}")
    assert db.session.scalars(trail).all() == ["problem.reported"]


@pytest.mark.parametrize(
    ("delivered", "after", "fits"),
    [(True, 48 * 3_600, True), (True, 48 * 3_600 + 1, False), (False, 0, False)],
)
def test_the_window_is_two_days_from_hand_over(
    now: datetime, *, delivered: bool, after: int, fits: bool
) -> None:
    at, then = now if delivered else None, now + timedelta(seconds=after)
    assert rules.may_report(delivered_at=at, is_open=False, now=then) is fits
    if not fits:
        with pytest.raises(rules.ProblemTooLate, match="48 jam"):
            rules.check_report(
                delivered_at=at, is_open=False, text="Layu", wanted=ZERO, left=Rupiah(1), now=then
            )


@pytest.mark.parametrize("wanted", [-1, 30_001, 10**13])
def test_nobody_can_want_more_than_is_left(sold: Sold, wanted: int) -> None:
    with pytest.raises(rules.WantedTooMuch, match=r"Rp30\.000"):
        sold.report(wanted)


def test_a_report_says_what_is_wrong(sold: Sold) -> None:
    with pytest.raises(rules.ProblemTextMissing):
        problems.report(
            order=sold.order, saying=Saying(" "), wanted=ZERO, customer_id=None, now=sold.now
        )


def test_one_problem_at_a_time_and_the_database_says_so_too(sold: Sold) -> None:
    problem = sold.report()
    with pytest.raises(rules.ProblemOpen):
        sold.report()
    second = Problem(order_id=sold.order.id, at=sold.now, text="x", status=ProblemStatus.ANSWERED)
    with pytest.raises(IntegrityError), db.session.begin_nested():  # noqa: PT012 - flushed inside
        db.session.add(second)
        db.session.flush()
    sold.decide(problem, 0)
    again = sold.report()
    one, two = queries.list_of_orders([sold.order.id])[sold.order.id]
    assert (one.id, two.id) == (problem.id, again.id)
    assert (len(one.by_customer), len(two.by_customer)) == (2, 0)


def test_a_yes_of_the_stall_moves_the_money_at_once(sold: Sold) -> None:
    problem = sold.report()
    sold.agree(problem)
    assert (problem.status, problem.refund) == (ProblemStatus.DECIDED, Rupiah(10_000))
    assert credit_of(sold.customer.id) == Rupiah(10_000)
    assert -balance_of(f"payable:stall:{sold.order.stall_id}") == Rupiah(19_000)
    assert -balance_of(f"income:commission:{sold.market_id}") == Rupiah(1_000)
    events = select(OrderEvent.actor_kind).order_by(OrderEvent.id.desc()).limit(1)
    assert db.session.scalar(events) is ActorKind.TRADER
    assert "Uang pembeli dikembalikan" in titles(sold.customer)
    check_group(sold.group)


def test_a_guest_gets_it_back_the_way_it_was_paid(sold: Sold) -> None:
    sold.group.user_id = None
    sold.agree(sold.report())
    (due,) = db.session.scalars(select(RefundDue)).all()
    assert (due.amount, due.channel) == (Rupiah(10_000), Channel.TRANSFER)


def test_a_yes_to_nothing_moves_nothing(sold: Sold) -> None:
    sold.agree(sold.report(0))
    assert sold.group.refunded == ZERO
    assert titles(sold.customer)[-1] == "Komplain selesai"


def test_a_yes_to_what_is_not_left_is_refused(sold: Sold) -> None:
    problem = sold.report(30_000)
    refunds.refund_order(
        order=sold.order,
        amount=Rupiah(1),
        channel=Channel.CASH,
        reason="Sudah diberi",
        officer_id=None,
        now=sold.now,
    )
    with pytest.raises(RefundTooMuch):
        sold.agree(problem)


def test_a_no_is_told_and_then_the_officer_decides(sold: Sold) -> None:
    problem = sold.report()
    sold.answer(problem)
    assert titles(sold.customer)[-1] == "Lapak menjawab komplain"
    assert db.session.scalar(select(func.count()).select_from(ProblemPicture)) == 3
    sold.decide(problem, 4_000, channel=Channel.CASH)
    (due,) = db.session.scalars(select(RefundDue)).all()
    assert (due.amount, due.channel) == (Rupiah(4_000), Channel.CASH)
    assert "komplain. Foto jelas" in due.reason
    assert titles(sold.customer)[-1] == titles(sold.trader)[-1] == "Uang pembeli dikembalikan"
    check_group(sold.group)


def test_each_side_speaks_once(sold: Sold) -> None:
    problem = sold.report()
    with pytest.raises(rules.AnswerMissing):
        sold.answer(problem, " ")
    sold.answer(problem)
    for again in (sold.answer, sold.agree):
        with pytest.raises(rules.ProblemClosed):
            again(problem)
    sold.decide(problem, 1_000)
    with pytest.raises(rules.ProblemClosed):
        sold.decide(problem, 1_000)
    assert sold.group.refunded == Rupiah(1_000)


def test_a_decision_gives_a_reason_and_comes_from_somebody_else(sold: Sold) -> None:
    problem = sold.report()
    with pytest.raises(rules.DecisionMissing):
        sold.decide(problem, 0, reason=" ")
    with pytest.raises(rules.OwnStall):
        sold.decide(problem, 0, officer=sold.trader)


@pytest.mark.parametrize("amount", [-1, 30_001, 10**13])
def test_a_decision_gives_no_more_than_is_left(sold: Sold, amount: int) -> None:
    problem = sold.report()
    with pytest.raises(RefundTooMuch):
        sold.decide(problem, amount)
    assert sold.group.refunded == ZERO


def test_a_guest_can_be_given_no_credit(sold: Sold) -> None:
    problem = sold.report()
    sold.group.user_id = None
    with pytest.raises(NoAccountForCredit):
        sold.decide(problem, 1_000)


def test_a_problem_of_another_order_is_not_found(sold: Sold) -> None:
    problem = sold.report()
    assert problems.lock_problem(order=sold.order, problem_id=problem.id) is problem
    with pytest.raises(NotFound):
        problems.lock_problem(order=sold.order, problem_id=problem.id + 1)


def make_another(sold: Sold, after: timedelta) -> Sold:
    """Sell and report the same once more at the same stall."""
    product = make_product(sold.order.stall, price=30_000)
    group = place([(product, 1_000)], now=sold.now, user=sold.customer)
    (order,) = orders_of(group)
    bring_to_customer(order, trader=sold.trader, courier=make_person(), now=sold.now)
    other = Sold(group, order, sold.trader, sold.customer, sold.now)
    other.report(after=after)
    return other


def test_silence_of_a_day_comes_first_then_a_no_then_the_waiting(sold: Sold) -> None:
    db.session.refresh(sold.order, ["stall"])
    no = sold.report(after=2 * timedelta(minutes=1))
    sold.answer(no)
    young = make_another(sold, 6 * timedelta(hours=1))
    old = make_another(sold, 5 * timedelta(hours=1))
    now = sold.now + DAY + timedelta(hours=5, minutes=30)
    mine = [sold.market_id]
    found = queries.list_waiting(market_ids=mine, now=now)
    assert [view.order_id for view in found] == [old.order.id, sold.order.id, young.order.id]
    assert [view.is_silent(now) for view in found] == [True, False, False]
    assert queries.count_waiting(market_ids=mine) == 3
    assert queries.list_waiting(market_ids=[sold.market_id + 1], now=now) == []
    sold.decide(no, 0)
    assert [view.id for view in queries.list_decided(market_ids=mine)] == [no.id]
