"""The rows that tills say, what makes each count once, and the earlier file that says the same."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pol.kernel.errors import Refused
from pol.partnership.consignment.models import SaleImport
from pol.partnership.consignment.queries.sales import list_codes
from pol.partnership.consignment.queries.twins import (
    find_same_rows,
    list_own_rows,
    list_sent,
    list_taken,
)
from pol.partnership.consignment.rules.pos import PosRow, read_row
from pol.partnership.consignment.rules.twins import Sold, Twin, find_overlap, find_sent, fingerprint


@dataclass(frozen=True)
class Read:
    """A row of the file: what it says, or why it was refused."""

    number: int
    cells: list[str]
    said: PosRow | None
    refusal: Refused | None = None


def said_by(row: Read) -> PosRow:
    """Return what a row says.

    :raises RowRefused: it says nothing that was sold
    """
    if row.said is None:
        assert row.refusal is not None
        raise row.refusal
    return row.said


def read_all(
    rows: Sequence[list[str]], columns: Mapping[str, int], first: int = 0
) -> Iterator[Read]:
    """Read rows, the heading left out; `first` is how many came before them."""
    for number, cells in enumerate(rows, first + 2):
        try:
            yield Read(number, cells, read_row(cells, columns))
        except Refused as refusal:
            yield Read(number, cells, None, refusal)


def fingerprint_of(read: Sequence[Read]) -> str:
    """Return what the rows of a file mean, as a hash."""
    return fingerprint((row.said, row.cells) for row in read)


def row_key(found: SaleImport, number: int) -> str:
    """Return what makes a row without receipt count once: its place in the file."""
    return f"pos:{found.id}:{number}"


def receipt_key(store_id: int, said: PosRow, sheet_id: int, seen: Counter[str]) -> str:
    """Return what makes a row with a receipt count once, in any file or sent by the till itself.

    `seen` counts the rows of one receipt and product that came before it in the same message.
    """
    receipt = f"pos:{store_id}:{said.day}:{said.receipt}:{sheet_id}"
    seen[receipt] += 1
    return f"{receipt}#{seen[receipt]}"


def find_same(found: SaleImport) -> Twin | None:
    """Return the earlier file of the store with just these rows, as far as they were read."""
    if found.rows_sha256 is None:
        return None
    return find_same_rows(store_id=found.store_id, rows_sha256=found.rows_sha256, but=found.id)


def find_twin(found: SaleImport, read: Sequence[Read]) -> Twin | None:
    """Return the earlier file of the store that has all these rows, or half of those of a day.

    Or the till, if it sent sales of the products of half of a day's rows itself. Rows with a
    receipt are known by it, and those that are sold already count as nobody else's.
    """
    store_id = found.store_id
    if twin := find_same(found):
        return twin
    codes, own = list_codes(store_id=store_id), list_own_rows(import_id=found.id)
    rows: dict[date, Counter[Sold]] = defaultdict(Counter)
    for row in read:
        said = row.said
        if said is None or said.receipt or said.code not in codes:
            continue
        if row_key(found, row.number) not in own:
            rows[said.day][codes[said.code], said.quantity] += 1
    taken = list_taken(store_id=store_id, days=rows, but=found.id)
    return find_overlap(rows, taken) or find_sent(rows, list_sent(store_id=store_id, days=rows))
