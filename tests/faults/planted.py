"""Bugs that the fault tests must find; planted into the processes that they kill."""

import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, event

from pol.cart import services as carts
from pol.catalogue.services import stock
from pol.kernel.db import db, writing
from pol.orders.services import goods
from pol.partnership.settlement.services import closing, paying
from pol.payments.services import payouts
from pol.web.customer import checkout

BESIDE = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK")


def commit_half_way() -> None:
    """Let a checkout commit between its stock and its orders."""
    _commit_after(stock, "reserve")


def commit_the_yes_alone() -> None:
    """Let a batch of payouts be approved in one transaction, and its money go in the next."""
    _commit_after(payouts, "_decide")


def commit_the_no_alone() -> None:
    """Let a line fall away in one transaction, and the bill follow in the next."""
    _commit_after(goods, "shrink")


def commit_the_period_alone() -> None:
    """Let a period be shut in one transaction, and its bills be written in the next."""
    _commit_before(closing, "_write")


def commit_the_payment_alone() -> None:
    """Let a payment be noted in one transaction, and its bill and the ledger follow in the next."""
    _commit_before(paying, "_move")


def commit_each_statement() -> None:
    """Let every change be kept before the next, as on a connection left in autocommit."""
    event.listen(Engine, "before_cursor_execute", _keep)


def _keep(connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
    known = connection.info
    is_whole = not connection.in_nested_transaction() and not statement.startswith(BESIDE)
    if writing.get() and is_whole and "half" not in known:
        cursor.connection.commit()
        is_sqlite = connection.dialect.name == "sqlite"
        cursor.connection.execute("BEGIN IMMEDIATE" if is_sqlite else "BEGIN")
    if "INTO posting" in statement:  # the database itself refuses postings without their entry
        known["half"] = True
    elif "INTO entry" in statement:
        known.pop("half", None)


def _commit_after(module: Any, name: str) -> None:
    honest = getattr(module, name)

    def do(*known: Any, **others: Any) -> Any:
        done = honest(*known, **others)
        db.session.commit()
        return done

    setattr(module, name, do)


def _commit_before(module: Any, name: str) -> None:
    honest = getattr(module, name)

    def do(*known: Any, **others: Any) -> Any:
        db.session.commit()
        return honest(*known, **others)

    setattr(module, name, do)


def forget_keys() -> None:
    """Let every press be a new checkout, of a cart that is emptied some other time."""
    page: Any = checkout
    basket: Any = carts
    honest = page.place_order

    def place_order(*, wanted: Any, **others: Any) -> Any:
        return honest(wanted=replace(wanted, key=secrets.token_urlsafe(24)), **others)

    page.place_order = place_order
    basket.empty_cart = lambda **_: None
