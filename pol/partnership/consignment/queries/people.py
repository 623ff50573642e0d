"""Who is told, and who may not receive: people of a store and of a stall."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.slots.models import RetailMember, Store
from pol.stalls.models import StallMember


@dataclass(frozen=True)
class PersonRow:
    """Somebody to write to."""

    user_id: int
    phone: str


def list_store_people(*, store_id: int) -> list[PersonRow]:
    """Return who works in a store: its clerks, and those who work in all stores."""
    rows = db.session.execute(
        select(User.id, User.phone)
        .join(RetailMember, RetailMember.user_id == User.id)
        .join(Store, Store.retailer_id == RetailMember.retailer_id)
        .where(
            Store.id == store_id,
            or_(RetailMember.store_id.is_(None), RetailMember.store_id == store_id),
        )
        .order_by(User.id)
    )
    return [PersonRow(*row) for row in rows]


def list_producers(*, stall_id: int) -> list[PersonRow]:
    """Return who keeps a stall."""
    rows = db.session.execute(
        select(User.id, User.phone)
        .join(StallMember, StallMember.user_id == User.id)
        .where(StallMember.stall_id == stall_id)
        .order_by(User.id)
    )
    return [PersonRow(*row) for row in rows]


def keeps_stall(*, user_id: int, stall_id: int) -> bool:
    """Answer whether somebody keeps a stall."""
    asked = select(StallMember.user_id).where(
        StallMember.stall_id == stall_id, StallMember.user_id == user_id
    )
    return db.session.scalar(asked) is not None
