"""Who is who: the person behind a cookie, and people as an administrator looks for them."""

from dataclasses import dataclass
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ColumnElement, and_, func, select

from pol.identity.models import RoleGrant, User, UserSession
from pol.identity.rules import Role
from pol.identity.rules.devices import IDLE
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.kernel.tokens import hash_token


@dataclass(frozen=True)
class GrantRow:
    """One role that a person holds."""

    id: int
    role: Role
    region_code: str | None
    market_id: int | None


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind a session, with the roles held now."""

    id: int
    name: str
    session_id: int
    last_seen_at: datetime
    second_factor_at: datetime | None
    grants: tuple[GrantRow, ...]


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    id: int
    phone: str
    name: str
    is_active: bool
    created_at: datetime
    roles: tuple[Role, ...]


def find_user(user_id: int) -> User | None:
    """Return the person, or nothing."""
    return db.session.get(User, user_id)


def get_user(user_id: int) -> User:
    """Return the person.

    :raises NotFound: nobody has this id
    """
    user = find_user(user_id)
    if user is None:
        raise NotFound
    return user


def find_by_phone(phone: str) -> User | None:
    """Return the person whose account has this number (E.164), or nothing."""
    return db.session.scalar(select(User).where(User.phone == phone))


def is_live(now: datetime) -> ColumnElement[bool]:
    """Answer whether a session is neither revoked nor expired nor long unused."""
    return and_(
        UserSession.revoked_at.is_(None),
        UserSession.expires_at > now,
        UserSession.last_seen_at > now - IDLE,
    )


def find_signed_in(*, token: str, now: datetime) -> SignedIn | None:
    """Return the active person whose live session has this token, roles included, in one query."""
    held = and_(RoleGrant.user_id == User.id, RoleGrant.revoked_at.is_(None))
    rows = db.session.execute(
        select(
            User.id,
            User.name,
            UserSession.id,
            UserSession.last_seen_at,
            UserSession.second_factor_at,
            RoleGrant.id,
            RoleGrant.role,
            RoleGrant.region_code,
            RoleGrant.market_id,
        )
        .join(UserSession, UserSession.user_id == User.id)
        .outerjoin(RoleGrant, held)
        .where(UserSession.token_hash == hash_token(token), User.is_active.is_(True), is_live(now))
        .order_by(RoleGrant.id)
    ).all()
    if not rows:
        return None
    person = rows[0]
    return SignedIn(
        id=person[0],
        name=person[1],
        session_id=person[2],
        last_seen_at=person[3],
        second_factor_at=person[4],
        grants=tuple(GrantRow(*row[5:]) for row in rows if row[5] is not None),
    )


def list_grants(*, user_id: int) -> list[GrantRow]:
    """Return the roles that a person holds now."""
    rows = db.session.execute(
        select(RoleGrant.id, RoleGrant.role, RoleGrant.region_code, RoleGrant.market_id)
        .where(RoleGrant.user_id == user_id, RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
    )
    return [GrantRow(*row) for row in rows]


def list_people(
    *, words: str = "", role: Role | None = None, cursor: str | None = None, size: int = 30
) -> Page[PersonRow]:
    """Return people, newest first; words are part of a name or of a phone number."""
    columns = (User.id, User.phone, User.name, User.is_active, User.created_at)
    statement = select(*columns).order_by(User.id.desc()).limit(size + 1)
    if words:
        statement = statement.where(_fits(words))
    if role:
        holds = select(RoleGrant.user_id).where(
            RoleGrant.role == role, RoleGrant.revoked_at.is_(None)
        )
        statement = statement.where(User.id.in_(holds))
    if after := decode_cursor(cursor, shape=(int,)):
        statement = statement.where(User.id < after[0])
    rows = db.session.execute(statement).all()
    roles = _roles_of([row.id for row in rows])
    people = [PersonRow(*row, roles=tuple(roles.get(row.id, ()))) for row in rows]
    return cut_page(people, size=size, key=lambda person: (person.id,))


def _fits(words: str) -> ColumnElement[bool]:
    digits = "".join(c for c in words if c.isascii() and c.isdecimal())
    if digits and not any(c.isalpha() for c in words):
        return User.phone.contains(digits.removeprefix("62").removeprefix("0") or digits)
    return func.lower(User.name).contains(words.lower(), autoescape=True)


def _roles_of(user_ids: list[int]) -> dict[int, list[Role]]:
    held: dict[int, list[Role]] = {}
    rows = db.session.execute(
        select(RoleGrant.user_id, RoleGrant.role)
        .where(RoleGrant.user_id.in_(user_ids), RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
    )
    for user_id, role in rows:
        if role not in held.setdefault(user_id, []):
            held[user_id].append(role)
    return held
