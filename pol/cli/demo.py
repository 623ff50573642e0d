"""Demo data: `flask demo load`, who can log in, and the code of an authenticator app."""

import json
from collections.abc import Iterator
from itertools import islice

import click
from flask import current_app
from flask.cli import AppGroup

from pol.demo import accounts, checks, loading
from pol.demo.loading import Stage
from pol.kernel import clock
from pol.kernel.errors import PolError
from pol.kernel.transaction import transaction

SIZES = {"small": loading.small, "regency": loading.regency}

cli = AppGroup("demo", help="A market of made-up people and goods to try things on.")


@cli.command("load")
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing when the database is in use.")
def load(size: str, if_empty: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Fill an empty database with a demo market."""
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("This is a real market: demo data stays out.")
    if not loading.is_empty():
        if if_empty:
            return
        raise click.ClickException("The database is in use: demo data needs an empty one.")
    for stage in SIZES[size](clock.now()):
        _do(stage)
    check()


def check() -> None:
    """Add everything up again; say what it comes to, and fail if anything disagrees."""
    findings = list(checks.check_all())
    for found in findings:
        verdict = f"{found.wrong} WRONG" if found.wrong else "ok"
        click.echo(f"{found.promise:<48}{found.amount:>22}  {verdict}")
    if any(found.wrong for found in findings):
        raise click.ClickException("The market does not add up.")


def _do(stage: Stage) -> None:
    with click.progressbar(length=stage.length, label=f"{stage.label:<10}") as bar:
        while done := _some(stage.steps, stage.at_once):
            bar.update(sum(done))


def _some(steps: Iterator[int], at_once: int) -> list[int]:
    with transaction():
        return list(islice(steps, at_once))


@cli.command("check")
def check_again() -> None:
    """Add the whole market up again."""
    check()


@cli.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_accounts(as_json: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Show who can log in to the demo market."""
    logins = accounts.list_logins()
    if as_json:
        click.echo(json.dumps([login.as_dict() for login in logins], ensure_ascii=False))
        return
    for login in logins:
        code = f"  code: flask demo code {login.phone}" if login.totp_secret else ""
        click.echo(f"{login.role:<15}{login.phone:<16}{login.password:<14}{login.home}{code}")


@cli.command("code")
@click.argument("phone")
def show_code(phone: str) -> None:
    """Print the code that the authenticator app of a demo person shows now."""
    try:
        click.echo(accounts.present_code(phone=phone, now=clock.now()))
    except PolError as refusal:
        raise click.ClickException(str(refusal)) from refusal
