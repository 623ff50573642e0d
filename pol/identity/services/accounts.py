"""People come in, describe themselves, and are let go."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from pol.identity.models import User
from pol.identity.queries.people import get_user
from pol.identity.rules import NotYourself, PhoneTaken
from pol.identity.services.sessions import revoke_devices
from pol.kernel import audit
from pol.kernel.db import db


def register(
    *,
    phone: str,
    name: str,
    hashed: str | None,
    now: datetime,
    email: str | None = None,
    village_code: str | None = None,
) -> int:
    """Open an account for a phone number (E.164) and return its id.

    :raises PhoneTaken: the number has one
    """
    if db.session.scalar(select(User.id).where(User.phone == phone)):
        raise PhoneTaken
    user = User(
        phone=phone,
        name=name,
        password_hash=hashed,
        email=email or None,
        village_code=village_code,
        created_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:  # somebody was faster
        raise PhoneTaken from None
    audit.record(action="account.opened", subject=f"user:{user.id}", actor_id=user.id, now=now)
    return user.id


def update_profile(
    *, user_id: int, name: str, email: str | None, village_code: str | None, now: datetime
) -> None:
    """Store what a person says about themselves."""
    user = get_user(user_id)
    if (user.email or "") != (email or ""):
        audit.record(
            action="account.email_changed", subject=f"user:{user_id}", actor_id=user_id, now=now
        )
    user.name, user.email, user.village_code = name, email or None, village_code


def deactivate(*, user_id: int, actor_id: int, now: datetime) -> None:
    """Let nobody in with this account any more, and log it out everywhere.

    :raises NotYourself: the account is the actor's own
    """
    if user_id == actor_id:
        raise NotYourself
    _set_active(user_id, actor_id, now, active=False)
    revoke_devices(user_id=user_id, actor_id=actor_id, now=now)


def activate(*, user_id: int, actor_id: int, now: datetime) -> None:
    """Let an account in again."""
    _set_active(user_id, actor_id, now, active=True)


def _set_active(user_id: int, actor_id: int, now: datetime, *, active: bool) -> None:
    get_user(user_id)
    db.session.execute(update(User).where(User.id == user_id).values(is_active=active))
    audit.record(
        action="account.activated" if active else "account.deactivated",
        subject=f"user:{user_id}",
        actor_id=actor_id,
        now=now,
    )
