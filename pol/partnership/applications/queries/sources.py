"""What is known of a product before its sheet is written: its papers in the online market."""

from datetime import date

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import check_not_lapsed, read_number
from pol.stalls.queries.own import PermitRow, list_permits


def list_known_permits(*, stall_id: int, product_id: int | None, today: date) -> list[PermitRow]:
    """Return the permits of the business and of an online product that a sheet may take over.

    What has lapsed or is not written as its kind is written stays where it is.
    """
    found = list_permits(stall_id=stall_id)
    if product_id is not None:
        found += list_permits(stall_id=stall_id, product_id=product_id)
    return [permit for permit in found if _is_sound(permit, today)]


def _is_sound(permit: PermitRow, today: date) -> bool:
    try:
        read_number(SheetPermitKind(permit.kind.value), permit.number)
        check_not_lapsed(permit.expires_on, today)
    except Refused:
        return False
    return True
