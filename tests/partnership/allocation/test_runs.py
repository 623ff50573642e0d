"""A run from the call to offers: computed apart, checked, reviewed, changed by hand, fixed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.cli.allocation_work import start_allocations, work
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.allocation.models import (
    AllocationEdit,
    AllocationRun,
    Offer,
    RunPlacement,
    RunRefusal,
)
from pol.partnership.allocation.queries import runs as queries
from pol.partnership.allocation.queries.edits import list_edits
from pol.partnership.allocation.rules.result import Progress, Result
from pol.partnership.allocation.rules.runs import (
    CallNotClosed,
    EditBreaksRule,
    EditFacingsWrong,
    EditReasonMissing,
    NobodyPassed,
    NothingChanged,
    RunGoing,
    RunNotReviewed,
    RunNotThere,
)
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.allocation.services import editing, runs
from pol.partnership.allocation.services.editing import Move
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.models import CallSpan
from pol.partnership.slots.rules import CallStatus
from tests.partnership.allocation.scene import Scene, make_scene

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)


def _ask(scene: Scene) -> AllocationRun:
    run = runs.ask_run(call=scene.call, seconds=2, actor_id=scene.owner.id, now=NOW)
    db.session.commit()
    return run


def compute_run(app: Flask, scene: Scene) -> AllocationRun:
    """Ask for a run and compute it."""
    run = _ask(scene)
    answer = CliRunner().invoke(work, [run.number], obj=Loaded(app), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    db.session.rollback()
    return queries.get_run(call_id=scene.call.id, number=run.number)


class Loaded:
    """What the command line knows of the application."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def load_app(self) -> Flask:
        return self.app


