"""What customers do: fill carts, order, pay with credit or not, answer questions, cancel."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pol.delivery.rules import Mode
from pol.orders.rules.checkout import Checkout
from pol.payments.rules import Method
from tests.properties import stage
from tests.properties.accounts import balances
from tests.properties.day import ANY, Day, pick
from tests.properties.model import FEE, Group, Line, Order
from tests.properties.sums import worth

CARTS = st.integers(0, 2)
MODE = st.sampled_from([Mode.DELIVERY, Mode.DELIVERY, Mode.PICKUP_STALL, Mode.PICKUP_POST])
MODES = st.tuples(MODE, MODE)
METHOD = st.sampled_from([Method.CASH, Method.TRANSFER, Method.QRIS])
WAY = st.tuples(METHOD, st.booleans())
BASKET = st.lists(st.tuples(ANY, st.integers(1, 6)), min_size=1, max_size=5)
SELDOM = st.sampled_from([False, False, True])
Basket = list[tuple[int, int]]
Modes = tuple[Mode, Mode]
Way = tuple[Method, bool]
"""How a customer pays, and whether with store credit first."""


class Customers(Day):
    """Two with an account, the first of whom has store credit, and a guest."""

    @rule(cart=CARTS, basket=BASKET)
    def put_into_cart(self, cart: int, basket: Basket) -> None:
        for good, steps in basket:
            key, own = pick(list(self.market.goods.items()), good)
            milli, may_differ = own.step * steps, cart == 1
            assert self.hands.put(cart, key, milli, self.market.now, may_differ=may_differ)
            had = self.market.carts[cart].get(key, (0, 0))[0]
            self.market.carts[cart][key] = (had + milli, own.price)

    @precondition(lambda self: any(self.market.carts.values()))
    @rule(which=ANY, modes=MODES, way=WAY)
    def check_out(self, which: int, modes: Modes, way: Way) -> None:
        cart = pick([cart for cart, lines in self.market.carts.items() if lines], which)
        form = self._form(cart, modes, way)
        group = self._group(cart, form)
        expected = self._may_order(cart, form, group)
        placed = self.hands.press(cart, form, self.market.now)
        assert (placed is not None) is expected
        if placed is None:
            self.market.carts[cart].clear()  # the next customer starts from nothing
            self.hands.empty(cart)
            return
        self.forms[placed.number] = cart, form
        self._place(placed.number, cart, form, group)

    def _form(self, cart: int, modes: Modes, way: Way) -> Checkout:
        ids = sorted({self.market.goods[good].market for good in self.market.carts[cart]})
        ways, (method, use_credit) = dict(zip(ids, modes, strict=False)), way
        key = f"tombol-{len(self.forms):016}"
        form = stage.filled_form(ways, method, key, self.market.now)
        user = self.on.places.customers[cart]
        return replace(form, user_id=user, use_credit=use_credit)

    def _group(self, cart: int, form: Checkout) -> Group:
        """Return the group that a cart would become, without its orders."""
        market, lines = self.market, self.market.carts[cart]
        agreed = {m: 0 if way.mode.is_pickup else FEE for m, way in form.hand_overs.items()}
        cost = sum(agreed.values())
        for good, (milli, _) in lines.items():
            cost += worth(market.goods[good].price_at(milli), milli)
        credit = min(market.credit[form.user_id], cost) if form.use_credit else 0
        bill = cost - credit
        method = form.method.value if bill else "cash"
        stalls = {market.goods[good].stall for good in lines}
        payee = {
            "cash": None,
            "transfer": f"bank:market:{min(agreed)}",
            "qris": market.payee(stalls, min(agreed)),
        }
        return Group("", form.user_id, method, payee[method], agreed, bill, credit)

    def _may_order(self, cart: int, form: Checkout, group: Group) -> bool:
        market, sums = self.market, balances(self.market)
        goods = [market.goods[good] for good in market.carts[cart]]
        at_stall = {m for m, way in form.hand_overs.items() if way.mode is Mode.PICKUP_STALL}
        if group.method == "cash" and group.bill:
            fetched = {good.stall for good in goods if good.market in at_stall}
            if not all(market.may_take_cash(stall, sums) for stall in fetched):
                self.note("cash was paused")
                return False
        has_payee = group.method == "cash" or group.payee is not None
        return has_payee and market.may_order(cart)

    def _place(self, number: str, cart: int, form: Checkout, group: Group) -> None:
        """Write a new group into the model, with numbers that only the application can choose."""
        lines, market = self.market.carts.pop(cart), self.market
        group.number, group.code = number, stage.unique_code(number)
        assert (1 <= group.code <= 499) if group.method == "transfer" else (group.code == 0)
        for order_number, stall_id, goods in stage.placed_orders(number):
            own = market.goods[goods[0]].market
            way, terms = form.hand_overs[own], market.terms_for(stall_id, own)
            order = Order(order_number, stall_id, own, way.mode.is_pickup, terms)
            order.starts = stage.courier_starts(way)
            order.lines = [self._line(cart, good, lines.pop(good)[0]) for good in goods]
            order.enter("waiting_payment" if group.is_prepaid else "placed", market.now)
            assert {market.goods[good].stall for good in goods} == {stall_id}
            group.orders.append(order)
        assert not lines, "something of the cart was not ordered"
        covers = "a part" if group.bill else "all"
        group.bill = group.bill + group.code if group.is_prepaid else 0
        market.credit[group.user] -= group.credit
        assert market.cover(group, group.credit) == 0
        market.groups.append(group)
        self.note(f"ordered, {group.method}")
        if group.credit:
            self.note(f"credit paid {covers}")

    def _line(self, cart: int, good: int, milli: int) -> Line:
        price = self.market.goods[good].price_at(milli)
        return self.market.new_line(good, milli, price, may_differ=cart == 1)

    @precondition(lambda self: self.forms)
    @rule(which=ANY, times=st.integers(1, 3), other_cart=st.booleans())
    def press_again(self, which: int, times: int, other_cart: bool) -> None:  # noqa: FBT001
        number, (cart, form) = pick(list(self.forms.items()), which)
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
        group = pick(self.market.groups, which)
        chosen = [o for o in group.orders if o.status in {"waiting_payment", "placed"}]
        assert self.hands.cancel_group(group.number, self.market.now) is bool(chosen)
        self.market.cancel(group, chosen)
        self.touched |= {order.number for order in chosen}

    @precondition(lambda self: any(group.is_prepaid for group in self.market.groups))
    @rule(which=ANY)
    def proof_is_sent(self, which: int) -> None:
        group = pick([group for group in self.market.groups if group.is_prepaid], which)
        sent = self.hands.send_proof(group.number, self.market.now)
        statuses = {order.status for order in group.orders}
        assert sent or group.is_paid or "cancelled" in statuses
        group.has_proof = group.has_proof or "waiting_payment" in statuses

    @precondition(lambda self: any(order.questions for _, order in self.market.orders()))
    @rule(which=ANY, how=st.sampled_from(["accept", "accept", "decline", "withdraw"]))
    def answer_question(self, which: int, how: str) -> None:
        asked = [(g, o, at) for g, o in self.market.orders() for at in o.questions]
        self.answer(how, *pick(asked, which))

    def answer(self, how: str, group: Group, order: Order, at: int) -> None:
        """Answer a question about a line, if there is one and anything is to be said."""
        if not how or at not in order.questions:
            return
        expected = how != "accept" or self.market.may_accept(order, at)
        for again in range(2):  # the second answer must change nothing (I5)
            done = self.hands.answer(order.number, at, how, self.market.now)
            assert done is (expected and not again)
            if done:
                self.note(f"a question: {how}")
                self.touched.add(order.number)
                self._follow(how, group, order, at)

    def _follow(self, how: str, group: Group, order: Order, at: int) -> None:
        if how == "accept":
            self.market.accept(group, order, at)
        elif how == "decline":
            self.market.decline(group, order, at)
        else:
            del order.questions[at]

    @precondition(lambda self: any(g.user and g.owed.total() for g in self.market.groups))
    @rule(which=ANY)
    def take_credit_instead(self, which: int) -> None:
        """Turn what an officer still has to hand back into store credit."""
        owed = [group for group in self.market.groups if group.user and group.owed.total()]
        group = pick(owed, which)
        assert self._turn(group)
        assert not self._turn(group)
        self.market.credit[group.user] += group.owed.total()
        group.given["credit"] += group.owed.total()
        group.owed.clear()
        self.note("a refund became credit")

    def _turn(self, group: Group) -> bool:
        return self.desk.turn(group.number, group.user or 0, self.market.now)
