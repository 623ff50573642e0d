"""Where stalls want their money, and whom to tell about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.payments.models import BankAccount
from pol.stalls.models import StallMember
from pol.stalls.rules import Seat


@dataclass(frozen=True)
class AccountRow:
    """Where a stall wants, or wanted, its money."""

    id: int
    bank: str
    number: str
    holder: str
    created_at: datetime
    created_by: str
    usable_from: datetime
    replaced_at: datetime | None


def list_bank_accounts(*, stall_id: int) -> list[AccountRow]:
    """Return a stall's bank accounts, the present one first, then those it had before."""
    columns = (BankAccount.id, BankAccount.bank, BankAccount.number, BankAccount.holder)
    rows = db.session.execute(
        select(
            *columns,
            *(BankAccount.created_at, User.name, BankAccount.usable_from),
            BankAccount.replaced_at,
        )
        .join(User, User.id == BankAccount.created_by_id)
        .where(BankAccount.stall_id == stall_id)
        .order_by(BankAccount.id.desc())
    )
    return [AccountRow(*row) for row in rows]


def owners_of(stall_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Return the owner's id and phone number of each stall."""
    rows = db.session.execute(
        select(StallMember.stall_id, User.id, User.phone)
        .join(User, User.id == StallMember.user_id)
        .where(StallMember.stall_id.in_(stall_ids), StallMember.seat == Seat.OWNER)
    )
    return {stall_id: (user_id, phone) for stall_id, user_id, phone in rows}
