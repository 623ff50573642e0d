"""What processes do with periods and bills; every function begins and ends its own transactions."""

import time
from datetime import date, datetime

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.text import readable_code
from pol.kernel.transaction import transaction
from pol.partnership.consignment.services import sales
from pol.partnership.settlement.models import SettlementPeriod
from pol.partnership.settlement.queries.bills import lock_bill, of_retailer, of_stall
from pol.partnership.settlement.queries.periods import find_open_from
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer


def sell_late(goods: tuple[int, int], day: date, name: str, by: tuple[int, datetime]) -> int:
    """Write sales of a day until its period is shut; return how many were in time."""
    store_id, sheet_id = goods
    for number in range(1_000):
        sale = sales.Sale(store_id, sheet_id, 1, day, f"{name}-{number}")
        try:
            with transaction():
                sales.sell(sale, actor_id=by[0], now=by[1])
            time.sleep(0.005)  # between customers: closing waits until no sale is being written
        except Refused:
            return number
    raise AssertionError("the period was never shut")


def close(retailer_id: int, day: date, by: tuple[int, datetime]) -> str:
    """Close a period; return its number."""
    with transaction():
        return closing.close_period(
            retailer_id=retailer_id, last_day=day, actor_id=by[0], now=by[1]
        ).number


def close_naively(retailer_id: int, day: date, now: datetime) -> str:
    """Do the same the way it is often written: add everything up, then write it down."""
    from_on = find_open_from(retailer_id=retailer_id)
    assert from_on
    span = Span(from_on, date.fromordinal(day.toordinal() + 1))
    drafts = closing.draft_bills(retailer_id=retailer_id, span=span, closed_on=now.date())
    with transaction():
        period = SettlementPeriod(
            number=f"PR-{readable_code(8)}", retailer_id=retailer_id, from_on=span.from_on,
            until_on=span.until_on, closed_at=now,
        )  # fmt: skip
        db.session.add(period)
        db.session.flush()
        closing._write(period, drafts, now)  # noqa: SLF001 - the same step, at a wrong moment
        return period.number


def pay(retailer_id: int, number: str, sending: Sending, by: tuple[int, datetime]) -> str:
    """Note a payment as the page does; return its number."""
    with transaction():
        return paying.note_payment(
            bill=lock_bill(of_retailer(retailer_id), number), sending=sending,
            actor_id=by[0], now=by[1],
        ).number  # fmt: skip


def answer(stall_id: int, bill: str, payment: str, word: str, by: tuple[int, datetime]) -> None:
    """Let the producer say that the money is there, or that it never came."""
    with transaction():
        found = lock_bill(of_stall(stall_id), bill)
        who = {"bill": found, "number": payment, "actor_id": by[0], "now": by[1]}
        if word == "there":
            paying.confirm_payment(**who)  # type: ignore[arg-type]
        else:
            paying.deny_payment(reason="Tidak masuk", **who)  # type: ignore[arg-type]


def dispute(stall_id: int, bill: str, line_id: int, by: tuple[int, datetime]) -> str:
    """Dispute a line of a bill; return the number of the dispute."""
    with transaction():
        return disputing.open_dispute(
            bill=lock_bill(of_stall(stall_id), bill), line_ids=[line_id],
            by=Bearer.PRODUCER, words="Tidak cocok", actor_id=by[0], now=by[1],
        ).number  # fmt: skip
