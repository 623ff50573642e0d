"""Cash finds its way home: couriers hand in their bags, stalls pay, the till goes to the bank."""

from datetime import datetime, timedelta
from functools import partial

from pol.demo.accounts import COURIER, OFFICER
from pol.demo.world import World
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah
from pol.payments.queries.cash import list_debts, list_tills, lock_market_of, look_into_bag
from pol.payments.queries.deposits import find_waiting_shift, lock_shift_of_markets
from pol.payments.rules.cash import Count, CountOutdated
from pol.payments.services import cash, shifts
from pol.payments.services.cash import Handing
from pol.stalls.models import Stall

EVENING, OFFICE_HOUR = 18 * 60 + 30, 16 * 60
SECOND_LOOK = timedelta(minutes=20)
STILL_OUT = timedelta(days=6)
DIFFERENCES = {
    5: (-500, "Kembalian lima ratus tidak ada."),
    9: (1_000, "Pembeli tidak mau kembalian."),
    14: (-20_000, "Satu lembar ternyata robek, ditolak."),
}
"""What is wrong with the bag on some days, and what the courier says."""

FORGIVEN = Rupiah(-500)
ROUND = 50_000


class Counter:
    """Plans on the timeline what happens with cash at the counter."""

    def __init__(self, world: World) -> None:
        self._world = world

    def plan(self, begin: datetime, days: int) -> None:
        """Let every evening end with empty bags, but for the last ones."""
        world, first = self._world, business_day(begin)
        for number in range(1, days):
            day = first + timedelta(days=number)
            evening, office = at_local(day, EVENING), at_local(day, OFFICE_HOUR)
            if evening < world.now - STILL_OUT:
                world.timeline.plan(evening, partial(self._hand_in, number))
            if number % 4 == 0 and office < world.now - timedelta(hours=1):
                world.timeline.plan(office, self._stalls_pay)
                world.timeline.plan(office + SECOND_LOOK, self._go_to_the_bank)
        self.plan_today()

    def plan_today(self) -> None:
        """Let one courier wait at the counter now; the demo courier is still out."""
        just_now = self._world.now - timedelta(minutes=6)
        waits = [one for one in self._world.couriers if one != self._world.people[COURIER]]
        for courier_id in waits:
            self._world.timeline.plan(just_now, partial(self._count, courier_id, 0))

    def _hand_in(self, nth: int, now: datetime) -> None:
        for courier_id in self._world.couriers:
            self._count(courier_id, nth, now)
        self._world.timeline.plan(now + SECOND_LOOK, self._accept)

    def _count(self, courier_id: int, nth: int, now: datetime) -> None:
        """Let a courier count, and be wrong on some days."""
        bag = look_into_bag(courier_id)
        if bag.expected <= ZERO:
            return
        off, note = DIFFERENCES.get(nth % 17, (0, ""))
        found = max(bag.expected + Rupiah(off), ZERO)
        market_id = self._world.own_shop.market_id
        count = Count(found, bag.expected, note)
        shifts.count_shift(courier_id=courier_id, market_id=market_id, count=count, now=now)

    def _accept(self, now: datetime) -> None:
        """Let the officer take the bags over; whoever has been paid again comes tomorrow."""
        for courier_id in self._world.couriers:
            waiting = find_waiting_shift(courier_id)
            if waiting is None:
                continue
            try:
                shifts.accept_shift(
                    shift=lock_shift_of_markets(waiting.number, market_ids=self._market_ids),
                    seen=waiting.counted,
                    forgive=waiting.difference == FORGIVEN,
                    officer_id=self._officer_id,
                    now=now,
                )
            except CountOutdated:
                continue

    def _stalls_pay(self, now: datetime) -> None:
        """Let the two stalls with the most cash pay half of it, and the demo trader a part."""
        debts = list_debts(market_ids=self._market_ids)
        own = [row for row in debts if row.stall_id == self._world.own_shop.id]
        for row in {row.stall_id: row for row in (*debts[:2], *own)}.values():
            half = Rupiah(row.cash.debt.amount // 2_000 * 1_000)
            if half:
                cash.receive_from_stall(
                    stall=db.session.get_one(Stall, row.stall_id),
                    handing=Handing(f"demo-{row.stall_id}-{now:%y%m%d}", half, row.cash.debt),
                    officer_id=self._officer_id,
                    now=now,
                )

    def _go_to_the_bank(self, now: datetime) -> None:
        """Let the officer bring the tills to the bank, but for the change."""
        for till in list_tills(market_ids=self._market_ids):
            if amount := till.balance.amount // ROUND * ROUND:
                cash.bring_to_bank(
                    market=lock_market_of(slug=till.slug, market_ids=self._market_ids),
                    key=f"demo-{till.market_id}-{now:%y%m%d}",
                    amount=Rupiah(amount),
                    reference=f"CONTOH {now:%d%m} {till.market_id:03}",
                    officer_id=self._officer_id,
                    now=now,
                )

    @property
    def _market_ids(self) -> list[int]:
        return list(self._world.markets.values())

    @property
    def _officer_id(self) -> int:
        return self._world.people[OFFICER]
