"""Allocating shelf slots from files: `flask allocation solve` and `flask allocation check`."""

import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from pol.kernel.errors import Refused
from pol.partnership.allocation.rules import checker, instance, result

cli = AppGroup("allocation", help="Allocate shelf slots from files; needs no database.")
FILE = click.Path(dir_okay=False, path_type=Path)


@cli.command("solve", with_appcontext=False)
@click.argument("source", metavar="INSTANCE.json", type=FILE)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 86_400),
    required=True,
    help="Work to do, in seconds of a quiet machine; a busy one takes longer.",
)
@click.option("--out", type=FILE, required=True, metavar="RESULT.json", help="Where to write.")
def solve(source: Path, seconds: float, out: Path) -> None:
    """Write the best allocation found; print its way there. Status 2 when the input is wrong."""
    try:
        given = instance.read(_read(source))
    except Refused as refusal:
        _refuse(str(refusal))
    solver = import_module("pol.partnership.allocation.services.solver")  # heavy, only here
    found = solver.solve(given, seconds=seconds, progress=_print)
    try:
        out.write_bytes(result.write(found))
    except OSError as error:
        _refuse(f"Hasil tidak dapat ditulis ke {out}: {error.strerror}.")
    gap = f"{found.gap_ppm / 10_000:.3f}".replace(".", ",")
    click.echo(f"{out}: nilai {found.objective}, batas {found.bound}, jarak {gap} %.")
    if found.is_stopped_by_clock:
        click.echo("Dihentikan jam: hitungan ulang bisa berbeda.", err=True)


@cli.command("check", with_appcontext=False)
@click.argument("source", metavar="INSTANCE.json", type=FILE)
@click.argument("found", metavar="RESULT.json", type=FILE)
def check(source: Path, found: Path) -> None:
    """Check a result with code of its own; status 1 and a line each when anything is wrong."""
    try:
        given, answer = _read(source), _read(found)
        instance.read(given)
    except Refused as refusal:
        _refuse(str(refusal))
    violations = checker.check(given, answer)
    for violation in violations:
        click.echo(f"{violation.code}: {violation.message}", err=True)
    if violations:
        sys.exit(1)
    click.echo("Hasil ini memenuhi semua aturan.")


def _read(path: Path) -> bytes:
    """Return a file's bytes, not more than an instance may have and one."""
    try:
        with path.open("rb") as file:
            return file.read(instance.MOST_BYTES + 1)
    except OSError as error:
        raise instance.InstanceUnreadable(why=f"{path}: {error.strerror}") from error


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _print(step: result.Progress) -> None:
    click.echo(f"{step.seconds:8.1f} s  nilai {step.objective}  batas {step.bound}  {step.note}")
