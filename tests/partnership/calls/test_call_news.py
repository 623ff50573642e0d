"""Applicants hear of more time and of the end of a call; others do not."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.notices.models import Notice
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.services import call_life
from tests.factories.catalogue import make_stall
from tests.factories.partnership import make_application, make_sheet
from tests.factories.traders import make_keeper
from tests.partnership.calls.book import make_checked, make_shop, publish

REASON = "Gondola dipindah karena renovasi lantai satu"


def test_only_live_applicants_hear_and_once_each(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    applicant, gone, stranger = (make_stall(name=f"UMKM {name} Contoh") for name in "ABC")
    keepers = {stall.id: make_keeper(stall) for stall in (applicant, gone, stranger)}
    for product in ("Keripik Contoh", "Kopi Contoh"):
        make_application(
            call, make_sheet(applicant, name=product), stores=[shop.store],
            status=ApplicationStatus.SUBMITTED,
        )  # fmt: skip
    make_application(
        call, make_sheet(gone), stores=[shop.store], status=ApplicationStatus.WITHDRAWN
    )
    later = datetime(2026, 3, 25, 10, tzinfo=UTC)
    call_life.extend_call(call=call, closes_at=later, actor_id=shop.owner.id, now=now)
    call_life.cancel_call(call=call, reason=REASON, actor_id=shop.owner.id, now=now)
    told = db.session.scalars(select(Notice).order_by(Notice.id)).all()
    assert {notice.user_id for notice in told} == {keepers[applicant.id].id}
    extended, cancelled = told
    assert "25-03-2026 pukul 17.00 WIB" in extended.body
    assert REASON in cancelled.body
    assert cancelled.link == f"/slot/{call.number}"
