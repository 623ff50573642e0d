"""Delivery slots, cut-offs and the life of a trip."""

from datetime import date, datetime
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day

LOOK_AHEAD_DAYS = 7
MARKET_DAYS_OFFERED = 3
DEFAULT_SLOTS = (
    (7 * 60, 9 * 60, 5 * 60 + 30),
    (10 * 60, 12 * 60, 9 * 60),
    (15 * 60, 17 * 60, 14 * 60),
)
"""Start, end and cut-off, in minutes after midnight, of the slots of a new market."""


class TripStatus(StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    FINISHED = "finished"


class Mode(StrEnum):
    """How goods reach the customer."""

    DELIVERY = "delivery"
    PICKUP_STALL = "pickup_stall"
    PICKUP_POST = "pickup_post"

    @property
    def is_pickup(self) -> bool:
        """Answer whether the customer comes for the goods."""
        return self is not Mode.DELIVERY


class RateMissing(Refused):
    message = "Ongkos kirim ke sana belum ditetapkan. Pilih ambil sendiri, atau hubungi petugas."


class SlotClosed(Refused):
    message = "Jam antar itu sudah ditutup. Pilih jam antar yang lain."


class NotACourier(Refused):
    message = "Orang itu bukan kurir pasar ini. Pilih kurir dari daftar."


class TripOfAnother(Refused):
    message = "Jalan ini sudah dipegang kurir lain. Hubungi petugas pasar kalau perlu ditukar."


class TripNotToday(Refused):
    message = "Jalan ini belum waktunya. Mulai pada harinya."


class TripPastThis(Refused):
    message = "Jalan ini sudah lewat langkah itu. Muat ulang halaman."


class TripStillLoaded(Refused):
    message = "Masih ada pesanan di tangan. Tandai diterima atau gagal dulu, lalu selesaikan."


def cutoff_at(day: date, cutoff_minute: int) -> datetime:
    """Return until when a slot of this day takes orders; 0 to 1440 minutes of local time."""
    return at_local(day, cutoff_minute)


def check_assignable(status: TripStatus) -> None:
    """Raise unless a courier can still be put on this trip.

    :raises TripPastThis: it is finished
    """
    if status is TripStatus.FINISHED:
        raise TripPastThis


def check_startable(
    *, status: TripStatus, on_day: date, courier_id: int | None, by_id: int, now: datetime
) -> None:
    """Raise unless this courier may set off now.

    :raises TripPastThis: it is under way or over
    :raises TripOfAnother: it was given to another courier
    :raises TripNotToday: its day has not come
    """
    if status is not TripStatus.PLANNED:
        raise TripPastThis
    if courier_id not in (None, by_id):
        raise TripOfAnother
    if on_day > business_day(now):
        raise TripNotToday


def check_finishable(
    *, status: TripStatus, courier_id: int | None, by_id: int, still_loaded: int
) -> None:
    """Raise unless this courier may end the trip.

    :raises TripPastThis: it has not begun, or is over
    :raises TripOfAnother: somebody else drives it
    :raises TripStillLoaded: goods are neither handed over nor brought back
    """
    if status is not TripStatus.STARTED:
        raise TripPastThis
    if courier_id != by_id:
        raise TripOfAnother
    if still_loaded:
        raise TripStillLoaded
