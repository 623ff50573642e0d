"""Renewing, resizing and freeing a place: one side asks, the other answers, silence means no."""

from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.rules.call import LONGEST_DAYS

ANSWER_DAYS = 14
SOON_DAYS = 90
"""Places that end within so many days are shown to both sides."""


class RenewalAskedAlready(Refused):
    message = "Untuk tempat ini masih ada usulan yang menunggu jawaban."


class RenewalAnswered(Refused):
    message = "Usulan ini sudah dijawab atau sudah lewat."


class RenewalOwn(Refused):
    message = "Usulan sendiri dijawab oleh pihak lain, bukan oleh yang mengusulkan."


class RenewalTooShort(Refused):
    message = "Hari terakhir yang baru harus sesudah %(day)s, hari terakhir yang sekarang."


class RenewalTooLong(Refused):
    message = "Satu perpanjangan paling lama tiga tahun, jadi paling akhir sampai %(day)s."


class RenewalReasonMissing(Refused):
    message = "Tulis alasannya; pihak lain membacanya sebelum menjawab."


def answer_by(*, kind: RenewalKind, today: date, until_on: date) -> date:
    """Return until when the other side may answer: two weeks, and before the place ends.

    A place is given back after its end, too: its last bill is paid only then.
    """
    two_weeks = today + timedelta(days=ANSWER_DAYS)
    return two_weeks if kind is RenewalKind.FREE else min(two_weeks, until_on)


def check_wish(
    *, kind: RenewalKind, until_on: date | None, current_until_on: date, reason: str
) -> None:
    """Require a reason, and of a renewal that it is longer, yet no longer than a call may be.

    :raises RenewalReasonMissing, RenewalTooShort, RenewalTooLong: otherwise
    """
    if not reason.strip():
        raise RenewalReasonMissing
    if kind is not RenewalKind.RENEW:
        return
    if until_on is None or until_on <= current_until_on:
        raise RenewalTooShort(day=f"{current_until_on - timedelta(days=1):%d-%m-%Y}")
    latest = current_until_on + timedelta(days=LONGEST_DAYS)
    if until_on > latest:
        raise RenewalTooLong(day=f"{latest - timedelta(days=1):%d-%m-%Y}")


def check_answer(
    *, status: RenewalStatus, asked_by: Bearer, answered_by: Bearer, answer_by: date, today: date
) -> None:
    """Require that a proposal still waits, and that the other side answers it.

    :raises RenewalAnswered, RenewalOwn: otherwise
    """
    if status is not RenewalStatus.ASKED or today > answer_by:
        raise RenewalAnswered
    if asked_by is answered_by:
        raise RenewalOwn
