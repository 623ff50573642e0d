"""A stall's bank account: who may change it, what it must look like, what is kept and told."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.notices.models import Notice
from pol.payments.models import BankAccount
from pol.payments.queries.bank_accounts import list_bank_accounts
from pol.payments.rules import payout as rules
from pol.payments.rules.payout import USUAL
from pol.payments.services.bank_accounts import Wanted, set_account
from pol.stalls.rules import Seat
from pol.stalls.rules.stall import OwnerOnly
from tests.factories.orders import make_kept_stall, make_open_market
from tests.factories.traders import make_keeper
from tests.payments.till import BANK


def test_a_change_is_kept_told_and_waits(session: Session, now: datetime) -> None:
    stall, owner = make_kept_stall(make_open_market())
    new = Wanted("BRI", "1234567890", "  Siti   Contoh ")
    for wanted in (BANK, new):
        set_account(stall=stall, wanted=wanted, policy=USUAL, actor_id=owner.id, now=now)
    current, old = list_bank_accounts(stall_id=stall.id)
    assert (current.bank, current.holder, current.replaced_at) == ("BRI", "Siti Contoh", None)
    assert current.usable_from == now + USUAL.cool_down
    assert (old.number, old.replaced_at) == (BANK.number, now)
    letters = session.scalars(select(Notice).where(Notice.user_id == owner.id)).all()
    assert len(letters) == 2
    assert "1234567890" not in letters[1].body
    assert "7890" in letters[1].body
    traces = session.scalars(select(AuditEntry.detail)).all()
    assert all("1234567890" not in str(trace) for trace in traces)


def test_only_the_owner_changes_it(session: Session, now: datetime) -> None:
    stall, _ = make_kept_stall(make_open_market())
    helper = make_keeper(stall, seat=Seat.HELPER)
    with pytest.raises(OwnerOnly):
        set_account(stall=stall, wanted=BANK, policy=USUAL, actor_id=helper.id, now=now)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Wanted("Bank Gaib", "12345", "A"), rules.BankUnknown),
        (Wanted("BRI", "1234", "A"), rules.AccountNumberWrong),
        (Wanted("BRI", "1" * 21, "A"), rules.AccountNumberWrong),
        (Wanted("BRI", "12345a", "A"), rules.AccountNumberWrong),
        (Wanted("BRI", "١٢٣٤٥", "A"), rules.AccountNumberWrong),
        (Wanted("BRI", "12345", "  "), rules.HolderMissing),
    ],
)
def test_an_account_that_no_bank_has_is_refused(
    session: Session, now: datetime, wanted: Wanted, refusal: type[Exception]
) -> None:
    stall, owner = make_kept_stall(make_open_market())
    with pytest.raises(refusal):
        set_account(stall=stall, wanted=wanted, policy=USUAL, actor_id=owner.id, now=now)
    assert list_bank_accounts(stall_id=stall.id) == []


def test_the_same_account_again_starts_no_new_wait(session: Session, now: datetime) -> None:
    stall, owner = make_kept_stall(make_open_market())
    set_account(stall=stall, wanted=BANK, policy=USUAL, actor_id=owner.id, now=now)
    with pytest.raises(rules.SameAccount):
        set_account(stall=stall, wanted=BANK, policy=USUAL, actor_id=owner.id, now=now)


def test_the_database_keeps_one_current_account(session: Session, now: datetime) -> None:
    stall, owner = make_kept_stall(make_open_market())
    account = set_account(stall=stall, wanted=BANK, policy=USUAL, actor_id=owner.id, now=now)
    columns = {c.name: getattr(account, c.name) for c in BankAccount.__table__.columns}
    session.add(BankAccount(**{**columns, "id": None}))
    with pytest.raises(IntegrityError):
        session.flush()
