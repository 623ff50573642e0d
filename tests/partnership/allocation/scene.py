"""A closed call with a few applicants, ready to be allocated."""

from dataclasses import dataclass
from typing import Any

from pol.identity.models import User
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Retailer, Shelf, SlotCall, Store
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import (
    make_application,
    make_call,
    make_member,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)


@dataclass(frozen=True)
class Scene:
    """One store with two shelves, of which the second begins at 200 mm, and three applicants."""

    retailer: Retailer
    owner: User
    store: Store
    shelves: list[Shelf]
    call: SlotCall
    applications: list[Application]


def make_scene(**other: Any) -> Scene:
    """Make a call for 500 mm of shelf that four facings of 140 mm do not fit into."""
    retailer = make_retailer()
    owner, store = make_member(retailer), make_store(retailer)
    shelves = [make_shelf(store, width_mm=300), make_shelf(store, width_mm=500)]
    values = {"status": CallStatus.CLOSED, "terms_sha256": None} | other
    call = make_call(retailer, shelves=shelves, by=owner, **values)
    applications = [
        make_application(
            call,
            make_sheet(name=f"Keripik Contoh {place}"),
            stores=[store],
            max_facings=2,
            weekly_demand_milli=demand,
        )
        for place, demand in enumerate((30_000, 20_000, 10_000, 1_000), 1)
    ]
    return Scene(retailer, owner, store, shelves, call, applications)
