"""What a computation is told of shelves that are not empty: strength, room, and promises."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.agreements.services.following import renew
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.allocation.queries import runs as queries
from pol.partnership.allocation.queries.input import build_instance
from pol.partnership.allocation.rules.runs import InputChanged
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.allocation.services import offers, runs
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import CallSpan, Placement, Shelf, SlotCall
from pol.partnership.slots.rules import CallStatus
from pol.partnership.slots.rules.holding import NothingLeft, PlacePromised
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_call,
    make_placement,
    make_sheet,
)
from tests.partnership.allocation.scene import Scene, make_scene
from tests.partnership.allocation.test_runs import compute_run

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)
LATER = {"from_on": date(2027, 1, 1), "until_on": date(2027, 7, 1)}


def _stand(scene: Scene, shelf: Shelf, **values: object) -> Placement:
    """Let goods of an earlier call stand on a shelf."""
    earlier = make_call(scene.retailer, shelves=[], by=scene.owner, status=CallStatus.DONE)
    application = make_application(earlier, make_sheet(), stores=[scene.store])
    return make_placement(application, shelf, **values)  # type: ignore[arg-type]


def _half(scene: Scene) -> Shelf:
    """Let the call offer only the right half of its wider shelf, which bears 10 kg."""
    shelf = scene.shelves[1]
    shelf.load_g = 10_000
    span = db.session.scalars(select(CallSpan).where(CallSpan.shelf_id == shelf.id)).one()
    span.x_mm, span.width_mm = 250, 250
    db.session.flush()
    return shelf


def _load(call: SlotCall, shelf: Shelf) -> int:
    (board,) = (one for one in build_instance(call).shelves if one.id == f"R{shelf.id}")
    return board.load_g


def test_what_stands_beside_takes_its_part_of_the_strength(session: Session) -> None:
    scene = make_scene()
    shelf = _half(scene)
    _stand(scene, shelf, load_g=10_000, facings=1)
    assert _load(scene.call, shelf) == 0


def test_only_what_stands_at_the_same_time_adds_up(session: Session) -> None:
    scene = make_scene()
    shelf, may = _half(scene), date(2026, 5, 1)
    _stand(scene, shelf, load_g=6_000, facings=1, until_on=may)
    _stand(scene, shelf, load_g=4_000, facings=1, from_on=may)
    _stand(scene, shelf, load_g=9_000, facings=1, **LATER)
    assert _load(scene.call, shelf) == 4_000


@pytest.mark.parametrize(
    ("status", "left_g"), [(OfferStatus.OFFERED, 10_000 - 10 * 150), (OfferStatus.DECLINED, 10_000)]
)
def test_what_another_call_has_on_offer_weighs_too(
    app: Flask, session: Session, status: OfferStatus, left_g: int
) -> None:
    scene = make_scene()
    shelf = _half(scene)
    other = make_call(scene.retailer, shelves=[], by=scene.owner, status=CallStatus.ALLOCATED)
    application = make_application(other, make_sheet(), stores=[scene.store])
    run = _fixed(other)
    db.session.add(
        Offer(
            number="TW-LAIN",
            run_id=run.id,
            application_id=application.id,
            stall_id=application.stall_id,
            store_id=scene.store.id,
            status=status,
            shelf_id=shelf.id,
            x_mm=0,
            facings=2,
        )
    )
    db.session.flush()
    assert shelf.depth_mm // application.depth_mm == 5
    assert _load(scene.call, shelf) == left_g


def _fixed(call: SlotCall) -> AllocationRun:
    run = AllocationRun(
        number=f"PT-{call.id}",
        call_id=call.id,
        status=RunStatus.FIXED,
        seconds=2,
        asked_at=NOW,
        log=[],
        instance="{}",
        input_sha256="0",
    )
    db.session.add(run)
    db.session.flush()
    return run


def test_a_place_made_inside_the_span_is_placed_around(app: Flask, session: Session) -> None:
    scene = make_scene()
    standing = _stand(scene, scene.shelves[1], x_mm=60, facings=1)
    run = compute_run(app, scene)
    here = [p for p in queries.list_places(run_id=run.id) if p.shelf_id == standing.shelf_id]
    assert here
    assert all(p.x_mm >= 200 + scene.call.gap_mm and p.x_mm + p.width_mm <= 500 for p in here)


def test_who_accepts_finds_the_shelf_strong_enough(app: Flask, session: Session) -> None:
    scene = make_scene()
    shelf = _half(scene)
    _stand(scene, shelf, load_g=10_000 - 800, facings=1)
    run = compute_run(app, scene)
    runs.review_run(run=run, actor_id=scene.owner.id, now=NOW)
    runs.fix_run(run=run, call=scene.call, actor_id=scene.owner.id, now=NOW)
    made = select(Offer).where(Offer.run_id == run.id, Offer.status == OfferStatus.OFFERED)
    placed = [
        offers.take_place(offer=offer, actor_id=scene.owner.id, now=NOW)
        for offer in db.session.scalars(made).all()
    ]
    assert sum(place.load_g for place in placed if place.shelf_id == shelf.id) <= 800
    assert len(placed) == len(queries.list_places(run_id=run.id)) > 0


def test_a_result_is_not_fixed_over_what_came_meanwhile(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    runs.review_run(run=run, actor_id=scene.owner.id, now=NOW)
    _stand(scene, scene.shelves[0], facings=1)
    with pytest.raises(InputChanged, match="Hitung sekali lagi"):
        runs.fix_run(run=run, call=scene.call, actor_id=scene.owner.id, now=NOW)
    assert run.status is RunStatus.REVIEWED
    db.session.commit()
    again = compute_run(app, scene)
    assert again.id != run.id
    runs.review_run(run=again, actor_id=scene.owner.id, now=NOW)
    assert runs.fix_run(run=again, call=scene.call, actor_id=scene.owner.id, now=NOW) > 0


def test_the_shelves_of_a_store_come_from_the_floor_up(session: Session) -> None:
    """The solver puts heavy goods on the earlier ones; people often measure from the top."""
    scene = make_scene()
    high, low = scene.shelves
    high.bottom_mm, low.bottom_mm = 1_400, 150
    db.session.flush()
    codes = [board.id for board in build_instance(scene.call).shelves]
    assert codes == [f"R{low.id}", f"R{high.id}"]


def test_a_shelf_by_another_name_is_the_same_shelf(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    scene.store.name = "Toko Contoh Baru"
    runs.review_run(run=run, actor_id=scene.owner.id, now=NOW)
    assert runs.fix_run(run=run, call=scene.call, actor_id=scene.owner.id, now=NOW) > 0


def _next_year(
    scene: Scene, status: CallStatus, from_on: date = LATER["from_on"]
) -> tuple[Placement, SlotCall]:
    """Return a place of this year, and a call for its millimetres in the next."""
    application: Application = scene.applications[0]
    place = make_placement(
        application, scene.shelves[0], agreement=make_agreement(application, scene.call)
    )
    days = LATER | {"from_on": from_on}
    call = make_call(scene.retailer, by=scene.owner, status=status, shelves=[], **days)
    span = CallSpan(call_id=call.id, shelf_id=place.shelf_id, x_mm=place.x_mm + 100, width_mm=150)
    db.session.add(span)
    db.session.flush()
    return place, call


@pytest.mark.parametrize("status", [CallStatus.OPEN, CallStatus.CLOSED])
def test_what_a_call_has_promised_cannot_be_renewed_into(
    session: Session, status: CallStatus
) -> None:
    place, call = _next_year(make_scene(), status)
    with pytest.raises(NothingLeft, match=f"{call.number}.*31-12-2026"):
        renew(placement=place, until_on=date(2027, 6, 1), now=NOW)
    call.status = CallStatus.CANCELLED
    assert renew(placement=place, until_on=date(2027, 6, 1), now=NOW).from_on == place.until_on


def test_a_renewal_may_end_before_the_call_begins(session: Session) -> None:
    place, call = _next_year(make_scene(), CallStatus.CLOSED, date(2027, 4, 1))
    with pytest.raises(PlacePromised, match=f"{call.number} untuk 01-04-2027 .* 31-03-2027"):
        renew(placement=place, until_on=date(2027, 4, 2), now=NOW)
    assert renew(placement=place, until_on=call.from_on, now=NOW).until_on == call.from_on
