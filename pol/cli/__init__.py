"""Commands: thin like pages."""

from importlib import import_module

from flask import Flask

from pol.kernel import migrating

COMMAND_MODULES: tuple[str, ...] = (
    "allocation",
    "demo",
    "jobs",
    "ledger",
    "payments",
    "people",
    "qris",
    "serve",
)


def register(app: Flask) -> None:
    """Add every command group to `flask`; each module offers a click group or command `cli`."""
    migrating.prepare(app)
    for name in COMMAND_MODULES:
        app.cli.add_command(import_module(f"pol.cli.{name}").cli)
