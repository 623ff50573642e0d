"""Charges at a payment provider: their life, and what a provider may say about them."""

from dataclasses import dataclass
from datetime import datetime

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.payments.rules import AttemptKind, AttemptStatus

S = AttemptStatus
LIVE = frozenset({S.CREATED, S.PENDING})
"""Nobody knows yet how it ends."""

WITH_MONEY = frozenset({S.PAID, S.REFUNDED})
"""The money came, whatever happened to it later."""


class OnlineNotOffered(Refused):
    message = "Bayar online sedang tidak tersedia. Pilih cara bayar lain."


class ProviderSilent(Refused):
    message = "Penyedia pembayaran belum menjawab. Belum ada yang ditagih; coba lagi sebentar lagi."


class ProviderRefused(Refused):
    message = "Penyedia pembayaran menolak: %(reason)s"


class AttemptUnderWay(Refused):
    message = "Pembayaran ini sedang disiapkan. Tunggu sebentar, lalu muat ulang halaman."


class RefundWithProvider(Refused):
    message = (
        "Uang ini sedang dikembalikan lewat penyedia pembayaran. "
        "Kalau ditolak, muncul lagi di daftar ini untuk ditransfer."
    )


class MessageUnreadable(Refused):
    message = "Pesan penyedia pembayaran tidak terbaca."


@dataclass(frozen=True)
class Charge:
    """What we ask a provider to take from a customer."""

    reference: str
    kind: AttemptKind
    amount: Rupiah
    minutes: int


@dataclass(frozen=True)
class Charged:
    """A provider's promise: the QRIS or the number to pay to, and until when."""

    their_id: str
    code: str | None
    expires_at: datetime | None


@dataclass(frozen=True)
class Seen:
    """What a provider says of a charge when asked, or by itself."""

    reference: str
    status: AttemptStatus | None
    amount: Rupiah
    charged: Charged
    refund_keys: frozenset[str] = frozenset()


def again_key(attempt_id: int) -> str:
    """Return the key of what is owed when a group was paid for the second time."""
    return f"attempt:{attempt_id}:again"


def follow(current: AttemptStatus, said: AttemptStatus | None) -> AttemptStatus | None:
    """Return the status that follows from what the provider said, None when nothing changes.

    Messages come twice, late and in any order. Money that came stays, an end stays an end
    unless money comes after it; so every order of the same messages ends the same.
    """
    if said is None or said is current or current is S.REFUNDED:
        return None
    if current is S.PAID:
        return said if said is S.REFUNDED else None
    if said in WITH_MONEY or current in LIVE:
        return None if said is S.CREATED else said
    return None
