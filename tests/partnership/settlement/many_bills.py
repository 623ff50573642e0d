"""More bills than fit on a page, straight into the tables."""

from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.settlement.models import Bill, BillLine, Dispute, SettlementPeriod
from pol.partnership.settlement.rules import BillLineKind, BillStatus, DisputeStatus
from pol.partnership.settlement.rules.bills import Standing, status_after
from pol.partnership.slots.models import Retailer
from pol.partnership.slots.rules import Bearer
from pol.stalls.models import Stall
from tests.factories.people import make_person
from tests.factories.shelves import add

AT = datetime(2026, 1, 1, 3, tzinfo=UTC)
START = date(2024, 1, 1)
_numbers = count(1)


def make_periods(retailer: Retailer, many: int) -> list[SettlementPeriod]:
    """Add periods of a day each that touch."""
    days = [START + timedelta(days=after) for after in range(many + 1)]
    return [
        add(
            SettlementPeriod(
                number=f"TP-{next(_numbers):05}",
                retailer_id=retailer.id,
                from_on=first,
                until_on=until,
                closed_at=AT,
            )
        )
        for first, until in pairwise(days)
    ]


def make_bill(period: SettlementPeriod, stall: Stall, payable: int, *, paid: int = 0,
              held: int = 0, due_on: date = START, tenths: int | None = None) -> Bill:  # fmt: skip
    """Add a bill that comes to so much, and of which so much was paid."""
    standing = Standing(Rupiah(payable), Rupiah(held), Rupiah(paid))
    status = status_after(standing, approved=True)
    return add(
        Bill(
            number=f"NU-{next(_numbers):05}",
            period_id=period.id,
            retailer_id=period.retailer_id,
            stall_id=stall.id,
            status=status,
            sales=standing.payable,
            margin=ZERO,
            charges=ZERO,
            borne=ZERO,
            carried=ZERO,
            payable=standing.payable,
            held=standing.held,
            paid=standing.paid,
            due_on=due_on,
            made_at=AT,
            paid_at=AT if status is BillStatus.PAID else None,
            sale_to_money_tenths=tenths,
        )
    )


def carry(bill: Bill) -> None:
    """Let a line take over what a bill left below zero."""
    add(
        BillLine(
            bill_id=bill.id,
            kind=BillLineKind.CARRIED,
            words="Dari tagihan lalu",
            reference=f"bill:{bill.number}",
            quantity=1,
            gross=ZERO,
            margin=ZERO,
            amount=bill.payable + bill.paid,
        )
    )


def make_dispute(bill: Bill, status: DisputeStatus) -> Dispute:
    """Add a dispute about a bill."""
    settled = status is DisputeStatus.SETTLED
    dispute = Dispute(
        number=f"SU-{next(_numbers):05}",
        bill_id=bill.id,
        status=status,
        opened_by=Bearer.PRODUCER,
        held=Rupiah(1_000),
        awarded=ZERO if settled else None,
        opened_at=AT,
        opened_by_id=make_person("Produsen Contoh").id,
        settled_at=AT if settled else None,
    )
    db.session.add(dispute)
    db.session.flush()
    return dispute
