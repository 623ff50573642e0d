"""The books: `flask ledger check` adds them up again, `flask ledger close` ends a day."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import click
from flask.cli import AppGroup

from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.transaction import transaction
from pol.ledger import queries as ledger
from pol.ledger.queries import closing as closes
from pol.ledger.rules import CLOSE_AFTER
from pol.ledger.services import closing
from pol.orders.queries import checks

cli = AppGroup("ledger", help="Look after the ledger.")


@cli.command("check")
def check() -> None:
    """Add the whole ledger up again; say what disagrees and fail if anything does."""
    report = ledger.check_ledger()
    click.echo(f"difference {report.difference}")
    wrong = [*_wrong_in_ledger(report), *_wrong_beside_it()]
    for sentence in wrong:
        click.echo(sentence)
    sys.exit(1 if wrong or not report.is_sound else 0)


def _wrong_in_ledger(report: ledger.LedgerReport) -> Iterator[str]:
    for gap in report.gaps:
        yield f"account {gap.code}: balance {gap.balance}, postings {gap.posted}"
    for entry_id in report.unbalanced_entries:
        yield f"entry {entry_id} does not sum to Rp0"
    if report.unsealed_postings:
        yield f"{report.unsealed_postings} postings without an entry"


def _wrong_beside_it() -> Iterator[str]:
    for day in closes.list_broken_days():
        yield f"day {day} is not what was closed"
    yield from map(str, checks.list_broken_groups())
    yield from map(str, checks.list_wrongly_held())


@cli.command("close")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Up to this day; else yesterday.")
def close(day: datetime | None) -> None:
    """Close the books of every day that is over, the oldest first."""
    now = clock.now()
    try:
        days = list(close_days(until=day.date() if day else _yesterday(now), now=now))
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("\n".join(f"closed {each}" for each in days) or "nothing to close")


def close_days(*, until: date, now: datetime) -> Iterator[date]:
    """Close each open day up to this one, in a transaction of its own.

    :raises DayNotOver: it is today or still to come
    """
    while True:
        with transaction():
            day = closing.close_next_day(until=until, actor_id=None, now=now)
        if day is None:
            return
        yield day


def close_books(now: datetime) -> int:
    """Close what is over, once the last changes of the day had their time; for the jobs worker."""
    return len(list(close_days(until=_yesterday(now - CLOSE_AFTER), now=now)))


def _yesterday(now: datetime) -> date:
    return business_day(now) - timedelta(days=1)
