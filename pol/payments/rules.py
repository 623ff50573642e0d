"""Ways to pay and the life of a payment."""

from enum import StrEnum

from pol.kernel.errors import Refused


class Method(StrEnum):
    CASH = "cash"
    TRANSFER = "transfer"


class PaymentStatus(StrEnum):
    WAITING = "waiting"
    PROOF_SENT = "proof_sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


OPEN = frozenset({PaymentStatus.WAITING, PaymentStatus.PROOF_SENT})


class RefundStatus(StrEnum):
    DUE = "due"
    DONE = "done"


class PaymentNotOpen(Refused):
    message = "Pembayaran ini sudah diputuskan, jadi tidak bisa diubah lagi. Muat ulang halaman."


class NoTransferNeeded(Refused):
    message = "Belanjaan ini dibayar tunai, jadi tidak perlu bukti transfer."


class RefundAlreadyDone(Refused):
    message = "Pengembalian uang ini sudah dicatat selesai."


class NoAmountFree(Refused):
    message = (
        "Kode unik untuk transfer sedang habis dipakai. Pilih bayar tunai, atau coba lagi nanti."
    )


class ReasonNeeded(Refused):
    message = "Tulis alasannya dulu, supaya pembeli mengerti."
