"""Events of money, written once and in balance (I8)."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.paging import Page
from pol.kernel.transaction import transaction
from pol.ledger import rules, services
from pol.ledger.models import Account, Entry, Posting
from pol.ledger.queries import (
    LedgerReport,
    StatementRow,
    check_ledger,
    get_balance,
    list_account,
    list_references,
)
from pol.ledger.rules import AccountKind, UnbalancedEntry
from pol.ledger.services import Happening, Lines, post
from tests.conftest import NOON
from tests.rig.databases import Database
from tests.rig.figures import Figure

CODES = ("bank:market:1", "cash:courier:2", "held:orders", "payable:stall:3", "income:delivery:1")
PAID = [("bank:market:1", Rupiah(25_000)), ("held:orders", Rupiah(-25_000))]
SOUND = LedgerReport(ZERO, [], [], 0)


def write(key: str, lines: Lines = PAID, reference: str = "B-1") -> bool:
    with transaction():
        return post(key=key, at=NOON, reference=reference, memo="Uji", lines=lines)


def test_an_event_moves_both_accounts(session: Session) -> None:
    assert write("paid:1") is True
    assert get_balance("bank:market:1") == Rupiah(25_000)
    assert get_balance("held:orders") == Rupiah(-25_000)
    assert get_balance("cash:courier:9") == ZERO
    kinds = {row.code: row.kind for row in session.execute(select(Account.code, Account.kind))}
    assert kinds == {
        "bank:market:1": AccountKind.ASSET,
        "held:orders": AccountKind.LIABILITY,
    }


def test_the_same_event_twice_counts_once(session: Session) -> None:
    assert [write("paid:1"), write("paid:1"), write("paid:2")] == [True, False, True]
    assert get_balance("bank:market:1") == Rupiah(50_000)
    assert session.scalar(select(func.count()).select_from(Posting)) == 4


@pytest.mark.parametrize("lines", [PAID[:1], [*PAID, ("income:unique_code", Rupiah(1))]])
def test_an_event_out_of_balance_is_refused(session: Session, lines: Lines) -> None:
    with pytest.raises(UnbalancedEntry):
        write("paid:1", lines)
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_an_event_in_which_no_money_moves_is_not_written(session: Session) -> None:
    assert write("paid:1", [("bank:market:1", ZERO), ("held:orders", ZERO)]) is False
    assert write("paid:2", [*PAID, ("income:unique_code", ZERO)]) is True
    assert session.scalar(select(func.count()).select_from(Posting)) == 2


def test_an_account_of_no_known_kind_is_a_bug(session: Session) -> None:
    with pytest.raises(KeyError):
        write("odd", [("bag:1", Rupiah(1)), ("held:orders", Rupiah(-1))])
    assert session.scalar(select(func.count()).select_from(Entry)) == 0


def test_a_statement_reads_backwards_page_by_page(session: Session) -> None:
    for number in range(5):
        write(f"paid:{number}", reference=f"B-{number}")
    first: Page[StatementRow] = list_account("held:orders", size=3)
    second = list_account("held:orders", size=3, cursor=first.next_cursor)
    read = [row.reference for page in (first, second) for row in page.rows]
    assert read == ["B-4", "B-3", "B-2", "B-1", "B-0"]
    assert second.next_cursor is None


def test_the_money_of_an_order_can_be_read_back(session: Session) -> None:
    write("paid:1", reference="B-1")
    write("paid:2", reference="B-2")
    rows = list_references(["B-1"])
    assert [(row.account, row.amount) for row in rows] == PAID


def test_many_hands_with_the_same_event_write_it_once(app: Flask, session: Session) -> None:
    db.session.remove()
    at_once, written = Barrier(8), []

    def hand() -> None:
        with app.app_context():
            at_once.wait()
            written.append(write("paid:1"))

    hands = [Thread(target=hand) for _ in range(8)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert sorted(written) == [False] * 7 + [True]
    assert check_ledger() == SOUND
    assert get_balance("bank:market:1") == Rupiah(25_000)


@st.composite
def event(draw: st.DrawFn) -> tuple[str, Lines]:
    """Draw one event of two to five lines; keys are few, so that some come again."""
    key = draw(st.sampled_from("abcdefgh"))
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4))
    amount = st.integers(-(10**12), 10**12).map(Rupiah)
    lines = [(code, draw(amount)) for code in codes]
    return key, [*lines, (draw(st.sampled_from(CODES)), -total(a for _, a in lines))]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(event(), max_size=12))
def test_every_balance_is_the_sum_of_its_postings_after_every_step(
    database: Database, session: Session, events: list[tuple[str, Lines]]
) -> None:
    """I8, against a model of nothing but a dictionary."""
    db.session.remove()
    database.reset()
    balances: dict[str, Rupiah] = defaultdict(lambda: ZERO)
    seen: set[str] = set()
    for key, lines in events:
        moves = key not in seen and any(amount for _, amount in lines)
        assert write(key, lines) is moves
        if moves:
            seen.add(key)
            for code, amount in lines:
                balances[code] += amount
        assert check_ledger() == SOUND
        assert {code: get_balance(code) for code in CODES} == {c: balances[c] for c in CODES}


def test_twenty_thousand_postings_leave_no_difference(
    session: Session, now: datetime, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    entries = rounds(5_000, 125_000)
    with transaction():
        for number in range(entries):
            parts = Rupiah(10_007 + 13 * number).split([5, 3, 1])
            into = [(code, part) for code, part in zip(CODES, parts, strict=False)]
            lines = [*into, (CODES[3 + number % 2], -total(parts))]
            post(key=f"n:{number}", at=now, reference="B", memo="Uji", lines=lines)
    assert session.scalar(select(func.count()).select_from(Posting)) == 4 * entries
    assert total(session.scalars(select(Account.balance))) == ZERO
    assert check_ledger() == SOUND
    figure("ledger postings", postings=4 * entries, difference="Rp0")


def test_a_posting_that_was_changed_behind_its_back_is_found(session: Session) -> None:
    """The control: one rupiah among many."""
    for number in range(50):
        write(f"paid:{number}")
    session.execute(
        update(Account).where(Account.code == CODES[0]).values(balance=Account.balance + Rupiah(1))
    )
    session.commit()
    assert not check_ledger().is_sound


def test_two_entries_that_draw_the_same_id_are_both_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr(services, "new_entry_id", lambda at: next(drawn))
    assert write("paid:1") is True
    assert write("paid:2") is True
    assert session.scalars(select(Entry.id).order_by(Entry.id)).all() == [7, 8]
    assert check_ledger() == SOUND


def test_many_events_of_one_moment_are_written_beside_those_that_are_there(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "RANDOM_BITS", 4)
    for batch in "ab":
        with transaction():
            services.post_all(
                [
                    Happening(f"{batch}:{place}", NOON, "B-1", "Uji", PAID, None)
                    for place in range(8)
                ]
            )
    assert get_balance("bank:market:1") == Rupiah(16 * 25_000)
    assert check_ledger() == SOUND
