"""Reading deposits, shifts and what went to the bank: the papers of cash."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import aliased

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import Rupiah
from pol.payments.models import BankDeposit, CashDeposit, CourierShift, ShiftLine
from pol.stalls.models import Market, Stall

MOST_SHOWN = 50


@dataclass(frozen=True)
class DepositRow:
    """Cash handed in: by whom, to whom, and what the giver still owed afterwards."""

    number: str
    at: datetime
    amount: Rupiah
    remaining: Rupiah
    market_name: str
    stall_name: str | None
    courier_name: str | None
    receiver: str
    shift_id: int | None

    @property
    def giver(self) -> str:
        return self.stall_name or self.courier_name or ""


@dataclass(frozen=True)
class BankRow:
    """Cash brought to the bank."""

    number: str
    at: datetime
    amount: Rupiah
    remaining: Rupiah
    reference: str
    market_name: str
    bank: str | None
    account: str | None
    by: str

    @property
    def at_day(self) -> date:
        """The local day by which lists put them together."""
        return business_day(self.at)


@dataclass(frozen=True)
class ShiftRow:
    """A shift as lists show it."""

    id: int
    number: str
    courier_id: int
    courier_name: str
    market_name: str
    opened_at: datetime
    counted_at: datetime
    expected: Rupiah
    counted: Rupiah
    shortage: Rupiah
    note: str
    accepted_at: datetime | None

    @property
    def difference(self) -> Rupiah:
        """Positive when there is too much."""
        return self.counted - self.expected


@dataclass(frozen=True)
class ShiftLineRow:
    """One order of a shift."""

    number: str
    expected: Rupiah
    counted: Rupiah
    note: str


_courier, _receiver = aliased(User), aliased(User)
_DEPOSIT = (
    select(
        CashDeposit.number,
        CashDeposit.at,
        CashDeposit.amount,
        CashDeposit.remaining,
        Market.name,
        Stall.name,
        _courier.name,
        _receiver.name,
        CashDeposit.shift_id,
    )
    .join(Market, Market.id == CashDeposit.market_id)
    .join(_receiver, _receiver.id == CashDeposit.received_by_id)
    .outerjoin(Stall, Stall.id == CashDeposit.stall_id)
    .outerjoin(_courier, _courier.id == CashDeposit.courier_id)
)
_BANK = (
    select(
        BankDeposit.number,
        BankDeposit.at,
        BankDeposit.amount,
        BankDeposit.remaining,
        BankDeposit.reference,
        Market.name,
        Market.bank_name,
        Market.bank_account,
        User.name,
    )
    .join(Market, Market.id == BankDeposit.market_id)
    .join(User, User.id == BankDeposit.by_id)
)
_SHIFT: Select[*tuple[Any, ...]] = (
    select(
        CourierShift.id,
        CourierShift.number,
        CourierShift.courier_id,
        User.name,
        Market.name,
        CourierShift.opened_at,
        CourierShift.counted_at,
        CourierShift.expected,
        CourierShift.counted,
        CourierShift.shortage,
        CourierShift.note,
        CourierShift.accepted_at,
    )
    .join(User, User.id == CourierShift.courier_id)
    .join(Market, Market.id == CourierShift.market_id)
)


def list_deposits_of_day(*, market_ids: Collection[int], day: date) -> list[DepositRow]:
    """Return what was handed in at these markets on a day, newest first."""
    begin, end = at_local(day, 0), at_local(day + timedelta(days=1), 0)
    of_day = CashDeposit.at >= begin, CashDeposit.at < end
    return _deposits(_DEPOSIT.where(CashDeposit.market_id.in_(market_ids), *of_day))


def list_deposits_of_stall(stall_id: int) -> list[DepositRow]:
    """Return what a stall has handed in lately, newest first."""
    return _deposits(_DEPOSIT.where(CashDeposit.stall_id == stall_id).limit(MOST_SHOWN))


def list_deposits_of_courier(courier_id: int) -> list[DepositRow]:
    """Return what a courier has handed in lately, newest first."""
    return _deposits(_DEPOSIT.where(CashDeposit.courier_id == courier_id).limit(MOST_SHOWN))


def _deposits(statement: Select[*tuple[Any, ...]]) -> list[DepositRow]:
    newest = statement.order_by(CashDeposit.at.desc(), CashDeposit.id.desc())
    return [DepositRow(*row) for row in db.session.execute(newest)]


def get_deposit(
    number: str, *, market_ids: Collection[int], stall_ids: Collection[int], courier_id: int
) -> DepositRow:
    """Return a deposit for its giver, or for an officer of the market that received it.

    :raises NotFound: it is none of theirs
    """
    mine = or_(
        CashDeposit.market_id.in_(market_ids) if market_ids else false(),
        CashDeposit.stall_id.in_(stall_ids) if stall_ids else false(),
        CashDeposit.courier_id == courier_id,
    )
    row = db.session.execute(_DEPOSIT.where(CashDeposit.number == number, mine)).one_or_none()
    if row is None:
        raise NotFound
    return DepositRow(*row)


def list_bank_deposits(*, market_ids: Collection[int]) -> list[BankRow]:
    """Return what went from the tills of these markets to the bank lately, newest first."""
    newest = BankDeposit.at.desc(), BankDeposit.id.desc()
    wanted = _BANK.where(BankDeposit.market_id.in_(market_ids)).order_by(*newest)
    return [BankRow(*row) for row in db.session.execute(wanted.limit(MOST_SHOWN))]


def get_bank_deposit(number: str, *, market_ids: Collection[int]) -> BankRow:
    """Return the paper of what went to the bank.

    :raises NotFound: it is of none of these markets
    """
    wanted = BankDeposit.number == number, BankDeposit.market_id.in_(market_ids)
    row = db.session.execute(_BANK.where(*wanted)).one_or_none()
    if row is None:
        raise NotFound
    return BankRow(*row)


def list_waiting_shifts(*, market_ids: Collection[int]) -> list[ShiftRow]:
    """Return the counted bags that wait at the counters of these markets, oldest first."""
    waiting = CourierShift.market_id.in_(market_ids), CourierShift.accepted_at.is_(None)
    return _shifts(*waiting)


def count_waiting_shifts(*, market_ids: Collection[int]) -> int:
    """Return how many counted bags wait at the counters of these markets."""
    waiting = CourierShift.market_id.in_(market_ids), CourierShift.accepted_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(CourierShift).where(*waiting)) or 0


def find_waiting_shift(courier_id: int) -> ShiftRow | None:
    """Return what a courier has counted and nobody has accepted yet."""
    rows = _shifts(CourierShift.courier_id == courier_id, CourierShift.accepted_at.is_(None))
    return rows[0] if rows else None


def find_usual_market(courier_id: int) -> int | None:
    """Return where a courier counted the last bag."""
    return db.session.scalar(
        select(CourierShift.market_id)
        .where(CourierShift.courier_id == courier_id)
        .order_by(CourierShift.counted_at.desc(), CourierShift.id.desc())
        .limit(1)
    )


def get_shift_of_markets(number: str, *, market_ids: Collection[int]) -> ShiftRow:
    """Return a shift that an officer of these markets decides about, or has decided.

    :raises NotFound: none of theirs
    """
    rows = _shifts(CourierShift.number == number, CourierShift.market_id.in_(market_ids))
    if not rows:
        raise NotFound
    return rows[0]


def get_shift(shift_id: int) -> ShiftRow:
    """Return the shift behind a deposit that the edge has already opened for this person."""
    (row,) = _shifts(CourierShift.id == shift_id)
    return row


def _shifts(*conditions: ColumnElement[bool]) -> list[ShiftRow]:
    statement = _SHIFT.where(*conditions).order_by(CourierShift.counted_at, CourierShift.id)
    return [ShiftRow(*row) for row in db.session.execute(statement)]


def list_shift_lines(shift_id: int) -> Sequence[ShiftLineRow]:
    """Return the orders of a shift in the order in which they were handed over."""
    rows = db.session.execute(
        select(ShiftLine.number, ShiftLine.expected, ShiftLine.counted, ShiftLine.note)
        .where(ShiftLine.shift_id == shift_id)
        .order_by(ShiftLine.position)
    )
    return [ShiftLineRow(*row) for row in rows]


def lock_shift_of_markets(number: str, *, market_ids: Collection[int]) -> CourierShift:
    """Return a shift that an officer of these markets accepts, held still.

    :raises NotFound: none of theirs
    """
    shift = db.session.scalar(
        select(CourierShift)
        .where(CourierShift.number == number, CourierShift.market_id.in_(market_ids))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if shift is None:
        raise NotFound
    return shift
