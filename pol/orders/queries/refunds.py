"""Money that customers get back: the officer's list, one refund, and what a courier carries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.orders.models import OrderGroup
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, RefundStatus
from pol.regions.models import Region
from pol.stalls.models import Market

RECENT = 20


@dataclass(frozen=True)
class RefundRow:
    """Money that a customer gets back; `rounds` counts how often a courier had it."""

    id: int
    group_id: int
    group_number: str
    customer: str
    user_id: int | None
    phone: str
    address: str
    village: str | None
    kecamatan: str | None
    amount: Rupiah
    reason: str
    status: RefundStatus
    channel: Channel
    payee: str | None
    created_at: datetime
    done_at: datetime | None
    note: str | None
    receiver: str | None
    market_id: int
    market_name: str
    courier: str | None
    handed_at: datetime | None
    asked_at: datetime | None
    rounds: int

    @property
    def is_carried(self) -> bool:
        """Answer whether a courier has it in the bag."""
        return self.handed_at is not None

    @property
    def is_movable(self) -> bool:
        """Answer whether the officer may still decide how it goes back."""
        is_due = self.status is RefundStatus.DUE
        return is_due and not self.is_carried and self.asked_at is None

    @property
    def has_account(self) -> bool:
        return self.user_id is not None


def _refunds() -> Select[*tuple[Any, ...]]:
    village, kecamatan = aliased(Region), aliased(Region)
    return (
        select(
            RefundDue.id,
            RefundDue.group_id,
            OrderGroup.number,
            OrderGroup.name,
            OrderGroup.user_id,
            OrderGroup.phone,
            OrderGroup.address,
            village.name,
            kecamatan.name,
            RefundDue.amount,
            RefundDue.reason,
            RefundDue.status,
            RefundDue.channel,
            RefundDue.payee,
            RefundDue.created_at,
            RefundDue.done_at,
            RefundDue.note,
            RefundDue.receiver,
            RefundDue.market_id,
            Market.name,
            User.name,
            RefundDue.handed_at,
            RefundDue.asked_at,
            RefundDue.rounds,
        )
        .join(OrderGroup, OrderGroup.id == RefundDue.group_id)
        .join(Market, Market.id == RefundDue.market_id)
        .outerjoin(User, User.id == RefundDue.courier_id)
        .outerjoin(village, village.code == OrderGroup.village_code)
        .outerjoin(kecamatan, kecamatan.code == village.parent_code)
    )


def list_refunds(*, market_ids: Collection[int], status: RefundStatus) -> list[RefundRow]:
    """Return refunds: those due, the oldest first, or those done, the newest first."""
    wanted = _refunds().where(RefundDue.market_id.in_(market_ids), RefundDue.status == status)
    if status is RefundStatus.DUE:
        wanted = wanted.order_by(RefundDue.id)
    else:
        wanted = wanted.order_by(RefundDue.done_at.desc(), RefundDue.id.desc()).limit(RECENT)
    return [RefundRow(*row) for row in db.session.execute(wanted)]


def count_refunds(*, market_ids: Collection[int]) -> int:
    """Return how many refunds are due."""
    due = RefundDue.market_id.in_(market_ids), RefundDue.status == RefundStatus.DUE
    return db.session.scalar(select(func.count()).select_from(RefundDue).where(*due)) or 0


def get_refund_of_markets(*, refund_id: int, market_ids: Collection[int]) -> RefundRow:
    """Return one refund of these markets.

    :raises NotFound: there is none of theirs
    """
    wanted = _refunds().where(RefundDue.id == refund_id, RefundDue.market_id.in_(market_ids))
    row = db.session.execute(wanted).one_or_none()
    if row is None:
        raise NotFound
    return RefundRow(*row)


def list_carried(courier_id: int) -> list[RefundRow]:
    """Return what is in a courier's bag for customers, by kecamatan, village and name."""
    wanted = _refunds().where(RefundDue.courier_id == courier_id, RefundDue.handed_at.is_not(None))
    rows = [RefundRow(*row) for row in db.session.execute(wanted.order_by(RefundDue.id))]
    return sorted(rows, key=lambda row: (row.kecamatan or "", row.village or "", row.customer))
