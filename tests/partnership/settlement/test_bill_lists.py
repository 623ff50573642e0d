"""Lists of bills end nowhere: every bill is on some page, and sums are of all of them."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import ZERO, total
from pol.kernel.paging import Page
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.queries import bill_lists
from pol.partnership.settlement.queries.bills import BillRow, select_bills
from pol.partnership.settlement.queries.today import sum_bills
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.rules.ranking import Aged, mean_tenths
from tests.factories.catalogue import make_stall
from tests.factories.partnership import make_retailer
from tests.partnership.settlement.many_bills import START, carry, make_bill, make_periods

TODAY = START + timedelta(days=3)
PAGE = 4


def _leaf(ask: Callable[[str | None], Page[BillRow]]) -> list[str]:
    """Turn the pages to the last one; return the numbers in the order in which they came."""
    numbers: list[str] = []
    cursor: str | None = None
    while True:
        page = ask(cursor)
        assert len(page.rows) <= PAGE
        assert page.is_first == (cursor is None)
        numbers += [row.number for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return numbers


def _bills(seed: int) -> tuple[int, int]:
    """Add bills of one producer and one retailer in every standing there is."""
    chance = Random(seed)  # noqa: S311 - not about secrets
    retailer, stall = make_retailer(), make_stall()
    for period in make_periods(retailer, 23):
        payable = chance.choice((-900, 0, 400, 1_000))
        held = chance.choice((0, 0, 400)) if payable > 0 else 0
        paid = chance.choice((0, 300, abs(payable) - held)) if payable else 0
        tenths = chance.randint(5, 90) if payable > 0 and paid else None
        due_on = START + timedelta(days=chance.randint(0, 6))
        bill = make_bill(period, stall, payable, held=held, paid=min(paid, abs(payable) - held),
                         due_on=due_on, tenths=tenths)  # fmt: skip
        if chance.random() < 0.1:
            bill.due_on = None
        if payable < 0 and chance.random() < 0.5:
            carry(bill)
    db.session.flush()
    return retailer.id, stall.id


def _all() -> list[BillRow]:
    return [BillRow(*row) for row in db.session.execute(select_bills().order_by(Bill.id.desc()))]


@pytest.mark.parametrize("seed", range(4))
def test_a_producer_reaches_every_bill_and_sums_are_of_all(session: Session, seed: int) -> None:
    _, stall_id = _bills(seed)
    rows = _all()
    for over in (False, True):
        found = _leaf(
            lambda cursor, over=over: bill_lists.list_bills_of_stall(  # type: ignore[misc]
                stall_id=stall_id, over=over, cursor=cursor, size=PAGE
            )
        )
        assert found == [row.number for row in rows if row.is_over is over]
    sums = bill_lists.sum_bills_of_stall(stall_id=stall_id)
    paid = [
        Aged(row.paid, row.sale_to_money_tenths)
        for row in rows
        if row.sale_to_money_tenths is not None
    ]
    assert sums == bill_lists.StallSums(
        bills=23,
        over=sum(row.is_over for row in rows),
        open=total(row.open for row in rows),
        held=total(row.held for row in rows),
        owed_back=total(row.owed_back for row in rows),
        sale_to_money_tenths=mean_tenths(paid),
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_retailer_reaches_every_bill_and_sums_are_of_all(session: Session, seed: int) -> None:
    retailer_id, _ = _bills(seed)
    rows = _all()
    due = [row for row in rows if row.status in bill_lists.UNPAID]
    found = _leaf(
        lambda cursor: bill_lists.list_unpaid_bills(
            retailer_id=retailer_id, cursor=cursor, size=PAGE
        )
    )
    assert found == [row.number for row in sorted(due, key=lambda row: row.due_on or date.max)]
    for status in (BillStatus.PAID, BillStatus.NOTHING_DUE):
        found = _leaf(
            lambda cursor, status=status: bill_lists.list_bills_of_retailer(  # type: ignore[misc]
                retailer_id=retailer_id, status=status, cursor=cursor, size=PAGE
            )
        )
        assert found == [row.number for row in rows if row.status is status]
    sums = sum_bills(TODAY, retailer_id=retailer_id)
    late = sum(bool(row.days_late(TODAY)) for row in rows)
    assert (sums.bills, sums.late, sums.money) == (len(due), late, total(r.open for r in rows))


def test_without_bills_every_sum_is_nothing(session: Session) -> None:
    sums = bill_lists.sum_bills_of_stall(stall_id=make_stall().id)
    assert (sums.bills, sums.over, sums.sale_to_money_tenths) == (0, 0, None)
    assert (sums.open, sums.held, sums.owed_back) == (ZERO, ZERO, ZERO)


@pytest.mark.parametrize("cursor", ["", "aneh", "WyIyMDI2IiwgMV0", "WzFd", "WyJYIiwgMV0"])
def test_a_cursor_that_nobody_handed_out_starts_at_the_beginning(
    session: Session, cursor: str
) -> None:
    period = make_periods(make_retailer(), 1)[0]
    bill = make_bill(period, make_stall(), 1_000)
    page = bill_lists.list_unpaid_bills(retailer_id=period.retailer_id, cursor=cursor)
    assert [row.number for row in page.rows] == [bill.number]
    assert page.is_whole
