"""Partnerships of each form of cooperation, with what its agreement would say."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import AgreementCharge
from pol.partnership.settlement.models import Bill, BillLine
from pol.partnership.settlement.services import closing
from pol.partnership.slots.rules import Bearer, CallStatus, ChargeBasis, ChargeKind, CoopForm
from pol.stalls.models import Stall
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)

CAME_ON = date(2026, 2, 2)


def partnership_of(form: CoopForm, *, quantity: int = 24, came_on: date = CAME_ON,
                   charges: tuple[tuple[ChargeKind, ChargeBasis, int, int], ...] = (),
                   **terms: Any) -> Partnership:  # fmt: skip
    """Add a partnership of a form: Rp15.000 a piece, 15 % for the store unless said otherwise."""
    retailer = make_retailer()
    owner, store = make_member(retailer), make_store(retailer)
    shelf = make_shelf(store)
    unsold = Bearer.RETAILER if form is CoopForm.OUTRIGHT else Bearer.PRODUCER
    values = {"form": form, "unsold_bearer": unsold, "status": CallStatus.DONE} | terms
    call = make_call(retailer, shelves=[shelf], by=owner, **values)
    sheet = make_sheet()
    application = make_application(call, sheet, stores=[store])
    agreement = make_agreement(application, call)
    for kind, basis, amount, share_bp in charges:
        db.session.add(
            AgreementCharge(
                agreement_id=agreement.id, kind=kind, basis=basis, name=f"Biaya {kind.value}",
                amount=Rupiah(amount), share_bp=share_bp,
            )
        )  # fmt: skip
    placement = make_placement(application, shelf, agreement=agreement)
    batch = make_batch(placement, quantity=quantity, received_on=came_on)
    stall = db.session.get_one(Stall, application.stall_id)
    return Partnership(
        retailer, owner, store, shelf, call, stall, sheet, application, agreement, placement, batch
    )


def close(p: Partnership, last_day: date, now: datetime) -> Bill:
    """Close a period, and return the one bill of it."""
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=last_day, actor_id=p.owner.id, now=now
    )
    return db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()


def lines_of(bill: Bill) -> list[BillLine]:
    """Return what stands on a bill."""
    rows = select(BillLine).where(BillLine.bill_id == bill.id).order_by(BillLine.id)
    return list(db.session.scalars(rows))
