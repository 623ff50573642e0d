"""People for tests: each call adds one account."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.identity.services.passwords import hash_secret
from pol.kernel.db import db

LONG_AGO = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
SECRET = "kopi tubruk pagi"
_numbers = count(1)


def make_person(name: str = "Sri Contoh", *, secret: str | None = None, **other: Any) -> User:
    """Add a person; without a secret nobody can log in as them through the page."""
    values: dict[str, Any] = {"phone": f"+62819{next(_numbers):08}", "created_at": LONG_AGO}
    if secret:
        values["password_hash"] = hash_secret(secret)
    user = User(name=name, **values | other)
    db.session.add(user)
    db.session.flush()
    return user


def give_role(user: User, role: Role, *, market_id: int | None = None,
              region_code: str | None = None) -> RoleGrant:  # fmt: skip
    """Give a person a role, as an administrator would."""
    grant = RoleGrant(
        user_id=user.id,
        role=role,
        market_id=market_id,
        region_code=region_code,
        granted_at=LONG_AGO,
    )
    db.session.add(grant)
    db.session.flush()
    return grant
