"""Paying the bills of a large retailer, hundreds at a time, as the service would one by one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from pol.demo.shelves.bulk_rows import COLUMNS
from pol.demo.shelves.purse import Purse, looks_at
from pol.kernel.bulk import moment_text, pour
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import Rupiah
from pol.ledger.services import Happening, post_all
from pol.partnership.consignment.models import SaleLine
from pol.partnership.settlement.models import Bill, BillLine, BillPayment, SettledEvent
from pol.partnership.settlement.queries.bill_lines import list_days_sold
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.rules.sums import days_to_money_tenths
from pol.partnership.slots.rules import CoopForm


class BulkPurse(Purse):
    """Pays the same bills on the same days as its parent."""

    def pay_until(self, last: date) -> None:
        """Approve what was looked at, and pay what the time has come for."""
        latest = min(last, business_day(self.now) - timedelta(days=1))
        due = [(on, bill) for on, bill in self.planned if on <= latest]
        self.planned = [(on, bill) for on, bill in self.planned if on > latest]
        for _, bill in self.planned:
            looked_at = looks_at(bill)
            if bill.approved_at is None and looked_at < min(self.now, at_local(last, 0)):
                bill.status = BillStatus.APPROVED
                bill.approved_at, bill.approved_by_id = looked_at, self.house.owner_id
        if due:
            self._pay_all(due)

    def _pay_all(self, due: Sequence[tuple[date, Bill]]) -> None:
        sold = self._days_sold([bill.id for _, bill in due])
        tenths = {
            bill.id: days_to_money_tenths(sold.get(bill.id, ()), paid_on=on) for on, bill in due
        }
        payments = [self._payment(on, bill, tenths[bill.id]) for on, bill in due]
        pour(BillPayment, COLUMNS[BillPayment], payments)
        for on, bill in due:
            at = at_local(on, 14 * 60)
            bill.approved_at = bill.approved_at or at
            bill.approved_by_id = self.house.owner_id
            bill.status, bill.paid, bill.paid_at = BillStatus.PAID, bill.payable, at
            bill.sale_to_money_tenths = tenths[bill.id]
        db.session.flush()
        post_all([self._happening(on, bill) for on, bill in due])

    def _days_sold(self, bill_ids: Sequence[int]) -> dict[int, list[tuple[date, Rupiah]]]:
        if self.habits.form is CoopForm.OUTRIGHT:
            return {bill_id: list_days_sold(bill_id=bill_id) for bill_id in bill_ids}
        return _days_sold(bill_ids)

    def _number(self, on: date, bill: Bill) -> str:
        return f"BP{on:%y%m%d}-{bill.number[2:]}"

    def _payment(self, on: date, bill: Bill, tenths: int | None) -> tuple[str | int | None, ...]:
        at, number = at_local(on, 14 * 60), self._number(on, bill)
        seen_at = at + timedelta(hours=20)
        is_seen = seen_at < self.now
        return (
            *(number, f"demo-{bill.number}", bill.id, bill.payable.amount, on.isoformat()),
            bill.due_on.isoformat() if bill.due_on else None,
            *("BRI contoh", tenths, moment_text(at), self.house.owner_id),
            moment_text(seen_at) if is_seen else None,
            self.owners[bill.stall_id] if is_seen else None,
        )

    def _happening(self, on: date, bill: Bill) -> Happening:
        return Happening(
            key=f"billpay:{self._number(on, bill)}",
            at=at_local(on, 14 * 60),
            reference=f"bill:{bill.number}",
            memo=f"Pembayaran tagihan {bill.number}",
            lines=[
                (f"shelf_payable:stall:{bill.stall_id}", bill.payable),
                (f"shelf_due:retailer:{bill.retailer_id}", -bill.payable),
            ],
            actor_id=self.house.owner_id,
        )


def _days_sold(bill_ids: Sequence[int]) -> dict[int, list[tuple[date, Rupiah]]]:
    """Return what each day brought of each of these bills."""
    rows = db.session.execute(
        select(BillLine.bill_id, SaleLine.day, SaleLine.payable)
        .join(SettledEvent, SettledEvent.line_id == BillLine.id)
        .join(SaleLine, SaleLine.event_id == SettledEvent.event_id)
        .where(BillLine.bill_id.in_(bill_ids))
    )
    found: dict[int, list[tuple[date, Rupiah]]] = defaultdict(list)
    for bill_id, day, payable in rows:
        found[bill_id].append((day, payable))
    return found
