"""What there is in the market, told once more in plain numbers; nothing here calls our own code."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.properties.hours import answer_until
from tests.properties.sums import Terms, worth

FEE = 5_000
LOST = {"refused", "cancelled", "expired", "failed"}
WON = {"delivered", "done"}
ON_ITS_WAY = {"placed", "accepted", "ready"}
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
    "call_off": {"placed": "cancelled", "accepted": "cancelled", "ready": "cancelled"},
    "undo": {"accepted": "placed"},
}
"""What may follow what; the good ways first."""


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
    ordered: int
    may_differ: bool = False
    is_active: bool = True
    refunded: int = 0

    @property
    def total(self) -> int:
        return worth(self.price, self.milli)

    @property
    def left(self) -> int:
        return self.total - self.refunded


@dataclass(frozen=True)
class Question:
    """What a customer is asked about a line: other goods, or (`is_weight`) more of the same."""

    good: int
    milli: int
    price: int
    due: datetime
    is_weight: bool = False


@dataclass
class Order:
    number: str
    stall: int
    market: int
    is_pickup: bool
    terms: Terms
    lines: list[Line] = field(default_factory=list)
    status: str = ""
    due: datetime | None = None
    starts: datetime | None = None
    since: datetime | None = None
    purse: str | None = None
    held: int = 0
    cash: int = 0
    questions: dict[int, Question] = field(default_factory=dict)

    @property
    def active(self) -> list[Line]:
        return [line for line in self.lines if line.is_active]

    @property
    def value(self) -> int:
        return 0 if self.status in LOST else sum(line.left for line in self.active)

    @property
    def commission(self) -> int:
        """Return what the operator keeps, by the terms of the day of the sale (I7)."""
        return self.terms.of(self.value)

    def enter(self, status: str, now: datetime) -> None:
        """Take a status, and the time that it lasts."""
        lasting = {
            "waiting_payment": now + timedelta(hours=2),
            "placed": answer_until(now, self.starts),
            "delivered": now + timedelta(hours=24),
        }
        self.status, self.since, self.due = status, now, lasting.get(status)
        if status in LOST:
            self.questions.clear()


@dataclass
class Group:
    """What a customer orders at once; `payee` is the account that the money comes to."""

    number: str
    user: int | None
    method: str
    payee: str | None
    agreed: dict[int, int]
    bill: int
    credit: int
    code: int = 0
    orders: list[Order] = field(default_factory=list)
    credit_back: int = 0
    is_paid: bool = False
    has_proof: bool = False
    back: int = 0
    owed: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    code_held: int = 0
    fees_held: dict[int, int] = field(default_factory=dict)
    fee_cash: dict[int, int] = field(default_factory=dict)
    fee_purse: dict[int, str] = field(default_factory=dict)

    @property
    def is_prepaid(self) -> bool:
        return self.method != "cash"

    @property
    def way_back(self) -> str:
        return "transfer" if self.is_prepaid else "cash"

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


@dataclass
class Part:
    """What one stall gets of a batch; `netted` is the operator's cash that it keeps for good."""

    number: str
    stall: int
    amount: int
    status: str = "planned"
    netted: int = 0


@dataclass
class Batch:
    """A payout; `known` is what stood on each stall's account until the moment it is made for."""

    number: str
    market: int
    known: dict[int, int]
    parts: list[Part]
    status: str = "made"

    @property
    def on_its_way(self) -> list[Part]:
        waits = self.status == "approved"
        return [part for part in self.parts if waits and part.status == "planned"]
