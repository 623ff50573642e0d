"""Pages of offers and agreements in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, select

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.slots.models import RetailMember, SlotCall


def _mine(visitor: Any) -> Select[int]:
    return select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)


def _each_status(statement: Any) -> list[dict[str, Any]]:
    """Return one number for each status there is."""
    by_status = {row.status: row.number for row in db.session.execute(statement)}
    return [{"number": number} for number in by_status.values()]


def _offers(visitor: Any) -> list[dict[str, Any]]:
    own = Offer.stall_id.in_(visitor.stalls)
    return _each_status(select(Offer.status, Offer.number).where(own).order_by(Offer.id))


def _runs(visitor: Any) -> list[dict[str, Any]]:
    own = Offer.stall_id.in_(visitor.stalls)
    runs = select(AllocationRun.status, AllocationRun.number).join(
        Offer, Offer.run_id == AllocationRun.id
    )
    return _each_status(runs.where(own).order_by(Offer.id))


def _of_stall(visitor: Any) -> list[dict[str, Any]]:
    own = Agreement.stall_id.in_(visitor.stalls)
    return _each_status(select(Agreement.status, Agreement.number).where(own))


def _of_retailer(visitor: Any) -> list[dict[str, Any]]:
    own = Agreement.retailer_id.in_(_mine(visitor))
    return _each_status(select(Agreement.status, Agreement.number).where(own))


def _drafts(visitor: Any) -> list[dict[str, Any]]:
    own = Agreement.retailer_id.in_(_mine(visitor)), Agreement.status == AgreementStatus.DRAFT
    return _each_status(select(Agreement.status, Agreement.number).where(*own))


def _calls(visitor: Any) -> list[dict[str, Any]]:
    offered = select(AllocationRun.call_id).join(Offer, Offer.run_id == AllocationRun.id)
    own = SlotCall.retailer_id.in_(_mine(visitor)), SlotCall.id.in_(offered)
    return _each_status(select(SlotCall.status, SlotCall.number).where(*own))


SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    "producer_offers.show": _offers,
    "producer_allocation.show": _runs,
    "producer_agreements.show": _of_stall,
    "retailer_agreements.show": _of_retailer,
    "retailer_agreements.terms": _drafts,
    "retailer_offers.index": _calls,
}
NOT_PAGES: frozenset[str] = frozenset()
