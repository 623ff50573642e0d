"""Till files that say what an earlier one, or the till itself, has said in other bytes."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pol.kernel.errors import Refused
from pol.kernel.localtime import local
from pol.partnership.consignment.rules.pos import PosRow

Sold = tuple[int, int]
"""What was sold by a row: which sheet, how many pieces."""
BY_TILL = "kasir"
"""Stands for the number of a file where the till itself said the sales."""


class SameRows(Refused):
    message = (
        "Isi berkas ini sama dengan berkas %(number)s yang dikirim %(day)s, jadi tidak dicatat "
        "lagi."
    )


class PartlyKnown(Refused):
    message = (
        "%(same)s dari %(of)s baris tanggal %(day)s sama dengan berkas %(number)s yang dikirim "
        "%(sent)s. Kalau itu memang penjualan lain, centang dulu di bawah, lalu jalankan lagi."
    )


class PartlySent(Refused):
    message = (
        "%(same)s dari %(of)s baris tanggal %(day)s tentang produk yang hari itu sudah dikirim "
        "langsung oleh kasir. Kalau itu memang penjualan lain, centang dulu di bawah, lalu "
        "jalankan lagi."
    )


@dataclass(frozen=True)
class Twin:
    """An earlier file with the same rows: `same` of the `of` rows of a day, or all (no day).

    Its number is `BY_TILL` when it was no file, but the till itself.
    """

    number: str
    uploaded_at: datetime | None = None
    day: date | None = None
    same: int = 0
    of: int = 0

    @property
    def is_file(self) -> bool:
        """Whether there is a file to look at."""
        return self.number != BY_TILL

    @property
    def refusal(self) -> Refused:
        """Return why the later file is not taken in, or not before somebody says that it may be."""
        day = f"{self.day:%d-%m-%Y}" if self.day else ""
        if self.uploaded_at is None:
            return PartlySent(same=self.same, of=self.of, day=day)
        sent = f"{local(self.uploaded_at):%d-%m-%Y pukul %H.%M} WIB"
        if self.day is None:
            return SameRows(number=self.number, day=sent)
        return PartlyKnown(same=self.same, of=self.of, day=day, number=self.number, sent=sent)


@dataclass(frozen=True)
class Taken:
    """The rows without receipt of an earlier file on a day, as they were taken in."""

    number: str
    uploaded_at: datetime
    day: date
    sold: Mapping[Sold, int]


def fingerprint(rows: Iterable[tuple[PosRow | None, Sequence[str]]]) -> str:
    """Return what rows mean as a hash, in whatever order and spelling; unread ones as they are."""
    lines = sorted(
        f"{said.day}|{said.code}|{said.quantity}|{said.price}|{said.receipt}"
        if said
        else "?" + "|".join(cell.strip() for cell in cells)
        for said, cells in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def find_overlap(rows: Mapping[date, Counter[Sold]], taken: Iterable[Taken]) -> Twin | None:
    """Return the earlier file that has half of a day's rows or more; of several the closest."""
    found: Twin | None = None
    for earlier in taken:
        mine = rows.get(earlier.day, Counter())
        same, of = (mine & Counter(earlier.sold)).total(), mine.total()
        if same * 2 >= of > 0 and (found is None or same >= found.same):
            found = Twin(earlier.number, earlier.uploaded_at, earlier.day, same, of)
    return found


def find_sent(rows: Mapping[date, Counter[Sold]],
              sent: Mapping[date, Collection[int]]) -> Twin | None:  # fmt: skip
    """Return the till, if half of a day's rows or more are of products that it sent that day.

    A file may hold one row for what the till said in many, so their pieces say nothing.
    """
    for day, mine in sorted(rows.items()):
        same = sum(mine[sold] for sold in mine if sold[0] in sent.get(day, ()))
        if same * 2 >= mine.total() > 0:
            return Twin(BY_TILL, None, day, same, mine.total())
    return None
