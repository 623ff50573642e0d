"""Sales that a till sends itself: what one says must be plain, and names its receipt."""

from collections.abc import Mapping
from dataclasses import dataclass

from pol.kernel.money import Rupiah
from pol.partnership.consignment.rules.pos import (
    COLUMNS,
    RECEIPT,
    KnownSale,
    PosRow,
    RowRefused,
    read_row,
)

MOST_SALES = 500
LONGEST_CELL = 200
LONGEST_RECEIPT = 80
AT = {name: at for at, name in enumerate(COLUMNS)}


class UnreadableCell(RowRefused):
    message = "Isi “%(field)s” harus teks biasa atau angka bulat, paling banyak %(most)s huruf."


class ReceiptNeeded(RowRefused):
    message = "Nomor struk harus ada, paling banyak %(most)s huruf."


class SentByTill(RowRefused):
    message = "Struk %(receipt)s untuk produk ini sudah dikirim langsung oleh kasir."


class OtherSale(RowRefused):
    message = (
        "Struk %(receipt)s untuk produk ini sudah tercatat: %(quantity)s buah seharga %(price)s. "
        "Kalau itu salah, batalkan dulu penjualannya."
    )


@dataclass(frozen=True)
class Known:
    """A row that is sold already: from which file (none: by the till itself), and what it said."""

    import_id: int | None
    quantity: int
    price: Rupiah

    def says(self, said: PosRow) -> bool:
        """Answer whether a row says the same."""
        return said.quantity == self.quantity and said.price in (None, self.price)

    def other(self, said: PosRow) -> OtherSale:
        """Return why a row that says something else is not taken."""
        return OtherSale(receipt=said.receipt, quantity=self.quantity, price=self.price)

    def once(self, said: PosRow) -> RowRefused:
        """Return why a file's row does not count, too."""
        if self.import_id is not None:
            return KnownSale(receipt=said.receipt)
        return SentByTill(receipt=said.receipt) if self.says(said) else self.other(said)


def row_of(key: str) -> str:
    """Return the key of a row without what was added for its second batch and the next."""
    receipt, mark, rest = key.rpartition("#")
    if mark:
        return f"{receipt}#{rest.split(':')[0]}"
    return ":".join(key.split(":")[:3])


def read_sent(sale: Mapping[str, object]) -> PosRow:
    """Return what a sale says, cell by cell as a row of a till file would.

    :raises RowRefused: a cell is no plain text, means nothing, or the receipt is missing
    """
    cells = [_cell(sale, name) for name in COLUMNS]
    if not 0 < len(cells[AT[RECEIPT]].strip()) <= LONGEST_RECEIPT:
        raise ReceiptNeeded(most=LONGEST_RECEIPT)
    return read_row(cells, AT)


def _cell(sale: Mapping[str, object], name: str) -> str:
    value = sale.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_CELL:
        raise UnreadableCell(field=name, most=LONGEST_CELL)
    return value
