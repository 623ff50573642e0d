"""One-time codes: drawn and compared outside, issued and used inside a transaction."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, select, update

from pol.identity.models import LoginCode, User
from pol.identity.queries.people import find_by_phone, list_grants
from pol.identity.rules import NEEDS_SECOND_FACTOR, CodePurpose, Role
from pol.identity.rules.secrets import (
    CODE_LASTS,
    CODE_TRIES,
    CodeNotForStaff,
    NoSuchAccount,
    WrongCode,
    plain_code,
)
from pol.identity.services.passwords import hash_secret, is_secret, set_password
from pol.identity.services.roles import grant_role
from pol.identity.signals import CodeIssued
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.signals import announce
from pol.kernel.text import readable_code

LETS_IN = (CodePurpose.RESET_PASSWORD, CodePurpose.FIRST_ADMINISTRATOR)


@dataclass(frozen=True)
class DrawnCode:
    """A fresh code and the hash that is stored of it."""

    purpose: CodePurpose
    code: str
    hashed: str


def draw_code(purpose: CodePurpose) -> DrawnCode:
    """Draw a code: 6 digits for 15 minutes, 10 letters for the day of a first administrator.

    :raises TooBusy: see `hash_secret`
    """
    first = purpose is CodePurpose.FIRST_ADMINISTRATOR
    code = readable_code(10) if first else f"{secrets.randbelow(10**6):06}"
    return DrawnCode(purpose, code, hash_secret(code))


def mail_code(drawn: DrawnCode, *, phone: str, now: datetime) -> None:
    """Send a code to the e-mail of an account, if there is such an account with an e-mail."""
    user = find_by_phone(phone)
    if user is None or not user.email or not user.is_active:
        return
    code_id = _issue(drawn, user.id, issued_by_id=None, now=now)
    announce(CodeIssued(code_id, user.id, user.phone, drawn.purpose, drawn.code, now))


def hand_out_code(drawn: DrawnCode, *, phone: str, officer_id: int, now: datetime) -> User:
    """Let an officer read a code aloud to the person who stands there; return the person.

    :raises NoSuchAccount: no account has this number
    :raises CodeNotForStaff: officers and administrators get theirs from an administrator
    """
    user = find_by_phone(phone)
    if user is None or not user.is_active:
        raise NoSuchAccount
    held = {grant.role for grant in list_grants(user_id=user.id)}
    is_boss = Role.ADMINISTRATOR in {grant.role for grant in list_grants(user_id=officer_id)}
    if held & NEEDS_SECOND_FACTOR and not is_boss:
        raise CodeNotForStaff
    _issue(drawn, user.id, issued_by_id=officer_id, now=now)
    return user


def issue_first_code(drawn: DrawnCode, *, user_id: int, now: datetime) -> None:
    """Issue the code with which a person becomes administrator."""
    _issue(drawn, user_id, issued_by_id=None, now=now)


def count_code_try(*, phone: str, now: datetime) -> None:
    """Use up one of the few tries that each live code of this account has."""
    db.session.execute(
        update(LoginCode)
        .where(LoginCode.user_id.in_(select(User.id).where(User.phone == phone)), *_live(now))
        .values(tries=LoginCode.tries + 1)
        .execution_options(synchronize_session=False)
    )


def match_code(
    *, phone: str, code: str, now: datetime, purposes: Collection[CodePurpose] = LETS_IN
) -> int:
    """Return the id of the live code that this is; writes nothing.

    :raises WrongCode: it is none, or the account does not exist; the answer does not say which
    """
    rows = db.session.execute(
        select(LoginCode.id, LoginCode.code_hash)
        .join(User, User.id == LoginCode.user_id)
        .where(User.phone == phone, User.is_active.is_(True), LoginCode.purpose.in_(purposes))
        .where(*_live(now))
        .order_by(LoginCode.id.desc())
        .limit(2)
    ).all()
    typed = plain_code(code)
    for row in rows:
        if is_secret(row.code_hash, typed):
            return int(row.id)
    if not rows:
        is_secret(None, typed)
    raise WrongCode


def spend_code(*, code_id: int, now: datetime) -> LoginCode:
    """Use a code up and return it.

    :raises WrongCode: it was used or ran out in between
    """
    used = db.session.execute(
        update(LoginCode)
        .where(LoginCode.id == code_id, *_live(now))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(used, CursorResult)
    if used.rowcount != 1:
        raise WrongCode
    return db.session.get_one(LoginCode, code_id)


def use_code(*, code_id: int, hashed: str, now: datetime) -> int:
    """Trade a code for a new password (and, for a first administrator, the role); once.

    :raises WrongCode: see `spend_code`
    """
    code = spend_code(code_id=code_id, now=now)
    set_password(user_id=code.user_id, hashed=hashed, actor_id=code.user_id, now=now)
    held = {grant.role for grant in list_grants(user_id=code.user_id)}
    if code.purpose is CodePurpose.FIRST_ADMINISTRATOR and Role.ADMINISTRATOR not in held:
        grant_role(user_id=code.user_id, role=Role.ADMINISTRATOR, actor_id=None, now=now)
    return code.user_id


def _issue(drawn: DrawnCode, user_id: int, *, issued_by_id: int | None, now: datetime) -> int:
    db.session.execute(
        update(LoginCode)
        .where(LoginCode.user_id == user_id, LoginCode.purpose == drawn.purpose, *_live(now))
        .values(expires_at=now)
    )
    code = LoginCode(
        user_id=user_id,
        purpose=drawn.purpose,
        code_hash=drawn.hashed,
        issued_by_id=issued_by_id,
        created_at=now,
        expires_at=now + CODE_LASTS[drawn.purpose],
    )
    db.session.add(code)
    db.session.flush()
    audit.record(
        action="code.issued",
        subject=f"user:{user_id}",
        actor_id=issued_by_id,
        now=now,
        purpose=drawn.purpose.value,
    )
    return code.id


def _live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (LoginCode.used_at.is_(None), LoginCode.expires_at > now, LoginCode.tries <= CODE_TRIES)
