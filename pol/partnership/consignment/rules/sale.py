"""What a sale comes to: whose goods, at what price, and how the money is shared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import CoopForm

WHOLE_BP = 10_000
MOST_PER_ROW = 100_000


class NothingSold(Refused):
    message = "Jumlah terjual harus 1 atau lebih."


class TooManySold(Refused):
    message = "Jumlah %(quantity)s terlalu banyak untuk satu baris. Periksa lagi angkanya."


class SoldTomorrow(Refused):
    message = "Tanggal %(day)s belum terjadi."


class PeriodClosed(Refused):
    message = (
        "Tanggal %(day)s sudah masuk periode yang ditutup. Catat sebagai koreksi di hari "
        "yang masih terbuka, paling cepat %(open)s."
    )


class NoAgreementThen(Refused):
    message = "%(name)s belum punya perjanjian yang berlaku di toko ini pada %(day)s."


class OtherPrice(Refused):
    message = (
        "Harga di kasir %(given)s, di perjanjian %(agreed)s. Samakan dulu, atau kosongkan "
        "kolom harganya."
    )


class NotEnoughOnShelf(Refused):
    message = "%(name)s di rak tinggal %(there)s, jadi %(asked)s tidak bisa dicatat terjual."


class OnlyExpired(Refused):
    message = (
        "%(name)s yang ada di rak sudah lewat kedaluwarsa. Barang itu diretur atau dimusnahkan, "
        "bukan dijual."
    )


class Recalled(Refused):
    message = (
        "%(name)s: produsen menarik kode %(code)s pada %(day)s, jadi tidak boleh dijual; selain "
        "itu di rak tinggal %(there)s. Turunkan dari rak, lalu buka surat retur %(note)s."
    )


class NotPermitted(Refused):
    message = (
        "%(name)s: izin %(permits)s sudah habis atau tidak ada lagi, jadi tidak boleh dijual; "
        "selain itu di rak tinggal %(there)s. Turunkan dari rak, lalu minta produsen memperpanjang "
        "izinnya atau mengambil barangnya."
    )


class TakenBack(Refused):
    message = "Penjualan ini sudah dibatalkan."


@dataclass(frozen=True)
class Terms:
    """An agreement's days (`until_on` exclusive), price and margin for one product in one store."""

    agreement_id: int
    placement_id: int
    sheet_id: int
    stall_id: int
    form: CoopForm
    from_on: date
    until_on: date
    price: Rupiah
    margin_bp: int

    def hold_on(self, day: date) -> bool:
        """Answer whether the agreement was in force on a day."""
        return self.from_on <= day < self.until_on


def terms_on(known: Iterable[Terms], *, day: date, own: int) -> Terms | None:
    """Return the terms of a day: those the goods came under if they held, else the newest.

    A margin that was agreed later, or the agreement that the goods came under but that has ended
    since, never reaches a day on which something else held. Goods that were bought outright stay
    bought, also after their agreement, and goods that were not are never taken for bought ones.
    """
    known = list(known)
    mine = next((terms for terms in known if terms.agreement_id == own), None)
    if mine is not None and mine.form is CoopForm.OUTRIGHT:
        return mine
    holding = [
        terms for terms in known if terms.hold_on(day) and terms.form is not CoopForm.OUTRIGHT
    ]
    if mine in holding:
        return mine
    return holding[0] if holding else None


@dataclass(frozen=True)
class Share:
    """How the money of a sale is shared: `payable` = `gross` - `margin`."""

    margin_bp: int
    gross: Rupiah
    margin: Rupiah

    @property
    def payable(self) -> Rupiah:
        """What becomes due to the producer."""
        return self.gross - self.margin


def share(terms: Terms, *, price: Rupiah, quantity: int) -> Share:
    """Return how the money of some pieces is shared.

    Goods of beli putus are the store's own since they were received, and were paid for then: all
    of the sale is the store's, and nothing becomes payable by it.
    """
    gross = price.times(quantity)
    margin_bp = WHOLE_BP if terms.form is CoopForm.OUTRIGHT else terms.margin_bp
    return Share(margin_bp, gross, gross.share(margin_bp))


def check_day(day: date, *, today: date, closed_until: date | None) -> None:
    """Check that a day may still be written to.

    :raises SoldTomorrow: it has not come
    :raises PeriodClosed: it has been settled
    """
    if day > today:
        raise SoldTomorrow(day=_written(day))
    if closed_until is not None and day < closed_until:
        raise PeriodClosed(day=_written(day), open=_written(closed_until))


def check_quantity(quantity: int) -> None:
    """Check what a row says was sold.

    :raises NothingSold: it is zero or less
    :raises TooManySold: no row of a till is so large
    """
    if quantity <= 0:
        raise NothingSold
    if quantity > MOST_PER_ROW:
        raise TooManySold(quantity=quantity)


def agreed_price(terms: Terms, given: Rupiah | None) -> Rupiah:
    """Return the price that counts: the agreement's, which a till does not change alone.

    :raises OtherPrice: the till took another
    """
    if given is not None and given != terms.price:
        raise OtherPrice(given=given, agreed=terms.price)
    return terms.price


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
