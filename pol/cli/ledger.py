"""Whether the books agree: `flask ledger check`."""

import sys

import click
from flask.cli import AppGroup

from pol.ledger import queries as ledger

cli = AppGroup("ledger", help="Look after the ledger.")


@cli.command("check")
def check() -> None:
    """Add the whole ledger up again; say what disagrees and fail if anything does."""
    report = ledger.check_ledger()
    click.echo(f"difference {report.difference}")
    for gap in report.gaps:
        click.echo(f"account {gap.code}: balance {gap.balance}, postings {gap.posted}")
    for entry_id in report.unbalanced_entries:
        click.echo(f"entry {entry_id} does not sum to Rp0")
    if report.unsealed_postings:
        click.echo(f"{report.unsealed_postings} postings without an entry")
    sys.exit(0 if report.is_sound else 1)
