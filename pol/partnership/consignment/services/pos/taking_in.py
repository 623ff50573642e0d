"""The jobs worker takes a till file in: all its good rows in one transaction, the rest by row."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import delete, select

from pol.kernel import audit
from pol.kernel.bulk import pour
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.partnership.consignment.models import SaleImport, SaleImportRow
from pol.partnership.consignment.queries.known import list_known
from pol.partnership.consignment.queries.sales import list_codes
from pol.partnership.consignment.rules import ImportStatus, SaleSource
from pol.partnership.consignment.rules.pos import PosRow, UnknownCode
from pol.partnership.consignment.services.pos.reading import read_rows
from pol.partnership.consignment.services.pos.rows import (
    Read,
    find_twin,
    fingerprint_of,
    read_all,
    receipt_key,
    row_key,
    said_by,
)
from pol.partnership.consignment.services.stock import hold_store
from pol.partnership.consignment.services.telling import tell_recalled, tell_unpermitted
from pol.partnership.consignment.services.tills import Ring, Till

BLOCK = 2_000
GAVE_UP = "Penyimpanan terganggu, dan tidak ada yang tersimpan. Tekan Jalankan sekali lagi."
Alone = Callable[[], AbstractContextManager[None]]


def run_imports(*, now: datetime, alone: Alone) -> int:
    """Take in every file that waits; return how many. `alone` opens a transaction of its own."""
    with alone():
        waiting = list(
            db.session.scalars(
                select(SaleImport.id)
                .where(SaleImport.status == ImportStatus.RUNNING)
                .order_by(SaleImport.id)
            )
        )
    for import_id in waiting:
        _take_in(import_id, now=now, alone=alone)
    return len(waiting)


def _take_in(import_id: int, *, now: datetime, alone: Alone) -> None:
    read: list[Read] = []
    with alone():
        found = db.session.get_one(SaleImport, import_id)
        content, columns = found.content or b"", found.columns
    try:
        rows = read_rows(content)[1:]
    except Refused as refusal:
        with alone():
            _give_up(import_id, ImportStatus.REFUSED, str(refusal))
        return
    for first in range(0, len(rows), BLOCK):
        read += read_all(rows[first : first + BLOCK], columns, first)
        with alone():
            db.session.get_one(SaleImport, import_id).done_rows = len(read)
    done, meaning = False, fingerprint_of(read)
    with alone():
        done = _write(import_id, read, meaning, now=now)
    if not done:
        with alone():
            _give_up(import_id, ImportStatus.PREVIEWED, GAVE_UP)


def _give_up(import_id: int, status: ImportStatus, failure: str) -> None:
    found = db.session.get_one(SaleImport, import_id)
    found.status, found.failure = status, failure


def _write(import_id: int, read: Sequence[Read], meaning: str, *, now: datetime) -> bool:
    """Write the good rows and the reasons of the others; both or neither.

    Nothing is written of a file that an earlier one has said already, or half of it on some day
    without anybody's word that these are other sales.
    """
    found = db.session.get_one(SaleImport, import_id, with_for_update=True, populate_existing=True)
    if found.status is not ImportStatus.RUNNING:
        return True
    held = hold_store(found.store_id)
    found.rows_sha256 = meaning
    if (twin := find_twin(found, read)) and twin.number != found.apart_from:
        again = ImportStatus.PREVIEWED if twin.day else ImportStatus.REFUSED
        _give_up(import_id, again, str(twin.refusal))
        return True
    till = Till(held, now=now, already_sold=True)
    good, refused = _ring_up(found, till, read)
    till.write(source=SaleSource.POS, actor_id=found.uploaded_by_id, import_id=found.id)
    tell_recalled(till.recalled, store_id=found.store_id, now=now)
    tell_unpermitted(till.unpermitted, store_id=found.store_id, now=now)
    db.session.execute(delete(SaleImportRow).where(SaleImportRow.import_id == found.id))
    pour(
        SaleImportRow,
        ("import_id", "row", "values", "message"),
        [(found.id, row.number, json.dumps(row.cells), str(row.refusal)) for row in refused],
    )
    found.status, found.ended_at = ImportStatus.DONE, now
    found.good_rows, found.bad_rows, found.done_rows = good, len(refused), len(read)
    if not refused:
        found.content = None
    audit.record(
        action="sales.imported",
        subject=f"import:{found.number}",
        actor_id=found.uploaded_by_id,
        now=now,
        good=good,
        bad=len(refused),
    )
    return True


def _ring_up(found: SaleImport, till: Till, read: Sequence[Read]) -> tuple[int, list[Read]]:
    """Ring up every row that can be; return how many, and the others with their reasons."""
    codes = list_codes(store_id=found.store_id)
    known = list_known(store_id=found.store_id, days={row.said.day for row in read if row.said})
    seen: Counter[str] = Counter()
    good, refused = 0, []
    for row in read:
        try:
            said = said_by(row)
            if (sheet_id := codes.get(said.code)) is None:
                raise UnknownCode(code=said.code)
            key = _key(found, row.number, said, sheet_id, seen)
            if key not in known:
                till.ring(Ring(key, sheet_id, said.quantity, said.day, said.price))
            elif known[key].import_id != found.id:
                raise known[key].once(said)
        except Refused as refusal:
            refused.append(Read(row.number, row.cells, row.said, refusal))
        else:
            good += 1
    return good, refused


def _key(found: SaleImport, number: int, said: PosRow, sheet_id: int, seen: Counter[str]) -> str:
    """Return what makes a row count once: its receipt, or its place in this file."""
    if not said.receipt:
        return row_key(found, number)
    return receipt_key(found.store_id, said, sheet_id, seen)
