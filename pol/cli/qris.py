"""Making a QRIS ask for one amount: `flask qris make CODE --amount RUPIAH`."""

import sys

import click
from flask.cli import AppGroup

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.payments.rules import qris as rules
from pol.payments.services import qris

cli = AppGroup("qris", help="Work with QRIS codes.")


@cli.command("make")
@click.argument("code")
@click.option("--amount", type=int, required=True, metavar="RUPIAH", help="Whole rupiah.")
def make(code: str, amount: int) -> None:
    """Print the dynamic code of a static one; refuse with status 2 and the reason."""
    try:
        click.echo(rules.make_dynamic(rules.read_static(code), Rupiah(amount), qris.limits()))
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
