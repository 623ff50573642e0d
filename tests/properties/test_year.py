"""A simulated year without a single identity violation (I11 to I15)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.services import closing, paying
from pol.partnership.settlement.services.paying import Sending
from tests.factories.partnership import (
    make_application,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership import guards
from tests.partnership.settlement.goods import sell
from tests.properties.identities import find_all_violations, find_violations
from tests.properties.year import ENDS, Year
from tests.rig.figures import Figure

OFTEN = {
    *("deliver", "sell", "sell, refused", "till file", "return", "count", "pay", "renew", "sign"),
    *("free", "free, refused", "closed"),
}


def test_a_year_without_a_single_violation(
    session: Session, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    """The year ends with agreements that are renewed, and with places that are given back."""
    first = ENDS - timedelta(days=rounds(50, 360))
    year = Year(Random(15), first)  # noqa: S311 - the same year each time
    if first > date(2026, 3, 1):
        _close_what_was_before(year, first)
    violations = [
        (day, found)
        for day in year.live_until(ENDS + timedelta(days=40))
        if (found := find_all_violations() if day.day == 1 else find_violations())
    ]
    done = year.tally.total()
    figure("a simulated year", days=(ENDS - first).days + 41, done=done,
           violations=len(violations))  # fmt: skip
    assert violations == []
    assert find_all_violations() == []
    assert OFTEN - year.tally.keys() == set(), year.tally


def _close_what_was_before(year: Year, first: date) -> None:
    for house in year.houses:
        closing.close_period(
            retailer_id=house.retailer.id, last_day=first - timedelta(days=1), actor_id=None,
            now=year.now,
        )  # fmt: skip


BROKEN = {
    "I11: two places share": "UPDATE placement SET x_mm = 0",
    "I11: a place sticks out": "UPDATE shelf SET width_mm = 100",
    "I11: a shelf bears too much": "UPDATE shelf SET load_g = 100",
    "I12: sold is not": "UPDATE stock_event SET quantity = quantity + 1 WHERE kind = 'sold'",
    "I12: delivered is not": "DELETE FROM stock_event WHERE kind = 'received'",
    "I12: lost is not": "UPDATE stock_event SET kind = 'lost' WHERE kind = 'sold'",
    "I12: a sale and its event": "UPDATE stock_event SET day = '2026-01-30' WHERE kind = 'sold'",
    "I13: periods do not touch": "UPDATE settlement_period SET from_on = '2026-02-09' "
    "WHERE from_on > '2026-02-01'",
    "I13: a sale of a closed day": "DELETE FROM settled_event",
    "I13: a sale is on a stranger": "UPDATE bill SET stall_id = (SELECT max(id) FROM stall)",
    "I13: a sale does not come": "UPDATE sale_line SET gross = gross + 1, payable = payable + 1",
    "I13: a line is not": "UPDATE bill_line SET amount = amount + 1",
    "I13: a bill is not": "UPDATE bill_line SET amount = amount + 1",
    "I13: a bill's payments": "DELETE FROM bill_payment",
    "I13: the ledger": "UPDATE account SET balance = balance + 1 WHERE code LIKE 'shelf_payable%'",
    "I14: a place was given back": "UPDATE placement SET status = 'ended'",
    "I15: expired goods were sold": "UPDATE consigned_batch SET expires_on = '2026-02-01'",
    "I15: goods were sold over the counter without p_irt": "DELETE FROM sheet_permit",
    "I15: expired goods were taken": "UPDATE consigned_batch SET expires_on = '2026-01-01'",
}


def test_nothing_is_wrong_in_a_sound_week(session: Session) -> None:
    _live_a_week()
    assert find_all_violations() == []


@pytest.mark.parametrize("wrong", BROKEN)
def test_each_violation_would_be_seen(session: Session, wrong: str) -> None:
    _live_a_week()
    guards.take_all_away()
    session.execute(text(BROKEN[wrong]))
    assert [found for found in find_violations() if found.startswith(wrong)]


def _live_a_week() -> None:
    """Two products on one shelf, two closed periods, one payment."""
    p, now = make_partnership(), datetime(2026, 2, 20, 5, tzinfo=UTC)
    beside = make_application(p.call, make_sheet(), stores=[p.store])
    make_placement(beside, p.shelf, x_mm=300)
    by = {"actor_id": p.owner.id, "now": now}
    for day in (date(2026, 2, 5), date(2026, 2, 9)):
        sell(p.batch, 2, day)
        closing.close_period(retailer_id=p.retailer.id, last_day=day, **by)  # type: ignore[arg-type]
    bill = db.session.scalars(select(Bill).order_by(Bill.id)).first()
    assert bill
    paying.approve_bill(bill=bill, **by)  # type: ignore[arg-type]
    sending = Sending("uji", Rupiah(10_000), date(2026, 2, 19), "BRI")
    paying.note_payment(bill=bill, sending=sending, **by)  # type: ignore[arg-type]
    db.session.flush()
