"""Who helps at a stall, and the permits of the business."""

from datetime import date, datetime

from sqlalchemy import delete, select

from pol.identity.queries.people import find_by_phone
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.stalls.models import Permit, Stall, StallMember
from pol.stalls.queries import own
from pol.stalls.rules import PermitKind, Seat
from pol.stalls.rules.stall import HelperUnknown, OwnerOnly, check_helpers, check_permit


def add_helper(*, stall: Stall, phone: str, actor_id: int, now: datetime) -> int:
    """Let the person with this phone number (E.164) work at the stall; return their id.

    :raises OwnerOnly: only the owner chooses helpers
    :raises HelperUnknown: nobody has an account with this number
    :raises HelperAlreadyThere, TooManyHelpers: see `check_helpers`
    """
    check_owner(stall, actor_id)
    helper = find_by_phone(phone)
    if helper is None:
        raise HelperUnknown
    user_id = helper.id
    members = own.list_members(stall_id=stall.id)
    is_member = user_id in {member.user_id for member in members}
    check_helpers(len(members) - 1, is_member=is_member)
    db.session.add(StallMember(stall_id=stall.id, user_id=user_id, seat=Seat.HELPER, since=now))
    audit.record(
        action="stall.helper_added",
        subject=f"stall:{stall.id}",
        actor_id=actor_id,
        now=now,
        user_id=user_id,
    )
    return user_id


def remove_helper(*, stall: Stall, user_id: int, actor_id: int, now: datetime) -> None:
    """Let a helper go.

    :raises OwnerOnly: only the owner chooses helpers
    :raises NotFound: no such helper here
    """
    check_owner(stall, actor_id)
    if own.find_seat(stall_id=stall.id, user_id=user_id) is not Seat.HELPER:
        raise NotFound
    db.session.execute(
        delete(StallMember).where(StallMember.stall_id == stall.id, StallMember.user_id == user_id)
    )
    audit.record(
        action="stall.helper_removed",
        subject=f"stall:{stall.id}",
        actor_id=actor_id,
        now=now,
        user_id=user_id,
    )


def add_permit(
    *,
    stall_id: int,
    kind: PermitKind,
    number: str,
    expires_on: date | None,
    actor_id: int,
    now: datetime,
    picture_key: str | None = None,
    product_id: int | None = None,
) -> int:
    """Note a permit of the business, or of one product of it; return its id.

    :raises PermitExpired: its last day is past
    """
    check_permit(expires_on, business_day(now))
    permit = Permit(
        stall_id=stall_id,
        product_id=product_id,
        kind=kind,
        number=number.strip(),
        expires_on=expires_on,
        picture_key=picture_key,
        created_at=now,
    )
    db.session.add(permit)
    db.session.flush()
    audit.record(
        action="permit.added",
        subject=f"stall:{stall_id}",
        actor_id=actor_id,
        now=now,
        permit_id=permit.id,
        kind=kind.value,
    )
    return permit.id


def remove_permit(*, stall_id: int, permit_id: int, actor_id: int, now: datetime) -> None:
    """Strike out a permit.

    :raises NotFound: no such permit of this stall
    """
    permit = db.session.scalar(
        select(Permit).where(Permit.id == permit_id, Permit.stall_id == stall_id)
    )
    if permit is None:
        raise NotFound
    db.session.delete(permit)
    audit.record(
        action="permit.removed",
        subject=f"stall:{stall_id}",
        actor_id=actor_id,
        now=now,
        kind=permit.kind.value,
        number=permit.number,
    )


def check_owner(stall: Stall, actor_id: int) -> None:
    """Let only the owner pass.

    :raises OwnerOnly: a helper, or somebody else
    """
    if own.find_seat(stall_id=stall.id, user_id=actor_id) is not Seat.OWNER:
        raise OwnerOnly
