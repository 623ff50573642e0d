"""What must be true before a cart becomes orders."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pol.delivery.rules import Mode
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.payments.rules import Method


class CartEmpty(Refused):
    message = "Keranjang masih kosong. Pilih barang dulu, lalu pesan."


class CartChanged(Refused):
    message = (
        "Ada barang yang berubah sejak Anda memasukkannya ke keranjang. "
        "Periksa tandanya di keranjang, lalu pesan lagi."
    )


class TotalChanged(Refused):
    message = (
        "Jumlah yang harus dibayar berubah sejak halaman ini dibuka. "
        "Periksa jumlah yang baru, lalu tekan Pesan sekali lagi."
    )


class SoldOut(Refused):
    message = (
        "Stok %(names)s tidak cukup lagi karena baru dibeli orang lain. "
        "Kurangi jumlahnya atau hapus dari keranjang, lalu pesan lagi."
    )

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names=", ".join(names))


class GroupUnknown(Refused):
    message = (
        "Tidak ada belanjaan dengan nomor dan HP itu. Periksa nomornya, misalnya B261122-K7Q4XM, "
        "dan pakai nomor HP yang ditulis saat memesan."
    )


class HandOverMissing(Refused):
    message = "Pilih dulu cara barang dari setiap pasar sampai ke Anda."


class HandOverNotOffered(Refused):
    message = "Jam antar itu sudah ditutup. Pilih jam antar yang lain."


class AddressMissing(Refused):
    message = "Isi desa dan alamat lengkap, supaya kurir bisa menemukan rumah Anda."


class OrderedAlready(Refused):
    """The form made an order before, with other answers; `number` is its group."""

    message = (
        "Formulir ini sudah menjadi belanjaan %(number)s, jadi isian yang baru diubah tidak "
        "dipakai. Buka belanjaan itu untuk mengubah atau membatalkannya, atau isi keranjang "
        "lagi untuk pesanan baru."
    )

    def __init__(self, number: str) -> None:
        super().__init__(number=number)
        self.number = number


TOLERANCES_BP = (0, 500, 1_000, 2_000)
"""How much heavier than ordered a customer may accept weighed goods unasked."""

DEFAULT_TOLERANCE_BP = 1_000


@dataclass(frozen=True)
class HandOver:
    """How one market's part of a group reaches the customer."""

    mode: Mode
    on_day: date
    slot_id: int | None = None


@dataclass(frozen=True)
class Checkout:
    """One press on the button "Pesan"; the key makes a second press harmless."""

    key: str
    user_id: int | None
    name: str
    phone: str
    village_code: str | None
    address: str
    method: Method
    seen_total: Rupiah | None
    hand_overs: Mapping[int, HandOver] = field(default_factory=dict)
    use_credit: bool = False
    tolerance_bp: int = DEFAULT_TOLERANCE_BP

    @property
    def digest(self) -> str:
        """Return what tells this form from one with other answers; what it costs is no answer."""
        ways = sorted((market, repr(way)) for market, way in self.hand_overs.items())
        who = (self.name, self.phone, self.village_code, self.address.strip())
        how = (self.method, self.use_credit, self.tolerance_bp)
        return hashlib.sha256(repr((*who, *how, ways)).encode()).hexdigest()[:32]


def check_hand_overs(wanted: Checkout, market_ids: Sequence[int]) -> None:
    """Raise unless every market has its way, and deliveries have an address.

    :raises HandOverMissing: a market has none
    :raises AddressMissing: something is delivered, but where to is not said
    """
    if any(market_id not in wanted.hand_overs for market_id in market_ids):
        raise HandOverMissing
    delivered = any(wanted.hand_overs[m].mode is Mode.DELIVERY for m in market_ids)
    if delivered and not (wanted.village_code and wanted.address.strip()):
        raise AddressMissing
