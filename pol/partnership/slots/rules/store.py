"""When a store may be sent in, verified or suspended, and who works for a retailer."""

import re
from datetime import date

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import RetailSeat, StoreStatus

S = StoreStatus
NIB = re.compile(r"\d{13}", re.ASCII)
LONGEST_SHELVES_MM = 100_000_000
"""A hundred kilometres: whoever writes more has slipped."""

SUBMITTABLE = frozenset({S.DRAFT})
VERIFIABLE = frozenset({S.SUBMITTED, S.SUSPENDED})
RETURNABLE = frozenset({S.SUBMITTED})
SUSPENDABLE = frozenset({S.VERIFIED})


class NibUnreadable(Refused):
    message = "NIB terdiri dari tepat 13 angka. Lihat di surat OSS Anda."


class NibTaken(Refused):
    message = "NIB ini sudah terdaftar. Minta pemiliknya menambahkan Anda lewat nomor HP."


class WorksElsewhere(Refused):
    message = "Satu akun hanya untuk satu peritel, dan akun ini sudah terdaftar di %(name)s."


class RetailOwnerOnly(Refused):
    message = "Hanya pemilik usaha ritel yang bisa mengubah ini."


class ColleagueUnknown(Refused):
    message = "Belum ada akun dengan nomor itu. Minta dia mendaftar dulu, lalu tambahkan lagi."


class ClerkWithoutStore(Refused):
    message = "Pilih toko tempat pramuniaga ini bekerja."


class PermitTaken(Refused):
    message = "Nomor izin ini sudah dipakai toko lain. Satu izin berlaku untuk satu toko."


class StorePermitExpired(Refused):
    message = "Izin ini sudah lewat masa berlakunya. Isi tanggal dari surat yang baru."


class StorePermitUnseen(Refused):
    message = "Potret surat izinnya dulu, supaya Dinas bisa mencocokkannya."


class StoreAlreadySent(Refused):
    message = "Toko ini sudah dikirim atau sudah diverifikasi. Tidak perlu dikirim lagi."


class StoreDecided(Refused):
    message = "Toko ini sudah diputus oleh petugas lain. Muat ulang halaman."


class OwnStore(Refused):
    message = "Anda bekerja di peritel ini, jadi petugas lain yang harus memutuskan."


class StoreReasonMissing(Refused):
    message = "Tulis alasannya dulu, supaya peritel tahu apa yang harus dibenahi."


def check_nib(nib: str) -> None:
    """Accept a business number of 13 digits.

    :raises NibUnreadable: anything else
    """
    if not NIB.fullmatch(nib):
        raise NibUnreadable


def check_seat(seat: RetailSeat, store_id: int | None) -> None:
    """Accept a clerk with a store.

    :raises ClerkWithoutStore: without one
    """
    if seat is RetailSeat.CLERK and store_id is None:
        raise ClerkWithoutStore


def check_permit(expires_on: date | None, today: date) -> None:
    """Accept a permit that is still good today.

    :raises StorePermitExpired: its last day is past
    """
    if expires_on is not None and expires_on < today:
        raise StorePermitExpired


def check_submittable(
    *, status: StoreStatus, expires_on: date | None, picture_key: str | None, today: date
) -> None:
    """Let a store be sent to the Dinas once, with a permit that can be looked at.

    :raises StoreAlreadySent: it is waiting, verified or suspended
    :raises StorePermitExpired: see `check_permit`
    :raises StorePermitUnseen: there is no picture of the permit
    """
    if status not in SUBMITTABLE:
        raise StoreAlreadySent
    check_permit(expires_on, today)
    if picture_key is None:
        raise StorePermitUnseen


def check_decision(
    status: StoreStatus,
    allowed: frozenset[StoreStatus],
    *,
    is_own: bool,
    reason: str | None = None,
) -> None:
    """Let an officer decide about somebody else's store; a `reason` that is not None must say so.

    :raises OwnStore: the officer works for this retailer
    :raises StoreDecided: somebody else decided before
    :raises StoreReasonMissing: a no without a reason
    """
    if is_own:
        raise OwnStore
    if status not in allowed:
        raise StoreDecided
    if reason is not None and not reason.strip():
        raise StoreReasonMissing
