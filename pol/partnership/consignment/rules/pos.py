"""Reading a till's file: which column means what, and what each cell says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah

DAY, CODE, QUANTITY, PRICE, RECEIPT = "day", "code", "quantity", "price", "receipt"
NEEDED, COLUMNS = (DAY, CODE, QUANTITY), (DAY, CODE, QUANTITY, PRICE, RECEIPT)
MOST_BYTES = 10 * 1024 * 1024
EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's numbered days."""


class FileRefused(Refused):
    message = "Berkas ini tidak bisa dibaca."


class TooLarge(FileRefused):
    message = "Berkas lebih dari 10 MB. Kirim per minggu atau per bulan, bukan setahun sekaligus."


class NotASpreadsheet(FileRefused):
    message = "Ini bukan CSV atau XLSX. Simpan dulu dari program kasir sebagai CSV atau XLSX."


class DangerousFile(FileRefused):
    message = "Isi berkas ini tidak wajar (%(why)s), jadi tidak dibuka. Simpan ulang sebagai CSV."


class TooManyRows(FileRefused):
    message = "Berkas ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas."


class NoRows(FileRefused):
    message = "Berkas ini kosong: baris pertama harus judul kolom, lalu penjualannya."


class WrongColumns(FileRefused):
    message = "Kolom di berkas ini kurang: harus ada tanggal, kode barang, dan jumlah terjual."


class WrongMapping(Refused):
    message = "Pilih kolom yang berbeda untuk %(what)s."


class RowRefused(Refused):
    message = "Baris ini tidak terbaca."


class UnreadableDay(RowRefused):
    message = "Tanggal “%(text)s” tidak terbaca. Tulis seperti 31/12/2026."


class UnreadableQuantity(RowRefused):
    message = "Jumlah “%(text)s” bukan angka bulat."


class UnclearQuantity(RowRefused):
    message = "Jumlah “%(text)s” bisa berarti satu atau seribu. Tulis tanpa titik atau koma."


class NegativeQuantity(RowRefused):
    message = "Jumlah “%(text)s” bukan penjualan. Retur pembeli: batalkan baris penjualannya."


class UnreadablePrice(RowRefused):
    message = "Harga “%(text)s” tidak terbaca. Tulis seperti 12.500."


class UnknownCode(RowRefused):
    message = "Kode “%(code)s” bukan produk produsen di toko ini."


class KnownSale(RowRefused):
    message = "Struk %(receipt)s untuk produk ini sudah tercatat dari berkas lain."


@dataclass(frozen=True)
class PosRow:
    """What a row of a till's file says."""

    day: date
    code: str
    quantity: int
    price: Rupiah | None
    receipt: str


GUESSES: Mapping[str, tuple[str, ...]] = {
    DAY: ("tanggal", "tgl", "date", "hari", "waktu", "transaction date", "time"),
    CODE: ("barcode", "kode", "plu", "sku", "ean", "gtin", "code", "item"),
    QUANTITY: ("jumlah terjual", "qty", "jumlah", "terjual", "quantity", "kuantitas", "banyak"),
    PRICE: ("harga", "price"),
    RECEIPT: ("struk", "nota", "receipt", "faktur", "invoice", "transaksi", "trx", "bon"),
}


def guess_columns(heading: Sequence[str]) -> dict[str, int]:
    """Return which column probably means what, by its title; each column is used once."""
    found: dict[str, int] = {}
    titles = [title.lower() for title in heading]
    for meaning, words in GUESSES.items():
        fits = (
            at
            for word in words
            for at, title in enumerate(titles)
            if word in title and at not in found.values()
        )
        if (at := next(fits, None)) is not None:
            found[meaning] = at
    return found


def check_columns(heading: Sequence[str]) -> None:
    """Check that a file can hold sales at all.

    :raises WrongColumns: it has fewer columns with a title than every sale needs
    """
    if sum(bool(title.strip()) for title in heading) < len(NEEDED):
        raise WrongColumns


def check_mapping(columns: Mapping[str, int]) -> None:
    """Check that what is needed has a column, and no column means two things.

    :raises WrongMapping: one is missing or used twice
    """
    words = {DAY: "tanggal", CODE: "kode barang", QUANTITY: "jumlah"}
    for meaning in NEEDED:
        if meaning not in columns:
            raise WrongMapping(what=words[meaning])
    used = list(columns.values())
    for meaning, at in columns.items():
        if used.count(at) > 1:
            raise WrongMapping(what=words.get(meaning, "kolom pilihan"))


def read_row(cells: Sequence[str], columns: Mapping[str, int]) -> PosRow:
    """Return what a row says.

    :raises RowRefused: a cell means nothing, or nothing that was sold
    """

    def cell(meaning: str) -> str:
        at = columns.get(meaning)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    price = cell(PRICE)
    return PosRow(
        day=read_day(cell(DAY)),
        code=read_code(cell(CODE)),
        quantity=read_quantity(cell(QUANTITY)),
        price=read_price(price) if price else None,
        receipt=cell(RECEIPT)[:80],
    )


ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?", re.A)
LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ].*)?", re.A)
NUMBERED = re.compile(r"(\d{5})(?:\.\d+)?", re.A)


def read_day(text: str) -> date:
    """Return a day: 2026-12-31, 20261231, 31/12/2026, 31.12.26 or a spreadsheet's own number.

    :raises UnreadableDay: it is none, or not between 2020 and 2099
    """
    try:
        if found := ISO.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := LOCAL.fullmatch(text):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            day = date(year, int(found[2]), int(found[1]))
        elif found := NUMBERED.fullmatch(text):
            day = EPOCH + timedelta(days=int(found[1]))
        else:
            raise UnreadableDay(text=text[:40])
    except ValueError:
        raise UnreadableDay(text=text[:40]) from None
    if not 2020 <= day.year <= 2099:
        raise UnreadableDay(text=text[:40])
    return day


def read_code(text: str) -> str:
    """Return a code without the apostrophe, the spaces or the “.0” that spreadsheets add."""
    plain = text.lstrip("'").replace(" ", "").upper()
    return plain[:-2] if re.fullmatch(r"\d+\.0", plain, re.A) else plain[:60]


def read_quantity(text: str) -> int:
    """Return a whole number of pieces, above zero.

    :raises UnreadableQuantity: it is no whole number
    :raises UnclearQuantity: 1.000 is one to some tills and a thousand to others
    :raises NegativeQuantity: it is zero or less
    """
    plain = text.replace(" ", "").lstrip("'")
    if re.fullmatch(r"[-(].*|0+(?:[.,]0+)?", plain, re.A):
        raise NegativeQuantity(text=text[:40])
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", plain, re.A):
        raise UnclearQuantity(text=text[:40])
    found = re.fullmatch(r"(\d{1,9})(?:[.,]0{1,2})?", plain, re.A)
    if not found:
        raise UnreadableQuantity(text=text[:40])
    return int(found[1])


def read_price(text: str) -> Rupiah:
    """Return a price per piece: 12500, 12.500, Rp12.500,00 or 12,500.00.

    :raises UnreadablePrice: it is none
    """
    plain = re.sub(r"(?i)rp\.?|\s|'", "", text)
    found = re.fullmatch(r"(\d{1,9}|\d{1,3}(?:[.,]\d{3}){1,2})(?:[.,]0{1,2}|,-)?", plain, re.A)
    if not found or not (amount := int(re.sub(r"[.,]", "", found[1]))):
        raise UnreadablePrice(text=text[:40])
    return Rupiah(amount)
