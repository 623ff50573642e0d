"""The database itself refuses what would falsify the books; without it, the check sees it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.kernel.transaction import transaction
from pol.ledger.models import Entry, Posting
from pol.ledger.queries import check_ledger
from pol.ledger.services import post
from tests.conftest import NOON
from tests.rig import databases
from tests.rig.databases import Database

LINES = [("bank:market:1", Rupiah(25_000)), ("held:orders", Rupiah(-25_000))]
TRIGGERS = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
    " AND tbl_name IN ('entry', 'posting') AND name <> 'posting_balance'",
    "postgresql": "SELECT 'ALTER TABLE ' || name || ' DISABLE TRIGGER USER'"
    " FROM (VALUES ('entry'), ('posting')) AS ledger (name)",
}
FORGERIES = {
    "change a posting": "UPDATE posting SET amount = amount + 1",
    "change an entry": "UPDATE entry SET memo = 'lain'",
    "remove a posting": "DELETE FROM posting",
    "add to a sealed entry": "INSERT INTO posting (entry_id, account_id, amount)"
    " SELECT id, (SELECT min(id) FROM account), 1 FROM entry",
}


def write() -> None:
    with transaction():
        post(key="paid:1", at=NOON, reference="B-1", memo="Uji", lines=LINES)


def forge(statement: str) -> None:
    with transaction():
        db.session.execute(text(statement))


def forge_entry(*amounts: int) -> None:
    """Write an entry past the service."""
    with transaction():
        account = db.session.scalar(text("SELECT min(id) FROM account"))
        for amount in amounts:
            row = {"entry_id": 7, "account_id": account, "amount": Rupiah(amount)}
            db.session.execute(insert(Posting).values(row))
        values = {"id": 7, "key": "x", "at": NOON, "reference": "B-2", "memo": "Uji"}
        db.session.execute(insert(Entry).values(values))


@pytest.fixture
def unguarded(database: Database) -> Iterator[Flask]:
    """Give a database of its own whose triggers are gone."""
    with databases.created(database.kind, "unguarded") as own:
        app = databases.application(own.url)
        with app.app_context():
            write()
            for statement in db.session.scalars(text(TRIGGERS[own.kind])).all():
                forge(statement)
            yield app
            db.session.remove()
            db.engine.dispose()


def cli(app: Flask) -> FlaskCliRunner:
    db.session.remove()
    return app.test_cli_runner()


@pytest.mark.parametrize("what", [*FORGERIES, "remove an entry"])
def test_a_forgery_is_refused_by_the_database(session: Session, what: str) -> None:
    write()
    with pytest.raises(DBAPIError, match=r"append-only|sealed"):
        forge(FORGERIES.get(what, "DELETE FROM entry"))
    assert check_ledger().is_sound


@pytest.mark.parametrize("amounts", [(5, -4), (5,), ()])
def test_an_entry_out_of_balance_is_refused_by_the_database(
    session: Session, amounts: tuple[int, ...]
) -> None:
    write()
    with pytest.raises(DBAPIError, match="does not balance"):
        forge_entry(*amounts)
    assert check_ledger().is_sound


def test_a_posting_without_entry_does_not_outlive_its_transaction(session: Session) -> None:
    write()
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        forge(
            "INSERT INTO posting (entry_id, account_id, amount) SELECT 7, min(id), 5 FROM account"
        )
    assert check_ledger().is_sound


@pytest.mark.parametrize("what", ["change a posting", "remove a posting", "add to a sealed entry"])
def test_without_triggers_the_check_sees_the_forgery(unguarded: Flask, what: str) -> None:
    """The negative control of the two tests above."""
    assert check_ledger().is_sound
    forge(FORGERIES[what])
    assert not check_ledger().is_sound


def test_without_triggers_the_check_sees_an_entry_out_of_balance(unguarded: Flask) -> None:
    forge_entry(5, -4)
    assert check_ledger().unbalanced_entries == [7]


def test_the_command_prints_one_line_when_all_is_well(app: Flask, session: Session) -> None:
    write()
    result = cli(app).invoke(args=["ledger", "check"])
    assert (result.exit_code, result.output) == (0, "difference Rp0\n")


def test_the_command_fails_and_says_what_disagrees(unguarded: Flask) -> None:
    forge("UPDATE account SET balance = balance + 5 WHERE code = 'held:orders'")
    forge_entry(5, -4)
    result = cli(unguarded).invoke(args=["ledger", "check"])
    assert result.exit_code == 1
    assert "difference Rp1\n" in result.output
    assert "account held:orders: balance -Rp24.995, postings -Rp25.000\n" in result.output
    assert "entry 7 does not sum to Rp0\n" in result.output
