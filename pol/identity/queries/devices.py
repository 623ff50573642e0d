"""The devices that a person is logged in on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.identity.models import UserSession
from pol.identity.queries.people import is_live
from pol.kernel.db import db
from pol.kernel.tokens import hash_token


@dataclass(frozen=True)
class DeviceRow:
    """One device that is logged in."""

    id: int
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime


def is_known_device(*, token: str, user_id: int) -> bool:
    """Answer whether this browser was logged in as the person and nobody has revoked that.

    A session that only ran out still vouches for the browser that holds its token.
    """
    found = select(UserSession.id).where(
        UserSession.token_hash == hash_token(token),
        UserSession.user_id == user_id,
        UserSession.revoked_at.is_(None),
    )
    return db.session.scalar(found) is not None


def list_devices(*, user_id: int, now: datetime) -> list[DeviceRow]:
    """Return the live sessions of a person, last used first."""
    rows = db.session.execute(
        select(
            UserSession.id,
            UserSession.device,
            UserSession.address,
            UserSession.created_at,
            UserSession.last_seen_at,
        )
        .where(UserSession.user_id == user_id, is_live(now))
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )
    return [DeviceRow(*row) for row in rows]
