"""Devices log in and out: a random token in the cookie, only its hash in a row."""

from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, delete, or_, update

from pol.identity.models import UserSession
from pol.identity.rules.devices import LASTS, REMEMBER_CLOSED, TOUCH_EVERY
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.tokens import hash_token, new_token


def open_session(
    *, user_id: int, now: datetime, device: str, address: str, second_factor: bool = False
) -> str:
    """Log a device in and return its token, which is not stored."""
    token = new_token()
    db.session.add(
        UserSession(
            token_hash=hash_token(token),
            user_id=user_id,
            device=device[:200],
            address=address,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LASTS,
            second_factor_at=now if second_factor else None,
        )
    )
    audit.record(
        action="login.opened", subject=f"user:{user_id}", actor_id=user_id, now=now, device=device
    )
    return token


def close_session(*, token: str, now: datetime) -> None:
    """Log out the device that holds this token; an unknown token changes nothing."""
    _revoke(UserSession.token_hash == hash_token(token), now=now)


def revoke_device(*, user_id: int, session_id: int, actor_id: int, now: datetime) -> None:
    """Log out one device of a person.

    :raises NotFound: no such device of this person is logged in
    """
    if not _revoke(UserSession.id == session_id, UserSession.user_id == user_id, now=now):
        raise NotFound
    _note(user_id, actor_id, now)


def revoke_devices(
    *, user_id: int, actor_id: int | None, now: datetime, except_id: int | None = None
) -> int:
    """Log out all devices of a person, or all but one; return how many."""
    kept = () if except_id is None else (UserSession.id != except_id,)
    count = _revoke(UserSession.user_id == user_id, *kept, now=now)
    _note(user_id, actor_id, now, count=count)
    return count


def touch_session(*, session_id: int, now: datetime) -> None:
    """Note that a device was used, at most once in a while."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.last_seen_at <= now - TOUCH_EVERY)
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )


def forget_old_sessions(now: datetime) -> int:
    """Remove devices that have been out for a month; return how many."""
    long_ago = now - REMEMBER_CLOSED
    done = db.session.execute(
        delete(UserSession)
        .where(or_(UserSession.expires_at <= long_ago, UserSession.revoked_at <= long_ago))
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount


def _revoke(*which: ColumnElement[bool], now: datetime) -> int:
    done = db.session.execute(
        update(UserSession)
        .where(*which, UserSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount


def _note(user_id: int, actor_id: int | None, now: datetime, **detail: int) -> None:
    audit.record(
        action="login.revoked", subject=f"user:{user_id}", actor_id=actor_id, now=now, **detail
    )
