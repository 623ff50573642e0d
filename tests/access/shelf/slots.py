"""Addresses of slots in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pol.identity.models import User
from tests.factories.partnership import Partnership

IN_THE_STORE = ({"buyer", "buyer_without_code", "clerk"}, {"other_buyer", "other_clerk"})
"""Pages for everybody in a store ask for no second factor."""

OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "retailer_members": ({"buyer"}, {"other_buyer"}),
    "retailer_stores": IN_THE_STORE,
    "dinas_stores": ({"dinas"}, {"dinas"}),
    "admin_terms": ({"administrator"}, {"administrator"}),
}
FIELDS: Mapping[str, dict[str, str]] = {"admin_terms.end": {"last_day": "2099-01-01"}}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    return {
        "retailer_members.user_id": people["clerk"].id,
        "retailer_stores.slug": p.store.slug,
        "dinas_stores.slug": p.store.slug,
        "admin_terms.code": "PMD23-11-BIAYA",
    }
