"""A till file from its upload to its result: the same content twice changes nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from pol.kernel import audit
from pol.kernel.db import db, insert
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.consignment.models import PosMapping, SaleImport
from pol.partnership.consignment.queries.sales import list_codes
from pol.partnership.consignment.queries.stores import StoreRow
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.consignment.rules.permits import named
from pol.partnership.consignment.rules.pos import (
    UnknownCode,
    check_mapping,
    guess_columns,
)
from pol.partnership.consignment.rules.returning import Recall
from pol.partnership.consignment.rules.stock import Pile
from pol.partnership.consignment.rules.twins import Twin
from pol.partnership.consignment.services.pos.reading import read_rows
from pol.partnership.consignment.services.pos.rows import (
    Read,
    find_same,
    find_twin,
    fingerprint_of,
    read_all,
    said_by,
)
from pol.partnership.consignment.services.stock import hold_store, look_at_store
from pol.partnership.consignment.services.tills import Ring, Till

SHOWN = 20
OPEN = (ImportStatus.WAITING, ImportStatus.PREVIEWED, ImportStatus.REFUSED)


class AlreadyRunning(Refused):
    message = "Berkas ini sudah diproses. Lihat hasilnya di bawah."


@dataclass(frozen=True)
class TillFile:
    """A file that has been opened: what it holds, its rows as text, the heading first.

    `meaning` is what its rows mean by the columns that the retailer has said; none, if it has not.
    """

    name: str
    content: bytes
    rows: list[list[str]]
    columns: dict[str, int] | None = None
    meaning: str | None = None


def open_file(name: str, content: bytes, *, retailer_id: int | None = None) -> TillFile:
    """Open a stranger's file; before any change, so that a slow one keeps nobody waiting.

    :raises FileRefused: see `read_rows`
    """
    rows, name = read_rows(content), name[:120] or "kasir"
    remembered = db.session.get(PosMapping, (retailer_id, heading_hash(rows[0])))
    if retailer_id is None or remembered is None:
        return TillFile(name, content, rows)
    meaning = fingerprint_of(list(read_all(rows[1:], remembered.columns)))
    return TillFile(name, content, rows, remembered.columns, meaning)


def upload(*, store: StoreRow, file: TillFile, actor_id: int,
           now: datetime) -> tuple[SaleImport, bool]:  # fmt: skip
    """Keep a till file; return it and whether it is new.

    Known content is the import it was, and so are known rows that were saved in another way.
    """
    hold_store(store.id)  # whoever sent the same file just now was faster
    sha256, rows = hashlib.sha256(file.content).hexdigest(), file.rows
    if known := _find_known(store.id, sha256, file.meaning):
        return known, False
    remembered = db.session.get(PosMapping, (store.retailer_id, heading_hash(rows[0])))
    made = SaleImport(
        number=paper_number("IM", business_day(now)),
        retailer_id=store.retailer_id,
        store_id=store.id,
        filename=file.name,
        sha256=sha256,
        rows_sha256=file.meaning,
        content=file.content,
        heading=rows[0],
        columns=remembered.columns if remembered else guess_columns(rows[0]),
        status=ImportStatus.PREVIEWED if remembered else ImportStatus.WAITING,
        rows=len(rows) - 1,
        uploaded_at=now,
        uploaded_by_id=actor_id,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(
        action="sales.uploaded", subject=f"import:{made.number}", actor_id=actor_id, now=now
    )
    return made, True


def _find_known(store_id: int, sha256: str, meaning: str | None) -> SaleImport | None:
    same = SaleImport.sha256 == sha256, SaleImport.rows_sha256 == meaning
    found: SaleImport | None = db.session.scalar(
        select(SaleImport)
        .where(SaleImport.store_id == store_id, or_(*same) if meaning else same[0])
        .order_by(SaleImport.id)
        .limit(1)
    )
    return found


def heading_hash(heading: list[str]) -> str:
    """Return what a retailer's files of one shape have in common."""
    return hashlib.sha256("\x1f".join(heading).lower().encode()).hexdigest()


def map_columns(*, found: SaleImport, columns: Mapping[str, int], now: datetime) -> None:
    """Say which column means what, for this file and the next ones of its shape.

    :raises AlreadyRunning: it has been taken in, or is just now
    :raises WrongMapping: a needed column is missing, or one means two things
    """
    if found.status not in OPEN:
        raise AlreadyRunning
    check_mapping(columns)
    if dict(columns) != found.columns:
        found.rows_sha256 = None  # the jobs worker will say what the rows mean now
    found.columns, found.status, found.failure = dict(columns), ImportStatus.PREVIEWED, None
    values = {
        "retailer_id": found.retailer_id,
        "heading_sha256": heading_hash(found.heading),
        "columns": dict(columns),
        "made_at": now,
    }
    db.session.execute(
        insert(PosMapping)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["retailer_id", "heading_sha256"],
            set_={"columns": dict(columns), "made_at": now},
        )
    )


def start(*, found: SaleImport, actor_id: int, now: datetime, apart_from: str = "") -> None:
    """Hand a file to the jobs worker; one with rows that were refused may be tried again.

    `apart_from` is the number of an earlier file that has rows like these, but of other sales.

    :raises AlreadyRunning: it is being taken in, or all of it was
    :raises SameRows: an earlier file has all of these rows
    """
    again = found.status is ImportStatus.DONE and found.bad_rows and found.content is not None
    if found.status is not ImportStatus.PREVIEWED and not again:
        raise AlreadyRunning
    if twin := find_same(found):
        raise twin.refusal
    found.status, found.done_rows, found.failure = ImportStatus.RUNNING, 0, None
    found.apart_from = apart_from or found.apart_from
    audit.record(
        action="sales.started",
        subject=f"import:{found.number}",
        actor_id=actor_id,
        now=now,
        apart_from=found.apart_from,
    )


@dataclass(frozen=True)
class LookRow:
    """A row of the file as it would be taken in; `message` says why it would not.

    What was sold is a fact, so goods that nobody should have sold are taken in, too: `recalls`
    names the notes, `lapsed` the permits that no longer held.
    """

    row: int
    cells: list[str]
    message: str | None
    recalls: Sequence[Recall] = ()
    lapsed: str = ""


@dataclass(frozen=True)
class Look:
    """The first rows of a file, and the earlier file that says the same."""

    rows: list[LookRow]
    twin: Twin | None


def look_over(found: SaleImport, *, now: datetime) -> Look:
    """Return the first rows with what would become of them; nothing is written."""
    read = list(read_all(read_rows(found.content or b"")[1:], found.columns))
    return Look(_look_at(found, read[:SHOWN], now=now), find_twin(found, read))


def _look_at(found: SaleImport, read: Sequence[Read], *, now: datetime) -> list[LookRow]:
    codes = list_codes(store_id=found.store_id)
    till = Till(look_at_store(found.store_id), now=now, already_sold=True)
    looked = []
    for row in read:
        try:
            said = said_by(row)
            if said.code not in codes:
                raise UnknownCode(code=said.code)
            sale = Ring(f"look:{row.number}", codes[said.code], said.quantity, said.day, said.price)
            piles = till.ring(sale)
        except Refused as refusal:
            looked.append(LookRow(row.number, row.cells, str(refusal)))
        else:
            looked.append(LookRow(row.number, row.cells, None, *_warnings(piles, said.day)))
    return looked


def _warnings(piles: Sequence[Pile], day: date) -> tuple[list[Recall], str]:
    recalls = [pile.recall for pile in piles if pile.recall and pile.is_recalled_on(day)]
    return recalls, named({kind for pile in piles for kind in pile.lapsed_on(day)})
