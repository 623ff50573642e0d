"""What may be given back once goods were handed over, and out of whose part it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah
from pol.orders.rules.life import WON, OrderStatus
from pol.orders.rules.sums import AfterHandOver, refund_after
from pol.payments.rules.commission import commission_of

ON_ITS_WAY = frozenset({OrderStatus.PLACED, OrderStatus.ACCEPTED, OrderStatus.READY})
"""An officer may still call these off."""


class NotHandedOver(Refused):
    message = (
        "Pesanan ini belum diserahkan, jadi belum ada yang dikembalikan. "
        "Batalkan pesanannya, maka uangnya kembali sendiri."
    )


class RefundTooMuch(Refused):
    message = "Uang yang dikembalikan harus lebih dari Rp0 dan paling banyak harga barangnya."


class Goods(StrEnum):
    """Where the goods are whose money goes back."""

    KEPT = "kept"
    SOUND = "sound"
    SPOILT = "spoilt"


class GoodsBackAlready(Refused):
    message = (
        "Barang ini sudah dicatat kembali ke lapak, jadi tidak dicatat dua kali. "
        "Pilih barangnya tetap di pembeli, lalu simpan lagi."
    )


class RefundReasonMissing(Refused):
    message = "Tulis alasan pengembaliannya dulu, supaya lapak dan pembeli mengerti."


class NoAccountForCredit(Refused):
    message = "Pembeli ini memesan tanpa akun, jadi tidak punya saldo belanja. Pilih cara lain."


class RefundedMeanwhile(Refused):
    message = (
        "Uang belanjaan ini sudah berubah sejak halaman dibuka, mungkin tombolnya tertekan dua "
        "kali. Tidak ada yang dikembalikan lagi; periksa hitungannya."
    )


class OtherMarketsToo(Refused):
    message = (
        "Belanjaan ini juga berisi pesanan dari pasar lain. Seluruhnya hanya bisa dibatalkan "
        "petugas pasar yang menerima pembayarannya; dari sini pesanan pasar Anda satu per satu."
    )


def check_refund(*, status: OrderStatus, amount: Rupiah, left: Rupiah, reason: str) -> None:
    """Raise unless so much of what is left of an order or line may go back.

    :raises NotHandedOver: the goods are still on their way
    :raises RefundTooMuch: nothing, or more than is left
    :raises RefundReasonMissing: it does not say why
    """
    if status not in WON:
        raise NotHandedOver
    if not ZERO < amount <= left:
        raise RefundTooMuch
    if not reason.strip():
        raise RefundReasonMissing


def check_seen(*, seen: Rupiah, refunded: Rupiah) -> None:
    """Raise when money went back since the page was shown, so a second press does nothing.

    :raises RefundedMeanwhile: it did
    """
    if seen != refunded:
        raise RefundedMeanwhile


@dataclass(frozen=True)
class Sale:
    """What is left of a sold order, and the commission it was sold under (I7)."""

    subtotal: Rupiah
    commission: Rupiah
    commission_bp: int
    commission_floor: Rupiah
    commission_ceiling: Rupiah | None


def plan(sale: Sale, amount: Rupiah) -> AfterHandOver:
    """Split a refund over those who pay it: for the page that asks and the act that follows."""
    left = commission_of(
        sale.subtotal - amount, sale.commission_bp, sale.commission_floor, sale.commission_ceiling
    )
    return refund_after(amount, commission=sale.commission, commission_left=left)


def spread(amount: Rupiah, left: Sequence[Rupiah]) -> list[Rupiah]:
    """Divide a refund over lines by what is left of each, exactly (I2)."""
    return amount.split([value.amount for value in left])
