"""What may be given back once goods were handed over."""

from collections.abc import Sequence

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah
from pol.orders.rules.life import WON, OrderStatus


class NotHandedOver(Refused):
    message = (
        "Pesanan ini belum diserahkan, jadi belum ada yang dikembalikan. "
        "Batalkan pesanannya, maka uangnya kembali sendiri."
    )


class RefundTooMuch(Refused):
    message = "Uang yang dikembalikan harus lebih dari Rp0 dan paling banyak harga barangnya."


class RefundReasonMissing(Refused):
    message = "Tulis alasan pengembaliannya dulu, supaya lapak dan pembeli mengerti."


class NoAccountForCredit(Refused):
    message = "Pembeli ini memesan tanpa akun, jadi tidak punya saldo belanja. Pilih cara lain."


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


def spread(amount: Rupiah, left: Sequence[Rupiah]) -> list[Rupiah]:
    """Divide a refund over lines by what is left of each, exactly (I2)."""
    return amount.split([value.amount for value in left])
