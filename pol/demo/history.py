"""Sixty days of trade, lived again from the first order to this minute."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from pol.demo import shopping
from pol.demo.counter import Counter
from pol.demo.desks import Desks
from pol.demo.fates import Fates
from pol.demo.finishing import plan_small_things
from pol.demo.payouts import Cashier
from pol.demo.shopping import Errand
from pol.demo.transfers import Bank
from pol.demo.world import Shop, World
from pol.kernel.localtime import at_local, business_day
from pol.orders.services import clockwork
from pol.payments.rules import Method

DAYS, ORDERS = 60, 300
BUSY_HOURS = (5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19)
TIME_TO_PAY = timedelta(hours=5)  # a trip must not leave before the money is there
SETTLED_BY = timedelta(days=2)


class History:
    """Everything that is bought in the play."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.fates = Fates(world)
        self.bank = Bank(world, self.fates)
        self.desks = Desks(world, self.fates, self.bank)
        self.counter = Counter(world)
        self.cashier = Cashier(world)

    def live(self) -> Iterator[int]:
        """Let sixty days go by; yield how many of them have passed since the last deed."""
        world = self.world
        begin = world.now - timedelta(days=DAYS)
        left = ORDERS - self.desks.plan()
        while left > 0:
            left -= self._plan_errand(begin, most=left)
        for day in range(2, DAYS, 3):
            afternoon = at_local(business_day(begin) + timedelta(days=day), 16 * 60)
            if afternoon < world.now - SETTLED_BY:
                world.timeline.plan(afternoon, self.bank.pay_back)
        self.counter.plan(begin, DAYS)
        self.cashier.plan(begin)
        yield from self._run(begin)

    def live_today(self) -> Iterator[int]:
        """Let only the last hours go by."""
        self.desks.plan()
        self.counter.plan_today()
        yield from self._run(self.world.now - timedelta(days=DAYS))

    def _run(self, begin: datetime) -> Iterator[int]:
        plan_small_things(self.world)
        self.fates.complaints.plan_open_ones()
        passed = 0
        for moment in self.world.timeline.run():
            before, passed = passed, (moment - begin).days
            yield passed - before
        self._catch_up()
        yield DAYS - passed

    def _plan_errand(self, begin: datetime, *, most: int) -> int:
        """Plan that somebody goes shopping one day; return at how many stalls."""
        world, rng = self.world, self.world.rng
        day = int(DAYS * rng.random() ** 0.7)  # every week sells a little more than the last
        minute = rng.choice(BUSY_HOURS) * 60 + rng.randrange(60)
        at = at_local(business_day(begin) + timedelta(days=day), minute)
        if not begin < at < world.now - timedelta(hours=3):
            return 0
        shops = self._stalls_for(min(most, rng.choice((1, 1, 1, 2, 2, 3))))
        shopper = world.shoppers[0] if rng.random() < 0.08 else rng.choice(world.shoppers)
        errand = Errand(shopper, shops)
        if rng.random() < 0.3:
            errand = replace(errand, method=Method.TRANSFER, patience=TIME_TO_PAY)
        world.timeline.plan(at, lambda now: self.go(errand, now))
        return len(shops)

    def _stalls_for(self, count: int) -> list[Shop]:
        """Choose stalls, mostly of one market; the demo trader is well known."""
        rng, selling = self.world.rng, self.world.selling()
        first = self.world.own_shop if rng.random() < 0.16 else rng.choice(selling)
        near = [shop for shop in selling if shop.market_id == first.market_id and shop != first]
        others = near if rng.random() < 0.7 else [shop for shop in selling if shop != first]
        return [first, *rng.sample(others, count - 1)]

    def go(self, errand: Errand, now: datetime) -> None:
        """Let a customer order, and plan what becomes of it."""
        group = shopping.order(self.world, errand, now)
        if errand.method is Method.TRANSFER:
            self.bank.await_money(group, now)
        else:
            self.fates.reach_stalls(group, now)

    def _catch_up(self) -> None:
        """Do what the clock would have done by now."""
        for duty in (
            clockwork.expire_unpaid,
            clockwork.expire_unanswered,
            clockwork.finish_delivered,
        ):
            while duty(now=self.world.now):
                pass
