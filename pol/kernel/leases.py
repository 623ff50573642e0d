"""Which worker does a recurring duty now, and when it is due again; never two of them at once."""

from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, db, insert


class DutyLease(Model):
    """A duty: while somebody holds it, theirs `until` then; while nobody does, not due before."""

    __tablename__ = "duty_lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str | None]
    until: Mapped[datetime]


def take_lease(*, name: str, holder: str, now: datetime, until: datetime, early: bool) -> bool:
    """Take a duty that is due and that nobody else does; `early` takes it before it is due.

    A holder that died loses its lease when the lease runs out.
    """
    free = DutyLease.until <= now
    taken = db.session.scalar(
        insert(DutyLease)
        .values(name=name, holder=holder, until=until)
        .on_conflict_do_update(
            index_elements=[DutyLease.name],
            set_={"holder": holder, "until": until},
            where=or_(free, DutyLease.holder.is_(None)) if early else free,
        )
        .returning(DutyLease.name)
    )
    return taken is not None


def return_lease(*, name: str, holder: str, due_at: datetime) -> None:
    """Give a duty back, to be done again from `due_at` on."""
    db.session.execute(
        update(DutyLease)
        .where(DutyLease.name == name, DutyLease.holder == holder)
        .values(holder=None, until=due_at)
    )
