"""Counting tries at passwords and codes, per account and per address, in our own table.

Forged messages in a payment provider's name are counted by address alone: nobody's account is
tried, and genuine ones are not counted at all.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CursorResult, delete, func, select

from pol.identity.models import LoginAttempt, User
from pol.identity.rules.limits import ACCOUNT, ADDRESS, WINDOW, Limit, check_wait
from pol.kernel import audit
from pol.kernel.db import db, is_postgresql


class Door(StrEnum):
    """What is being tried; waiting at one door does not close the others."""

    PASSWORD = "password"  # noqa: S105 - a door, not a password
    CODE = "code"
    LETTER = "letter"
    SECOND_FACTOR = "second_factor"
    REGISTRATION = "registration"
    ORDER = "order"
    CALLBACK = "callback"


@dataclass(frozen=True)
class Try:
    """A try at a door; the account is a phone number (E.164) or what stands for one."""

    door: Door
    account: str
    address: str
    at: datetime

    @property
    def limits(self) -> dict[str, Limit]:
        """The counts that this try belongs to, and how far each may go."""
        shared = {f"{self.door}@{self.address}": ADDRESS}
        if self.door is Door.CALLBACK:
            return shared
        return {f"{self.door}:{self.account}": ACCOUNT, **shared}


def count_try(attempt: Try) -> None:
    """Count a try before its outcome is known, so that many at once cannot slip through.

    A refused try is not counted.

    :raises TooManyTries: this account, or everybody at this address, must wait
    """
    _queue_up(attempt)
    check_welcome(attempt)
    db.session.add_all(LoginAttempt(bucket=bucket, at=attempt.at) for bucket in attempt.limits)
    db.session.flush()


def check_welcome(attempt: Try) -> None:
    """Look whether a try is welcome now, without counting it.

    :raises TooManyTries: this account, or everybody at this address, must wait
    """
    rows = db.session.execute(
        select(LoginAttempt.bucket, func.count(), func.max(LoginAttempt.at))
        .where(LoginAttempt.bucket.in_(attempt.limits), LoginAttempt.at > attempt.at - WINDOW)
        .group_by(LoginAttempt.bucket)
    )
    for bucket, tries, last_at in rows:
        check_wait(tries=tries, last_at=last_at, limit=attempt.limits[bucket], now=attempt.at)


def _queue_up(attempt: Try) -> None:
    """Let tries at one account wait for each other; on SQLite all writers do so anyway."""
    if is_postgresql():
        own = next(iter(attempt.limits))
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(own))))


def forgive(attempt: Try) -> None:
    """Forget the failed tries of an account that got in, and this one of its address."""
    own, shared = attempt.limits
    this_one = (
        select(func.max(LoginAttempt.id))
        .where(LoginAttempt.bucket == shared, LoginAttempt.at == attempt.at)
        .scalar_subquery()
    )
    db.session.execute(
        delete(LoginAttempt)
        .where((LoginAttempt.bucket == own) | (LoginAttempt.id == this_one))
        .execution_options(synchronize_session=False)
    )


def note_failure(attempt: Try, *, user_id: int | None = None) -> None:
    """Write a failed try at an existing account into the audit trail."""
    if user_id is None:
        user_id = db.session.scalar(select(User.id).where(User.phone == attempt.account))
    if user_id is not None:
        audit.record(
            action="login.failed",
            subject=f"user:{user_id}",
            actor_id=None,
            now=attempt.at,
            door=attempt.door.value,
            address=attempt.address,
        )


def forget_old_tries(now: datetime) -> int:
    """Remove tries that no longer count; return how many."""
    done = db.session.execute(delete(LoginAttempt).where(LoginAttempt.at <= now - WINDOW))
    assert isinstance(done, CursorResult)
    return done.rowcount
