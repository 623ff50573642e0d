"""Ways to pay and the life of a payment."""

from enum import StrEnum

from pol.kernel.errors import Refused


class Method(StrEnum):
    """How the customer pays a group; store credit may pay a part of it with any of them."""

    CASH = "cash"
    TRANSFER = "transfer"
    QRIS = "qris"  # to the market's or the stall's own code, with a proof picture
    ONLINE = "online"  # through a payment provider

    @property
    def comes_first(self) -> bool:
        """Answer whether stalls start only when the money is there."""
        return self is not Method.CASH


class PaymentStatus(StrEnum):
    WAITING = "waiting"
    PROOF_SENT = "proof_sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


BY_PROOF = frozenset({Method.TRANSFER, Method.QRIS})
"""Paid to an account of ours or the stall's: a person looks whether the money came."""

OPEN = frozenset({PaymentStatus.WAITING, PaymentStatus.PROOF_SENT})


class RefundStatus(StrEnum):
    DUE = "due"
    DONE = "done"


class Channel(StrEnum):
    """How money goes back to a customer."""

    TRANSFER = "transfer"
    CREDIT = "credit"
    CASH = "cash"
    PROVIDER = "provider"


class AttemptKind(StrEnum):
    QRIS = "qris"
    VA_BCA = "va_bca"
    VA_BNI = "va_bni"
    VA_BRI = "va_bri"


class AttemptStatus(StrEnum):
    CREATED = "created"  # written down before the provider was asked
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Verdict(StrEnum):
    """What became of a provider's message."""

    APPLIED = "applied"
    REPEATED = "repeated"
    STALE = "stale"
    FORGED = "forged"
    UNKNOWN = "unknown"
    WRONG_AMOUNT = "wrong_amount"


class BatchStatus(StrEnum):
    MADE = "made"
    APPROVED = "approved"
    DROPPED = "dropped"


class PayoutStatus(StrEnum):
    PLANNED = "planned"
    PAID = "paid"
    FAILED = "failed"
    DROPPED = "dropped"


class PaymentNotOpen(Refused):
    message = "Pembayaran ini sudah diputuskan, jadi tidak bisa diubah lagi. Muat ulang halaman."


class NoTransferNeeded(Refused):
    message = "Belanjaan ini dibayar tunai, jadi tidak perlu bukti transfer."


class RefundAlreadyDone(Refused):
    message = "Pengembalian uang ini sudah dicatat selesai."


class TillTooLow(Refused):
    message = (
        "Uang di kas pasar sekarang %(till)s, kurang untuk mengembalikan %(amount)s tunai. "
        "Tunggu setoran masuk ke kas, lalu catat lagi."
    )


class CreditTooLow(Refused):
    message = (
        "Saldo belanja Anda tidak cukup lagi, mungkin baru dipakai di belanjaan lain. "
        "Muat ulang halaman untuk melihat sisanya."
    )


class NoAmountFree(Refused):
    message = (
        "Kode unik untuk transfer sedang habis dipakai. Pilih bayar tunai, atau coba lagi nanti."
    )


class ReasonNeeded(Refused):
    message = "Tulis alasannya dulu, supaya pembeli mengerti."
