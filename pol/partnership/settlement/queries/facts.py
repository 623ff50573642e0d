"""What happened at a retailer in a period, as the rules of a bill want it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import ZERO, Rupiah, total
from pol.partnership.agreements.models import Agreement, AgreementCharge
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import (
    Batch,
    CountLine,
    ReturnLine,
    SaleLine,
    StockEvent,
)
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import (
    Bill,
    BillLine,
    BillPayment,
    Dispute,
    SettledEvent,
    SettlementPeriod,
)
from pol.partnership.settlement.rules import BillLineKind, BillStatus, DisputeStatus
from pol.partnership.settlement.rules.bills import RULING_OF
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.settlement.rules.sums import (
    Charge,
    Goods,
    Line,
    Moved,
    Sold,
    fine_for_lateness,
    line_of_sale,
    lines_of_charges,
    lines_of_moves,
)
from pol.partnership.slots.models import Store
from pol.partnership.slots.rules import Bearer


@dataclass(frozen=True)
class Partner:
    """A producer with an agreement in the period, and the payment days of its agreements."""

    stall_id: int
    payment_days: tuple[int, ...]


def list_lines(*, retailer_id: int, span: Span) -> list[Line]:
    """Return every line of every bill of a period, in the order in which bills show them."""
    priced = [line_of_sale(sold) for sold in _list_sold(retailer_id, span)]
    within = StockEvent.day >= span.from_on, StockEvent.day < span.until_on
    priced += lines_of_moves(list(_list_moved(Agreement.retailer_id == retailer_id, *within)))
    charges = lines_of_charges(_list_charges(retailer_id, span), priced)
    late = [*_list_fines(retailer_id), *_list_rulings(retailer_id)]
    return [*priced, *charges, *late, *_list_carried(retailer_id)]


def list_partners(*, retailer_id: int, span: Span) -> list[Partner]:
    """Return the producers with an agreement that held on a day of the period."""
    found: dict[int, list[int]] = {}
    rows = db.session.execute(
        select(Agreement.stall_id, Agreement.payment_days)
        .where(Agreement.retailer_id == retailer_id, *_held_within(span))
        .order_by(Agreement.stall_id)
    )
    for stall_id, days in rows:
        found.setdefault(stall_id, []).append(days)
    return [Partner(stall_id, tuple(days)) for stall_id, days in found.items()]


def _held_within(span: Span) -> tuple[Any, ...]:
    return (
        Agreement.in_force_at.is_not(None),
        Agreement.from_on < span.until_on,
        Agreement.until_on > span.from_on,
        or_(Agreement.ended_at.is_(None), Agreement.ended_at >= at_local(span.from_on, 0)),
    )


def _words() -> Any:
    return ProductSheet.name + " · " + Store.name


def _list_sold(retailer_id: int, span: Span) -> Iterator[Sold]:
    keys = (
        SaleLine.stall_id,
        SaleLine.agreement_id,
        SaleLine.sheet_id,
        SaleLine.store_id,
        SaleLine.price,
        SaleLine.margin_bp,
    )
    rows = db.session.execute(
        select(
            *keys,
            _words(),
            func.sum(SaleLine.quantity),
            func.sum(SaleLine.gross),
            func.sum(SaleLine.margin),
        )
        .join(ProductSheet, ProductSheet.id == SaleLine.sheet_id)
        .join(Store, Store.id == SaleLine.store_id)
        .where(
            SaleLine.retailer_id == retailer_id,
            SaleLine.day >= span.from_on,
            SaleLine.day < span.until_on,
        )
        .group_by(*keys, ProductSheet.name, Store.name)
        .order_by(SaleLine.stall_id, ProductSheet.name, Store.name, SaleLine.price)
    )
    for *goods, quantity, gross, margin in rows:
        yield Sold(Goods(*goods), int(quantity), _rupiah(gross), _rupiah(margin))


def _rupiah(value: Any) -> Rupiah:
    return value if isinstance(value, Rupiah) else Rupiah(int(value))


def sum_unbilled_moves(placement_id: int) -> Rupiah:
    """Return what goods of a place come to that were bought, lost or broken, on no bill yet."""
    billed = select(SettledEvent.event_id).where(SettledEvent.event_id == StockEvent.id).exists()
    moves = _list_moved(Batch.placement_id == placement_id, ~billed)
    return total(line.amount for line in lines_of_moves(list(moves)))


def _list_moved(*where: ColumnElement[bool]) -> Iterator[Moved]:
    kind = func.coalesce(StockEvent.of, StockEvent.kind)
    back = StockEvent.kind == StockEventKind.CORRECTED
    bearer = func.coalesce(
        CountLine.bearer,
        ReturnLine.bearer,
        case(
            (kind == StockEventKind.RETURNED, Agreement.unsold_bearer),
            (kind == StockEventKind.DESTROYED, Agreement.damage_bearer),
            else_=Agreement.loss_bearer,
        ),
    )
    rows = db.session.execute(
        _goods_of_events()
        .add_columns(
            _words(),
            Agreement.form,
            kind,
            bearer,
            case((back, -StockEvent.quantity), else_=StockEvent.quantity),
            StockEvent.id,
        )
        .where(*where, kind != StockEventKind.SOLD)
        .order_by(Batch.stall_id, ProductSheet.name, Store.name, StockEvent.id)
    )
    for row in rows:
        *goods, form, moved, borne_by, quantity, event_id = row
        yield Moved(
            Goods(*goods), form, StockEventKind(moved), Bearer(borne_by), quantity, event_id
        )


def _goods_of_events() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Batch.stall_id,
            Batch.agreement_id,
            Batch.sheet_id,
            Batch.store_id,
            Agreement.price,
            Agreement.margin_bp,
        )
        .select_from(StockEvent)
        .join(Batch, Batch.id == StockEvent.batch_id)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .join(Store, Store.id == Batch.store_id)
        .outerjoin(CountLine, CountLine.event_id == StockEvent.id)
        .outerjoin(ReturnLine, ReturnLine.event_id == StockEvent.id)
    )


def _list_charges(retailer_id: int, span: Span) -> list[Charge]:
    charged = (
        select(BillLine.id)
        .where(
            BillLine.agreement_id == AgreementCharge.agreement_id,
            BillLine.kind == BillLineKind.CHARGE,
            BillLine.words == AgreementCharge.name,
        )
        .exists()
    )
    rows = db.session.execute(
        select(
            Agreement.stall_id,
            Agreement.id,
            AgreementCharge.name,
            AgreementCharge.basis,
            AgreementCharge.amount,
            AgreementCharge.share_bp,
            ~charged,
        )
        .join(Agreement, Agreement.id == AgreementCharge.agreement_id)
        .where(Agreement.retailer_id == retailer_id, *_held_within(span))
        .order_by(AgreementCharge.id)
    )
    return [Charge(*row[:-1], is_new=bool(row[-1])) for row in rows]


def _list_fines(retailer_id: int) -> list[Line]:
    """Return a line for each payment that came late and has not been fined yet."""
    terms = (
        select(BillLine.bill_id, func.max(Agreement.late_fine_bp).label("late_fine_bp"))
        .join(Agreement, Agreement.id == BillLine.agreement_id)
        .group_by(BillLine.bill_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Bill.stall_id,
            BillPayment.number,
            BillPayment.amount,
            BillPayment.paid_on,
            Bill.due_on,
            terms.c.late_fine_bp,
        )
        .join(Bill, Bill.id == BillPayment.bill_id)
        .join(terms, terms.c.bill_id == Bill.id)
        .where(
            Bill.retailer_id == retailer_id,
            BillPayment.voided_at.is_(None),
            BillPayment.paid_on > Bill.due_on,
        )
        .order_by(BillPayment.id)
    )
    fines = [
        Line(
            stall_id=stall_id,
            kind=BillLineKind.FINE,
            words=f"Denda telat bayar {number}",
            amount=fine_for_lateness(
                paid=amount, due=due, paid_on=paid_on, late_fine_bp=late_fine_bp
            ),
        )
        for stall_id, number, amount, paid_on, due, late_fine_bp in rows
    ]
    wanted = {line.words for line in fines if line.amount}
    known = set(
        db.session.scalars(
            select(BillLine.words).where(
                BillLine.kind == BillLineKind.FINE, BillLine.words.in_(wanted)
            )
        )
    )
    return [line for line in fines if line.words in wanted - known]


def _list_rulings(retailer_id: int) -> list[Line]:
    """Return a line for each ruling about a bill that paid nothing, and that no bill has yet."""
    disputed = BillLine.__table__.alias()
    rows = db.session.execute(
        select(Bill.stall_id, Dispute.number, Dispute.awarded, func.sum(disputed.c.amount))
        .join(Bill, Bill.id == Dispute.bill_id)
        .join(disputed, disputed.c.dispute_id == Dispute.id)
        .where(
            Bill.retailer_id == retailer_id,
            Bill.payable <= ZERO,
            Dispute.status == DisputeStatus.SETTLED,
        )
        .group_by(Bill.stall_id, Dispute.id)
        .order_by(Dispute.id)
    ).all()
    known = set(
        db.session.scalars(
            select(BillLine.words).where(
                BillLine.kind == BillLineKind.RULING,
                BillLine.words.in_([RULING_OF % number for _, number, *_ in rows]),
            )
        )
    )
    lines = [
        Line(stall_id, BillLineKind.RULING, RULING_OF % number, awarded - _rupiah(billed))
        for stall_id, number, awarded, billed in rows
    ]
    return [line for line in lines if line.amount and line.words not in known]


def _list_carried(retailer_id: int) -> list[Line]:
    """Return what the last bill of each producer left below zero."""
    last = (
        select(func.max(SettlementPeriod.id))
        .where(SettlementPeriod.retailer_id == retailer_id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Bill.stall_id, Bill.number, Bill.payable).where(
            Bill.period_id == last,
            Bill.status == BillStatus.NOTHING_DUE,
            Bill.payable < ZERO,
        )
    )
    return [
        Line(
            stall_id=stall_id,
            kind=BillLineKind.CARRIED,
            words=f"Kekurangan tagihan {number}",
            amount=payable,
        )
        for stall_id, number, payable in rows
    ]
