"""Small steps that the tests of tills share: a key, and what a till sends with it."""

from typing import Any

from pol.partnership.consignment.queries.till_keys import Sender, find_sender
from pol.partnership.consignment.services import till_keys
from pol.partnership.consignment.services.pos.direct import take_sales
from tests.factories.partnership import Partnership
from tests.partnership.consignment.stage import NOON

Said = dict[str, Any]
DAY = "2026-03-02"


def make_key(p: Partnership, label: str = "Kasir depan") -> str:
    """Make a key for the partnership's store; return its text."""
    return till_keys.make(store_id=p.store.id, label=label, actor_id=p.owner.id, now=NOON)[1]


def make_till(p: Partnership) -> Sender:
    """Make a key and return the till that holds it."""
    sender = find_sender(key=make_key(p, f"Kasir {p.store.id}"))
    assert sender
    return sender


def sold(p: Partnership, quantity: Any = 2, receipt: Any = "A1", **other: Any) -> Said:
    """Return a row about the partnership's product."""
    row = {"receipt": receipt, "day": DAY, "code": p.sheet.number, "quantity": str(quantity)}
    return row | other


def send_sales(sender: Sender, *sales: Said) -> list[str]:
    """Send rows as a till; return the name of the rule that refused each, or "recorded"."""
    answers = take_sales(sender=sender, sales=sales, now=NOON)
    return [type(answer).__name__ if answer else "recorded" for answer in answers]
