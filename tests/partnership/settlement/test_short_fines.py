"""Whoever brings less than the delivery note promised bears what the agreement says, once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.consignment.models import DeliveryLine
from pol.partnership.settlement.models import Bill, BillLine
from pol.partnership.settlement.rules import BillLineKind
from pol.partnership.settlement.services import closing
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.settlement.goods import sell

NOW = datetime(2026, 2, 20, 3, tzinfo=UTC)


def _agree_to(p: Partnership, short_fine_bp: int) -> None:
    """Write a fine into an agreement before it binds."""
    for values in ({"status": "draft"}, {"short_fine_bp": short_fine_bp, "status": "in_force"}):
        db.session.execute(update(Agreement).where(Agreement.id == p.agreement.id).values(values))


def _refuse(p: Partnership, pieces: int) -> None:
    """Let the store have refused some pieces of the note that brought the batch."""
    db.session.execute(
        update(DeliveryLine)
        .where(DeliveryLine.placement_id == p.placement.id)
        .values(sent=DeliveryLine.accepted + pieces, rejected=pieces)
    )


def _close(p: Partnership, last_day: date) -> Bill:
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=last_day, actor_id=p.owner.id, now=NOW
    )
    return db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()


@pytest.mark.parametrize(("short_fine_bp", "share"), [(500, 20), (0, None)])
def test_a_short_delivery_costs_the_agreed_share_of_what_was_missing_once(
    session: Session, short_fine_bp: int, share: int | None
) -> None:
    p = make_partnership()
    _agree_to(p, short_fine_bp)
    _refuse(p, 4)
    sell(p.batch, 4, date(2026, 2, 5))
    bill = _close(p, date(2026, 2, 7))
    fine = Rupiah(p.agreement.price.amount * 4 // share) if share else Rupiah(0)
    assert bill.borne == -fine
    assert bill.payable == bill.sales - bill.margin - fine
    sell(p.batch, 1, date(2026, 2, 9))
    assert _close(p, date(2026, 2, 10)).borne == Rupiah(0)
    lines = session.scalars(select(BillLine.words).where(BillLine.kind == BillLineKind.FINE)).all()
    assert len(lines) == (1 if share else 0)
    assert all("4 buah" in words for words in lines)
