"""What people of the small demo did themselves: bought, moved, redrew, sent files of a till."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from pol.demo.accounts import BUYER, RETAILER
from pol.identity.queries.people import find_by_phone
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.allocation.models import AllocationEdit, AllocationRun, RunPlacement
from pol.partnership.allocation.queries.input import board_code
from pol.partnership.allocation.rules import checker
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.applications.models import Application
from pol.partnership.consignment.models import SaleImport, SaleLine
from pol.partnership.consignment.rules import ImportStatus, SaleSource
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.slots.models import Placement, ShelfVersion, SlotCall
from pol.partnership.slots.queries.seats import list_retail_seats
from pol.partnership.slots.rules import CallStatus, RetailSeat
from tests.rig import databases
from tests.rig.databases import Database


@pytest.fixture(scope="module")
def market(database: Database) -> Iterator[Flask]:
    """Give the small demo market, loaded once per run and engine."""
    with databases.created(database.kind, "demo_by_hand", like="demo") as own:
        app = databases.application(own.url)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def test_a_chain_has_a_buyer_beside_its_owner(market: Flask) -> None:
    buyer, owner = find_by_phone(BUYER.phone), find_by_phone(RETAILER.phone)
    assert buyer is not None
    assert owner is not None
    assert BUYER.phone == "+6281200000010"
    assert buyer.totp_secret
    (seat,), (mine,) = list_retail_seats(user_id=buyer.id), list_retail_seats(user_id=owner.id)
    assert (seat.seat, seat.retailer_id) == (RetailSeat.BUYER, mine.retailer_id)
    decided = select(func.count()).where(Application.decided_by_id == buyer.id)
    assert db.session.scalar(decided)


def test_a_rack_was_redrawn_during_the_year(market: Flask) -> None:
    later = db.session.scalars(select(ShelfVersion).where(ShelfVersion.version == 2)).all()
    assert len(later) == 2
    for new in later:
        old = db.session.get_one(ShelfVersion, (new.shelf_id, 1))
        assert old.height_mm != new.height_mm
        assert old.made_at < new.made_at < clock.now()
        assert len(new.reason) > 20
        stands = select(Placement.height_mm).where(Placement.shelf_id == new.shelf_id)
        assert max(db.session.scalars(stands), default=0) <= new.height_mm


def test_a_result_was_changed_by_hand_at_a_cost_and_still_holds(market: Flask) -> None:
    (edit,) = db.session.scalars(select(AllocationEdit)).all()
    run = db.session.get_one(AllocationRun, edit.run_id)
    assert edit.cost > 0
    assert len(edit.reason) > 20
    assert run.status is RunStatus.COMPUTED
    instance = json.loads(run.instance)
    rows = db.session.execute(
        select(Application.number, RunPlacement)
        .join(Application, Application.id == RunPlacement.application_id)
        .where(RunPlacement.run_id == run.id)
    )
    places = [
        {
            "application": number,
            "shelf": board_code(place.shelf_id),
            "facings": place.facings,
            "x_mm": place.x_mm,
        }
        for number, place in rows
    ]
    assert edit.after in places
    assert checker.check_placements(instance, places) == []
    assert checker.objective(instance, places) == run.objective


def test_a_place_was_moved_by_agreement(market: Flask) -> None:
    (moved,) = db.session.scalars(select(Renewal).where(Renewal.kind == RenewalKind.MOVE)).all()
    place = db.session.get_one(Placement, moved.placement_id)
    assert moved.status is RenewalStatus.DONE
    assert (place.shelf_id, place.x_mm) == (moved.shelf_id, moved.x_mm)


def test_a_call_was_published_with_a_reason_for_a_rule_that_it_does_not_keep(market: Flask) -> None:
    stated = select(SlotCall).where(SlotCall.stated_reason.is_not(None))
    (call,) = db.session.scalars(stated).all()
    assert call.status is CallStatus.OPEN
    assert [one["code"] for one in call.findings or () if one["weight"] == "binds"] == [
        "PP112-8-DENDA"
    ]


def test_a_chains_recent_weeks_came_as_till_files(market: Flask) -> None:
    lines = SaleLine.source == SaleSource.POS, SaleLine.import_id.is_not(None)
    pieces, first, last = db.session.execute(
        select(func.count(), func.min(SaleLine.day), func.max(SaleLine.day)).where(*lines)
    ).one()
    assert pieces > 500
    assert 40 < (last - first).days < 60
    assert last < business_day(clock.now())
    taken_in = select(SaleImport).where(SaleImport.status == ImportStatus.DONE)
    whole = [one for one in db.session.scalars(taken_in) if not one.bad_rows]
    assert len(whole) > 25
    assert all(one.good_rows == one.rows and one.content is None for one in whole)
