"""Placing goods on shelves: what the database may answer, in words, and how a place lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import PlacementStatus

OVERLAPS, MISFITS, OVERLOADS, AWAY = "overlaps", "does not fit", "too heavy", "away"
NOT_GIVEN_BACK = "not given back"
GUARDS = {
    "placement_no_overlap": OVERLAPS,
    "placement overlaps": OVERLAPS,
    "placement does not fit": MISFITS,
    "placement is too heavy": OVERLOADS,
    "shelf is not there": AWAY,
    "placement is not given back": NOT_GIVEN_BACK,
}
"""What the guards of both engines say, and what it means."""


class PlaceHeld(Refused):
    message = (
        "Di %(shelf)s, %(from_cm)s sampai %(to_cm)s cm dari kiri sudah ditempati %(number)s "
        "sampai %(until)s. Pilih bagian lain, atau tanggal sesudahnya."
    )


class PlaceNotGivenBack(Refused):
    message = (
        "Di %(shelf)s, %(from_cm)s sampai %(to_cm)s cm dari kiri masih dipakai %(number)s: hari "
        "terakhirnya %(day)s sudah lewat, tetapi tempatnya belum dilepas. Hitung sisa barangnya, "
        "lunasi tagihannya, lalu lepas tempatnya; atau pilih bagian lain."
    )


class PlaceBooked(Refused):
    message = (
        "Hari terakhir tempat ini sudah lewat, dan di sampingnya, %(from_cm)s sampai %(to_cm)s cm "
        "dari kiri di %(shelf)s, sudah dipesan %(number)s mulai %(day)s. Tempat ini tidak bisa "
        "dilebarkan ke situ; hitung sisa barangnya, lalu lepas tempatnya."
    )


class PlaceNotEmptyYet(Refused):
    message = (
        "Tempat ini belum bisa diisi: %(number)s, dengan hari terakhir %(day)s, belum dilepas dari "
        "situ. Toko menghitung sisa barangnya dan melunasi tagihannya dulu, lalu melepas tempatnya."
    )


class PlacePromised(Refused):
    message = (
        "Tempat ini sudah dijanjikan lewat %(number)s untuk %(from_on)s sampai %(until)s, jadi "
        "hanya bisa diperpanjang sampai %(day)s. Pilih hari terakhir paling lambat hari itu."
    )


class NothingLeft(Refused):
    message = (
        "Tempat ini sudah dijanjikan lewat %(number)s untuk %(from_on)s sampai %(until)s, jadi "
        "tidak bisa diperpanjang: hari terakhirnya tetap %(day)s."
    )


class PlaceTooSmall(Refused):
    message = (
        "Barang ini (%(size)s mm) tidak muat di %(shelf)s (%(room)s mm: lebar, tinggi, dalam). "
        "Kurangi muka barang atau pilih ambalan yang lebih besar."
    )


class PlacePastEnd(Refused):
    message = (
        "Di %(shelf)s, dari %(from_mm)s mm dari kiri tinggal %(left_mm)s mm sampai ujungnya, "
        "sedangkan barang ini butuh %(width_mm)s mm. Kurangi muka barang, atau pilih tempat yang "
        "lebih ke kiri atau ambalan lain."
    )


class ShelfOverloaded(Refused):
    message = (
        "Barang ini (%(weight)s kg) membuat %(shelf)s kelebihan beban; kuatnya %(load)s kg. "
        "Kurangi muka barang atau pilih ambalan yang lebih kuat."
    )


class ShelfAway(Refused):
    message = (
        "%(shelf)s tidak dipakai pada sebagian tanggalnya: dibongkar, ditutup, atau sedang diubah. "
        "Pilih ambalan lain, atau tanggal lain."
    )


class PlaceGone(Refused):
    message = "Penempatan ini sudah berakhir, jadi tidak bisa diubah lagi."


class PlaceWithoutAgreement(Refused):
    message = "Penempatan ini belum punya perjanjian. Tanda tangani perjanjiannya dulu."


class EndReasonNeeded(Refused):
    message = "Tulis alasannya dulu, supaya kedua pihak tahu mengapa tempat ini berakhir."


def read_guard(error: str) -> str | None:
    """Return what a guard of the database meant, or None when it was something else."""
    return next((meaning for words, meaning in GUARDS.items() if words in error), None)


def check_may_live(*, status: PlacementStatus, has_agreement: bool) -> None:
    """Check that goods may come to a place.

    :raises PlaceGone: it has ended
    :raises PlaceWithoutAgreement: nobody has agreed on anything
    """
    check_holds(status)
    if not has_agreement:
        raise PlaceWithoutAgreement


def check_holds(status: PlacementStatus) -> None:
    """Check that a place still holds its millimetres.

    :raises PlaceGone: it has ended
    """
    if status is PlacementStatus.ENDED:
        raise PlaceGone


@dataclass(frozen=True)
class Promise:
    """Days that somebody was promised, and by which call or place; `until_on` is exclusive."""

    number: str
    from_on: date
    until_on: date


def check_free_until(promises: Sequence[Promise], *, first: date) -> None:
    """Check that nothing was promised of a place that is to go on from its `first` day.

    :raises PlacePromised: it may go on, but not for so long
    :raises NothingLeft: it may not go on at all
    """
    if not promises:
        return
    one = min(promises, key=lambda promise: promise.from_on)
    last_day = max(one.from_on, first) - timedelta(days=1)
    refusal = PlacePromised if one.from_on > first else NothingLeft
    raise refusal(
        number=one.number,
        from_on=f"{one.from_on:%d-%m-%Y}",
        until=f"{one.until_on - timedelta(days=1):%d-%m-%Y}",
        day=f"{last_day:%d-%m-%Y}",
    )


def centimetres(millimetres: int) -> str:
    """Return a length as people say it: 125 gives 12,5."""
    whole, rest = divmod(millimetres, 10)
    return f"{whole},{rest}" if rest else str(whole)
