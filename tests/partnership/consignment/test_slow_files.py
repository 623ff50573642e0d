"""A stranger's file may take half a minute to open; nobody waits for that but who sent it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.cli.jobs import alone
from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.partnership.consignment.models import SaleImport
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.consignment.services.pos import imports, opener
from pol.partnership.consignment.services.pos.taking_in import run_imports
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.consignment.stage import NOON, left, sell_some
from tests.partnership.consignment.test_pos_imports import send
from tests.rig.client import ORIGIN, Browser

PATIENCE = 8
SLOW = """
import pathlib, runpy, time
at = pathlib.Path({folder!r})
(at / "opening").touch()
until = time.monotonic() + {patience}
while not (at / "go").exists():
    if time.monotonic() > until:
        (at / "gave up").touch()
        break
    time.sleep(0.02)
runpy.run_path({program!r}, run_name="__main__")
"""


class Gate:
    """The program that opens files, which first waits until it may go on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.program = folder, folder / "slow.py"
        self.program.write_text(
            SLOW.format(folder=str(folder), patience=PATIENCE, program=opener.__file__)
        )

    def wait_until_opening(self) -> None:
        until = time.monotonic() + PATIENCE
        while not (self.folder / "opening").exists():
            assert time.monotonic() < until, "no file is being opened"
            time.sleep(0.02)

    def open(self) -> None:
        """Let the file be opened at last."""
        (self.folder / "go").touch()

    @property
    def gave_up(self) -> bool:
        """Whether it was not told to go on in time, as whoever should do that had to wait."""
        return (self.folder / "gave up").exists()


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate(tmp_path)
    monkeypatch.setattr(opener, "__file__", str(gate.program))
    return gate


@pytest.fixture
def p(session: Session, client: Browser, set_clock: Callable[..., None]) -> Partnership:
    set_clock(NOON)
    made = make_partnership()
    client.log_in(made.owner)
    return made


def sell_meanwhile(p: Partnership, gate: Gate) -> None:
    """Sell in the same store, over a connection of our own, while the file is being opened."""
    gate.wait_until_opening()
    with transaction():
        sell_some(p, 5)
    assert not gate.gave_up, "the sale had to wait for the file"
    gate.open()


def test_a_store_sells_on_while_its_file_is_being_sent(
    app: Flask, p: Partnership, client: Browser, gate: Gate
) -> None:
    content = f"Tgl;Barcode;Laku\n02/03/2026;{p.sheet.number};3\n".encode()
    token = client.csrf_token()
    db.session.commit()

    def upload() -> int:
        fields = {"csrf_token": token, "file": (BytesIO(content), "kasir.csv")}
        headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
        return client.post("/peritel/barang/kasir", data=fields, headers=headers).status_code

    with ThreadPoolExecutor(1) as elsewhere:
        answer = elsewhere.submit(upload)
        sell_meanwhile(p, gate)
        assert answer.result() == 303
    assert db.session.query(SaleImport.status).all() == [(ImportStatus.WAITING,)]
    assert left(p.batch) == 19


def test_a_store_sells_on_while_the_worker_opens_its_file(
    app: Flask, p: Partnership, gate: Gate
) -> None:
    gate.open()
    found = send(p, f"02/03/2026;{p.sheet.number};3;;", start=False)
    imports.map_columns(found=found, columns=found.columns, now=NOON)
    imports.start(found=found, actor_id=p.owner.id, now=NOON)
    db.session.commit()
    for mark in ("go", "opening"):
        (gate.folder / mark).unlink()

    def work() -> int:
        with app.app_context():
            return run_imports(now=NOON, alone=alone)

    with ThreadPoolExecutor(1) as elsewhere:
        done = elsewhere.submit(work)
        sell_meanwhile(p, gate)
        assert done.result() == 1
    db.session.refresh(found)
    assert (found.status, found.good_rows, left(p.batch)) == (ImportStatus.DONE, 1, 16)
