"""The audit trail: who did what to what, append-only and chained so that a missing row shows."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import BigKey, Model, db

SEAL_AFTER = timedelta(minutes=1)  # so that rows of slow transactions are not overtaken


class AuditEntry(Model):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    seal_number: Mapped[int | None] = mapped_column(unique=True)
    seal: Mapped[str | None]


def record(
    *, action: str, subject: str, actor_id: int | None, now: datetime, **detail: object
) -> None:
    """Write one line: action like "price.changed", subject like "product:17"."""
    db.session.add(
        AuditEntry(at=now, actor_id=actor_id, action=action, subject=subject, detail=detail)
    )


def seal_of(previous: str, entry: AuditEntry) -> str:
    """Return the SHA-256 that chains an entry to the one before it."""
    body = json.dumps(
        [entry.id, entry.at.isoformat(), entry.actor_id, entry.action, entry.subject, entry.detail],
        sort_keys=True,
    )
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def seal_entries(*, now: datetime, limit: int = 1_000) -> int:
    """Chain the oldest unsealed entries; return how many."""
    last = db.session.execute(
        select(AuditEntry.seal_number, AuditEntry.seal)
        .where(AuditEntry.seal_number.is_not(None))
        .order_by(AuditEntry.seal_number.desc())
        .limit(1)
    ).one_or_none()
    number, seal = (last.seal_number, last.seal) if last else (0, "")
    waiting = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.seal_number.is_(None), AuditEntry.at <= now - SEAL_AFTER)
        .order_by(AuditEntry.id)
        .limit(limit)
    ).all()
    for entry in waiting:
        number, seal = number + 1, seal_of(seal or "", entry)
        db.session.execute(
            update(AuditEntry)
            .where(AuditEntry.id == entry.id)
            .values(seal_number=number, seal=seal)
            .execution_options(synchronize_session=False)
        )
    return len(waiting)


def find_broken_seal() -> int | None:
    """Return the number of the first sealed entry that does not follow from the one before."""
    seal = ""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.seal_number.is_not(None))
        .order_by(AuditEntry.seal_number)
        .execution_options(populate_existing=True)
    )
    for expected, entry in enumerate(rows, start=1):
        seal = seal_of(seal, entry)
        if entry.seal_number != expected or entry.seal != seal:
            return expected
    return None


def count_entries() -> int:
    """Return how many lines the trail has."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
