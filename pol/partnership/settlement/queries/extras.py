"""What stands on bills besides goods: charges, fines, rulings, and what is carried over."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, as_rupiah
from pol.partnership.agreements.models import Agreement, AgreementCharge
from pol.partnership.consignment.models import DeliveryLine, DeliveryNote
from pol.partnership.settlement.models import (
    IS_ONCE,
    Bill,
    BillLine,
    BillPayment,
    Dispute,
    SettlementPeriod,
)
from pol.partnership.settlement.queries.partners import held_within
from pol.partnership.settlement.rules import BillLineKind, DisputeStatus
from pol.partnership.settlement.rules.bills import REST, REST_OF_RULING, RULING_OF
from pol.partnership.settlement.rules.dues import times_due
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.settlement.rules.sums import (
    Charge,
    Late,
    Line,
    fine_for_shortage,
    new_fines,
)
from pol.partnership.slots.models import Placement, SlotCall
from pol.partnership.slots.rules import ChargeBasis


def list_charges(retailer_id: int, span: Span) -> list[Charge]:
    """Return the charges of a period, with how often each falls on its bill."""
    billed = _count_charged(retailer_id)
    rows = db.session.execute(
        select(AgreementCharge, Agreement, SlotCall.settle_every_days)
        .join(Agreement, Agreement.id == AgreementCharge.agreement_id)
        .join(SlotCall, SlotCall.id == Agreement.call_id)
        .where(Agreement.retailer_id == retailer_id, *held_within(span))
        .order_by(AgreementCharge.id)
    )
    return [
        Charge(
            id=charge.id,
            stall_id=agreement.stall_id,
            agreement_id=agreement.id,
            name=charge.name,
            basis=charge.basis,
            amount=charge.amount,
            share_bp=charge.share_bp,
            times=max(
                _fallen(charge, agreement, every_days, span) - billed.get(f"charge:{charge.id}", 0),
                0,
            ),
        )
        for charge, agreement, every_days in rows
    ]


def _fallen(charge: AgreementCharge, agreement: Agreement, every_days: int, span: Span) -> int:
    """Return how often a charge has fallen by the end of a span; a renewal begins nothing anew."""
    if charge.basis is ChargeBasis.ONCE and agreement.follows_id is not None:
        return 0
    ended = agreement.ended_at
    return times_due(
        charge.basis,
        from_on=agreement.from_on,
        until_on=min(agreement.until_on, business_day(ended)) if ended else agreement.until_on,
        every_days=every_days,
        by=span.until_on,
    )


def _count_charged(retailer_id: int) -> dict[str | None, int]:
    """Return how often each charge of a retailer's agreements stands on bills."""
    rows = db.session.execute(
        select(BillLine.reference, func.sum(BillLine.quantity))
        .join(Agreement, Agreement.id == BillLine.agreement_id)
        .where(Agreement.retailer_id == retailer_id, BillLine.kind == BillLineKind.CHARGE)
        .group_by(BillLine.reference)
    )
    return {reference: int(times) for reference, times in rows}


def list_fines(retailer_id: int) -> list[Line]:
    """Return a line for each payment that came late and has not been fined yet."""
    terms = (
        select(BillLine.bill_id, func.max(Agreement.late_fine_bp).label("late_fine_bp"))
        .join(Agreement, Agreement.id == BillLine.agreement_id)
        .group_by(BillLine.bill_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Bill.id,
            Bill.stall_id,
            BillPayment.number,
            BillPayment.amount,
            terms.c.late_fine_bp,
            BillLine.amount,
            BillPayment.voided_at,
        )
        .join(Bill, Bill.id == BillPayment.bill_id)
        .join(terms, terms.c.bill_id == Bill.id)
        .outerjoin(BillLine, and_(IS_ONCE, BillLine.reference == "payment:" + BillPayment.number))
        .where(
            Bill.retailer_id == retailer_id,
            Bill.payable > ZERO,
            BillPayment.paid_on > BillPayment.due_on,
        )
        .order_by(BillPayment.id)
    )
    late: dict[tuple[int, int], list[Late]] = {}
    for bill_id, stall_id, number, amount, late_fine_bp, fined, voided_at in rows:
        one = Late(number, amount.share(late_fine_bp), fined, is_void=voided_at is not None)
        late.setdefault((bill_id, stall_id), []).append(one)
    return [
        Line(
            stall_id=stall_id,
            kind=BillLineKind.FINE,
            words=f"Denda telat bayar {number}",
            amount=amount,
            reference=f"payment:{number}",
        )
        for (_, stall_id), payments in late.items()
        for number, amount in new_fines(payments)
    ]


