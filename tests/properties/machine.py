"""Hypothesis plays the market: after every step the tables must look as the model says (I1-I8)."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pol.cart import services as carts
from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.orders.rules.checkout import Checkout
from pol.orders.rules.life import ActorKind
from pol.payments.rules import Method
from tests.properties import pictures, stage
from tests.properties.model import FEE, START, STEPS, WON, Group, Line, Market, Order
from tests.properties.pictures import Picture
from tests.properties.stage import Hands, Stage

ANY = st.integers(0, 10_000)
CARTS = st.integers(0, 2)
MODE = st.sampled_from([Mode.DELIVERY, Mode.DELIVERY, Mode.PICKUP_STALL, Mode.PICKUP_POST])
MODES = st.tuples(MODE, MODE)
METHODS = st.lists(st.sampled_from([Method.CASH, Method.TRANSFER]), min_size=3, max_size=3)
BASKET = st.lists(st.tuples(ANY, st.integers(1, 6)), min_size=1, max_size=5)
Basket = list[tuple[int, int]]
Modes = tuple[Mode, Mode]
GIVERS = st.sampled_from([ActorKind.TRADER, ActorKind.OFFICER])
CHOICES = st.lists(st.sampled_from([0, 0, 0, 0, 0, 1, 2, 3]), min_size=1, max_size=5)
SELDOM = st.sampled_from([False, False, False, False, False, True])
WAITS = st.sampled_from([1, 1, 5, 5, 20, 45, 130, 150, 1_500])


class MarketDay(RuleBasedStateMachine):
    """One run: a few carts and whatever people do with them."""

    def __init__(self, on: Stage) -> None:
        super().__init__()
        self.on, self.hands = on, Hands(on)
        self.market = Market(deepcopy(dict(on.goods)), START)
        self.forms: dict[str, tuple[int, Checkout]] = {}
        self.before: Picture = {}
        self.touched: set[str] = set()

    # --- customers

    @initialize(baskets=st.lists(BASKET, min_size=2, max_size=3), modes=MODES, ways=METHODS)
    def customers_come(self, baskets: list[Basket], modes: Modes, ways: list[Method]) -> None:
        for cart, basket in enumerate(baskets):
            self.put_into_cart(cart, basket)
            self.check_out(cart, modes, ways[cart])

    @rule(cart=CARTS, basket=BASKET)
    def put_into_cart(self, cart: int, basket: Basket) -> None:
        for good, steps in basket:
            key, own = _pick(list(self.market.goods.items()), good)
            milli = own.step * steps
            assert self.hands.put(cart, key, milli, self.market.now)
            had = self.market.carts[cart].get(key, (0, 0))[0]
            self.market.carts[cart][key] = (had + milli, own.price)

    @precondition(lambda self: any(self.market.carts.values()))
    @rule(which=ANY, modes=MODES, method=st.sampled_from([Method.CASH, Method.TRANSFER]))
    def check_out(self, which: int, modes: Modes, method: Method) -> None:
        cart = _pick([cart for cart, lines in self.market.carts.items() if lines], which)
        ids = sorted({self.market.goods[good].market for good in self.market.carts[cart]})
        ways = dict(zip(ids, modes, strict=False))
        key = f"tombol-{len(self.forms):016}"
        form = stage.filled_form(ways, method, key, self.market.now)
        placed = self.hands.press(cart, form, self.market.now)
        assert (placed is not None) is self.market.may_order(cart)
        if placed is None:
            self.market.carts[cart].clear()  # the next customer starts from nothing
            self._empty(cart)
            return
        self.forms[placed.number] = cart, form
        self._note(placed.number, cart, form)

    def _empty(self, cart: int) -> None:
        stage.attempt(lambda: carts.empty_cart(holder=stage.holder(cart)))

    def _note(self, number: str, cart: int, form: Checkout) -> None:
        """Write a new group into the model, with numbers that only the application can choose."""
        lines, market = self.market.carts.pop(cart), self.market
        is_transfer = form.method is Method.TRANSFER
        orders = []
        for order_number, stall_id, goods in stage.placed_orders(number):
            first = market.goods[goods[0]]
            way = form.hand_overs[first.market]
            order = Order(order_number, stall_id, first.market, way.mode.is_pickup, "", None, [])
            order.starts = stage.courier_starts(way)
            order.enter("waiting_payment" if is_transfer else "placed", market.now)
            order.lines = [self._line(good, lines.pop(good)[0]) for good in goods]
            assert {market.goods[good].stall for good in goods} == {stall_id}
            orders.append(order)
        assert not lines, "something of the cart was not ordered"
        agreed = {m: 0 if way.mode.is_pickup else FEE for m, way in form.hand_overs.items()}
        group = Group(number, form.key, is_transfer, stage.unique_code(number), agreed, orders)
        group.bill = group.due_now
        assert (1 <= group.code <= 499) if is_transfer else (group.code == 0)
        market.groups.append(group)

    def _line(self, good: int, milli: int) -> Line:
        own = self.market.goods[good]
        return Line(good, own.name, own.price_at(milli), milli, own.on_hand is not None, milli)

    @precondition(lambda self: self.forms)
    @rule(which=ANY, times=st.integers(1, 3), other_cart=st.booleans())
    def press_again(self, which: int, times: int, other_cart: bool) -> None:  # noqa: FBT001
        number, (cart, form) = _pick(list(self.forms.items()), which)
        cart = (cart + other_cart) % 3
        for _ in range(times):
            placed = self.hands.press(cart, form, self.market.now)
            assert placed is not None
            assert (placed.number, placed.is_new) == (number, False)

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, sure=SELDOM)
    def cancel_group(self, which: int, sure: bool) -> None:  # noqa: FBT001
        if not sure:
            return
        group = _pick(self.market.groups, which)
        chosen = [o for o in group.orders if o.status in {"waiting_payment", "placed"}]
        assert self.hands.cancel_group(group.number, self.market.now) is bool(chosen)
        for order in chosen:
            order.enter("cancelled", self.market.now)
            self.touched.add(order.number)

    # --- everybody who moves an order

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, action=st.sampled_from(sorted(STEPS)), by=GIVERS)
    def try_any_step(self, which: int, action: str, by: ActorKind) -> None:
        group, order = _pick(list(self.market.orders()), which)
        self._step(action, group, order, by)

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, choices=CHOICES, by=GIVERS)
    def go_on_anywhere(self, which: int, choices: list[int], by: ActorKind) -> None:
        group, order = _pick(list(self.market.orders()), which)
        self._go_on(group, order, choices, by)

    def _go_on(self, group: Group, order: Order, choices: list[int], by: ActorKind) -> None:
        for choice in choices:
            if ways := [action for action in STEPS if self.market.may(action, order)]:
                self._step(_pick(ways, choice), group, order, by)

    def _step(self, action: str, group: Group, order: Order, by: ActorKind) -> None:
        expected, now = self.market.may(action, order), self.market.now
        for again in range(2):  # the second press must change nothing (I5)
            done = self.hands.step(action, order.number, by, now)
            assert done is (expected and not again), f"{action} of {order.status}"
            if done:
                self.touched.add(order.number)
                self.market.step(action, group, order, self._purse(action, order, by))

    def _purse(self, action: str, order: Order, by: ActorKind) -> str:
        if action == "deliver":
            return f"cash:courier:{self.on.courier_id}"
        is_officer = by is ActorKind.OFFICER
        return f"cash:market:{order.market}" if is_officer else f"cash:stall:{order.stall}"

    @precondition(lambda self: self.market.groups)
    @rule(choices=CHOICES)
    def work_on_what_waits_longest(self, choices: list[int]) -> None:
        """Keep the market moving: without this most runs would end in cancelling."""
        for group, order in self.market.orders():
            if order.status in {"placed", "accepted"}:
                self._go_on(group, order, choices, ActorKind.TRADER)
                return

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, line=ANY, percent=st.sampled_from([0, 0, 20, 50, 90, 100, 130]))
    def shrink(self, which: int, line: int, percent: int) -> None:
        _group, order = _pick(list(self.market.orders()), which)
        own = _pick(order.lines, line)
        left = own.milli * percent // 100
        is_last = left == 0 and len(order.active) == 1
        open_to = order.status in {"placed", "accepted"} and own.is_active
        expected = open_to and left < own.milli and not is_last
        done = self.hands.shrink(order.number, own.good, left, self.market.now)
        assert done is expected
        if done:
            self.touched.add(order.number)
            good, missing = self.market.goods[own.good], own.milli - left
            if own.is_counted and good.on_hand is not None:
                good.on_hand -= missing
            own.milli, own.is_active = left or own.milli, left > 0

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, line=ANY, percent=st.sampled_from([50, 90, 99, 105, 110]))
    def weigh(self, which: int, line: int, percent: int) -> None:
        """Put goods on the scales; the customers accept a tenth more unasked."""
        orders = [o for _, o in self.market.orders() if o.status == "accepted"]
        if not orders:
            return
        order = _pick(orders, which)
        own = _pick(order.lines, line)
        milli = own.ordered * percent // 100
        more = milli - own.milli
        expected = own.is_active and (not own.is_counted or self.market.free(own.good) >= more)
        done = self.hands.weigh(order.number, own.good, milli, self.market.now)
        assert done is expected
        if done:
            self.touched.add(order.number)
            own.milli = milli

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, percent=st.sampled_from([0, 1, 50, 100, 101]))
    def give_back_after_hand_over(self, which: int, percent: int) -> None:
        """Refund a part of an order, whose goods are with the customer or not."""
        group, order = _pick(list(self.market.orders()), which)
        amount = order.value * percent // 100
        expected = order.status in WON and 0 < amount <= order.value
        assert self.hands.refund(order.number, amount, self.market.now) is expected
        if expected:
            self.touched.add(order.number)
            order.refunded += amount
            group.back += amount

    # --- traders, officers and the clock

    @rule(good=ANY, price=st.integers(3_200, 60_000))
    def change_price_and_name(self, good: int, price: int) -> None:
        key, own = _pick(list(self.market.goods.items()), good)
        assert self.hands.price(key, price, self.market.now)
        own.price, own.name = price, f"{own.name}+"

    @rule(good=ANY, steps=st.integers(0, 40))
    def count_stock(self, good: int, steps: int) -> None:
        key, own = _pick(list(self.market.goods.items()), good)
        done = self.hands.stock(key, own.step * steps, self.market.now)
        assert done is (own.on_hand is not None)
        if done:
            own.on_hand = self.market.held(key) + own.step * steps

    @precondition(lambda self: any(group.is_transfer for group in self.market.groups))
    @rule(which=ANY)
    def proof_is_sent(self, which: int) -> None:
        group = _pick([group for group in self.market.groups if group.is_transfer], which)
        sent = self.hands.send_proof(group.number, self.market.now)
        statuses = {order.status for order in group.orders}
        assert sent or group.is_paid or "cancelled" in statuses
        group.has_proof = group.has_proof or "waiting_payment" in statuses

    @precondition(lambda self: any(group.is_transfer for group in self.market.groups))
    @rule(which=ANY)
    def money_arrives(self, which: int) -> None:
        group = _pick([group for group in self.market.groups if group.is_transfer], which)
        for again in range(2):  # the bank may tell it twice (I5)
            done = self.hands.confirm(group.number, self.market.now)
            assert done is (not group.is_paid and not again)
            if done:
                self.touched |= {order.number for order in group.orders}
                self.market.confirm(group, min(group.agreed))

    @precondition(lambda self: any(group.back for group in self.market.groups))
    @rule(which=ANY)
    def refund_is_handed_back(self, which: int) -> None:
        group = _pick([group for group in self.market.groups if group.back], which)
        amount = self.hands.give_back(group.number, self.market.now)
        assert amount == group.back - group.given_back
        group.given_back += amount
        self.market.banked[min(group.agreed)] -= amount

    @rule(minutes=WAITS)
    def time_passes(self, minutes: int) -> None:
        before = {order.number: order.status for _, order in self.market.orders()}
        self.market.now += timedelta(minutes=minutes)
        self.market.pass_time()
        self.hands.pass_time(self.market.now)
        self.touched |= {o.number for _, o in self.market.orders() if before[o.number] != o.status}

    # --- what must be true

    @invariant()
    def tables_are_as_the_model_says(self) -> None:
        for group in self.market.groups:
            group.settle()
        found, expected = pictures.of_tables(), pictures.of_model(self.market)
        for part, figures in expected.items():
            assert found[part] == figures, f"{part}: {found[part]} instead of {figures}"
        for goods, fees, code, charged, refunded in found["groups"].values():
            assert goods + fees + code == charged - refunded, "I1"
        for on_hand, reserved, sold in found["stock"].values():
            assert on_hand - reserved - sold >= 0, "I3"
        self._siblings_stand_still(found)
        self._no_rupiah_is_lost(found)

    def _siblings_stand_still(self, found: Picture) -> None:
        """I4, without the model: what nobody touched is as it was."""
        for part, number_of in (("orders", str), ("lines", lambda key: key[0])):
            for key, row in self.before.get(part, {}).items():
                if number_of(key) not in self.touched:
                    assert found[part].get(key) == row, f"I4: {key} changed by itself"
        self.before, self.touched = found, set()

    def _no_rupiah_is_lost(self, found: Picture) -> None:
        """I6: what is in the bank belongs to orders, or is owed back."""
        paid = sum(group.bill for group in self.market.groups if group.is_paid)
        kept = paid - sum(group.given_back for group in self.market.groups)
        banked = [v for code, v in found["accounts"].items() if code.startswith("bank:")]
        assert sum(banked) == kept, "I6"

    def teardown(self) -> None:
        db.session.rollback()


def _pick(among: Any, number: int) -> Any:
    return among[number % len(among)]


def play(on: Stage, *, runs: int, steps: int, game: int | None) -> None:
    """Play so many runs; the same game is the same runs, none is another each time."""

    def day() -> MarketDay:
        return MarketDay(on)

    kept = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=[Phase.generate],  # thirty steps can be read, and shrinking them takes minutes
        suppress_health_check=list(HealthCheck),
    )
    factory: Any = day if game is None else seed(game)(day)
    run_state_machine_as_test(factory, settings=kept)
