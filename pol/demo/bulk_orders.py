"""A year of orders of the whole regency: who bought what, and how it went."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from pol.delivery.rules import DEFAULT_SLOTS, Mode
from pol.demo.bulk_market import Counter, Ware
from pol.demo.goods.people import REFUSALS
from pol.demo.history import BUSY_HOURS, TIME_TO_PAY
from pol.demo.trips import HOUSE, NOBODY_HOME
from pol.demo.world import Shopper, World
from pol.kernel.localtime import at_local, minute_of_day
from pol.orders.rules.life import LOST, PAY_WITHIN, OrderStatus, answer_due_at
from pol.stalls.rules.hours import MarketHours, is_market_day

DAYS, ORDERS = 363, 200_000
PER_GROUP = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3)
MEAN = sum(PER_GROUP) / len(PER_GROUP)
MINUTE = timedelta(minutes=1)
S = OrderStatus
Step = tuple[OrderStatus, datetime]


@dataclass
class Part:
    """One stall's part of a purchase, and every step that it took."""

    counter: Counter
    wares: list[tuple[Ware, int]]
    steps: list[Step]
    reason: str | None = None

    @property
    def status(self) -> OrderStatus:
        """Return how it ended."""
        return self.steps[-1][0]

    @property
    def is_lost(self) -> bool:
        """Answer whether the goods stayed at the stall."""
        return self.status in LOST

    @property
    def handed_at(self) -> datetime | None:
        """Return when the customer had the goods."""
        return next((at for to, at in self.steps if to is S.DELIVERED), None)

    @property
    def settled_at(self) -> datetime:
        """Return when it was clear whether it is sold or lost."""
        return self.handed_at or self.steps[-1][1]


@dataclass
class Package:
    """What one market sends: by courier in a slot of a day, or collected."""

    market: int
    mode: Mode
    on_day: date
    slot: int | None
    parts: list[Part] = field(default_factory=list)


@dataclass
class Purchase:
    """What a customer orders at once; `paid_at` is when a transfer arrived."""

    shopper: Shopper
    at: datetime
    is_transfer: bool
    paid_at: datetime | None
    packages: list[Package]


