"""What can happen in the market of the model, and what it does to goods and money."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

from tests.properties.hours import START, next_round
from tests.properties.model import (
    LOST,
    STEPS,
    WON,
    Batch,
    Good,
    Group,
    Line,
    Order,
    Question,
)
from tests.properties.sums import Terms, shares


@dataclass(frozen=True)
class Places:
    """What does not change: whose QRIS, who has a bank account, who has an account with us."""

    goods: Mapping[int, Good]
    customers: tuple[int | None, ...]
    codes_of_markets: frozenset[int]
    codes_of_stalls: frozenset[int]
    stalls_with_bank: frozenset[int]
    ceiling: int
    opening: int
    """Store credit of the first customer, whose money is in the first market's bank."""
    terms: Mapping[str, Terms]


class Market:
    """All that there is, and the few things that can happen to it."""

    def __init__(self, places: Places) -> None:
        self.places, self.now = places, START
        self.goods: dict[int, Good] = deepcopy(dict(places.goods))
        self.market_of = {good.stall: good.market for good in self.goods.values()}
        self.carts: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        self.groups: list[Group] = []
        self.batches: list[Batch] = []
        self.terms: dict[str, Terms] = dict(places.terms)
        first = min(self.market_of.values())
        self.moved: Counter[str] = Counter({f"bank:market:{first}": places.opening})
        self.credit: Counter[int | None] = Counter({places.customers[0]: places.opening})
        self.happened: Counter[str] = Counter()

    def orders(self, *statuses: str) -> Iterator[tuple[Group, Order]]:
        """Give the orders of these statuses, or all."""
        for group in self.groups:
            for order in group.orders:
                if not statuses or order.status in statuses:
                    yield group, order

    # --- goods

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

    def has(self, good: int, milli: int) -> bool:
        """Answer whether so much can be promised."""
        return self.goods[good].on_hand is None or self.free(good) >= milli

    def new_line(self, good: int, milli: int, price: int, *, may_differ: bool) -> Line:
        """Return a line of a product as it is sold today."""
        own = self.goods[good]
        return Line(good, own.name, price, milli, own.on_hand is not None, milli, may_differ)

    def take_off(self, line: Line, left: int) -> None:
        """Leave less of a line, or nothing; what is missing does not exist."""
        good = self.goods[line.good]
        if line.is_counted and line.is_active and good.on_hand is not None:
            good.on_hand -= line.milli - left
        line.milli, line.is_active = left or line.milli, line.is_active and left > 0

    # --- a checkout

    def may_order(self, cart: int) -> bool:
        """Answer whether every line is there, at the price that was seen."""
        lines = self.carts[cart]
        return bool(lines) and all(
            seen == self.goods[good].price and self.has(good, milli)
            for good, (milli, seen) in lines.items()
        )

    def payee(self, stalls: set[int], market: int) -> str | None:
        """Return where QRIS money goes: to the only stall if it has a code, else to the market."""
        if len(stalls) == 1 and (own := stalls & self.places.codes_of_stalls):
            return f"cash:stall:{min(own)}"
        return f"bank:market:{market}" if market in self.places.codes_of_markets else None

    def may_take_cash(self, stall: int, accounts: Mapping[str, int]) -> bool:
        """Answer whether a stall may get more cash of the operator into its hands."""
        kept = max(accounts.get(f"cash:stall:{stall}", 0), 0)
        covered = max(-accounts.get(f"payable:stall:{stall}", 0), 0)
        return kept - covered <= self.places.ceiling

    def terms_for(self, stall: int, market: int) -> Terms:
        """Return today's terms: those of the stall before those of its market."""
        return self.terms.get(f"stall:{stall}") or self.terms.get(f"market:{market}") or Terms()

    # --- the life of an order

    def may(self, action: str, order: Order) -> bool:
        """Answer whether somebody may make this step now."""
        if order.status not in STEPS[action]:
            return False
        if action in {"send", "give"} and order.is_pickup is not (action == "give"):
            return False
        if action == "pack":
            return not order.questions
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
        self.settle(group)

    def cancel(self, group: Group, orders: list[Order]) -> None:
        """Let some orders of a group be called off."""
        for order in orders:
            order.enter("cancelled", self.now)
        self.settle(group)

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
                self.settle(group)
        for group, order in self.orders():
            late = [at for at, asked in order.questions.items() if asked.due < self.now]
            for at in late:
                self.happened["a question lapsed"] += 1
                self.decline(group, order, at)

    # --- lines

    def shrink(self, group: Group, line: Line, left: int) -> None:
        """Leave less of a line; a customer with an account gets the difference as credit."""
        self.take_off(line, left)
        self.settle(group, is_difference=True)

    def weigh(self, group: Group, line: Line, milli: int) -> None:
        """Let a line cost what it weighs."""
        line.milli = milli
        self.settle(group, is_difference=True)

    def may_weigh(self, line: Line, milli: int) -> bool:
        """Answer whether the stock holds that much."""
        is_taken = line.is_counted and line.is_active
        return not is_taken or self.has(line.good, milli - line.milli)

    def ask(self, order: Order, at: int, *, good: int, milli: int, is_weight: bool) -> None:
        """Put a question about a line to the customer, who has half an hour."""
        price = order.lines[at].price if is_weight else self.goods[good].price
        due = self.now + timedelta(minutes=30)
        order.questions[at] = Question(good, milli, price, due, is_weight)

    def may_accept(self, order: Order, at: int) -> bool:
        """Answer whether the goods that were offered are there."""
        asked = order.questions[at]
        if asked.is_weight:
            return self.may_weigh(order.lines[at], asked.milli)
        return self.has(asked.good, asked.milli)

    def accept(self, group: Group, order: Order, at: int) -> None:
        """Let the customer say yes."""
        asked = order.questions.pop(at)
        if asked.is_weight:
            self.weigh(group, order.lines[at], asked.milli)
        else:
            self.replace(group, order, at, asked)

    def replace(self, group: Group, order: Order, at: int, offer: Question) -> None:
        """Put other goods in the place of a line."""
        old = order.lines[at]
        new = self.new_line(offer.good, offer.milli, offer.price, may_differ=old.may_differ)
        order.lines.append(new)
        self.take_off(old, 0)
        self.settle(group, is_difference=True)

    def decline(self, group: Group, order: Order, at: int) -> None:
        """Let the customer say no, or nothing: goods that are gone are left out."""
        asked = order.questions.pop(at)
        if not asked.is_weight and len(order.active) > 1:
            self.shrink(group, order.lines[at], 0)

    # --- money

    def cover(self, group: Group, money: int) -> int:
        """Hold money for what it pays, exactly shared out; return what is left of it."""
        trips = sorted(group.agreed)
        needs = [order.value - order.held for order in group.orders]
        needs += [group.fee(trip) - group.fees_held.get(trip, 0) for trip in trips]
        parts = shares(money, needs)
        for order, part in zip(group.orders, parts, strict=False):
            order.held += part
        for trip, part in zip(trips, parts[len(group.orders) :], strict=True):
            group.fees_held[trip] = group.fees_held.get(trip, 0) + part
        return money - sum(parts)

    def confirm(self, group: Group) -> None:
        """Let the money of a group arrive, in time or late (I6)."""
        for order in group.orders:
            if order.status == "waiting_payment" or self._revives(order):
                order.starts = next_round(order.starts, self.now)
                order.enter("placed", self.now)
        group.is_paid, group.code_held = True, group.kept_code
        left = self.cover(group, group.bill - group.kept_code)
        group.back += left
        group.owed[group.way_back] += left
        self.moved[group.payee or ""] += group.bill

    def _revives(self, order: Order) -> bool:
        needed = [line for line in order.active if line.is_counted]
        return order.status == "expired" and all(
            self.free(line.good) >= line.milli for line in needed
        )

    def settle(self, group: Group, *, is_difference: bool = False) -> None:
        """Give back what is held for goods and trips that cost less by now.

        What store credit paid goes back there; so does a difference of a customer with an account.
        """
        freed = 0
        for order in group.orders:
            if order.status not in WON and order.held > order.value:
                freed += order.held - order.value
                order.held = order.value
        for trip, held in group.fees_held.items():
            if trip not in group.fee_purse and held > group.fee(trip):
                freed += held - group.fee(trip)
                group.fees_held[trip] = group.fee(trip)
        code = max(group.code_held - group.kept_code, 0)
        group.code_held -= code
        from_credit = min(freed, group.credit - group.credit_back)
        group.credit_back += from_credit
        to_all = is_difference and group.user is not None
        self._return(group, freed + code, freed + code if to_all else from_credit)

    def refund(self, group: Group, order: Order, amount: int, channel: str) -> None:
        """Give back of goods that were handed over, spread over their lines (I2)."""
        lines = order.active
        for line, part in zip(lines, shares(amount, [one.left for one in lines]), strict=True):
            line.refunded += part
        if channel == "credit":
            self._return(group, amount, amount)
        else:
            group.back += amount
            group.owed[channel] += amount

    def _return(self, group: Group, back: int, to_credit: int) -> None:
        group.back += back
        group.owed[group.way_back] += back - to_credit
        self.credit[group.user] += to_credit
