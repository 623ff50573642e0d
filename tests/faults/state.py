"""Everything that is in the tables, without what chance gives: keys, numbers of papers, names."""

from collections import Counter
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, literal, select

from pol.kernel.db import RupiahColumn, UtcColumn, db

State = dict[str, Counter[tuple[Any, ...]]]
BESIDE = {"user_session"}
"""Rows that change when somebody merely looks in."""
TELLING = (bool, int, date, Enum)
ALWAYS = {"account.code"}
"""Whose money it is does not hang on chance."""


def see() -> State:
    """Return how often each row is there: amounts, quantities, moments and states."""
    db.session.rollback()
    seen = {name: Counter(map(tuple, db.session.execute(ask).all())) for name, ask in _questions()}
    db.session.rollback()
    return {name: rows for name, rows in seen.items() if rows}


def changed(before: State, after: State) -> dict[str, tuple[list[object], list[object]]]:
    """Return by table what is gone and what is new."""
    return {
        name: (list((old - new).elements()), list((new - old).elements()))
        for name in sorted(before.keys() | after.keys())
        if (old := before.get(name, Counter())) != (new := after.get(name, Counter()))
    }


@cache
def _questions() -> tuple[tuple[str, Select[Any]], ...]:
    return tuple(
        (table.name, select(*_telling(table)).select_from(table))
        for table in db.metadata.sorted_tables
        if table.name not in BESIDE
    )


def _telling(table: Table) -> list[ColumnElement[Any]]:
    return [column for column in table.columns if _is_telling(column)] or [literal(1)]


def _is_telling(column: Column[object]) -> bool:
    if column.primary_key or column.foreign_keys:
        return False
    if isinstance(column.type, RupiahColumn | UtcColumn):
        return True
    return str(column) in ALWAYS or issubclass(column.type.python_type, TELLING)
