"""Addresses of settlement in the shelf partnership."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, ShelfLetter
from pol.partnership.settlement.queries.bill_lines import list_lines
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import closing, disputing, paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import Partnership, make_placement, make_shelf
from tests.partnership.settlement.goods import happen, sell

OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "retailer_bills": ({"buyer"}, {"other_buyer"}),
    "producer_money": ({"trader", "helper"}, {"other_trader"}),
    "dinas_disputes": ({"dinas"}, {"dinas"}),
    "dinas_compliance": ({"dinas"}, {"dinas"}),
    "retailer_renewals": ({"buyer"}, {"other_buyer"}),
    "producer_renewals": ({"trader", "helper"}, {"other_trader"}),
    "retailer_letters": ({"buyer"}, {"other_buyer"}),
    "producer_letters": ({"trader", "helper"}, {"other_trader"}),
    "retailer_reports": ({"buyer"}, {"other_buyer"}),
    "retailer_report_cards": (
        {"buyer", "buyer_without_code", "clerk"},
        {"other_buyer", "other_clerk"},
    ),
    "producer_report_cards": ({"trader", "helper"}, {"other_trader"}),
    "account_record": (
        {"trader", "helper", "buyer", "buyer_without_code"},
        {"other_trader", "other_buyer"},
    ),
}
FIELDS: Mapping[str, dict[str, str]] = {
    "producer_money.answer": {"masuk": "ya"},
    "retailer_bills.say": {"words": "Sudah kami periksa"},
    "producer_money.say": {"words": "Sudah kami periksa"},
}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    day = business_day(now)
    sell(p.batch, 4, date.fromordinal(day.toordinal() - 3))
    happen(p.batch, StockEventKind.LOST, 1, date.fromordinal(day.toordinal() - 3))
    buyer = p.owner.id
    period = closing.close_period(
        retailer_id=p.retailer.id,
        last_day=date.fromordinal(day.toordinal() - 1),
        actor_id=buyer,
        now=now,
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    paying.approve_bill(bill=bill, actor_id=buyer, now=now)
    line, loss = (row.id for row in list_lines(bill_id=bill.id))
    sending = Sending(f"kunci-{bill.number}", bill.payable.share(5_000), day, "BRI 1")
    found = disputing.open_dispute(
        bill=bill, line_ids=[loss], by=Bearer.RETAILER, words="?", actor_id=buyer, now=now
    ).number
    payment = paying.note_payment(bill=bill, sending=sending, actor_id=buyer, now=now)
    wish = renewing.Wish(RenewalKind.RESIZE, "Kurang laris", facings=1)
    p.placement.until_on = date.fromordinal(day.toordinal() + 30)
    other = make_placement(
        p.application, make_shelf(p.store), agreement=p.agreement, until_on=p.placement.until_on
    )
    asked = renewing.ask(
        placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=buyer, now=now
    )
    letter = db.session.scalars(
        select(ShelfLetter.number).where(ShelfLetter.placement_id == p.placement.id)
    ).one()
    return {
        "retailer_letters.number": letter,
        "producer_letters.number": letter,
        "retailer_reports.slug": p.store.slug,
        "retailer_reports.month": "2026-02",
        "retailer_report_cards.number": p.placement.number,
        "producer_report_cards.number": p.placement.number,
        "account_record.number": bill.number,
        "retailer_bills.payment_number": payment.number,
        "retailer_renewals.number": other.number,
        "retailer_renewals.renewal_number": asked.number,
        "producer_renewals.number": other.number,
        "producer_renewals.renewal_number": asked.number,
        "retailer_bills.number": bill.number,
        "retailer_bills.line_id": line,
        "retailer_bills.dispute_number": found,
        "producer_money.number": bill.number,
        "producer_money.line_id": line,
        "producer_money.dispute_number": found,
        "producer_money.payment_number": payment.number,
        "dinas_disputes.number": found,
        "dinas_compliance.slug": p.store.slug,
        "dinas_compliance.month": "2026-02",
    }
