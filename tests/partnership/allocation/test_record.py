"""What is kept of a run: its way, its price of fairness, its end, and one answer for one input."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.queries import runs as queries
from pol.partnership.allocation.queries.edits import list_edits
from pol.partnership.allocation.queries.input import board_code
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules.result import Placement, Progress, Reason, Result
from pol.partnership.allocation.rules.runs import BY_HAND
from pol.partnership.allocation.rules.sentences import explain, scene_of
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.allocation.services import editing, runs
from pol.partnership.allocation.services.editing import Move
from tests.partnership.allocation.scene import Scene, make_scene
from tests.partnership.allocation.test_runs import compute_run

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)


def _ask(scene: Scene, seconds: int = 2) -> AllocationRun:
    return runs.ask_run(call=scene.call, seconds=seconds, actor_id=scene.owner.id, now=NOW)


def _found(run: AllocationRun, *, places: int, bound: int, steps: int = 1) -> Result:
    """Return an allowed result: the first applicants one after the other on the longer shelf."""
    instance = instances.read(run.instance.encode())
    board = max(instance.shelves, key=lambda shelf: shelf.width_mm)
    stands = [(one, 1) for one in instance.applications[:places]]
    scene = scene_of(instance, {board.id: stands})
    worth = sum(one.milli_units[0] * one.unit_value // 1_000 for one, _ in stands)
    return Result(
        instance=instance.name,
        objective=worth,
        bound=bound,
        seconds=1.0,
        input_sha256=run.input_sha256,
        placements=tuple(
            Placement(one.id, board.id, 1, at * (one.width_mm + instance.gap_mm))
            for at, (one, _) in enumerate(stands)
        ),
        refusals=tuple(
            replace(explain(scene, one, store), reason=Reason.SHELF_FULL)
            for one in instance.applications[places:]
            for store in one.stores
        ),
        rounds=steps,
        is_stopped_by_clock=False,
        log=tuple(Progress(at / 10, at, at, bound, f"langkah {at}") for at in range(steps)),
    )


def _finish(run: AllocationRun, found: Result, free: int | None = None) -> None:
    runs.finish_run(run=run, found=found, free=free, now=NOW)
    db.session.flush()
    assert run.failure is None or run.status is RunStatus.DROPPED, run.failure


def test_the_same_input_gets_the_result_that_is_there(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    before = (run.objective, run.ended_at, list(run.log))
    for seconds in (1, 2, 300):  # it is proven, so more thinking changes nothing either
        assert _ask(scene, seconds).id == run.id
    assert (run.objective, run.ended_at, list(run.log)) == before
    assert len(queries.list_runs(call_id=scene.call.id)) == 1


def test_another_input_is_computed(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    scene.applications[0].weekly_demand_milli = 40_000
    db.session.flush()
    assert _ask(scene).id != run.id


def test_a_failed_run_may_be_asked_for_again(session: Session) -> None:
    scene = make_scene()
    run = _ask(scene)
    runs.fail_run(run=run, why="Berhenti", now=NOW)
    db.session.flush()
    assert _ask(scene).id != run.id


@pytest.mark.parametrize("by_hand", [False, True], ids=["as computed", "after a change by hand"])
def test_longer_thinking_about_one_input_lets_the_better_stand(
    session: Session, *, by_hand: bool
) -> None:
    scene = make_scene()
    short = _ask(scene)
    _finish(short, _found(short, places=2, bound=10**9))
    if by_hand:
        place = queries.list_places(run_id=short.id)[0]
        move = Move(place.application_number, place.store_id, None)
        editing.apply_move(run=short, move=move, reason="x", actor_id=scene.owner.id, now=NOW)
    long = _ask(scene, 30)
    assert long.id != short.id
    _finish(long, _found(long, places=2, bound=10**9))
    assert (long.status, short.status) == (RunStatus.DROPPED, RunStatus.COMPUTED)
    assert short.number in (long.failure or "")
    better = _ask(scene, 120)
    _finish(better, _found(better, places=3, bound=10**9))
    assert (better.status, short.status) == (RunStatus.COMPUTED, RunStatus.DROPPED)
    assert _ask(scene, 120).id == better.id


def test_the_way_of_the_search_is_kept_whole(session: Session) -> None:
    run = _ask(make_scene())
    runs.claim_run(number=run.number, now=NOW)
    _finish(run, _found(run, places=1, bound=10**9, steps=5))
    assert [step["note"] for step in run.log] == [f"langkah {at}" for at in range(5)]
    assert [step["done_bp"] for step in run.log] == list(range(5))


def test_of_a_very_long_way_the_beginning_and_the_end_are_kept(session: Session) -> None:
    run = _ask(make_scene())
    _finish(run, _found(run, places=1, bound=10**9, steps=2 * runs.LONGEST_LOG))
    notes = [step["note"] for step in run.log]
    assert len(notes) == runs.LONGEST_LOG
    assert (notes[0], notes[-1]) == ("langkah 0", f"langkah {2 * runs.LONGEST_LOG - 1}")


def test_that_the_clock_ended_a_run_is_kept(session: Session) -> None:
    run = _ask(make_scene())
    _finish(run, replace(_found(run, places=1, bound=10**9), is_stopped_by_clock=True))
    assert run.is_stopped_by_clock


def test_the_price_of_fairness_holds_no_penalty_and_no_edit(session: Session) -> None:
    scene = make_scene(kecamatan_floor=4)
    run = _ask(scene)
    found = _found(run, places=2, bound=10**9)
    worth, penalty = found.objective, scene.call.floor_penalty.amount
    kecamatan = {one.kecamatan_code for one in scene.applications}
    short = sum(4 - sum(1 for one in scene.applications[:2] if one.kecamatan_code == code)
                for code in kecamatan)  # fmt: skip
    _finish(run, replace(found, objective=worth - penalty * short), free=worth + 7_000)
    assert run.fairness_price == 7_000
    place = queries.list_places(run_id=run.id)[0]
    move = Move(place.application_number, place.store_id, None)
    seen = editing.apply_move(run=run, move=move, reason="x", actor_id=scene.owner.id, now=NOW)
    assert (seen.cost > 0, run.fairness_price) == (True, 7_000)
    assert list_edits(run_id=run.id)[0].cost == seen.cost


def test_without_a_floor_there_is_no_price_to_tell(app: Flask, session: Session) -> None:
    run = compute_run(app, make_scene(kecamatan_floor=0))
    assert run.fairness_price is None


def test_refusals_are_told_anew_after_a_change_by_hand(app: Flask, session: Session) -> None:
    """Everybody was taken out, and still it was said that the shelf was full."""
    scene = make_scene()
    for shelf in scene.shelves:
        shelf.width_mm = 145  # room for one
    for application in scene.applications:
        application.max_facings = 1
    db.session.flush()
    run = compute_run(app, scene)
    refused = {row.application_number: row for row in queries.list_refusals(run_id=run.id)}
    assert {row.reason for row in refused.values()} == {"shelf_full"}
    for place in queries.list_places(run_id=run.id):
        move = Move(place.application_number, place.store_id, None)
        editing.apply_move(
            run=run, move=move, reason="Ditarik pemohon", actor_id=scene.owner.id, now=NOW
        )
    now = {row.application_number: row for row in queries.list_refusals(run_id=run.id)}
    assert {now[number].reason for number in refused} == {"left_free"}
    assert all("ruang 145 mm" in now[number].message for number in refused)
    assert all(row.reason == BY_HAND for number, row in now.items() if number not in refused)


def test_a_change_by_hand_names_who_stands_there_now(app: Flask, session: Session) -> None:
    scene = make_scene()
    for shelf in scene.shelves:
        shelf.width_mm = 145
    scene.applications[0].max_facings = scene.applications[1].max_facings = 1
    db.session.flush()
    run = compute_run(app, scene)
    weakest = scene.applications[-1]
    out = max(queries.list_places(run_id=run.id), key=lambda place: place.value)
    move = Move(out.application_number, out.store_id, None)
    editing.apply_move(run=run, move=move, reason="Rusak", actor_id=scene.owner.id, now=NOW)
    move = Move(weakest.number, out.store_id, out.shelf_id, 0, 1)
    editing.apply_move(run=run, move=move, reason="Musiman", actor_id=scene.owner.id, now=NOW)
    third = next(row for row in queries.list_refusals(run_id=run.id)
                 if row.application_number == scene.applications[2].number)  # fmt: skip
    assert third.reason == "shelf_full"
    assert "bernilai lebih tinggi" not in third.message  # nor is it: the weakest stands there
    assert "toko mengubah susunannya" in third.message


def test_a_refusal_names_its_store_once(app: Flask, session: Session) -> None:
    scene = make_scene()
    run = compute_run(app, scene)
    instance = instances.read(run.instance.encode())
    assert "Toko" not in instance.names[board_code(scene.shelves[0].id)]
    full = [row for row in queries.list_refusals(run_id=run.id) if row.reason == "shelf_full"]
    assert full
    assert all(row.message.count(scene.store.name) == 1 for row in full)
