"""Till files of a store, with their progress and the rows that were not taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.consignment.models import SaleImport, SaleImportRow
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.slots.models import Store

SIZE = 20
SHOWN_ERRORS = 100


@dataclass(frozen=True)
class FileRow:
    """A till file and how far it is."""

    id: int
    number: str
    filename: str
    status: ImportStatus
    rows: int
    done_rows: int
    good_rows: int
    bad_rows: int
    failure: str | None
    heading: list[str]
    columns: dict[str, int]
    store_slug: str
    store_name: str
    uploaded_at: datetime
    uploaded_by: str


def _files(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            SaleImport.id,
            SaleImport.number,
            SaleImport.filename,
            SaleImport.status,
            SaleImport.rows,
            SaleImport.done_rows,
            SaleImport.good_rows,
            SaleImport.bad_rows,
            SaleImport.failure,
            SaleImport.heading,
            SaleImport.columns,
            Store.slug,
            Store.name,
            SaleImport.uploaded_at,
            User.name,
        )
        .join(Store, Store.id == SaleImport.store_id)
        .join(User, User.id == SaleImport.uploaded_by_id)
        .where(*conditions)
    )


def list_files(*, store_id: int, cursor: str | None = None) -> Page[FileRow]:
    """Return the till files of a store, newest first."""
    after = decode_cursor(cursor, shape=(int,))
    asked = _files(SaleImport.store_id == store_id).order_by(SaleImport.id.desc()).limit(SIZE + 1)
    if after:
        asked = asked.where(SaleImport.id < after[0])
    rows = [FileRow(*row) for row in db.session.execute(asked)]
    return cut_page(rows, size=SIZE, key=lambda row: (row.id,), is_first=after is None)


def get_file(*, number: str, reach: Reach) -> FileRow:
    """Return a till file of a store within reach.

    :raises NotFound: there is none, or it is of another store
    """
    row = db.session.execute(_files(*_mine(number, reach))).one_or_none()
    if row is None:
        raise NotFound
    return FileRow(*row)


def lock_file(*, number: str, reach: Reach) -> SaleImport:
    """Return a till file of a store within reach, to change it.

    :raises NotFound: there is none, or it is of another store
    """
    found = db.session.scalar(select(SaleImport).where(*_mine(number, reach)).with_for_update())
    if found is None:
        raise NotFound
    return found


def _mine(number: str, reach: Reach) -> list[ColumnElement[bool]]:
    mine: list[ColumnElement[bool]] = [
        SaleImport.number == number,
        SaleImport.retailer_id == reach.retailer_id,
    ]
    return mine if reach.store_id is None else [*mine, SaleImport.store_id == reach.store_id]


@dataclass(frozen=True)
class BadRow:
    """A row that was not taken, as it stood in the file, and why."""

    row: int
    cells: list[str]
    message: str


def list_bad_rows(*, import_id: int, most: int | None = SHOWN_ERRORS) -> list[BadRow]:
    """Return the rows of a file that were not taken, in its order."""
    rows = db.session.execute(
        select(SaleImportRow.row, SaleImportRow.values, SaleImportRow.message)
        .where(SaleImportRow.import_id == import_id)
        .order_by(SaleImportRow.row)
        .limit(most)
    )
    return [BadRow(*row) for row in rows]
