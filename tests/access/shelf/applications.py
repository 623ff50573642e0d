"""Addresses of applications in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pol.identity.models import User
from pol.partnership.applications.queries.sheets import permits_of
from tests.factories.partnership import Partnership

STALL = ({"trader", "helper"}, {"other_trader"})
DINAS = ({"dinas"}, {"dinas"})
OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "producer_sheets": STALL,
    "producer_applying": STALL,
    "producer_applications": STALL,
    "dinas_screening": DINAS,
    "retailer_curation": ({"buyer"}, {"other_buyer"}),
    "producer_calls": ({"trader", "helper", "other_trader"}, {"trader", "helper", "other_trader"}),
}
FIELDS: Mapping[str, dict[str, str]] = {}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    p.application.screened_at = now
    return {
        "producer_sheets.number": p.sheet.number,
        "producer_calls.number": p.call.number,
        "retailer_curation.number": p.call.number,
        "retailer_curation.application": p.application.number,
        "dinas_screening.number": p.application.number,
        "producer_applying.number": p.application.number,
        "producer_applications.number": p.application.number,
        "producer_sheets.permit_id": permits_of({p.sheet.id})[p.sheet.id][0].permit_id,
    }
