"""Letting the first people in from the command line."""

import click
from flask.cli import AppGroup

from pol.identity.queries import people
from pol.identity.rules import CodePurpose, Role
from pol.identity.rules.phones import phone_number
from pol.identity.services import accounts, codes, roles
from pol.kernel import clock
from pol.kernel.errors import NotFound, Refused
from pol.kernel.transaction import transaction

cli = AppGroup("people", help="Accounts and roles.")


@cli.command("make-admin")
@click.argument("phone")
@click.argument("name")
def make_admin(phone: str, name: str) -> None:
    """Print a one-time code with which this person becomes administrator."""
    try:
        number, now = phone_number(phone), clock.now()
        drawn = codes.draw_code(CodePurpose.FIRST_ADMINISTRATOR)
        with transaction():
            user = people.find_by_phone(number)
            user_id = user.id if user else None
            if user_id is None:
                user_id = accounts.register(phone=number, name=name, hashed=None, now=now)
            codes.issue_first_code(drawn, user_id=user_id, now=now)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Kode sekali pakai untuk {name} ({number}): {drawn.code}")
    click.echo("Berlaku 24 jam. Buka /lupa/kode, tulis nomor HP, kode ini, dan sandi baru.")


@cli.command("grant")
@click.argument("phone")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--market", "market_id", type=int, help="Id of the market.")
@click.option("--region", "region_code", help="Code of the kecamatan or village.")
def grant(phone: str, role: str, market_id: int | None, region_code: str | None) -> None:
    """Give a person who has an account a role."""
    try:
        user = people.find_by_phone(phone_number(phone))
        if user is None:
            raise NotFound("Belum ada akun dengan nomor HP ini.")
        with transaction():
            roles.grant_role(
                user_id=user.id,
                role=Role(role),
                actor_id=None,
                now=clock.now(),
                market_id=market_id,
                region_code=region_code,
            )
    except (NotFound, Refused) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{user.name}: {role}")
