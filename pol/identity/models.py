"""People, what they may do, the devices they use, and codes that let them in."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.identity.rules import CodePurpose, Role
from pol.kernel.db import Model, enum_column


class User(UserMixin, Model):  # type: ignore[misc]
    """A person; the phone number (E.164) is the name of the account."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    password_hash: Mapped[str | None]
    village_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    totp_secret: Mapped[str | None]
    totp_last_step: Mapped[int | None]
    locale: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    def get_id(self) -> str:
        """Never used as a key: the server-side session names the person."""
        return str(self.id)


class RoleGrant(Model):
    """A role given to a person, for one region, one market, or everywhere."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_market_id_role", "market_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    market_id: Mapped[int | None] = mapped_column(ForeignKey("market.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class UserSession(Model):
    """One device that is logged in; the cookie holds the token, this row only its hash."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    device: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class LoginAttempt(Model):
    """A failed try at a password or code, counted per account and per address."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_bucket_at", "bucket", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str]
    at: Mapped[datetime]


class LoginCode(Model):
    """A one-time code: forgotten password, a new device, the first administrator."""

    __tablename__ = "login_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[CodePurpose] = mapped_column(enum_column(CodePurpose))
    code_hash: Mapped[str]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
