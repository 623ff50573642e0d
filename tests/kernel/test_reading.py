"""Pages that only read are spared their transaction; a change inside one is whole all the same."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import text
from sqlalchemy.orm import Session

from pol.kernel import audit
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db, is_postgresql, run, table
from pol.kernel.transaction import only_read, transaction


@pytest.fixture
def page(session: Session) -> Iterator[None]:
    """Read as a page does."""
    session.close()
    only_read(wanted=True)
    yield
    only_read(wanted=False)


def _is_alone() -> bool:
    """Answer whether the database knows of no transaction that a statement would belong to."""
    raw: Any = db.session.connection().connection.driver_connection
    if not is_postgresql():
        return not raw.in_transaction
    return raw.info.transaction_status is TransactionStatus.IDLE


def test_each_statement_of_a_page_stands_alone_on_postgresql(page: None) -> None:
    assert _is_alone() is is_postgresql()


def test_a_change_inside_a_page_is_made_whole_or_not_at_all(page: None, now: datetime) -> None:
    def write_and_fail() -> None:
        with transaction():
            assert not _is_alone()
            audit.record(action="uji", subject="uji", actor_id=None, now=now)
            db.session.flush()
            raise ZeroDivisionError

    assert audit.count_entries() == 0
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert audit.count_entries() == 0


def test_what_a_savepoint_holds_is_undone_with_it(session: Session, now: datetime) -> None:
    with transaction():
        run(text("SELECT 1"))
        with db.session.begin_nested() as attempt:
            run(
                table(AuditEntry).insert(),
                {"action": "uji", "subject": "uji", "at": now, "detail": {}},
            )
            attempt.rollback()
        run(text("SELECT 1"))
    assert audit.count_entries() == 0


def test_a_change_that_writes_once_is_spared_its_transaction_too(session: Session) -> None:
    session.close()
    with transaction(whole=False):
        assert _is_alone() is is_postgresql()
    assert not _is_alone()


def test_other_work_keeps_its_transactions(session: Session) -> None:
    session.close()
    assert not _is_alone()
