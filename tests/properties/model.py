"""What the market should do, told once more in plain numbers; nothing here calls our own code."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

FEE = 5_000
LOST = {"refused", "cancelled", "expired", "failed"}
WON = {"delivered", "done"}
STEPS: Mapping[str, Mapping[str, str]] = {
    "accept": {"placed": "accepted"},
    "pack": {"accepted": "ready"},
    "send": {"ready": "on_the_way"},
    "give": {"ready": "delivered"},
    "deliver": {"on_the_way": "delivered"},
    "receive": {"delivered": "done"},
    "refuse": {"placed": "refused", "accepted": "refused", "ready": "refused"},
    "fail": {"on_the_way": "failed"},
    "cancel": {"placed": "cancelled"},
    "undo": {"accepted": "placed"},
}
"""What may follow what; the good ways first."""


def worth(price: int, milli: int) -> int:
    """Return the price of a quantity, half a rupiah rounded up."""
    exact = Decimal(price) * Decimal(milli) / 1_000
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def answer_until(placed: datetime, starts: datetime | None) -> datetime:
    """Return until when a stall may answer: two hours, and at night two hours after five.

    Half an hour before the courier starts it must be known, but a quarter of an hour is left.
    """
    wall = placed + timedelta(hours=7)
    five = wall.replace(hour=5, minute=0, second=0, microsecond=0)
    until = placed + timedelta(hours=2)
    if wall.hour < 5:
        until = five - timedelta(hours=5)
    elif wall.hour >= 18:
        until = five + timedelta(hours=19)
    if starts:
        until = min(until, starts - timedelta(minutes=30))
        until = max(until, placed + timedelta(minutes=15))
    return until


ROUNDS = ((7.0, 5.5), (10.0, 9.0), (15.0, 14.0))
"""When couriers of a market start, and until when they take orders: hours on the wall."""


def next_round(starts: datetime | None, now: datetime) -> datetime | None:
    """Return when the courier comes for goods paid now: as booked, or as soon as can be."""
    if starts is None:
        return None
    midnight = (now + timedelta(hours=7)).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=ahead, hours=-7) for ahead in range(3)]
    open_now = [
        day + timedelta(hours=start)
        for day in days
        for start, cutoff in ROUNDS
        if now <= day + timedelta(hours=cutoff)
    ]
    return starts if starts in open_now else open_now[0]


@dataclass
class Good:
    """A product; `on_hand` is None when it is sold as available."""

    stall: int
    market: int
    name: str
    price: int
    on_hand: int | None
    step: int
    tier: tuple[int, int] | None = None

    def price_at(self, milli: int) -> int:
        """Return the price per unit of this quantity."""
        return self.tier[1] if self.tier and milli >= self.tier[0] else self.price


@dataclass
class Line:
    good: int
    name: str
    price: int
    milli: int
    is_counted: bool
    ordered: int = 0
    is_active: bool = True

    @property
    def total(self) -> int:
        return worth(self.price, self.milli)


@dataclass
class Order:
    number: str
    stall: int
    market: int
    is_pickup: bool
    status: str
    due: datetime | None
    lines: list[Line]
    starts: datetime | None = None
    since: datetime | None = None
    purse: str | None = None
    held: int = 0
    cash: int = 0
    refunded: int = 0

    @property
    def value(self) -> int:
        whole = sum(line.total for line in self.active)
        return 0 if self.status in LOST else whole - self.refunded

    @property
    def active(self) -> list[Line]:
        return [line for line in self.lines if line.is_active]

    def enter(self, status: str, now: datetime) -> None:
        """Take a status, and the time that it lasts."""
        lasting = {
            "waiting_payment": now + timedelta(hours=2),
            "placed": answer_until(now, self.starts),
            "delivered": now + timedelta(hours=24),
        }
        self.status, self.since, self.due = status, now, lasting.get(status)


@dataclass
class Group:
    number: str
    key: str
    is_transfer: bool
    code: int
    agreed: dict[int, int]
    orders: list[Order]
    bill: int = 0
    is_paid: bool = False
    has_proof: bool = False
    back: int = 0
    given_back: int = 0
    fees_held: dict[int, int] = field(default_factory=dict)
    fee_cash: dict[int, int] = field(default_factory=dict)
    code_held: int = 0
    fee_purse: dict[int, str] = field(default_factory=dict)

    def alive(self, market: int | None = None) -> list[Order]:
        """Return the orders that are not lost, of one market or of all."""
        own = [order for order in self.orders if market in {None, order.market}]
        return [order for order in own if order.status not in LOST]

    def fee(self, market: int) -> int:
        """Return what the trip of this market still costs."""
        return self.agreed[market] if self.alive(market) else 0

    @property
    def kept_code(self) -> int:
        return self.code if self.alive() else 0

    @property
    def due_now(self) -> int:
        """Return what the customer should have paid in the end (the right side of I1)."""
        goods = sum(order.value for order in self.orders)
        return goods + sum(self.fee(market) for market in self.agreed) + self.kept_code

    @property
    def charged(self) -> int:
        """Return what was asked for in all (I1)."""
        return self.due_now + self.back

    def take_in(self) -> None:
        """Hold a transfer for what it pays; what is left of it goes back."""
        self.is_paid, self.code_held = True, self.kept_code
        for order in self.orders:
            order.held = order.value
        self.fees_held = {market: self.fee(market) for market in self.agreed}
        self.back += self.bill - self.due_now

    def settle(self) -> None:
        """Give back what is held for goods and trips that cost less by now."""
        for order in self.orders:
            if order.status not in WON and order.held > order.value:
                self.back += order.held - order.value
                order.held = order.value
        for market, held in self.fees_held.items():
            if market not in self.fee_purse and held > self.fee(market):
                self.back += held - self.fee(market)
                self.fees_held[market] = self.fee(market)
        if self.code_held > self.kept_code:
            self.back, self.code_held = self.back + self.code_held, 0


class Market:
    """All that there is, and the few things that can happen to it."""

    def __init__(self, goods: dict[int, Good], now: datetime) -> None:
        self.goods, self.now = goods, now
        self.carts: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        self.groups: list[Group] = []
        self.banked: dict[int, int] = defaultdict(int)

    def orders(self) -> Iterator[tuple[Group, Order]]:
        for group in self.groups:
            for order in group.orders:
                yield group, order

    def held(self, good: int, statuses: set[str] | None = None) -> int:
        """Return how much of a counted product live orders, or those of a status, hold."""
        return sum(
            line.milli
            for _, order in self.orders()
            for line in order.active
            if line.good == good and line.is_counted
            if (order.status in statuses if statuses else order.status not in LOST)
        )

    def free(self, good: int) -> int:
        """Return how much can still be promised (I3)."""
        return (self.goods[good].on_hand or 0) - self.held(good)

    def may_order(self, cart: int) -> bool:
        """Answer whether every line is there, at the price that was seen."""
        lines = self.carts[cart]
        return bool(lines) and all(
            seen == self.goods[good].price
            and (self.goods[good].on_hand is None or self.free(good) >= milli)
            for good, (milli, seen) in lines.items()
        )

    def may(self, action: str, order: Order) -> bool:
        """Answer whether somebody may make this step now."""
        if order.status not in STEPS[action]:
            return False
        if action in {"send", "give"} and order.is_pickup is not (action == "give"):
            return False
        if action == "undo":
            return order.since == self.now
        return action != "accept" or order.due is None or self.now <= order.due

    def step(self, action: str, group: Group, order: Order, purse: str) -> None:
        """Make a step; `purse` is where cash goes if goods are handed over."""
        order.enter(STEPS[action][order.status], self.now)
        if order.status == "delivered":
            order.purse, order.cash = purse, order.value - order.held
            if order.market not in group.fee_purse:
                group.fee_purse[order.market] = purse
                paid = group.fees_held.get(order.market, 0)
                group.fee_cash[order.market] = group.fee(order.market) - paid

    def pass_time(self) -> None:
        """Let the clock do what is due."""
        for group, order in self.orders():
            if order.status == "waiting_payment" and group.has_proof:
                continue  # the customer has done their part
            if order.due is not None and order.due < self.now:
                if order.status in {"waiting_payment", "placed"}:
                    order.enter("expired", self.now)
                elif order.status == "delivered":
                    order.enter("done", self.now)

    def confirm(self, group: Group, market: int) -> None:
        """Let the money of a transfer arrive, in time or late (I6)."""
        for order in group.orders:
            if order.status == "waiting_payment" or self._revives(order):
                order.starts = next_round(order.starts, self.now)
                order.enter("placed", self.now)
        group.take_in()
        self.banked[market] += group.bill

    def _revives(self, order: Order) -> bool:
        needed = [line for line in order.active if line.is_counted]
        return order.status == "expired" and all(
            self.free(line.good) >= line.milli for line in needed
        )


START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""Noon in Lamongan, a Monday."""
