"""Setting up and asking for the code of an authenticator app."""

from datetime import datetime

from sqlalchemy import CursorResult, or_, update

from pol.identity.models import User, UserSession
from pol.identity.queries.people import get_user
from pol.identity.rules.second_factor import WrongTotp, matching_step
from pol.kernel import audit
from pol.kernel.db import db


def show_code(
    *, user_id: int, session_id: int, code: str, new_secret: str | None, now: datetime
) -> None:
    """Let a device that is logged in show the second factor; the first code sets it up.

    :raises WrongTotp: the code belongs neither to the secret of the account nor to the new one
    """
    user = get_user(user_id)
    if user.totp_secret:
        use_code(user_id=user_id, code=code, now=now)
    else:
        _enrol(user, new_secret, code, now=now)
    db.session.execute(
        update(UserSession).where(UserSession.id == session_id).values(second_factor_at=now)
    )


def _enrol(user: User, secret: str | None, code: str, *, now: datetime) -> None:
    step = matching_step(secret, code, now=now) if secret else None
    if step is None:
        raise WrongTotp
    user.totp_secret, user.totp_last_step = secret, step
    audit.record(action="second_factor.set", subject=f"user:{user.id}", actor_id=user.id, now=now)


def use_code(*, user_id: int, code: str, now: datetime) -> None:
    """Accept a code once: its step and all before it are used up.

    :raises WrongTotp: wrong, used before, or the person has no second factor
    """
    secret = get_user(user_id).totp_secret
    step = matching_step(secret, code, now=now) if secret else None
    if step is None:
        raise WrongTotp
    used = db.session.execute(
        update(User)
        .where(
            User.id == user_id,
            or_(User.totp_last_step.is_(None), User.totp_last_step < step),
        )
        .values(totp_last_step=step)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(used, CursorResult)
    if used.rowcount != 1:
        raise WrongTotp
