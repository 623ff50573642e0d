"""Addresses of allocation in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.queries.input import build_instance
from pol.partnership.allocation.rules import instance
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import Partnership, make_application, make_call

OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "retailer_allocation": ({"buyer"}, {"other_buyer"}),
}
FIELDS: Mapping[str, dict[str, str]] = {}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    call = make_call(p.retailer, shelves=[p.shelf], by=p.owner, status=CallStatus.CLOSED)
    application = make_application(call, stores=[p.store])
    text = instance.write(build_instance(call))
    run = AllocationRun(
        number=f"PT-{call.id}",
        call_id=call.id,
        status=RunStatus.COMPUTED,
        seconds=2,
        asked_at=now,
        log=[],
        instance=text.decode(),
        input_sha256=instance.read(text).sha256,
        objective=0,
        bound=0,
    )
    db.session.add(run)
    db.session.flush()
    return {
        "retailer_allocation.number": call.number,
        "retailer_allocation.run_number": run.number,
        "retailer_allocation.application": application.number,
        "retailer_allocation.store_id": p.store.id,
    }
