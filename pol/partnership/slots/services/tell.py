"""Sending word to both sides of the shelf partnership."""

from datetime import datetime

from pol.notices.services import send
from pol.partnership.slots.queries.stores import list_colleagues
from pol.partnership.slots.rules import RetailSeat
from pol.stalls.queries.own import list_members
from pol.stalls.rules import Seat


def tell_stall(*, stall_id: int, key: str, title: str, body: str, link: str, now: datetime) -> None:
    """Tell whoever owns a stall; the same key again changes nothing."""
    for person in list_members(stall_id=stall_id):
        if person.seat is Seat.OWNER:
            _send(person.user_id, person.phone, (key, title, body, link), now)


def tell_retailer(
    *, retailer_id: int, key: str, title: str, body: str, link: str, now: datetime
) -> None:
    """Tell whoever decides for a retailer; the same key again changes nothing."""
    for person in list_colleagues(retailer_id=retailer_id):
        if person.seat is not RetailSeat.CLERK:
            _send(person.user_id, person.phone, (key, title, body, link), now)


def _send(user_id: int, phone: str, word: tuple[str, str, str, str], now: datetime) -> None:
    key, title, body, link = word
    send(
        key=f"{key}:{user_id}",
        phone=phone,
        user_id=user_id,
        title=title,
        body=body,
        link=link,
        now=now,
    )
