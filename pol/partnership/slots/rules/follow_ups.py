"""Following up stores that give no place to local goods: who may say what, and when."""

from datetime import date

from pol.kernel.errors import Refused

SOONEST_DAYS = 3


class FollowUpTextNeeded(Refused):
    message = "Tulis apa yang diminta dari toko ini."


class FollowUpDueTooSoon(Refused):
    message = "Beri waktu sedikitnya %(days)s hari."


class FollowUpOpenAlready(Refused):
    message = "Toko ini masih punya tindak lanjut yang terbuka: %(number)s."


class FollowUpClosed(Refused):
    message = "Tindak lanjut ini sudah ditutup."


class FollowUpAnswered(Refused):
    message = "Tindak lanjut ini sudah dijawab. Tunggu kabar dari Dinas."


class AnswerNeeded(Refused):
    message = "Tulis jawabannya dulu."


def check_ask(*, text: str, due_on: date, today: date, open_number: str | None) -> str:
    """Return what is asked of a store.

    :raises FollowUpOpenAlready, FollowUpTextNeeded, FollowUpDueTooSoon: see their sentences
    """
    if open_number is not None:
        raise FollowUpOpenAlready(number=open_number)
    if not text.strip():
        raise FollowUpTextNeeded
    if (due_on - today).days < SOONEST_DAYS:
        raise FollowUpDueTooSoon(days=SOONEST_DAYS)
    return text.strip()


def check_answer(*, text: str, is_answered: bool, is_closed: bool) -> str:
    """Return what a retailer answers, once.

    :raises FollowUpClosed, FollowUpAnswered, AnswerNeeded: see their sentences
    """
    if is_closed:
        raise FollowUpClosed
    if is_answered:
        raise FollowUpAnswered
    if not text.strip():
        raise AnswerNeeded
    return text.strip()
