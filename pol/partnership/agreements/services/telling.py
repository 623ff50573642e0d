"""Sending word about an agreement to one side or both."""

from datetime import datetime

from pol.partnership.agreements.models import Agreement
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.services.tell import tell_retailer, tell_stall


def tell_side(
    agreement: Agreement, side: Bearer, *, key: str, title: str, body: str, now: datetime
) -> None:
    """Tell one side; the same key of an agreement again changes nothing."""
    key = f"agreement:{agreement.id}:{key}"
    if side is Bearer.PRODUCER:
        link = f"/pedagang/rak/perjanjian/{agreement.number}"
        stall_id = agreement.stall_id
        tell_stall(stall_id=stall_id, key=key, title=title, body=body, link=link, now=now)
    else:
        link = f"/peritel/perjanjian/{agreement.number}"
        retailer_id = agreement.retailer_id
        tell_retailer(retailer_id=retailer_id, key=key, title=title, body=body, link=link, now=now)


def tell_both(agreement: Agreement, *, key: str, title: str, body: str, now: datetime) -> None:
    """Tell both sides the same."""
    for side in Bearer:
        tell_side(agreement, side, key=key, title=title, body=body, now=now)
