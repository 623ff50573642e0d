"""Pages of settlement in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.consignment.models import Batch
from pol.partnership.settlement.models import Bill, BillLine, BillPayment, Dispute, ShelfLetter
from pol.partnership.settlement.queries.renewals import list_ending
from pol.partnership.settlement.rules import BillLineKind
from pol.partnership.slots.models import Placement, RetailMember, Store
from pol.partnership.slots.rules import StoreStatus
from tests.browser.shelf.slots import reach

Fillings = list[dict[str, Any]]


def _bills(mine: Any) -> Fillings:
    rows = db.session.execute(select(Bill.status, Bill.number).where(mine).order_by(Bill.id))
    found = {status: number for status, number in rows}  # noqa: C416 - rows are no pairs
    return [{"number": number} for number in found.values()]


def _lines(mine: Any) -> Fillings:
    rows = db.session.execute(
        select(Bill.number, BillLine.id)
        .join(BillLine, BillLine.bill_id == Bill.id)
        .where(mine, BillLine.kind == BillLineKind.SALE)
        .limit(1)
    )
    return [{"number": number, "line_id": line_id} for number, line_id in rows]


def _of_retailer(visitor: Any) -> Any:
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    return Bill.retailer_id.in_(mine)


def of_retailer(visitor: Any) -> Any:
    """Return the condition that a place is in a store of this person's retailer."""
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    return Placement.store_id.in_(select(Store.id).where(Store.retailer_id.in_(mine)))


def _ending(mine: Any) -> Fillings:
    rows = list_ending(mine, today=business_day(clock.now())).rows
    return [{"number": row.number} for row in rows[:1]]


def _minutes(mine: Any) -> Fillings:
    rows = db.session.execute(
        select(Bill.number, Dispute.number)
        .join(Dispute, Dispute.bill_id == Bill.id)
        .where(mine)
        .limit(1)
    )
    return [{"number": number, "dispute_number": dispute} for number, dispute in rows]


def _disputes(_visitor: Any) -> Fillings:
    rows = db.session.execute(select(Dispute.status, Dispute.number))
    found = {status: number for status, number in rows}  # noqa: C416 - rows are no pairs
    return [{"number": number} for number in found.values()]


def _proofs(mine: Any) -> Fillings:
    rows = db.session.execute(
        select(Bill.number, BillPayment.number)
        .join(BillPayment, BillPayment.bill_id == Bill.id)
        .where(mine)
        .order_by(BillPayment.id.desc())
        .limit(1)
    )
    return [{"number": number, "payment_number": payment} for number, payment in rows]


def _letters(mine: Any) -> Fillings:
    """Return a letter of each kind."""
    rows = db.session.execute(select(ShelfLetter.kind, ShelfLetter.number).where(mine))
    found = {kind: number for kind, number in rows}  # noqa: C416 - rows are no pairs
    return [{"number": number} for number in found.values()]


def _places(mine: Any) -> Fillings:
    """Return a place where something was sold, and one where nothing was."""
    sold = Placement.id.in_(select(Batch.placement_id).where(Batch.sold > 0))
    rows = db.session.execute(select(sold, Placement.number).where(mine))
    found = {was_sold: number for was_sold, number in rows}  # noqa: C416 - rows are no pairs
    return [{"number": number} for number in found.values()]


def _stores_of(visitor: Any) -> Fillings:
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    verified = Store.status == StoreStatus.VERIFIED
    slugs = db.session.scalars(select(Store.slug).where(Store.retailer_id.in_(mine), verified))
    return [{"slug": slug, "month": _this_month()} for slug in slugs][:1]


def _this_month() -> str:
    return f"{business_day(clock.now()):%Y-%m}"


def _own_letters(visitor: Any) -> Any:
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    return ShelfLetter.retailer_id.in_(mine)


def _in_reach(visitor: Any) -> Any:
    """Return the condition that a place is in a store that this person works in."""
    return Placement.store_id.in_(reach(visitor))


SOURCES: Mapping[str, Callable[[Any], Fillings]] = {
    "retailer_bills.show": lambda visitor: _bills(_of_retailer(visitor)),
    "retailer_bills.line": lambda visitor: _lines(_of_retailer(visitor)),
    "retailer_bills.proof": lambda visitor: _proofs(_of_retailer(visitor)),
    "producer_money.proof": lambda visitor: _proofs(Bill.stall_id.in_(visitor.stalls)),
    "retailer_letters.show": lambda visitor: _letters(_own_letters(visitor)),
    "producer_letters.show": lambda visitor: _letters(ShelfLetter.stall_id.in_(visitor.stalls)),
    "retailer_report_cards.show": lambda visitor: _places(_in_reach(visitor)),
    "producer_report_cards.show": lambda visitor: _places(Placement.stall_id.in_(visitor.stalls)),
    "retailer_reports.show": _stores_of,
    "producer_money.show": lambda visitor: _bills(Bill.stall_id.in_(visitor.stalls)),
    "producer_money.line": lambda visitor: _lines(Bill.stall_id.in_(visitor.stalls)),
    "retailer_bills.minutes": lambda visitor: _minutes(_of_retailer(visitor)),
    "producer_money.minutes": lambda visitor: _minutes(Bill.stall_id.in_(visitor.stalls)),
    "dinas_disputes.show": _disputes,
    "retailer_renewals.propose": lambda visitor: _ending(of_retailer(visitor)),
    "producer_renewals.propose": lambda visitor: _ending(Placement.stall_id.in_(visitor.stalls)),
    "dinas_compliance.report": lambda _visitor: [
        {"slug": slug, "month": _this_month()}
        for slug in db.session.scalars(select(Store.slug).order_by(Store.id).limit(1))
    ],
}
NOT_PAGES: frozenset[str] = frozenset({"account_record.show"})
"""It leads on to the record of a paper."""
