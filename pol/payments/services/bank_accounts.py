"""Where a stall wants its money: every change is told, kept, and waits before it is used."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.notices import services as notices
from pol.payments.models import BankAccount
from pol.payments.queries.bank_accounts import owners_of
from pol.payments.rules.payout import Policy, SameAccount, check_account
from pol.stalls.models import Stall
from pol.stalls.services.keepers import check_owner


@dataclass(frozen=True)
class Wanted:
    """A bank account as its owner writes it."""

    bank: str
    number: str
    holder: str


def set_account(
    *, stall: Stall, wanted: Wanted, policy: Policy, actor_id: int, now: datetime
) -> BankAccount:
    """Send the stall's money to another account once the cool-down is over.

    The stall's row is held by the caller, so two changes cannot cross.

    :raises OwnerOnly: a helper asks
    :raises BankUnknown, AccountNumberWrong, HolderMissing: see `check_account`
    :raises SameAccount: nothing would change
    """
    check_owner(stall, actor_id)
    holder = " ".join(wanted.holder.split())
    check_account(bank=wanted.bank, number=wanted.number, holder=holder)
    _retire(stall, (wanted.bank, wanted.number, holder), now)
    account = BankAccount(
        stall_id=stall.id,
        bank=wanted.bank,
        number=wanted.number,
        holder=holder,
        created_at=now,
        created_by_id=actor_id,
        usable_from=now + policy.cool_down,
    )
    db.session.add(account)
    db.session.flush()
    audit.record(
        action="bank_account.changed",
        subject=f"stall:{stall.id}",
        actor_id=actor_id,
        now=now,
        bank=wanted.bank,
        ends_with=wanted.number[-4:],
    )
    _tell(stall, account)
    return account


def _retire(stall: Stall, wanted: tuple[str, str, str], now: datetime) -> None:
    current = db.session.scalar(
        select(BankAccount).where(
            BankAccount.stall_id == stall.id, BankAccount.replaced_at.is_(None)
        )
    )
    if current is None:
        return
    if (current.bank, current.number, current.holder) == wanted:
        raise SameAccount
    current.replaced_at = now
    db.session.flush()  # a stall has one current account, and the new row comes next


def _tell(stall: Stall, account: BankAccount) -> None:
    for user_id, phone in owners_of([stall.id]).values():
        notices.send(
            key=f"bank_account:{account.id}",
            phone=phone,
            user_id=user_id,
            title=f"Rekening {stall.name} diganti",
            body=f"Uang lapak akan dikirim ke {account.bank} yang berakhir {account.number[-4:]}, "
            f"atas nama {account.holder}. Kalau bukan Anda yang menggantinya, segera ganti sandi "
            "dan datangi petugas pasar: sampai masa tunggu lewat tidak ada uang yang dikirim.",
            link="/pedagang/rekening",
            now=account.created_at,
        )
