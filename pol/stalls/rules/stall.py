"""When a stall may be sent in, verified, refused or suspended, and who keeps it."""

from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.stalls.rules import StallStatus

S = StallStatus
LONGEST_VACATION = timedelta(days=90)
MOST_HELPERS = 10

SUBMITTABLE = frozenset({S.DRAFT, S.REFUSED})
DECIDABLE = frozenset({S.SUBMITTED})
VERIFIABLE = frozenset({S.SUBMITTED, S.SUSPENDED})


class StallAlreadySent(Refused):
    message = "Lapak ini sudah dikirim atau sudah diverifikasi. Tidak perlu dikirim lagi."


class StallNotWaiting(Refused):
    message = "Lapak ini sudah diputus oleh petugas lain. Muat ulang halaman."


class OwnStall(Refused):
    message = "Ini lapak Anda sendiri, jadi petugas lain yang harus memutuskan."


class StallReasonMissing(Refused):
    message = "Tulis alasannya dulu, supaya pedagang tahu apa yang harus dibenahi."


class PlaceUnknown(Refused):
    message = "Pilih pasar dengan nomor lapak, atau isi desa dan alamat rumah usaha."


class VacationBackwards(Refused):
    message = "Hari buka kembali harus setelah hari mulai libur."


class VacationTooLong(Refused):
    message = "Libur paling lama 90 hari. Isi tanggal yang lebih dekat."


class HoursBackwards(Refused):
    message = "Jam tutup harus setelah jam buka."


class HelperUnknown(Refused):
    message = "Belum ada akun dengan nomor itu. Minta dia mendaftar dulu, lalu tambahkan lagi."


class HelperAlreadyThere(Refused):
    message = "Orang itu sudah ada di lapak ini."


class TooManyHelpers(Refused):
    message = "Satu lapak paling banyak 10 penjaga. Keluarkan seorang dulu."


class OwnerOnly(Refused):
    message = "Hanya pemilik lapak yang bisa mengubah ini."


class PermitExpired(Refused):
    message = "Izin ini sudah lewat masa berlakunya. Isi tanggal dari surat yang baru."


def check_submittable(status: StallStatus) -> None:
    """Let a stall be sent to the officer once.

    :raises StallAlreadySent: it is waiting, verified or suspended
    """
    if status not in SUBMITTABLE:
        raise StallAlreadySent


def check_decision(
    *,
    status: StallStatus,
    allowed: frozenset[StallStatus],
    is_own: bool,
    reason: str | None,
    needs_reason: bool,
) -> None:
    """Let an officer decide about somebody else's stall, with a reason for every no.

    :raises OwnStall: the officer keeps this stall
    :raises StallNotWaiting: somebody else decided before
    :raises StallReasonMissing: a no without a reason
    """
    if is_own:
        raise OwnStall
    if status not in allowed:
        raise StallNotWaiting
    if needs_reason and not (reason or "").strip():
        raise StallReasonMissing


def check_place(
    *, number: str | None, village_code: str | None, market_village_code: str, address: str
) -> str:
    """Return the village of a stall: its market's for a number there, else its own.

    :raises PlaceUnknown: neither a number in the market nor a village with an address
    """
    if number:
        return market_village_code
    if village_code and address.strip():
        return village_code
    raise PlaceUnknown


def check_vacation(vacation_from: date | None, vacation_until: date | None) -> None:
    """Accept no vacation, or a first day and the later day on which the stall opens again.

    :raises VacationBackwards: one day is missing, or they are the wrong way round
    :raises VacationTooLong: more than 90 days
    """
    if vacation_from is None and vacation_until is None:
        return
    if vacation_from is None or vacation_until is None or vacation_until <= vacation_from:
        raise VacationBackwards
    if vacation_until - vacation_from > LONGEST_VACATION:
        raise VacationTooLong


def check_hours(opens_minute: int | None, closes_minute: int | None) -> None:
    """Accept the market's hours (none), or an opening before a closing.

    :raises HoursBackwards: one is missing, or they are the wrong way round
    """
    if opens_minute is None and closes_minute is None:
        return
    if opens_minute is None or closes_minute is None or closes_minute <= opens_minute:
        raise HoursBackwards


def check_permit(expires_on: date | None, today: date) -> None:
    """Accept a permit that is still good today.

    :raises PermitExpired: its last day is past
    """
    if expires_on is not None and expires_on < today:
        raise PermitExpired


def check_helpers(count: int, *, is_member: bool) -> None:
    """Let one more person help.

    :raises HelperAlreadyThere: owner or helper already
    :raises TooManyHelpers: ten is enough
    """
    if is_member:
        raise HelperAlreadyThere
    if count >= MOST_HELPERS:
        raise TooManyHelpers
