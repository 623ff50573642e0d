"""Applications from draft to decision, by the services that pages use."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.notices.models import Notice
from pol.partnership.applications.models import SheetPermit
from pol.partnership.applications.queries import applications, calls, details, sheets
from pol.partnership.applications.rules import ApplicationStatus as S
from pol.partnership.applications.rules.life import (
    AlreadyApplied,
    AppealSpent,
    CallNotOpen,
    CallOver,
    FacingsBackwards,
    NoStoreChosen,
    NotReady,
    OwnProduct,
    RepairListEmpty,
    RepairUnanswered,
    SameJudge,
    StallNotVerified,
    StepNotOpen,
    StoreNotInCall,
)
from pol.partnership.applications.rules.scores import (
    CriterionUnknown,
    DemandMissing,
    ScoresMissing,
)
from pol.partnership.applications.services import applying, curation, screening
from pol.partnership.applications.services.curation import Mark
from pol.partnership.slots.rules import CallStatus
from pol.stalls.rules import StallStatus
from tests.factories.partnership import make_sheet, make_store
from tests.factories.traders import keep
from tests.partnership.applications.stage import Stage, make_stage


@pytest.fixture
def stage(session: Session, now: datetime) -> Stage:
    return make_stage(now)


def test_the_whole_way_is_written_down_and_told(stage: Stage) -> None:
    application = stage.bring_to(S.PASSED)
    steps = details.list_steps(application_id=application.id)
    assert [step.went_to for step in reversed(steps)] == [
        *(S.DRAFT, S.SUBMITTED, S.SCREENING, S.CURATION, S.PASSED)
    ]
    assert (application.score, application.weekly_demand_milli) == (7_400, 20_000)
    assert application.number.startswith("PJ260302-")
    titles = db.session.scalars(select(Notice.title).where(Notice.user_id == stage.producer.id))
    assert [title.split(":")[0] for title in titles] == [
        *("Dinas mulai memeriksa", "Sampai ke toko", "Lolos kurasi")
    ]
    code = sheets.find_code(sheet_id=stage.sheet.id, retailer_id=stage.retailer.id)
    assert code is not None
    assert code.startswith("2")


def test_measures_are_frozen_when_it_is_sent(stage: Stage) -> None:
    application = stage.draft()
    stage.sheet.height_mm = 250
    applying.submit(application=application, actor_id=stage.producer.id, now=stage.now)
    stage.sheet.height_mm = 260
    db.session.flush()
    row = applications.get_of_stall(number=application.number, stall_id=stage.stall.id)
    assert row.height_mm == 250
    assert row.goods.height_mm == 250


def test_stores_stand_in_order_of_wish(stage: Stage) -> None:
    application = stage.draft(stage.low, stage.high, stage.low)
    wishes = details.list_wishes(application_ids=[application.id])[application.id]
    assert [(wish.wish, wish.name) for wish in wishes] == [(1, "Toko Brondong"), (2, "Toko Babat")]
    call = calls.get_call(number=stage.call.number)
    applying.change_wish(application=application, call=call, wish=stage.wish(max_facings=5))
    wishes = details.list_wishes(application_ids=[application.id])[application.id]
    assert [wish.name for wish in wishes] == ["Toko Babat"]
    assert application.max_facings == 5


def test_a_wish_must_make_sense(stage: Stage) -> None:
    call = calls.get_call(number=stage.call.number)
    application = stage.draft()
    with pytest.raises(FacingsBackwards):
        stage.draft(min_facings=4, sheet=make_sheet(stage.stall))
    with pytest.raises(StoreNotInCall):
        stage.draft(make_store(), sheet=make_sheet(stage.stall))
    empty = applying.Wish((), 1, 1, 1, "")
    with pytest.raises(NoStoreChosen):
        applying.change_wish(application=application, call=call, wish=empty)
    applying.submit(application=application, actor_id=stage.producer.id, now=stage.now)
    with pytest.raises(StepNotOpen):
        applying.change_wish(application=application, call=call, wish=stage.wish())


def test_what_does_not_fit_each_store_is_not_sent(stage: Stage) -> None:
    application = stage.draft(stage.high, stage.low)
    with pytest.raises(NotReady):
        applying.submit(application=application, actor_id=stage.producer.id, now=stage.now)
    assert application.status is S.DRAFT


def test_a_permit_that_lapses_within_the_period_is_not_sent(stage: Stage) -> None:
    permit = db.session.scalars(
        select(SheetPermit).where(SheetPermit.sheet_id == stage.sheet.id)
    ).one()
    application = stage.draft()
    permit.expires_on = date(2026, 11, 29)
    with pytest.raises(NotReady):
        applying.submit(application=application, actor_id=stage.producer.id, now=stage.now)
    permit.expires_on = date(2026, 11, 30)
    applying.submit(application=application, actor_id=stage.producer.id, now=stage.now)
    assert application.status is S.SUBMITTED


def test_a_stall_that_nobody_verified_sends_nothing(stage: Stage) -> None:
    application = stage.draft()
    stage.stall.status = StallStatus.SUBMITTED
    with pytest.raises(StallNotVerified):
        applying.submit(application=application, actor_id=stage.producer.id, now=stage.now)


def test_nothing_is_sent_after_the_closing_time(stage: Stage) -> None:
    application = stage.draft()
    with pytest.raises(CallNotOpen):
        applying.submit(
            application=application, actor_id=stage.producer.id, now=stage.call.closes_at
        )


def test_one_live_application_per_product_and_call(stage: Stage) -> None:
    first = stage.draft()
    with pytest.raises(AlreadyApplied):
        stage.draft()
    applying.withdraw(application=first, actor_id=stage.producer.id, now=stage.now)
    assert stage.draft().number != first.number


def test_the_dinas_gives_back_a_list_and_gets_answers(stage: Stage) -> None:
    application = stage.bring_to(S.REPAIR)
    (item,) = details.list_repairs(application_id=application.id)
    again: dict[str, Any] = {
        "application": application,
        "actor_id": stage.producer.id,
        "now": stage.now,
    }
    with pytest.raises(RepairUnanswered, match="masih ada 1"):
        applying.resubmit(answers={item.item_id: " "}, **again)
    applying.resubmit(answers={item.item_id: "Sudah difoto"}, **again)
    assert application.status is S.SUBMITTED
    (item,) = details.list_repairs(application_id=application.id)
    assert (item.answer, item.done_at) == ("Sudah difoto", stage.now)


def test_what_the_retailer_gave_back_returns_to_the_retailer(stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    curation.ask_repair(
        application=application,
        reason="Label kurang.",
        items=["Tanggal kedaluwarsa", " "],
        actor_id=stage.buyer.id,
        now=stage.now,
    )
    (item,) = details.list_repairs(application_id=application.id)
    applying.resubmit(
        application=application,
        answers={item.item_id: "Sudah"},
        actor_id=stage.producer.id,
        now=stage.now,
    )
    assert application.status is S.CURATION


def test_a_repair_names_something(stage: Stage) -> None:
    application = stage.bring_to(S.SCREENING)
    with pytest.raises(RepairListEmpty):
        screening.ask_repair(
            application=application,
            reason="Ada.",
            items=["", "  "],
            actor_id=stage.dinas.id,
            now=stage.now,
        )


def test_nobody_judges_a_stall_that_they_keep(stage: Stage) -> None:
    keep(stage.stall, stage.dinas)
    keep(stage.stall, stage.buyer)
    application = stage.bring_to(S.SUBMITTED)
    with pytest.raises(OwnProduct):
        screening.take(application=application, actor_id=stage.dinas.id, now=stage.now)
    application.status = S.CURATION
    with pytest.raises(OwnProduct):
        stage.score(application)
    with pytest.raises(OwnProduct):
        curation.refuse(application=application, reason="x", actor_id=stage.buyer.id, now=stage.now)


def test_passing_needs_points_for_everything_and_a_demand(stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    first, *_others = calls.list_criteria(call_id=stage.call.id)
    acting: dict[str, Any] = {
        "application": application,
        "actor_id": stage.buyer.id,
        "now": stage.now,
    }
    curation.score(marks={first.criterion_id: Mark(90, "")}, weekly_demand_milli=None, **acting)
    assert application.score is None
    with pytest.raises(ScoresMissing), db.session.begin_nested():
        curation.let_pass(**acting)
    db.session.refresh(application)
    stage.score(application)
    application.weekly_demand_milli = None
    with pytest.raises(DemandMissing), db.session.begin_nested():
        curation.let_pass(**acting)


def test_points_are_for_criteria_of_this_call_while_it_is_curated(stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    acting: dict[str, Any] = {
        "application": application,
        "actor_id": stage.buyer.id,
        "now": stage.now,
    }
    with pytest.raises(CriterionUnknown):
        curation.score(marks={0: Mark(1, "")}, weekly_demand_milli=None, **acting)
    application.status = S.PASSED
    with pytest.raises(StepNotOpen):
        curation.score(marks={}, weekly_demand_milli=None, **acting)


def test_one_appeal_decided_by_somebody_else(stage: Stage) -> None:
    application = stage.bring_to(S.REFUSED)
    again: dict[str, Any] = {
        "application": application,
        "actor_id": stage.producer.id,
        "now": stage.now,
    }
    applying.appeal(text="Kemasan baru.", **again)
    assert (application.status, application.appeal) == (S.CURATION, "Kemasan baru.")
    with pytest.raises(SameJudge):
        stage.score(application)
    stage.score(application, by=stage.owner)
    acting: dict[str, Any] = {
        "application": application,
        "actor_id": stage.owner.id,
        "now": stage.now,
    }
    curation.refuse(reason="Tetap bocor.", **acting)
    with pytest.raises(AppealSpent):
        applying.appeal(text="Lagi.", **again)


def test_no_appeal_beside_a_new_application(stage: Stage) -> None:
    application = stage.bring_to(S.REFUSED)
    stage.draft()
    again: dict[str, Any] = {
        "application": application,
        "actor_id": stage.producer.id,
        "now": stage.now,
    }
    with pytest.raises(AlreadyApplied):
        applying.appeal(text="Kemasan baru.", **again)


def test_an_appeal_is_about_a_refusal(stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    with pytest.raises(StepNotOpen):
        applying.appeal(
            application=application, text="Apa?", actor_id=stage.producer.id, now=stage.now
        )


def test_a_refusal_of_the_dinas_is_appealed_to_the_retailer(stage: Stage) -> None:
    application = stage.bring_to(S.SCREENING)
    screening.refuse(
        application=application, reason="Palsu.", actor_id=stage.dinas.id, now=stage.now
    )
    applying.appeal(
        application=application, text="Asli.", actor_id=stage.producer.id, now=stage.now
    )
    found = applications.get_of_retailer(
        number=application.number, call_number=stage.call.number, retailer_id=stage.retailer.id
    )
    assert found.status is S.CURATION


def test_a_slip_of_the_buyer_is_taken_back_before_allocation(stage: Stage) -> None:
    application = stage.bring_to(S.PASSED)
    curation.reopen(
        application=application, reason="Salah tekan.", actor_id=stage.buyer.id, now=stage.now
    )
    assert (application.status, application.decided_by_id) == (S.CURATION, None)


def test_each_side_reaches_its_own(stage: Stage) -> None:
    draft = stage.draft()
    with pytest.raises(NotFound):
        applications.get_for_dinas(number=draft.number)
    with pytest.raises(NotFound):
        applications.lock_for_dinas(number=draft.number)
    with pytest.raises(NotFound):
        applications.get_of_stall(number=draft.number, stall_id=stage.stall.id + 1)
    with pytest.raises(NotFound):
        applications.lock_of_stall(number=draft.number, stall_id=stage.stall.id + 1)
    theirs: dict[str, Any] = {"call_number": stage.call.number, "retailer_id": stage.retailer.id}
    for reach in (applications.get_of_retailer, applications.lock_of_retailer):
        with pytest.raises(NotFound):
            reach(number=draft.number, **theirs)


def test_counters_tell_each_desk_what_waits(stage: Stage) -> None:
    stage.bring_to(S.SUBMITTED)
    assert applications.count_waiting_for_dinas() == 1
    assert applications.count_to_curate(retailer_id=stage.retailer.id) == 0
    assert applications.count_to_repair(stall_id=stage.stall.id) == 0
    (row,) = applications.page_for_dinas(status=S.SUBMITTED).rows
    assert row.submitted_at == stage.now
    assert applications.list_of_call(call_id=stage.call.id) == []
    assert [one.number for one in applications.list_of_stall(stall_id=stage.stall.id)] == [
        row.number
    ]


def test_nothing_moves_once_a_call_is_allocated(stage: Stage) -> None:
    application = stage.bring_to(S.PASSED)
    stage.call.status = CallStatus.ALLOCATED
    later = stage.now + timedelta(days=1)
    with pytest.raises(CallOver):
        applying.withdraw(application=application, actor_id=stage.producer.id, now=later)