def test_a_run_is_computed_checked_and_kept(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    assert (run.status, run.failure) == (RunStatus.COMPUTED, None)
    places = queries.list_places(run_id=run.id)
    assert run.objective == sum(place.value for place in places) == run.bound
    assert {place.sheet_name for place in places} >= {"Keripik Contoh 1", "Keripik Contoh 2"}
    refused = queries.list_refusals(run_id=run.id)
    assert len(places) + len(refused) == len(scene.applications)
    assert all("Keripik" not in row.message or row.message for row in refused)


def test_the_same_call_gives_the_same_input(session: Session) -> None:
    scene = make_scene()
    first = _ask(scene)
    first.status = RunStatus.DROPPED
    assert _ask(scene).input_sha256 == first.input_sha256


def test_positions_count_from_the_left_end_of_the_shelf(app: Flask, session: Session) -> None:
    scene = make_scene()
    span = db.session.scalars(
        select(CallSpan).where(CallSpan.shelf_id == scene.shelves[1].id)
    ).one()
    span.x_mm, span.width_mm = 200, 300
    db.session.flush()
    run = compute_run(app, scene)
    here = [p for p in queries.list_places(run_id=run.id) if p.shelf_id == scene.shelves[1].id]
    assert here
    assert all(p.x_mm >= 200 and p.x_mm + p.width_mm <= 500 for p in here)


@pytest.mark.parametrize(
    ("status", "passes", "refusal"),
    [(CallStatus.OPEN, 1, CallNotClosed), (CallStatus.CLOSED, 0, NobodyPassed)],
)
def test_only_a_closed_call_with_applicants_is_allocated(
    session: Session, status: CallStatus, passes: int, refusal: type[Exception]
) -> None:
    scene = make_scene(status=status)
    if not passes:
        for application in scene.applications:
            application.status = ApplicationStatus.REFUSED
        db.session.flush()
    with pytest.raises(refusal):
        _ask(scene)


def test_one_run_at_a_time(session: Session) -> None:
    scene = make_scene()
    _ask(scene)
    with pytest.raises(RunGoing):
        _ask(scene)


def test_a_run_that_its_worker_left_waits_again(session: Session) -> None:
    run = _ask(make_scene())
    assert runs.claim_run(number=run.number, now=NOW) is not None
    assert runs.claim_run(number=run.number, now=NOW) is None
    step = Progress(1.0, 500, 10, 20, "mulai")
    runs.note_progress(run=run, step=step, now=NOW + timedelta(minutes=1))
    runs.note_alive(run=run, seconds=2.0, now=NOW + timedelta(minutes=2))
    assert (run.objective, run.bound) == (10, 20)
    assert runs.requeue_left_runs(now=NOW + timedelta(minutes=3)) == 0
    assert runs.requeue_left_runs(now=NOW + timedelta(minutes=5)) == 1
    assert queries.find_next_number() == run.number


def test_nothing_starts_while_nothing_waits(session: Session) -> None:
    db.session.commit()
    assert start_allocations(NOW) == 0


def test_a_result_that_breaks_a_rule_is_not_kept(session: Session) -> None:
    """The control: what the checker refuses never becomes a decision."""
    run = _ask(make_scene())
    wrong = Result(
        "lain", 1, 1, 0.1, run.input_sha256, (), (), 0, log=(), is_stopped_by_clock=False
    )
    runs.finish_run(run=run, found=wrong, free=None, now=NOW)
    assert run.status is RunStatus.FAILED
    assert db.session.scalar(select(func.count()).select_from(RunPlacement)) == 0


def test_a_run_that_ended_in_an_error_says_so(session: Session) -> None:
    run = _ask(make_scene())
    runs.fail_run(run=run, why="Berhenti", now=NOW)
    assert (run.status, run.failure) == (RunStatus.FAILED, "Berhenti")


def test_a_reviewed_result_is_fixed_and_offered(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    call = queries.get_call_of_run(run)
    with pytest.raises(RunNotReviewed):
        runs.fix_run(run=run, call=call, actor_id=scene.owner.id, now=NOW)
    runs.review_run(run=run, actor_id=scene.owner.id, now=NOW)
    offered = runs.fix_run(run=run, call=call, actor_id=scene.owner.id, now=NOW)
    assert offered == len(queries.list_places(run_id=run.id))
    waiting = select(func.count()).select_from(Offer).where(Offer.status == OfferStatus.WAITING)
    assert db.session.scalar(waiting) == len(scene.applications) - offered
    assert call.status is CallStatus.ALLOCATED
    with pytest.raises(RunNotThere):
        runs.review_run(run=run, actor_id=scene.owner.id, now=NOW)


def _stands(run: AllocationRun) -> list[tuple[str, int, int]]:
    places = queries.list_places(run_id=run.id)
    return [(place.application_number, place.shelf_id, place.x_mm) for place in places]


@contextmanager
def _unchanged(run: AllocationRun) -> Iterator[None]:
    before = _stands(run)
    yield
    assert _stands(run) == before


def test_a_hand_takes_an_applicant_out_and_the_cost_is_written_down(
    app: Flask, session: Session
) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    place = queries.list_places(run_id=run.id)[0]
    move = Move(place.application_number, scene.store.id, None)
    with pytest.raises(EditReasonMissing):
        editing.apply_move(run=run, move=move, reason=" ", actor_id=scene.owner.id, now=NOW)
    before = run.objective or 0
    seen = editing.apply_move(
        run=run, move=move, reason="Kemasan rusak", actor_id=scene.owner.id, now=NOW
    )
    assert (seen.cost, run.objective) == (place.value, before - place.value)
    edit = db.session.scalars(select(AllocationEdit)).one()
    assert (edit.cost, edit.reason) == (place.value, "Kemasan rusak")
    refusal = next(
        row
        for row in queries.list_refusals(run_id=run.id)
        if row.application_number == place.application_number
    )
    assert "Kemasan rusak" in refusal.message
    assert list_edits(run_id=run.id)[0].cost == place.value


def test_a_hand_takes_facings_away(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    runs.review_run(run=run, actor_id=scene.owner.id, now=NOW)
    wide = next(place for place in queries.list_places(run_id=run.id) if place.facings == 2)
    move = Move(wide.application_number, scene.store.id, wide.shelf_id, wide.x_mm, 1)
    seen = editing.apply_move(
        run=run, move=move, reason="Cukup satu", actor_id=scene.owner.id, now=NOW
    )
    assert (seen.cost > 0, run.status) == (True, RunStatus.COMPUTED)
    changed = next(
        place
        for place in queries.list_places(run_id=run.id)
        if place.application_number == wide.application_number
    )
    assert (changed.facings, wide.value - changed.value) == (1, seen.cost)


@pytest.mark.parametrize(
    ("x_mm", "facings", "refusal", "words"),
    [
        (400, 1, EditBreaksRule, "panjang"),
        (0, 3, EditFacingsWrong, "muka"),
        (0, 0, EditFacingsWrong, "muka"),
    ],
)
def test_a_place_that_breaks_a_rule_is_refused_in_words(
    app: Flask,
    session: Session,
    x_mm: int,
    facings: int,
    refusal: type[EditBreaksRule],
    words: str,
) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    place = queries.list_places(run_id=run.id)[0]
    move = Move(place.application_number, scene.store.id, place.shelf_id, x_mm, facings)
    with _unchanged(run), pytest.raises(refusal, match=words):
        editing.preview_move(run=run, move=move)


def test_moving_nothing_nowhere_is_no_change(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    p = queries.list_places(run_id=run.id)[0]
    with pytest.raises(NothingChanged):
        editing.preview_move(
            run=run,
            move=Move(p.application_number, scene.store.id, p.shelf_id, p.x_mm, p.facings),
        )
    with pytest.raises(NotFound):
        editing.preview_move(run=run, move=Move("PJ-lain", scene.store.id, None))
    assert db.session.scalar(select(func.count()).select_from(RunRefusal)) is not None
