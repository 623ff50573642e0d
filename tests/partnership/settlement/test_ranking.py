"""The ranking by days to money: what was never paid counts as much as what was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.queries.bill_lines import list_lines
from pol.partnership.settlement.queries.compliance import list_speeds
from pol.partnership.settlement.queries.overdue import (
    Overdue,
    Owing,
    list_overdue,
    map_overdue,
    map_owing,
)
from pol.partnership.settlement.queries.ranking import RankedRow, list_ranking
from pol.partnership.settlement.queries.today import sum_bills
from pol.partnership.settlement.rules.ranking import Aged, counted_tenths, mean_tenths
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import Partnership, make_partnership, make_retailer
from tests.partnership.settlement.goods import sell

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)
SOLD, DUE, TODAY = date(2026, 2, 5), date(2026, 2, 24), date(2026, 3, 2)
WHOLE = Rupiah(51_000)


def _billed(name: str) -> tuple[Partnership, Bill]:
    """Return a bill of Rp51.000 for four sold on one day, due two weeks after it was made."""
    p = make_partnership(retailer=make_retailer(name))
    sell(p.batch, 4, SOLD)
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=date(2026, 2, 7), actor_id=None, now=NOW
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    bill.due_on = DUE
    paying.approve_bill(bill=bill, actor_id=p.owner.id, now=NOW)
    return p, bill


def _pay(p: Partnership, bill: Bill, amount: Rupiah, on: date) -> None:
    sending = Sending(f"{bill.id}-{on}", amount, on, "BRI 1")
    paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=at_local(on, 600))


def _rank(today: date = TODAY) -> list[RankedRow]:
    return list_ranking(days=180, today=today)


def test_who_never_pays_is_last_with_its_ages(session: Session) -> None:
    """Sold on 5 February, today 2 March: 25 days; due on 24 February: 6 days late."""
    _billed("Tidak Pernah")
    slow, bill = _billed("Lambat")
    _pay(slow, bill, WHOLE, date(2026, 3, 2))
    fast, bill = _billed("Cepat")
    _pay(fast, bill, WHOLE, date(2026, 2, 15))
    half, bill = _billed("Separuh")
    _pay(half, bill, Rupiah(17_000), date(2026, 2, 15))
    rows = _rank()
    assert [(row.place, row.name, row.counted, row.tenths) for row in rows] == [
        (1, "Cepat", 100, 100),
        (2, "Separuh", 200, 100),  # a third after 10 days, two thirds after 25 so far
        (3, "Lambat", 250, 250),
        (4, "Tidak Pernah", 250, None),
    ]
    assert [row.owing for row in rows] == [
        Owing(),
        Owing(1, Rupiah(34_000), 1, Rupiah(34_000), 6),
        Owing(),
        Owing(1, WHOLE, 1, WHOLE, 6),
    ]
    assert [(row.late, row.open_tenths) for row in rows] == [
        (0, None), (0, 250), (1, None), (0, 250)
    ]  # fmt: skip


def test_who_never_pays_is_last_also_when_its_bill_is_young(session: Session) -> None:
    slow, bill = _billed("Lambat")
    _pay(slow, bill, WHOLE, TODAY)
    p = make_partnership(retailer=make_retailer("Tidak Pernah"))
    sell(p.batch, 4, date(2026, 2, 20))
    closing.close_period(
        retailer_id=p.retailer.id, last_day=date(2026, 2, 21), actor_id=None,
        now=at_local(date(2026, 2, 22), 0),
    )  # fmt: skip
    db.session.scalars(select(Bill).where(Bill.retailer_id == p.retailer.id)).one().due_on = DUE
    rows = _rank()
    assert [(row.name, row.counted) for row in rows] == [("Lambat", 250), ("Tidak Pernah", 100)]


def test_overdue_money_stands_below_the_same_days_without(session: Session) -> None:
    """Both paid after 25 days, and what one still owes is no older than that."""
    for name, amount in (("A berutang", Rupiah(17_000)), ("B lunas", WHOLE)):
        p, bill = _billed(name)
        _pay(p, bill, amount, TODAY)
    assert [(row.name, row.counted) for row in _rank()] == [("B lunas", 250), ("A berutang", 250)]


def test_what_is_not_due_judges_nobody(session: Session) -> None:
    p = make_partnership(retailer=make_retailer("Baru jual"))
    sell(p.batch, 1, SOLD)
    _billed("Baru ditagih")
    make_partnership(retailer=make_retailer("Belum jual"))
    rows = _rank(DUE)
    assert [(row.place, row.name) for row in rows] == [(None, "Baru ditagih"), (None, "Baru jual")]
    assert rows[0].owing == Owing(1, WHOLE)
    assert [row.place for row in _rank(date(2026, 2, 25))] == [1, None]


def test_open_money_counts_what_paying_it_today_would_give(session: Session) -> None:
    p, bill = _billed("Separuh")
    _pay(p, bill, Rupiah(20_000), date(2026, 2, 12))
    (before,) = _rank()
    _pay(p, bill, Rupiah(31_000), TODAY)
    (after,) = _rank()
    assert before.counted == after.counted == after.tenths
    (speed,) = list_speeds(date(2026, 1, 1), date(2026, 3, 3))
    assert (speed.tenths, speed.late) == (after.tenths, 1)


MONEY = st.lists(
    st.builds(Aged, st.integers(1, 10**9).map(Rupiah), st.integers(0, 4_000)), max_size=6
)


@given(paid=MONEY, unpaid=MONEY)
def test_open_money_never_makes_anybody_faster(paid: list[Aged], unpaid: list[Aged]) -> None:
    usual, counted = mean_tenths(paid), counted_tenths(paid, unpaid)
    if usual is None:
        assert counted == mean_tenths(unpaid)
    else:
        assert counted is not None
        assert counted >= usual
        assert not unpaid or counted <= max(usual, *(one.tenths for one in unpaid)) + 1


@pytest.mark.parametrize(
    ("on", "late"),
    [
        (DUE, ZERO),
        (date(2026, 2, 25), WHOLE),
        (date(2026, 2, 28), Rupiah(31_000)),
        (date(2026, 3, 4), Rupiah(31_000)),
        (date(2026, 3, 5), ZERO),
    ],
)
def test_a_day_that_is_over_keeps_what_was_overdue(
    session: Session, on: date, late: Rupiah
) -> None:
    p, bill = _billed("Telat")
    _pay(p, bill, Rupiah(20_000), date(2026, 2, 27))
    _pay(p, bill, Rupiah(31_000), date(2026, 3, 5))
    expected = {p.retailer.id: Overdue(1, late)} if late else {}
    assert map_overdue(on=on) == expected


def test_what_is_in_dispute_is_not_overdue_and_a_ruling_holds_from_its_day(
    session: Session,
) -> None:
    p, bill = _billed("Sengketa")
    february, march, april = date(2026, 2, 28), date(2026, 3, 15), date(2026, 4, 15)
    lines = [row.id for row in list_lines(bill_id=bill.id)]
    dispute = disputing.open_dispute(
        bill=bill, line_ids=lines, by=Bearer.RETAILER, words="?", actor_id=p.owner.id,
        now=at_local(date(2026, 3, 10), 0),
    )  # fmt: skip
    assert map_owing(today=march) == {}
    assert sum_bills(march).late == 0
    disputing.settle_dispute(
        bill=bill, dispute=dispute, awarded=Rupiah(40_000), words="!", actor_id=p.owner.id,
        now=at_local(date(2026, 4, 10), 0),
    )  # fmt: skip
    found = [map_overdue(on=day).get(p.retailer.id) for day in (february, march, april)]
    assert found == [Overdue(1, WHOLE), None, Overdue(1, Rupiah(40_000))]
    assert bill.due_on == DUE + timedelta(days=31)  # its days stood still from 10 March on
    assert map_owing(today=april)[p.retailer.id].late == Rupiah(40_000)


def test_overdue_bills_come_the_longest_late_first_page_by_page(session: Session) -> None:
    bills = [_billed(name)[1] for name in ("Satu", "Dua", "Tiga")]
    bills[2].due_on = date(2026, 2, 20)
    paid, bill = _billed("Lunas")
    _pay(paid, bill, WHOLE, TODAY)
    first = list_overdue(today=TODAY, size=2)
    rest = list_overdue(today=TODAY, size=2, cursor=first.next_cursor)
    shown = [*first.rows, *rest.rows]
    assert [(row.retailer_name, row.days_late(TODAY)) for row in shown] == [
        ("Tiga", 10),
        ("Satu", 6),
        ("Dua", 6),
    ]
    assert (rest.next_cursor, rest.is_first, first.is_first) == (None, False, True)
    assert sum_bills(TODAY).late == len(shown)
    assert list_overdue(today=TODAY, size=2, cursor="WyJ4IiwgMV0").is_first
