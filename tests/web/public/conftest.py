from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from pol.kernel.db import db


@pytest.fixture
def statements(app: Flask, session: object) -> Iterator[list[str]]:
    """Give the statements that are sent to the database from now on."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        if arguments[2] != "BEGIN":
            sent.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)
