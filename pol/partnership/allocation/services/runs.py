"""Runs of the allocation: asked for, computed by a worker, reviewed, fixed."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.allocation.models import AllocationRun, RunPlacement, RunRefusal
from pol.partnership.allocation.queries import runs as queries
from pol.partnership.allocation.queries.input import (
    build_instance,
    count_passed,
    is_same_problem,
    list_lefts,
    shelf_of,
)
from pol.partnership.allocation.rules import checker
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules import result as results
from pol.partnership.allocation.rules.formulas import value
from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Progress, Result
from pol.partnership.allocation.rules.runs import (
    InputChanged,
    RunNotReviewed,
    check_editable,
    check_may_ask,
)
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.allocation.services.offers import open_offers
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.services.call_life import note_allocated

LEFT_AFTER = timedelta(minutes=2)
"""A run that says nothing for so long was left by its worker, and waits again."""

LONGEST_LOG = 400


def ask_run(*, call: SlotCall, seconds: int, actor_id: int, now: datetime) -> AllocationRun:
    """Put a computation for a closed call into the queue, with its input as it is now.

    The same input gets the result that is there already: nobody rolls until they like the answer.
    Only longer thinking about a result that is not proven yet is computed, and the better stands.

    :raises CallNotClosed, NobodyPassed, RunGoing: see rules
    """
    check_may_ask(
        status=call.status,
        passed=count_passed(call_id=call.id),
        going=queries.is_going(call_id=call.id),
    )
    text = instances.write(build_instance(call))
    digest = instances.read(text).sha256
    there = queries.find_result(call_id=call.id, input_sha256=digest)
    if there is not None and (there.seconds >= seconds or _is_proven(there)):
        _record("allocation.asked_again", there, actor_id, now, sha256=digest)
        return there
    run = AllocationRun(
        number=paper_number("PT", business_day(now)),
        call_id=call.id,
        status=RunStatus.QUEUED,
        seconds=seconds,
        asked_at=now,
        asked_by_id=actor_id,
        log=[],
        instance=text.decode(),
        input_sha256=digest,
    )
    db.session.add(run)
    db.session.flush()
    _record("allocation.asked", run, actor_id, now, sha256=run.input_sha256)
    return run


def claim_run(*, number: str, now: datetime) -> AllocationRun | None:
    """Take a run that waits; None when somebody else has it."""
    run = queries.lock_run_by_number(number)
    if run.status is not RunStatus.QUEUED:
        return None
    run.status, run.started_at, run.log = RunStatus.RUNNING, now, []
    return run


def requeue_left_runs(*, now: datetime) -> int:
    """Let runs that their worker has left wait again; return how many."""
    left = [run for run in queries.list_running() if _last_word(run) < now - LEFT_AFTER]
    for run in left:
        run.status = RunStatus.QUEUED
    return len(left)


def _last_word(run: AllocationRun) -> datetime:
    return datetime.fromisoformat(run.log[-1]["at"]) if run.log else run.started_at or run.asked_at


def note_progress(*, run: AllocationRun, step: Progress, now: datetime) -> None:
    """Write down how far a run is."""
    run.objective, run.bound = step.objective, step.bound
    run.progress_bp = min(9_900, step.done_bp)
    run.log = [*run.log[-LONGEST_LOG:], {"at": now.isoformat(), **asdict(step)}]


def note_alive(*, run: AllocationRun, seconds: float, now: datetime) -> None:
    """Write down that a run is still looking for what could be had without the floor."""
    note = {"at": now.isoformat(), "seconds": seconds, "note": "tanpa batas kecamatan"}
    run.log = [*run.log[-LONGEST_LOG:], note]


def finish_run(*, run: AllocationRun, found: Result, free: int | None, now: datetime) -> None:
    """Keep what was found, if the independent checker has nothing against it.

    `free` is what could be had without the kecamatan floor by the same work; what that is more
    than the values of these places is the price of fairness, whatever hands change later.
    """
    violations = checker.check(run.instance.encode(), results.write(found))
    run.ended_at, run.progress_bp = now, 10_000
    run.log, run.is_stopped_by_clock = _log(run, found, now), found.is_stopped_by_clock
    if violations:
        run.status, run.failure = RunStatus.FAILED, violations[0].message
        return
    run.status, run.objective, run.bound = RunStatus.COMPUTED, found.objective, found.bound
    total = write_places(run, found)
    run.free_objective = free
    run.fairness_price = None if free is None else max(0, free - total)
    _keep_better(run, found.objective)
    _record("allocation.computed", run, None, now, objective=found.objective, bound=found.bound)


def _log(run: AllocationRun, found: Result, now: datetime) -> list[dict[str, object]]:
    """Return how the search went, step by step; of a very long one the first step and the last."""
    steps = found.log
    if len(steps) > LONGEST_LOG:
        steps = (steps[0], *steps[1 - LONGEST_LOG :])
    began = run.started_at or now
    return [
        {"at": (began + timedelta(seconds=step.seconds)).isoformat(), **asdict(step)}
        for step in steps
    ]


def _keep_better(run: AllocationRun, objective: int) -> None:
    """Of two results for one input let the better stand, so that nobody can choose among them."""
    other = queries.find_result(call_id=run.call_id, input_sha256=run.input_sha256, but_id=run.id)
    if other is None:
        return
    is_better = objective > queries.sum_found(other)
    loser, winner = (other, run) if is_better else (run, other)
    loser.status = RunStatus.DROPPED
    loser.failure = f"Masukannya sama dengan {winner.number}, yang hasilnya lebih baik atau sama."


def _is_proven(run: AllocationRun) -> bool:
    return queries.sum_found(run) == run.bound


def fail_run(*, run: AllocationRun, why: str, now: datetime) -> None:
    """Note that a run ended without an answer."""
    run.status, run.failure, run.ended_at = RunStatus.FAILED, why, now


def write_places(run: AllocationRun, found: Result) -> int:
    """Replace a run's places and refusals; return what the places are worth together."""
    instance = instances.read(run.instance.encode())
    wishes = {one.id: one for one in instance.applications}
    boards = {one.id: one for one in instance.shelves}
    ids = application_ids(run.call_id)
    lefts, total = lefts_of(run, instance), 0
    for table in (RunPlacement, RunRefusal):
        db.session.execute(delete(table).where(table.run_id == run.id))
    for place in found.placements:
        board = boards[place.shelf]
        shelf_id, worth = (
            shelf_of(place.shelf),
            value(wishes[place.application], board, place.facings),
        )
        total += worth
        db.session.add(
            RunPlacement(
                run_id=run.id,
                application_id=ids[place.application],
                shelf_id=shelf_id,
                store_id=int(board.store),
                facings=place.facings,
                x_mm=place.x_mm + lefts[shelf_id],
                value=worth,
            )
        )
    db.session.add_all(
        RunRefusal(
            run_id=run.id,
            application_id=ids[refusal.application],
            store_id=int(refusal.store),
            reason=refusal.reason.value,
            message=refusal.message,
        )
        for refusal in found.refusals
    )
    db.session.flush()
    return total


