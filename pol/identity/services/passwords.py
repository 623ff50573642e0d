"""Passwords and PINs: argon2id, never inside a transaction, a few at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update

from pol.identity.models import User
from pol.identity.rules.secrets import TooBusy, WrongOldSecret, WrongSecret
from pol.identity.services.sessions import revoke_devices
from pol.kernel import audit
from pol.kernel.db import db

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$ZKt/YEgS71YQp6i96TN+3w$FLDyucoc6KZT0qfIe+NQHuWdUqCnECZCs03Zu/Y6tiA"
)
"""The hash of a thrown-away random word: an unknown phone takes as long as a known one."""

AT_ONCE = 2
PATIENCE_SECONDS = 5
_slots = BoundedSemaphore(AT_ONCE)  # each takes 19 MiB and some 30 ms of a core


@dataclass(frozen=True)
class Match:
    """A phone and a password that belong together; `rehashed` when the stored hash is outdated."""

    user_id: int
    rehashed: str | None


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=PATIENCE_SECONDS):
        raise TooBusy
    try:
        yield
    finally:
        _slots.release()


def hash_secret(secret: str) -> str:
    """Return the argon2id hash of a password, PIN or one-time code.

    :raises TooBusy: too many people wait for the same
    """
    with _slot():
        return HASHER.hash(secret)


def is_secret(stored: str | None, secret: str) -> bool:
    """Answer whether this is the secret behind a hash; no hash costs as much time as a wrong one.

    :raises TooBusy: too many people wait for the same
    """
    with _slot():
        try:
            return HASHER.verify(stored or NOBODY, secret) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def match_secret(*, phone: str, secret: str) -> Match:
    """Return whose phone (E.164) and password these are; writes nothing.

    :raises WrongSecret: nobody's, or of somebody who may not log in; the answer does not say which
    :raises TooBusy: too many people wait for the same
    """
    row = db.session.execute(
        select(User.id, User.password_hash).where(User.phone == phone, User.is_active.is_(True))
    ).one_or_none()
    stored = row.password_hash if row else None
    if not is_secret(stored, secret) or row is None or stored is None:
        raise WrongSecret
    outdated = HASHER.check_needs_rehash(stored)
    return Match(row.id, hash_secret(secret) if outdated else None)


def check_old_secret(*, user_id: int, secret: str) -> None:
    """Require the password that a person has now; writes nothing.

    :raises WrongOldSecret: it is another one
    :raises TooBusy: too many people wait for the same
    """
    stored = db.session.scalar(select(User.password_hash).where(User.id == user_id))
    if not is_secret(stored, secret):
        raise WrongOldSecret


def renew_hash(match: Match) -> None:
    """Store the hash made with today's parameters, if the old one was outdated."""
    if match.rehashed:
        _store(match.user_id, match.rehashed)


def set_password(
    *,
    user_id: int,
    hashed: str,
    actor_id: int | None,
    now: datetime,
    keep_session_id: int | None = None,
) -> None:
    """Store a new password and log out all other devices."""
    _store(user_id, hashed)
    revoke_devices(user_id=user_id, actor_id=actor_id, now=now, except_id=keep_session_id)
    audit.record(action="password.changed", subject=f"user:{user_id}", actor_id=actor_id, now=now)


def _store(user_id: int, hashed: str) -> None:
    db.session.execute(update(User).where(User.id == user_id).values(password_hash=hashed))
