"""A process of its own that presses or hears once, and is killed on the way.

Arguments: database, provider's address, where to die, what time it is, address of the page; the
body comes in.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from pol.cli.payments import reconcile, send_refunds
from pol.kernel import clock
from pol.kernel.db import writing
from pol.payments.rules.provider import Charge, Charged, Seen
from pol.payments.services import providers
from pol.payments.services.midtrans import Midtrans
from tests.provider.fake import KEY
from tests.rig import databases


def die(*_anything: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Fatal(Midtrans):
    """A provider whose call is the last thing that this process does."""

    where = ""

    def charge(self, charge: Charge) -> Charged:
        with self._last("charge"):
            return super().charge(charge)

    def look(self, reference: str) -> Seen | None:
        with self._last("look"):
            return super().look(reference)

    def cancel(self, reference: str) -> None:
        with self._last("cancel"):
            super().cancel(reference)

    def refund(self, reference: str, *, key: str, amount: int, reason: str) -> None:
        with self._last("refund"):
            super().refund(reference, key=key, amount=amount, reason=reason)

    @contextmanager
    def _last(self, call: str) -> Iterator[None]:
        if self.where == f"before the {call}":
            die()
        yield
        if self.where == f"after the {call}":
            die()


def die_at_commit(where: str) -> None:
    """Die before or after a commit: "the commit" is the first, "the second commit" the next."""
    left = count(2 if "second" in where else 1, -1)

    def pass_by(*_anything: object) -> None:
        if writing.get() and next(left) == 1:
            die()

    if where.startswith("before") and where.endswith("commit"):
        event.listen(Engine, "commit", pass_by)
    elif where.startswith("after") and where.endswith("commit"):
        event.listen(Session, "after_commit", pass_by)


def main(database: str, provider: str, where: str, moment: str, address: str) -> None:
    clock.now = lambda: datetime.fromisoformat(moment)
    app = databases.application(database)
    fatal = Fatal(server_key=KEY, url=provider)
    fatal.where = where
    providers.use(fatal)
    die_at_commit(where)
    if address == RECONCILE:
        with app.app_context():
            reconcile(clock.now())
            send_refunds(clock.now())
        return
    kind = "application/json" if address.startswith("/panggil") else None
    app.test_client().post(address, data=sys.stdin.buffer.read(), content_type=kind or FORM)


FORM = "application/x-www-form-urlencoded"
RECONCILE = "reconcile"
"""In place of an address: ask about everything open and send what is due, as the worker does."""

if __name__ == "__main__":
    main(*sys.argv[1:])
