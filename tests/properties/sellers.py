"""What stalls and couriers do: every step of an order, weighing, other goods, prices and stock."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pol.orders.rules.life import ActorKind
from tests.properties.customers import Customers
from tests.properties.day import ANY, pick
from tests.properties.model import STEPS, Group, Line, Order, Question
from tests.properties.officers import Officers
from tests.properties.sums import Terms, worth

GIVERS = st.sampled_from([ActorKind.TRADER, ActorKind.OFFICER])
CHOICES = st.lists(st.sampled_from([0] * 12 + [1, 2, 3]), min_size=1, max_size=5)
OPEN = ("waiting_payment", "placed", "accepted", "ready", "on_the_way")
WEIGHTS = st.sampled_from([0, 50, 90, 99, 105, 110, 111, 140, 301])
TERMS = st.builds(
    Terms,
    st.sampled_from([0, 333, 1_000]),
    st.sampled_from([0, 700]),
    st.sampled_from([None, 1_500]),
)
ANSWER = st.sampled_from(["", "accept", "accept", "decline"])


class Sellers(Customers, Officers):
    """Everybody who moves an order, or changes what is in it."""

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, action=st.sampled_from(sorted(STEPS)), by=GIVERS)
    def try_any_step(self, which: int, action: str, by: ActorKind) -> None:
        group, order = self.pick_order(which)
        self._step(action, group, order, by)

    @precondition(lambda self: self.has(*OPEN))
    @rule(which=ANY, choices=CHOICES, by=GIVERS)
    def an_order_goes_on(self, which: int, choices: list[int], by: ActorKind) -> None:
        """Keep the market moving: without this most runs would end in cancelling."""
        group, order = self.pick_order(which, *OPEN)
        if order.status == "waiting_payment":
            self.take_money(group)
        self.go_on(group, order, choices, by)

    @precondition(lambda self: self.has("ready", "on_the_way", "delivered"))
    @rule(which=ANY, choices=CHOICES, by=GIVERS)
    def a_parcel_goes_on(self, which: int, choices: list[int], by: ActorKind) -> None:
        group, order = self.pick_order(which, "ready", "on_the_way", "delivered")
        self.go_on(group, order, choices, by)

    def go_on(self, group: Group, order: Order, choices: list[int], by: ActorKind) -> None:
        for choice in choices:
            if ways := [action for action in STEPS if self.market.may(action, order)]:
                self._step(pick(ways, choice), group, order, by)

    def _step(self, action: str, group: Group, order: Order, by: ActorKind) -> None:
        expected, now = self.market.may(action, order), self.market.now
        for again in range(2):  # the second press must change nothing (I5)
            done = self.hands.step(action, order.number, by, now)
            assert done is (expected and not again), f"{action} of {order.status}"
            if done:
                self.touched.add(order.number)
                self.market.step(action, group, order, self._purse(action, order, by))
                self.note(order.status)

    def _purse(self, action: str, order: Order, by: ActorKind) -> str:
        if action == "deliver":
            return f"cash:courier:{self.on.courier_id}"
        is_officer = by is ActorKind.OFFICER
        return f"cash:market:{order.market}" if is_officer else f"cash:stall:{order.stall}"

    # --- lines

    def _prepare(self, which: int) -> tuple[Group, Order]:
        """Return an order that is being prepared, if need be one that is accepted for it."""
        group, order = self.pick_order(which, "placed", "accepted")
        if self.market.may("accept", order):
            self._step("accept", group, order, ActorKind.TRADER)
        return group, order

    @precondition(lambda self: self.has("placed", "accepted"))
    @rule(which=ANY, line=ANY, percent=st.sampled_from([0, 0, 20, 50, 90, 100, 130]))
    def shrink(self, which: int, line: int, percent: int) -> None:
        group, order = self.pick_order(which, "placed", "accepted")
        at, own = _pick_line(order, line)
        left = own.milli * percent // 100
        is_last = left == 0 and len(order.active) == 1
        expected = own.is_active and left < own.milli and not is_last
        done = self.hands.shrink(order.number, at, left, self.market.now)
        assert done is expected
        if done:
            self.note("shrunk")
            self.touched.add(order.number)
            self.market.shrink(group, own, left)

    @precondition(lambda self: self.has("placed", "accepted"))
    @rule(which=ANY, line=ANY, percent=WEIGHTS, answer=ANSWER)
    def weigh(self, which: int, line: int, percent: int, answer: str) -> None:
        """Put goods on the scales; above a tenth more, the customer is asked."""
        group, order = self._prepare(which)
        at, own = _pick_line(order, line)
        milli = own.ordered * percent // 100
        expected = self._weighing(order, at, milli)
        assert self.hands.weigh(order.number, at, milli, self.market.now) is expected
        if expected is None:
            return
        self.touched.add(order.number)
        self.note("asked about a weight" if expected else "weighed")
        if expected:
            self.market.ask(order, at, good=own.good, milli=milli, is_weight=True)
            self.answer(answer, group, order, at)
        else:
            self.market.weigh(group, own, milli)

    def _weighing(self, order: Order, at: int, milli: int) -> bool | None:
        """Answer whether the customer is asked about a weight; None when it is refused."""
        own = order.lines[at]
        is_open = order.status == "accepted" and own.is_active
        if not is_open or at in order.questions or not 0 < milli <= 3 * own.ordered:
            return None
        must_ask = milli > own.ordered + own.ordered // 10
        return must_ask if must_ask or self.market.may_weigh(own, milli) else None

    @precondition(lambda self: self.has("placed", "accepted"))
    @rule(which=ANY, line=ANY, good=ANY, steps=st.integers(1, 8), answer=ANSWER)
    def offer_other_goods(self, which: int, line: int, good: int, steps: int, answer: str) -> None:
        """Propose a replacement: done at once only if not dearer and welcome unasked."""
        group, order = self._prepare(which)
        at, own = _pick_line(order, line)
        shelf = [key for key, good in self.market.goods.items() if good.stall == order.stall]
        other = pick([key for key in shelf if key != own.good] * 3 + [own.good], good)
        offered = self.market.goods[other]
        milli = offered.step * steps
        must_ask = worth(offered.price, milli) > own.total or not own.may_differ
        is_open = order.status == "accepted" and own.is_active and at not in order.questions
        is_open = is_open and other != own.good
        expected: bool | None = must_ask
        if not is_open or not (must_ask or self.market.has(other, milli)):
            expected = None
        for again in range(2):  # the second press must change nothing (I5)
            done = self.hands.propose(order.number, at, other, milli, self.market.now)
            assert done is (None if again else expected)
        if expected is not None:
            self.touched.add(order.number)
            self._note_offer(group, order, at, other, milli, is_asked=expected)
            self.answer(answer, group, order, at)

    def _note_offer(
        self, group: Group, order: Order, at: int, good: int, milli: int, *, is_asked: bool
    ) -> None:
        self.note("asked about other goods" if is_asked else "replaced unasked")
        if is_asked:
            self.market.ask(order, at, good=good, milli=milli, is_weight=False)
        else:
            price = self.market.goods[good].price
            offer = Question(good, milli, price, self.market.now)
            self.market.replace(group, order, at, offer)

    # --- shelves

    @rule(which=ANY, price=st.integers(3_200, 60_000), steps=st.integers(0, 40), terms=TERMS)
    def something_changes(self, which: int, price: int, steps: int, terms: Terms) -> None:
        """Change a price, count what is there, or let the operator keep another part."""
        changes = (
            lambda: self.change_price_and_name(which, price),
            lambda: self.count_stock(which, steps),
            lambda: self.change_terms(which, terms),
        )
        change: Callable[[], None] = pick(changes, which)
        change()

    def count_stock(self, good: int, steps: int) -> None:
        key, own = pick(list(self.market.goods.items()), good)
        done = self.hands.stock(key, own.step * steps, self.market.now)
        assert done is (own.on_hand is not None)
        if done:
            own.on_hand = self.market.held(key) + own.step * steps

    def change_price_and_name(self, good: int, price: int) -> None:
        key, own = pick(list(self.market.goods.items()), good)
        assert self.hands.price(key, price, self.market.now)
        own.price, own.name = price, f"{own.name}+"


def _pick_line(order: Order, number: int) -> tuple[int, Line]:
    at = number % len(order.lines)
    return at, order.lines[at]
