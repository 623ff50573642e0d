"""Every button that moves money or goods, and what has to be there for it to be pressed."""

from collections.abc import Callable, Mapping

from tests.faults.presses import counter, orders, places, shelves
from tests.faults.presses.stage import Aim, Stage

TABLE: Mapping[str, Callable[[Stage], Aim]] = {
    **orders.TABLE,
    **counter.TABLE,
    **shelves.TABLE,
    **places.TABLE,
}
"""By endpoint: how to press it on the stage, where each is sure to do something."""

ELSEWHERE: Mapping[str, str] = {
    "api_v1_sales.take": "a program sends it, no form does: beside these in test_every_press.py",
    "customer_pay.start": "asks the provider between two commits: tests/provider/test_killed.py",
    "public_callback.midtrans": "the provider presses, not a person: tests/provider/test_killed.py",
}
"""What is killed by another test, and why."""

SAID_AGAIN: Mapping[str, set[str]] = {
    "trader_scales.weigh": {"order_event"},
    "retailer_bills.say": {"dispute_step"},
    "producer_money.say": {"dispute_step"},
}
"""Where the same words stand twice if they are sent twice; no money and no goods follow them."""
