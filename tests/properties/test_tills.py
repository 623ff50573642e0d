"""I12: a till, its file and a day's sheet sell from one shelf, in any order, more than once."""

from typing import NamedTuple

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.partnership.consignment.models import SaleLine
from pol.partnership.consignment.queries import known
from pol.partnership.consignment.rules import SaleSource, sent
from pol.partnership.consignment.services.pos import direct
from tests.factories.partnership import make_batch, make_partnership
from tests.partnership.consignment.stage import left, sell_some
from tests.partnership.consignment.test_pos_imports import send
from tests.partnership.consignment.tillside import make_till, send_sales, sold
from tests.properties.identities import find_violations

REFUSED_BY_DATABASE = (DBAPIError, psycopg.Error, sqlite.Error)
FIRST, SECOND = 9, 8
"""Pieces in two batches, so that some rows take from both."""


class Row(NamedTuple):
    """What a till or its file says was sold on a receipt."""

    receipt: str
    quantity: int


class Message(NamedTuple):
    """Rows that come together, by the till itself or in a file; or a day's sheet of so many."""

    way: str
    rows: list[Row]


class Shelf:
    """Two batches of one product, and what we know of them."""

    def __init__(self) -> None:
        self.p = make_partnership(quantity=FIRST)
        self.more = make_batch(self.p.placement, quantity=SECOND)
        self.till, self.left = make_till(self.p), FIRST + SECOND
        self.known: dict[tuple[str, int], int] = {}

    def hear(self, message: Message) -> None:
        """Let a message come, and compare what became of it."""
        if message.way == "sheet":
            self._write_sheet(sum(row.quantity for row in message.rows))
        elif message.way == "till":
            rows = [sold(self.p, row.quantity, row.receipt) for row in message.rows]
            answers = send_sales(self.till, *rows)
            assert [answer == "recorded" for answer in answers] == self._expected(message.rows)
        else:
            code = self.p.sheet.number
            lines = [f"02/03/2026;{code};{row.quantity};;{row.receipt}" for row in message.rows]
            send(self.p, *lines)
            self._expected(message.rows)
        self._compare()

    def _write_sheet(self, quantity: int) -> None:
        try:
            sell_some(self.p, quantity, source=SaleSource.SHEET)
        except Refused:
            assert quantity > self.left
        else:
            self.left -= quantity

    def _expected(self, rows: list[Row]) -> list[bool]:
        """Return which rows of a till's message are recorded; sell those that are new."""
        seen: dict[str, int] = {}
        recorded = []
        for receipt, quantity in rows:
            seen[receipt] = nth = seen.get(receipt, 0) + 1
            before = self.known.get((receipt, nth))
            if before is None and quantity <= self.left:
                self.known[receipt, nth] = before = quantity
                self.left -= quantity
            recorded.append(before == quantity)
        return recorded

    def _compare(self) -> None:
        assert left(self.p.batch) + left(self.more) == self.left
        mine = SaleLine.store_id == self.p.store.id
        in_all = db.session.scalar(select(func.sum(SaleLine.quantity)).where(mine)) or 0
        assert in_all == FIRST + SECOND - self.left
        assert find_violations() == []


def play(messages: list[Message]) -> Shelf:
    """Let messages come to a new shelf, one after the other."""
    shelf = Shelf()
    for message in messages:
        shelf.hear(message)
    return shelf


ROWS = st.lists(st.builds(Row, st.sampled_from("ABC"), st.integers(1, 4)), min_size=1, max_size=3)
MESSAGES = st.lists(
    st.builds(Message, st.sampled_from(["till", "till", "file", "sheet"]), ROWS), max_size=7
)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(MESSAGES)
def test_each_receipt_is_sold_once_whoever_says_it_first(
    session: Session, messages: list[Message]
) -> None:
    assert play(messages).left >= 0
    session.rollback()


PLANTS: dict[str, tuple[object, str, object]] = {
    "what the till said is forgotten": (direct, "list_known", lambda **_asked: {}),
    "the file does not look at what the till said": (known, "FROM_TILLS", (SaleSource.POS,)),
    "the till has keys of its own": (
        direct,
        "receipt_key",
        lambda store_id, said, sheet_id, seen: f"api:{store_id}:{said.receipt}#{said.quantity}",
    ),
    "other pieces are the same sale": (sent.Known, "says", lambda *_row: True),
}
SCRIPT = [
    Message("till", [Row("A", 2), Row("A", 2)]),
    Message("till", [Row("A", 2)]),
    Message("file", [Row("A", 2), Row("B", 3)]),
    Message("till", [Row("B", 3), Row("B", 1)]),
    Message("till", [Row("A", 4)]),
    Message("sheet", [Row("", 9)]),
    Message("till", [Row("C", 1)]),
]


def test_the_script_for_planted_bugs_passes_without_them(session: Session) -> None:
    assert play(SCRIPT).left == 0


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    monkeypatch.setattr(*PLANTS[bug])
    with pytest.raises((AssertionError, *REFUSED_BY_DATABASE)):
        play(SCRIPT)
    session.rollback()
