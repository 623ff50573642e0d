"""Changing people, their devices and their roles."""

from datetime import datetime, timedelta

from pol.identity.models import User, UserSession
from pol.kernel.db import db
from pol.kernel.tokens import hash_token, new_token

SESSION_LASTS = timedelta(days=60)


def open_session(*, user: User, now: datetime, device: str, address: str) -> str:
    """Log a device in and return its token, which is not stored."""
    token = new_token()
    db.session.add(
        UserSession(
            token_hash=hash_token(token),
            user_id=user.id,
            device=device[:200],
            address=address,
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    db.session.flush()
    return token
