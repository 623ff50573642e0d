"""What a store's earlier till files, and its tills themselves, said."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.partnership.consignment.models import SaleImport, SaleLine
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.consignment.rules.twins import Sold, Taken, Twin


def find_same_rows(*, store_id: int, rows_sha256: str, but: int) -> Twin | None:
    """Return the first other file of a store with these rows of which some were taken in."""
    row = db.session.execute(
        select(SaleImport.number, SaleImport.uploaded_at)
        .where(
            SaleImport.store_id == store_id,
            SaleImport.rows_sha256 == rows_sha256,
            SaleImport.good_rows > 0,
            SaleImport.id != but,
        )
        .order_by(SaleImport.id)
        .limit(1)
    ).one_or_none()
    return Twin(*row) if row else None


def list_taken(*, store_id: int, days: Collection[date], but: int) -> list[Taken]:
    """Return what other files of a store sold on some days, without receipt, oldest first.

    What was taken back since is left out. A row whose goods came from several batches is one.
    """
    if not days:
        return []
    back = aliased(SaleLine)
    lines: Any = db.session.execute(
        select(
            *(SaleImport.number, SaleImport.uploaded_at),
            *(SaleLine.day, SaleLine.key, SaleLine.sheet_id, SaleLine.quantity),
        )
        .join(SaleImport, SaleImport.id == SaleLine.import_id)
        .where(
            SaleLine.store_id == store_id,
            SaleLine.day.between(min(days), max(days)),
            SaleLine.import_id != but,
            SaleLine.quantity > 0,
            SaleLine.key.not_like("%#%"),
            ~exists().where(back.corrects_id == SaleLine.id),
        )
        .order_by(SaleLine.import_id, SaleLine.id)
    )
    pieces: Counter[tuple[str, datetime, date, str, int]] = Counter()
    for number, sent_at, day, key, sheet_id, quantity in lines:
        pieces[number, sent_at, day, _row_of(key), sheet_id] += quantity
    found: dict[tuple[str, datetime, date], Counter[Sold]] = {}
    for (number, sent_at, day, _, sheet_id), in_all in pieces.items():
        found.setdefault((number, sent_at, day), Counter())[sheet_id, in_all] += 1
    return [Taken(*file, sold) for file, sold in found.items()]


def list_sent(*, store_id: int, days: Collection[date]) -> dict[date, set[int]]:
    """Return the products whose sales the tills of a store sent themselves, by day.

    What was taken back since is left out.
    """
    back = aliased(SaleLine)
    lines = db.session.execute(
        select(SaleLine.day, SaleLine.sheet_id)
        .where(
            SaleLine.store_id == store_id,
            SaleLine.day.in_(days),
            SaleLine.source == SaleSource.API,
            SaleLine.quantity > 0,
            ~exists().where(back.corrects_id == SaleLine.id),
        )
        .distinct()
    )
    found: dict[date, set[int]] = {}
    for day, sheet_id in lines:
        found.setdefault(day, set()).add(sheet_id)
    return found


def list_own_rows(*, import_id: int) -> set[str]:
    """Return the keys of the rows of a file that are sold already."""
    asked = select(SaleLine.key).where(SaleLine.import_id == import_id)
    return {_row_of(key) for key in db.session.scalars(asked)}


def _row_of(key: str) -> str:
    """Return the key of a row without what was added for its second batch and the next."""
    return ":".join(key.split(":")[:3])
