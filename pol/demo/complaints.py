"""What customers of the play complain about, and how it ends."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from pol.demo.accounts import OFFICER
from pol.demo.world import World
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, Problem
from pol.orders.queries.locks import lock_order
from pol.orders.rules.life import WON, ProblemStatus
from pol.orders.services import problems
from pol.orders.services.giving_back import CHANNELS
from pol.orders.services.problems import Decision, Saying
from pol.payments.rules import Channel

TEXTS = (
    "Beratnya kurang sedikit dari yang dipesan.",
    "Ada yang penyok karena tertindih.",
    "Barangnya tidak sesegar biasanya.",
)
SORRY = "Maaf, Bu, lain kali kami pilihkan yang lebih baik."
NO = "Waktu ditimbang di depan kurir beratnya pas, notanya masih ada."
JUDGED = "Dari foto dan nota, selisihnya memang ada tetapi kecil."
TENTH = 1_000  # basis points
HOUR = timedelta(hours=1)
Step = Callable[[int, int, datetime], None]


class Complaints:
    """Reports of customers, answers of traders, decisions of the officer."""

    def __init__(self, world: World) -> None:
        self.world = world

    def plan_open_ones(self) -> None:
        """Plan that today's desks have one problem in each state."""
        plan, now = self.world.timeline.plan, self.world.now
        plan(now - 26 * HOUR, lambda at: self._start(at, None))
        plan(now - 20 * HOUR, lambda at: self._start(at, self.refuse))
        plan(now - 9 * HOUR, lambda at: self._start(at, self.agree))
        plan(now - 7 * HOUR, lambda at: self._start(at, self.decide))
        plan(now - 2 * HOUR, lambda at: self._start(at, None))

    def live_out(self, order_id: int, now: datetime) -> None:
        """Let the customer complain; the stall agrees, or says no and the officer decides."""
        problem = self.report(order_id, now)
        if problem is None:
            return
        plan, problem_id = self.world.timeline.plan, problem.id
        if order_id % 2:
            plan(now + 3 * HOUR, lambda at: self.agree(order_id, problem_id, at))
        else:
            plan(now + 2 * HOUR, lambda at: self.refuse(order_id, problem_id, at))
            plan(now + 20 * HOUR, lambda at: self.decide(order_id, problem_id, at))

    def _start(self, now: datetime, then: Step | None) -> None:
        order_id = self._find_content(now)
        problem = None if order_id is None else self.report(order_id, now)
        if problem is None or order_id is None or then is None:
            return
        problem_id, chosen = problem.id, order_id
        self.world.timeline.plan(now + HOUR, lambda at: then(chosen, problem_id, at))

    def _find_content(self, now: datetime) -> int | None:
        """Return a lately delivered order that nobody has complained about."""
        complained = select(Problem.order_id)
        return db.session.scalar(
            select(Order.id)
            .where(
                Order.status.in_(WON),
                Order.delivered_at > now - 40 * HOUR,
                Order.delivered_at < now,
                Order.subtotal > ZERO,
                Order.id.not_in(complained),
            )
            .order_by(Order.stall_id != self.world.own_shop.id, Order.id)
            .limit(1)
        )

    def report(self, order_id: int, now: datetime) -> Problem | None:
        """Let the customer report a problem and ask a tenth back, once."""
        order = lock_order(order_id)
        known = select(Problem.id).where(Problem.order_id == order_id)
        if not order.subtotal or db.session.scalar(known) is not None:
            return None
        return problems.report(
            order=order,
            saying=Saying(TEXTS[order_id % len(TEXTS)]),
            wanted=_tenth(order),
            customer_id=order.group.user_id,
            now=now,
        )

    def agree(self, order_id: int, problem_id: int, now: datetime) -> None:
        """Let the trader say yes."""
        order = lock_order(order_id)
        problems.agree(
            order=order,
            problem=problems.lock_problem(order=order, problem_id=problem_id),
            saying=Saying(SORRY),
            trader_id=self.world.owner_of(order.stall_id),
            now=now,
        )

    def refuse(self, order_id: int, problem_id: int, now: datetime) -> None:
        """Let the trader say no."""
        order = lock_order(order_id)
        problems.answer(
            order=order,
            problem=problems.lock_problem(order=order, problem_id=problem_id),
            saying=Saying(NO),
            trader_id=self.world.owner_of(order.stall_id),
            now=now,
        )

    def decide(self, order_id: int, problem_id: int, now: datetime) -> None:
        """Let the officer give a half of it."""
        order = lock_order(order_id)
        problem = problems.lock_problem(order=order, problem_id=problem_id)
        if problem.status is ProblemStatus.DECIDED:
            return
        group = order.group
        way = CHANNELS[group.method] if group.user_id is None else Channel.CREDIT
        problems.decide(
            order=order,
            problem=problem,
            decision=Decision(problem.wanted.share(5_000), way, JUDGED),
            officer_id=self.world.people[OFFICER],
            now=now,
        )


def _tenth(order: Order) -> Rupiah:
    """Return about a tenth, in whole hundreds, as people say it."""
    return Rupiah(order.subtotal.share(TENTH).amount // 100 * 100)