class Year:
    """Makes up purchases day by day, oldest first."""

    def __init__(self, world: World, counters: list[Counter]) -> None:
        self._world, self._rng = world, world.rng
        self._counters = [counter for counter in counters if counter.wares]
        self._of_market: dict[int, list[Counter]] = {}
        for counter in self._counters:
            self._of_market.setdefault(counter.market, []).append(counter)
        self._hours = [
            MarketHours(m.weekday_mask, m.pasaran_mask, m.opens_minute, m.closes_minute)
            for m in world.plan.markets
        ]
        self._is_day: dict[tuple[int, date], bool] = {}

    def purchases(self, until: date) -> Iterator[Purchase]:
        """Yield purchases with about the wanted number of orders, exactly in the end."""
        left = ORDERS
        for ahead in range(DAYS, 0, -1):
            day, today = until - timedelta(days=ahead), left / ahead
            for minute in sorted(self._minutes(round(today / MEAN))):
                if left:
                    purchase = self._purchase(at_local(day, minute), most=left)
                    left -= sum(len(package.parts) for package in purchase.packages)
                    yield purchase
        while left:
            purchase = self._purchase(at_local(until - timedelta(days=1), 8 * 60), most=left)
            left -= sum(len(package.parts) for package in purchase.packages)
            yield purchase

    def _minutes(self, count: int) -> list[int]:
        rng = self._rng
        return [rng.choice(BUSY_HOURS) * 60 + int(rng.random() * 60) for _ in range(count)]

    def _purchase(self, at: datetime, *, most: int) -> Purchase:
        rng = self._rng
        at += timedelta(milliseconds=int(rng.random() * 60_000))
        is_transfer, paid_at = rng.random() < 0.3, None
        if is_transfer and rng.random() < 0.92:
            paid_at = at + timedelta(minutes=rng.randint(8, 80))
        ready_to_pack = paid_at or at
        packages = self._packages(at, is_transfer, min(most, rng.choice(PER_GROUP)))
        for package in packages:
            for house, part in enumerate(package.parts, start=1):
                if is_transfer and paid_at is None:
                    part.steps.append((S.EXPIRED, at + PAY_WITHIN + MINUTE))
                else:
                    self._live(package, part, ready_to_pack, house)
        return Purchase(rng.choice(self._world.shoppers), at, is_transfer, paid_at, packages)

    def _packages(self, at: datetime, is_transfer: bool, count: int) -> list[Package]:  # noqa: FBT001
        """Choose stalls, mostly of one market, and how each market's part arrives."""
        rng, chosen = self._rng, {}
        first = self._counters[int(rng.random() * len(self._counters))]
        pool = self._of_market[first.market] if rng.random() < 0.8 else self._counters
        chosen[first.id] = first
        while len(chosen) < count:
            other = pool[int(rng.random() * len(pool))]
            chosen[other.id] = other
        packages: dict[int, Package] = {}
        begins = S.WAITING_PAYMENT if is_transfer else S.PLACED
        for counter in sorted(chosen.values(), key=lambda c: (c.market, c.id)):
            if counter.market not in packages:
                packages[counter.market] = self._package(counter.market, at, is_transfer)
            part = Part(counter, self._basket(counter), [(begins, at)])
            packages[counter.market].parts.append(part)
        return list(packages.values())

    def _package(self, market: int, at: datetime, is_transfer: bool) -> Package:  # noqa: FBT001
        found = self._slot(market, at + TIME_TO_PAY if is_transfer else at)
        is_soon = found and at_local(found[0], DEFAULT_SLOTS[found[1]][1]) < self._world.now
        if found is None or not is_soon or self._rng.random() < 0.28:
            day = (at + timedelta(hours=15)).date()
            return Package(market, Mode.PICKUP_STALL, day, None)
        return Package(market, Mode.DELIVERY, *found)

    def _slot(self, market: int, at: datetime) -> tuple[date, int] | None:
        """Return the next day and slot of a market that still takes orders."""
        minute, first = minute_of_day(at), (at + timedelta(hours=7)).date()
        for ahead in range(7):
            day = first + timedelta(days=ahead)
            if self._is_market_day(market, day):
                for slot, (_, _, cutoff) in enumerate(DEFAULT_SLOTS):
                    if ahead or minute <= cutoff:
                        return day, slot
        return None

    def _is_market_day(self, market: int, day: date) -> bool:
        key = (market, day)
        if key not in self._is_day:
            self._is_day[key] = is_market_day(self._hours[market], day)
        return self._is_day[key]

    def _basket(self, counter: Counter) -> list[tuple[Ware, int]]:
        rng = self._rng
        count, basket = (1, 1, 2, 2, 3)[int(rng.random() * 5)], []
        for ware in rng.sample(counter.wares, min(count, len(counter.wares))):
            steps = int(rng.random() * 4) if ware.price < 60_000 else 0
            milli = ware.min_milli + steps * ware.step_milli
            basket.append((ware, milli if milli < ware.most_milli else ware.min_milli))
        return basket

    def _live(self, package: Package, part: Part, at: datetime, house: int) -> None:
        """Let an order that has reached its stall go the way that most go, or another."""
        rng, steps = self._rng, part.steps
        if steps[-1][0] is S.WAITING_PAYMENT:
            steps.append((S.PLACED, at))
        leaves = None
        if package.slot is not None:
            leaves = at_local(package.on_day, DEFAULT_SLOTS[package.slot][0])
        forgotten = answer_due_at(at, leaves) + MINUTE
        luck = rng.random()
        answer = min(at + timedelta(minutes=3 + int(rng.random() * 25)), forgotten - 2 * MINUTE)
        if luck < 0.05:
            part.reason = rng.choice(REFUSALS)
            steps.append((S.REFUSED, answer))
        elif luck < 0.08:
            steps.append((S.CANCELLED, answer))
        elif luck < 0.10 and forgotten < self._world.now:
            steps.append((S.EXPIRED, forgotten))
        else:
            steps.append((S.ACCEPTED, answer))
            self._bring(package, part, answer, house)

    def _bring(self, package: Package, part: Part, accepted: datetime, house: int) -> None:
        rng, steps = self._rng, part.steps
        packed = accepted + timedelta(minutes=5 + int(rng.random() * 15))
        if package.slot is None:
            steps.append((S.READY, packed))
            steps.append((S.DELIVERED, packed + timedelta(minutes=20 + int(rng.random() * 160))))
        else:
            leaves = at_local(package.on_day, DEFAULT_SLOTS[package.slot][0])
            packed = max(packed, leaves - timedelta(minutes=15 + int(rng.random() * 45)))
            leaves = max(leaves, packed + MINUTE)
            steps.append((S.READY, packed))
            steps.append((S.ON_THE_WAY, leaves))
            rings = leaves + house * HOUSE + timedelta(milliseconds=int(rng.random() * 240_000))
            if rng.random() < 0.015:
                part.reason = NOBODY_HOME
                steps.append((S.FAILED, rings))
                return
            steps.append((S.DELIVERED, rings))
        minutes = 90 + int(rng.random() * 800) if rng.random() < 0.6 else 24 * 60 + 1
        if (closed := steps[-1][1] + minutes * MINUTE) < self._world.now:
            steps.append((S.DONE, closed))
