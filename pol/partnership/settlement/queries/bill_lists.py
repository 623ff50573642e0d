"""Bills page by page, and what all of them come to: a year of them never fits on one page.

`OPEN_NOW`, `OWED_BACK` and `IS_UNDER_WAY` say in SQL what `BillRow` says of one row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, or_, select, type_coerce

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, as_rupiah, round_half_up
from pol.kernel.paging import Key, Page, cut_page, decode_cursor, decode_day_cursor
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.queries.bills import BillRow, carried_on, select_bills
from pol.partnership.settlement.rules import BillStatus

SIZE = 50
UNPAID = (BillStatus.BILLED, BillStatus.APPROVED, BillStatus.IN_PART)
_NEVER = date.max

IS_OPEN = Bill.payable > Bill.held + Bill.paid
IS_TO_PAY = and_(Bill.status.in_(UNPAID), IS_OPEN)
"""What a bill must be to have something to pay now: what is in dispute is not due."""

IS_OWED_BACK = and_(Bill.payable < ZERO, Bill.paid < -Bill.payable, ~carried_on())
IS_UNDER_WAY = or_(IS_OPEN, Bill.held > ZERO, IS_OWED_BACK)
OPEN_NOW = case((IS_OPEN, Bill.payable - Bill.held - Bill.paid))
PAID = type_coerce(Bill.paid, BigInteger)
OWED_BACK = case((IS_OWED_BACK, -Bill.payable - Bill.paid))


@dataclass(frozen=True)
class StallSums:
    """All bills of a producer together, whatever page of them is looked at."""

    bills: int
    over: int
    open: Rupiah
    held: Rupiah
    owed_back: Rupiah
    sale_to_money_tenths: int | None
    """The mean days from sale to money of all that was paid, weighted by amount as elsewhere."""


def sum_bills_of_stall(*, stall_id: int) -> StallSums:
    """Return what all bills of a producer come to."""
    asked = select(
        func.count(),
        func.sum(case((IS_UNDER_WAY, 0), else_=1)),
        func.sum(OPEN_NOW),
        func.sum(Bill.held),
        func.sum(OWED_BACK),
        func.sum(PAID * Bill.sale_to_money_tenths),
        func.sum(case((Bill.sale_to_money_tenths.is_not(None), PAID))),
    ).where(Bill.stall_id == stall_id)
    bills, over, now, held, back, weighed, paid = db.session.execute(asked).one()
    return StallSums(
        bills=bills,
        over=int(over or 0),
        open=as_rupiah(now),
        held=as_rupiah(held),
        owed_back=as_rupiah(back),
        sale_to_money_tenths=round_half_up(int(weighed), int(paid)) if paid else None,
    )


def list_bills_of_stall(
    *, stall_id: int, over: bool, cursor: str | None = None, size: int = SIZE
) -> Page[BillRow]:
    """Return bills of a producer that are over, or all others, newest first."""
    which = ~IS_UNDER_WAY if over else IS_UNDER_WAY
    return _newest(Bill.stall_id == stall_id, which, cursor=cursor, size=size)


def list_bills_of_retailer(
    *, retailer_id: int, status: BillStatus, cursor: str | None = None, size: int = SIZE
) -> Page[BillRow]:
    """Return bills of a retailer in a state that asks nothing more of it, newest first."""
    mine = (Bill.retailer_id == retailer_id, Bill.status == status)
    return _newest(*mine, cursor=cursor, size=size)


def list_unpaid_bills(
    *, retailer_id: int, cursor: str | None = None, size: int = SIZE
) -> Page[BillRow]:
    """Return what a retailer has to pay: what is due first comes first."""
    due_on = func.coalesce(Bill.due_on, _NEVER)
    mine = [Bill.retailer_id == retailer_id, Bill.status.in_(UNPAID)]
    after = decode_day_cursor(cursor)
    if after:
        day, bill_id = after
        mine.append(or_(due_on > day, and_(due_on == day, Bill.id < bill_id)))
    order = (due_on, Bill.id.desc())
    return _page(mine, order, key=_due_key, size=size, is_first=after is None)


def _due_key(row: BillRow) -> Key:
    return ((row.due_on or _NEVER).isoformat(), row.id)


def _newest(*conditions: ColumnElement[bool], cursor: str | None, size: int) -> Page[BillRow]:
    after = decode_cursor(cursor, shape=(int,))
    mine = [*conditions, Bill.id < after[0]] if after else list(conditions)
    order = (Bill.id.desc(),)
    return _page(mine, order, key=lambda row: (row.id,), size=size, is_first=after is None)


def _page(
    mine: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    *,
    key: Any,
    size: int,
    is_first: bool,
) -> Page[BillRow]:
    rows = db.session.execute(select_bills().where(*mine).order_by(*order).limit(size + 1))
    return cut_page([BillRow(*row) for row in rows], size=size, key=key, is_first=is_first)
