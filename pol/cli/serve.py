"""All that one machine needs: newest tables, demo data if asked, jobs worker, server."""

import gc
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from flask.cli import ScriptInfo
from flask_migrate import upgrade
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from pol.kernel.health import close_connections

THREADS = 2  # more of them only make answers wait for each other
PATIENCE_SECONDS = 5


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST")
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=2, show_default=True, envvar="WEB_CONCURRENCY")
@click.option("--demo", is_flag=True, help="Fill an empty database and show who can log in.")
@click.pass_obj
def cli(info: ScriptInfo, host: str, port: int, workers: int, demo: bool) -> None:  # noqa: FBT001
    """Prepare the database, then serve, with the jobs worker beside."""
    _check_free(host, port)
    _prepare(info.load_app(), demo=demo)
    server = Server(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE_SECONDS,
    )
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    server.on_startup(lambda: click.echo(f"\nPasar Online Lamongan: {address}\n"))
    with _jobs_worker():
        server.serve()


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"port {port} is taken, try another PORT") from error


def _prepare(app: Flask, *, demo: bool) -> None:
    with app.app_context():
        upgrade()
        if demo:
            _run(app, "demo", "load", "--size", "small", "--if-empty")
            _run(app, "demo", "accounts")
        close_connections()  # the workers are forks of this process
    gc.collect()
    gc.freeze()  # what they share stays shared: the collector need not write to it


def _run(app: Flask, name: str, *arguments: str) -> None:
    """Run another command of ours in this process."""
    app.cli.commands[name].main(arguments, prog_name=name, standalone_mode=False)


@contextmanager
def _jobs_worker() -> Iterator[None]:
    """Keep a jobs worker beside the server; it ends with it."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "jobs", "run"], start_new_session=True
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(PATIENCE_SECONDS)
