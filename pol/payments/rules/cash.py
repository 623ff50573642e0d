"""Cash: what a count must explain, who may receive it, how much of it a stall may keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah, total

MOST_OVERAGE = Rupiah(1_000_000)
"""More than this above what should be in a bag is a slip of the finger, not a find."""
NOTHING: Mapping[str, "LineCount"] = {}


class BagEmpty(Refused):
    message = "Tidak ada uang tunai yang harus disetor, jadi tidak ada yang dihitung."


class BagChanged(Refused):
    message = (
        "Isi tas berubah menjadi %(expected)s sejak halaman ini dibuka, jadi hitungannya belum "
        "dicatat. Hitung uangnya sekali lagi."
    )


class CountOutdated(Refused):
    message = (
        "Kurir menerima uang lagi atau menghitung ulang, jadi setoran ini belum diterima. "
        "Cocokkan sekali lagi dengan kurirnya."
    )


class ReasonOfDifference(Refused):
    message = (
        "Uangnya tidak sama dengan catatan (selisih %(difference)s). Tulis sebabnya di pesanan "
        "yang berbeda atau di catatan."
    )


class TooMuchInBag(Refused):
    message = (
        "Jumlah %(counted)s jauh melebihi catatan, yang %(expected)s. Lebih dari %(most)s di atas "
        "catatan biasanya salah ketik: periksa angkanya, lalu simpan lagi."
    )


class ShiftAlreadyAccepted(Refused):
    message = "Setoran ini sudah diterima. Tidak ada yang dicatat dua kali."


class ReceiverIsGiver(Refused):
    message = "Setoran sendiri tidak boleh diterima sendiri. Minta petugas lain menerimanya."


class AmountMissing(Refused):
    message = "Jumlahnya harus lebih dari Rp0. Tulis berapa uang yang diserahkan."


class MoreThanDebt(Refused):
    message = (
        "Setoran %(amount)s melebihi utang lapak ini, yang sekarang %(debt)s. "
        "Terima paling banyak sebesar itu."
    )


class DebtChanged(Refused):
    message = (
        "Utang lapak ini berubah menjadi %(debt)s sejak halaman ini dibuka, jadi setorannya belum "
        "dicatat. Periksa apakah petugas lain sudah menerimanya, lalu simpan sekali lagi."
    )


class MoreThanTill(Refused):
    message = (
        "Jumlah %(amount)s melebihi uang di kas pasar, yang sekarang %(till)s. "
        "Hitung kasnya, lalu tulis jumlah yang benar."
    )


class FormAlreadyUsed(Refused):
    message = (
        "Formulir ini sudah dipakai untuk setoran %(number)s sebesar %(amount)s. "
        "Muat ulang halaman kalau memang ada setoran lain."
    )


class CashPaused(Refused):
    message = (
        "%(stalls)s sementara tidak bisa dibayar tunai di lapak, karena uang pasar di sana belum "
        "disetor. Pilih transfer, atau pilih diantar kurir."
    )


@dataclass(frozen=True)
class LineCount:
    """What the courier found of one order, and why it differs."""

    amount: Rupiah
    note: str = ""


@dataclass(frozen=True)
class Count:
    """What a courier counted; `seen` is what should have been there when the page was opened."""

    total: Rupiah
    seen: Rupiah
    note: str = ""
    lines: Mapping[str, LineCount] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class StallCash:
    """Operator's money in a stall's hands, what we owe that stall, and how much it may keep."""

    stall_id: int
    name: str
    cash: Rupiah
    payable: Rupiah
    ceiling: Rupiah

    @property
    def debt(self) -> Rupiah:
        """What the stall may pay at the counter."""
        return max(self.cash, ZERO)

    @property
    def credit(self) -> Rupiah:
        """What we owe the stall; taken into account at its next payout."""
        return max(-self.payable, ZERO)

    @property
    def counted(self) -> Rupiah:
        """What counts against the ceiling: cash that our own debt to the stall does not cover."""
        return max(self.debt - self.credit, ZERO)

    @property
    def is_paused(self) -> bool:
        """Answer whether no more cash may come into the stall's hands."""
        return self.counted > self.ceiling


def check_count(count: Count, expected: Mapping[str, Rupiah], whole: Rupiah) -> None:
    """Raise unless every difference has a reason; `whole` is what should be in the bag.

    :raises TooMuchInBag: far more than should be there
    :raises ReasonOfDifference: the sum or an order differs, and nobody says why
    """
    if count.total - max(whole, ZERO) > MOST_OVERAGE:
        raise TooMuchInBag(counted=count.total, expected=whole, most=MOST_OVERAGE)
    apart = {
        number: line.amount - expected[number]
        for number, line in count.lines.items()
        if number in expected and line.amount != expected[number]
    }
    unexplained = count.total - whole - total(apart.values())
    silent = unexplained or any(not count.lines[number].note.strip() for number in apart)
    if silent and not count.note.strip():
        raise ReasonOfDifference(difference=count.total - whole)


def check_deposit(*, amount: Rupiah, debt: Rupiah, seen: Rupiah) -> None:
    """Raise unless a stall may pay this much of its debt now (I9).

    :raises AmountMissing: nothing, or less
    :raises MoreThanDebt: nobody pays back more than is owed
    :raises DebtChanged: somebody else has just taken a deposit, or the stall more cash
    """
    if amount <= ZERO:
        raise AmountMissing
    if amount > debt:
        raise MoreThanDebt(amount=amount, debt=debt)
    if debt != seen:
        raise DebtChanged(debt=debt)


def check_to_bank(*, amount: Rupiah, till: Rupiah) -> None:
    """Raise unless this much can be taken out of the till.

    :raises AmountMissing: nothing, or less
    :raises MoreThanTill: there is not so much in it
    """
    if amount <= ZERO:
        raise AmountMissing
    if amount > till:
        raise MoreThanTill(amount=amount, till=till)


def check_ceilings(stalls: Sequence[StallCash]) -> None:
    """Raise when a stall holds more of the operator's money than it may.

    :raises CashPaused: with the names of those stalls
    """
    if paused := [stall.name for stall in stalls if stall.is_paused]:
        raise CashPaused(stalls=", ".join(paused))
