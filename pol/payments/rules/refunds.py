"""Money on its way back to a customer: what may be done with it now."""

from pol.kernel.errors import Refused
from pol.payments.rules import RefundAlreadyDone, RefundStatus
from pol.payments.rules.provider import RefundWithProvider


class RefundCarried(Refused):
    message = (
        "Uang ini sedang dibawa kurir. Tunggu sampai diserahkan, atau ambil kembali dari kurirnya."
    )


class RefundNotCarried(Refused):
    message = (
        "Uang ini tidak lagi tercatat di tas kurir, jadi tidak ada yang berubah. "
        "Muat ulang halaman untuk melihat keadaannya."
    )


class RefundMoved(Refused):
    message = (
        "Uang ini sudah pernah diserahkan ke kurir sejak halaman dibuka, jadi tidak dicatat lagi. "
        "Muat ulang halaman, lalu periksa."
    )


class HandedToSelf(Refused):
    message = "Uang kas tidak boleh diserahkan ke diri sendiri. Pilih kurir lain."


class ReceiverMissing(Refused):
    message = "Tulis nama orang yang menerima uangnya."


class PayeeMissing(Refused):
    message = "Tulis bank, nomor rekening, dan nama pemiliknya dulu."


class WayClosed(Refused):
    message = "Uang ini tidak bisa kembali lewat jalan itu. Pilih jalan yang lain."


def check_movable(*, status: RefundStatus, is_carried: bool, is_asked: bool) -> None:
    """Raise unless the officer may still decide how a refund goes back.

    :raises RefundAlreadyDone: the customer has it
    :raises RefundCarried: a courier has it in the bag
    :raises RefundWithProvider: the provider was asked, and nobody knows what became of it
    """
    if status is RefundStatus.DONE:
        raise RefundAlreadyDone
    if is_carried:
        raise RefundCarried
    if is_asked:
        raise RefundWithProvider


def check_in_bag(*, status: RefundStatus, is_carried: bool, is_same_round: bool) -> None:
    """Raise unless a courier still carries what the page showed.

    :raises RefundAlreadyDone: it was handed over before
    :raises RefundNotCarried: it is not in the bag any more, or in it for another round
    """
    if status is RefundStatus.DONE:
        raise RefundAlreadyDone
    if not is_carried or not is_same_round:
        raise RefundNotCarried
