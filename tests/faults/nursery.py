"""Web processes to be killed: forked in milliseconds from one that has everything ready.

The nursery holds the listening socket, as a supervisor does, so that browsers wait while there is
no process. It first serves alone, which warms everything up; then it lets go of its database and
from there on only forks, reaps and forks again.
"""

import multiprocessing
import os
import signal
import socket
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from pol.kernel import health
from tests.faults import doom
from tests.rig import databases

PATIENCE_SECONDS = 30
Plant = Callable[[], None]


class Nursery:
    """A supervisor with one web process at a time; its address is `url`."""

    def __init__(self, database_url: str, plant: Plant | None = None) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._end, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_keep, args=(database_url, plant, theirs))
        self._process.start()
        self.url = f"http://127.0.0.1:{self._answer()}"

    def fork(self) -> None:
        """Stop serving alone and start the first process."""
        self._end.send("fork")
        assert self._answer() == 0

    def replace(self) -> None:
        """Kill the process, wherever it is, and start the next."""
        self._end.send("replace")
        assert self._answer() == 0

    def _answer(self) -> Any:
        assert self._end.poll(PATIENCE_SECONDS), "the nursery does not answer"
        return self._end.recv()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()
        self._process.join(PATIENCE_SECONDS)
        self._process.kill()


class Quiet(WSGIRequestHandler):
    """Says nothing of the requests that it serves."""

    def log(self, *_: object, **__: object) -> None:
        """Say nothing."""


def _keep(database_url: str, plant: Plant | None, end: Connection) -> None:
    app = databases.application(database_url)
    doom.plant()
    if plant:
        plant()
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    served = doom.mortal(app.wsgi_app)
    alone = _server(served, listener, threaded=False)
    end.send(listener.getsockname()[1])
    alone.timeout = 0.02
    while not end.poll():
        alone.handle_request()
    with app.app_context():
        health.close_connections()
    _fork_until_told(served, listener, end)


def _fork_until_told(served: Any, listener: socket.socket, end: Connection) -> None:
    child = 0
    try:
        while end.recv():
            _bury(child)
            child = os.fork()
            if child == 0:
                end.close()
                _server(served, listener, threaded=True).serve_forever()
            end.send(0)
    except EOFError:
        _bury(child)


def _bury(child: int) -> None:
    """Kill a process, if there is one, and wait for its end."""
    if child:
        os.kill(child, signal.SIGKILL)  # nobody has reaped it, so the number is still its own
        os.waitpid(child, 0)


def _server(served: Any, listener: socket.socket, *, threaded: bool) -> BaseWSGIServer:
    host, port = listener.getsockname()
    return make_server(
        host, port, served, threaded=threaded, request_handler=Quiet, fd=listener.fileno()
    )