def application_ids(call_id: int) -> dict[str, int]:
    """Return the ids of a call's applications by number."""
    rows = db.session.execute(
        select(Application.number, Application.id).where(Application.call_id == call_id)
    )
    return {number: found for number, found in rows}  # noqa: C416 - rows are no pairs


def lefts_of(run: AllocationRun, instance: Instance) -> dict[int, int]:
    """Return where on its board each shelf of a run begins, in millimetres."""
    return list_lefts(call_id=run.call_id, lefts=instance.lefts)


def review_run(*, run: AllocationRun, actor_id: int, now: datetime) -> None:
    """Note that somebody has looked through a result.

    :raises RunNotThere: it is not computed, or fixed already
    """
    check_editable(run.status)
    run.status, run.reviewed_at, run.reviewed_by_id = RunStatus.REVIEWED, now, actor_id
    _record("allocation.reviewed", run, actor_id, now)


def fix_run(*, run: AllocationRun, call: SlotCall, actor_id: int, now: datetime) -> int:
    """Make a reviewed result the decision, and offer its places; return how many offers went out.

    :raises RunNotReviewed: nobody has reviewed it
    :raises InputChanged: shelves or applications are no longer as they were computed with
    """
    if run.status is not RunStatus.REVIEWED:
        raise RunNotReviewed
    if not is_same_problem(instances.read(run.instance.encode()), build_instance(call)):
        raise InputChanged
    run.status, run.fixed_at, run.fixed_by_id = RunStatus.FIXED, now, actor_id
    db.session.flush()
    note_allocated(call=call, actor_id=actor_id, now=now)
    _record("allocation.fixed", run, actor_id, now, objective=run.objective, bound=run.bound)
    return open_offers(run, now=now)


def _record(
    action: str, run: AllocationRun, actor_id: int | None, now: datetime, **detail: object
) -> None:
    subject = f"run:{run.number}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, **detail)
