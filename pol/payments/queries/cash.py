"""Looking at cash: what is in a courier's bag, what stalls hold, what is in the till."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger.queries import get_balance, get_balances, list_since
from pol.payments.rules.cash import StallCash
from pol.stalls.models import Market, Stall

SHIFT_ENTRY = "shift:"
"""How the keys of accepted shifts begin in the ledger; a bag begins after the last of them."""


@dataclass(frozen=True)
class BagLine:
    """What one order brought into a bag, its delivery fee included."""

    number: str
    amount: Rupiah


@dataclass(frozen=True)
class Bag:
    """A courier's cash: `carried` is what was missing in the last shift and is still owed."""

    lines: Collection[BagLine]
    carried: Rupiah
    expected: Rupiah
    since: datetime | None

    @property
    def by_number(self) -> Mapping[str, Rupiah]:
        return {line.number: line.amount for line in self.lines}


@dataclass(frozen=True)
class BagRow:
    """A courier who carries cash that has not been counted yet."""

    courier_id: int
    name: str
    phone: str
    expected: Rupiah


@dataclass(frozen=True)
class TillRow:
    """A market's till, and how much a stall may keep there."""

    market_id: int
    slug: str
    name: str
    balance: Rupiah
    ceiling: Rupiah


@dataclass(frozen=True)
class DebtRow:
    """A stall with operator's money in its hands."""

    stall_id: int
    slug: str
    name: str
    phone: str
    market_name: str
    cash: StallCash


def look_into_bag(courier_id: int) -> Bag:
    """Return what should be in a courier's bag, order by order, oldest first."""
    code = f"cash:courier:{courier_id}"
    expected, rows = get_balance(code), list_since(code, key_prefix=SHIFT_ENTRY)
    sums: dict[str, Rupiah] = {}
    for row in rows:
        number = row.memo.rpartition(": ")[2]  # a memo ends with the number of its document
        sums[number] = sums.get(number, ZERO) + row.amount
    lines = [BagLine(number, amount) for number, amount in sums.items() if amount]
    carried = expected - total(line.amount for line in lines)
    return Bag(lines, carried, expected, rows[0].at if rows else None)


def list_uncounted(*, market_ids: Collection[int], waiting: Collection[int]) -> list[BagRow]:
    """Return couriers of these markets with cash in the bag, but for those who wait already."""
    people = db.session.execute(
        select(User.id, User.name, User.phone)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.COURIER, RoleGrant.market_id.in_(market_ids))
        .group_by(User.id)
        .order_by(User.name, User.id)
    ).all()
    held = get_balances([f"cash:courier:{person.id}" for person in people])
    rows = [BagRow(*person, held[f"cash:courier:{person.id}"]) for person in people]
    return [row for row in rows if row.expected > ZERO and row.courier_id not in waiting]


def list_tills(*, market_ids: Collection[int]) -> list[TillRow]:
    """Return the tills of these markets, by name."""
    rows = db.session.execute(
        select(Market.id, Market.slug, Market.name, Market.stall_cash_ceiling)
        .where(Market.id.in_(market_ids))
        .order_by(Market.name, Market.id)
    ).all()
    held = get_balances([f"cash:market:{row.id}" for row in rows])
    return [
        TillRow(row.id, row.slug, row.name, held[f"cash:market:{row.id}"], row.stall_cash_ceiling)
        for row in rows
    ]


def get_till(*, slug: str, market_ids: Collection[int]) -> TillRow:
    """Return the till of one of these markets.

    :raises NotFound: none of them
    """
    for row in list_tills(market_ids=market_ids):
        if row.slug == slug:
            return row
    raise NotFound


def lock_market_of(*, slug: str, market_ids: Collection[int]) -> Market:
    """Return one of these markets for a change, held still.

    :raises NotFound: none of them
    """
    market = db.session.scalar(
        select(Market)
        .where(Market.slug == slug, Market.id.in_(market_ids))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if market is None:
        raise NotFound
    return market


_STALLS = select(
    Stall.id,
    Stall.slug,
    Stall.name,
    Stall.phone,
    Market.name.label("market_name"),
    Market.stall_cash_ceiling,
).join(Market, Market.id == Stall.market_id)


def list_debts(*, market_ids: Collection[int]) -> list[DebtRow]:
    """Return the stalls of these markets that hold the operator's money, the most first."""
    rows = db.session.execute(_STALLS.where(Stall.market_id.in_(market_ids))).all()
    found = _with_cash(rows)
    held = [row for row in found if row.cash.debt]
    return sorted(held, key=lambda row: (-row.cash.debt.amount, row.name))


def get_debt(*, stall_id: int) -> DebtRow:
    """Return what a stall holds, also when it is nothing.

    :raises NotFound: no such stall
    """
    return _only(db.session.execute(_STALLS.where(Stall.id == stall_id)).one_or_none())


def get_debt_of_markets(*, slug: str, market_ids: Collection[int]) -> DebtRow:
    """Return what a stall of these markets holds.

    :raises NotFound: no stall of theirs
    """
    wanted = _STALLS.where(Stall.slug == slug, Stall.market_id.in_(market_ids))
    return _only(db.session.execute(wanted).one_or_none())


def _only(row: Row[*tuple[Any, ...]] | None) -> DebtRow:
    if row is None:
        raise NotFound
    return _with_cash([row])[0]


def _with_cash(rows: Collection[Row[*tuple[Any, ...]]]) -> list[DebtRow]:
    cash = _cash_of([row.id for row in rows])
    return [
        DebtRow(
            row.id,
            row.slug,
            row.name,
            row.phone,
            row.market_name,
            StallCash(row.id, row.name, *cash[row.id], row.stall_cash_ceiling),
        )
        for row in rows
    ]


def _cash_of(stall_ids: Collection[int]) -> dict[int, tuple[Rupiah, Rupiah]]:
    """Return cash and payable of each stall; both may be used by thousands, hence one statement."""
    codes = [f"{kind}:stall:{stall_id}" for stall_id in stall_ids for kind in ("cash", "payable")]
    held = get_balances(codes)
    return {
        stall_id: (held[f"cash:stall:{stall_id}"], held[f"payable:stall:{stall_id}"])
        for stall_id in stall_ids
    }


def find_stall_cash(stall_ids: Collection[int]) -> list[StallCash]:
    """Return what these stalls hold; those that hold nothing are left out.

    One statement for a whole cart, and a second one only when a stall holds something.
    """
    cash = _cash_of(stall_ids)
    holders = [stall_id for stall_id, (held, _payable) in cash.items() if held > ZERO]
    if not holders:
        return []
    rows = db.session.execute(_STALLS.where(Stall.id.in_(holders)).order_by(Stall.name))
    return [StallCash(row.id, row.name, *cash[row.id], row.stall_cash_ceiling) for row in rows]
