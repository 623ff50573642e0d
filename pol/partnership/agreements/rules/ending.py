"""How agreements begin and end: by the day, by notice, with an empty and settled shelf (I14)."""

from datetime import date, datetime, timedelta

from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.agreements.rules import AgreementStatus


class AgreementOver(Refused):
    message = "Perjanjian ini sudah berakhir, jadi tidak ada yang bisa diubah."


class NoticeGiven(Refused):
    message = "Perjanjian ini sudah diberitahukan akan berakhir pada %(day)s."


class NoticeTooShort(Refused):
    message = (
        "Menurut perjanjian, pemberitahuannya paling lambat %(days)s hari sebelumnya: hari "
        "terakhir paling cepat %(day)s."
    )


class LastDayTooLate(Refused):
    message = "Perjanjian ini memang berakhir pada %(day)s. Pilih hari terakhir sebelum itu."


class NoticeReasonNeeded(Refused):
    message = "Tulis alasan mengakhirinya dulu; pihak lain membacanya di surat pemberitahuan."


class StillInForce(Refused):
    message = "Perjanjian ini sudah berlaku. Akhiri dengan pemberitahuan, jangan dibatalkan."


class StillOnShelf(Refused):
    message = (
        "Masih ada %(stock)s buah di rak. Buat retur atau hitung akhir dulu; tempatnya dilepas "
        "bila barangnya nol."
    )


class StillOwed(Refused):
    message = (
        "Masih ada %(balance)s yang belum lunas. Selesaikan nota tagihannya dulu; tempatnya "
        "dilepas bila semuanya lunas."
    )


class NotCountedYet(Refused):
    message = (
        "Belum ada hitung akhir sejak %(day)s. Buka stok opname di toko itu dan sepakati hasilnya, "
        "juga kalau barangnya sudah nol; sesudah itu tempatnya dilepas."
    )


class AgreementNotInForce(Refused):
    message = (
        "Perjanjian %(number)s belum berlaku, jadi barangnya belum bisa dikirim. Tunggu tanda "
        "tangan kedua pihak dan hari mulainya."
    )


def may_begin(*, from_on: date, now: datetime) -> bool:
    """Answer whether a signed agreement is in force: from its first day on, or at once."""
    return from_on <= business_day(now)


def check_takes_goods(*, number: str, status: AgreementStatus) -> None:
    """Check that goods may come; nothing but two signatures and the day is asked for.

    :raises AgreementNotInForce: it has not begun, or it is over
    """
    if status is not AgreementStatus.IN_FORCE:
        raise AgreementNotInForce(number=number)


def check_may_notice(
    *,
    status: AgreementStatus,
    ends_at: datetime | None,
    last_day: date,
    until_on: date,
    notice_days: int,
    reason: str,
    now: datetime,
) -> None:
    """Check that a side may end an agreement early, `last_day` being its last.

    :raises AgreementOver: it has ended
    :raises NoticeGiven: somebody has said so already
    :raises NoticeReasonNeeded: nobody says why
    :raises NoticeTooShort: the other side needs more time
    :raises LastDayTooLate: it ends by itself no later
    """
    if status not in {AgreementStatus.SIGNED, AgreementStatus.IN_FORCE}:
        raise AgreementOver
    if ends_at is not None:
        raise NoticeGiven(day=_words(business_day(ends_at) - timedelta(days=1)))
    if not reason.strip():
        raise NoticeReasonNeeded
    soonest = business_day(now) + timedelta(days=notice_days)
    if last_day < soonest:
        raise NoticeTooShort(days=notice_days, day=_words(soonest))
    if last_day >= until_on - timedelta(days=1):
        raise LastDayTooLate(day=_words(until_on - timedelta(days=1)))


def check_may_call_off(*, status: AgreementStatus, reason: str) -> None:
    """Check that an agreement may be dropped before it begins.

    :raises StillInForce: it has begun
    :raises AgreementOver: it is over
    :raises NoticeReasonNeeded: nobody says why
    """
    if status is AgreementStatus.IN_FORCE:
        raise StillInForce
    if status not in {AgreementStatus.DRAFT, AgreementStatus.SIGNED}:
        raise AgreementOver
    if not reason.strip():
        raise NoticeReasonNeeded


def check_may_free(*, stock: int, balance: Rupiah, uncounted_since: date | None) -> None:
    """Check that nothing is left and nothing is owed (I14), and that both have counted.

    `balance` is what is open, unsigned; `uncounted_since` the day whose count is missing, if it is.

    :raises StillOnShelf: goods still stand there
    :raises StillOwed: a bill is open
    :raises NotCountedYet: nobody has counted since its last day
    """
    if stock:
        raise StillOnShelf(stock=stock)
    if balance != ZERO:
        raise StillOwed(balance=balance)
    if uncounted_since is not None:
        raise NotCountedYet(day=_words(uncounted_since))


def notice_on(*, until_on: date, notice_days: int) -> date:
    """Return the day on which both sides are told that an agreement is about to end."""
    return until_on - timedelta(days=notice_days)


def _words(day: date) -> str:
    return f"{day:%d-%m-%Y}"
