"""Giving and taking roles."""

from datetime import datetime

from sqlalchemy import select, update

from pol.identity.models import RoleGrant, User
from pol.identity.queries.people import get_user, list_grants
from pol.identity.rules import NotYourself, Role, RoleAlreadyHeld, check_place
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound


def grant_role(
    *,
    user_id: int,
    role: Role,
    actor_id: int | None,
    now: datetime,
    market_id: int | None = None,
    region_code: str | None = None,
) -> None:
    """Give a person a role, for one market, one region, or everywhere.

    :raises PlaceMissing: see `check_place`
    :raises RoleAlreadyHeld: the person has just this role there
    :raises NotFound: no such person
    """
    get_user(user_id)
    check_place(role, market_id=market_id, region_code=region_code)
    if (role, region_code, market_id) in {
        (held.role, held.region_code, held.market_id) for held in list_grants(user_id=user_id)
    }:
        raise RoleAlreadyHeld
    db.session.add(
        RoleGrant(
            user_id=user_id,
            role=role,
            market_id=market_id,
            region_code=region_code,
            granted_by_id=actor_id,
            granted_at=now,
        )
    )
    _note("role.granted", user_id, actor_id, now, role=role.value, market_id=market_id,
          region_code=region_code)  # fmt: skip


def revoke_role(*, user_id: int, grant_id: int, actor_id: int, now: datetime) -> None:
    """Take a role away.

    :raises NotFound: the person holds no such role
    :raises NotYourself: administrators keep their own role until another one takes it
    """
    grant = db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.id == grant_id,
            RoleGrant.user_id == user_id,
            RoleGrant.revoked_at.is_(None),
        )
    )
    if grant is None:
        raise NotFound
    if user_id == actor_id and grant.role is Role.ADMINISTRATOR:
        raise NotYourself
    grant.revoked_at = now
    _note("role.revoked", user_id, actor_id, now, role=grant.role.value, grant_id=grant_id)


def reset_second_factor(*, user_id: int, actor_id: int, now: datetime) -> None:
    """Let a person who lost the authenticator set up a new one.

    :raises NotYourself: the own one is changed at one's own account
    :raises NotFound: there is no such person
    """
    if user_id == actor_id:
        raise NotYourself
    get_user(user_id)
    db.session.execute(
        update(User).where(User.id == user_id).values(totp_secret=None, totp_last_step=None)
    )
    _note("second_factor.reset", user_id, actor_id, now)


def _note(action: str, user_id: int, actor_id: int | None, now: datetime, **detail: object) -> None:
    audit.record(action=action, subject=f"user:{user_id}", actor_id=actor_id, now=now, **detail)
