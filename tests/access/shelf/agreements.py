"""Addresses of offers and agreements in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from tests.factories.partnership import Partnership

STALL = ({"trader", "helper"}, {"other_trader"})
BUYER = ({"buyer"}, {"other_buyer"})
OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "producer_offers": STALL,
    "producer_allocation": STALL,
    "producer_agreements": STALL,
    "dinas_minutes": ({"dinas"}, {"dinas"}),
    "retailer_offers": BUYER,
    "retailer_agreements": BUYER,
}
FIELDS: Mapping[str, dict[str, str]] = {}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    agreement, run = p.agreement.number, _run(p, now)
    return {
        "producer_allocation.number": run.number,
        "dinas_minutes.number": p.call.number,
        "dinas_minutes.run_number": run.number,
        "producer_offers.number": _offer(p, run, now).number,
        "producer_agreements.number": agreement,
        "retailer_offers.number": p.call.number,
        "retailer_agreements.number": agreement,
        "retailer_agreements.place": p.placement.number,
    }


def _run(p: Partnership, now: datetime) -> AllocationRun:
    run = AllocationRun(
        number=f"PT-TW-{p.call.id}",
        call_id=p.call.id,
        status=RunStatus.FIXED,
        seconds=5,
        asked_at=now,
        log=[],
        instance="{}",
        input_sha256="0" * 64,
    )
    db.session.add(run)
    db.session.flush()
    return run


def _offer(p: Partnership, run: AllocationRun, now: datetime) -> Offer:
    offer = Offer(
        number=f"TW-{p.call.number}",
        run_id=run.id,
        application_id=p.application.id,
        stall_id=p.stall.id,
        store_id=p.store.id,
        status=OfferStatus.OFFERED,
        shelf_id=p.shelf.id,
        x_mm=500,
        facings=1,
        offered_at=now,
        lapses_at=now + timedelta(days=3),
    )
    db.session.add(offer)
    db.session.flush()
    return offer
