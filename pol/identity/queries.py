"""Reading people, their roles and their devices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.identity.models import RoleGrant, User, UserSession
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.tokens import hash_token


@dataclass(frozen=True)
class GrantRow:
    """One role that a person holds."""

    role: Role
    region_code: str | None
    market_id: int | None


def find_user(user_id: int) -> User | None:
    """Return the person, or nothing."""
    return db.session.get(User, user_id)


def find_user_of_session(*, token: str, now: datetime) -> User | None:
    """Return the active person whose unrevoked, unexpired device holds this token."""
    return db.session.scalar(
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            UserSession.token_hash == hash_token(token),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
            User.is_active.is_(True),
        )
    )


def list_grants(*, user_id: int) -> list[GrantRow]:
    """Return the roles that a person holds now."""
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.region_code, RoleGrant.market_id)
        .where(RoleGrant.user_id == user_id, RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
    )
    return [GrantRow(row.role, row.region_code, row.market_id) for row in rows]
