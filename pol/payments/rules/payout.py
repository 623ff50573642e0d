"""Who is paid how much in a batch, why somebody is not, and what a bank account must look like."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah

BANKS = (
    "Bank Jatim",
    "BRI",
    "BNI",
    "Bank Mandiri",
    "BSI",
    "BTN",
    "BCA",
    "BPR Bank Daerah Lamongan",
    "CIMB Niaga",
    "Danamon",
    "Permata",
    "Bank Muamalat",
    "SeaBank",
    "Bank Jago",
)
NUMBER_LENGTHS = range(5, 21)


@dataclass(frozen=True)
class Policy:
    """What the operator has settled: the least worth sending, and how long a new account waits."""

    minimum: Rupiah
    cool_down: timedelta


USUAL = Policy(minimum=Rupiah(10_000), cool_down=timedelta(hours=48))


class LeftOut(StrEnum):
    """Why a stall gets nothing now."""

    NOT_VERIFIED = "not_verified"
    NOTHING_DUE = "nothing_due"
    BELOW_MINIMUM = "below_minimum"
    NO_ACCOUNT = "no_account"
    COOLING = "cooling"
    IN_A_BATCH = "in_a_batch"
    ACCOUNT_CHANGED = "account_changed"


@dataclass(frozen=True)
class Standing:
    """What counts for a stall's payout: what we owe it, and the cash of ours that it keeps."""

    is_verified: bool
    owed: Rupiah
    cash_kept: Rupiah
    usable_from: datetime | None
    is_in_a_batch: bool = False


@dataclass(frozen=True)
class Share:
    """What a stall gets, after the cash that it keeps was taken off; `reason` when nothing."""

    amount: Rupiah
    netted: Rupiah
    reason: LeftOut | None = None


class SamePerson(Refused):
    message = "Kumpulan ini Anda sendiri yang membuat, jadi orang lain yang harus menyetujui."


class BatchAlreadyDecided(Refused):
    message = "Kumpulan pencairan ini sudah diputuskan. Muat ulang halaman."


class PayoutAlreadyDecided(Refused):
    message = "Pencairan ini sudah diputuskan, atau kumpulannya belum disetujui."


class NothingToPay(Refused):
    message = "Belum ada lapak yang bisa dicairkan sekarang."


class UntilAhead(Refused):
    message = "Hitungan hanya bisa sampai saat ini, tidak sampai hari yang belum lewat."


class FailureReasonMissing(Refused):
    message = "Tulis kata bank, supaya pedagang tahu apa yang harus dibenahi."


class BankUnknown(Refused):
    message = "Pilih bank dari daftar."


class AccountNumberWrong(Refused):
    message = "Nomor rekening hanya angka, 5 sampai 20."


class HolderMissing(Refused):
    message = "Tulis nama pemilik rekening seperti di buku tabungan."


class SameAccount(Refused):
    message = "Rekening ini sudah yang dipakai sekarang."


def weigh(standing: Standing, policy: Policy, now: datetime) -> Share:
    """Decide what a stall gets: preview, making and approving a batch all ask here."""
    owed = max(standing.owed, ZERO)
    netted = min(max(standing.cash_kept, ZERO), owed)
    amount = owed - netted
    return Share(amount, netted, _why_not(standing, amount, policy, now))


def _why_not(standing: Standing, amount: Rupiah, policy: Policy, now: datetime) -> LeftOut | None:
    usable_from = standing.usable_from
    checks = (
        (not amount, LeftOut.NOTHING_DUE),
        (not standing.is_verified, LeftOut.NOT_VERIFIED),
        (standing.is_in_a_batch, LeftOut.IN_A_BATCH),
        (amount < policy.minimum, LeftOut.BELOW_MINIMUM),
        (usable_from is None, LeftOut.NO_ACCOUNT),
        (usable_from is not None and now < usable_from, LeftOut.COOLING),
    )
    return next((reason for applies, reason in checks if applies), None)


def check_account(*, bank: str, number: str, holder: str) -> None:
    """Require a bank of the list, digits, and a name.

    :raises BankUnknown, AccountNumberWrong, HolderMissing: what is missing
    """
    if bank not in BANKS:
        raise BankUnknown
    if not (number.isascii() and number.isdecimal() and len(number) in NUMBER_LENGTHS):
        raise AccountNumberWrong
    if not holder.strip():
        raise HolderMissing


def check_checker(*, maker_id: int, checker_id: int) -> None:
    """Require two people for money that leaves the house.

    :raises SamePerson: whoever made a batch wants to approve it, too
    """
    if maker_id == checker_id:
        raise SamePerson