def list_short_fines(retailer_id: int) -> list[Line]:
    """Return a line for each batch of which less was accepted than its delivery note promised."""
    rows = db.session.execute(
        select(DeliveryLine.id, DeliveryLine.rejected, DeliveryNote.number, Agreement)
        .join(DeliveryNote, DeliveryNote.id == DeliveryLine.note_id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .where(
            Agreement.retailer_id == retailer_id,
            Agreement.short_fine_bp > 0,
            DeliveryLine.rejected > 0,
        )
        .order_by(DeliveryLine.id)
    )
    fines = [
        Line(
            stall_id=agreement.stall_id,
            kind=BillLineKind.FINE,
            words=f"Denda kurang kirim {number}: {rejected} buah",
            amount=-fine_for_shortage(
                price=agreement.price, rejected=rejected or 0, short_fine_bp=agreement.short_fine_bp
            ),
            agreement_id=agreement.id,
            reference=f"delivery-line:{line_id}",
        )
        for line_id, rejected, number, agreement in rows
    ]
    return _new(fines)


def _new(lines: Sequence[Line]) -> list[Line]:
    """Return those that come to something and whose reference stands on no bill of their kind."""
    known = {
        (kind, reference)
        for kind, reference in db.session.execute(
            select(BillLine.kind, BillLine.reference).where(
                IS_ONCE, BillLine.reference.in_([line.reference for line in lines])
            )
        )
    }
    return [line for line in lines if line.amount and (line.kind, line.reference) not in known]


def list_rulings(retailer_id: int) -> list[Line]:
    """Return a line for what rulings changed beyond the bills that they are about.

    A bill that pays nothing takes no ruling, and another gives no more than the dispute held.
    """
    disputed = BillLine.__table__.alias()
    name = "dispute:" + Dispute.number
    written = (
        select(func.sum(BillLine.amount))
        .where(IS_ONCE, BillLine.reference.in_([name, name + REST]))
        .correlate(Dispute)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Bill.stall_id, Dispute.number, Dispute.awarded, func.sum(disputed.c.amount), written)
        .join(Bill, Bill.id == Dispute.bill_id)
        .join(disputed, disputed.c.dispute_id == Dispute.id)
        .where(Bill.retailer_id == retailer_id, Dispute.status == DisputeStatus.SETTLED)
        .group_by(Bill.stall_id, Dispute.id)
        .order_by(Dispute.id)
    )
    lines = [
        Line(
            stall_id=stall_id,
            kind=BillLineKind.RULING,
            words=(RULING_OF if known is None else REST_OF_RULING) % number,
            amount=awarded - as_rupiah(billed) - as_rupiah(known),
            reference=f"dispute:{number}" + ("" if known is None else REST),
        )
        for stall_id, number, awarded, billed, known in rows
    ]
    return [line for line in lines if line.amount]


def list_carried(retailer_id: int) -> list[Line]:
    """Return what the last bill of each producer left below zero and nobody has paid since."""
    last = (
        select(func.max(SettlementPeriod.id))
        .where(SettlementPeriod.retailer_id == retailer_id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Bill.stall_id, Bill.number, Bill.payable, Bill.paid).where(
            Bill.period_id == last, Bill.payable < ZERO
        )
    )
    return [
        Line(
            stall_id=stall_id,
            kind=BillLineKind.CARRIED,
            words=f"Kekurangan tagihan {number}",
            amount=payable + paid,
            reference=f"bill:{number}",
        )
        for stall_id, number, payable, paid in rows
        if payable + paid < ZERO
    ]
