"""Computing allocations that retailers asked for: each in a process of its own, away from pages."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module

import click
import structlog
from flask.cli import with_appcontext

from pol.cli.allocation import cli
from pol.kernel import clock
from pol.kernel.transaction import transaction
from pol.partnership.allocation.queries import runs as queries
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Progress
from pol.partnership.allocation.services import runs

SAY_EVERY = timedelta(seconds=2)
FAILURE = "Perhitungan berhenti karena kesalahan program; hubungi administrator."

log = structlog.get_logger()
_worker: list[subprocess.Popen[bytes]] = []


def start_allocations(now: datetime) -> int:
    """Start a process for the run that waits longest, one at a time; return 1 if there is one."""
    if _worker and _worker[0].poll() is None:
        return 0
    _worker.clear()
    with transaction():
        runs.requeue_left_runs(now=now)
        number = queries.find_next_number()
    if number is None:
        return 0
    command = [sys.executable, "-m", "flask", "allocation", "work", number]
    _worker.append(subprocess.Popen(command))  # noqa: S603 - our own program
    return 1


@cli.command("work")
@click.argument("number")
@with_appcontext
def work(number: str) -> None:
    """Compute a run that was asked for on a page, if nobody else has it."""
    with transaction():
        run = runs.claim_run(number=number, now=clock.now())
        job = (run.instance, run.seconds) if run else None
    if job is None:
        return
    try:
        _compute(number, instances.read(job[0].encode()), job[1])
    except Exception:
        log.exception("allocation failed", number=number)
        with transaction():
            run = queries.lock_run_by_number(number)
            runs.fail_run(run=run, why=FAILURE, now=clock.now())


def _compute(number: str, given: Instance, seconds: int) -> None:
    solve = import_module("pol.partnership.allocation.services.solver").solve  # heavy, only here
    fair = bool(given.kecamatan_floor)
    share = seconds / 2 if fair else seconds  # the same work with the floor and without
    found = solve(given, seconds=share, progress=_teller(number))
    free = None
    if fair:
        unbound = replace(given, kecamatan_floor=0)
        free = solve(unbound, seconds=share, progress=_heart(number)).objective
    with transaction():
        run = queries.lock_run_by_number(number)
        runs.finish_run(run=run, found=found, free=free, now=clock.now())


def _teller(number: str) -> Callable[[Progress], None]:
    """Return what writes progress down, now and then."""
    last = [clock.now() - SAY_EVERY]

    def tell(step: Progress) -> None:
        now = clock.now()
        if now - last[0] < SAY_EVERY:
            return
        last[0] = now
        with transaction():
            run = queries.lock_run_by_number(number)
            runs.note_progress(run=run, step=step, now=now)

    return tell


def _heart(number: str) -> Callable[[Progress], None]:
    """Return what only says that somebody is still at work."""
    last = [clock.now()]

    def beat(step: Progress) -> None:
        now = clock.now()
        if now - last[0] < SAY_EVERY:
            return
        last[0] = now
        with transaction():
            run = queries.lock_run_by_number(number)
            runs.note_alive(run=run, seconds=step.seconds, now=now)

    return beat
