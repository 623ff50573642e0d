"""One day played by hand, in which everything happens that a planted bug could spoil."""

from collections import Counter
from collections.abc import Callable, Set

from pol.delivery.rules import Mode
from pol.orders.rules.life import ActorKind
from pol.payments.rules import Method
from tests.properties.machine import MarketDay
from tests.properties.model import Group, Order
from tests.properties.stage import Stage
from tests.properties.sums import Terms

DELIVERED = (Mode.DELIVERY, Mode.DELIVERY)
TRADER = ActorKind.TRADER
Step = Callable[[], None]


class Script:
    """The day, and short words for what people do with its first, second, ... order."""

    def __init__(self, on: Stage) -> None:
        self.day = MarketDay(on, Counter())

    def play(self, *steps: Step) -> None:
        for step in steps:
            step()
            self.day.tables_are_as_the_model_says()

    def order(self, which: int) -> tuple[Group, Order]:
        return list(self.day.market.orders())[which]

    def place(self, which: int, *statuses: str) -> int:
        """Return where an order stands among those of some statuses."""
        wanted = self.order(which)[1]
        among = [order for _, order in self.day.market.orders(*statuses)]
        return next(at for at, order in enumerate(among) if order is wanted)

    def come(self, cart: int, method: Method, *basket: tuple[int, int]) -> Step:
        """Order goods (by their place on the shelves) to the door, with credit if there is any."""

        def step() -> None:
            self.day.put_into_cart(cart, list(basket))
            self.day.check_out(0, DELIVERED, (method, True))

        return step

    def pay(self, which: int) -> Step:
        return lambda: self.day.take_money(self.order(which)[0])

    def go_on(self, which: int, times: int) -> Step:
        return lambda: self.day.go_on(*self.order(which), [0] * times, TRADER)

    def weigh(self, which: int, percent: int, answer: str = "") -> Step:
        return lambda: self.day.weigh(self.place(which, "placed", "accepted"), 0, percent, answer)

    def offer(self, which: int, line: int, good: int, steps: int, answer: str = "") -> Step:
        return lambda: self.day.offer_other_goods(
            self.place(which, "placed", "accepted"), line, good, steps, answer
        )

    def give_back(self, which: int, percent: int, channel: str) -> Step:
        return lambda: self.day.give_back_after_hand_over(
            self.place(which, "delivered", "done"), percent, channel
        )

    def wait(self, minutes: int) -> Step:
        return lambda: self.day.time_passes(minutes)


def assert_one_day(on: Stage) -> Set[str]:
    """Play the day and return what happened; after every step the tables must be as the model."""
    script = Script(on)
    day = script.day
    script.play(
        # credit pays all of the first, a part of the second; QRIS to a market and to a stall
        script.come(0, Method.TRANSFER, (0, 2), (1, 2), (2, 3)),
        script.come(0, Method.TRANSFER, (0, 5), (1, 2), (4, 1)),
        script.come(1, Method.QRIS, (0, 4), (1, 3), (3, 2)),
        script.come(2, Method.QRIS, (4, 1), (5, 2)),
        script.come(2, Method.TRANSFER, (2, 5), (4, 1)),
        lambda: day.press_again(0, 1, other_cart=False),
        script.pay(2),
        script.pay(4),
        script.pay(6),
        # terms change, the orders keep theirs; one order is refused, its siblings stay
        lambda: day.change_terms(1, Terms(2_000, 100, None)),
        lambda: day.try_any_step(3, "refuse", TRADER),
        # lighter, heavier, other goods: done at once, accepted, declined, never answered
        script.weigh(0, 90),
        script.weigh(0, 120, "accept"),
        script.weigh(4, 140, "decline"),
        script.offer(4, 1, 0, 1),
        script.offer(4, 0, 0, 5, "accept"),
        script.offer(5, 0, 0, 9, "accept"),
        script.offer(6, 1, 0, 1, "decline"),
        script.offer(2, 0, 0, 5),
        lambda: day.shrink(script.place(4, "placed", "accepted"), 2, 50),
        script.wait(31),
        # sold, paid out, sent back by the bank, refunded before and after
        *(script.go_on(which, 3) for which in (4, 5, 6)),
        script.wait(5),
        lambda: day.make_batch(0, "alone"),
        script.give_back(4, 50, "transfer"),
        lambda: day.decide_about_batch(0, "approve"),
        lambda: day.bank_answers(0, 0, is_sent=False),
        lambda: day.make_batch(0, "approve"),
        lambda: day.bank_answers(0, 0, is_sent=True),
        script.give_back(4, 100, "credit"),
        script.give_back(5, 1, "cash"),
        lambda: day.take_credit_instead(0),
        lambda: day.stall_pays_its_debt(0, 80, 0),
        lambda: day.make_batch(1, "approve"),
        # money that comes too late revives what can be had, the rest goes back
        script.wait(150),
        lambda: day.count_stock(4, 0),
        script.pay(7),
        lambda: day.refund_is_handed_back(0, 0),
        lambda: day.undo_group(0, "transfer", sure=True),
    )
    return day.market.happened.keys()


EVERYTHING = {
    "credit paid all",
    "credit paid a part",
    "ordered, qris",
    "ordered, transfer",
    "money came in time to bank:market",
    "money came in time to cash:stall",
    "money came late to bank:market",
    "weighed",
    "asked about a weight",
    "asked about other goods",
    "replaced unasked",
    "a question: accept",
    "a question: decline",
    "a question lapsed",
    "shrunk",
    "refused",
    "delivered",
    "terms changed",
    "batch made",
    "batch: approve",
    "payout failed",
    "payout sent",
    "refund by transfer",
    "refund by credit",
    "refund by cash",
    "refund after payout",
    "a refund became credit",
    "a stall paid its debt",
    "handed back by transfer",
}
"""What a day must hold, or the checks above it prove nothing."""
