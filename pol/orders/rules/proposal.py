"""Asking the customer about a line: heavier than agreed, or something else instead."""

from datetime import datetime, timedelta
from enum import StrEnum

from pol.cart.rules import IfGone
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.orders.rules.life import OrderStatus

ANSWER_WITHIN = timedelta(minutes=30)


class ProposalKind(StrEnum):
    WEIGHT = "weight"
    REPLACE = "replace"


class ProposalStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class ProposalOver(Refused):
    message = "Pertanyaan ini sudah dijawab atau waktunya lewat. Muat ulang halaman."


class StillAsking(Refused):
    message = (
        "Pembeli belum menjawab pertanyaan Anda tentang pesanan ini. "
        "Tunggu jawabannya, atau tarik pertanyaannya dulu."
    )


class AskedAlready(Refused):
    message = "Baris ini sedang ditanyakan ke pembeli. Tunggu jawabannya, atau tarik dulu."


class SameProduct(Refused):
    message = "Pilih produk lain sebagai pengganti, bukan produk yang sama."


class ReplaceTooLate(Refused):
    message = "Barang hanya bisa diganti selama pesanan disiapkan."


def needs_consent(*, now_costs: Rupiah, will_cost: Rupiah, if_gone: IfGone) -> bool:
    """Answer whether the customer must be asked: always when dearer, or unless they said so."""
    return will_cost > now_costs or if_gone is not IfGone.REPLACE


def check_replacing(*, status: OrderStatus, is_active: bool, is_same: bool) -> None:
    """Raise unless a line may be replaced now.

    :raises ReplaceTooLate: the order is not being prepared, or the line is out already
    :raises SameProduct: it is the product itself
    """
    if status is not OrderStatus.ACCEPTED or not is_active:
        raise ReplaceTooLate
    if is_same:
        raise SameProduct


def check_answer(*, status: ProposalStatus, due_at: datetime, now: datetime) -> None:
    """Raise unless the customer may still answer.

    :raises ProposalOver: it was answered, taken back, or its time is over
    """
    if status is not ProposalStatus.OPEN or now > due_at:
        raise ProposalOver
