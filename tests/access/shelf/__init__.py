"""The shelf partnership's part of the town: each step of the flow says what its addresses mean.

A part has `values(p, people, now)` for the objects of one side, `OWNERS` for who may reach them and
`FIELDS` for what a form must hold before the page looks for the object.
"""

from collections.abc import Mapping
from datetime import datetime
from types import ModuleType
from typing import Any

from pol.identity.models import User
from pol.identity.rules import Role
from pol.partnership.slots.rules import RetailSeat
from pol.stalls.models import Stall
from tests.access.shelf import agreements, allocation, applications, consignment, settlement, slots
from tests.factories.partnership import make_member, make_partnership
from tests.factories.people import give_role, make_person

PARTS: tuple[ModuleType, ...] = (
    slots,
    applications,
    allocation,
    agreements,
    consignment,
    settlement,
)
OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    name: owners for part in PARTS for name, owners in part.OWNERS.items()
}
FIELDS: Mapping[str, dict[str, str]] = {
    name: fields for part in PARTS for name, fields in part.FIELDS.items()
}


def add_people(people: dict[str, User]) -> None:
    """Add the Dinas officer; the retailer's people come with their retailer."""
    people["dinas"] = make_person("Petugas Dinas")
    give_role(people["dinas"], Role.DINAS_OFFICER)


def build(stall: Stall, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Make a partnership of this stall and return what its addresses mean."""
    p = make_partnership(stall=stall)
    people["buyer"] = p.owner
    people["clerk"] = make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store)
    found: dict[str, Any] = {}
    for part in PARTS:
        found |= part.values(p, people, now)
    return found
