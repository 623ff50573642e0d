"""The audit trail as an administrator reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db
from pol.kernel.paging import Page, cut_page, decode_cursor


@dataclass(frozen=True)
class TrailRow:
    """One line: who did what to what."""

    id: int
    at: datetime
    action: str
    subject: str
    detail: dict[str, Any]
    is_sealed: bool
    actor_id: int | None
    actor: str | None


def list_trail(
    *,
    action: str = "",
    subject: str = "",
    actor_id: int | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> Page[TrailRow]:
    """Return lines, newest first; `action` is a beginning ("price."), `subject` is exact."""
    entry = AuditEntry
    statement = (
        select(
            *(entry.id, entry.at, entry.action, entry.subject, entry.detail),
            entry.seal.is_not(None),
            *(entry.actor_id, User.name),
        )
        .outerjoin(User, User.id == entry.actor_id)
        .order_by(entry.id.desc())
        .limit(size + 1)
    )
    if action:
        statement = statement.where(entry.action.startswith(action, autoescape=True))
    if subject:
        statement = statement.where(entry.subject == subject)
    if actor_id is not None:
        statement = statement.where(entry.actor_id == actor_id)
    if after := decode_cursor(cursor, shape=(int,)):
        statement = statement.where(entry.id < after[0])
    rows = [TrailRow(*row) for row in db.session.execute(statement)]
    return cut_page(rows, size=size, key=lambda row: (row.id,))
