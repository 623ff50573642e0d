"""Addresses of slots in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.slots.models import Fixture
from pol.partnership.slots.services.follow_ups import follow_up
from tests.factories.partnership import Partnership

IN_THE_STORE = ({"buyer", "buyer_without_code", "clerk"}, {"other_buyer", "other_clerk"})
"""Pages for everybody in a store ask for no second factor."""

OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "retailer_members": ({"buyer"}, {"other_buyer"}),
    "retailer_stores": IN_THE_STORE,
    "retailer_planogram": IN_THE_STORE,
    "retailer_planogram_files": IN_THE_STORE,
    "retailer_shelves": ({"buyer"}, {"other_buyer"}),
    "dinas_stores": ({"dinas"}, {"dinas"}),
    "retailer_calls": ({"buyer"}, {"other_buyer"}),
    "retailer_calls_draft": ({"buyer"}, {"other_buyer"}),
    "retailer_follow_ups": ({"buyer"}, {"other_buyer"}),
    "dinas_calls": ({"dinas"}, {"dinas"}),
    "dinas_idle_stores": ({"dinas"}, {"dinas"}),
    "admin_terms": ({"administrator"}, {"administrator"}),
    "public_slots": "everybody",
    "public_shelf_card": "everybody",
}
FIELDS: Mapping[str, dict[str, str]] = {"admin_terms.end": {"last_day": "2099-01-01"}}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    fixture = db.session.get_one(Fixture, p.shelf.fixture_id)
    asked = follow_up(
        store=p.store,
        text="Mohon buka slot",
        due_on=business_day(now) + timedelta(days=14),
        officer_id=people["dinas"].id,
        now=now,
    )
    return {
        "retailer_members.user_id": people["clerk"].id,
        "retailer_stores.slug": p.store.slug,
        "retailer_planogram.slug": p.store.slug,
        "retailer_planogram_files.slug": p.store.slug,
        "retailer_shelves.slug": p.store.slug,
        "retailer_shelves.code": fixture.code,
        "retailer_shelves.number": p.shelf.number,
        "dinas_stores.slug": p.store.slug,
        "retailer_calls.number": p.call.number,
        "retailer_calls_draft.number": p.call.number,
        "public_slots.number": p.call.number,
        "public_shelf_card.code": p.placement.number.removeprefix("PN"),
        "dinas_calls.number": p.call.number,
        "dinas_idle_stores.slug": p.store.slug,
        "dinas_idle_stores.number": asked.number,
        "retailer_follow_ups.number": asked.number,
        "admin_terms.code": "PMD23-11-BIAYA",
    }
