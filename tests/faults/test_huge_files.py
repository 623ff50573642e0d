"""Two gigabytes and packed bombs at a real server: a plain no, soon and lightly, nothing kept."""

import io
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.partnership.consignment.models import SaleImport, SaleLine, StockEvent
from pol.partnership.consignment.rules.pos import MOST_BYTES
from tests.faults.supermarket import Shelf, make_goods
from tests.partnership.consignment.test_pos_reading import BOMB, HUGE, repacked
from tests.rig.client import open_session
from tests.rig.databases import Database
from tests.rig.figures import Figure
from tests.rig.server import Server
from tests.rig.visitor import Visitor

PATH = "/peritel/barang/kasir"
MEGABYTE = 1024 * 1024
TWO_GIGABYTES = 2 * 1024 * MEGABYTE
EDGE = "batas-uji"
MOST_SECONDS, MOST_MEMORY = 20, 256 * MEGABYTE
"""Bounds for a machine that does ten things at once; alone it takes a tenth of them."""


@dataclass(frozen=True)
class Shop:
    """A server, somebody who may send it till files, and the goods they are about."""

    server: Server
    visitor: Visitor
    goods: Shelf

    def memory(self) -> int:
        """Return the most that the worker has ever taken, in bytes."""
        (worker,) = self.server.workers
        status = Path(f"/proc/{worker}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    def send(self, parts: Iterator[bytes], **headers: str) -> tuple[int, int]:
        """Send a body piece by piece until there is an answer; return its status and our bytes."""
        sent = 0
        head = self.visitor.headers | {"Host": "uji", "Connection": "close"} | headers
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as line:
            lines = [f"POST {PATH} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items()), "", ""]
            line.sendall("\r\n".join(lines).encode())
            line.settimeout(60)
            try:
                for part in parts:
                    line.sendall(part)
                    sent += len(part)
            except OSError:
                pass  # the server has heard enough
            try:
                answer = HTTPResponse(line)
                answer.begin()
            except OSError:
                return 0, sent
            return answer.status, sent


@pytest.fixture
def shop(app: Flask, session: Session, database: Database) -> Iterator[Shop]:
    goods = make_goods()
    session.commit()
    server = Server(database.url)
    try:
        visitor = Visitor(app, server.url, sid=open_session(goods.owner))
        first = visitor.get(PATH)
        assert first.status == 200, (first.status, first.location, server.log)
        yield Shop(server, visitor, goods)
        visitor.close()
    finally:
        server.stop()


def _form(content: bytes, name: str) -> bytes:
    head = (
        f"--{EDGE}\r\nContent-Disposition: form-data; "
        f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    return head.encode() + content + f"\r\n--{EDGE}--\r\n".encode()


def _flood(head: bytes, size: int) -> Iterator[bytes]:
    yield head
    block = b"1;2;3\n" * (MEGABYTE // 6)
    for _ in range(size // len(block)):
        yield block


def _in_chunks(parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield f"{len(part):x}\r\n".encode() + part + b"\r\n"
    yield b"0\r\n\r\n"


def _assert_nothing_is_kept(session: Session) -> None:
    session.rollback()
    for table in (SaleImport, SaleLine):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert session.scalar(select(func.count()).select_from(StockEvent)) == 1  # what was received


def test_two_gigabytes_are_refused_before_they_are_taken(
    shop: Shop, session: Session, figure: Figure
) -> None:
    for how in ("announced", "in chunks"):
        _pour(shop, figure, how)
    assert shop.visitor.get("/healthz").status == 200
    _assert_nothing_is_kept(session)


def _pour(shop: Shop, figure: Figure, how: str) -> None:
    before, began = shop.memory(), time.monotonic()
    body = _flood(_form(b"", "besar.csv").split(b"\r\n--")[0], TWO_GIGABYTES)
    kind = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}
    if how == "announced":
        status, sent = shop.send(body, **kind, **{"Content-Length": str(TWO_GIGABYTES)})
    else:
        status, sent = shop.send(_in_chunks(body), **kind, **{"Transfer-Encoding": "chunked"})
    took, more = time.monotonic() - began, shop.memory() - before
    figure(f"2 GB till file, {how}", answer=status, read=f"{sent // MEGABYTE} MB",
           memory=f"{more // MEGABYTE} MB", seconds=round(took, 1))  # fmt: skip
    assert status == 413
    assert sent < TWO_GIGABYTES // 10
    assert more < MOST_MEMORY
    assert took < MOST_SECONDS


BOMBS: dict[str, Callable[[], bytes]] = {
    "spaces": lambda: repacked(**BOMB),
    "zeros": lambda: repacked(xl__media__a_xml=bytes(110 * MEGABYTE)),
    "many parts": lambda: repacked(**HUGE),
    "entities": lambda: repacked(
        xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'
    ),
    "a bomb in a bomb": lambda: _packed("xl/workbook.xml", repacked(**BOMB)),
    "a lie about its size": lambda: _lying(repacked(**BOMB)),
    "a long csv": lambda: b"a;b;c\n" * (MOST_BYTES // 6 + 1),
}


def _packed(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return file.getvalue()


def _lying(bomb: bytes) -> bytes:
    """Say of the largest part, in the directory and before it, that it unpacks to a kilobyte."""
    size = len(BOMB["xl__worksheets__sheet1_xml"]).to_bytes(4, "little")
    assert size in bomb
    return bomb.replace(size, (1024).to_bytes(4, "little"))


def test_each_bomb_is_refused_whole(shop: Shop, session: Session, figure: Figure) -> None:
    answers = {
        bomb: _throw(shop, figure, bomb, _form(make(), "kasir.xlsx"))
        for bomb, make in BOMBS.items()
    }
    assert set(answers.values()) == {409}, answers
    _assert_nothing_is_kept(session)


def _throw(shop: Shop, figure: Figure, bomb: str, body: bytes) -> int:
    before, began = shop.memory(), time.monotonic()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={EDGE}", "Content-Length": str(len(body)),
    }  # fmt: skip
    status, _ = shop.send(iter([body]), **headers)
    took, more = time.monotonic() - began, shop.memory() - before
    figure(f"till file, {bomb}", bytes=len(body), answer=status, seconds=round(took, 1),
           memory=f"{more // MEGABYTE} MB")  # fmt: skip
    assert more < MOST_MEMORY, bomb
    assert took < MOST_SECONDS, bomb
    return status
