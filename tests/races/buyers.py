"""Many buyers at once against the real server, each on a thread with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask

from tests.rig.pages import Form
from tests.rig.visitor import PATIENCE_SECONDS, Answer, Visitor

WHO = {
    "name": "Rini (contoh)",
    "phone": "0812-3456-7890",
    "village": "Sidoharjo (Lamongan)",
    "address": "Jalan Veteran 5",
}


class Buyer(Visitor):
    """A browser with a filled cart, on the checkout page."""

    def __init__(self, app: Flask, url: str, cart: str | None) -> None:
        super().__init__(app, url, cart=cart)
        self.form = Form("/pesan", {})

    def open_checkout(self, **choices: str) -> None:
        """Look at the form, and fill in who and where."""
        answer = self.get("/pesan")
        assert answer.status == 200, answer
        form = answer.page.form("/pesan")
        self.form = Form("/pesan", {**form.values, **WHO, **choices})

    def press(self, **headers: str) -> Answer:
        """Press "Pesan"."""
        return self.send(self.form, **headers)


def rush(hands: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of this at once; every answer, in order."""
    barrier = Barrier(len(hands))

    def go(hand: Callable[[], Any]) -> Any:
        barrier.wait(PATIENCE_SECONDS)
        return hand()

    with ThreadPoolExecutor(len(hands)) as threads:
        return list(threads.map(go, hands))
