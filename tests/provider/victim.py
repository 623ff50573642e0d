"""A process of its own that presses or hears once, and is killed on the way.

Arguments: database, provider's address, where to die, what time it is, address of the page; the
body comes in.
"""

import os
import signal
import sys
from datetime import datetime

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from pol.kernel import clock
from pol.kernel.db import writing
from pol.payments.rules.provider import Charge, Charged
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
        if self.where == "before the call":
            die()
        charged = super().charge(charge)
        if self.where == "after the call":
            die()
        return charged


def die_at_commit(where: str) -> None:
    if where == "before the commit":
        event.listen(Engine, "commit", lambda *_: die() if writing.get() else None)
    elif where == "after the commit":
        event.listen(Session, "after_commit", lambda *_: die() if writing.get() else None)


def main(database: str, provider: str, where: str, moment: str, address: str) -> None:
    clock.now = lambda: datetime.fromisoformat(moment)
    app = databases.application(database)
    fatal = Fatal(server_key=KEY, url=provider)
    fatal.where = where
    providers.use(fatal)
    die_at_commit(where)
    kind = "application/json" if address.startswith("/panggil") else None
    app.test_client().post(address, data=sys.stdin.buffer.read(), content_type=kind or FORM)


FORM = "application/x-www-form-urlencoded"

if __name__ == "__main__":
    main(*sys.argv[1:])
