"""Pages of applications in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.applications.queries.calls import PUBLISHED
from pol.partnership.slots.models import RetailMember, SlotCall


def _sheets(visitor: Any) -> list[dict[str, Any]]:
    own = select(ProductSheet.number).where(ProductSheet.stall_id.in_(visitor.stalls))
    return [{"number": number} for number in db.session.scalars(own.order_by(ProductSheet.id))]


def _calls(_visitor: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(SlotCall.status, SlotCall.number).where(SlotCall.status.in_(PUBLISHED))
    )
    by_status = {row.status: row.number for row in rows}
    return [{"number": number} for number in by_status.values()]


def _applications(visitor: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Application.status, Application.number).where(
            Application.stall_id.in_(visitor.stalls)
        )
    )
    by_status = {row.status: row.number for row in rows}
    return [{"number": number} for number in by_status.values()]


def _sent(_visitor: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Application.status, Application.number).where(Application.submitted_at.is_not(None))
    )
    by_status = {row.status: row.number for row in rows}
    return [{"number": number} for number in by_status.values()]


def _applicants(visitor: Any, *names: str) -> list[dict[str, Any]]:
    """Return one application in each state to calls of this buyer's retailer."""
    rows = db.session.execute(
        select(Application.status, SlotCall.number, Application.number.label("application"))
        .join(SlotCall, SlotCall.id == Application.call_id)
        .join(RetailMember, RetailMember.retailer_id == SlotCall.retailer_id)
        .where(RetailMember.user_id == visitor.user_id, Application.screened_at.is_not(None))
    )
    by_status = {row.status: row for row in rows}
    return [{name: getattr(row, name) for name in names} for row in by_status.values()]


SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    "producer_sheets.show": _sheets,
    "producer_calls.show": _calls,
    "dinas_screening.show": _sent,
    "retailer_curation.index": lambda visitor: _applicants(visitor, "number")[:2],
    "retailer_curation.minutes": lambda visitor: _applicants(visitor, "number")[:1],
    "retailer_curation.show": lambda visitor: _applicants(visitor, "number", "application"),
    "retailer_curation.sheet": lambda visitor: _applicants(visitor, "number", "application")[:1],
    "producer_applications.show": _applications,
    "producer_applications.paper": lambda visitor: _applications(visitor)[:1],
    "producer_applying.edit": lambda visitor: _applications(visitor)[:1],
    "producer_sheets.edit": lambda visitor: _sheets(visitor)[:1],
}
NOT_PAGES: frozenset[str] = frozenset({"producer_applying.new"})
"""It asks which product and which call; the edit page is the same form."""
