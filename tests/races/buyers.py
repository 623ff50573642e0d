"""Many browsers at once against the real server, each on a thread with a connection of its own."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Barrier
from types import SimpleNamespace
from typing import Any, Self, cast
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.rig.pages import Form, Page
from tests.rig.server import Server

PATIENCE_SECONDS = 60
WHO = {
    "name": "Rini (contoh)",
    "phone": "0812-3456-7890",
    "village": "Sidoharjo (Lamongan)",
    "address": "Jalan Veteran 5",
}


@dataclass(frozen=True)
class Answer:
    """What a browser got, and how long it waited."""

    status: int
    location: str
    text: str
    seconds: float

    @property
    def page(self) -> Page:
        """Return it, parsed."""
        asked = SimpleNamespace(path="/pesan")
        seen = SimpleNamespace(status_code=self.status, text=self.text, request=asked)
        return Page(cast("TestResponse", seen))


class Buyer:
    """A browser with a filled cart, on the checkout page."""

    def __init__(self, app: Flask, server: Server, cart: str | None) -> None:
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self._cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'cart': cart})}"
        self._origin = server.url
        address = urlsplit(server.url)
        self.line = HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE_SECONDS)
        self.form = Form("/pesan", {})

    def open_checkout(self) -> None:
        """Look at the form, and fill in who and where."""
        answer = self._ask("GET", "/pesan")
        assert answer.status == 200, answer
        form = answer.page.form("/pesan")
        self.form = Form("/pesan", {**form.values, **WHO})

    def press(self) -> Answer:
        """Press "Pesan"."""
        body = urlencode(self.form.values, doseq=True)
        return self._ask("POST", self.form.action, body)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": self._cookie}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self._origin,
                "Sec-Fetch-Site": "same-origin",
            }
        begin = time.perf_counter()
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        took = time.perf_counter() - begin
        return Answer(answer.status, answer.getheader("Location") or "", text, took)

    def twin(self) -> Self:
        """Return a second tab on the same page."""
        tab = copy(self)
        tab.line = HTTPConnection(self.line.host, self.line.port, timeout=PATIENCE_SECONDS)
        return tab

    def close(self) -> None:
        self.line.close()


def rush(hands: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of this at once; every answer, in order."""
    barrier = Barrier(len(hands))

    def go(hand: Callable[[], Any]) -> Any:
        barrier.wait(PATIENCE_SECONDS)
        return hand()

    with ThreadPoolExecutor(len(hands)) as threads:
        return list(threads.map(go, hands))
