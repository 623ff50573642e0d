"""A real mail server over a real socket, which keeps what it is given."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.rig.server import free_port

TAKEN = "250 OK"


class Postbox:
    """What arrived, and the answer that the next letters get."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.letters: list[EmailMessage] = []
        self.answer = TAKEN
        self.seconds_per_letter = 0.0
        self.keeps_anyway = False  # the letter is there although the answer says otherwise

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds_per_letter)
        if self.answer == TAKEN or self.keeps_anyway:
            letter = BytesParser(EmailMessage, policy=default).parsebytes(envelope.content)
            self.letters.append(letter)
        return self.answer

    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]


@contextmanager
def opened() -> Iterator[Postbox]:
    """Serve a postbox on a free port of this machine."""
    postbox = Postbox(free_port())
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()
