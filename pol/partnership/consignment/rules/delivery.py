"""What may be brought to a store, what may be taken in there, and what it then is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.kernel.money import round_half_up
from pol.partnership.consignment.rules import DeliveryStatus
from pol.partnership.consignment.rules.permits import LastDays, lapsed_permits, named

LONGEST_LIFE = timedelta(days=3_650)
MOST_PIECES = 100_000


class NoPlaceHere(Refused):
    message = "%(name)s belum punya tempat dengan perjanjian yang berlaku di toko ini."


class NothingToDeliver(Refused):
    message = "Isi jumlah sedikitnya satu produk."


class ExpiryNeeded(Refused):
    message = "Isi tanggal kedaluwarsa %(name)s; produk ini ada masa simpannya."


class AlreadyExpired(Refused):
    message = "%(name)s sudah lewat kedaluwarsanya (%(day)s). Barang kedaluwarsa tidak diterima."


class TooLittleLife(Refused):
    message = (
        "%(name)s kedaluwarsa %(day)s, padahal perjanjiannya minta paling cepat %(least)s. "
        "Bawa barang yang lebih baru."
    )


class TooMuchLife(Refused):
    message = "Tanggal kedaluwarsa %(name)s terlalu jauh. Periksa tahunnya."


class PermitLapsed(Refused):
    message = (
        "Izin %(permits)s untuk %(name)s sudah habis atau tidak ada lagi. Perpanjang dan catat di "
        "lembar produk, baru kirim lagi."
    )


class RecalledOnTheWay(Refused):
    message = (
        "%(name)s kode %(code)s ditarik produsennya di jalan: jangan dipajang. Tulis 0 untuk "
        "menolaknya, atau centang terima hanya untuk dikembalikan atau dimusnahkan."
    )


class SenderReceives(Refused):
    message = "Yang mengirim tidak boleh menerima. Minta orang toko yang lain menerima barang ini."


class NotOnTheWay(Refused):
    message = "Surat jalan ini sudah tidak menunggu: %(status)s."


class PartsDoNotFit(Refused):
    message = "%(name)s: diterima %(accepted)s harus antara 0 dan yang dikirim, %(sent)s."


class ReasonNeeded(Refused):
    message = "Tulis kenapa %(rejected)s %(name)s ditolak."


STATUS_WORDS: Mapping[DeliveryStatus, str] = {
    DeliveryStatus.PREPARED: "disiapkan",
    DeliveryStatus.SENT: "dalam perjalanan",
    DeliveryStatus.RECEIVED: "diterima semua",
    DeliveryStatus.IN_PART: "diterima sebagian",
    DeliveryStatus.REFUSED: "ditolak",
    DeliveryStatus.DROPPED: "dibatalkan",
}
MAY_BECOME: Mapping[DeliveryStatus, frozenset[DeliveryStatus]] = {
    DeliveryStatus.PREPARED: frozenset({DeliveryStatus.SENT, DeliveryStatus.DROPPED}),
    DeliveryStatus.SENT: frozenset(
        {DeliveryStatus.RECEIVED, DeliveryStatus.IN_PART, DeliveryStatus.REFUSED}
    ),
}


def check_step(now: DeliveryStatus, to: DeliveryStatus) -> None:
    """:raises NotOnTheWay: a note in this state cannot become that"""
    if to not in MAY_BECOME.get(now, frozenset()):
        raise NotOnTheWay(status=STATUS_WORDS[now])


@dataclass(frozen=True)
class Goods:
    """What a store must know of a product to take it in: its life as it was agreed, its permits."""

    name: str
    shelf_life_days: int | None
    min_life_bp: int
    permits: LastDays


def least_expiry(goods: Goods, *, day: date) -> date | None:
    """Return the earliest expiry that may be taken in on a day; None when goods never expire.

    The agreement asks for a part of the product's whole life, in 1/10,000ths; at least tomorrow.
    """
    if goods.shelf_life_days is None:
        return None
    days = round_half_up(goods.shelf_life_days * goods.min_life_bp, 10_000)
    return day + timedelta(days=max(days, 1))


def check_sound(goods: Goods, *, expires_on: date | None, day: date) -> None:
    """Check that goods may be newly placed on a day (I15).

    :raises PermitLapsed: a permit is past its last day, or one that is asked for is not there
    :raises ExpiryNeeded: the product has a shelf life, and the batch no date
    :raises AlreadyExpired: the date has passed
    :raises TooLittleLife: less is left than the agreement asks for
    :raises TooMuchLife: nobody makes goods that last so long
    """
    if lapsed := lapsed_permits(goods.permits, day=day):
        raise PermitLapsed(name=goods.name, permits=named(lapsed))
    if expires_on is None:
        if goods.shelf_life_days is not None:
            raise ExpiryNeeded(name=goods.name)
        return
    if expires_on <= day:
        raise AlreadyExpired(name=goods.name, day=_written(expires_on))
    least = least_expiry(goods, day=day)
    if least is not None and expires_on < least:
        raise TooLittleLife(name=goods.name, day=_written(expires_on), least=_written(least))
    if expires_on > day + LONGEST_LIFE:
        raise TooMuchLife(name=goods.name)


def recalled_on_the_way(why: str, day: date) -> str:
    """Return what stands on a line of goods that their producer took back before they arrived."""
    return f"Ditarik produsen {_written(day)}: {why.rstrip('. ')}"


def check_not_shelved(name: str, *, code: str, to_return: bool) -> None:
    """:raises RecalledOnTheWay: goods that were recalled on their way are taken in to be sold"""
    if not to_return:
        raise RecalledOnTheWay(name=name, code=code)


def check_parts(name: str, *, sent: int, accepted: int, reason: str) -> None:
    """Check one line of a receipt; what is not accepted is rejected.

    :raises PartsDoNotFit: more than was sent, or less than nothing
    :raises ReasonNeeded: something is rejected without a word
    """
    if not 0 <= accepted <= sent:
        raise PartsDoNotFit(name=name, accepted=accepted, sent=sent)
    if accepted < sent and not reason.strip():
        raise ReasonNeeded(name=name, rejected=sent - accepted)


def outcome(parts: Iterable[tuple[int, int]]) -> DeliveryStatus:
    """Return what a note becomes when (sent, accepted) of its lines are known."""
    pairs = list(parts)
    if all(accepted == sent for sent, accepted in pairs):
        return DeliveryStatus.RECEIVED
    taken = any(accepted for _, accepted in pairs)
    return DeliveryStatus.IN_PART if taken else DeliveryStatus.REFUSED


def batch_code(day: date, taken: Iterable[str] = ()) -> str:
    """Return a code for goods that are made ready on a day: 261122, then 261122-2 and so on."""
    known, plain = set(taken), f"{day:%y%m%d}"
    if plain not in known:
        return plain
    return next(code for n in range(2, len(known) + 3) if (code := f"{plain}-{n}") not in known)


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
